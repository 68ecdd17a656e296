"""``sucharit deliver-webhooks``: send what is due in the outbox of webhooks."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from sucharit.core.webhooks.delivery import AT_MOST, deliver_due


class Command(BaseCommand):
    help = (
        "Send the webhook messages whose time has come, oldest first, and end. The worker does the same "
        "after each event and for each repeated try; where no worker runs, let a timer call this every "
        "minute. Running it twice at once sends nothing twice. See docs/webhooks.md."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--at-most",
            type=int,
            default=AT_MOST,
            help=f"end after this many tries (default {AT_MOST})",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        done = deliver_due(at_most=options["at_most"])
        self.stdout.write(f"{done.delivered} messages delivered, {done.failed} tries failed")
