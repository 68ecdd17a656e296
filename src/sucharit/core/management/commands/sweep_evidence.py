"""``sucharit sweep-evidence``: remove stored files that never got their row."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.core.evidence.queries import orphans
from sucharit.core.evidence.receiving import storage
from sucharit.core.ledger import record

if TYPE_CHECKING:
    import argparse


class Command(BaseCommand):
    help = (
        "Remove evidence files that no document points at: left behind when the machine stopped "
        "between storing a file and writing its row. Nobody was told that such a file had been "
        "taken, so nothing acknowledged is lost. Younger files are left alone, because their row "
        "may still come."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--hours",
            type=int,
            default=24,
            help="leave files younger than this alone (default 24, least 1)",
        )
        parser.add_argument("--dry-run", action="store_true", help="only count, remove nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["hours"] < 1:
            raise CommandError(
                "--hours must be at least 1: a younger file may be waiting for its row"
            )
        place = storage()
        try:
            found = list(orphans(place, before=clock.now() - dt.timedelta(hours=options["hours"])))
        except FileNotFoundError:
            found = []  # no evidence was ever stored
        if found and not options["dry_run"]:
            for name in found:
                place.delete(name)
            record(
                actor=System("sweep"),
                action="core.evidence.swept",
                target="storage:evidence",
                files=len(found),
            )
        verb = "would be removed" if options["dry_run"] else "removed"
        self.stdout.write(f"{len(found)} files without a document {verb}")
