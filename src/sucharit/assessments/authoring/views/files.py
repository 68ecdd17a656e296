"""Instruments as files: XLSForm workbooks, YAML, and the template to begin with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sucharit.assessments import xlsform
from sucharit.assessments.authoring import queries
from sucharit.assessments.authoring.template import TEMPLATE
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.exports import disposition
from sucharit.core.ledger import record

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _answer(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = disposition(name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _workbook(document: Mapping[str, Any], name: str) -> HttpResponse:
    try:
        content = xlsform.write(document)
    except xlsform.WriteError as error:
        raise Refusal(
            _("This instrument doesn't fit into a workbook: %(why)s. Take the YAML file.")
            % {"why": error}
        ) from error
    return _answer(content, name, _XLSX)


def yaml_of(document: Mapping[str, Any]) -> bytes:
    """The document as YAML that the loader of instrument files reads back unchanged."""
    text = yaml.safe_dump(
        dict(document), allow_unicode=True, sort_keys=False, width=120, default_flow_style=None
    )
    return text.encode()


@require_safe
@login_required
def version_file(request: HttpRequest, code: str, version: int, form: str) -> HttpResponse:
    """A published version as .xlsx (XLSForm) or .yaml; noted in the ledger as an export."""
    found = queries.version_or_404(request.user, code, version)
    name = f"{found.code}-v{found.version}.{form}"
    if form == "yaml":
        answer = _answer(yaml_of(found.document), name, "application/yaml")
    else:
        answer = _workbook(found.document, name)
    record(
        actor=request.user, action="assessments.instrument.exported", target=found,
        unit=found.owner, fiscal_year=found.fiscal_year, format=form,
    )  # fmt: skip
    return answer


@require_safe
@login_required
def draft_file(request: HttpRequest, draft_id: int, form: str) -> HttpResponse:
    """A draft as .xlsx or .yaml, to go on with it in Excel."""
    held = queries.draft_or_404(request.user, draft_id)
    name = f"{held.code}-draft.{form}"
    if form == "yaml":
        answer = _answer(yaml_of(held.document), name, "application/yaml")
    else:
        answer = _workbook(held.document, name)
    record(
        actor=request.user, action="assessments.draft.exported", target=held, unit=held.owner,
        fiscal_year=held.fiscal_year, format=form,
    )  # fmt: skip
    return answer


@require_safe
@login_required
def edition_file(request: HttpRequest, code: str, survey: str) -> HttpResponse:
    """IIT or EIT of an ITA edition as XLSForm, to run it in ODK or Kobo where there is no network."""
    queries.may_read(request.user)
    found = next((e for e in queries.editions(request.user) if e.code == code), None)
    if found is None:
        raise NotFoundInScope(_("There is no such edition."))
    try:
        document = xlsform.instrument_of_edition(found.document, survey.upper())
    except (KeyError, ValueError):
        raise NotFoundInScope(_("This edition has no such survey.")) from None
    record(
        actor=request.user, action="assessments.instrument.exported", target=found,
        fiscal_year=found.fiscal_year, format="xlsx", survey=survey.upper(),
    )  # fmt: skip
    return _workbook(document, f"{found.code}-{survey.lower()}.xlsx")


@require_safe
@login_required
def template(request: HttpRequest) -> HttpResponse:
    """A small workbook that can be read as it is: one item of each common kind."""
    queries.may_read(request.user)
    return _workbook(TEMPLATE, "sucharit-xlsform.xlsx")
