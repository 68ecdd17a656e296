"""Computing a round: answers and marks in, an insert-only run of exact scores out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from django.db import transaction

from sucharit.assessments import events
from sucharit.assessments.engine import (
    CountCube,
    Edition,
    UnitCounts,
    UnitInput,
    UnitScore,
    explain,
    score_unit,
    unit_counts,
)
from sucharit.assessments.engine.hiding import hidden_nodes, hidden_parts
from sucharit.assessments.engine.suppression import Why
from sucharit.assessments.models import (
    Mark,
    NodeScore,
    Participation,
    Round,
    ScoreRun,
    SurveyResponse,
    UnitResult,
)
from sucharit.core.errors import Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope

HIDDEN_NOTES = {
    Why.SMALL: {
        "key": "insufficient",
        "th": "ผู้ตอบน้อยกว่าจำนวนที่แสดงผลได้โดยไม่เปิดเผยตัวผู้ตอบ",
        "en": "Fewer respondents than may be shown without exposing them",
    },
    Why.COMPLEMENT: {
        "key": "complement",
        "th": "ไม่แสดง เพราะเมื่อรวมกับคะแนนอื่นจะคำนวณย้อนถึงคะแนนของผู้ตอบกลุ่มเล็กได้",
        "en": "Not shown: together with other scores it would give away that of a few respondents",
    },
}


@dataclass(frozen=True)
class Scored:
    """A participation with its score, ready to be stored."""

    participation: Participation
    score: UnitScore
    hidden: Mapping[str, Why]  # nodes that may not be shown
    partless: frozenset[str]  # instruments whose part scores may not be shown


def compute_round(*, actor: Any, round: Round) -> ScoreRun:  # noqa: A002 (the field's word)
    """Score every unit of the round and make that the current run.

    Reading and arithmetic happen outside the transaction; earlier runs stay and are no longer current.
    Raises Refusal when no unit takes part; NotFoundInScope or Forbidden without the right.
    """
    scope.require(actor, "assessments.manage", round.owner)
    edition = Edition.from_document(round.framework.document)
    scored = list(score_participations(round, edition))
    if not scored:
        raise Refusal("No unit takes part in this round yet: add units first.")
    with transaction.atomic():
        locked = Round.objects.select_for_update().get(pk=round.pk)
        ScoreRun.objects.filter(round=locked, kind=ScoreRun.Kind.COMPUTED, current=True).update(
            current=False
        )
        run = ScoreRun.objects.create(
            kind=ScoreRun.Kind.COMPUTED,
            round=locked,
            framework=locked.framework,
            fiscal_year=locked.fiscal_year,
            public=locked.state == Round.State.FINAL,
            verified=locked.framework.verified,
            synthetic=locked.synthetic,
            source=f"{locked.framework.code} v{locked.framework.version}",
            parameters={
                "eit_merge": str(edition.eit_merge.mode),
                "shortfall": str(edition.shortfall),
            },
        )
        store(run, edition, scored)
        if run.public:
            events.round_announced(locked, run)
        record(
            actor=actor,
            action="assessments.round.scored",
            target=locked,
            unit=locked.owner,
            fiscal_year=locked.fiscal_year,
            run=run.pk,
            units=len(scored),
            framework=locked.framework.sha256,
        )
    # What margins of error rest on, kept with the run: answers that come later change nothing in it.
    from sucharit.assessments.planner.services import gather_facts

    gather_facts(actor=actor, run=run)
    return run


def publish_run(*, actor: Any, round: Round) -> ScoreRun:  # noqa: A002
    """Make the round's current run public (the result is announced)."""
    scope.require(actor, "assessments.publish", round.owner)
    with transaction.atomic():
        run = (
            ScoreRun.objects.select_for_update()
            .filter(round=round, kind=ScoreRun.Kind.COMPUTED, current=True)
            .first()
        )
        if run is None:
            raise Refusal("Nothing has been scored yet: compute the round first.")
        if not run.public:
            events.round_announced(round, run)
        run.public = True
        run.save(update_fields=["public"])
        record(
            actor=actor,
            action="assessments.run.published",
            target=run,
            unit=round.owner,
            fiscal_year=run.fiscal_year,
        )
    return run


def score_participations(round: Round, edition: Edition) -> Iterable[Scored]:  # noqa: A002
    """Score each unit of the round from what is stored now."""
    participations = list(round.participations.select_related("unit").order_by("unit__path"))
    counts = {
        i.code: count_answers(edition, i.code, participations)
        for i in edition.instruments
        if i.surveyed
    }
    marks = latest_marks(round)
    for place, participation in enumerate(participations):
        population = {"IIT": participation.staff_count, "EIT": participation.public_count}
        unit = UnitInput(
            counts={code: found[place] for code, found in counts.items()},
            marks=marks.get(participation.pk),
            population={
                code: n for code, n in population.items() if n and code in edition.instrument
            },
        )
        score = score_unit(edition, unit)
        least = round.min_report_n
        hidden = hidden_nodes(edition, score, least)
        yield Scored(participation, score, hidden, hidden_parts(edition, score, least))


