"""``sucharit run``: bring the database up to date and serve."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

HELP = """Bring the database up to date and serve the pages.

Takes the next free port when the port is taken. On SQLite one process writes (the fastest way there);
on PostgreSQL there is one process per core. A worker for background jobs runs beside it.
Ctrl-C stops everything.
"""


def free_port(host: str, wanted: int, tries: int = 20) -> int:
    """The wanted port, or the next one that nobody listens on."""
    for port in range(wanted, wanted + tries):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise CommandError(
        f"ports {wanted} to {wanted + tries - 1} are all taken; give another with --port"
    )


class Command(BaseCommand):
    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        return super().create_parser(
            prog_name, subcommand, formatter_class=argparse.RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)"
        )
        parser.add_argument(
            "--port", type=int, default=8000, help="port (default 8000, or the next free one)"
        )
        parser.add_argument(
            "--demo",
            action="store_true",
            help="fill the demo ministry first when the database is empty",
        )
        parser.add_argument(
            "--workers",
            type=int,
            help="server processes (default: 1 on SQLite, cores on PostgreSQL)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._ready_folder()
        call_command("migrate", verbosity=0, interactive=False)
        if options["demo"]:
            call_command("demo", if_empty=True)
        port = free_port(options["host"], options["port"])
        if port != options["port"]:
            self.stdout.write(f"port {options['port']} is taken, using {port}")
        shown = "localhost" if options["host"] in {"127.0.0.1", "0.0.0.0"} else options["host"]  # noqa: S104 (compared, not bound)
        self.stdout.write(
            self.style.SUCCESS(f"Sucharit is at http://{shown}:{port}/   (Ctrl-C stops it)")
        )
        self.stdout.flush()
        self._serve(options["host"], port, options["workers"])

    def _ready_folder(self) -> None:
        folder = Path(settings.DATA_DIR)
        try:
            (folder / "static").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(
                f"can't write to {folder}: choose another with SUCHARIT_DATA"
            ) from error
        if not os.access(folder, os.W_OK):
            raise CommandError(f"{folder} is read-only: choose another with SUCHARIT_DATA")

    def _serve(self, host: str, port: int, workers: int | None) -> None:
        sqlite = connection.vendor == "sqlite"
        connection.close()
        count = workers or (1 if sqlite else os.cpu_count() or 2)
        threads = "1" if sqlite else "2"  # four measured the same: docs/benchmarks.md
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "sucharit.settings"}
        environment.setdefault("SUCHARIT_URL", f"http://{host}:{port}")
        server = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            host,
            "--port",
            str(port),
            "--workers",
            str(count),
            "--blocking-threads",
            threads,
            "--no-ws",
            "--log-level",
            "warning",
            "sucharit.wsgi:application",
        ]
        jobs = [sys.executable, "-m", "sucharit", "worker", "-v", "0"]
        children = [
            subprocess.Popen(server, env=environment),
            subprocess.Popen(jobs, env=environment),
        ]
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            code = children[0].wait()
        except (KeyboardInterrupt, SystemExit):
            code = 0
        finally:
            for child in children:
                child.terminate()
            for child in children:
                child.wait(timeout=10)
        if code:
            raise CommandError(f"the server ended with code {code}")
