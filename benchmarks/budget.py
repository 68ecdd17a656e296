"""How fast money is entered and added up over a million movements, one JSON line a figure.

    python benchmarks/budget.py [--transactions 1000000] [--seconds 5] [--times 20]

608 projects with four lines each in one fiscal year; the movements are written in bulk, with the sums beside them.
Uses DATABASE_URL when set, else SQLite in a temporary folder. Then: payments through ``services.disburse`` (lock,
right, engine, ledger and commit each), and the sums a page asks for.
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

PROVINCES, PROJECTS, LINES, YEAR, BATCH = 76, 608, 4, 2567, 2_000
PAID = 5_000  # satang of a payment
BUILD_S = 90


def say(figure: str, value: float, unit: str, **more: object) -> None:
    """One JSON line."""
    line = {"benchmark": "budget", "figure": figure, "value": value, "unit": unit, **more}
    print(json.dumps(line | {"load": round(os.getloadavg()[0], 2)}), flush=True)


def build(transactions: int) -> tuple[Any, list[Any]]:
    """Units, projects, lines and movements; gives the ministry and the lines."""
    from sucharit.orgs.models import Unit
    from sucharit.plans.models import BudgetLine, Plan, Project

    below = [
        {"data": {"code": f"p{n}", "kind": "province", "name_th": f"จังหวัด {n}"}}
        for n in range(PROVINCES)
    ]
    top = {"data": {"code": "moi", "kind": "ministry", "name_th": "กระทรวง"}, "children": below}
    Unit.objects.load_bulk([top])
    provinces = list(Unit.objects.filter(kind="province").order_by("path"))
    plans = Plan.objects.bulk_create(
        Plan(owner=u, fiscal_year=YEAR, kind="annual", code="a", title_th="แผน") for u in provinces
    )
    projects = Project.objects.bulk_create(
        Project(
            plan=plans[n % PROVINCES], fiscal_year=YEAR, seq=n // PROVINCES + 1,
            owner=provinces[n % PROVINCES], title_th=f"โครงการ {n}",
        )
        for n in range(PROJECTS)
    )  # fmt: skip
    each = max(2, transactions // (PROJECTS * LINES))
    lines = BudgetLine.objects.bulk_create(
        (
            BudgetLine(
                project=p, unit_id=p.owner_id, fiscal_year=YEAR, origin_fiscal_year=YEAR,
                source="regular", category="operating", item=f"รายการ {n}",
                allocated_satang=each * 2 * PAID, disbursed_satang=(each - 1) * PAID,
                transactions_count=each,
            )
            for p in projects for n in range(LINES)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    fill(each)
    return Unit.objects.get(code="moi"), lines


def fill(each: int) -> None:
    """An allocation and payments over the year for every line, made by the database from a row of numbers."""
    from django.db import connection

    now = dt.datetime.now(dt.UTC)
    day = (
        "DATE '2023-10-02' + (n * 7 % 360)::int"
        if connection.vendor == "postgresql"
        else "DATE('2023-10-02', '+' || (n * 7 % 360) || ' days')"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %s)
            INSERT INTO plans_budgettransaction (line_id, number, kind, amount_satang, "on", document_no, note, override,
                override_reason, allocated_after, available_after, at)
            SELECT l.id, n, CASE n WHEN 1 THEN 'allocation' ELSE 'disbursement' END,
                CASE n WHEN 1 THEN l.allocated_satang ELSE {PAID} END, {day}, '', '', %s, '', l.allocated_satang,
                l.allocated_satang - (n - 1) * {PAID}, %s
            FROM plans_budgetline l CROSS JOIN numbers ORDER BY l.id, n
            """,
            [each, False, now],
        )
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")


def pay(moi: Any, lines: list[Any], seconds: float) -> None:
    """Payments one after the other, over all lines."""
    from tests import make

    from sucharit.core.actors import System
    from sucharit.plans.budget import services

    officer = make.user("ministry_centre", moi)
    for name, actor in (("the platform", System("bench")), ("an officer", officer)):
        took: list[float] = []
        started = time.perf_counter()
        while time.perf_counter() - started < seconds:
            began = time.perf_counter()
            services.disburse(actor=actor, line=lines[len(took) * 7 % len(lines)], amount=1)
            took.append(time.perf_counter() - began)
        p95 = round(statistics.quantiles(took, n=20)[-1] * 1000, 1)
        rate = round(len(took) / sum(took))
        say(f"payments through services.disburse, {name}", rate, "1/s", p95_ms=p95, paid=len(took))


def measure(name: str, ask: Callable[[], Any], times: int) -> None:
    """p50 and p95 of a sum."""
    ask()
    took = []
    for _ in range(times):
        started = time.perf_counter()
        ask()
        took.append((time.perf_counter() - started) * 1000)
    p95 = round(statistics.quantiles(took, n=20)[-1], 1)
    say(name, round(statistics.median(took), 1), "ms", p95_ms=p95, asked=times)


def run(asked: argparse.Namespace) -> None:
    """Build and measure."""
    from django.core.management import call_command
    from django.db import connection

    from sucharit.plans.budget import flows, queries
    from sucharit.plans.models import BudgetTransaction, Project

    call_command("migrate", verbosity=0, skip_checks=True)
    started = time.perf_counter()
    moi, lines = build(asked.transactions)
    took, rows = time.perf_counter() - started, BudgetTransaction.objects.count()
    more = {"database": connection.vendor, "transactions": rows, "lines": len(lines)}
    say("built", round(took, 1), "s", bar=f"<= {BUILD_S}", ok=took <= BUILD_S, **more)
    pay(moi, lines, asked.seconds)
    keys = list(Project.objects.order_by("pk").values_list("pk", flat=True))
    province, at = lines[0].unit, dt.date(2024, 3, 31)
    measure("totals_by_project, 608 projects", lambda: queries.totals_by_project(keys), asked.times)
    measure("totals of the ministry", lambda: queries.totals(moi, YEAR), asked.times)
    few = max(3, asked.times // 5)
    measure("by_month of a province", lambda: flows.by_month(province, YEAR), asked.times)
    measure("by_month of the ministry", lambda: flows.by_month(moi, YEAR), few)
    measure("as_of a past day, the ministry", lambda: flows.as_of(moi, YEAR, at), few)


def main() -> None:
    """Read the options, find the database."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--transactions", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--times", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SUCHARIT_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sucharit.settings")
        import django

        django.setup()
        run(asked)


if __name__ == "__main__":
    main()
