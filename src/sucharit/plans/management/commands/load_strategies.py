"""``sucharit load-strategies``: the national strategy's master plan, issue 21, into the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sucharit.core.actors import System
from sucharit.core.errors import Refusal
from sucharit.plans.strategy.loading import load_strategies


class Command(BaseCommand):
    help = (
        "load the master plan with its goals, indicators and targets; what is there already stays"
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            done = load_strategies(actor=System("load-strategies"))
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"new: {done.strategies} strategies, {done.goals} goals, {done.indicators} indicators, "
            f"{done.targets} targets, {done.figures} reference figures"
        )
