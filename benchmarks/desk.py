"""How fast "my work" answers, one JSON line a figure beside its bar.

    python benchmarks/desk.py [--items 50000] [--open 10000] [--requests 120]

Action items over 76 provinces and 878 districts, of which some are open; a centre whose scope they all are,
and an officer who owns every open one. Asked through Django's test client on a scratch SQLite database in
a temporary folder. Bar: issue 4, p95 ≤ 150 ms with 10,000 open items for a scope of 50,000.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # for tests.make

BAR_MS = 150
PROVINCES, DISTRICTS = 76, 878


def build(items: int, live: int) -> tuple[Any, Any]:
    """The tree and the items; gives the officer and the centre."""
    from tests import make

    from sucharit.core import clock
    from sucharit.desk.models import ActionItem
    from sucharit.orgs.models import Unit

    moi = make.unit("moi", kind="ministry")
    rows: list[Unit] = []

    def add(parent: str, depth: int, number: int, kind: str) -> str:
        path = parent + Unit._int2str(number + 1).rjust(Unit.steplen, "0")  # noqa: SLF001 (treebeard's own numbering)
        code = f"u{len(rows)}"
        rows.append(Unit(path=path, depth=depth, code=code, kind=kind, name_th=code, sort_key=code))
        return path

    provinces = [add(moi.path, 2, n, "province") for n in range(PROVINCES)]
    for n in range(DISTRICTS):
        add(provinces[n % PROVINCES], 3, n // PROVINCES, "district")
    Unit.objects.bulk_create(rows, batch_size=500)
    units = list(Unit.objects.exclude(pk=moi.pk).order_by("path"))
    officer = make.user("unit_officer", units[0])
    centre = make.user("ministry_centre", moi)
    now, today = clock.now(), clock.today()
    ActionItem.objects.bulk_create(
        (
            ActionItem(
                unit=units[n % len(units)], origin_unit=moi, fiscal_year=2567,
                title=f"แก้ไขข้อ O{n % 43 + 1} ให้ครบถ้วน ลำดับที่ {n}", source_kind="bench", source_id=str(n),
                owner=officer if n < live else None,
                due_on=None if n % 10 == 0 else today + dt.timedelta(days=n % 400 - 100),
                state="open" if n < live else "accepted", closed_at=None if n < live else now,
                updated_at=now,
            )
            for n in range(items)
        ),
        batch_size=1000,
    )  # fmt: skip
    return officer, centre


def measured(call: Callable[[], Any], times: int) -> tuple[float, float, float]:
    """p50, p95 and median processor time in milliseconds after two warm-up calls."""
    call(), call()
    took, worked = [], []
    for _ in range(times):
        begun, busy = time.perf_counter(), time.process_time()
        call()
        took.append((time.perf_counter() - begun) * 1000)
        worked.append((time.process_time() - busy) * 1000)
    cuts = statistics.quantiles(took, n=20, method="inclusive")
    return statistics.median(took), cuts[18], statistics.median(worked)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, default=50_000)
    parser.add_argument("--open", type=int, default=10_000)
    parser.add_argument("--requests", type=int, default=120)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "SUCHARIT_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "sucharit.settings",
            "DEBUG": "0",
            "ALLOWED_HOSTS": "*",
        }
        import django

        django.setup()
        from django.core.cache import cache
        from django.core.management import call_command
        from django.db import connection
        from django.test import Client

        call_command("migrate", verbosity=0)
        officer, centre = build(options.items, options.open)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

        def page(client: Client, address: str) -> None:
            answer = client.get(address)
            assert answer.status_code == 200, answer.status_code

        def counted(client: Client) -> None:
            cache.clear()
            page(client, "/desk/count/")

        for name, user, address in (
            ("desk: mine", officer, "/desk/"),
            ("desk: mine, page 100", officer, "/desk/?page=100"),
            ("desk: mine, overdue, search", officer, "/desk/?group=overdue&q=O12"),
            ("desk: all of my units", centre, "/desk/?scope=units"),
            ("desk: count, not cached", officer, ""),
        ):
            client = Client()
            client.force_login(user)
            call = (
                (lambda c=client, a=address: page(c, a))
                if address
                else (lambda c=client: counted(c))
            )
            p50, p95, cpu = measured(call, options.requests)
            line = {
                "figure": name, "items": options.items, "open": options.open,
                "requests": options.requests, "p50_ms": round(p50, 1), "p95_ms": round(p95, 1), "cpu_p50_ms": round(cpu, 1),
                "bar_p95_ms": BAR_MS, "ok": p95 <= BAR_MS, "database": connection.vendor,
            }  # fmt: skip
            print(json.dumps(line, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
