"""A ministry with its centre, an instrument published by it, and workbooks."""

from __future__ import annotations

import copy
from types import SimpleNamespace

import pytest

from sucharit.assessments.authoring import services
from sucharit.assessments.authoring.template import TEMPLATE


@pytest.fixture
def document():
    return {**copy.deepcopy(TEMPLATE), "id": "moi.seminar"}


@pytest.fixture
def world(make, db):
    """Units, the ministry's centre, and an officer of a province."""
    units = make.ministry()
    return SimpleNamespace(
        units=units,
        moi=units["moi"],
        centre=make.user("ministry_centre", units["moi"]),
        other=make.user("ministry_centre", units["th-66"]),
        officer=make.user("unit_officer", units["th-38"]),
    )


@pytest.fixture
def draft(world, document):
    return services.create_draft(actor=world.centre, owner=world.moi, document=document)


@pytest.fixture
def published(world, draft):
    """Version 1 of moi.seminar."""
    return services.publish(actor=world.centre, draft=draft, version=draft.version)
