"""Who may have which file; every download of an account is a ledger row."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sucharit.assessments.models import Round
from sucharit.assessments.reports.responses import Extract, extract
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope
from sucharit.orgs.models import Unit


def note_export(
    *, actor: Any, kind: str, form: str, fiscal_year: int, unit: Unit | None, rows: int
) -> None:
    """One ledger row an export; the public's downloads of announced figures are not written down."""
    if actor.is_authenticated:
        record(
            actor=actor, action="core.export", target=f"assessments.{kind}:{fiscal_year}", unit=unit,
            fiscal_year=fiscal_year, format=form, rows=rows,
        )  # fmt: skip


def release_answers(*, actor: Any, round_id: int, kind: str, form: str) -> Extract:
    """The answers of a closed round for who runs it and may export: ``kind`` responses or codebook.

    NotFoundInScope, Forbidden without both rights at the round's owner; Refusal while surveys are open
    or when no unit has enough answers.
    """
    found = Round.objects.select_related("owner", "framework").filter(pk=round_id).first()
    if found is None:
        raise NotFoundInScope("No such round.")
    scope.require(actor, "assessments.manage", found.owner)
    scope.require(actor, "export", found.owner)
    if found.surveys_closed_at is None:
        raise Refusal(
            _("Answers are given out only after the surveys are closed: close them first.")
        )
    made = extract(found)
    if not made.kept:
        raise Refusal(
            _("No unit has %(n)s answers or more to every question: nothing can be given out.")
            % {"n": found.min_report_n}
        )
    record(
        actor=actor, action="core.export", target=f"assessments.{kind}:{found.pk}", unit=found.owner,
        fiscal_year=found.fiscal_year, format=form, rows=made.sheets, left_out=len(made.left_out),
    )  # fmt: skip
    return made
