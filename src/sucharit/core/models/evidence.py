"""Evidence files: what stands behind a figure. Private; reached only through a checked view."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models


def evidence_storage() -> Storage:
    """The private storage, by name: a migration must not freeze which one it is."""
    return storages["evidence"]


class Evidence(models.Model):
    """A document of a unit and fiscal year, with versions. Never deleted; withdrawn instead."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey("orgs.Unit", on_delete=models.PROTECT, related_name="+")
    fiscal_year = models.IntegerField()  # BE
    title = models.CharField(max_length=300)
    # Who may see it is the owner's business: "assessments.oit_entry" + its id, asked over the registry.
    owner_kind = models.CharField(max_length=60)
    owner_id = models.CharField(max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner_kind", "owner_id"], name="evidence_owner")]

    def __str__(self) -> str:
        return self.title


class EvidenceVersion(models.Model):
    """One file: what was sent, what it really is, and its fingerprint."""

    class Scan(models.TextChoices):
        UNSCANNED = "unscanned"
        CLEAN = "clean"
        INFECTED = "infected"

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.FileField(storage=evidence_storage, upload_to="", max_length=200)
    filename = models.CharField(max_length=200)  # as sent, cleaned, for the download only
    media_type = models.CharField(max_length=120)  # by content
    size = models.BigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=10, choices=Scan, default=Scan.UNSCANNED)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evidence", "number"], name="evidence_version_number")
        ]
        ordering = ["evidence", "number"]

    def __str__(self) -> str:
        return f"{self.filename} v{self.number}"
