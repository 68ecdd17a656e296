"""``sucharit notify``: the day's digests and reminders, and what is due in the outbox."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.desk.notices import delivery, digests


class Command(BaseCommand):
    help = (
        "Tell people of what is due tomorrow, make one digest for each person and day, and send the messages "
        "whose time has come. Let a timer call it every morning after 07:00; running it again on the same "
        "day makes nothing twice. With --deliver it only sends: let a timer call that every minute where no "
        "worker runs. Nothing is sent between 20:00 and 07:00. See docs/notices.md."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--deliver", action="store_true", help="only send what is due in the outbox"
        )
        parser.add_argument(
            "--at-most",
            type=int,
            default=delivery.AT_MOST,
            help=f"end after this many messages (default {delivery.AT_MOST})",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        actor = System("notices")
        if not options["deliver"]:
            told = digests.remind(actor=actor, today=clock.today())
            made = digests.make_digests(actor=actor, today=clock.today())
            digests.tidy(clock.now())
            self.stdout.write(f"{told} reminded, {made} digests made")
        done = delivery.deliver(actor=actor, now=clock.now(), at_most=options["at_most"])
        self.stdout.write(
            f"{done.sent} sent, {done.later} to be tried again, {done.failed} failed, "
            f"{done.suppressed} not sent on purpose, {done.expired} too late"
        )
