"""Documents for search, filled by the registry; trigrams on both databases."""

from __future__ import annotations

from django.db import models


class SearchDoc(models.Model):
    """One findable thing. ``text`` is folded title + body; an index of trigrams lies on it."""

    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=60)
    org_path = models.CharField(max_length=255, blank=True)  # treebeard path of its unit; "": none
    public = models.BooleanField(default=False)
    title = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    text = models.TextField()
    head = models.CharField(max_length=40, blank=True)  # beginning of the folded title
    url = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="searchdoc_once")]
        indexes = [models.Index(fields=["head"], name="searchdoc_head")]

    def __str__(self) -> str:
        return self.title
