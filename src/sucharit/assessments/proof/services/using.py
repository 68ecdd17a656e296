"""Attaching evidence to items, taking it off, confirming what was copied from an earlier year.

At an OIT item a link of the library becomes a link of the answer, so that assessors and the freeze
see it like any other; a file stands behind the answer. A use keeps the revision it was made with.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments.models import (
    CampaignUnit,
    Participation,
    Proof,
    ProofRevision,
    ProofUse,
)
from sucharit.assessments.proof import targets
from sucharit.assessments.proof.queries import newest_revision
from sucharit.assessments.services import entries
from sucharit.assessments.services.steps import account
from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.ledger import record


def attach(
    *,
    actor: Any,
    proof: Proof,
    participation: Participation | None = None,
    campaign_unit: CampaignUnit | None = None,
    item: str,
    on: dt.date | None = None,
) -> ProofUse:
    """Attach a proof to an item in its newest revision; attached already: moved up to that revision.

    The proof must be of the answering unit. NotFoundInScope out of scope, Forbidden without the
    right, Refusal: withdrawn, no more changes, or (OIT) six links already.
    """
    with transaction.atomic():
        target = targets.locked(
            actor=actor, item=item, participation=participation, campaign_unit=campaign_unit, on=on
        )
        held = Proof.objects.select_for_update().filter(pk=proof.pk, unit=target.unit).first()
        if held is None:
            raise NotFoundInScope(_("There is no such evidence in this unit's library."))
        if held.state == Proof.State.WITHDRAWN:
            raise Refusal(_("This evidence has been withdrawn: it takes no more changes."))
        revision = newest_revision(held)
        use = ProofUse.objects.filter(proof=held, **target.keys).first()
        before = use.revision if use else None
        use = use or ProofUse(proof=held, attached_by=account(actor), **target.keys)
        use.revision, use.must_confirm = revision, False
        use.save()
        _at_entry(target, revision, before, actor=actor)
        _note("attached", use, target, actor=actor, revision=revision.number)
    return use


def detach(*, actor: Any, use: ProofUse, on: dt.date | None = None) -> None:
    """Take a proof off an item while it may still change. The proof stays in the library."""
    with transaction.atomic():
        target = _target(use, actor=actor, on=on)
        held = _held(use)
        url = held.revision.url
        if target.participation is not None and url:
            entry = entries.entry_of(target.participation, target.item)
            if entry.pk:
                entries.drop_link(entry, url, actor=actor)
        _note("detached", held, target, actor=actor)
        held.delete()


def confirm_use(*, actor: Any, use: ProofUse, on: dt.date | None = None) -> ProofUse:
    """Say that evidence copied from an earlier year still holds. Refusal when it needs no word."""
    with transaction.atomic():
        target = _target(use, actor=actor, on=on)
        held = _held(use)
        if not held.must_confirm:
            raise Refusal(_("This evidence needs no confirmation."))
        if held.proof.state == Proof.State.WITHDRAWN:
            raise Refusal(
                _("This evidence has been withdrawn since. Take it off and attach what holds now.")
            )
        confirm(held, actor=actor)
        _note("confirmed", held, target, actor=actor)
    return held


def copy_uses(
    *,
    actor: Any,
    campaign_unit: CampaignUnit,
    source: CampaignUnit,
    items: Mapping[str, str],
) -> list[ProofUse]:
    """Bring evidence of an earlier campaign over, to be confirmed. ``items``: item here → item there.

    In the newest revision of each; what has been withdrawn since or is attached here already is left
    out. Raises like ``attach``; the two campaign units must be of one unit (Refusal).
    """
    if campaign_unit.unit_id != source.unit_id:
        raise Refusal(_("Evidence is copied within one unit only."))
    made = []
    for here, there in items.items():
        with transaction.atomic():
            target = targets.locked(
                actor=actor, item=here, participation=None, campaign_unit=campaign_unit
            )
            made += bring_over(
                target, ProofUse.objects.filter(campaign_unit=source, item=there), actor=actor
            )
    return made


def bring_over(target: targets.Target, uses: Any, *, actor: Any) -> list[ProofUse]:
    """Uses of an earlier target made for this one, each to be confirmed (inside a transaction)."""
    there = set(ProofUse.objects.filter(**target.keys).values_list("proof_id", flat=True))
    made = [
        ProofUse.objects.create(
            proof=use.proof,
            revision=newest_revision(use.proof),
            must_confirm=True,
            attached_by=account(actor),
            **target.keys,
        )
        for use in uses.select_related("proof")
        if use.proof.state == Proof.State.CURRENT and use.proof_id not in there
    ]
    for use in made:
        _note("copied", use, target, actor=actor, revision=use.revision.number)
    return made


def confirm(use: ProofUse, *, actor: Any) -> None:
    """Mark a copied use as looked at (the caller has checked and writes the ledger)."""
    use.must_confirm = False
    use.confirmed_at, use.confirmed_by = clock.now(), account(actor)
    use.save(update_fields=["must_confirm", "confirmed_at", "confirmed_by"])


def unconfirmed_items(
    *, participation: Participation | None = None, campaign_unit: CampaignUnit | None = None
) -> list[str]:
    """Codes of items with evidence that was copied and nobody has confirmed yet."""
    found = ProofUse.objects.filter(
        participation=participation, campaign_unit=campaign_unit, must_confirm=True
    )
    return sorted(set(found.values_list("item", flat=True)))


def _target(use: ProofUse, *, actor: Any, on: dt.date | None) -> targets.Target:
    return targets.locked(
        actor=actor,
        item=use.item,
        participation=use.participation,
        campaign_unit=use.campaign_unit,
        on=on,
    )


def _held(use: ProofUse) -> ProofUse:
    """The row as it stands under the target's lock."""
    found = ProofUse.objects.filter(pk=use.pk).select_related("proof", "revision").first()
    if found is None:
        raise NotFoundInScope(_("This evidence is not attached here any more."))
    return found


def _at_entry(
    target: targets.Target, revision: ProofRevision, before: ProofRevision | None, *, actor: Any
) -> None:
    """At an OIT item: the link becomes one of the answer's links, a file only leaves its trace."""
    if target.participation is None:
        return
    entry = entries.entry_of(target.participation, target.item)
    if revision.url:
        entries.add_link(entry, revision.url, actor=actor, instead_of=before.url if before else "")
    else:
        entries.stamp(entry, actor=actor)
        entry.save()


def _note(what: str, use: ProofUse, target: targets.Target, *, actor: Any, **data: Any) -> None:
    where = "oit" if target.participation is not None else "campaign"
    pk = (target.participation or target.campaign_unit).pk  # type: ignore[union-attr]
    record(
        actor=actor, action=f"assessments.proof.{what}", target=use.proof, unit=target.unit,
        fiscal_year=target.fiscal_year, where=where, where_id=pk, item=target.item, **data,
    )  # fmt: skip
