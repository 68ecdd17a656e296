"""The world of the desk, with no kept counts."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from tests.desk.world import World


@pytest.fixture
def world(make):
    cache.clear()
    return World(make)
