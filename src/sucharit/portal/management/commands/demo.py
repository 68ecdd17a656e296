"""``sucharit demo``: the Ministry of Interior's fiscal year 2567, with synthetic answers."""

from __future__ import annotations

import argparse
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from sucharit.portal.demo import build, people

HELP = """Fill the demo ministry and print its sign-ins.

The tree of units is real (ministry, departments, state enterprises, provinces, districts); people and ITA answers
are synthetic, drawn from one seed, and marked as such on every page. Running it again adds only what is missing.
Refused in production.
"""


class Command(BaseCommand):
    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        return super().create_parser(
            prog_name, subcommand, formatter_class=argparse.RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="fill only an empty database, print the sign-ins in any case",
        )
        parser.add_argument(
            "--local-bodies",
            action="store_true",
            help="also invent the 7,774 municipalities and อบต. (codes SYN-…)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("the demo has public passwords and is refused in production")
        call_command("migrate", verbosity=0, interactive=False)
        console = Console()
        if not options["if_empty"] or build.is_empty():
            console.print("filling the demo ministry (synthetic ITA answers, fiscal year 2567)")
            build.build(console, local_bodies=options["local_bodies"])
        table = Table(title=f"Demo sign-ins · password: {people.PASSWORD}", title_justify="left")
        table.add_column("user name")
        table.add_column("role")
        for sign_in in people.SIGN_INS:
            table.add_row(sign_in.username, sign_in.about)
        console.print(table)
