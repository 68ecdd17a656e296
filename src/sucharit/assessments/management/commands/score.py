"""`sucharit score`: score files of answers and marks; needs no database."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from sucharit.assessments.scorefile import ScoreFileError, run
from sucharit.assessments.scorefile.cli import SUMMARY, request_of
from sucharit.assessments.scorefile.help import Formatter, add_arguments

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Thin: options in, `scorefile.run`, exit code 2 with one message when something is wrong."""

    help = SUMMARY
    requires_system_checks = []
    suppressed_base_arguments = {
        "--version",
        "--verbosity",
        "--settings",
        "--pythonpath",
        "--traceback",
        "--no-color",
        "--force-color",
    }

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Our own help page: examples keep their lines."""
        kwargs["formatter_class"] = Formatter
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        """Describe the options."""
        add_arguments(parser)

    def handle(self, **options: Any) -> None:
        """Run the request."""
        try:
            run(request_of(options), sys.stdout, sys.stderr)
        except ScoreFileError as error:
            raise CommandError(str(error), returncode=2) from error
