"""How fast a national tree rolls up, one JSON line a figure beside its bar.

    python benchmarks/rollup.py [--units 8323] [--rounds 7]

A ministry with 76 provinces, 878 districts and local bodies under them, all in one round, two thirds of
them approved, on SQLite in a temporary folder. Bar: assessment-anchors §6.3 item 4 (≤ 100 ms on a shared
2-core machine) for the roll-up of the whole tree; the other lines say what a page needs besides.
"""

from __future__ import annotations

import argparse
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

PROVINCES, DISTRICTS, BAR_MS = 76, 878, 100


def build(units: int) -> Any:
    """The tree, the round and the stored approvals; gives the round."""
    from django.utils import timezone
    from tests import make

    from sucharit.assessments.models import Approval, Participation
    from sucharit.orgs.models import Unit

    moi = make.unit("moi", kind="ministry")
    rows: list[Unit] = []

    def add(parent: str, depth: int, number: int, kind: str) -> str:
        path = parent + Unit._int2str(number + 1).rjust(Unit.steplen, "0")  # noqa: SLF001 (treebeard's own numbering)
        code = f"u{len(rows)}"
        rows.append(Unit(path=path, depth=depth, code=code, kind=kind, name_th=code, sort_key=code))
        return path

    provinces = [add(moi.path, 2, n, "province") for n in range(PROVINCES)]
    districts = [
        add(provinces[n % PROVINCES], 3, n // PROVINCES, "district") for n in range(DISTRICTS)
    ]
    for n in range(units - len(rows) - 1):
        add(districts[n % DISTRICTS], 4, n // DISTRICTS, "tao")
    Unit.objects.bulk_create(rows, batch_size=500)
    made = list(Unit.objects.exclude(pk=moi.pk).order_by("path"))
    round_ = make.round_([], owner=moi)
    now = timezone.now()
    Participation.objects.bulk_create(
        [
            Participation(
                round=round_, unit=u, oit_state="approved" if n % 3 else "draft",
                submitted_at=now if n % 3 else None,
            )
            for n, u in enumerate(made)
        ],
        batch_size=500,
    )  # fmt: skip
    Approval.objects.bulk_create(
        [
            Approval(workflow=f"round:{round_.pk}", unit=u, approved_level=u.depth, at=now)
            for n, u in enumerate(made)
            if n % 3 and u.kind == "tao"
        ],
        batch_size=500,
    )
    return round_


def measure(name: str, do: Callable[[], Any], times: int, bar: int | None) -> None:
    """Run it and print median and worst as one JSON line."""
    do()  # the first run compiles and fills caches
    took = []
    for _ in range(times):
        started = time.perf_counter()
        do()
        took.append((time.perf_counter() - started) * 1000)
    line: dict[str, Any] = {
        "figure": name, "median_ms": round(statistics.median(took), 1), "worst_ms": round(max(took), 1),
    }  # fmt: skip
    if bar is not None:
        line |= {"bar_ms": bar, "ok": statistics.median(took) <= bar}
    print(json.dumps(line), flush=True)


def run(units: int, times: int) -> None:
    """All figures."""
    from sucharit.assessments.approvals import boards, locks, progress, workflows
    from sucharit.orgs.models import Unit

    round_ = build(units)
    flow = workflows.of(round_)
    moi = Unit.objects.get(code="moi")
    province = Unit.objects.filter(kind="province").first()
    leaf = Unit.objects.filter(kind="tao").first()
    total = progress.roll_up(flow, moi).total
    assert total.expected == units - 1, total
    measure(f"tree roll-up, {units} units", lambda: progress.roll_up(flow, moi), times, BAR_MS)
    measure("tree roll-up, one province", lambda: progress.roll_up(flow, province), times, None)
    board = boards.load(flow).board
    assert len(board.nodes) == units

    def all_states() -> None:
        loaded = boards.load(flow).board
        for key in loaded.nodes:
            loaded.state(key)

    measure(f"approval board of {units} units read", lambda: boards.load(flow), times, None)
    measure(f"approval board of {units} units read, all states", all_states, times, None)
    measure(
        "approval board of one province",
        lambda: boards.load(flow, within=province.path),
        times,
        None,
    )
    measure("lock of one unit", lambda: locks.is_locked(flow.key, leaf), times, None)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--units", type=int, default=8_323)
    arguments.add_argument("--rounds", type=int, default=7)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "sucharit.settings",
            "SUCHARIT_DATA": folder,
            "DATABASE_URL": f"sqlite:///{folder}/rollup.sqlite3",
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        run(chosen.units, chosen.rounds)


if __name__ == "__main__":
    main()
