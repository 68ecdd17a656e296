"""Scope fails closed: no role in force, nothing seen; a role covers its subtree and ends on its day."""

from __future__ import annotations

import datetime as dt

import pytest

from sucharit.core.errors import Forbidden, NotFoundInScope
from sucharit.orgs import scope
from sucharit.orgs.models import RoleAssignment, Unit

pytestmark = pytest.mark.django_db


def codes(queryset):
    return set(queryset.values_list("code", flat=True))


def test_no_role_sees_nothing(make):
    make.ministry()
    assert codes(Unit.objects.visible_to(make.user())) == set()


def test_a_role_covers_its_subtree_only(make):
    units = make.ministry()
    officer = make.user("unit_officer", units["th-38"])
    assert codes(Unit.objects.visible_to(officer)) == {"th-38", "th-3801"}


def test_a_role_that_ended_yesterday_shows_nothing(make):
    units = make.ministry()
    officer = make.user("unit_officer", units["th-38"])
    RoleAssignment.objects.update(valid_to=dt.date(2020, 1, 1))
    assert codes(Unit.objects.visible_to(officer)) == set()


def test_the_system_administrator_sees_no_content(make):
    units = make.ministry()
    admin = make.user("system_admin", units["moi"])
    assert codes(Unit.objects.visible_to(admin)) == set()
    assert scope.can(admin, "system.manage", units["th-38"])


def test_out_of_scope_is_not_found_and_within_scope_is_forbidden(make):
    units = make.ministry()
    officer = make.user("unit_officer", units["th-38"])
    with pytest.raises(NotFoundInScope):
        scope.require(officer, "assessments.approve", units["th-66"])
    with pytest.raises(Forbidden):
        scope.require(officer, "assessments.approve", units["th-38"])
    scope.require(officer, "assessments.edit", units["th-38"])
