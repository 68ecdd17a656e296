"""The evidence library (คลังหลักฐาน): a unit's pieces of proof, their revisions, and what they are used for.

One proof serves many items, frameworks and years. Files lie in ``core.evidence``; a link is an
address with the history of looks at it. A use names the revision it was made with.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from sucharit.assessments.models.campaigns import CampaignUnit
from sucharit.assessments.models.rounds import Participation
from sucharit.orgs.models import Unit

if TYPE_CHECKING:
    from sucharit.orgs.models import User


class ProofQuerySet(models.QuerySet["Proof"]):
    def visible_to(self, user: User, permission: str = "assessments.view") -> ProofQuerySet:
        """Proofs of units in the user's scope."""
        from sucharit.orgs import scope

        return scope.limit(self, user, path_field="unit__path", permission=permission)

    def usable(self) -> ProofQuerySet:
        """What may be attached to something new: not withdrawn. An expired one is shown as such."""
        return self.filter(state=Proof.State.CURRENT)


class Proof(models.Model):
    """A piece of evidence of a unit. Never deleted; withdrawn instead."""

    class Kind(models.TextChoices):
        LINK = "link"
        FILE = "file"

    class State(models.TextChoices):
        CURRENT = "current"
        WITHDRAWN = "withdrawn"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="proofs")
    kind = models.CharField(max_length=4, choices=Kind)
    title = models.CharField(max_length=300)
    fiscal_year = models.IntegerField()  # BE, of origin; uses may lie in any year
    # Both as the document itself says them; None: it says nothing.
    document_date = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)  # last day it holds
    state = models.CharField(max_length=9, choices=State, default=State.CURRENT)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    objects = ProofQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["unit", "state"], name="proof_of_unit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(document_date=None)
                | Q(expires_on=None)
                | Q(expires_on__gte=models.F("document_date")),
                name="proof_dates",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def state_on(self, day: dt.date) -> str:
        """``current``, ``expired`` (the document's own date has passed) or ``withdrawn``."""
        if self.state == self.State.WITHDRAWN:
            return "withdrawn"
        return "expired" if self.expires_on is not None and self.expires_on < day else "current"


class ProofRevision(models.Model):
    """One state of a proof: an address, or one version of a kept file. Insert-only but for its last check."""

    class Check(models.TextChoices):
        UNCHECKED = "unchecked"
        OK = "ok"
        FAILED = "failed"

    proof = models.ForeignKey(Proof, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    url = models.URLField(max_length=1000, blank=True)
    file = models.ForeignKey(
        "core.EvidenceVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Hex, of the file; of a link's newest stored copy ("": never stored).
    sha256 = models.CharField(max_length=64, blank=True)
    noted_at = models.DateTimeField(auto_now_add=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    check_status = models.CharField(max_length=9, choices=Check, default=Check.UNCHECKED)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["proof", "number"]
        constraints = [
            models.UniqueConstraint(fields=["proof", "number"], name="proof_revision_number"),
            models.CheckConstraint(
                condition=(Q(file=None) & ~Q(url="")) | (Q(file__isnull=False) & Q(url="")),
                name="proof_revision_link_or_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proof_id} r{self.number}"


class ProofUse(models.Model):
    """A proof attached to an item: of a unit's OIT self-report, or of a checklist campaign."""

    proof = models.ForeignKey(Proof, on_delete=models.PROTECT, related_name="uses")
    revision = models.ForeignKey(ProofRevision, on_delete=models.PROTECT, related_name="uses")
    participation = models.ForeignKey(
        Participation, null=True, on_delete=models.PROTECT, related_name="proof_uses"
    )
    campaign_unit = models.ForeignKey(
        CampaignUnit, null=True, on_delete=models.PROTECT, related_name="proof_uses"
    )
    item = models.CharField(max_length=64)
    # Copied from an earlier year and not looked at since; such a use is no answer yet.
    must_confirm = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    attached_at = models.DateTimeField(auto_now_add=True)
    attached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["item", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(participation=None, campaign_unit__isnull=False)
                | Q(participation__isnull=False, campaign_unit=None),
                name="proof_use_one_target",
            ),
            models.UniqueConstraint(
                fields=["participation", "item", "proof"], name="proof_use_once_oit"
            ),
            models.UniqueConstraint(
                fields=["campaign_unit", "item", "proof"], name="proof_use_once_checklist"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proof_id} → {self.item}"


class LinkVisit(models.Model):
    """One look at an address: a check before submission, or the fetch that keeps a copy. Insert-only."""

    class Purpose(models.TextChoices):
        CHECK = "check"
        COPY = "copy"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    participation = models.ForeignKey(
        Participation, null=True, on_delete=models.PROTECT, related_name="visits"
    )
    campaign_unit = models.ForeignKey(
        CampaignUnit, null=True, on_delete=models.PROTECT, related_name="visits"
    )
    item = models.CharField(max_length=64, blank=True)
    purpose = models.CharField(max_length=5, choices=Purpose)
    url = models.URLField(max_length=1000)  # as submitted
    at = models.DateTimeField()
    ok = models.BooleanField()
    http_status = models.PositiveIntegerField(null=True)  # None: no answer at all
    reason = models.CharField(max_length=20, blank=True)  # code of a failure, see proof.fetching
    final_url = models.CharField(max_length=2000, blank=True)  # after redirects
    content_type = models.CharField(max_length=200, blank=True)  # as the server said it
    size = models.BigIntegerField(null=True)  # bytes read
    sha256 = models.CharField(max_length=64, blank=True)  # of the bytes as they came
    copy = models.ForeignKey(
        "core.EvidenceVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["participation", "item"], name="link_visit_item")]

    def __str__(self) -> str:
        return f"{self.http_status or self.reason} {self.url}"
