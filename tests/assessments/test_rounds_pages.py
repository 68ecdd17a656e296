"""Pages of the year: every page for every role, scope 404s, forms that lose nothing, query counts."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sucharit.assessments.models import Mark, Objection, OitEntry, Participation, Round
from sucharit.assessments.queries.desk import desk_items, may_see_entry
from sucharit.assessments.services import oit
from sucharit.core import clock
from sucharit.core.models import Evidence, LedgerEntry
from tests import make
from tests.assessments import rounds_make as rm

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    with time_machine.travel(dt.datetime(2024, 4, 10, 3, tzinfo=dt.UTC), tick=True):
        yield rm.world()


def url(world, name, code="th-38", **more):
    return reverse(f"assessments:{name}", kwargs={"round_id": world.round.pk, "code": code, **more})


def get(client, who, address):
    client.force_login(who)
    return client.get(address)


UNIT_PAGES = {
    # page: roles that may see it; others in scope get 403, strangers 404
    "workspace": {"officer", "head", "centre", "assessor", "auditor"},
    "oit": {"officer", "head", "centre", "assessor", "auditor"},
    "population": {"officer", "head", "centre"},
    "oit_submit": {"officer", "head", "centre"},
    "oit_approve": {"head"},
    "marking_unit": {"assessor"},
}


@pytest.mark.parametrize("page", sorted(UNIT_PAGES))
@pytest.mark.parametrize("state", ["draft", "open", "review"])
def test_unit_pages_by_role(client, world, page, state):
    world.set(round_state=state, oit_state="approved" if state == "review" else "draft")
    for role in ("officer", "head", "centre", "assessor", "auditor", "stranger", "admin", "nobody"):
        status = get(client, world.people[role], url(world, page)).status_code
        expected = (
            200
            if role in UNIT_PAGES[page]
            else 403
            if role in {"officer", "head", "centre", "assessor", "auditor"}
            else 404
        )
        assert status == expected, (page, role)
    client.logout()
    assert client.get(url(world, page)).status_code == 302


@pytest.mark.parametrize(
    ("name", "kwargs"),
    [
        ("oit_item", {"item": "O1"}),
        ("marking_item", {"item": "O1"}),
        ("object", {"item": "O1"}),
        ("decide", {"item": "O1"}),
        ("marks", {}),
    ],
)
def test_item_pages_are_not_there_for_a_neighbour(client, world, name, kwargs):
    for state in ("open", "review", "objection"):
        world.set(round_state=state)
        assert get(client, world.stranger, url(world, name, **kwargs)).status_code == 404
        assert client.post(url(world, name, **kwargs)).status_code in {404, 405}


def test_an_unknown_item_round_or_unit_is_404(client, world):
    client.force_login(world.officer)
    assert client.get(url(world, "oit_item", item="O99")).status_code == 404
    assert client.get(url(world, "oit_item", item="i1")).status_code == 404
    assert client.get(url(world, "workspace", code="th-3801")).status_code == 404
    assert client.get(reverse("assessments:round", args=[999])).status_code == 404


def test_round_pages_by_role(client, world):
    for name in ("round", "round_calendar"):
        address = reverse(f"assessments:{name}", args=[world.round.pk])
        assert get(client, world.centre, address).status_code == 200
        assert get(client, world.nobody, address).status_code == 404
    assert (
        get(
            client, world.officer, reverse("assessments:round_calendar", args=[world.round.pk])
        ).status_code
        == 404
    )
    assert (
        get(
            client, world.auditor, reverse("assessments:round_calendar", args=[world.round.pk])
        ).status_code
        == 403
    )
    step = reverse("assessments:round_step", args=[world.round.pk, "close_surveys"])
    assert get(client, world.assessor, step).status_code == 403
    assert (
        get(
            client,
            world.centre,
            reverse("assessments:round_step", args=[world.round.pk, "remove_unit"]),
        ).status_code
        == 404
    )


def test_an_officer_sees_his_own_unit_only_in_the_list(client, world):
    page = get(client, world.officer, reverse("assessments:round", args=[world.round.pk]))
    codes = [p.unit.code for p in page.context["page"].object_list]
    assert codes == ["th-38"]
    assert page.context["in_scope"] == 1
    lists = get(client, world.officer, reverse("assessments:rounds")).context["rounds"]
    assert [(r.n_units, r.n_approved) for r in lists] == [(1, 0)]


def test_filters_and_csv_agree(client, world):
    world.set(oit_state="approved", code="th-66")
    client.force_login(world.centre)
    address = reverse("assessments:round", args=[world.round.pk])
    assert [
        p.unit.code for p in client.get(address, {"state": "approved"}).context["page"].object_list
    ] == ["th-66"]
    assert len(client.get(address, {"kind": "province"}).context["page"].object_list) == 2
    assert [p.unit.code for p in client.get(address, {"q": "ที่ดิน"}).context["page"].object_list] == [
        "moi-dol"
    ]
    assert len(client.get(address, {"state": "strange"}).context["page"].object_list) == 4
    sheet = client.get(
        reverse("assessments:round_units_csv", args=[world.round.pk]), {"state": "approved"}
    )
    lines = b"".join(sheet.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("th-66,จังหวัดพิจิตร,province,approved,0,6,,,")
    assert LedgerEntry.objects.filter(action="assessments.round.exported").count() == 1


def test_making_a_round_by_hand(client, world):
    client.force_login(world.centre)
    data = {
        "framework": world.round.framework_id,
        "fiscal_year": 2567, "title_th": "ITA 2567", "tree_date": "1 ม.ค. 2567", "access": "open_link",
        "min_report_n": 5, "surveys_from": "1/1/2567", "surveys_to": "30/4/2567", "oit_from": "1/4/2567", "oit_to": "2024-04-30",
        "review_to": "31 พ.ค. 2567", "objection_from": "1/6/2567", "objection_to": "15/6/2567",
    }  # fmt: skip
    answer = client.post(
        reverse("assessments:round_new"), data | {"review_to": "30/4/2567", "oit_from": "soon"}
    )
    assert set(answer.context["form"].errors) == {"oit_from"}
    answer = client.post(reverse("assessments:round_new"), data | {"review_to": "30/4/2567"})
    assert set(answer.context["form"].errors) == {"review_to"}
    answer = client.post(reverse("assessments:round_new"), data)
    made = Round.objects.get(title_th="ITA 2567")
    assert answer.url == reverse("assessments:round", args=[made.pk])
    assert (made.oit_to, made.tree_date) == (dt.date(2024, 4, 30), dt.date(2024, 1, 1))
    for action in ("add_units", "open", "close_surveys"):
        assert (
            client.get(reverse("assessments:round_step", args=[made.pk, action])).status_code == 200
        )
        client.post(reverse("assessments:round_step", args=[made.pk, action]))
    made.refresh_from_db()
    assert (made.state, made.participations.count()) == ("open", 4)
    assert made.surveys_closed_at
    assert get(client, world.officer, reverse("assessments:round_new")).status_code == 403


def test_head_counts_show_the_least_number(client, world):
    client.force_login(world.officer)
    answer = client.post(
        url(world, "population"),
        {"staff_count": "1,5", "public_count": "0", "counted_on": "32/1/2567"},
    )
    assert set(answer.context["form"].errors) == {"staff_count", "public_count", "counted_on"}
    answer = client.post(
        url(world, "population"),
        {"staff_count": "1234", "public_count": "2600", "counted_on": "31/1/2567"},
        follow=True,
    )
    assert [s.least for s in answer.context["samples"]] == [124, 260]


def save(client, world, item="O1", **data):
    fields = {"link_1": "", "explanation": "", "version": 0, "go": "stay"} | data
    return client.post(url(world, "oit_item", item=item), fields)


def test_saving_a_draft_and_going_on(client, world):
    client.force_login(world.officer)
    assert save(client, world, link_1="https://a.go.th/1", go="next").url == url(
        world, "oit_item", item="O2"
    )
    assert save(client, world, "O6", link_1="https://a.go.th/6", go="next").url == url(world, "oit")
    page = client.get(url(world, "oit_item", item="O1"))
    assert page.context["form"]["link_1"].value() == "https://a.go.th/1"
    assert (page.context["report"].done, page.context["before"], page.context["after"]) == (
        2,
        "",
        "O2",
    )


def test_what_was_typed_stays_when_a_field_is_wrong(client, world):
    client.force_login(world.officer)
    page = save(
        client,
        world,
        link_1="https://a.go.th/1",
        link_3="not an address",
        explanation="หน้าแรก > แผน",
    )
    assert page.status_code == 200
    assert set(page.context["form"].errors) == {"link_3"}
    html = page.content.decode()
    for text in (
        "https://a.go.th/1",
        "not an address",
        "หน้าแรก &gt; แผน",
        'href="#id_link_3"',
        'id="id_link_3"',
    ):
        assert text in html


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def test_a_file_is_kept_even_beside_a_wrong_field(client, world, settings, tmp_path):
    client.force_login(world.officer)
    page = save(
        client,
        world,
        link_1="wrong",
        uploads=SimpleUploadedFile("plan.pdf", PDF, "application/pdf"),
    )
    assert page.status_code == 200
    assert Evidence.objects.get().title == "plan.pdf"
    assert [f.filename for f in page.context["files"]] == ["plan.pdf"]
    entry = OitEntry.objects.get()
    assert entry.version == 0
    assert may_see_entry(world.auditor, str(entry.pk))
    assert not may_see_entry(world.stranger, str(entry.pk))
    assert not may_see_entry(world.officer, "x")
    save(client, world, link_1="https://a.go.th/1")
    held = Evidence.objects.get()
    assert get(client, world.stranger, url(world, "oit_item", item="O1")).status_code == 404
    client.force_login(world.officer)
    assert (
        client.post(url(world, "oit_item", item="O2"), {"withdraw": str(held.pk)}).status_code
        == 404
    )
    assert client.post(url(world, "oit_item", item="O1"), {"withdraw": "x"}).status_code == 404
    client.post(url(world, "oit_item", item="O1"), {"withdraw": str(held.pk)})
    held.refresh_from_db()
    assert held.withdrawn_at


def test_two_officers_at_one_item(client, world):
    client.force_login(world.officer)
    save(client, world, link_1="https://a.go.th/first", explanation="ของคนแรก")
    client.force_login(world.officer2)
    page = save(client, world, link_1="https://a.go.th/second", explanation="ของคนที่สอง")
    html = page.content.decode()
    assert page.status_code == 200
    for text in (
        "https://a.go.th/first",
        "https://a.go.th/second",
        "ของคนแรก",
        "ของคนที่สอง",
        str(world.officer),
    ):
        assert text in html
    assert OitEntry.objects.get().explanation == "ของคนแรก"
    assert page.context["form"]["version"].value() == "1"
    save(client, world, link_1="https://a.go.th/second", explanation="ของคนที่สอง", version=1)
    assert OitEntry.objects.get().explanation == "ของคนที่สอง"


def test_submit_return_approve_by_hand(client, world):
    client.force_login(world.officer)
    save(client, world, link_1="https://a.go.th/1")
    page = client.post(url(world, "oit_submit"))
    assert "incomplete_ok" in page.context["form"].errors
    assert client.post(url(world, "oit_submit"), {"incomplete_ok": "on"}).url == url(
        world, "workspace"
    )
    client.force_login(world.head)
    assert client.get(url(world, "oit_approve")).status_code == 200
    assert (
        "note"
        in client.post(url(world, "oit_approve"), {"go": "return", "note": ""})
        .context["form"]
        .errors
    )
    client.post(url(world, "oit_approve"), {"go": "return", "note": "O2 ยังว่าง"})
    assert "O2 ยังว่าง" in get(client, world.officer, url(world, "workspace")).content.decode()
    client.post(url(world, "oit_submit"), {"incomplete_ok": "on"})
    client.force_login(world.head)
    client.post(url(world, "oit_approve"), {"go": "approve"})
    assert world.part().oit_state == "approved"
    page = get(client, world.officer, url(world, "oit_item", item="O1"))
    assert not page.context["may_edit"]
    assert "https://a.go.th/1" in page.content.decode()
    assert save(client, world, link_1="https://a.go.th/late", version=1).status_code == 200
    assert "late" not in str(OitEntry.objects.get(item="O1").frozen)


@pytest.fixture
def marked(client, world):
    for n in range(1, 7):
        oit.save_entry(
            actor=world.officer, participation=world.part(), item=f"O{n}", links=[f"https://a.go.th/{n}"], explanation="",
            nothing_to_show=False, version=0,
        )  # fmt: skip
    oit.submit(actor=world.officer, participation=world.part())
    oit.approve(actor=world.head, participation=world.part())
    world.set(round_state="review")
    client.force_login(world.assessor)
    for n in range(1, 7):
        points = "0" if n == 1 else "100"
        answer = client.post(
            url(world, "marking_item", item=f"O{n}"),
            {"points": points, "comment": "ไม่พบแผนผัง", "version": 0, "go": "next"},
        )
        assert answer.status_code == 302
    return world


def test_marking_by_hand(client, marked):
    client.force_login(marked.assessor)
    assert client.get(reverse("assessments:marking")).context["tasks"][0].marked == 6
    page = client.post(
        url(marked, "marking_item", item="O2"), {"points": "0", "comment": "", "version": 1}
    )
    assert set(page.context["form"].errors) == {"comment"}
    client.force_login(marked.assessor2)
    page = client.post(
        url(marked, "marking_item", item="O2"), {"points": "0", "comment": "ของฉัน", "version": 0}
    )
    assert page.context["other"].points == "100"
    assert Mark.objects.get(item="O2").points == "100"
    client.post(url(marked, "marking_unit"))
    assert marked.part().oit_state == "scored"


def test_the_unit_sees_no_mark_before_the_window(client, marked):
    assert get(client, marked.officer, url(marked, "marks")).status_code == 409
    assert get(client, marked.officer, url(marked, "object", item="O1")).status_code == 409
    for name in ("workspace", "oit"):
        assert "ไม่พบแผนผัง" not in get(client, marked.officer, url(marked, name)).content.decode()


def test_objecting_and_deciding_by_hand(client, marked):
    client.force_login(marked.assessor)
    client.post(url(marked, "marking_unit"))
    marked.set(round_state="objection", objection_from=dt.date(2024, 4, 1))
    client.force_login(marked.officer)
    html = client.get(url(marked, "marks")).content.decode()
    assert "ไม่พบแผนผัง" in html
    assert html.count(url(marked, "object", item="O1")) == 1
    assert url(marked, "object", item="O2") not in html
    page = client.post(url(marked, "object", item="O1"), {"reason": "", "refers_to": ["1"]})
    assert set(page.context["form"].errors) == {"reason"}
    page = client.post(url(marked, "object", item="O1"), {"reason": "มี", "refers_to": ["2"]})
    assert set(page.context["form"].errors) == {"refers_to"}
    client.post(url(marked, "object", item="O1"), {"reason": "แผนผังอยู่กลางหน้า", "refers_to": ["1"]})
    assert Objection.objects.get().refers_to == [1]
    client.force_login(marked.assessor)
    page = client.get(url(marked, "decide", item="O1"))
    assert page.context["same_assessor"]
    client.post(url(marked, "decide", item="O1"), {"points": "100", "answer": "พบแล้ว"})
    assert Objection.objects.get().state == "changed"
    html = get(client, marked.officer, url(marked, "marks")).content.decode()
    assert "พบแล้ว" in html
    assert get(client, marked.officer, url(marked, "decide", item="O1")).status_code == 403


def test_last_year_is_a_hint(client, world):
    before = Round.objects.create(
        framework=world.round.framework, owner=world.units["moi"], fiscal_year=2566, title_th="ปีก่อน", state="final",
        tree_date=dt.date(2023, 1, 1), **{k: d.replace(year=2023) for k, d in rm.CALENDAR.items()},
    )  # fmt: skip
    old = Participation.objects.create(round=before, unit=world.units["th-38"], oit_state="final")
    OitEntry.objects.create(
        participation=old,
        item="O1",
        frozen_at=clock.now(),
        frozen={"links": [{"url": "https://a.go.th/2566", "label": ""}], "evidence": []},
    )
    Mark.objects.create(participation=old, item="O1", points="0", comment="ขาดแผนผัง")
    html = get(client, world.officer, url(world, "oit_item", item="O1")).content.decode()
    assert "https://a.go.th/2566" in html
    assert "ขาดแผนผัง" in html
    assert (
        "https://a.go.th/2566" not in client.get(url(world, "oit_item", item="O2")).content.decode()
    )


def titles(user):
    user.__dict__.pop("_grants", None)
    return [(i.kind, i.unit.code, i.due_on) for i in desk_items(user)]


def test_the_desk_names_what_each_owes(world):
    due = rm.CALENDAR["oit_to"]
    assert titles(world.officer) == [
        ("assessments.population", "th-38", rm.CALENDAR["surveys_to"]),
        ("assessments.oit", "th-38", due),
    ]
    assert titles(world.head) == []
    assert titles(world.auditor) == []
    world.set(oit_state="submitted")
    assert titles(world.head) == [("assessments.approve", "th-38", due)]
    assert titles(world.stranger) == [
        ("assessments.population", "th-66", rm.CALENDAR["surveys_to"]),
        ("assessments.oit", "th-66", due),
    ]
    world.set(round_state="review", oit_state="approved")
    assert titles(world.assessor) == [("assessments.mark", "th-38", rm.CALENDAR["review_to"])]
    world.set(round_state="objection", oit_state="scored")
    assert titles(world.assessor) == []
    Objection.objects.create(participation=world.part(), item="O1", reason="มี")
    assert titles(world.assessor) == [
        ("assessments.objection", "th-38", rm.CALENDAR["objection_to"])
    ]
    assert titles(world.centre) == []
    world.set(round_state="open", surveys_to=dt.date(2024, 4, 9))
    assert titles(world.centre) == [("assessments.round", "moi", dt.date(2024, 4, 9))]


def queries_of(client, address, **data):
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address, data).status_code == 200
    return len(found)


def test_more_units_or_answers_cost_no_more_queries(client, world):
    client.force_login(world.centre)
    pages = [
        reverse("assessments:round", args=[world.round.pk]),
        reverse("assessments:rounds"),
        url(world, "workspace"),
        url(world, "oit"),
    ]
    client.get(pages[0])
    before = [queries_of(client, page) for page in pages]
    for n in range(20):
        unit = make.unit(f"moi-x{n}", parent=world.units["moi"])
        Participation.objects.create(round=world.round, unit=unit)
    for n in range(1, 7):
        oit.save_entry(
            actor=world.officer, participation=world.part(), item=f"O{n}", links=["https://a.go.th/1", "https://a.go.th/2"],
            explanation="", nothing_to_show=False, version=0,
        )  # fmt: skip
    assert [queries_of(client, page) for page in pages] == before


def test_query_counts_stay_as_they_are(client, world):
    """Shell and sign-in included. A rise must be a decision, not an accident."""
    client.force_login(world.officer)
    client.get(url(world, "workspace"))
    assert queries_of(client, url(world, "workspace")) <= 12
    assert queries_of(client, url(world, "oit")) <= 10
    assert queries_of(client, reverse("assessments:round", args=[world.round.pk])) <= 14
