"""Charts of results as plain data: each answers one question and carries its own table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sucharit.assessments.queries.groups import GroupYear
from sucharit.assessments.queries.results import UnitYear, YearMark
from sucharit.core.charts import Chart
from sucharit.core.rounding import hundredths_text


def _thai() -> bool:
    return (get_language() or "th").startswith("th")


def _number(hundredths: int | None) -> float | None:
    return None if hundredths is None else hundredths / 100


def _text(hundredths: int | None) -> str:
    return "–" if hundredths is None else hundredths_text(hundredths)


def levels(group: GroupYear) -> Chart | None:
    """How many units reached which level?"""
    if not group.levels:
        return None
    names = [th if _thai() else en for _code, th, en, _n in group.levels]
    counts = [n for *_names, n in group.levels]
    rows = [(name, str(n)) for name, n in zip(names, counts, strict=True)]
    return Chart(
        "levels",
        "bar",
        _("Units by level"),
        (_("Level"), _("Units")),
        names,
        [(_("Units"), [float(n) for n in counts])],
        rows,
    )


def indicators(found: UnitYear) -> Chart | None:
    """Which of the ten indicators is weakest?"""
    if found.edition is None:
        return None
    figures = [f for i in found.edition.children("total") for f in found.group(i)]
    if not figures:
        return None
    labels = [f"{f.node}. {f.title_th if _thai() else f.title_en}" for f in figures]
    values = [_number(f.hundredths) for f in figures]
    rows = [(label, _text(f.hundredths)) for label, f in zip(labels, figures, strict=True)]
    return Chart(
        "indicators",
        "bar",
        _("Score by indicator"),
        (_("Indicator"), _("Score")),
        labels,
        [(_("Score"), values)],
        rows,
        top=100,
    )


def _source(mark: YearMark) -> str:
    return f"{mark.source} ({_('synthetic data')})" if mark.synthetic else mark.source


def history(marks: Sequence[YearMark], key: str) -> Chart | None:
    """How did the total move over the years?"""
    if not marks:
        return None
    labels = [str(m.fiscal_year) for m in marks]
    rows: list[tuple[Any, ...]] = [
        (str(m.fiscal_year), _text(m.hundredths), m.level_th if _thai() else m.level_en, _source(m))
        for m in marks
    ]
    columns = (_("Fiscal year"), _("Total"), _("Level"), _("Source"))
    return Chart(
        key,
        "line",
        _("Total over the years"),
        columns,
        labels,
        [(_("Total"), [_number(m.hundredths) for m in marks])],
        rows,
        top=100,
    )
