"""How long the roll-up of every indicator over the whole tree takes, read from the database.

    python benchmarks/indicators.py [--indicators 40] [--quarters 4] [--times 5]

A ministry, 76 provinces and 878 districts report every indicator in every quarter (about 150,000 figures,
and as many of the year before). Uses DATABASE_URL when set, else SQLite in a temporary folder. Prints one
JSON line a figure; the bar: 500 ms on one core. ``checked``: the arrays gave exactly what the plain engine gives.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
BAR_MS = 500
PROVINCES, DISTRICTS = 76, 878
WAYS = (
    ("count", "sum", "sum"), ("percent", "last", "weighted"), ("percent", "sum", "weighted"),
    ("score", "average", "average"), ("count", "last", "sum"), ("percent", "last", "count_met"),
)  # fmt: skip


def say(figure: str, value: float, unit: str, **more: object) -> None:
    line = {"benchmark": "indicators", "figure": figure, "value": value, "unit": unit, **more}
    print(json.dumps(line, ensure_ascii=False), flush=True)


def fill(options: argparse.Namespace) -> None:
    """Units, indicators, targets and figures of two years."""
    from django.core.management import call_command

    from sucharit.core import clock
    from sucharit.orgs.models import Unit
    from sucharit.plans.models import Actual, Indicator, Target

    call_command("migrate", verbosity=0, skip_checks=True)
    if Unit.objects.exists():
        return
    pick = random.Random(4)
    provinces: list[dict] = [
        {"data": {"code": f"p{n}", "kind": "province", "name_th": f"จังหวัด {n}"}, "children": []}
        for n in range(PROVINCES)
    ]
    for n in range(DISTRICTS):
        district = {"data": {"code": f"d{n}", "kind": "district", "name_th": f"อำเภอ {n}"}}
        provinces[n % PROVINCES]["children"].append(district)
    top = {"data": {"code": "moi", "kind": "ministry", "name_th": "กระทรวง"}, "children": provinces}
    Unit.objects.load_bulk([top])
    units = list(Unit.objects.order_by("path"))
    now = clock.now()
    for n in range(options.indicators):
        measure, over_time, over_space = WAYS[n % len(WAYS)]
        one = Indicator.objects.create(
            code=f"i{n}", owner_unit=units[0], name_th=f"ตัวชี้วัด {n}", measure=measure,
            direction="increase", over_time=over_time, over_space=over_space,
        )  # fmt: skip
        Target.objects.bulk_create(
            Target(indicator=one, unit=u, fiscal_year=2567, value_e4=pick.randint(1, 10**6))
            for u in units
        )
        Actual.objects.bulk_create(
            (
                Actual(
                    indicator=one, unit=u, fiscal_year=year, period="quarter", seq=q,
                    numerator_e4=pick.randint(0, 10**7) if measure == "percent" else None,
                    denominator_e4=pick.randint(10**7, 10**8) if measure == "percent" else None,
                    value_e4=pick.randint(0, 10**6), status="verified", official=True,
                    entered_at=now, verified_at=now,
                )
                for year in (2566, 2567) for u in units for q in range(1, options.quarters + 1)
            ),
            batch_size=2000,
        )  # fmt: skip


def measure(options: argparse.Namespace) -> None:
    from django.db import connection

    from sucharit.orgs.models import RoleAssignment, Unit, User
    from sucharit.plans.indicators import rolled
    from sucharit.plans.models import Actual

    top = Unit.objects.get(code="moi")
    user, new = User.objects.get_or_create(username="bench")
    if new:
        RoleAssignment.objects.create(user=user, role="ministry_centre", unit=top)
    took: dict[str, list[float]] = {"tree": [], "page": [], "all": []}
    for _ in range(options.times):
        began = time.perf_counter()
        tree = rolled.roll_tree(user, top, 2567)
        rolled.rows_at(tree, top)
        took["tree"].append(time.perf_counter() - began)
        places = [n.pk for n in tree.nodes if n.kind != "district"]
        for unit in places:
            for number in range(len(tree.indicators)):
                tree.rolled(number, unit)
        took["page"].append(time.perf_counter() - began)
    for number in range(len(tree.indicators)):
        for node in tree.nodes:
            tree.rolled(number, node.pk)
    took["all"].append(time.perf_counter() - began)
    ms = {name: round(1000 * statistics.median(values)) for name, values in took.items()}
    rows = Actual.objects.filter(fiscal_year=2567).count()
    base = {
        "database": connection.vendor, "figures": rows, "units": len(tree.nodes),
        "indicators": len(tree.indicators), "load": round(os.getloadavg()[0], 2),
    }  # fmt: skip
    say("roll-up of every indicator over the tree, with the ministry's rows", ms["tree"], "ms",
        bar=f"<= {BAR_MS}", holds=ms["tree"] <= BAR_MS, checked=check(tree), **base)  # fmt: skip
    say("the same, and every province's figure made", ms["page"], "ms", **base)
    say("the same, and every unit's figure made", ms["all"], "ms", **base)


def check(tree: object) -> bool:
    """The plain engine, unit by unit, gives the same for the ministry."""
    from sucharit.plans.engine.attainment import is_met
    from sucharit.plans.engine.rollup import over_time, roll_up
    from sucharit.plans.indicators import queries
    from sucharit.plans.models import Actual, Target

    for number, indicator in enumerate(tree.indicators[: len(WAYS)]):
        rule = queries.rule_of(indicator)
        by_unit: dict[int, list] = {}
        for a in Actual.objects.filter(indicator=indicator, fiscal_year=2567, official=True):
            by_unit.setdefault(a.unit_id, []).append(queries.figure_of(a))
        targets = {t.unit_id: t for t in Target.objects.filter(indicator=indicator)}
        figures = []
        for unit, own in by_unit.items():
            year = over_time(own, rule, 4)
            goal = queries.goal_of(indicator, targets.get(unit), None)
            figures.append(replaced(year.figure, met=is_met(year.exact, goal)))
        plain, quick = roll_up(figures, rule), tree.rolled(number, tree.unit.pk)
        if (plain.value, plain.numerator_e4) != (quick.value, quick.numerator_e4):
            return False
    return True


def replaced(figure: object, **changes: object) -> object:
    from dataclasses import replace

    return replace(figure, **changes)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--indicators", type=int, default=40)
    parser.add_argument("--quarters", type=int, default=4)
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sucharit-indicators-") as folder:
        os.environ.setdefault("SUCHARIT_DATA", folder)
        os.environ["DJANGO_SETTINGS_MODULE"] = "sucharit.settings"
        import django

        django.setup()
        fill(options)
        measure(options)


if __name__ == "__main__":
    main()
