"""Whether a self-report can be handed in: what has no answer, what was copied and not looked at."""

from __future__ import annotations

from django.utils.translation import ngettext

from sucharit.assessments.models import OitEntry, OitLink, Participation, ProofUse
from sucharit.assessments.services.steps import edition_of, oit_items
from sucharit.core.errors import Refusal


def missing_items(participation: Participation) -> list[str]:
    """Items with neither a link nor the statement that nothing is published, in order."""
    done = set(
        OitEntry.objects.filter(participation=participation, nothing_to_show=True).values_list(
            "item", flat=True
        )
    ) | set(
        OitLink.objects.filter(entry__participation=participation).values_list(
            "entry__item", flat=True
        )
    )
    return [code for code in oit_items(edition_of(participation.round)) if code not in done]


def unconfirmed_items(participation: Participation) -> list[str]:
    """Items copied from an earlier year, or with such evidence, that nobody has confirmed, in order."""
    waiting = set(
        OitEntry.objects.filter(participation=participation, must_confirm=True).values_list(
            "item", flat=True
        )
    ) | set(
        ProofUse.objects.filter(participation=participation, must_confirm=True).values_list(
            "item", flat=True
        )
    )
    return [code for code in oit_items(edition_of(participation.round)) if code in waiting]


def refuse_unready(held: Participation, missing: list[str], *, incomplete_ok: bool) -> None:
    """Refusal while something is unconfirmed; or unanswered and nobody said that this is meant."""
    waiting = unconfirmed_items(held)
    if waiting:
        raise Refusal(
            ngettext(
                "%(n)s item copied from an earlier year waits to be confirmed: %(items)s.",
                "%(n)s items copied from an earlier year wait to be confirmed: %(items)s.",
                len(waiting),
            )
            % {"n": len(waiting), "items": ", ".join(waiting)}
        )
    if missing and not incomplete_ok:
        raise Refusal(
            ngettext(
                "%(n)s item has no answer yet: %(items)s. Answer it, or confirm that it gets no points.",
                "%(n)s items have no answer yet: %(items)s. Answer them, or confirm that they get no points.",
                len(missing),
            )
            % {"n": len(missing), "items": ", ".join(missing)},
            where="incomplete_ok",
        )
