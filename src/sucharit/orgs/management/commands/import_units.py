"""``sucharit import-units``: bring a register of units in from CSV, XLSX or JSON."""

from __future__ import annotations

import argparse
import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table as Grid

from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.core.errors import SucharitError
from sucharit.orgs import findings as texts
from sucharit.orgs.reading import read_path
from sucharit.orgs.report import write_report
from sucharit.orgs.services.importing import Options, Preview, apply, prepare
from sucharit.orgs.services.register import load_register

SHOWN = 5  # findings of one kind on the screen; the report has them all

DESCRIPTION = """\
Bring a register of units in from a CSV, XLSX or JSON file, or from a folder of such files.

Without --apply nothing is written: you see what was found and what would change. The tables of
one run are read together (provinces, districts, subdistricts, or one list of all kinds of units);
which table a file holds is told by its columns, in English or Thai, whatever their order.
"""
EPILOG = """\
examples:
  sucharit import-units register/                       look only
  sucharit import-units register/ --report faults.csv   look, and keep every finding in a file
  sucharit import-units register/ --apply --accept-faulty-rows
                                                        take the sound rows in, leave the others out
  sucharit import-units units.xlsx --apply --complete --on 2024-10-01
                                                        a full list: units it lacks ended on that
                                                        day

what happens to what:
  A unit is found again by its code. A new Thai name is a renaming and keeps the former one; another
  spelling of the same name is a correction. A unit that ended is dated, never deleted. The same
  file
  a second time changes nothing. All changes of a run are made, or none of them.

exit code: 0 all well, 1 the file cannot be read or the step is refused, 2 rows with errors (and
nothing written, unless --accept-faulty-rows). Columns and kinds: docs/file-formats-units.md.
"""


class Command(BaseCommand):
    help = DESCRIPTION

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        kwargs |= {"formatter_class": argparse.RawDescriptionHelpFormatter, "epilog": EPILOG}
        return super().create_parser(prog_name, "import-units", **kwargs)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        add = parser.add_argument
        add("path", type=Path, help="a CSV, XLSX or JSON file, or a folder of such files")
        add("--apply", action="store_true", help="make the changes (default: only look)")
        add(
            "--report",
            type=Path,
            metavar="FILE",
            help="write every finding to FILE (.csv or .json)",
        )
        add(
            "--accept-faulty-rows",
            action="store_true",
            help="leave rows with errors out and take the others in",
        )
        add(
            "--complete",
            action="store_true",
            help="the list is complete: units of its kinds that it lacks have ended",
        )
        add(
            "--prefer-file",
            action="store_true",
            help="where English name, website or place differ, take the file's",
        )
        add(
            "--no-subdistricts",
            action="store_true",
            help="check subdistricts, but do not take them in as units",
        )
        add(
            "--bundled",
            action="store_true",
            help="with --apply: first load the register that comes with the system",
        )
        add(
            "--under",
            default=settings.ROOT_UNIT,
            metavar="CODE",
            help="unit above provinces and other tops (%(default)s)",
        )
        add(
            "--on",
            type=dt.date.fromisoformat,
            metavar="DATE",
            help="day changes hold from, 2024-10-01 (default: today)",
        )
        add("--source", default="", help="where the list comes from, kept with every change")
        add(
            "--language",
            choices=["th", "en"],
            default=settings.LANGUAGE_CODE,
            help="of findings (%(default)s)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        out: Any = getattr(self.stdout, "_out")  # noqa: B009 (unknown to its type)
        self.console = Console(file=out, highlight=False)
        if not self.console.is_terminal:
            self.console.width = 140
        with translation.override(options["language"]):
            try:
                self._run(options)
            except SucharitError as error:
                raise CommandError(str(error)) from error

    def _run(self, options: dict[str, Any]) -> None:
        chosen = Options(
            on=options["on"] or clock.today(),
            root=options["under"],
            subdistricts=not options["no_subdistricts"],
            complete=options["complete"],
            prefer_file=options["prefer_file"],
            accept_faulty_rows=options["accept_faulty_rows"],
            source=options["source"] or options["path"].name,
        )
        tables, sums = read_path(options["path"])
        actor = System("import-units")
        if options["apply"] and options["bundled"]:
            load_register(actor=actor)
        preview = prepare(tables, chosen)
        self._show(preview)
        if options["report"]:
            write_report(options["report"], preview.findings)
            self.console.print(_("Findings written to %(file)s.") % {"file": options["report"]})
        refused = preview.errors and not chosen.accept_faulty_rows
        if options["apply"] and not refused:
            with self._progress() as progress:
                preview = apply(
                    actor=actor, tables=tables, options=chosen, sums=sums, progress=_bars(progress)
                )
            self.console.print(_("Done: %(count)s changes made.") % {"count": len(preview.changes)})
        elif not options["apply"]:
            self.console.print(_("Nothing was written; --apply makes the changes."))
        if refused:
            raise CommandError(
                _(
                    "%(count)s rows have errors. Correct them, or add --accept-faulty-rows "
                    "to leave them out."
                )
                % {"count": preview.errors},
                returncode=2,
            )

    def _progress(self) -> Progress:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        return Progress(*columns, console=self.console)

    def _show(self, preview: Preview) -> None:
        self.console.print(_("%(rows)s rows read.") % {"rows": f"{preview.records:,}"})
        changes = Grid()
        changes.add_column(_("Change"))
        changes.add_column(_("Units"), justify="right")
        words = change_words()
        for what, count in sorted(preview.counts().items()):
            changes.add_row(words[what], f"{count:,}")
        if not preview.changes:
            changes.add_row(_("no change"), "0")
        self.console.print(changes)
        if preview.findings:
            self._show_findings(preview)

    def _show_findings(self, preview: Preview) -> None:
        grid = Grid()
        for heading in (
            "",
            _("File"),
            _("Row"),
            _("Column"),
            _("Value"),
            _("What, and what to do"),
        ):
            grid.add_column(heading, overflow="fold")
        shown: Counter[str] = Counter()
        words = severity_words()
        for f in preview.findings:
            shown[f.code] += 1
            if shown[f.code] <= SHOWN:
                text = f"{texts.sentence(f)} → {texts.advice(f)}"
                grid.add_row(words[f.severity], f.file, str(f.row or ""), f.column, f.value, text)
        self.console.print(grid)
        for code, count in shown.items():
            if count > SHOWN:
                self.console.print(
                    _("… and %(count)s more of “%(code)s”") % {"count": count - SHOWN, "code": code}
                )


def change_words() -> dict[str, str]:
    """Words for what is done to a unit."""
    return {
        "create": _("new"),
        "rename": _("renamed"),
        "upgrade": _("changes kind"),
        "fill": _("filled in or corrected"),
        "move": _("moved"),
        "end": _("ended"),
        "identify": _("new code"),
    }


def severity_words() -> dict[str, str]:
    """Words for how grave a finding is."""
    return {"error": _("error"), "warning": _("warning"), "note": _("note")}


def _bars(progress: Progress) -> Any:
    tasks: dict[str, Any] = {}

    def step(phase: str, done: int, of: int) -> None:
        if phase not in tasks:
            tasks[phase] = progress.add_task(
                _("new units") if phase == "create" else _("changes"), total=of
            )
        progress.update(tasks[phase], completed=done)

    return step
