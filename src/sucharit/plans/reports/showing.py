"""What plan reports show of themselves: the line in the side bar, the open table of published reports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sucharit.core.registry import NavEntry, OpenTable, registry
from sucharit.plans.models import PublishedReport


def register() -> None:
    """Hand everything in."""
    registry.nav.append(
        NavEntry(
            "plan", _("Plan reports"), "plans:reports", icon="file", permission="view", order=80
        )
    )
    registry.tables.append(
        OpenTable(
            "plan-reports",
            _("Published plan reports"),
            (
                "unit",
                "name_th",
                "months",
                "version",
                "published_on",
                "address",
                "sha256",
                "synthetic",
            ),
            open_rows,
            _("Reports of 6 and 12 months on anti-corruption plans, with their addresses"),
            open_count,
        )
    )


def _shown(fiscal_year: int) -> list[PublishedReport]:
    """The newest version of each report that was not withdrawn."""
    rows = (
        PublishedReport.objects.filter(fiscal_year=fiscal_year)
        .select_related("unit")
        .defer("document")
        .order_by("unit__path", "half", "version")
    )
    newest = {(r.unit_id, r.half): r for r in rows}
    return [r for r in newest.values() if r.withdrawn_at is None]


def open_count(fiscal_year: int) -> int:
    """How many reports of a year are published."""
    return len(_shown(fiscal_year))


def open_rows(fiscal_year: int) -> Iterable[tuple[Any, ...]]:
    """One row a published report."""
    for r in _shown(fiscal_year):
        yield (
            r.unit.code, r.unit.name_th, 6 * r.half, r.version, timezone.localtime(r.published_at).date().isoformat(),
            reverse("plans:report_public", args=[r.fiscal_year, r.half, r.unit.code]), r.sha256, r.synthetic,
        )  # fmt: skip
