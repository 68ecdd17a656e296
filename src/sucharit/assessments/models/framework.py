"""Frameworks as loaded from their files; a loaded version never changes."""

from __future__ import annotations

from django.db import models

from sucharit.orgs.models import Unit


class Framework(models.Model):
    """One version of one framework. services.load_framework is the only writer."""

    code = models.CharField(max_length=60)  # "ita-2567"
    version = models.PositiveIntegerField()
    fiscal_year = models.IntegerField()  # BE
    kind = models.CharField(max_length=30)  # "ita", or an instrument's: checklist, survey, test, …
    # Which shape the document has: an ITA edition, or a single instrument.
    schema = models.CharField(max_length=40, default="sucharit/framework@1")
    # Who published it here; None: it came with the program or from a file, for everybody.
    owner = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    # What it changes against the version before: "", patch, minor or major (a break in every trend).
    change = models.CharField(max_length=5, blank=True)
    title_th = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    complete = models.BooleanField(default=True)
    verified = models.BooleanField(default=False)
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="framework_version_once")
        ]
        ordering = ["-fiscal_year", "code", "-version"]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"
