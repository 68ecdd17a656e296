"""Pages of the comparison over years: what moved the total, with a break where editions differ."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sucharit.assessments.engine import TOTAL, Edition
from sucharit.assessments.engine.comparison import Comparison, Effect
from sucharit.assessments.planner import rows, services
from sucharit.assessments.planner.years import Year, Years, years_of
from sucharit.assessments.views.results import unit_or_404
from sucharit.core.charts import Chart
from sucharit.core.errors import NotFoundInScope
from sucharit.core.exports import Hundredths, csv_response
from sucharit.core.ledger import record
from sucharit.core.rounding import exact_text, hundredths, hundredths_text
from sucharit.orgs import scope

COLUMNS = (
    "from_year",
    "to_year",
    "node",
    "title_th",
    "title_en",
    "before",
    "after",
    "effect_on_total",
    "effect_exact",
    "break",
    "synthetic",
)


@require_safe
def compare_years(request: HttpRequest, code: str) -> HttpResponse:
    """A unit's years: totals with breaks, and each change split into instruments and indicators."""
    found = _years(request, code)
    owner = found.owner
    context: dict[str, Any] = {
        "unit": found.unit,
        "found": found,
        "years": [_shown(year, found.breaks) for year in found.years],
        "chart": _chart(found),
        "steps": [_step(step) for step in reversed(found.steps)],
        "synthetic": found.synthetic,
        "may_rank": owner is not None and scope.can(request.user, "assessments.publish", owner),
    }
    return render(request, "assessments/planner/compare.html", context)


@require_safe
def compare_csv(request: HttpRequest, code: str) -> HttpResponseBase:
    """Every change with its parts; exact differences rounded once, half-up."""
    found = _years(request, code)
    table = list(_csv_rows(found))
    if request.user.is_authenticated:
        record(
            actor=request.user,
            action="core.export",
            target=f"assessments.compare:{code}",
            unit=found.unit,
            format="csv",
            rows=len(table),
        )
    return csv_response(f"compare-{code}.csv", COLUMNS, table)


@require_POST
@login_required
def ranks(request: HttpRequest, code: str) -> HttpResponse:
    """Show places among units of one kind on comparison pages, or hide them (the rounds' owner decides)."""
    found = _years(request, code)
    if found.owner is None:
        raise NotFoundInScope("No round of this unit that you may see.")
    shown = request.POST.get("shown") == "yes"
    services.set_ranks(actor=request.user, owner=found.owner, shown=shown)
    said = _("Places are shown now.") if shown else _("Places are no longer shown.")
    messages.success(request, said)
    return redirect("assessments:planner_compare", code=code)


def _years(request: HttpRequest, code: str) -> Years:
    found = years_of(request.user, unit_or_404(code))
    if not found.years:
        raise NotFoundInScope("No result of this unit that you may see.")
    return found


def reasons(keys: tuple[str, ...]) -> list[str]:
    """Why a line is broken, in words."""
    words = {
        "weights_differ": _("the weights of the instruments differ"),
        "items_differ": _("the items and their groups differ"),
        "scales_differ": _("the answer scales differ"),
        "bands_differ": _("the names and conditions of the levels differ"),
        "method_differs": _("the method differs"),
        "edition_unknown": _("the method of one of the years is not known here"),
        "synthetic_differs": _("one of the years is synthetic data"),
    }
    return [words[key] for key in keys]


def _shown(year: Year, breaks: dict[int, tuple[str, ...]]) -> dict[str, Any]:
    result = year.result
    passed = year.figures.passed if year.figures else result.passed
    return {
        "year": result.fiscal_year,
        "total": result.total_hundredths,
        "passed": passed,
        "level_th": result.level_th,
        "level_en": result.level_en,
        "break": reasons(breaks.get(result.fiscal_year, ())),
        "run": result.run,
        "framework": year.framework,
        "rank": year.rank,
    }


