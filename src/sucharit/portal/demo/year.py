"""The ITA round of fiscal year 2567 with synthetic answers, and a practice round that is open now."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

import numpy as np
from django.db import transaction

from sucharit.assessments.engine import Edition, sample_size
from sucharit.assessments.models import (
    Framework,
    Mark,
    OitEntry,
    OitLink,
    Participation,
    ResponseCounter,
    Round,
    SurveyResponse,
)
from sucharit.assessments.services import scoring
from sucharit.core.actors import System
from sucharit.core.ledger import record
from sucharit.orgs.models import Unit, User
from sucharit.portal.demo import answers, example

SEED = 2567
# Planted so that every level of the scheme is seen: weak and strong units.
LIFTS = {
    "th-48": -0.16,
    "th-71": -0.10,
    "th-96": -0.30,
    "th-38": 0.05,
    "moi-cdd": 0.05,
    "moi-mwa": 0.045,
    "th-53": 0.05,
    "th-54": 0.045,
}
Say = Callable[[int, int], None]


def units_of(on: dt.date) -> list[Unit]:
    """Departments, enterprises and provinces of the ministry that exist on the date."""
    kinds = [Unit.Kind.DEPARTMENT, Unit.Kind.ENTERPRISE, Unit.Kind.PROVINCE]
    return list(Unit.objects.alive(on).filter(kind__in=kinds).order_by("path"))


def make_year(actor: System, say: Say) -> Round:
    """Round 2567: surveys, self-reports, marks, and the announced result."""
    framework = Framework.objects.filter(code="ita-2567").order_by("-version").first()
    assert framework is not None, "load frameworks first"
    edition = Edition.from_document(framework.document)
    tree_date = dt.date(2024, 1, 1)
    units = units_of(tree_date)
    with transaction.atomic():
        round_ = Round.objects.create(
            framework=framework,
            owner=Unit.objects.get(code="moi"),
            fiscal_year=2567,
            title_th="การประเมิน ITA ปีงบประมาณ 2567",
            title_en="ITA, fiscal year 2567",
            state=Round.State.REVIEW,
            surveys_from=dt.date(2024, 1, 1),
            surveys_to=dt.date(2024, 6, 30),
            oit_from=dt.date(2024, 4, 1),
            oit_to=dt.date(2024, 4, 30),
            review_to=dt.date(2024, 5, 31),
            objection_from=dt.date(2024, 6, 1),
            objection_to=dt.date(2024, 6, 15),
            tree_date=tree_date,
            synthetic=True,
        )
        record(
            actor=actor,
            action="assessments.round.created",
            target=round_,
            unit=round_.owner,
            fiscal_year=2567,
            synthetic=True,
        )
    assessor = User.objects.get(username="assessor")
    for place, unit in enumerate(units):
        _fill_unit(round_, edition, unit, place, assessor)
        say(place + 1, len(units))
    Round.objects.filter(pk=round_.pk).update(
        state=Round.State.FINAL, announced_on=dt.date(2024, 7, 30)
    )
    round_.refresh_from_db()
    record(
        actor=actor,
        action="assessments.round.filled",
        target=round_,
        unit=round_.owner,
        fiscal_year=2567,
        units=len(units),
        synthetic=True,
    )
    scoring.compute_round(actor=actor, round=round_)
    return round_


def _fill_unit(round_: Round, edition: Edition, unit: Unit, place: int, assessor: User) -> None:
    rng = np.random.default_rng([SEED, place])
    who = answers.character(edition, SEED, place, LIFTS.get(unit.code, 0.0))
    staff = int(np.clip(rng.lognormal(6.4, 0.6), 60, 6000))
    public = int(np.clip(rng.lognormal(7.6, 0.7), 200, 30_000))
    if unit.code == example.UNIT:
        staff, public = 5_200, 21_000
    rule = edition.sample_rule
    assert rule is not None
    asked = {"IIT": (staff, ("1",)), "EIT": (public, ("1", "2"))}
    with transaction.atomic():
        taking_part = Participation.objects.create(
            round=round_,
            unit=unit,
            staff_count=staff,
            public_count=public,
            counted_on=dt.date(2024, 1, 31),
            oit_state=Participation.OitState.FINAL,
            submitted_at=_at(2024, 4, 22),
            approved_at=_at(2024, 4, 29),
        )
        for instrument, (population, parts) in asked.items():
            n = int(sample_size(rule, population) * rng.uniform(1.0, 1.5))
            if unit.code == example.UNIT:
                packed = example.people(edition, instrument, SEED)
            else:
                packed = answers.people(edition, instrument, who, min(n, population), SEED, place)
            for part, rows in zip(parts, np.array_split(packed, len(parts)), strict=True):
                _store(taking_part, round_, instrument, part, rows, rng)
        given = (
            example.marks(edition)
            if unit.code == example.UNIT
            else answers.marks(edition, who, SEED, place)
        )
        _oit(taking_part, edition, given, assessor)


def _store(
    taking_part: Participation,
    round_: Round,
    instrument: str,
    part: str,
    rows: answers.Bytes,
    rng: np.random.Generator,
) -> None:
    days = (round_.surveys_to - round_.surveys_from).days
    SurveyResponse.objects.bulk_create(
        [
            SurveyResponse(
                id=uuid.UUID(bytes=rng.bytes(16), version=4),
                participation=taking_part,
                instrument=instrument,
                part=part,
                framework_version=round_.framework.version,
                answers=row.tobytes(),
                resend_hash=rng.bytes(32).hex(),
                day=round_.surveys_from + dt.timedelta(days=int(rng.beta(4, 1.5) * days)),
            )
            for row in rows
        ],
        batch_size=500,
    )
    ResponseCounter.objects.create(
        participation=taking_part, instrument=instrument, part=part, n=len(rows)
    )


def _oit(
    taking_part: Participation, edition: Edition, points: dict[str, str], assessor: User
) -> None:
    items = [i.code for i in edition.items_of("OIT")]
    links = {
        item: f"https://{taking_part.unit.code}.example/oit/2567/{item.lower()}" for item in items
    }
    entries = OitEntry.objects.bulk_create(
        [
            OitEntry(
                participation=taking_part,
                item=item,
                explanation="หน้าแรก > ITA 2567 > " + item,
                frozen_at=_at(2024, 4, 29),
                frozen={
                    "links": [{"url": links[item], "label": ""}],
                    "explanation": "หน้าแรก > ITA 2567 > " + item,
                    "evidence": [],
                },
            )
            for item in items
        ]
    )
    OitLink.objects.bulk_create([OitLink(entry=e, url=links[e.item], position=1) for e in entries])
    Mark.objects.bulk_create(
        [
            Mark(
                participation=taking_part,
                item=item,
                points=points[item],
                assessor=assessor,
                comment="" if points[item] == "100" else "ไม่พบข้อมูลครบทุกองค์ประกอบ (ข้อมูลสังเคราะห์)",
            )
            for item in items
        ]
    )


def _at(year: int, month: int, day: int) -> dt.datetime:
    return dt.datetime(year, month, day, 3, 0, tzinfo=dt.UTC)


def make_practice(actor: System, today: dt.date, fiscal_year: int) -> Round:
    """A round that is open today, so that the whole way can be walked: links, approval, marks, result."""
    framework = Framework.objects.filter(code="ita-2567").order_by("-version").first()
    assert framework is not None
    week = dt.timedelta(weeks=1)
    with transaction.atomic():
        round_ = Round.objects.create(
            framework=framework,
            owner=Unit.objects.get(code="moi"),
            fiscal_year=fiscal_year,
            title_th=f"รอบฝึกซ้อม ปีงบประมาณ {fiscal_year} (ใช้กรอบการประเมินปี 2567)",
            title_en=f"Practice round, fiscal year {fiscal_year} (framework of 2567)",
            state=Round.State.OPEN,
            surveys_from=today - 2 * week,
            surveys_to=today + 10 * week,
            oit_from=today - week,
            oit_to=today + 8 * week,
            review_to=today + 12 * week,
            objection_from=today + 13 * week,
            objection_to=today + 15 * week,
            tree_date=today,
            synthetic=True,
        )
        for code in ("th-38", "th-66", "moi-cdd", "moi-pea"):
            taking_part = Participation.objects.create(
                round=round_,
                unit=Unit.objects.get(code=code),
                staff_count=420,
                public_count=2600,
                counted_on=today,
            )
            for instrument in ("IIT", "EIT"):
                ResponseCounter.objects.create(
                    participation=taking_part, instrument=instrument, part="1"
                )
        record(
            actor=actor,
            action="assessments.round.created",
            target=round_,
            unit=round_.owner,
            fiscal_year=fiscal_year,
            synthetic=True,
        )
    return round_
