"""Entering, handing in, verifying, versions, locks, targets, counted figures, the master plan."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from sucharit.core import clock
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry
from sucharit.core.registry import Measure, registry
from sucharit.desk.models import Clock
from sucharit.plans.indicators import duties, queries, rolled, services
from sucharit.plans.models import Actual, Indicator, PeriodLock, Strategy, Target
from sucharit.plans.strategy.loading import load_strategies
from tests.plans.indicators.world import E4, SYSTEM, YEAR, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world()


def test_from_draft_to_official(w):
    made = w.enter()
    assert (made.status, made.value_e4, made.official) == ("draft", 75 * E4, False)
    services.submit_actual(actor=w.people["officer"], actual=made)
    with pytest.raises(Refusal, match="ส่งแล้ว"):
        w.enter(n=(1, 4))
    with pytest.raises(Forbidden):
        services.verify_actual(actor=w.people["head"], actual=made)
    done = services.verify_actual(actor=w.people["centre"], actual=made)
    assert (done.status, done.official, done.verified_by) == ("verified", True, w.people["centre"])
    assert set(LedgerEntry.objects.values_list("action", flat=True)) >= {
        "plans.actual.entered", "plans.actual.submitted", "plans.actual.verified",
    }  # fmt: skip


def test_who_entered_never_verifies(w):
    made = w.enter(who=w.people["centre"])
    services.submit_actual(actor=w.people["centre"], actual=made)
    with pytest.raises(Refusal, match="ท่านเป็นผู้บันทึก"):
        services.verify_actual(actor=w.people["centre"], actual=made)
    assert list(duties.to_verify(w.people["centre"])) == []
    assert list(duties.to_verify(w.people["centre2"])) == [made]
    assert services.verify_actual(actor=w.people["centre2"], actual=made).official


def test_sent_back_and_mended(w):
    made = w.enter()
    services.submit_actual(actor=w.people["officer"], actual=made)
    with pytest.raises(Refusal):
        services.return_actual(actor=w.people["centre"], actual=made, why=" ")
    services.return_actual(actor=w.people["centre"], actual=made, why="ขาดหลักฐาน")
    again = w.enter(n=(4, 4))
    assert (again.pk, again.status, again.version, again.value_e4) == (
        made.pk,
        "draft",
        1,
        100 * E4,
    )


def test_a_verified_figure_changes_by_a_new_version_with_its_reason(w):
    first = w.official("th-38", 1, (3, 4))
    with pytest.raises(Refusal) as refused:
        w.enter(n=(2, 4))
    assert refused.value.where == "reason"
    second = w.enter(n=(2, 4), reason="นับซ้ำ")
    first.refresh_from_db()
    assert (second.version, second.latest, first.latest, first.official) == (2, True, False, True)
    services.submit_actual(actor=w.people["officer"], actual=second)
    services.verify_actual(actor=w.people["centre"], actual=second)
    first.refresh_from_db()
    assert first.official is False
    assert Actual.objects.get(official=True).value_e4 == 50 * E4


def test_after_the_lock_only_with_a_reason(w):
    draft = w.enter()
    PeriodLock.objects.create(
        unit=w.units["th-38"], fiscal_year=YEAR, quarter=1, locked_at=clock.now()
    )
    with pytest.raises(Refusal, match="ปิดแล้ว"):
        w.enter(n=(1, 4))
    late = w.enter(n=(1, 4), reason="ได้รับข้อมูลช้า")
    assert (late.version, late.pk != draft.pk) == (2, True)
    assert (
        w.enter(n=(2, 4), reason="แก้ไข").pk == late.pk
    )  # a draft made after the lock is still a draft
    assert w.enter(seq=2).version == 1


def test_what_does_not_fit_is_refused(w):
    for entry, where in (
        (services.Entry(), "numerator"),
        (services.Entry(None, E4, 0), "denominator"),
        (services.Entry(None, E4), "denominator"),
    ):
        with pytest.raises(Refusal) as refused:
            services.enter_actual(
                actor=SYSTEM,
                indicator=w.share,
                unit=w.units["th-38"],
                fiscal_year=YEAR,
                seq=1,
                entry=entry,
            )
        assert refused.value.where == where
    with pytest.raises(Refusal, match="ไม่มีงวดนี้"):
        w.enter(seq=5)
    with pytest.raises(Refusal, match="ยังไม่สิ้นสุด"):
        services.enter_actual(
            actor=SYSTEM,
            indicator=w.share,
            unit=w.units["th-38"],
            fiscal_year=2600,
            seq=1,
            entry=w.entry(1, 2),
        )
    with pytest.raises(NotFoundInScope):
        w.enter(who=w.people["other"])
    with pytest.raises(Refusal, match="มีผู้อื่น"):
        w.enter(seen="9.draft.1")
    assert not Actual.objects.exists()


def test_evidence_is_seen_in_scope_only(w):
    made = w.enter()
    kept = services.add_evidence_to(
        actor=w.people["officer"], actual=made, title="ตารางนับ",
        upload=SimpleUploadedFile("x.txt", "นับแล้ว".encode()),
    )  # fmt: skip
    may = registry.evidence["plans.actual"]
    assert may(w.people["officer"], kept.owner_id)
    assert not may(w.people["other"], kept.owner_id)
    services.submit_actual(actor=w.people["officer"], actual=made)
    services.verify_actual(actor=w.people["centre"], actual=made)
    with pytest.raises(Refusal):
        services.add_evidence_to(
            actor=w.people["officer"],
            actual=made,
            title="x",
            upload=SimpleUploadedFile("y.txt", b"y"),
        )


def test_targets_are_approved_and_superseded(w):
    first = services.set_target(
        actor=w.people["officer"],
        indicator=w.share,
        unit=w.units["th-38"],
        fiscal_year=YEAR,
        value_e4=80 * E4,
    )
    with pytest.raises(Forbidden):
        services.approve_target(actor=w.people["officer"], target=first)
    services.approve_target(actor=w.people["head"], target=first)
    again = {
        "indicator": w.share,
        "unit": w.units["th-38"],
        "fiscal_year": YEAR,
        "value_e4": 90 * E4,
    }
    with pytest.raises(Forbidden):
        services.set_target(actor=w.people["officer"], **again, rationale="สูงขึ้น")
    with pytest.raises(Refusal):
        services.set_target(actor=w.people["head"], **again)
    second = services.set_target(actor=w.people["head"], **again, rationale="สูงขึ้น")
    assert second.supersedes == first
    assert second.approved_at is not None
    assert Target.objects.get(superseded=False) == second


def test_sheets_have_versions(w):
    with pytest.raises(Refusal) as refused:
        services.create_indicator(
            actor=SYSTEM, owner_unit=w.units["moi"], code="moi-count",
            values={"name_th": "x", "measure": "count", "direction": "increase"},
        )  # fmt: skip
    assert refused.value.where == "code"
    with pytest.raises(ValidationError):
        services.create_indicator(
            actor=SYSTEM, owner_unit=w.units["moi"], code="y",
            values={"name_th": "x", "measure": "percent", "direction": "increase", "over_space": "weighted"},
        )  # fmt: skip
    with pytest.raises(Refusal):
        services.new_version(actor=SYSTEM, indicator=w.share, values={}, change_note="")
    new = services.new_version(
        actor=SYSTEM, indicator=w.share, values={"name_th": "ชื่อใหม่"}, change_note="นิยามใหม่"
    )
    assert (new.version, new.supersedes, new.numerator_th) == (2, w.share, "ผ่าน")
    with pytest.raises(Refusal, match="เลิกใช้แล้ว"):
        w.enter()
    services.retire_indicator(actor=SYSTEM, indicator=new, why="เลิกใช้")
    with pytest.raises(Refusal):
        services.retire_indicator(actor=SYSTEM, indicator=new, why="เลิกใช้")


def test_counted_figures_are_written_verified(w, monkeypatch):
    found = {"value": (3, 4)}
    measure = Measure("test.rate", "x", lambda *_args: found["value"])
    monkeypatch.setitem(registry.measures, "test.rate", measure)
    counted = services.new_version(
        actor=SYSTEM, indicator=w.share, values={"measured_by": "test.rate"}, change_note="นับเอง"
    )
    ask = {
        "actor": SYSTEM, "unit": w.units["th-38"], "fiscal_year": YEAR, "until": dt.date(2024, 3, 31),
    }  # fmt: skip
    (made,) = services.pull_measures(**ask)
    assert (made.seq, made.counted, made.official, made.numerator_e4) == (2, True, True, 3 * E4)
    assert services.pull_measures(**ask) == []
    found["value"] = (4, 4)
    (again,) = services.pull_measures(**ask)
    made.refresh_from_db()
    assert (again.version, made.official, made.latest) == (2, False, False)
    found["value"] = None
    assert services.pull_measures(**ask) == []
    with pytest.raises(Refusal, match="ระบบนับค่านี้เอง"):
        services.enter_actual(
            actor=SYSTEM,
            indicator=counted,
            unit=w.units["th-38"],
            fiscal_year=YEAR,
            seq=1,
            entry=w.entry(1, 2),
        )


def test_rolled_up_over_the_tree(w):
    w.target("th-38", 80), w.target("th-66", 80), w.target("moi", 70)
    w.official("th-38", 1, (1, 2))
    w.official("th-38", 2, (1, 1))
    waiting = w.enter("th-66", 1, (0, 99), who=SYSTEM)
    services.submit_actual(actor=SYSTEM, actual=waiting)
    moi = w.units["moi"]
    (row,) = rolled.rows_at(rolled.roll_tree(w.people["centre"], moi, YEAR), moi)
    assert (row.rolled.value, row.rolled.reported, row.rolled.expected) == (100, 1, 2)
    assert (row.rolled.zero, row.rolled.zero_assumed, row.level) == (50, True, 5)
    assert row.as_of is not None
    both = rolled.roll_tree(w.people["centre"], moi, YEAR, status=rolled.SUBMITTED)
    assert rolled.rows_at(both, moi)[0].rolled.value == 1
    early = rolled.roll_tree(w.people["centre"], moi, YEAR, until=dt.date(2023, 12, 31))
    assert rolled.rows_at(early, moi)[0].rolled.value == 50
    with pytest.raises(NotFoundInScope):
        rolled.roll_tree(w.people["officer"], moi, YEAR)


def test_rows_of_a_unit(w, django_assert_max_num_queries):
    w.target("th-38", 80)
    w.official("th-38", 1, (3, 4))
    waiting = w.enter("th-38", 2, (4, 4))
    services.submit_actual(actor=w.people["officer"], actual=waiting)
    with django_assert_max_num_queries(6):
        (row,) = queries.unit_rows(w.people["officer"], w.units["th-38"], YEAR)
    assert (row.target_e4, row.value_e4, row.numerator_e4) == (80 * E4, 75 * E4, 3 * E4)
    assert (row.attainment_e2, row.level, row.official) == (9375, 3, True)
    assert queries.unit_rows(w.people["other"], w.units["th-38"], YEAR) == []
    Indicator.objects.update(public=True)
    (seen,) = queries.unit_rows(w.people["other"], w.units["th-38"], YEAR)
    assert seen.value_e4 == 75 * E4


def test_what_is_owed(w, django_assert_max_num_queries):
    w.target("th-38", 80)
    w.official("th-38", 1, (3, 4))
    unit, day = w.units["th-38"], dt.date(2024, 6, 30)
    without = duties.owed(w.people["officer"], unit, YEAR, day)
    assert [(d.seq, d.due_on) for d in without] == [(2, None), (3, None)]  # no clock, no day
    Clock.objects.create(
        key=duties.CLOCK, title_th="x", n=15, unit="day", effective_from=dt.date(2017, 10, 1)
    )
    with django_assert_max_num_queries(7):
        owed = duties.owed(w.people["officer"], unit, YEAR, day)
    assert [(d.seq, d.due_on) for d in owed] == [
        (2, dt.date(2024, 4, 15)),
        (3, dt.date(2024, 7, 15)),
    ]
    assert duties.owed(w.people["other"], w.units["th-38"], YEAR, dt.date(2024, 6, 30)) == []


def test_the_master_plan_loads_once(w):
    done = load_strategies(actor=SYSTEM)
    assert (done.strategies, done.goals, done.indicators) == (8, 8, 18)
    assert load_strategies(actor=SYSTEM).total == 0
    assert Strategy.objects.filter(code="mp21").count() == 2
    rank = Indicator.objects.get(code="mp21-cpi-rank", version=2)
    assert list(rank.targets.order_by("fiscal_year").values_list("fiscal_year", "value_e4", "verified")) == [
        (2566, 53 * E4, True), (2570, 43 * E4, True),
    ]  # fmt: skip
    assert rank.supersedes.retired_at is not None
    assert not Actual.objects.filter(indicator__code="mp21-cpi-rank", fiscal_year=2564).exists()
    assert Actual.objects.get(indicator=rank, fiscal_year=2566).official is False
    with pytest.raises(Forbidden):
        load_strategies(actor=_viewer(w))


def _viewer(w):
    from tests import make

    return make.user("auditor", w.units["moi"])
