"""``sucharit count-measures``: the figures the platform counts itself, as they stand today."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from sucharit.core import clock, fiscal
from sucharit.core.actors import System
from sucharit.orgs.models import Unit
from sucharit.plans.indicators.services import pull_measures
from sucharit.plans.models import Target


class Command(BaseCommand):
    help = (
        "Count every indicator that names a measure (closing rate of action items, disbursement …) for each unit with a "
        "target in this fiscal year. What has not changed is not written again, so a timer may call it every night. "
        "See docs/indicators.md."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        today = clock.today()
        year = fiscal.fiscal_year_be(today)
        targets = Target.objects.filter(fiscal_year=year, superseded=False).exclude(
            indicator__measured_by=""
        )
        made = sum(
            len(pull_measures(actor=System("count"), unit=unit, fiscal_year=year, until=today))
            for unit in Unit.objects.filter(pk__in=targets.values("unit")).order_by("path")
        )
        self.stdout.write(f"{made} figures counted anew for {year}")
