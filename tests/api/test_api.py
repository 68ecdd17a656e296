"""The API: the same figures as the pages, the same scope, sound by its own document."""

from __future__ import annotations

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings

from sucharit.assessments.engine import Edition
from sucharit.assessments.models import Mark, ScoreRun
from sucharit.assessments.services import scoring
from sucharit.wsgi import application

pytestmark = pytest.mark.django_db


@pytest.fixture
def announced(make):
    units = make.ministry()
    round_ = make.round_([units["th-38"], units["th-66"]], owner=units["moi"], state="final")
    edition = Edition.from_document(round_.framework.document)
    for taking_part in round_.participations.all():
        for item in edition.items_of("OIT"):
            points = "0" if item.code == "O35" else "100"
            Mark.objects.create(participation=taking_part, item=item.code, points=points)
    scoring.compute_round(actor=make.user("ministry_centre", units["moi"]), round=round_)
    return units


def test_a_figure_is_the_one_of_the_page_with_its_fraction(announced, client):
    got = client.get("/api/results/2567/th-38").json()
    nodes = {n["node"]: n for n in got["nodes"]}
    assert (nodes["OIT"]["value"], nodes["OIT"]["exact"]) == ("87.50", "175/2")
    assert (nodes["IIT"]["value"], nodes["IIT"]["status"]) == (None, "missing")
    assert got["total"] is None


def test_why_opens_down_to_the_item(announced, client):
    tree = client.get("/api/results/2567/th-38/why/10.2").json()
    assert [(c["code"], c["display"]) for c in tree["children"]] == [
        ("O34", "100.00"),
        ("O35", "0.00"),
    ]


def test_thai_is_not_escaped(announced, client):
    assert "จังหวัดบึงกาฬ".encode() in client.get("/api/units/th-38").content


@pytest.mark.parametrize(
    "address",
    [
        "/api/units/nowhere",
        "/api/results/2567/nowhere",
        "/api/results/2560/th-38",
        "/api/results/2567/th-38/why/zz",
    ],
)
def test_what_is_not_there_is_404_in_json(announced, client, address):
    got = client.get(address)
    assert got.status_code == 404
    assert got.json()["detail"]


def test_what_is_not_announced_is_not_there_for_the_public(announced, make, client):
    ScoreRun.objects.update(public=False)
    assert client.get("/api/results/2567").json() == []
    assert client.get("/api/results/2567/th-38").status_code == 404
    client.force_login(make.user("unit_officer", announced["th-38"]))
    assert [r["unit"] for r in client.get("/api/results/2567").json()] == ["th-38"]
    assert client.get("/api/results/2567/th-66").status_code == 404


def test_units_are_dated(announced, client):
    from sucharit.orgs.models import Unit

    Unit.objects.filter(code="th-66").update(valid_from="2020-01-01")

    def codes(on):
        got = client.get(f"/api/units?kind=province&on={on}").json()
        return {u["code"] for u in got["items"]}

    assert codes("2024-01-01") == {"th-38", "th-66"}
    assert codes("2019-12-31") == {"th-38"}


@pytest.fixture
def _one_connection():
    """Served inside the test's transaction: the end of a request must not close its connection."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


# The calls are made signed out: one's own desk says so; a period nobody can compute is refused in a sentence.
ALSO = {
    "/api/desk/items": {403},
    "/api/desk/actions": {403},
    "/api/deadlines/compute": {409},
    "/api/deadlines/working-day": {409},
}


@pytest.mark.usefixtures("_one_connection")
def test_every_call_of_the_document_is_answered_as_it_says(announced):
    """Schemathesis makes calls from the document: no server error, no answer the document doesn't name."""
    document = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    operations = [found.ok() for found in document.get_all_operations()]
    assert len(operations) == 20
    quick = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    for operation in operations:

        @quick
        @given(case=operation.as_strategy())
        def call(case):
            got = case.call()
            known = {200, 400, 404, 422} | ALSO.get(case.path, set())
            assert got.status_code in known, (case.formatted_path, got.status_code)
            if got.status_code == 200:
                case.validate_response(got)

        call()
