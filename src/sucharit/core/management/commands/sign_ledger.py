"""``sucharit sign-ledger``: sign the ledger's head and print it, to be kept outside."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand

from sucharit.core.ledger.heads import as_document, sign_head


class Command(BaseCommand):
    help = (
        "Sign the last row of the ledger (once) and print the newest signed head with its public "
        "key as JSON. Keep the print-out outside this machine; run it daily. The same heads stand "
        "at /ledger/heads.json."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if sign_head() is None:
            self.stdout.write("the ledger is empty: nothing to sign")
            return
        self.stdout.write(json.dumps(as_document(limit=1), ensure_ascii=False, indent=1))
