"""Writes of plan reports: publish a version, withdraw it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope
from sucharit.orgs.models import Unit, User
from sucharit.plans.models import PublishedReport
from sucharit.plans.reports import queries
from sucharit.plans.reports.shapes import fingerprint, to_json

PUBLISH = "plans.approve"


def publish_report(*, actor: Any, unit: Unit, fiscal_year: int, half: int) -> PublishedReport:
    """Put the report as it stands now on its public page, as a new version.

    Right "plans.approve" at the unit. Refusal: there is nothing to report, or nothing changed since the
    version that is published.
    """
    scope.require(actor, PUBLISH, unit)
    if half not in (1, 2):
        raise Refusal(_("A report covers 6 months or 12 months."), where="half")
    # Built before the transaction: nobody waits for the reading.
    made = queries.build(actor, unit, fiscal_year, half, clock.today())
    if not made.projects:
        raise Refusal(
            _(
                "There is no approved plan with a project in this fiscal year: approve the plan first."
            )
        )
    document = to_json(made)
    digest = fingerprint(document)
    with transaction.atomic():
        # The unit's row is the turnstile: two versions of one number cannot come about.
        Unit.objects.select_for_update().get(pk=unit.pk)
        shown = queries.published(unit, fiscal_year, half)
        if shown is not None and _same(shown.document, document):
            raise Refusal(_("Nothing has changed since the version that is published."))
        rows = PublishedReport.objects.filter(unit=unit, fiscal_year=fiscal_year, half=half)
        number = (rows.aggregate(last=Max("version"))["last"] or 0) + 1
        report = PublishedReport.objects.create(
            unit=unit,
            fiscal_year=fiscal_year,
            half=half,
            version=number,
            document=document,
            sha256=digest,
            published_at=clock.now(),
            published_by=actor if isinstance(actor, User) else None,
            synthetic=made.synthetic,
        )
        record(
            actor=actor, action="plans.report.published", target=report, unit=unit,
            fiscal_year=fiscal_year, half=half, version=number, sha256=digest,
        )  # fmt: skip
    return report


def withdraw_report(*, actor: Any, report: PublishedReport, reason: str) -> PublishedReport:
    """Take the published version off its page; the reason is kept. Earlier versions do not come back."""
    with transaction.atomic():
        held = PublishedReport.objects.select_for_update().filter(pk=report.pk).first()
        if held is None:
            raise NotFoundInScope(_("There is no such report."))
        scope.require(actor, PUBLISH, held.unit)
        shown = queries.published(held.unit, held.fiscal_year, held.half)
        if shown is None or shown.pk != held.pk:
            raise Refusal(_("This version is not on the public page any more."))
        if not reason.strip():
            raise Refusal(_("Say why it is taken off the page."), where="reason")
        held.withdrawn_at, held.withdrawn_reason = clock.now(), reason.strip()
        held.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        record(
            actor=actor, action="plans.report.withdrawn", target=held, unit=held.unit,
            fiscal_year=held.fiscal_year, half=held.half, version=held.version,
        )  # fmt: skip
    return held


def _same(before: dict[str, Any], now: dict[str, Any]) -> bool:
    """Whether two documents say the same; on which day they were made does not matter."""
    day = {"made_on": ""}
    return fingerprint({**before, **day}) == fingerprint({**now, **day})
