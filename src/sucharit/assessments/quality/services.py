"""Computing the signals of a round, and putting down what was found when somebody looked."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from sucharit.assessments.engine import Edition, UnitScore, quality
from sucharit.assessments.models import (
    Participation,
    QualityReview,
    QualityRun,
    QualitySignal,
    Round,
    SurveyResponse,
)
from sucharit.assessments.quality.rules import RuleSet, rule_set
from sucharit.assessments.quality.texts import title_of
from sucharit.assessments.services.scoring import score_participations
from sucharit.assessments.services.steps import account
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.desk.services.actions import open_action
from sucharit.orgs import scope

LONGEST_NOTE = 2_000  # characters
SOURCE = "assessments.quality"  # of action items


def compute_signals(*, actor: Any, round: Round) -> QualityRun:  # noqa: A002 (the field's word)
    """Compute every signal of every unit and make that the current run.

    Only after the surveys are closed: while answers come in, figures that change with each of them
    would tell who has just answered. Reading and arithmetic happen outside the transaction.
    """
    scope.require(actor, "assessments.manage", round.owner)
    if round.surveys_closed_at is None:
        raise Refusal(
            _("The signals are computed once the surveys are closed, so that they tell nothing of single answers.")
        )  # fmt: skip
    rules = rule_set()
    found = list(_signals_of(round, rules))
    with transaction.atomic():
        locked = Round.objects.select_for_update().get(pk=round.pk)
        QualityRun.objects.filter(round=locked, current=True).update(current=False)
        run = QualityRun.objects.create(
            round=locked, rules_version=rules.version, rules_sha256=rules.sha256
        )
        for signal in found:
            signal.run = run
        QualitySignal.objects.bulk_create(found, batch_size=500)
        triggered = sum(s.status == quality.Status.TRIGGERED for s in found)
        record(
            actor=actor, action="assessments.quality.computed", target=run, unit=locked.owner,
            fiscal_year=locked.fiscal_year, signals=len(found), triggered=triggered, rules=rules.version,
        )  # fmt: skip
    return run


def review(*, actor: Any, signal: QualitySignal, finding: str, note: str) -> QualityReview:
    """Put down what was found; "follow_up" also asks the unit, as an action item."""
    if finding not in QualityReview.Finding.values:
        raise Refusal(_("Choose one of the three findings."), where="finding")
    text = note.strip()
    if not text:
        raise Refusal(_("Say in a sentence what you looked at and what you found."), where="note")
    if len(text) > LONGEST_NOTE:
        raise Refusal(_("At most 2,000 characters."), where="note")
    with transaction.atomic():
        held = Participation.objects.select_for_update().filter(pk=signal.participation_id).first()
        if held is None:
            raise NotFoundInScope(_("There is no such unit in this round."))
        scope.require(actor, "assessments.manage", held.unit)
        made = QualityReview.objects.create(
            participation=held, instrument=signal.instrument, code=signal.code,
            finding=finding, note=text, by=account(actor),
        )  # fmt: skip
        if finding == QualityReview.Finding.FOLLOW_UP:
            _ask_the_unit(actor=actor, held=held, signal=signal)
        record(
            actor=actor, action="assessments.quality.reviewed", target=made, unit=held.unit,
            fiscal_year=held.round.fiscal_year, signal=signal.code, instrument=signal.instrument, finding=finding,
        )  # fmt: skip
    return made


def _ask_the_unit(*, actor: Any, held: Participation, signal: QualitySignal) -> None:
    title = title_of(signal.code)
    open_action(
        actor=actor,
        unit=held.unit,
        fiscal_year=held.round.fiscal_year,
        title=_("Explain how the %(instrument)s survey was answered: %(signal)s")
        % {"instrument": signal.instrument, "signal": title},
        why=_("A signal is a reason to look, not a finding against anybody. Say how the survey was run."),
        source_kind=SOURCE,
        source_id=f"{held.round_id}-{signal.instrument}-{signal.code}",
        source_url=reverse("assessments:workspace", args=[held.round_id, held.unit.code]),
    )  # fmt: skip


def _signals_of(round_: Round, rules: RuleSet) -> Iterator[QualitySignal]:
    edition = Edition.from_document(round_.framework.document)
    open_weeks = ((round_.surveys_to - round_.surveys_from).days + 7) // 7
    for scored in score_participations(round_, edition):
        for instrument in edition.instruments:
            if not instrument.surveyed:
                continue
            answers = _answers(
                edition, instrument.code, scored.participation, scored.score, open_weeks
            )
            for signal in quality.signals(answers, rules.rules):
                yield _row(scored.participation, instrument.code, signal)


def _answers(
    edition: Edition, instrument: str, part: Participation, score: UnitScore, open_weeks: int
) -> quality.Answers:
    questions = edition.subquestions(instrument)
    rows = list(
        SurveyResponse.objects.filter(participation=part, instrument=instrument)
        .order_by("pk")
        .values_list("answers", "day")
    )
    packed = np.frombuffer(b"".join(bytes(row) for row, _day in rows), dtype=np.uint8)
    # A reversed scale has the same words with other points: to a respondent it is the same scale.
    worded = [tuple(option.label.th for option in q.scale.options) for q in questions]
    node = score.nodes[instrument]
    return quality.Answers(
        rows=packed.reshape(len(rows), len(questions)),
        scale_of=np.array([worded.index(words) for words in worded]),
        weeks=np.array([day.toordinal() for _row, day in rows], dtype=np.int64),
        open_weeks=open_weeks,
        mean=node.value,
        part_means=tuple((p.value, p.n) for p in node.parts if p.value is not None),
    )


def _row(part: Participation, instrument: str, signal: quality.Signal) -> QualitySignal:
    return QualitySignal(
        participation=part,
        instrument=instrument,
        code=str(signal.code),
        status=str(signal.status),
        value=_text(signal.value),
        at_least=_text(signal.at_least),
        order=None if signal.value is None else float(signal.value),
        n=signal.n,
        facts=dict(signal.facts),
    )


def _text(value: Fraction | None) -> str:
    return "" if value is None else f"{value.numerator}/{value.denominator}"
