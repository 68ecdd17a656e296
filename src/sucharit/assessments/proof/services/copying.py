"""Last year's answers as a start for this year's: brought over item by item, each to be confirmed.

What is copied is never an answer until an officer has looked at it: it blocks submission. Items of
two editions are matched by ``engine.sameitems``; a match that is inferred says so at the item.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments.engine.sameitems import Match, same_items
from sucharit.assessments.models import OitEntry, OitItemEvent, Participation, ProofUse
from sucharit.assessments.proof.services.using import bring_over, confirm
from sucharit.assessments.proof.targets import Target
from sucharit.assessments.services import entries
from sucharit.assessments.services.readiness import missing_items
from sucharit.assessments.services.returning import note_event
from sucharit.assessments.services.steps import edition_of, locked_participation, take_step
from sucharit.core.errors import Refusal
from sucharit.core.ledger import record

CLOSED = ("approved", "scored", "final")  # self-reports that were frozen


@dataclass(frozen=True)
class Copied:
    """What came of copying: codes of this year's items."""

    year: int
    items: list[str] = field(default_factory=list)
    inferred: list[str] = field(default_factory=list)  # among them, by topic or title
    unmatched: list[str] = field(default_factory=list)  # no item of that year asks for it


def source_of(participation: Participation) -> Participation | None:
    """The unit's newest frozen self-report of an earlier fiscal year."""
    return (
        Participation.objects.filter(
            unit=participation.unit_id,
            round__fiscal_year__lt=participation.round.fiscal_year,
            oit_state__in=CLOSED,
        )
        .select_related("unit", "round__framework")
        .order_by("-round__fiscal_year", "-round_id")
        .first()
    )


def copy_last_year(
    *, actor: Any, participation: Participation, on: dt.date | None = None
) -> Copied:
    """Bring the newest earlier self-report over to the items nobody has touched yet.

    Links, words and evidence of the library come (not files of that year's answers, nor "nothing to
    show": that is said anew each year). Refusal when there is no earlier self-report, none of its
    items is asked for again, or every such item has an answer.
    """
    with transaction.atomic():
        held = locked_participation(participation)
        take_step(actor=actor, participation=held, action="edit", on=on)
        source = source_of(held)
        if source is None:
            raise Refusal(_("There is no approved self-report of an earlier year to copy from."))
        matches = same_items(edition_of(held.round), edition_of(source.round))
        found = _copy(held, source, matches, actor=actor)
        if not found:
            raise Refusal(
                _(
                    "Nothing was copied: every item that was answered then has an answer here already."
                )
            )
        record(
            actor=actor, action="assessments.oit.copied", target=held, unit=held.unit,
            fiscal_year=held.round.fiscal_year, source=source.pk, items=found,
        )  # fmt: skip
    return Copied(
        source.round.fiscal_year,
        found,
        [code for code in found if matches[code].inferred],
        [code for code in missing_items(held) if code not in matches],
    )


def confirm_item(
    *, actor: Any, participation: Participation, item: str, on: dt.date | None = None
) -> OitEntry:
    """Say that a copied answer still holds as it stands, with its evidence.

    Refusal when nothing at the item waits for it, or its evidence has been withdrawn meanwhile.
    """
    with transaction.atomic():
        held = locked_participation(participation)
        take_step(actor=actor, participation=held, action="edit", on=on)
        entries.known_item(held, item)
        entry = entries.entry_of(held, item)
        waiting = list(held.proof_uses.filter(item=item, must_confirm=True).select_related("proof"))
        if not (entry.must_confirm or waiting):
            raise Refusal(_("Nothing here waits to be confirmed."))
        gone = [use.proof.title for use in waiting if use.proof.state == "withdrawn"]
        if gone:
            raise Refusal(
                _("This evidence has been withdrawn since; take it off first: %(titles)s")
                % {"titles": ", ".join(gone)}
            )
        for use in waiting:
            confirm(use, actor=actor)
        entry.must_confirm = False
        entries.stamp(entry, actor=actor)
        entry.save()
        note_event(held, item, OitItemEvent.What.CONFIRMED, actor=actor)
        record(
            actor=actor, action="assessments.oit.confirmed", target=entry, unit=held.unit,
            fiscal_year=held.round.fiscal_year, item=item, version=entry.version,
        )  # fmt: skip
    return entry


def _copy(
    held: Participation, source: Participation, matches: dict[str, Match], *, actor: Any
) -> list[str]:
    """Codes of the items that got something."""
    frozen = {e.item: e.frozen or {} for e in source.entries.exclude(frozen_at=None)}
    here = {e.item: e for e in held.entries.all()}
    missing = set(missing_items(held))
    made = []
    for code, match in matches.items():
        entry, before = here.get(code), frozen.get(match.code, {})
        touched = entry is not None and (entry.explanation or entry.version)
        if code not in missing or touched:
            continue
        uses = ProofUse.objects.filter(participation=source, item=match.code)
        if not before.get("links") and not uses.exists():
            continue
        _one(held, source, code, match, before, uses, actor=actor)
        made.append(code)
    return made


def _one(
    held: Participation,
    source: Participation,
    code: str,
    match: Match,
    before: dict[str, Any],
    uses: Any,
    *,
    actor: Any,
) -> None:
    entry = entries.entry_of(held, code)
    entry.explanation = before.get("explanation", "")
    entry.must_confirm = True
    entry.copied_from = {
        "year": source.round.fiscal_year,
        "item": match.code,
        "how": str(match.how),
        "inferred": match.inferred,
    }
    entries.stamp(entry, actor=actor)
    entry.save()
    brought = bring_over(Target(code, participation=held), uses, actor=actor)
    # A link of the library comes in its newest revision; one whose proof was withdrawn stays behind.
    newest = {u.proof_id: u.revision.url for u in brought if u.revision.url}
    urls = [
        newest.get(link["proof"], "") if link.get("proof") else link["url"]
        for link in before.get("links", [])
    ]
    entries.put_links(entry, list(dict.fromkeys(u for u in urls if u)))
    note_event(
        held, code, OitItemEvent.What.COPIED, actor=actor,
        comment=f"{source.round.fiscal_year} {match.code}",
    )  # fmt: skip
