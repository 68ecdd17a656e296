"""Certificates of a moral level: what was certified, as it was printed. Revoked, never deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from sucharit.assessments.models.campaigns import CampaignUnit
from sucharit.assessments.models.checklists import account_field

if TYPE_CHECKING:
    from sucharit.orgs.models import Unit


class MoralCertificateQuerySet(models.QuerySet["MoralCertificate"]):
    def visible_to(
        self, user: Any, permission: str = "assessments.view"
    ) -> MoralCertificateQuerySet:
        """Certificates of units in the user's scope."""
        from sucharit.orgs import scope

        return scope.limit(
            self, user, path_field="campaign_unit__unit__path", permission=permission
        )

    def under(self, unit: Unit) -> MoralCertificateQuerySet:
        """Of the unit and its subtree."""
        path = unit.path
        return self.filter(
            campaign_unit__unit__path__gte=path, campaign_unit__unit__path__lt=path + "~"
        )

    def in_force(self) -> MoralCertificateQuerySet:
        return self.filter(revoked_at=None)


class MoralCertificate(models.Model):
    """One certificate: a unit, a level, a fiscal year. ``serial`` opens the public page /m/<serial>."""

    serial = models.CharField(max_length=20, unique=True)  # engine.moral.serial
    campaign_unit = models.ForeignKey(
        CampaignUnit, on_delete=models.PROTECT, related_name="moral_certificates"
    )
    result = models.ForeignKey(
        "assessments.ChecklistResult", on_delete=models.PROTECT, related_name="+"
    )
    level = models.CharField(max_length=4)
    level_th = models.CharField(max_length=200)
    level_en = models.CharField(max_length=200)
    unit_th = models.CharField(max_length=200)  # the name on the day of issue
    unit_en = models.CharField(max_length=200, blank=True)
    issued_at = models.DateTimeField(auto_now_add=True)
    issued_by = account_field()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = account_field()
    reason = models.TextField(blank=True)  # why it was revoked

    objects = MoralCertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign_unit"],
                condition=Q(revoked_at=None),
                name="moral_certificate_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | ~Q(reason=""), name="moral_certificate_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.serial
