"""``sucharit messages``: collect page texts for translation and compile the catalogues."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand

from sucharit.core import catalogues


class Command(BaseCommand):
    help = "Collect msgids of code and templates into each app's Thai catalogue; --compile writes the .mo files."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--app",
            help="one app or room only, like orgs or assessments/planner (shell: the shared templates)",
        )
        parser.add_argument("--compile", action="store_true", help="only compile .po to .mo")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["compile"]:
            chosen = (
                ["" if options["app"] == "shell" else options["app"]]
                if options["app"]
                else ["", *catalogues.CATALOGUES]
            )
            for app in chosen:
                added, dropped = catalogues.sync(app)
                left = catalogues.missing(app)
                self.stdout.write(
                    f"{app or 'shell'}: {added} added, {dropped} dropped, {len(left)} without Thai"
                )
        self.stdout.write(f"{catalogues.compile_all()} catalogues compiled")
