"""``sucharit load-budget-rules``: bring in ceilings and national targets of spending."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from sucharit.core.actors import System
from sucharit.plans.budget.services.rules import load_rules


class Command(BaseCommand):
    help = (
        "Load the rates of the Ministry of Finance and the national spending targets that come with the program. "
        "May be run at every start; rows of your own stay."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        for table, n in load_rules(actor=System("load-budget-rules")).items():
            self.stdout.write(f"{table}: {n} new or changed")
