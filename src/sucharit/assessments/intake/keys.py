"""One-use keys: made, hashed and handed out once, for cards drawn from a shuffled pile."""

from __future__ import annotations

import random
from typing import Any

from django.db import transaction

from sucharit.assessments.intake import receipts
from sucharit.assessments.models import AccessKey, Participation, Round
from sucharit.assessments.models.rounds import new_code
from sucharit.core import ledger
from sucharit.core.errors import Refusal
from sucharit.orgs import scope

KEY_LENGTH = 12  # of 31 letters: 59 bits
MOST_AT_ONCE = 2000


def issue_keys(
    *, actor: Any, participation: Participation, instrument: str, part: str = "1", n: int
) -> list[str]:
    """Make ``n`` one-use keys of a survey and give them in plain, for the only time.

    Stored are their hashes, in the order of the hashes; the list has an order of its own, so that a
    card's place in the pile tells nothing about its row. Raises Refusal for a round without keys or
    an impossible number.
    """
    if instrument not in ("IIT", "EIT"):
        raise Refusal("Keys are made for IIT and EIT.", where="instrument")
    if not 1 <= n <= MOST_AT_ONCE:
        raise Refusal(f"Between 1 and {MOST_AT_ONCE} keys can be made at once.", where="n")
    plain = [new_code(KEY_LENGTH) for _ in range(n)]
    random.SystemRandom().shuffle(plain)
    hashes = sorted(receipts.key_hash(key) for key in plain)
    with transaction.atomic():
        held = (
            Participation.objects.select_for_update(of=("self",))
            .select_related("round", "unit")
            .get(pk=participation.pk)
        )
        scope.require(actor, "assessments.edit", held.unit)
        _may_issue(held.round)
        AccessKey.objects.bulk_create(
            [
                AccessKey(key_hash=h, participation=held, instrument=instrument, part=part)
                for h in hashes
            ]
        )
        ledger.record(
            actor=actor, action="assessments.keys_issued", target=held, unit=held.unit,
            fiscal_year=held.round.fiscal_year, instrument=instrument, part=part, n=n,
        )  # fmt: skip
    return plain


def _may_issue(round_: Round) -> None:
    if round_.access != Round.Access.ONE_USE_KEYS:
        raise Refusal("This round uses an open link for each unit, not one-use keys.")
    if round_.state not in (Round.State.DRAFT, Round.State.OPEN):
        raise Refusal("Keys are made before the surveys close.")


def key_counts(participation: Participation) -> dict[str, int]:
    """Keys made for each instrument of a unit; how many were used is nobody's business."""
    counts = {"IIT": 0, "EIT": 0}
    for instrument in AccessKey.objects.filter(participation=participation).values_list(
        "instrument", flat=True
    ):
        counts[instrument] += 1
    return counts
