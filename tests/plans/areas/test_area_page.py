"""The page of an area: what it counts, who sees it, and that it costs the same however much there is."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sucharit.core.actors import System
from sucharit.core.models import LedgerEntry
from sucharit.desk.models import ActionItem
from sucharit.plans.areas import queries, showing
from tests import make
from tests.plans.areas.world import YEAR, World, filled

pytestmark = pytest.mark.django_db
URL = f"/plans/areas/th-38/?year={YEAR}"


@pytest.fixture
def w() -> World:
    return filled()


@pytest.fixture
def officer(w):
    return make.user("unit_officer", w.units["th-38"])


def page(w, user, code="th-38"):
    return queries.area_page(user, w.units[code], YEAR)


def test_every_agency_with_its_figures(w, officer):
    found = page(w, officer)
    assert {a.unit.code for a in found.agencies} == {"moi-cdd", "moi-dol", "th-38"}
    assert (found.progress.reported, found.progress.expected) == (2, 4)
    assert found.progress.percent_e2 == 8_750  # (1 × 50 + 3 × 100) / 4
    assert (found.money.allocated, found.money.disbursed) == (150_000_00, 40_000_00)
    assert found.disbursed_e2 == 2_667
    assert found.met == (1, 3)
    assert [r.wide for r in found.rows if r.project.owner.code == "moi-dol"] == [False]


def test_overlap_with_its_reason(w, officer):
    found = page(w, officer)
    (one,) = found.meetings
    assert {one.first.project.owner.code, one.second.project.owner.code} == {"moi-cdd", "th-38"}
    assert one.months == (4, 5, 6)
    assert [a.code for a in one.areas] == ["th-380101"]
    assert one.alike is not None
    assert len(found.overlaps.without_months) == 1


def test_gaps(w, officer):
    found = page(w, officer)
    assert [(g.kind, g.about.code) for g in found.gaps] == [
        ("indicator", "i2"),
        ("district", "th-3802"),
    ]
    assert found.gaps[1].gap.wide == 1


def test_a_district_shows_what_works_in_all_of_the_province(w, officer):
    found = page(w, officer, "th-3802")
    assert [(r.project.owner.code, r.wide) for r in found.rows] == [("moi-dol", True)]
    assert [r.wide for r in page(w, officer, "th-3801").rows].count(True) == 1


def test_the_ladder(w, officer):
    assert [(r.key, r.here) for r in page(w, officer, "th-3801").ladder] == [
        ("nation", False), ("province", False), ("district", True),
    ]  # fmt: skip


def test_the_page_costs_the_same_however_much_there_is(w, officer, client):
    client.force_login(officer)
    client.get(URL)
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert client.get(URL).status_code == 200
    for n in range(6):
        more = w.project(("moi-cdd", "moi-dol")[n % 2], ["th-3801"], f"โครงการเพิ่ม {n}")
        for _ in range(3):
            w.activity(more, progress_e2=100 * n).indicators.add(w.indicator("th-38", 10, n))
        w.money(more, "th-38", 100, 0)
    with CaptureQueriesContext(connection) as many:
        assert client.get(URL).status_code == 200
    assert len(many) == len(few) <= 40


def test_a_gap_becomes_one_action_item(w, officer, client):
    client.force_login(officer)
    gap = page(w, officer).gaps[0].key
    for _ in range(2):
        sent = client.post(
            f"/plans/areas/th-38/gaps/?year={YEAR}", {"gap": gap, "due_on": "31/3/2567"}
        )
        assert sent.status_code == 302
    item = ActionItem.objects.get()
    assert (item.source_kind, item.source_id) == ("plans.gap", f"{YEAR}:{gap}")
    assert item.due_on.isoformat() == "2024-03-31"
    assert page(w, officer).gaps[0].item == item
    assert LedgerEntry.objects.filter(action="desk.action.opened").count() == 1
    gone = client.post(f"/plans/areas/th-38/gaps/?year={YEAR}", {"gap": "indicator:999"})
    assert gone.status_code == 302
    assert ActionItem.objects.count() == 1


def test_who_opens_no_item(w, client):
    client.force_login(make.user("auditor", w.units["th-38"]))
    assert client.post("/plans/areas/th-38/gaps/", {"gap": "x"}).status_code == 403
    client.force_login(make.user("unit_officer", w.units["th-66"]))
    assert client.post("/plans/areas/th-38/gaps/", {"gap": "x"}).status_code == 404
    assert client.get(URL).status_code == 404


def test_the_country(w, officer, client):
    rows = {p.unit.code: p for p in queries.national(officer, YEAR).rows}
    own, other = rows["th-38"], rows["th-66"]
    assert (own.mine, own.projects, own.activities, own.reported) == (True, 3, 4, 2)
    assert own.disbursed_e2 == 2_667
    assert (own.indicators_met, own.indicators_known) == (1, 3)
    # of the other province only what reaches it from a project the officer sees
    assert (other.mine, other.projects, other.reported_e2) == (False, 1, 5_000)
    client.force_login(officer)
    assert client.get(f"/plans/areas/?year={YEAR}&figure=disbursed").status_code == 200


def test_the_public_sees_what_is_published(w, client):
    from sucharit.core import clock
    from sucharit.plans.models import Plan

    assert all(not p.projects for p in queries.national(None, YEAR).rows)
    Plan.objects.filter(owner__code="moi-dol").update(published_at=clock.now())
    rows = list(
        csv.DictReader(
            io.StringIO(
                b"".join(
                    client.get(f"/plans/areas/provinces.csv?year={YEAR}").streaming_content
                ).decode("utf-8-sig")
            )
        )
    )
    assert {(r["province"], r["projects"], r["disbursed_percent"]) for r in rows} == {
        ("th-38", "1", ""),
        ("th-66", "0", ""),
    }
    assert client.get(URL).status_code == 302
    assert [r[0] for r in showing.open_rows(YEAR)] == ["th-38"]


def test_the_country_costs_the_same(w, officer):
    queries.national(officer, YEAR)  # his roles are read once
    with CaptureQueriesContext(connection) as few:
        queries.national(officer, YEAR)
    for n in range(5):
        code = f"th-9{n}"
        w.units[code] = make.unit(code, parent=w.units["moi"], kind="province")
        w.activity(w.project("moi-cdd", [code, "th-38"]))
        w.indicator(code, 10, n)
    with CaptureQueriesContext(connection) as many:
        queries.national(officer, YEAR)
    assert len(many) == len(few)


def test_money_of_several_provinces_is_not_shared_out(w):
    centre = make.user("ministry_centre", w.units["moi"])
    both = w.project("moi-cdd", ["th-38", "th-66"])
    w.money(both, "moi-cdd", 700, 0)
    assert queries.national(centre, YEAR).undivided.allocated == 700


def test_files(w, officer, client):
    client.force_login(officer)
    got = client.get(f"/plans/areas/th-38/projects.csv?year={YEAR}")
    rows = list(csv.DictReader(io.StringIO(b"".join(got.streaming_content).decode("utf-8-sig"))))
    assert {r["agency"] for r in rows} == {"moi-cdd", "moi-dol", "th-38"}
    assert [r["allocated_baht"] for r in rows if r["agency"] == "moi-dol"] == [
        ""
    ]  # unknown is not zero
    assert client.get("/plans/areas/th-38/projects.pdf").status_code == 404
    assert LedgerEntry.objects.filter(action="core.export").count() == 1


def test_panel_and_headline(w, officer):
    numbers = showing.panel(officer, w.units["th-38"], YEAR)["numbers"]
    assert [n["value"] for n in numbers] == [3, "2 / 4", "26.67 %", "1 / 3", 2]
    assert showing.panel(officer, w.units["moi-cdd"], YEAR) is None
    (one,) = showing.headlines(officer, w.units["th-38"], YEAR, None)
    assert one.value == "2"
    assert showing.area_link(officer, "th-66") is None
    assert System("test").pk is None


def test_the_api_tells_the_same_projects_within_scope_only(w, officer, client):
    project = w.project("moi", ["th-38"])
    w.activity(project, progress_e2=5_000)
    url = f"/api/areas/th-38/projects?fiscal_year={YEAR}"
    assert client.get(url).status_code == 404
    client.force_login(officer)
    (row,) = [r for r in client.get(url).json() if r["agency"] == "moi"]
    assert (row["areas"], row["progress"], row["activities"]) == (["th-38"], "50.00", 1)
    assert row["allocated_satang"] is None  # no line is no data, not zero
    assert client.get(url.replace("th-38", "th-66")).status_code == 404
