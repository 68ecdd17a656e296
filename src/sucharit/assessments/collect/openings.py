"""What a people's campaign needs around its steps: addresses and counters, and that it can be answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments.collect import campaigns, lookup
from sucharit.assessments.collect.layout import FILES, yes
from sucharit.assessments.models import Campaign, CampaignUnit, CollectCode, CollectCounter
from sucharit.core.errors import Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope

PEOPLE = Campaign.Mode.PEOPLE
MOST_ATTEMPTS = 10
COUNTS = ("best", "last", "first")


def register() -> None:
    """Join the shared steps of campaigns."""
    for table, step, hook in (
        (campaigns.GUARDS, "open", can_be_answered),
        (campaigns.AFTER, "open", make_addresses),
        (campaigns.AFTER, "close", shut_and_compute),
    ):
        if hook not in table[PEOPLE, step]:
            table[PEOPLE, step].append(hook)


def can_be_answered(*, actor: Any, campaign: Campaign) -> None:  # noqa: ARG001 (the hook's shape)
    """Refusal when the way of access cannot carry what the instrument asks for."""
    if campaign.access == Campaign.Access.SIGNED_IN:
        return
    items = lookup.questionnaire_of(campaign.framework_id).document["items"]
    files = [i["id"] for i in items if i["type"] in FILES and yes(i.get("required"))]
    if files:
        raise Refusal(
            _(
                "This instrument requires files (%(items)s). Anonymous answers carry none: "
                "choose access with an account, or another instrument."
            )
            % {"items": ", ".join(files)},
            where="access",
        )
    if lookup.attempts_of(campaign) > 1:
        raise Refusal(
            _("Several attempts need access with an account: nobody counts anonymous persons."),
            where="attempts",
        )


def make_addresses(*, actor: Any, campaign: Campaign) -> None:  # noqa: ARG001 (the hook's shape)
    """An address and a counter for every unit that has none."""
    parts = list(campaign.units.filter(collect_code=None).values_list("pk", flat=True))
    CollectCode.objects.bulk_create(CollectCode(campaign_unit_id=pk) for pk in parts)
    CollectCounter.objects.bulk_create(
        (
            CollectCounter(campaign_unit_id=pk)
            for pk in campaign.units.filter(collect_counter=None).values_list("pk", flat=True)
        ),
        ignore_conflicts=True,
    )


def shut_and_compute(*, actor: Any, campaign: Campaign) -> None:
    """No answer comes in any more, the order of answers goes, the results are computed: in this order."""
    from sucharit.assessments.collect import closing, results

    closing.shut(actor=actor, campaign=campaign)
    results.after_close(actor=actor, campaign=campaign)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """How a campaign of mode "people" is answered and counted; the last five are of tests."""

    access: str
    min_report_n: int = 5
    own_code: bool = False
    pairs_with: Campaign | None = None
    attempts: int = 1
    counts: str = "best"
    pass_mark: str = ""  # whole percent, "" = none
    show_score: bool = False

    def faults(self) -> dict[str, str]:
        """What is wrong, by field."""
        wrong = {}
        if self.access not in Campaign.Access.values:
            wrong["access"] = _("Choose how people get in.")
        if self.min_report_n < 5:
            wrong["min_report_n"] = _("At least 5: with fewer, people could be recognised.")
        if not 1 <= self.attempts <= MOST_ATTEMPTS:
            wrong["attempts"] = _("Between 1 and %(n)s.") % {"n": MOST_ATTEMPTS}
        elif self.attempts > 1 and self.access != Campaign.Access.SIGNED_IN:
            wrong["attempts"] = _(
                "Several attempts need access with an account: nobody counts anonymous persons."
            )
        if self.counts not in COUNTS:
            wrong["counts"] = _("Choose which attempt counts.")
        mark = self.pass_mark
        if mark and not (mark.isascii() and mark.isdecimal() and int(mark) <= 100):
            wrong["pass_mark"] = _("A whole number of percent, 0 to 100.")
        return wrong


def set_up(*, actor: Any, campaign: Campaign, plan: SetUp) -> Campaign:
    """Say how a draft of mode "people" is answered and counted. ValidationError by field."""
    with transaction.atomic():
        held = campaigns.locked_campaign(campaign)
        scope.require(actor, campaigns.MANAGE, held.owner)
        if held.state != Campaign.State.DRAFT:
            raise Refusal(_("The campaign is open already: how it is answered stays as it is."))
        if held.mode != PEOPLE:
            raise Refusal(_("Only campaigns answered by people are set up here."))
        if wrong := plan.faults():
            raise ValidationError(wrong)
        if plan.pairs_with is not None:
            _check_pair(actor, held, plan.pairs_with)
        held.access, held.min_report_n = plan.access, plan.min_report_n
        held.pairs_with = plan.pairs_with
        held.settings = {
            **held.settings,
            "own_code": plan.own_code or plan.pairs_with is not None or plan.attempts > 1,
            "attempts": plan.attempts,
            "counts": plan.counts,
            "pass_mark": plan.pass_mark,
            "show_score": plan.show_score,
        }
        held.save(update_fields=["access", "min_report_n", "pairs_with", "settings"])
        campaigns.note(
            actor=actor, campaign=held, action="set_up", access=plan.access, min_report_n=plan.min_report_n,
            attempts=plan.attempts, counts=plan.counts, pass_mark=plan.pass_mark,
            pairs_with=plan.pairs_with.pk if plan.pairs_with else None,
        )  # fmt: skip
    return held


def _check_pair(actor: Any, held: Campaign, first: Campaign) -> None:
    first = Campaign.objects.select_related("owner").get(pk=first.pk)  # as it is now
    scope.require(actor, campaigns.MANAGE, first.owner)
    if first.pk == held.pk or first.mode != PEOPLE:
        raise ValidationError({"pairs_with": _("Choose another campaign answered by people.")})
    if not lookup.asks_code(first):
        raise ValidationError(
            {
                "pairs_with": _(
                    "That campaign did not ask for the persons' own code, so nothing can be paired with it."
                )
            }
        )


def set_expected(
    *, actor: Any, campaign_unit: CampaignUnit, expected: int | None, cap: int | None
) -> None:
    """How many are asked at a unit (for the response rate), and how many answers it takes at most."""
    wrong = {}
    if expected is not None and not 1 <= expected <= 10_000_000:
        wrong["expected"] = _("At least 1.")
    if cap is not None and not 1 <= cap <= 10_000_000:
        wrong["cap"] = _("At least 1.")
    if wrong:
        raise ValidationError(wrong)
    with transaction.atomic():
        held = campaigns.locked_campaign(campaign_unit.campaign)
        scope.require(actor, "assessments.edit", campaign_unit.unit)
        if held.state not in (Campaign.State.DRAFT, Campaign.State.OPEN):
            raise Refusal(_("The campaign is closed: these figures stand as they were."))
        CollectCounter.objects.update_or_create(
            campaign_unit=campaign_unit, defaults={"expected": expected, "cap": cap}
        )
        record(
            actor=actor, action="assessments.collect.expected", target=campaign_unit, unit=campaign_unit.unit,
            fiscal_year=held.fiscal_year, expected=expected, cap=cap,
        )  # fmt: skip
