"""How fast the pages of provinces answer, one JSON line a figure beside its bar.

    python benchmarks/areas.py [--asked 60] [--transactions 1000000]

A ministry with 76 provinces and 878 districts; 8 projects of 12 activities a province and year over 5 years, four
budget lines a project with their sums beside, and a million transactions behind them; 10 indicators a province.
On SQLite in a temporary folder, through Django's test client as an officer sees it. Bar: issue 4 (province page
p95 ≤ 300 ms).
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
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # for tests.make

PROVINCES, DISTRICTS, PROJECTS, ACTIVITIES, YEARS, LINES, INDICATORS = 76, 878, 8, 12, 5, 4, 10
LAST, E4, BATCH, BAR_MS = 2567, 10_000, 2_000, 300
GROUPS = ("youth", "public_personnel", "private", "people")


def units() -> tuple[Any, list[Any], dict[int, list[Any]], list[Any]]:
    """The ministry, its provinces, the districts of each, and seven departments."""
    from tests import make

    from sucharit.orgs.models import Unit

    moi = make.unit("moi", kind="ministry")
    rows: list[Unit] = []

    def add(parent: str, depth: int, number: int, kind: str, code: str) -> None:
        path = parent + Unit._int2str(number + 1).rjust(Unit.steplen, "0")  # noqa: SLF001 (treebeard's own numbering)
        rows.append(Unit(path=path, depth=depth, code=code, kind=kind, name_th=code, sort_key=code))

    for n in range(PROVINCES):
        add(moi.path, 2, n, "province", f"th-p{n}")
    for n in range(PROJECTS - 1):
        add(moi.path, 2, PROVINCES + n, "department", f"dep-{n}")
    for n in range(DISTRICTS):
        add(rows[n % PROVINCES].path, 3, n // PROVINCES, "district", f"th-d{n}")
    Unit.objects.bulk_create(rows, batch_size=500)
    made = list(Unit.objects.order_by("path"))
    provinces = [u for u in made if u.kind == "province"]
    below: dict[int, list[Any]] = {p.pk: [] for p in provinces}
    by_path = {p.path: p.pk for p in provinces}
    for u in made:
        if u.kind == "district":
            below[by_path[u.path[:-4]]].append(u)
    return moi, provinces, below, [u for u in made if u.kind == "department"]


def build(transactions: int) -> tuple[Any, list[Any]]:
    """Everything; gives the ministry and its provinces."""
    from sucharit.plans import models as m

    moi, provinces, below, departments = units()
    plans, projects, areas = [], [], []
    years = range(LAST - YEARS + 1, LAST + 1)
    owners = {u.pk: u for u in [*provinces, *departments]}
    for year in years:
        plans += [
            m.Plan(owner=u, fiscal_year=year, kind="annual", code="a", title_th=f"แผน {u.code}")
            for u in owners.values()
        ]
    m.Plan.objects.bulk_create(plans, batch_size=BATCH)
    plan_of = {(p.owner_id, p.fiscal_year): p for p in plans}
    seqs: dict[int, int] = {}
    for year in years:
        for province in provinces:
            for n in range(PROJECTS):
                owner = province if n == 0 else departments[n - 1]
                plan = plan_of[owner.pk, year]
                seqs[plan.pk] = seqs.get(plan.pk, 0) + 1
                one = m.Project(
                    plan=plan, fiscal_year=year, seq=seqs[plan.pk], owner=owner,
                    title_th=f"โครงการป้องกันการทุจริต {n} ของ {province.code}",
                )  # fmt: skip
                projects.append(one)
                places = [province] if n < 2 else below[province.pk][n : n + 3]
                areas += [(one, u, year) for u in places]
    m.Project.objects.bulk_create(projects, batch_size=BATCH)
    m.ProjectArea.objects.bulk_create(
        (m.ProjectArea(project=p, unit=u, fiscal_year=y, path=u.path) for p, u, y in areas), batch_size=BATCH
    )  # fmt: skip
    m.Activity.objects.bulk_create(activities(m, projects), batch_size=BATCH)
    money(m, projects, transactions)
    indicators(m, moi, provinces, years)
    return moi, provinces


def activities(m: Any, projects: list[Any]) -> Iterator[Any]:
    """Twelve a project; a third has not reported."""
    for at, project in enumerate(projects):
        start = dt.date(project.fiscal_year - 544, 10, 1)
        for n in range(ACTIVITIES):
            first = start + dt.timedelta(days=30 * ((at + n) % 10))
            yield m.Activity(
                project=project, seq=n + 1, title_th=f"กิจกรรมที่ {n + 1}", owner_id=project.owner_id,
                target_group=GROUPS[(at + n) % 4], starts_on=first, ends_on=first + dt.timedelta(days=45),
                progress_e2=None if n % 3 == 2 else 1000 * (n % 10), weight=1 + n % 3,
            )  # fmt: skip


def money(m: Any, projects: list[Any], transactions: int) -> None:
    """Lines with their sums, and what they came from."""
    from django.utils import timezone

    each = max(1, transactions // (len(projects) * LINES))
    lines = [
        m.BudgetLine(
            project=p, unit_id=p.owner_id, fiscal_year=p.fiscal_year, origin_fiscal_year=p.fiscal_year,
            source="regular", category="operating", item=f"รายการ {n}", allocated_satang=each * 10_000,
            disbursed_satang=(each - 1) * 5_000, transactions_count=each,
        )
        for p in projects for n in range(LINES)
    ]  # fmt: skip
    m.BudgetLine.objects.bulk_create(lines, batch_size=BATCH)
    now, day = timezone.now(), dt.date(2024, 1, 31)
    for at in range(0, len(lines), 200):
        m.BudgetTransaction.objects.bulk_create(
            (
                m.BudgetTransaction(
                    line=line, number=k + 1, kind="allocation" if k == 0 else "disbursement",
                    amount_satang=each * 10_000 if k == 0 else 5_000, on=day, allocated_after=each * 10_000,
                    available_after=each * 10_000 - k * 5_000, at=now,
                )
                for line in lines[at : at + 200] for k in range(each)
            ),
            batch_size=BATCH,
        )  # fmt: skip


def indicators(m: Any, moi: Any, provinces: list[Any], years: range) -> None:
    """Ten indicators with targets and four verified quarters in every province."""
    from django.utils import timezone

    now = timezone.now()
    sheets = m.Indicator.objects.bulk_create(
        m.Indicator(
            code=f"i{n}", owner_unit=moi, name_th=f"ตัวชี้วัดที่ {n}", measure="count", direction="increase",
            over_time="sum", public=True,
        )
        for n in range(INDICATORS)
    )  # fmt: skip
    cells = [(i, p, y) for i in sheets for p in provinces for y in years]
    m.Target.objects.bulk_create(
        (m.Target(indicator=i, unit=p, fiscal_year=y, value_e4=100 * E4) for i, p, y in cells),
        batch_size=BATCH,
    )
    m.Actual.objects.bulk_create(
        (
            m.Actual(
                indicator=i, unit=p, fiscal_year=y, period="quarter", seq=q, status="verified", official=True,
                value_e4=(10 + (i.pk * p.pk * q) % 30) * E4, entered_at=now, verified_at=now,
            )
            for i, p, y in cells for q in (1, 2, 3, 4)
        ),
        batch_size=BATCH,
    )  # fmt: skip


def measure(name: str, ask: Callable[[int], Any], times: int, bar: int | None) -> None:
    """Ask and print p50 and p95 as one JSON line."""
    ask(0)
    took = []
    for n in range(times):
        started = time.perf_counter()
        got = ask(n)
        took.append((time.perf_counter() - started) * 1000)
        assert got.status_code == 200, got.status_code
    p95 = statistics.quantiles(took, n=20)[-1]
    line: dict[str, Any] = {
        "benchmark": "areas", "figure": name, "asked": times, "p50_ms": round(statistics.median(took), 1),
        "p95_ms": round(p95, 1), "kilobytes": len(got.content) // 1024, "load": round(os.getloadavg()[0], 1),
    }  # fmt: skip
    if bar is not None:
        line |= {"bar_ms": bar, "ok": p95 <= bar}
    print(json.dumps(line), flush=True)


def main() -> None:
    """Build and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--asked", type=int, default=60)
    parser.add_argument("--transactions", type=int, default=1_000_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SUCHARIT_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sucharit.settings")
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command
        from django.test import Client

        settings.ALLOWED_HOSTS = ["testserver"]
        call_command("migrate", verbosity=0, skip_checks=True)
        started = time.perf_counter()
        moi, provinces = build(asked.transactions)
        took = round(time.perf_counter() - started)
        print(json.dumps({"benchmark": "areas", "figure": "built", "seconds": took}), flush=True)
        from tests import make

        centre, officer = Client(), Client()
        centre.force_login(make.user("ministry_centre", moi))
        officer.force_login(make.user("unit_officer", provinces[0]))

        def page(client: Client, n: int) -> Any:
            code = provinces[n % PROVINCES].code
            return client.get(f"/plans/areas/{code}/?year={LAST - n % YEARS}")

        measure("province page, ministry", lambda n: page(centre, n), asked.asked, BAR_MS)
        measure("province page, its officer", lambda _n: page(officer, 0), asked.asked, BAR_MS)
        years = f"/plans/areas/?year={LAST}"
        measure("national page, ministry", lambda _n: centre.get(years), 20, None)
        measure("national page, the public", lambda _n: Client().get(years), 20, None)


if __name__ == "__main__":
    main()
