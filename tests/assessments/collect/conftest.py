"""Processes remember open campaigns and rendered pages; each test starts without."""

from __future__ import annotations

import pytest

from sucharit.assessments.collect import lookup, pages


@pytest.fixture(autouse=True)
def _nothing_remembered():
    lookup.forget()
    pages.forget()
    yield
    lookup.forget()
    pages.forget()