def count_answers(
    edition: Edition, instrument: str, participations: list[Participation]
) -> list[UnitCounts]:
    """Counts of one instrument for each participation, read from the packed rows in chunks."""
    cube = CountCube.empty(edition, instrument, [str(p.pk) for p in participations])
    place = {p.pk: i for i, p in enumerate(participations)}
    part_of = edition.instrument[instrument].part_index
    rows = (
        SurveyResponse.objects.filter(
            participation__in=[p.pk for p in participations], instrument=instrument
        )
        .values_list("participation_id", "part", "answers")
        .iterator(chunk_size=20_000)
    )
    batch: list[tuple[int, int, bytes]] = []
    for participation, part, answers in rows:
        batch.append((place[participation], part_of(part) or 0, bytes(answers)))
        if len(batch) == 20_000:
            _add(cube, batch)
            batch.clear()
    _add(cube, batch)
    return [unit_counts(cube, i) for i in range(len(participations))]


def _add(cube: CountCube, batch: list[tuple[int, int, bytes]]) -> None:
    if not batch:
        return
    packed = np.frombuffer(b"".join(row for _, _, row in batch), dtype=np.uint8).reshape(
        len(batch), -1
    )
    cube.add(np.array([u for u, _, _ in batch]), np.array([p for _, p, _ in batch]), packed)


def latest_marks(round: Round) -> dict[int, Mapping[str, Fraction | None]]:  # noqa: A002
    """The mark that holds per participation and item: the one of the highest turn."""
    found: dict[int, dict[str, Fraction | None]] = {}
    rows = (
        Mark.objects.filter(participation__round=round)
        .order_by("turn")
        .values_list("participation_id", "item", "points")
    )
    for participation, item, points in rows:
        # No points: the item does not apply to the unit (a constraint keeps the two together).
        found.setdefault(participation, {})[item] = Fraction(points) if points else None
    return dict(found)


def store(run: ScoreRun, edition: Edition, scored: list[Scored]) -> None:
    """Write unit results and node scores; hidden nodes keep neither value nor count."""
    results = UnitResult.objects.bulk_create(
        [_result(run, edition, s) for s in scored], batch_size=500
    )
    nodes = [node for result, s in zip(results, scored, strict=True) for node in _nodes(result, s)]
    NodeScore.objects.bulk_create(nodes, batch_size=500)


def _result(run: ScoreRun, edition: Edition, scored: Scored) -> UnitResult:
    score, hidden = scored.score, "total" in scored.hidden
    level = None if hidden else score.level
    return UnitResult(
        run=run,
        unit=scored.participation.unit,
        fiscal_year=run.fiscal_year,
        total_hundredths=None if hidden else score.display_hundredths("total"),
        level=level.code if level else "",
        level_th=level.label.th if level else "",
        level_en=level.label.en if level else "",
        passed=level.passed if level else None,
        scheme=edition.code,
        explanation=_masked(dict(explain(edition, score)), scored, edition),
    )


def _nodes(result: UnitResult, scored: Scored) -> Iterable[NodeScore]:
    for code, node in scored.score.nodes.items():
        if code in scored.hidden:
            yield NodeScore(result=result, node=code, status=NodeScore.Status.INSUFFICIENT)
            continue
        exact = "" if node.value is None else f"{node.value.numerator}/{node.value.denominator}"
        yield NodeScore(
            result=result,
            node=code,
            status=str(node.status),
            exact=exact,
            value=None if node.value is None else float(node.value),
            hundredths=scored.score.display_hundredths(code),
            n=node.n,
        )


def _masked(node: dict[str, Any], scored: Scored, edition: Edition) -> dict[str, Any]:
    """The explanation without the figures that may not be shown."""
    children = [_masked(dict(child), scored, edition) for child in node["children"]]
    code = node["code"]
    if code != "total" and edition.instrument_of(code) in scored.partless:
        node = {**node, "parts": []}
    if code in scored.hidden:
        gone = {
            "value": None,
            "exact": None,
            "display": "",
            "n": None,
            "status": "insufficient",
            "level": None,
        }
        return {
            **node,
            **gone,
            "parts": [],
            "notes": [HIDDEN_NOTES[scored.hidden[code]]],
            "children": children,
        }
    return {**node, "children": children}
