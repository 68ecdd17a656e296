"""Second readings: a random sample of marked items that anybody can draw again from its seed."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments.engine.checklists.sample import sample_pairs
from sucharit.assessments.models import Mark, Round, SecondReading, SecondReadingSample
from sucharit.assessments.services.marking import (
    allowed_item,
    check_points,
    require_no_stake,
)
from sucharit.assessments.services.steps import account, locked_participation
from sucharit.core import clock
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope

# Stored with every sample. Units by their code in the register, items by theirs in the edition.
ALGORITHM = "sha256(seed|unit|item), lowest n"
MOST = 2_000


def second_reading_sample(
    *,
    actor: Any,
    round: Round,  # noqa: A002 (the field's word)
    n: int,
    seed: str = "",
) -> SecondReadingSample:
    """Draw ``n`` of the round's marked items for a second reading; all of them when there are fewer.

    Without ``seed`` one is made up. The same seed over the same marks gives the same sample.
    ValidationError by field; Refusal when nothing is marked yet.
    """
    with transaction.atomic():
        held = Round.objects.select_for_update().filter(pk=round.pk).first()
        if held is None:
            raise NotFoundInScope(_("There is no such round."))
        scope.require(actor, "assessments.manage", held.owner)
        chosen = _check(held, n, seed.strip() or secrets.token_hex(8))
        marks = _marks(held)
        if not marks:
            raise Refusal(_("Nothing has been marked yet in this round."))
        sample = SecondReadingSample.objects.create(
            round=held, seed=chosen, n=n, population=len(marks), algorithm=ALGORITHM,
            drawn_by=account(actor),
        )  # fmt: skip
        drawn = sample_pairs(marks, chosen, n)
        SecondReading.objects.bulk_create(
            SecondReading(
                sample=sample, place=place, participation_id=marks[pair].participation_id, item=pair[1],
                points=marks[pair].points, not_applicable=marks[pair].not_applicable,
            )
            for place, pair in enumerate(drawn, 1)
        )  # fmt: skip
        record(
            actor=actor, action="assessments.second_reading.drawn", target=sample, unit=held.owner,
            fiscal_year=held.fiscal_year, n=len(drawn), population=len(marks), seed=chosen,
        )  # fmt: skip
    return sample


def note_second_reading(
    *,
    actor: Any,
    reading: SecondReading,
    points: str = "",
    comment: str = "",
    not_applicable: bool = False,
) -> SecondReading:
    """What the second reader found; the mark itself stays. Once, by another than the first assessor.

    ValidationError by field; Forbidden with a stake or as the first assessor; Refusal a second time.
    """
    with transaction.atomic():
        held = locked_participation(reading.participation)
        scope.require(actor, "assessments.mark", held.unit)
        require_no_stake(actor=actor, participation=held)
        row = SecondReading.objects.select_for_update().get(pk=reading.pk)
        if row.read_at is not None:
            raise Refusal(_("This item has been read a second time already."))
        who = account(actor)
        first = Mark.objects.filter(participation=held, item=row.item).order_by("-turn").first()
        if who is not None and first is not None and first.assessor_id == who.pk:
            raise Forbidden(_("You gave this mark, so somebody else reads it a second time."))
        text = check_points(
            allowed_item(held, row.item), points, comment, not_applicable=not_applicable
        )
        row.second_points, row.second_not_applicable = text, not_applicable
        row.comment, row.read_at, row.read_by = comment.strip(), clock.now(), who
        row.save()
        record(
            actor=actor, action="assessments.second_reading.noted", target=row, unit=held.unit,
            fiscal_year=held.round.fiscal_year, item=row.item, agrees=row.agrees,
        )  # fmt: skip
    return row


def _check(held: Round, n: int, seed: str) -> str:
    wrong: dict[str, str] = {}
    if not 1 <= n <= MOST:
        wrong["n"] = _("Between 1 and %(most)s.") % {"most": f"{MOST:,}"}
    if "|" in seed or len(seed) > 64:
        wrong["seed"] = _("At most 64 characters, without the sign |.")
    elif SecondReadingSample.objects.filter(round=held, seed=seed).exists():
        wrong["seed"] = _("A sample with this seed has been drawn in this round already.")
    if wrong:
        raise ValidationError(wrong)
    return seed


def _marks(held: Round) -> dict[tuple[str, str], Mark]:
    """The marks that hold, by (unit code, item)."""
    rows = (
        Mark.objects.filter(participation__round=held)
        .select_related("participation__unit")
        .order_by("turn")
    )
    return {(m.participation.unit.code, m.item): m for m in rows}
