"""What the moral room shows of itself: side-bar entry, scorecard panel, open table, external values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sucharit.assessments.models import Campaign
from sucharit.assessments.moral import data, externals, queries
from sucharit.assessments.moral.charts import level_name, pyramid_chart
from sucharit.core.registry import NavEntry, OpenTable, Panel, registry
from sucharit.orgs.models import Unit


def register() -> None:
    """Hand everything in."""
    externals.register()
    registry.nav.append(
        NavEntry("assess", _("Morality"), "assessments:moral", icon="award", public=True, order=15)
    )
    registry.years.append(announced_years)
    registry.panels.append(
        Panel("moral", _("Moral levels"), panel, "assessments/moral/panel.html", order=20)
    )
    registry.tables.append(
        OpenTable(
            "moral-levels",
            _("Announced moral levels"),
            (
                "unit", "name_th", "instrument", "level", "level_th", "last_level", "verified",
                "synthetic",
            ),
            open_rows,
            _("Level of every unit whose moral assessment is final, with the level of the year before"),
            open_count,
        )
    )  # fmt: skip


def announced_years() -> Iterable[int]:
    """Years with a final moral campaign."""
    rows = Campaign.objects.filter(state=Campaign.State.FINAL, framework__code__in=data.CODES)
    return list(rows.order_by().values_list("fiscal_year", flat=True).distinct())


def panel(user: Any, unit: Unit, fiscal_year: int) -> dict[str, Any] | None:
    """The unit's own levels, and the pyramid of the organisations (or what there is) below it."""
    own = queries.standings_of_unit(user, unit, fiscal_year)
    url = reverse("assessments:moral_unit", args=[fiscal_year, unit.code])
    numbers: list[dict[str, Any]] = []
    for s in own:
        titles = queries.titles_of(s.campaign.framework)
        name = f"{s.level} {_words(titles.get(s.level))}".strip() if s.level is not None else "–"
        numbers.append({"label": data.TITLES[s.code], "value": name, "url": url})
    for code in data.CODES:
        below = queries.overview(user, fiscal_year, code, unit, within=False)
        if not below.pyramid.assessed:
            continue
        top = below.pyramid.counts[0]
        numbers.append(
            {
                "label": f"{data.TITLES[code]}: {level_name(below, top.level)}",
                "value": f"{top.n} / {below.pyramid.assessed}",
                "url": f"{url}?of={code}",
            }
        )
        return {
            "numbers": numbers[:5],
            "chart": pyramid_chart(below),
            "url": url,
            "synthetic": below.synthetic,
        }
    if not own:
        return None
    return {
        "numbers": numbers[:5],
        "url": url,
        "synthetic": any(s.campaign.synthetic for s in own),
    }


def open_count(fiscal_year: int) -> int:
    """How many levels of a year are announced."""
    return sum(1 for _row in open_rows(fiscal_year))


def open_rows(fiscal_year: int) -> Iterable[tuple[Any, ...]]:
    """Announced levels only: asked as the public."""
    for code in data.CODES:
        found = queries.overview(AnonymousUser(), fiscal_year, code)
        for s in found.standings:
            if s.level is not None:
                title = found.titles.get(s.level, {}).get("th", "")
                yield (
                    s.unit.code, s.unit.name_th, code, s.level, title, s.last, found.verified,
                    s.campaign.synthetic,
                )  # fmt: skip


def _words(title: dict[str, str] | None) -> str:
    from sucharit.assessments.checklists.values import words

    return words(title or {})
