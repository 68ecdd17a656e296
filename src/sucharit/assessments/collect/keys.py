"""One-use keys: made, hashed and handed out once, for cards drawn from a shuffled pile."""

from __future__ import annotations

import random
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments.collect import campaigns
from sucharit.assessments.intake import receipts
from sucharit.assessments.models import Campaign, CampaignUnit, CollectKey
from sucharit.assessments.models.rounds import new_code
from sucharit.core.errors import Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope

KEY_LENGTH = 12  # of 31 letters: 59 bits
MOST_AT_ONCE = 2000


def issue_keys(*, actor: Any, campaign_unit: CampaignUnit, n: int) -> list[str]:
    """Make ``n`` one-use keys of a unit's questionnaire and give them in plain, for the only time.

    Stored are their hashes, in the order of the hashes; the list has an order of its own, so that a
    card's place in the pile tells nothing about its row.
    """
    if not 1 <= n <= MOST_AT_ONCE:
        raise Refusal(
            _("Between 1 and %(most)s keys can be made at once.") % {"most": MOST_AT_ONCE},
            where="n",
        )
    plain = [new_code(KEY_LENGTH) for _place in range(n)]
    random.SystemRandom().shuffle(plain)
    hashes = sorted(receipts.key_hash(key) for key in plain)
    with transaction.atomic():
        held = campaigns.locked_campaign(campaign_unit.campaign)
        scope.require(actor, "assessments.edit", campaign_unit.unit)
        if held.access != Campaign.Access.ONE_USE_KEYS:
            raise Refusal(_("This campaign does not use one-use keys."))
        if held.state != Campaign.State.OPEN:
            raise Refusal(_("Keys are made while the campaign is open."))
        CollectKey.objects.bulk_create(
            CollectKey(key_hash=h, campaign_unit=campaign_unit) for h in hashes
        )
        record(
            actor=actor, action="assessments.collect.keys_issued", target=campaign_unit, unit=campaign_unit.unit,
            fiscal_year=held.fiscal_year, n=n,
        )  # fmt: skip
    return plain


def keys_made(campaign_unit: CampaignUnit) -> int:
    """Keys made for a unit; how many were used is nobody's business while it is open."""
    return CollectKey.objects.filter(campaign_unit=campaign_unit).count()
