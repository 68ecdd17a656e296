"""``sucharit load-frameworks``: load assessment frameworks from their YAML files."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sucharit.assessments import library
from sucharit.assessments.library import Level
from sucharit.assessments.models import Framework
from sucharit.assessments.services.frameworks import Loaded, load_bundled, load_framework
from sucharit.assessments.services.instruments import load_bundled_instruments, load_instrument
from sucharit.core.actors import System
from sucharit.core.errors import SucharitError

DESCRIPTION = """\
Load assessment frameworks (item lists, scales, weights, levels, rules of a fiscal year) into the
database, and instruments (surveys, checklists, tests, evaluations, self-assessments). Without a
name, everything that comes with the program is loaded. What is there already is left alone: the
command may be run at every start.
"""
EPILOG = """\
examples:
  sucharit load-frameworks                   all that come with the program
  sucharit load-frameworks ita-2567          one of them, its latest version
  sucharit load-frameworks seminar.evaluation  an instrument
  sucharit load-frameworks own/moi-2570.yaml your own file
  sucharit load-frameworks --check FILE …    only check, write nothing (needs no database)

A loaded version never changes: a correction is a new version (v002.yaml). Findings name file, line
and key. The file formats are explained in docs/frameworks.md and docs/instruments.md.

exit code: 0 all well, 1 a file was refused.
"""


class Command(BaseCommand):
    help = DESCRIPTION

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        kwargs |= {"formatter_class": argparse.RawDescriptionHelpFormatter, "epilog": EPILOG}
        return super().create_parser(prog_name, subcommand.replace("_", "-"), **kwargs)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("names", nargs="*", metavar="ID|FILE", help="an id or a YAML file")
        parser.add_argument("--check", action="store_true", help="only check, write nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            if options["check"]:
                self._check(options["names"])
            else:
                self._load(options["names"])
        except (SucharitError, library.LibraryError) as error:
            raise CommandError(str(error)) from error

    def _check(self, names: list[str]) -> None:
        bundled = [str(file.path) for file in library.list_frameworks()]
        bundled += [str(file.path) for file in library.list_instruments()]
        for name in names or bundled:
            instrument = library.is_instrument(name)
            loaded = library.load_instrument(name) if instrument else library.load(name)
            self.stdout.write(f"{loaded.id} version {loaded.version}: sound, {loaded.sha256[:12]}")

    def _load(self, names: list[str]) -> None:
        actor = System("load-frameworks")
        for name in names:
            if library.is_instrument(name):
                self.stdout.write(_told(*load_instrument(actor=actor, path_or_id=name)))
            else:
                self.stdout.write(_said(load_framework(actor=actor, path_or_id=name)))
        if not names:
            for loaded in load_bundled(actor=actor):
                self.stdout.write(_said(loaded))
            for framework, created in load_bundled_instruments(actor=actor):
                self.stdout.write(_told(framework, created))


def _told(framework: Framework, created: bool) -> str:
    text = f"{framework.code} version {framework.version}: "
    text += "loaded" if created else "there already"
    return f"{text} ({framework.change} change)" if created and framework.change else text


def _said(loaded: Loaded) -> str:
    framework = loaded.framework
    text = f"{framework.code} version {framework.version}: "
    text += "loaded" if loaded.created else "there already"
    if loaded.created and loaded.change is not Level.NONE:
        text += f" ({loaded.change.name.lower()} change)"
    return text if framework.complete else f"{text}; its survey questions are not known yet"