def _chart(found: Years) -> Chart | None:
    """How did the total move, and which years may be joined by a line?"""
    if len(found.years) < 2:
        return None
    labels = [str(year.fiscal_year) for year in found.years]
    known = [year.fiscal_year for year in found.years]
    alone = [[year] for year in known if not any(year in s for s in found.stretches)]
    totals = {y.fiscal_year: y.result.total_hundredths for y in found.years}
    series = []
    for stretch in sorted([*found.stretches, *alone]):
        name = str(stretch[0]) if len(stretch) == 1 else f"{stretch[0]}–{stretch[-1]}"
        values = [
            total / 100 if year in stretch and (total := totals[year]) is not None else None
            for year in known
        ]
        series.append((name, values))
    table = [
        (
            str(year.fiscal_year),
            _text(year.result.total_hundredths),
            "; ".join(reasons(found.breaks.get(year.fiscal_year, ()))) or "–",
        )
        for year in found.years
    ]
    columns = (_("Fiscal year"), _("Total"), _("Not comparable with the year before, because"))
    title = _("Total over the years; no line where the method changed")
    return Chart("compare", "line", title, columns, labels, series, table, top=100)


def _text(value: int | None) -> str:
    return "–" if value is None else hundredths_text(value)


def _step(step: Comparison) -> dict[str, Any]:
    """One change with its parts, largest loss first among instruments in document order."""
    edition = step.after.edition
    old = step.before.edition
    parts = []
    for part in step.instruments:
        below = [_effect(edition, old, effect) for effect in part.indicators]
        parts.append(
            {
                "head": _effect(edition, old, part.node),
                "rows": below,
                "residual": _points(part.residual) if part.residual else None,
            }
        )
    return {
        "before": step.before.year,
        "after": step.after.year,
        "delta": _points(step.delta),
        "passed_before": step.before.passed,
        "passed_after": step.after.passed,
        "parts": parts,
        "weights": _points(step.weight_effect) if step.weight_effect else None,
        "residual": _points(step.residual) if step.residual else None,
        "breaks": reasons(step.breaks),
    }


def _effect(edition: Edition, old: Edition, effect: Effect) -> dict[str, Any]:
    title = edition.titles.get(effect.code) or old.titles[effect.code]
    return {
        "code": effect.code,
        "title": rows.text(title),
        "before": _points(effect.before),
        "after": _points(effect.after),
        "effect": _points(effect.effect),
    }


def _points(value: Fraction | None) -> int | None:
    return None if value is None else hundredths(value)


def _csv_rows(found: Years) -> Iterator[tuple[Any, ...]]:
    synthetic = {year.fiscal_year: year.result.run.synthetic for year in found.years}
    for step in found.steps:
        head = step.before.year, step.after.year
        last = " ".join(step.breaks), synthetic[step.after.year]
        for effect, words in _lines(step):
            title = step.after.edition.titles.get(effect.code)
            title = title or step.before.edition.titles.get(effect.code)
            names = words or ((title.th, title.en) if title else ("", ""))
            values = effect.before, effect.after, effect.effect
            figures = [Hundredths(_points(value)) for value in values]
            exact = "" if effect.effect is None else exact_text(effect.effect)
            yield (*head, effect.code, *names, *figures, exact, *last)


def _lines(step: Comparison) -> Iterator[tuple[Effect, tuple[str, str] | None]]:
    """The total, its instruments with their indicators, and what is left, in the order of the page."""
    yield (
        Effect("total", step.before.values.get(TOTAL), step.after.values.get(TOTAL), step.delta),
        None,
    )
    for part in step.instruments:
        yield part.node, None
        for effect in part.indicators:
            yield effect, None
        if part.residual:
            yield Effect(part.node.code, None, None, part.residual), _UNEXPLAINED
    if step.weight_effect:
        yield Effect("weights", None, None, step.weight_effect), _WEIGHTS
    if step.residual:
        yield Effect("residual", None, None, step.residual), _UNEXPLAINED


_UNEXPLAINED = ("ส่วนที่อธิบายไม่ได้ (ค่าที่ประกาศปัดเศษแล้ว)", "Unexplained (published figures are rounded)")
_WEIGHTS = ("ผลของน้ำหนักที่เปลี่ยน", "Effect of changed weights")
