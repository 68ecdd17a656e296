"""Events of assessments that programs outside are told of (docs/webhooks.md): codes and counts only."""

from __future__ import annotations

from collections import Counter

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sucharit.assessments.models import Campaign, Round, ScoreRun
from sucharit.core.webhooks import emit
from sucharit.core.webhooks.events import Event, declare

ROUND = "round.announced"
CAMPAIGN = "campaign.final"


def register() -> None:
    """Declare both events."""
    declare(
        Event(
            ROUND,
            _("A round's result was announced"),
            {
                "round": int,
                "run": int,
                "unit": str,
                "fiscal_year": int,
                "framework": str,
                "framework_version": int,
                "units": int,
                "passed": int,
                "not_passed": int,
                "not_known": int,
                "synthetic": bool,
                "url": str,
            },
            public=True,
        )
    )
    declare(
        Event(
            CAMPAIGN,
            _("A campaign's result became final"),
            {
                "campaign": int,
                "unit": str,
                "fiscal_year": int,
                "instrument": str,
                "instrument_version": int,
                "mode": str,
                "units": int,
                "synthetic": bool,
            },
        )
    )


def round_announced(held: Round, run: ScoreRun) -> None:
    """A round's stored run is public. Counts units; "not known" also where it may not be shown."""
    assert run.framework is not None  # of a computed run
    counts = Counter(run.results.values_list("passed", flat=True))
    emit(
        ROUND,
        {
            "round": held.pk,
            "run": run.pk,
            "unit": held.owner.code,
            "fiscal_year": run.fiscal_year,
            "framework": run.framework.code,
            "framework_version": run.framework.version,
            "units": counts.total(),
            "passed": counts[True],
            "not_passed": counts[False],
            "not_known": counts[None],
            "synthetic": run.synthetic,
            "url": settings.SITE_URL + reverse("assessments:results", args=[run.fiscal_year]),
        },
    )


def campaign_final(held: Campaign) -> None:
    """Nothing of a campaign changes any more."""
    emit(
        CAMPAIGN,
        {
            "campaign": held.pk,
            "unit": held.owner.code,
            "fiscal_year": held.fiscal_year,
            "instrument": held.framework.code,
            "instrument_version": held.framework.version,
            "mode": held.mode,
            "units": held.units.count(),
            "synthetic": held.synthetic,
        },
    )
