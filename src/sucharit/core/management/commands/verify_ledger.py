"""``sucharit verify-ledger``: check the chain of this database's ledger and its signed heads."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from sucharit.core.ledger import export
from sucharit.core.ledger.heads import as_document
from sucharit.core.ledger.verify import Verdict, verify_with_heads

if TYPE_CHECKING:
    import argparse

HELP = """Check the ledger: every row gives its hash and continues the row before.
Names the first row that was touched (changed, missing, inserted, reordered) and exits with code 1.
Heads signed in this database are always checked. Give --heads a copy of /ledger/heads.json that
was kept outside: only that shows a tail that was cut off together with its heads, or a chain that
was computed anew. --export writes all rows for the stand-alone verifier
(python -m sucharit.core.ledger.verify FILE)."""


class Command(BaseCommand):
    help = HELP
    # A database that fails a check must still be verifiable.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--export", metavar="F", help="write all rows to F as JSON lines first")
        parser.add_argument("--heads", metavar="F", help="copy of heads.json that was kept outside")
        parser.add_argument("--key", default="", help="public key (hex) heads must be signed by")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["export"]:
            self._export(options["export"])
        for document in self._documents(options["heads"]):
            verdict = verify_with_heads(export.lines(), document, options["key"])
            if verdict.finding:
                break
        self._tell(verdict)

    def _export(self, path: str) -> None:
        try:
            count = export.write_export(path)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error}") from error
        self.stdout.write(f"{count} rows written to {path}")

    def _documents(self, path: str | None) -> list[dict[str, Any] | None]:
        """Heads to check against, the outside copy first; one empty place when there is none."""
        own = as_document(limit=None)
        documents = [own] if own["heads"] else []
        if path:
            try:
                documents.insert(0, json.loads(Path(path).read_text(encoding="utf-8")))
            except (OSError, ValueError) as error:
                raise CommandError(f"{path} cannot be read as heads: {error}") from error
        return [*documents] or [None]

    def _tell(self, verdict: Verdict) -> None:
        self.stdout.write(verdict.line())
        if verdict.finding:
            sys.exit(1)
