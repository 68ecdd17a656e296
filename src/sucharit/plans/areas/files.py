"""What the area pages give as files: provinces, and the projects of an area."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http.response import HttpResponseBase

from sucharit.core.errors import NotFoundInScope
from sucharit.core.exports import Hundredths, Satang, csv_response, json_response, xlsx_response
from sucharit.plans.areas.queries import AreaPage, Province

FORMS = ("csv", "xlsx", "json")
PROVINCES = (
    "province", "name_th", "fiscal_year", "projects", "activities", "activities_reported", "reported_percent",
    "allocated_baht", "disbursed_baht", "disbursed_percent", "indicators_met", "indicators_with_data",
    "indicators_met_percent", "whole",
)  # fmt: skip
PROJECTS = (
    "area", "fiscal_year", "agency", "agency_th", "plan", "project", "title_th", "state", "areas", "activities",
    "activities_reported", "progress_percent", "allocated_baht", "committed_baht", "disbursed_baht",
    "disbursed_percent", "synthetic",
)  # fmt: skip


def province_rows(rows: Iterable[Province], fiscal_year: int) -> Iterable[tuple[Any, ...]]:
    """One row a province; ``whole`` tells whether the reader sees all of it or only what is published."""
    for p in rows:
        money = bool(p.money.lines)
        yield (
            p.unit.code, p.unit.name_th, fiscal_year, p.projects, p.activities, p.reported,
            _share(p.reported_e2), Satang(p.money.allocated) if money else None,
            Satang(p.money.disbursed) if money else None, _share(p.disbursed_e2),
            p.indicators_met if p.indicators_known else None, p.indicators_known, _share(p.met_e2), p.mine,
        )  # fmt: skip


def project_rows(page: AreaPage) -> Iterable[tuple[Any, ...]]:
    """One row a project of the area."""
    for row in page.rows:
        p, told, money = row.project, row.progress, bool(row.money.lines)
        yield (
            page.area.code, page.fiscal_year, p.owner.code, p.owner.name_th, p.plan.code, p.code or str(p.seq),
            p.title_th, p.state, " ".join(sorted(a.unit.code for a in row.areas)), told.expected, told.reported,
            _share(told.percent_e2), Satang(row.money.allocated) if money else None,
            Satang(row.money.committed) if money else None, Satang(row.money.disbursed) if money else None,
            _share(row.disbursed_e2), p.plan.synthetic,
        )  # fmt: skip


def file_response(
    form: str, name: str, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]
) -> HttpResponseBase:
    """The rows as csv, xlsx or json; NotFoundInScope for another form."""
    if form == "csv":
        return csv_response(f"{name}.csv", columns, rows)
    if form == "xlsx":
        return xlsx_response(f"{name}.xlsx", "areas", columns, rows)
    if form == "json":
        return json_response(f"{name}.json", columns, rows)
    raise NotFoundInScope(f"There is no file of the form {form}.")


def _share(value: int | None) -> Hundredths | None:
    return None if value is None else Hundredths(value)
