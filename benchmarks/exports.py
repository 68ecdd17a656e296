"""Exports of 1.2 million answer sheets and of a nation's results: seconds, and how much memory grows.

    python benchmarks/exports.py [--sheets 1200000] [--units 2000]

Fills a fresh SQLite file in a temporary folder, then writes each file form in a process of its own (so that
one does not warm another) and prints one JSON line a figure. Growth is the peak resident size during the
export less that just before it, with DuckDB already loaded; bar: 50 MB.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BAR_MB = 50
FILL = """
import sys, os, datetime as dt, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, skip_checks=True)
import numpy as np
from django.db import connection, transaction
from sucharit.assessments.engine import Edition
from sucharit.core import clock
from tests import make
units_n, sheets = int(sys.argv[1]), int(sys.argv[2])
units = make.ministry()
own = [make.unit(f"x-{n}", parent=units["moi"], kind="tao") for n in range(units_n)]
round_ = make.round_(own, owner=units["moi"], state="objection", surveys_closed_at=clock.now(), synthetic=True)
edition = Edition.from_document(round_.framework.document)
parts = list(round_.participations.values_list("pk", flat=True))
draw = np.random.default_rng(7)
with transaction.atomic(), connection.cursor() as cursor:
    for instrument in ("IIT", "EIT"):
        sizes = np.array([len(q.scale.options) for q in edition.subquestions(instrument)])
        for at in range(0, sheets // 2, 20_000):
            n = min(20_000, sheets // 2 - at)
            answers = (draw.random((n, len(sizes))) * sizes).astype(np.uint8)
            where = draw.integers(0, len(parts), n)
            cursor.executemany(
                "INSERT INTO assessments_surveyresponse (id, participation_id, instrument, part, "
                "framework_version, answers, day, resend_hash) VALUES (%s,%s,%s,'1',1,%s,'2024-03-18',NULL)",
                [(os.urandom(16).hex(), parts[where[i]], instrument, answers[i].tobytes()) for i in range(n)],
            )
print(round_.pk)
"""
WRITE = """
import sys, time, resource, django
django.setup()
import duckdb, numpy
from django.db import connection
from sucharit.assessments.models import Round
from sucharit.assessments.reports import files
from sucharit.assessments.reports.responses import extract
def now():
    with open("/proc/self/statm") as held:
        return int(held.read().split()[1]) * resource.getpagesize() / 2**20
connection.ensure_connection()
duckdb.connect().execute("select 1").fetchall()
form, pk = sys.argv[1], int(sys.argv[2])
before, started = now(), time.perf_counter()
found = extract(Round.objects.select_related("framework", "owner").get(pk=pk))
read = time.perf_counter() - started
response = getattr(files, form + "_answer")("x", found.columns, found.lines())
size = sum(map(len, response.streaming_content))
seconds = time.perf_counter() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
import json
print(json.dumps({"sheets": found.sheets, "counting_s": round(read, 1), "seconds": round(seconds, 1),
                  "growth_mb": round(peak - before, 1), "before_mb": round(before, 1), "file_mb": round(size / 2**20, 1)}))
"""


def run(program: str, folder: Path, *arguments: object) -> str:
    """One program in a process of its own, against the folder's database; gives its last line."""
    env = {
        **os.environ,
        "SUCHARIT_DATA": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "sucharit.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        env=env, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    return done.stdout.splitlines()[-1]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sheets", type=int, default=1_200_000)
    asked.add_argument("--units", type=int, default=2_000)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="sucharit-exports-") as name:
        folder = Path(name)
        round_id = run(FILL, folder, given.units, given.sheets)
        for form in ("csv", "parquet"):
            load = os.getloadavg()[0]
            found = json.loads(run(WRITE, folder, form, round_id))
            line = {"benchmark": "exports", "figure": form, **found, "bar_mb": BAR_MB}
            line["within"] = found["growth_mb"] <= BAR_MB
            print(json.dumps({**line, "load": round(load, 1)}), flush=True)


if __name__ == "__main__":
    main()
