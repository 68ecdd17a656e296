"""What results show of themselves: side-bar entry, the dashboard's panel, the open table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sucharit.assessments import events
from sucharit.assessments.models import ScoreRun, UnitResult
from sucharit.assessments.queries import charts, groups, results
from sucharit.core.registry import NavEntry, OpenTable, Panel, registry
from sucharit.core.rounding import hundredths_text
from sucharit.orgs.models import Unit


def register() -> None:
    """Hand everything in."""
    events.register()
    registry.nav.append(
        NavEntry(
            "assess",
            gettext_lazy("ITA results"),
            "assessments:results_latest",
            icon="chart",
            public=True,
            order=5,
        )
    )
    registry.years.append(announced_years)
    registry.panels.append(
        Panel("ita", gettext_lazy("ITA"), panel, "assessments/results/panel.html", order=10)
    )
    registry.tables.append(
        OpenTable(
            "ita-results",
            gettext_lazy("Announced ITA results"),
            ("unit", "name_th", "total", "level_th", "IIT", "EIT", "OIT", "source", "synthetic"),
            open_rows,
            gettext_lazy(
                "Total, level and the three instruments of every unit whose result was announced"
            ),
            open_count,
        )
    )


def announced_years() -> Iterable[int]:
    """Years with a computed result that was announced (published history alone is no place to begin)."""
    runs = ScoreRun.objects.filter(kind=ScoreRun.Kind.COMPUTED, public=True, current=True)
    return list(runs.values_list("fiscal_year", flat=True).distinct())


def panel(user: Any, unit: Unit, fiscal_year: int) -> dict[str, Any] | None:
    """A unit with a result of its own shows it; one with units below shows their mean, pass share and weakest."""
    own = results.unit_year(user, unit, fiscal_year)
    if own is not None:
        return _own(own, unit, fiscal_year)
    below = Unit.objects.under(unit).exclude(pk=unit.pk)
    group = groups.group_year(user, below, fiscal_year)
    if not group.standings:
        return None
    url = reverse("assessments:results", args=[fiscal_year])
    numbers = [
        {"label": _("Mean ITA total"), "value": _shown(group.means.get("total")), "url": url},
        {"label": _("Units that passed"), "value": f"{group.passed} / {group.scored}", "url": url},
        *(
            {"label": _("Mean") + f" {i}", "value": _shown(group.means.get(i)), "url": url}
            for i in results.INSTRUMENTS
        ),
    ]
    weakest = group.standings[max(group.scored - 5, 0) : group.scored]
    return {
        "numbers": numbers,
        "group": group,
        "chart": charts.levels(group),
        "weakest": weakest[::-1],
        "synthetic": group.synthetic,
        "url": url,
    }


def _own(own: results.UnitYear, unit: Unit, fiscal_year: int) -> dict[str, Any]:
    url = reverse("assessments:unit_result", args=[fiscal_year, unit.code])
    numbers = [{"label": _("ITA total"), "value": _shown(own.result.total_hundredths), "url": url}]
    for instrument in results.INSTRUMENTS:
        figure = own.figures.get(instrument)
        numbers.append(
            {
                "label": instrument,
                "value": _shown(figure.hundredths if figure else None),
                "url": url,
            }
        )
    return {
        "numbers": numbers,
        "own": own,
        "chart": charts.indicators(own),
        "synthetic": own.result.run.synthetic,
        "url": url,
    }


def _shown(hundredths: int | None) -> str:
    return "–" if hundredths is None else hundredths_text(hundredths)


def open_count(fiscal_year: int) -> int:
    """How many units have an announced result."""
    rows = UnitResult.objects.current().filter(fiscal_year=fiscal_year, run__public=True)
    return rows.exclude(unit=None).order_by().values("unit").distinct().count()


def open_rows(fiscal_year: int) -> Iterable[tuple[Any, ...]]:
    """Announced results only: asked as the public."""
    group = groups.group_year(AnonymousUser(), Unit.objects.all(), fiscal_year)
    for s in group.standings:
        figures = [_shown(s.hundredths(i)) for i in results.INSTRUMENTS]
        run = s.result.run
        yield (
            s.unit.code,
            s.unit.name_th,
            _shown(s.result.total_hundredths),
            s.result.level_th,
            *figures,
            run.source,
            run.synthetic,
        )
