"""``sucharit import-results``: bring published results in from a file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sucharit.assessments.services.published import (
    Imported,
    load_bundled,
    load_published,
    preview_published,
)
from sucharit.core.actors import System
from sucharit.core.errors import SucharitError

DESCRIPTION = """\
Bring published results in: figures that an authority has announced, at any level of an assessment
(total, instrument, indicator, …). Without --apply nothing is written: you see what would change.

A CSV or XLSX file has one row per figure, with the columns unit, year, node, value, source, and
if you like level and verified (Thai headings are understood as well):

  unit,year,node,value,source
  th-38,2568,total,98.10,"NACC, announcement of 15 Aug 2568"
  th-38,2568,IIT,97.25,"NACC, announcement of 15 Aug 2568"
  nation,2568,total,93.82,"NACC, announcement of 15 Aug 2568"
"""
EPILOG = """\
examples:
  sucharit import-results results.xlsx             look only
  sucharit import-results results.xlsx --apply     write
  sucharit import-results --bundled --apply        the figures that come with the program

The same file again changes nothing; a new revision under the same name replaces the figures of the
one before it, which are kept as history. When a row is wrong (unknown unit, node or level, a value
outside 0–100, a figure twice) nothing is written, and every wrong cell is named.

exit code: 0 all well, 1 the file was refused.
"""


class Command(BaseCommand):
    help = DESCRIPTION

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        kwargs |= {"formatter_class": argparse.RawDescriptionHelpFormatter, "epilog": EPILOG}
        return super().create_parser(prog_name, subcommand.replace("_", "-"), **kwargs)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        add = parser.add_argument
        add("path", nargs="?", type=Path, help="a .yaml, .csv or .xlsx file")
        add(
            "--name", default="", help="identity of the file over its revisions (default: its name)"
        )
        add("--apply", action="store_true", help="write (default: only look)")
        add("--bundled", action="store_true", help="the figures that come with the program")

    def handle(self, *_args: Any, **options: Any) -> None:
        if bool(options["path"]) == bool(options["bundled"]):
            raise CommandError("Give a file, or --bundled.")
        try:
            for done in self._import(options):
                self._say(done, applied=options["apply"])
        except SucharitError as error:
            raise CommandError(str(error)) from error

    def _import(self, options: dict[str, Any]) -> list[Imported]:
        actor = System("import-results")
        if options["bundled"]:
            if options["apply"]:
                return load_bundled(actor=actor)
            from sucharit.assessments import library

            return [preview_published(actor=actor, path=f.path) for f in library.published()]
        step = load_published if options["apply"] else preview_published
        return [step(actor=actor, path=options["path"], name=options["name"])]

    def _say(self, done: Imported, *, applied: bool) -> None:
        self.stdout.write(
            f"{done.file}: {done.added} new, {done.changed} changed, {done.unchanged} as before, "
            f"{done.removed} no longer there"
        )
        if done.skipped:
            self.stdout.write(f"  units not known here, left out: {', '.join(done.skipped)}")
        if done.alters and not applied:
            self.stdout.write("  nothing was written; add --apply to write")
