"""``sucharit worker``: work off background jobs."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Work off background jobs from the database until stopped (Ctrl-C finishes the job at hand)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="end when no job is waiting")
        parser.add_argument(
            "--interval", type=float, default=2.0, help="seconds between looks (default 2)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command(
            "db_worker",
            batch=options["once"],
            interval=options["interval"],
            reload=False,
            verbosity=options["verbosity"],
        )
