"""Files of a plan shaped like eMENSCR's forms: one CSV and JSON a form, and one workbook of all."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sucharit.core.errors import NotFoundInScope
from sucharit.core.exports import Sheet, book_response, csv_response, disposition
from sucharit.core.exports.cells import as_json
from sucharit.core.ledger import record
from sucharit.orgs import scope
from sucharit.plans.models import Plan
from sucharit.plans.work import emenscr, queries, words


@require_safe
@login_required
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The forms, what is in them, and where to get them."""
    plan = queries.plan(request.user, pk)
    context = {
        "plan": plan,
        "title": words.title(plan),
        "forms": emenscr.forms(),
        "manual": emenscr.notice(),
        "may": scope.can(request.user, "export", plan.owner),
    }
    return render(request, "plans/work/emenscr.html", context)


@require_safe
@login_required
def one(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """``all.xlsx``, ``M1.csv``, ``M1.json`` … ``M7.json``; anything else is not there."""
    plan = queries.plan(request.user, pk)
    scope.require(request.user, "export", plan.owner)
    name, _dot, kind = form.partition(".")
    forms = {f.key: f for f in emenscr.forms()}
    if form != "all.xlsx" and (name not in forms or kind not in {"csv", "json"}):
        raise NotFoundInScope(_("There is no such form."))
    wanted = list(forms.values()) if kind == "xlsx" else [forms[name]]
    tables = [(f, list(emenscr.rows(f, plan))) for f in wanted]
    record(
        actor=request.user, action="core.export", target=plan, unit=plan.owner,
        fiscal_year=plan.fiscal_year, format=kind, form=name, rows=sum(len(r) for _f, r in tables),
    )  # fmt: skip
    file = f"emenscr-{plan.fiscal_year}-{plan.code}-{form}"
    if kind == "xlsx":
        return book_response(file, (_sheet(f, rows) for f, rows in tables))
    found, rows = tables[0]
    if kind == "csv":
        head, body = _headed(found, rows)
        return csv_response(file, head, body)
    return _json(file, plan, found, rows)


def _headed(form: emenscr.Form, rows: list[list[Any]]) -> tuple[list[str], list[list[Any]]]:
    """The notice as the first line, the names of the columns as the second."""
    width = len(form.columns)
    first = [f"{form.key} {form.title}: {emenscr.notice()}", *[""] * (width - 1)]
    return first, [[c.title for c in form.columns], *rows]


def _sheet(form: emenscr.Form, rows: list[list[Any]]) -> Sheet:
    head, body = _headed(form, rows)
    return Sheet(form.key, head, body)


def _json(file: str, plan: Plan, form: emenscr.Form, rows: list[list[Any]]) -> HttpResponse:
    keys = [c.key for c in form.columns]
    body = {
        "notice": emenscr.notice(),
        "verified": False,
        "form": form.key,
        "title": form.title,
        "fiscal_year": plan.fiscal_year,
        "synthetic": plan.synthetic,
        "rows": [dict(zip(keys, map(as_json, row), strict=True)) for row in rows],
    }
    response = HttpResponse(json.dumps(body, ensure_ascii=False), content_type="application/json")
    response["Content-Disposition"] = disposition(file)
    return response
