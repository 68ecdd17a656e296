"""What the pages of a report show, from its document only."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sucharit.core.charts import Chart
from sucharit.core.rounding import hundredths_text
from sucharit.plans.engine.report import money_of, progress_of, standing
from sucharit.plans.indicators import data
from sucharit.plans.reports import words
from sucharit.plans.reports.shapes import Document


def context(document: Document) -> dict[str, Any]:
    """The template's context: figures, rows with their standing, a chart with its table."""
    summary = document.summary
    projects = [
        {
            "row": project,
            "progress": progress_of(project.activities),
            "activities": [(a, *words.STANDING[standing(a)]) for a in project.activities],
        }
        for project in document.projects
    ]
    return {
        "document": document,
        "summary": summary,
        "projects": projects,
        "indicators": [
            (
                i,
                words.number(i.target_e4, i.decimals),
                words.number(i.value_e4, i.decimals),
                data.band_at(i.level, document.fiscal_year),
            )
            for i in document.indicators
        ],
        "stuck": [(a, *words.STANDING[standing(a)]) for a in summary.stuck],
        "chart": _chart(document),
        "fiscal_year": document.fiscal_year,
        "half": document.half,
        "months": 6 * document.half,
        "until": words.day(document.until),
        "made_on": words.day(document.made_on),
        "synthetic": document.synthetic,
    }


def _chart(document: Document) -> Chart | None:
    """Work against money, project by project: where does one run ahead of the other?"""
    rows = []
    for project in document.projects:
        share = money_of([project]).disbursed_e2
        money = None if share is None else share / 100
        reach = progress_of(project.activities).e2
        rows.append((project.title, None if reach is None else reach / 100, money))
    if not rows:
        return None
    return Chart(
        key="plan-report",
        kind="bar",
        title=_("How far is the work, and how far the money?"),
        columns=[_("Project"), _("Work done (%)"), _("Disbursed (%)")],
        labels=[r[0] for r in rows],
        series=[
            (_("Work done (%)"), [r[1] for r in rows]),
            (_("Disbursed (%)"), [r[2] for r in rows]),
        ],
        rows=[[r[0], _text(r[1]), _text(r[2])] for r in rows],
        top=100,
    )


def _text(value: float | None) -> str:
    return "–" if value is None else hundredths_text(round(value * 100))
