"""``sucharit load-calendar``: fill the table of days off and the clocks of law."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sucharit.core.actors import System
from sucharit.core.errors import SucharitError
from sucharit.desk.deadlines import services

FIRST, LAST = 2560, 2575
DESCRIPTION = """\
Fill the civil service's days off for fiscal years (BE), and the clocks of law and practice. Days come
from the package "holidays" and our corrections; what a person entered or changed is never touched. The
command may be run at every start.
"""
EPILOG = """\
examples:
  sucharit load-calendar             fiscal years 2560 to 2575 and all clocks
  sucharit load-calendar 2568 2570   only these years (and the clocks)

exit code: 0 all well, 1 a row was refused.
"""


class Command(BaseCommand):
    help = DESCRIPTION

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        kwargs |= {"formatter_class": argparse.RawDescriptionHelpFormatter, "epilog": EPILOG}
        return super().create_parser(prog_name, subcommand.replace("_", "-"), **kwargs)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("first", nargs="?", type=int, default=FIRST, help="first fiscal year")
        parser.add_argument("last", nargs="?", type=int, default=LAST, help="last fiscal year")

    def handle(self, *_args: Any, **options: Any) -> None:
        actor = System("load-calendar")
        try:
            filled = services.load_calendar(
                actor=actor, first_year=options["first"], last_year=options["last"]
            )
            clocks = services.load_clocks(actor=actor)
        except SucharitError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"days off: {filled.added} added, {filled.renewed} renewed, {filled.kept} kept, "
            f"{filled.gone} taken out, {filled.no_unit} of provinces that are not in the register"
        )
        self.stdout.write(
            f"clocks: {clocks.added} added, {clocks.reworded} reworded, {clocks.kept} kept"
        )
