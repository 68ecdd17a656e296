"""The self-report (OIT) of a unit: saved item by item, submitted, returned or approved; approval freezes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sucharit.assessments.models import OitEntry, OitLink, Participation
from sucharit.assessments.services.answers import check_answer
from sucharit.assessments.services.freezing import OWNER_KIND, fingerprint, freeze
from sucharit.assessments.services.steps import (
    account,
    edition_of,
    locked_participation,
    oit_items,
    take_step,
)
from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.core.models import Evidence

LONGEST_NOTE = 2_000


class StaleError(Refusal):
    """Somebody else saved the entry meanwhile; ``current`` is what stands there now."""

    def __init__(self, current: OitEntry) -> None:
        super().__init__(
            _(
                "Somebody else saved this item while you were writing. Nothing is lost: both versions stand below."
            )
        )
        self.current = current


@dataclass(frozen=True)
class Saved:
    """What was saved, and what the officer should look at once more."""

    entry: OitEntry
    warnings: list[str] = field(default_factory=list)


def save_entry(
    *,
    actor: Any,
    participation: Participation,
    item: str,
    links: Sequence[str],
    explanation: str,
    nothing_to_show: bool,
    version: int,
    on: dt.date | None = None,
) -> Saved:
    """Save a draft of one item. ``version`` is what the page was made from (0: nothing saved yet).

    ``links``: 0 to 6 addresses as typed, blanks are skipped, doubles dropped. Raises ValidationError
    by field (``link_1`` … counted as given), StaleError when another save came in between, Refusal when
    the self-report is not a draft or its time is over.
    """
    with transaction.atomic():
        held = locked_participation(participation)
        take_step(actor=actor, participation=held, action="edit", on=on)
        _known_item(held, item)
        entry = OitEntry.objects.filter(participation=held, item=item).first() or OitEntry(
            participation=held, item=item
        )
        if entry.version != version:
            raise StaleError(entry)
        clean, warnings = check_answer(held, links, explanation, nothing_to_show)
        entry.explanation, entry.nothing_to_show = explanation.strip(), nothing_to_show
        _stamp(entry, actor=actor)
        entry.save()
        entry.links.all().delete()
        OitLink.objects.bulk_create(
            [OitLink(entry=entry, url=url, position=n) for n, url in enumerate(clean, 1)]
        )
        record(
            actor=actor, action="assessments.oit.saved", target=entry, unit=held.unit, fiscal_year=held.round.fiscal_year,
            item=item, version=entry.version, links=len(clean), nothing_to_show=nothing_to_show,
        )  # fmt: skip
    return Saved(entry, warnings)


def attach_evidence(
    *,
    actor: Any,
    participation: Participation,
    item: str,
    upload: Any,
    title: str,
    on: dt.date | None = None,
) -> Evidence:
    """Put a file behind an item while the self-report is a draft.

    The file is read and hashed outside the transaction; the right and the state are asked again inside it,
    so no file slips in after approval. Raises what core.evidence raises, and Refusal.
    """
    from sucharit.core.evidence import services as evidence

    with transaction.atomic():
        held = _editable(actor=actor, participation=participation, on=on)
        _known_item(held, item)
        entry = OitEntry.objects.filter(participation=held, item=item).first() or OitEntry(
            participation=held, item=item
        )
        if entry.pk is None or not _is_editor(entry, actor=actor):
            _note_editor(entry, actor=actor)
            entry.save()
    return evidence.add_evidence(
        actor=actor, unit=held.unit, fiscal_year=held.round.fiscal_year, title=title, owner_kind=OWNER_KIND, owner_id=entry.pk,
        upload=upload, check=lambda: _editable(actor=actor, participation=participation, on=on),
    )  # fmt: skip


def withdraw_evidence(
    *,
    actor: Any,
    participation: Participation,
    item: str,
    evidence_id: str,
    on: dt.date | None = None,
) -> Evidence:
    """Take a file out of a draft; its bytes stay for the record. NotFoundInScope for a file of something else."""
    from sucharit.core.evidence import services as evidence

    held = Evidence.objects.filter(pk=evidence_id, owner_kind=OWNER_KIND, withdrawn_at=None).first()
    entry = OitEntry.objects.filter(participation=participation, item=item).first()
    if held is None or entry is None or held.owner_id != str(entry.pk):
        raise NotFoundInScope(_("There is no such file."))
    return evidence.withdraw(
        actor=actor,
        evidence=held,
        check=lambda: _editable(actor=actor, participation=participation, on=on),
    )


def submit(
    *,
    actor: Any,
    participation: Participation,
    incomplete_ok: bool = False,
    on: dt.date | None = None,
) -> Participation:
    """Hand the self-report to the head. Items without an answer must be confirmed: they get no points."""
    with transaction.atomic():
        held = locked_participation(participation)
        state = take_step(actor=actor, participation=held, action="submit", on=on)
        missing = missing_items(held)
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
        held.oit_state = state
        held.submitted_at, held.submitted_by = clock.now(), account(actor)
        held.save(update_fields=["oit_state", "submitted_at", "submitted_by"])
        record(
            actor=actor, action="assessments.oit.submitted", target=held, unit=held.unit,
            fiscal_year=held.round.fiscal_year, missing=len(missing),
        )  # fmt: skip
    return held


def return_report(
    *, actor: Any, participation: Participation, note: str, on: dt.date | None = None
) -> Participation:
    """Send the self-report back to the officer with a reason."""
    with transaction.atomic():
        held = locked_participation(participation)
        state = take_step(actor=actor, participation=held, action="return", on=on)
        if not note.strip():
            raise ValidationError({"note": _("Say what has to be changed.")})
        if len(note) > LONGEST_NOTE:
            raise ValidationError({"note": _("At most %(n)s characters.") % {"n": LONGEST_NOTE}})
        held.oit_state, held.returned_note = state, note.strip()
        held.save(update_fields=["oit_state", "returned_note"])
        record(
            actor=actor,
            action="assessments.oit.returned",
            target=held,
            unit=held.unit,
            fiscal_year=held.round.fiscal_year,
        )
    return held


def approve(
    *, actor: Any, participation: Participation, on: dt.date | None = None
) -> Participation:
    """The head approves: every item is frozen as it stands, with the fingerprints of its files."""
    with transaction.atomic():
        held = locked_participation(participation)
        state = take_step(actor=actor, participation=held, action="approve", on=on)
        now = clock.now()
        frozen = freeze(held, now)
        held.oit_state, held.approved_at, held.approved_by, held.returned_note = (
            state,
            now,
            account(actor),
            "",
        )
        held.save(update_fields=["oit_state", "approved_at", "approved_by", "returned_note"])
        record(
            actor=actor, action="assessments.oit.approved", target=held, unit=held.unit, fiscal_year=held.round.fiscal_year,
            items=len(frozen), sha256=fingerprint(frozen),
        )  # fmt: skip
    return held


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


def _editable(*, actor: Any, participation: Participation, on: dt.date | None) -> Participation:
    """The participation, locked, when this actor may edit its draft now."""
    with transaction.atomic():
        held = locked_participation(participation)
        take_step(actor=actor, participation=held, action="edit", on=on)
    return held


def _known_item(held: Participation, item: str) -> None:
    if item not in oit_items(edition_of(held.round)):
        raise NotFoundInScope(_("There is no such item."))


def _is_editor(entry: OitEntry, *, actor: Any) -> bool:
    who = account(actor)
    return who is None or who.pk in entry.editors


def _note_editor(entry: OitEntry, *, actor: Any) -> None:
    """Whoever had a hand in it may not mark it (recusal)."""
    who = account(actor)
    if who is not None and who.pk not in entry.editors:
        entry.editors = [*entry.editors, who.pk]


def _stamp(entry: OitEntry, *, actor: Any) -> None:
    entry.version += 1
    entry.updated_by = account(actor)
    _note_editor(entry, actor=actor)
