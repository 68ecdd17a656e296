"""``sucharit check-budget``: compare the kept sums of budget lines with their transactions, replayed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sucharit.plans.budget.checking import first_difference


class Command(BaseCommand):
    help = (
        "Replay the transactions of every budget line and compare with the sums kept on it. Writes nothing. "
        "Exit code: 0 all agree, 1 the first line that differs is named."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        checked, wrong = first_difference()
        if wrong:
            raise CommandError(wrong)
        self.stdout.write(f"{checked} budget lines agree with their transactions")
