"""``sucharit rebuild-search``: fill the search documents anew from every app."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from sucharit.core.search import rebuild


class Command(BaseCommand):
    help = (
        "Fill the search documents anew from what every app hands in. Search works meanwhile; "
        "things that are gone disappear at the end. Safe to run at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild()} documents can be found")
