"""Fixtures of the scoring-file tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sucharit.assessments.scorefile import load_edition

if TYPE_CHECKING:
    from sucharit.assessments.engine import Edition


@pytest.fixture(scope="session")
def ita2567() -> Edition:
    return load_edition("ita-2567")
