"""A plan report as a workbook: summary, activities, indicators, units below."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from sucharit.core.exports import Hundredths, Satang, Sheet
from sucharit.plans.engine.report import standing
from sucharit.plans.reports import words
from sucharit.plans.reports.shapes import Document


def sheets(document: Document) -> list[Sheet]:
    """The sheets in their order; unknown cells stay empty."""
    found = [
        Sheet(_("Summary"), [_("What"), _("Value")], _summary(document)),
        Sheet(
            _("Activities"),
            [
                _("Project"), _("Activity"), _("Unit"), _("Target group"), _("Planned (%)"), _("Reached (%)"),
                _("Standing"), _("Allocated (baht)"), _("Committed (baht)"), _("Disbursed (baht)"),
                _("People planned"), _("People who came"), _("Result"), _("Problem"), _("Remedy"),
            ],
            _activities(document),
        ),
    ]  # fmt: skip
    if document.indicators:
        head = [
            _("Code"),
            _("Indicator"),
            _("Target"),
            _("Actual"),
            _("Attainment (%)"),
            _("Verified"),
        ]
        found.append(Sheet(_("Indicators"), head, _indicators(document)))
    if document.below:
        head = [
            _("Unit code"), _("Unit"), _("Activities"), _("Reported"), _("Progress (%)"),
            _("Allocated (baht)"), _("Disbursed (baht)"),
        ]  # fmt: skip
        found.append(Sheet(_("Units below"), head, _below(document)))
    return found


def _summary(document: Document) -> Iterable[list[Any]]:
    s = document.summary
    yield [_("Unit"), document.unit["name_th"]]
    yield [_("Fiscal year"), document.fiscal_year]
    yield [_("Figures up to"), words.day(document.until)]
    yield [_("Projects"), s.projects]
    yield [_("Activities"), s.counts.total]
    for key, value in vars(s.counts).items():
        yield [str(words.STANDING[key][1]), value]
    yield [_("Weighted progress (%)"), Hundredths(s.progress.e2)]
    yield [_("Reported"), s.progress.reported]
    yield [_("Allocated (baht)"), Satang(s.money.allocated)]
    yield [_("Committed (baht)"), Satang(s.money.committed)]
    yield [_("Disbursed (baht)"), Satang(s.money.disbursed)]
    yield [_("Disbursed (%)"), Hundredths(s.money.disbursed_e2)]
    if document.synthetic:
        yield [_("Note"), _("synthetic data for demonstration, no real result")]


def _activities(document: Document) -> Iterable[list[Any]]:
    for project in document.projects:
        for a in project.activities:
            yield [
                project.title, a.title, a.owner, words.THAI_GROUP.get(a.group), Hundredths(a.planned_e2),
                Hundredths(a.progress_e2), str(words.STANDING[standing(a)][1]), Satang(a.allocated),
                Satang(a.committed), Satang(a.disbursed), a.heads_planned, a.heads_attended,
                a.result or None, a.problem or None, a.solution or None,
            ]  # fmt: skip


def _indicators(document: Document) -> Iterable[list[Any]]:
    for i in document.indicators:
        yield [
            i.code,
            i.name_th,
            None if i.target_e4 is None else words.number(i.target_e4, i.decimals),
            None if i.value_e4 is None else words.number(i.value_e4, i.decimals),
            Hundredths(i.attainment_e2),
            i.official if i.value_e4 is not None else None,
        ]


def _below(document: Document) -> Iterable[list[Any]]:
    for b in document.below:
        yield [
            b.code,
            b.name_th,
            b.activities,
            b.reported,
            Hundredths(b.progress_e2),
            Satang(b.allocated),
            Satang(b.disbursed),
        ]
