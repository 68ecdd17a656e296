from __future__ import annotations

import pytest

from sucharit.assessments.intake import lookup, pages
from tests.assessments.intake import sheets


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """Codes are random, but a test may change a round the process has just seen open."""
    lookup.forget()
    pages.forget()
    yield
    lookup.forget()


@pytest.fixture
def moi(db, make):
    return make.unit("moi", kind="ministry", name_th="กระทรวงทดสอบ", name_en="Test Ministry")


@pytest.fixture
def opened(db, moi):
    """A unit in an open round with open links."""
    return sheets.participation(sheets.round_of(moi), moi)


@pytest.fixture
def keyed(db, moi):
    """A unit in an open round with one-use keys."""
    return sheets.participation(sheets.round_of(moi, access="one_use_keys"), moi)
