"""What areas show of themselves: side-bar entry, panel, headline, open table, links of gaps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sucharit.core.registry import Headline, Link, NavEntry, OpenTable, Panel, registry
from sucharit.core.rounding import hundredths_text
from sucharit.desk import labels
from sucharit.orgs.models import Unit
from sucharit.plans.areas import files, queries, words
from sucharit.plans.areas.queries.page import SOURCE

AREA = "plans.area"


def register() -> None:
    """Hand everything in."""
    registry.nav.append(
        NavEntry("plan", _("Plans by province"), "plans:areas", icon="map", public=True, order=40)
    )
    registry.panels.append(
        Panel(
            "plans-area", _("All agencies in the area"), panel, "plans/areas/panel.html", order=45
        )
    )
    registry.headlines.append(headlines)
    registry.links[AREA] = area_link
    registry.tables.append(
        OpenTable(
            "plans-provinces",
            _("Plans by province"),
            files.PROVINCES,
            open_rows,
            _(
                "Projects of published plans, activities that reported, money and indicators by province"
            ),
        )
    )
    labels.SOURCES[SOURCE] = _("Gap of an area")


def area_link(user: Any, code: str) -> Link | None:
    """The page of an area within the reader's scope."""
    unit = Unit.objects.visible_to(user).filter(code=code, kind__in=queries.AREA_KINDS).first()
    if unit is None:
        return None
    return Link(AREA, _("Area"), words.name(unit), reverse("plans:area", args=[unit.code]))


def panel(user: Any, unit: Unit, fiscal_year: int) -> dict[str, Any] | None:
    """Five numbers of an area; None for other units and where nothing is planned."""
    if unit.kind not in queries.AREA_KINDS or not user.is_authenticated:
        return None
    page = queries.area_page(user, unit, fiscal_year)
    if not page.rows and not page.indicators:
        return None
    url = f"{reverse('plans:area', args=[unit.code])}?year={fiscal_year}"
    told, met, share = page.progress, page.met, page.disbursed_e2
    shown = [
        (_("projects in the area"), len(page.rows), "projects"),
        (_("activities reported"), f"{told.reported} / {told.expected}", "projects"),
        (
            _("disbursed of the allocation"),
            "–" if share is None else f"{hundredths_text(share)} %",
            "projects",
        ),
        (_("indicators met their target"), f"{met[0]} / {met[1]}" if met[1] else "–", "indicators"),
        (_("gaps without an activity"), len(page.gaps), "gaps"),
    ]
    numbers = [
        {"label": label, "value": value, "url": f"{url}#{part}"} for label, value, part in shown
    ]
    return {"numbers": numbers, "url": url, "synthetic": page.synthetic}


def headlines(user: Any, unit: Unit, fiscal_year: int, day: dt.date) -> Iterable[Headline]:  # noqa: ARG001 (gaps are told as they stand)
    """Gaps of an area, as they stand now: what stood last week is not kept, so no difference is told."""
    if unit.kind not in queries.AREA_KINDS:
        return
    gaps = queries.gaps_of(user, unit, fiscal_year)
    url = f"{reverse('plans:area', args=[unit.code])}?year={fiscal_year}#gaps"
    yield Headline("plans.gaps", _("gaps without an activity"), str(len(gaps)), url, None, "down")


def open_rows(fiscal_year: int) -> Iterable[tuple[Any, ...]]:
    """Published plans only: asked as the public."""
    found = queries.national(AnonymousUser(), fiscal_year)
    return list(files.province_rows((p for p in found.rows if p.projects), fiscal_year))
