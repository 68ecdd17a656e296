"""Certificates of a level: issued for final results only, revoked with a reason, never deleted."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments.checklists.base import hold
from sucharit.assessments.engine.checklists import workflow
from sucharit.assessments.engine.moral import make_serial
from sucharit.assessments.models import Campaign, CampaignUnit, MoralCertificate
from sucharit.assessments.moral import data, queries
from sucharit.assessments.services.steps import account
from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope
from sucharit.orgs.models import Unit

PUBLISH = "assessments.publish"
LONGEST = 1000  # characters of a reason


def issue_certificate(*, actor: Any, campaign_unit: CampaignUnit) -> MoralCertificate:
    """Certify the level of a unit. Needs "assessments.publish" at the campaign's owner.

    Refusal while the campaign is not final, where the unit reached no level, or when a certificate of
    this result is in force.
    """
    with transaction.atomic():
        held = hold(campaign_unit)
        campaign = held.campaign
        scope.require(actor, PUBLISH, campaign.owner)
        if campaign.framework.code not in data.CODES:
            raise NotFoundInScope(_("There is no such moral assessment."))
        if campaign.state != Campaign.State.FINAL or held.state.state != workflow.FINAL:
            raise Refusal(_("Certificates are issued once the campaign's results are final."))
        result = held.cu.checklist_results.order_by("-run").first()
        titles = queries.titles_of(campaign.framework)
        level = int(result.band) if result is not None and result.band.isdigit() else 0
        if result is None or level < 1 or level not in titles:
            raise Refusal(_("This unit has reached no level that is certified."))
        if held.cu.moral_certificates.in_force().exists():
            raise Refusal(_("This unit has its certificate already: revoke that one first."))
        made = MoralCertificate.objects.create(
            serial=_free_serial(), campaign_unit=held.cu, result=result, level=str(level),
            level_th=titles[level]["th"], level_en=titles[level].get("en") or titles[level]["th"],
            unit_th=held.unit.name_th, unit_en=held.unit.name_en, issued_by=account(actor),
        )  # fmt: skip
        _note(actor=actor, made=made, action="issued", run=result.run)
    return made


def issue_all(*, actor: Any, unit: Unit, fiscal_year: int) -> int:
    """Certify every final level at or below a unit that has no certificate yet; gives how many are new.

    Units of campaigns whose owner the actor does not publish for are left out.
    """
    scope.require(actor, PUBLISH, unit)
    done = 0
    for cu in eligible(unit, fiscal_year):
        if isinstance(actor, System) or scope.can(actor, PUBLISH, cu.campaign.owner):
            issue_certificate(actor=actor, campaign_unit=cu)
            done += 1
    return done


def revoke_certificate(*, actor: Any, certificate: MoralCertificate, reason: str) -> None:
    """Take a certificate back: its public page says so from now on. The reason is not public."""
    with transaction.atomic():
        held = (
            MoralCertificate.objects.select_for_update(of=("self",))
            .select_related("campaign_unit__unit", "campaign_unit__campaign__owner")
            .filter(pk=certificate.pk)
            .first()
        )
        if held is None:
            raise NotFoundInScope(_("There is no such certificate."))
        scope.require(actor, PUBLISH, held.campaign_unit.campaign.owner)
        if held.revoked_at is not None:
            raise Refusal(_("This certificate was revoked already."))
        words = reason.strip()
        if not words:
            raise ValidationError({"reason": _("Say why the certificate is revoked.")})
        if len(words) > LONGEST:
            raise ValidationError({"reason": _("At most %(n)s characters.") % {"n": LONGEST}})
        held.revoked_at, held.revoked_by, held.reason = clock.now(), account(actor), words
        held.save(update_fields=["revoked_at", "revoked_by", "reason"])
        _note(actor=actor, made=held, action="revoked")


def eligible(unit: Unit, fiscal_year: int) -> list[CampaignUnit]:
    """Units at or below one whose final level has no certificate in force."""
    rows = queries.units_in(fiscal_year, data.CODES, unit).filter(
        campaign__state=Campaign.State.FINAL, checklist__state=workflow.FINAL
    )
    taken = MoralCertificate.objects.in_force().values("campaign_unit")
    rows = rows.exclude(pk__in=taken)
    return [s.cu for s in queries.standings(rows) if s.level]


def _free_serial() -> str:
    while True:
        serial = make_serial(secrets.choice)
        if not MoralCertificate.objects.filter(serial=serial).exists():
            return serial


def _note(*, actor: Any, made: MoralCertificate, action: str, **more: Any) -> None:
    cu = made.campaign_unit
    record(
        actor=actor, action=f"assessments.moral.{action}", target=made, unit=cu.unit,
        fiscal_year=cu.campaign.fiscal_year, serial=made.serial, level=made.level,
        campaign=cu.campaign_id, **more,
    )  # fmt: skip
