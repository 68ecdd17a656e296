"""How reports and files are reached: from a unit's result and from a round whose surveys are closed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sucharit.assessments import doors
from sucharit.assessments.models import Round
from sucharit.assessments.queries import results
from sucharit.orgs import scope
from sucharit.orgs.models import Unit


def register() -> None:
    """Hand the doors in."""
    doors.RESULT.append(_of_result)
    doors.ROUND.append(_of_round)


def _of_result(user: Any, unit: Unit, fiscal_year: int) -> Iterable[doors.Door]:
    args = [fiscal_year, unit.code]
    if results.best_result(user, unit, fiscal_year) is not None:
        yield doors.Door(
            _("Memo to executives (DOCX)"),
            reverse("assessments:reports_memo", args=args),
            "download",
        )
    if not unit.is_leaf():
        yield doors.Door(
            _("Report of this unit and those below"),
            reverse("assessments:reports_unit", args=args),
            "chart",
        )


def _of_round(user: Any, round_: Round) -> Iterable[doors.Door]:
    may = scope.can(user, "assessments.manage", round_.owner) and scope.can(
        user, "export", round_.owner
    )
    if not may or round_.surveys_closed_at is None:
        return
    for name, label in (
        ("reports_responses_csv", _("Answers for analysing (CSV)")),
        ("reports_responses_parquet", _("Answers for analysing (Parquet)")),
        ("reports_codebook_xml", _("Codebook (DDI)")),
        ("reports_codebook_csv", _("Code list (CSV)")),
    ):
        yield doors.Door(label, reverse(f"assessments:{name}", args=[round_.pk]), "download")
