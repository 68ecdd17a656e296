"""Every address × every role × own and other unit: who gets an answer, and that nobody gets more.

A new URL makes ``test_every_address_has_a_rule`` fail until its rule stands in a file of ``rights``.
"""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished
from django.db import close_old_connections
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from sucharit.assessments.models import Objection, OitEntry
from sucharit.assessments.services import scoring
from sucharit.core.actors import System
from sucharit.core.evidence.services import add_evidence
from tests.house import rights
from tests.house.rights import ROLES, Rule

pytestmark = pytest.mark.django_db

OURS = {"portal", "desk", "core", "orgs", "assessments", "plans", "committees", "api"}
ROOMS = [
    importlib.import_module(f"tests.house.rights.{found.name}")
    for found in pkgutil.iter_modules(rights.__path__)
]
RULES: dict[str, Rule] = {name: rule for room in ROOMS for name, rule in room.RULES.items()}


def addresses(resolver: URLResolver, namespace: str = "") -> list[str]:
    """Names of all our addresses."""
    found = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            if namespace in OURS:
                found.append(f"{namespace}:{entry.name}")
        else:
            found += addresses(entry, entry.namespace or namespace)
    return found


def test_every_address_has_a_rule():
    known = set(addresses(get_resolver()))
    assert known - set(RULES) == set(), "say in tests/house/rights who may see it"
    assert set(RULES) - known == set(), "these addresses are gone"


class World:
    """Two provinces with a round each; a user's roles lie in the first."""

    def __init__(self, make) -> None:
        self.make = make
        self.units = make.ministry()
        framework = make.framework()
        self.own = self._side("th-38", framework)
        self.other = self._side("th-66", framework)

    def _side(self, code: str, framework) -> dict[str, object]:
        unit = self.units[code]
        round_ = self.make.round_([unit], owner=unit, framework_=framework)
        scoring.compute_round(actor=System("test"), round=round_)
        taking_part = round_.participations.get()
        entry = OitEntry.objects.create(participation=taking_part, item="O1")
        Objection.objects.create(participation=taking_part, item="O1", reason="x")
        evidence = add_evidence(
            actor=System("test"),
            unit=unit,
            fiscal_year=2567,
            title="x",
            owner_kind="assessments.oit_entry",
            owner_id=str(entry.pk),
            upload=SimpleUploadedFile("x.txt", "ข้อความ".encode()),
        )
        account = self.make.user("partner", unit)
        side = {
            "round": round_,
            "participation": taking_part,
            "unit": unit,
            "code:survey": taking_part.eit_code,
            "evidence_id": evidence.pk,
            "number": 1,
            "code": code,
            "round_id": round_.pk,
            "item": "O1",
            "action": "start_review",
            "fiscal_year": 2567,
            "node": "total",
            "key": "units",
            "year": 2567,
            "form": "csv",
            "pk:account": account.pk,
            "pk:assignment": account.roles.get().pk,
        }
        for room in ROOMS:
            if hasattr(room, "fill"):
                side |= room.fill(self.make, side)
        return side

    def user(self, role: str):
        return self.make.user(role, self.units["th-38"]) if role else None

    @staticmethod
    def address(name: str, rule: Rule, side: dict[str, object]) -> str:
        return reverse(name, kwargs={a.split(":")[0]: side[a] for a in rule.args})


@pytest.fixture
def world(make):
    return World(make)


def ask(client, rule: Rule, address: str):
    got = client.post(address, {}) if rule.post else client.get(address)
    if got.streaming:
        # Closing a response ends the request, which would close the test's own database connection.
        request_finished.disconnect(close_old_connections)
        got.close()
        request_finished.connect(close_old_connections)
    return got


def answered(response) -> bool:
    """An answer of the page itself: not refused, not sent to the sign-in page."""
    if response.status_code == 302 and "/accounts/login" in response["Location"]:
        return False
    return response.status_code not in {401, 403, 404}


@pytest.mark.parametrize("role", ["", *ROLES])
def test_who_gets_an_answer(world, client, role):
    user = world.user(role)
    wrong = []
    for name, rule in RULES.items():
        if user:
            client.force_login(user)
        got = ask(client, rule, world.address(name, rule, world.own))
        assert got.status_code < 500, (name, got.status_code)
        if answered(got) != (role in rule.who):
            wrong.append((name, got.status_code))
    assert wrong == []


@pytest.mark.parametrize("role", ["", *ROLES])
def test_another_unit_is_not_there(world, client, role):
    user = world.user(role)
    leaks = []
    for name, rule in RULES.items():
        if not rule.about_a_unit:
            continue
        if user:
            client.force_login(user)
        got = ask(client, rule, world.address(name, rule, world.other))
        refused = {404} if user else {302, 404}
        if got.status_code not in refused or answered(got):
            leaks.append((name, got.status_code))
        if "round_id" in rule.args and "code" in rule.args:
            mixed = world.address(name, rule, {**world.own, "code": "th-66"})
            if user and ask(client, rule, mixed).status_code != 404:
                leaks.append((name, "own round, other unit"))
    assert leaks == []
