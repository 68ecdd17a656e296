"""Signals of a round, from stored answers to a finding and an action item."""

from __future__ import annotations

import pytest

from sucharit.assessments.engine import Edition
from sucharit.assessments.engine.packing import pack
from sucharit.assessments.models import QualityReview, QualityRun, QualitySignal
from sucharit.assessments.quality import queries, services
from sucharit.core import clock
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry
from sucharit.desk.models import ActionItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(make):
    units = make.ministry()
    round_ = make.round_([units["th-38"]], owner=units["moi"], state="review")
    round_.surveys_closed_at = clock.now()
    round_.save()
    edition = Edition.from_document(round_.framework.document)
    part = round_.participations.get()
    for instrument in ("IIT", "EIT"):
        questions = edition.subquestions(instrument)
        best = {q.code: max(q.scale.options, key=lambda o: o.points).code for q in questions}
        make.answers(part, instrument, pack(edition, instrument, best), times=30)
    return {"units": units, "round": round_, "part": part}


def test_all_the_same_best_answers_are_noticed(world, make):
    centre = make.user("ministry_centre", world["units"]["moi"])
    run = services.compute_signals(actor=centre, round=world["round"])
    found = {(s.instrument, s.code): s for s in run.signals.all()}
    assert found["IIT", "ceiling"].status == "triggered"
    assert found["IIT", "same_answers"].value == "1/1"
    assert found["EIT", "part_gap"].status == "not_applicable"
    assert LedgerEntry.objects.filter(action="assessments.quality.computed").count() == 1


def test_a_second_run_replaces_the_first_and_keeps_it(world, make):
    centre = make.user("ministry_centre", world["units"]["moi"])
    first = services.compute_signals(actor=centre, round=world["round"])
    second = services.compute_signals(actor=centre, round=world["round"])
    assert QualityRun.objects.filter(current=True).get() == second
    assert set(queries.signals_of(centre, world["round"]).values_list("run", flat=True)) == {
        second.pk
    }
    assert first.signals.exists()


def test_while_answers_come_in_nothing_is_computed(world, make):
    world["round"].surveys_closed_at = None
    world["round"].save()
    centre = make.user("ministry_centre", world["units"]["moi"])
    with pytest.raises(Refusal, match="ปิดรับ"):
        services.compute_signals(actor=centre, round=world["round"])
    assert not QualitySignal.objects.exists()


def test_a_follow_up_asks_the_unit_once(world, make):
    centre = make.user("ministry_centre", world["units"]["moi"])
    services.compute_signals(actor=centre, round=world["round"])
    signal = (
        queries.signals_of(centre, world["round"]).filter(code="ceiling", instrument="IIT").get()
    )
    for _again in range(2):
        services.review(actor=centre, signal=signal, finding="follow_up", note="ขอคำชี้แจงวิธีเก็บข้อมูล")
    item = ActionItem.objects.get()
    assert (item.unit, item.source_kind) == (world["units"]["th-38"], "assessments.quality")
    assert QualityReview.objects.count() == 2
    again = queries.signals_of(centre, world["round"]).get(pk=signal.pk)
    assert again.finding == "follow_up"
    # The note may hold what an officer was told: it stays out of the ledger.
    entry = LedgerEntry.objects.filter(action="assessments.quality.reviewed").first()
    assert "ขอคำชี้แจง" not in str(entry.facts if hasattr(entry, "facts") else entry.__dict__)


@pytest.mark.parametrize(("finding", "note"), [("", "x"), ("guilty", "x"), ("explained", "  ")])
def test_a_finding_needs_one_of_three_words_and_a_sentence(world, make, finding, note):
    centre = make.user("ministry_centre", world["units"]["moi"])
    services.compute_signals(actor=centre, round=world["round"])
    signal = QualitySignal.objects.first()
    with pytest.raises(Refusal):
        services.review(actor=centre, signal=signal, finding=finding, note=note)
    assert not QualityReview.objects.exists()


@pytest.mark.parametrize("role", ["unit_head", "unit_officer", "assessor"])
def test_the_unit_and_its_assessors_do_not_compute_or_judge(world, make, role):
    centre = make.user("ministry_centre", world["units"]["moi"])
    services.compute_signals(actor=centre, round=world["round"])
    theirs = make.user(role, world["units"]["th-38"])
    assert not queries.signals_of(theirs, world["round"]).exists()
    with pytest.raises((Forbidden, NotFoundInScope)):
        services.compute_signals(actor=theirs, round=world["round"])
    with pytest.raises((Forbidden, NotFoundInScope)):
        services.review(
            actor=theirs, signal=QualitySignal.objects.first(), finding="explained", note="x"
        )


def test_pages_of_the_queue_and_of_one_signal(world, make, client):
    centre = make.user("ministry_centre", world["units"]["moi"])
    client.force_login(centre)
    base = f"/assessments/rounds/{world['round'].pk}/quality/"
    assert "ยังไม่" in client.get(base).content.decode()
    assert client.post(base + "compute/").status_code == 302
    page = client.get(base + "?status=triggered&finding=none").content.decode()
    assert "จังหวัด" in page
    signal = queries.signals_of(centre, world["round"]).filter(status="triggered").first()
    empty = client.post(f"{base}{signal.pk}/", {"finding": "", "note": ""})
    assert empty.status_code == 200
    assert 'id="errors"' in empty.content.decode()
    done = client.post(
        f"{base}{signal.pk}/", {"finding": "explained", "note": "หน่วยงานเล็ก ทุกคนพอใจ"}
    )
    assert done.status_code == 302
    assert "หน่วยงานเล็ก" in client.get(f"{base}{signal.pk}/").content.decode()
    csv = b"".join(client.get(base + "?export=csv").streaming_content).decode("utf-8-sig")
    assert "100.00 %" in csv
