"""The ledger: one row for every write, export, refusal and look at sealed data."""

from __future__ import annotations

from django.db import models


class LedgerEntry(models.Model):
    """One thing that happened. Append-only: triggers on both databases refuse update and delete.

    ``seq`` runs without gaps. ``hash`` covers every column and the hash of the row before.
    No personal text goes in: ids, codes and numbers only.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)  # "user:12", "system:demo", "public"
    action = models.CharField(max_length=80)  # "assessments.round.opened"
    target = models.CharField(max_length=120)  # "assessments.round:3"
    unit = models.CharField(max_length=64, blank=True)  # code of the unit it concerns
    fiscal_year = models.IntegerField(null=True)
    data = models.TextField()  # canonical JSON; text, so that both databases keep the same bytes
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["target", "seq"], name="ledger_target"),
            models.Index(fields=["unit", "seq"], name="ledger_unit"),
            models.Index(fields=["action", "seq"], name="ledger_action"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.action} {self.target}"


class LedgerHead(models.Model):
    """A signed statement "at row ``seq`` the hash was ``hash``", to be published outside."""

    seq = models.BigIntegerField(unique=True)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    key_id = models.CharField(max_length=16)
    signature = models.CharField(max_length=128)  # hex, Ed25519

    def __str__(self) -> str:
        return f"head {self.seq} {self.hash[:12]}"
