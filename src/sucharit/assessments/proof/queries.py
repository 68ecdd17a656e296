"""Reads of the evidence library: what is attached where, what a unit has, who may open a file."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from sucharit.assessments.models import (
    CampaignUnit,
    LinkVisit,
    Participation,
    Proof,
    ProofRevision,
    ProofUse,
)
from sucharit.core.errors import NotFoundInScope
from sucharit.orgs.models import Unit

FILE_OWNER = "assessments.proof"
COPY_OWNER = "assessments.link_copy"


def attached(
    *,
    participation: Participation | None = None,
    campaign_unit: CampaignUnit | None = None,
    item: str | None = None,
) -> list[ProofUse]:
    """Uses of one target, by item and in the order they were attached; all items without ``item``.

    Each comes with its proof, revision and file (one query). The caller has decided that the reader
    may see the target. ``use.proof.state_on(today)`` tells what has expired.
    """
    if (participation is None) == (campaign_unit is None):
        raise TypeError("give a participation or a campaign_unit")
    found = ProofUse.objects.filter(participation=participation, campaign_unit=campaign_unit)
    if item is not None:
        found = found.filter(item=item)
    return list(found.select_related("proof", "revision__file__evidence").order_by("item", "pk"))


def attached_by_item(
    *, participation: Participation | None = None, campaign_unit: CampaignUnit | None = None
) -> dict[str, list[ProofUse]]:
    """The same, as lists by item code."""
    found: dict[str, list[ProofUse]] = {}
    for use in attached(participation=participation, campaign_unit=campaign_unit):
        found.setdefault(use.item, []).append(use)
    return found


def frozen_uses(uses: list[ProofUse]) -> list[dict[str, Any]]:
    """Uses as a freeze keeps them: JSON with ids, revision, address or file, and SHA-256."""
    return [
        {
            "proof": use.proof_id,
            "revision": use.revision.number,
            "kind": str(use.proof.kind),
            "title": use.proof.title,
            "url": use.revision.url,
            "file": str(use.revision.file.evidence_id) if use.revision.file else "",
            "version": use.revision.file.number if use.revision.file else None,
            "sha256": use.revision.sha256,
        }
        for use in uses
    ]


def library_of(user: Any, unit: Unit | None = None) -> QuerySet[Proof]:
    """Proofs in the user's scope (of one unit), newest first, with newest revision and uses counted."""
    found = Proof.objects.visible_to(user).select_related("unit")
    if unit is not None:
        found = found.filter(unit=unit)
    newest = ProofRevision.objects.filter(proof=OuterRef("pk")).order_by("-number")
    return found.annotate(
        n_uses=Count("uses", distinct=True),
        url=Subquery(newest.values("url")[:1]),
        check_status=Subquery(newest.values("check_status")[:1]),
        checked_at=Subquery(newest.values("checked_at")[:1]),
        number=Subquery(newest.values("number")[:1]),
    ).order_by("-created_at", "-pk")


def choices_for(
    user: Any,
    unit: Unit,
    *,
    participation: Participation | None = None,
    campaign_unit: CampaignUnit | None = None,
    item: str,
    search: str = "",
) -> QuerySet[Proof]:
    """Proofs of the unit that may be attached to the item: usable, not attached yet; newest first."""
    uses = ProofUse.objects.filter(
        participation=participation, campaign_unit=campaign_unit, item=item
    )
    found = library_of(user, unit).usable().exclude(pk__in=uses.values("proof_id"))  # type: ignore[attr-defined]
    if search.strip():
        found = found.filter(title__icontains=search.strip())
    return found.order_by(F("document_date").desc(nulls_last=True), "-pk")


def proof_or_404(user: Any, pk: int) -> Proof:
    """A proof in the user's scope."""
    found = Proof.objects.visible_to(user).select_related("unit").filter(pk=pk).first()
    if found is None:
        raise NotFoundInScope("No such evidence.")
    return found


def newest_revision(proof: Proof) -> ProofRevision:
    """The revision in force."""
    found = proof.revisions.select_related("file__evidence", "noted_by").order_by("-number").first()
    assert found is not None  # every proof is made with its first revision
    return found


def may_see_proof(user: Any, owner_id: str) -> bool:
    """Whether a user may open the files of a proof: whoever sees its unit's assessments."""
    return (
        str(owner_id).isdigit() and Proof.objects.visible_to(user).filter(pk=int(owner_id)).exists()
    )


def may_see_copy(user: Any, owner_id: str) -> bool:
    """Whether a user may open a stored copy of a page: whoever sees the unit it was kept for."""
    from sucharit.orgs import scope

    if not str(owner_id).isdigit():
        return False
    visits = LinkVisit.objects.filter(pk=int(owner_id))
    return scope.limit(
        visits, user, path_field="unit__path", permission="assessments.view"
    ).exists()
