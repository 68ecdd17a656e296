"""Accounts and roles: nobody lifts himself up, nobody reaches beyond his scope, every step is in the ledger."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from sucharit.core import clock
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry
from sucharit.orgs import scope
from sucharit.orgs.models import RoleAssignment, User
from sucharit.orgs.services import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def units(make):
    return make.ministry()


def fresh(user):
    return User.objects.get(pk=user.pk)


def test_an_account_is_made_with_its_role_and_can_sign_in(make, units, client):
    admin = make.user("system_admin", units["moi"])
    user, password = people.make_account(
        actor=admin,
        unit=units["th-38"],
        role="unit_officer",
        username="somchai",
        name_th="สมชาย ทดสอบ",
    )
    assert scope.can(fresh(user), "assessments.edit", units["th-3801"])
    assert client.login(username="somchai", password=password)
    rows = list(LedgerEntry.objects.order_by("seq").values_list("action", "unit"))
    assert rows == [("orgs.account.made", "th-38"), ("orgs.role.granted", "th-38")]
    assert "สมชาย" not in "".join(LedgerEntry.objects.values_list("data", flat=True))


def test_a_taken_user_name_makes_nothing(make, units):
    admin = make.user("system_admin", units["moi"], username="taken")
    with pytest.raises(ValidationError, match="username"):
        people.make_account(
            actor=admin, unit=units["th-38"], role="unit_officer", username="taken", name_th="ก"
        )
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize(
    "bad", [{"username": ""}, {"username": "มีไทย กับเว้น"}, {"name_th": " "}, {"role": "king"}]
)
def test_bad_input_names_its_field(make, units, bad):
    admin = make.user("system_admin", units["moi"])
    given = {"username": "ok", "name_th": "ก", "role": "auditor"} | bad
    with pytest.raises(ValidationError) as error:
        people.make_account(actor=admin, unit=units["th-38"], **given)
    assert set(error.value.message_dict) == set(bad)
    assert not User.objects.filter(username="ok").exists()


def test_nobody_gives_a_role_to_himself(make, units):
    admin = make.user("system_admin", units["moi"])
    with pytest.raises(Forbidden):
        people.grant_role(actor=admin, user=admin, role="ministry_centre", unit=units["moi"])


def test_a_provincial_administrator_reaches_no_further_than_his_province(make, units):
    admin = make.user("system_admin", units["th-38"])
    other = make.user()
    with pytest.raises(NotFoundInScope):
        people.grant_role(actor=admin, user=other, role="unit_officer", unit=units["th-66"])
    with pytest.raises(NotFoundInScope):
        people.grant_role(actor=admin, user=other, role="unit_officer", unit=units["moi"])
    people.grant_role(actor=admin, user=other, role="unit_officer", unit=units["th-3801"])


@pytest.mark.parametrize("role", ["unit_head", "unit_officer", "assessor", "auditor", "partner"])
def test_roles_without_the_right_can_not_grant(make, units, role):
    actor, other = make.user(role, units["moi"]), make.user()
    with pytest.raises((Forbidden, NotFoundInScope)):
        people.grant_role(actor=actor, user=other, role="partner", unit=units["moi"])


def test_a_role_twice_is_refused(make, units):
    admin, other = make.user("system_admin", units["moi"]), make.user()
    people.grant_role(actor=admin, user=other, role="auditor", unit=units["moi"])
    with pytest.raises(Refusal):
        people.grant_role(actor=admin, user=other, role="auditor", unit=units["moi"])


def test_an_ended_role_gives_nothing_from_that_moment(make, units):
    admin, other = make.user("system_admin", units["moi"]), make.user("auditor", units["moi"])
    assert scope.can(fresh(other), "view", units["th-38"])
    people.end_role(actor=admin, assignment_id=other.roles.get().pk)
    assert not scope.can(fresh(other), "view", units["th-38"])


def test_a_role_that_starts_tomorrow_gives_nothing_today(make, units):
    admin, other = make.user("system_admin", units["moi"]), make.user()
    tomorrow = clock.today() + dt.timedelta(days=1)
    people.grant_role(
        actor=admin, user=other, role="auditor", unit=units["moi"], valid_from=tomorrow
    )
    assert not scope.can(fresh(other), "view", units["moi"])
    assert scope.grants(fresh(other), tomorrow)


def test_pages_walk_through(make, units, client):
    admin = make.user("system_admin", units["th-38"])
    client.force_login(admin)
    page = client.post(
        "/people/accounts/new/",
        {"username": "malee", "name_th": "มาลี", "role": "unit_head", "unit": "th-3801"},
    )
    assert page.status_code == 200
    made = User.objects.get(username="malee")
    assert (
        client.post(
            f"/people/accounts/{made.pk}/", {"role": "partner", "unit": "th-66"}
        ).status_code
        == 422
    )
    assert (
        client.post(
            f"/people/accounts/{made.pk}/", {"role": "partner", "unit": "th-38"}
        ).status_code
        == 302
    )
    assert client.post(f"/people/accounts/{made.pk}/switch/", {"active": "0"}).status_code == 302
    assert not User.objects.get(pk=made.pk).is_active
    assert b"malee" in client.get("/people/roles/").content
    assert client.get("/people/roles/?q=zzz").status_code == 200


def test_pages_are_not_there_for_others(make, units, client):
    stranger = make.user("system_admin", units["th-66"])
    target = make.user("auditor", units["th-38"])
    client.force_login(stranger)
    assert client.get(f"/people/accounts/{target.pk}/").status_code == 404
    assert client.post(f"/people/roles/{target.roles.get().pk}/end/").status_code == 404
    assert RoleAssignment.objects.get(user=target).valid_to is None
    client.force_login(make.user("unit_officer", units["th-38"]))
    assert client.get("/people/roles/").status_code == 404
