"""How fast and how small scoring is, one JSON line a figure beside its bar.

    python benchmarks/scoring.py [--rows 1200000] [--units 8323]

The set is that of a national round: answers to 30 items from 1.2 million respondents of 8,323
units (log-normal sizes, at least 20 each, 4 % missing, 3 items turned round), one byte an answer,
in random order. Times and memory are measured in processes of their own, memory as the peak of the
process. Bars: shared 2-core machine, assessment-anchors §6.3 items 3 and 4. Seeds are fixed.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from sucharit.assessments.engine import (
    BulkInput,
    CountCube,
    Edition,
    Response,
    UnitInput,
    rollup,
    score_unit,
    score_units,
    unpack,
)

ITEMS, GROUPS, SEED = 30, 5, 2567
POINTS = ["0", "33", "67", "100"]


def edition() -> Edition:
    """Five indicators of six single questions; the third of each of three is turned round."""

    def scale(points: list[str]) -> dict:
        return {
            "options": [{"code": str(n), "label": "-", "points": p} for n, p in enumerate(points)]
        }

    items = []
    for n in range(ITEMS):
        name = "four_rev" if n in (2, 8, 14) else "four"
        question = {"code": f"i{n}", "scale": name, "text": "-"}
        group = str(n * GROUPS // ITEMS)
        items.append({"code": f"i{n}", "in": group, "title": "-", "subquestions": [question]})
    bands = [("A", "85", "yes"), ("B", "0", "no")]
    document = {
        "id": "benchmark",
        "version": "1",
        "title": "-",
        "instruments": [{"code": "IIT", "title": "-", "weight": "1", "respondents": "internal"}],
        "indicators": [{"code": str(n), "in": "IIT", "title": "-"} for n in range(GROUPS)],
        "scales": {"four": scale(POINTS), "four_rev": scale(POINTS[::-1])},
        "items": items,
        "bands": [
            {"level": code, "label": code, "min_total": least, "pass": passed}
            for code, least, passed in bands
        ],
    }
    return Edition.from_document(document)


def make(folder: Path, rows: int, units: int) -> None:
    """Write the packed rows and the place of each row's unit."""
    rng = np.random.default_rng(SEED)
    sizes = rng.lognormal(0, 1, units)
    extra = rng.multinomial(rows - 20 * units, sizes / sizes.sum())
    place = rng.permutation(np.repeat(np.arange(units, dtype=np.int32), extra + 20))
    answers = rng.choice(4, (rows, ITEMS), p=[0.05, 0.1, 0.35, 0.5]).astype(np.uint8)
    answers[rng.random(answers.shape, dtype=np.float32) < 0.04] = 255
    place.tofile(folder / "units.i4")
    answers.tofile(folder / "rows.u1")


def opened(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    place = np.memmap(folder / "units.i4", np.int32, "r")
    return place, np.memmap(folder / "rows.u1", np.uint8, "r").reshape(len(place), ITEMS)


def child_score(folder: Path, units: int) -> None:
    """In a process of its own: rows to scores, then scores again from the cube."""
    found, names = edition(), tuple(f"u{n}" for n in range(units))
    start = time.perf_counter()
    place, rows = opened(folder)
    cube = CountCube.empty(found, "IIT", names)
    cube.add(place, None, rows)
    given = BulkInput(found, names, {"IIT": cube})
    score_units(given)
    first = time.perf_counter() - start
    again = []
    for _ in range(7):
        start = time.perf_counter()
        score_units(given)
        again.append(time.perf_counter() - start)
    print(json.dumps({"rows_s": first, "cube_ms": sorted(again)[3] * 1000, "peak_mb": peak()}))


def peak() -> float:
    """Peak resident memory of this process in MiB.

    From /proc where there is one: getrusage counts what the parent held before it started us.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def figure(name: str, value: float, unit: str, bar: float) -> bool:
    ok = value <= bar
    print(
        json.dumps({"figure": name, "value": round(value, 3), "unit": unit, "bar": bar, "ok": ok})
    )
    return ok


def agreement(folder: Path, units: int, sample: int = 200) -> tuple[int, int]:
    """Differences between the bulk path and the Fraction oracle on sampled units, from raw rows."""
    found, names = edition(), tuple(f"u{n}" for n in range(units))
    place, rows = opened(folder)
    cube = CountCube.empty(found, "IIT", names)
    cube.add(place, None, rows)
    bulk = score_units(BulkInput(found, names, {"IIT": cube}))
    wrong = compared = 0
    small = np.argsort(np.bincount(place, minlength=units))[: units // 2]
    for unit in np.random.default_rng(SEED).choice(small, min(sample, len(small)), replace=False):
        own = [unpack(found, "IIT", row.tobytes()) for row in rows[place == unit]]
        oracle = score_unit(found, UnitInput(rows=[Response("IIT", "", given) for given in own]))
        for code in found.nodes:
            compared += 1
            same = bulk.exact(int(unit), code) == oracle.nodes[code].value
            wrong += not (
                same and bulk.shown[bulk.row[code], unit] == oracle.display_hundredths(code)
            )
    return wrong, compared


def rollup_ms(units: int) -> float:
    """Unit totals to 77 provinces, 20 ministries and the nation, median of 7."""
    rng = np.random.default_rng(SEED)
    totals = rng.normal(88, 7, units).clip(0, 100)
    shown = np.floor(totals * 100 + 0.5).astype(np.int64)
    levels = [(rng.integers(0, 77, units), 77), (rng.integers(0, 20, units), 20)]
    levels.append((np.zeros(units, np.int64), 1))
    found, times = edition(), []
    for _ in range(7):
        start = time.perf_counter()
        for groups, count in levels:
            rollup(found, totals, shown, groups, count)
        times.append(time.perf_counter() - start)
    return sorted(times)[3] * 1000


def csv_file(folder: Path, rows: int, units: int) -> Path:
    """An answer file of the bundled ITA 2564: IIT with 51 sub-questions."""
    from sucharit.assessments.scorefile import load_edition

    questions = load_edition("ita-2564").subquestions("IIT")
    rng, path = np.random.default_rng(SEED), folder / "answers.csv"
    codes = [np.frombuffer("".join(q.scale.index).encode(), np.uint8) for q in questions]
    with path.open("wb") as file:
        header = ["unit", "instrument", "part", *(question.code for question in questions)]
        file.write((",".join(header) + "\n").encode())
        for start in range(0, rows, 100_000):
            n = min(100_000, rows - start)
            lines = np.full((n, 11 + 2 * len(questions)), ord(","), np.uint8)
            head = "".join(f"u{unit:04d},IIT," for unit in rng.integers(0, units, n))
            lines[:, :10] = np.frombuffer(head.encode(), np.uint8).reshape(n, 10)
            for place, choices in enumerate(codes):
                lines[:, 11 + 2 * place] = choices[rng.integers(0, len(choices), n)]
            lines[:, -1] = ord("\n")
            keep = np.ones(lines.shape, bool)
            keep[:, 11:-1:2] = rng.random((n, len(codes))) >= 0.04
            file.write(lines[keep].tobytes())
    return path


def child_csv(folder: Path) -> None:
    """In a process of its own: the command's work from CSV to CSV."""
    from sucharit.assessments.scorefile import Request, run

    start = time.perf_counter()
    files = Request("ita-2564", responses=folder / "answers.csv", output=folder / "scores.csv")
    run(files, sys.stdout, sys.stderr)
    wall = time.perf_counter() - start
    print(json.dumps({"csv_s": wall, "cpu_s": time.process_time(), "peak_mb": peak()}))


def child(task: str, folder: Path, units: int) -> dict[str, float]:
    """Run one of the tasks above in a fresh process and read its last line."""
    command = [
        sys.executable,
        __file__,
        "--child",
        task,
        "--folder",
        str(folder),
        "--units",
        str(units),
    ]
    made = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(made.stdout.splitlines()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_200_000)
    parser.add_argument("--units", type=int, default=8_323)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child == "score":
        child_score(given.folder, given.units)
        return
    if given.child == "csv":
        child_csv(given.folder)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, given.rows, given.units)
        size = f"{given.rows} rows x {ITEMS} items, {given.units} units"
        found = child("score", folder, given.units)
        ok = [
            figure(f"packed rows to scores, {size}", found["rows_s"], "s", 1.0),
            figure("peak memory of that process", found["peak_mb"], "MiB", 250),
            figure("scores again from the cube", found["cube_ms"], "ms", 50),
        ]
        wrong, compared = agreement(folder, given.units)
        ok.append(figure(f"differences from exact fractions in {compared} values", wrong, "", 0))
        ok.append(figure("units to province, ministry, nation", rollup_ms(given.units), "ms", 100))
        csv_file(folder, given.rows, given.units)
        found = child("csv", folder, given.units)
        ok.append(figure(f"sucharit score, {given.rows} CSV rows x 51", found["csv_s"], "s", 15))
        # On a busy machine the wall clock tells of the others; processor time does not.
        ok.append(figure("processor time of that process", found["cpu_s"], "s", 15))
        ok.append(figure("peak memory of that process", found["peak_mb"], "MiB", 600))
    sys.exit(0 if all(ok) else 1)


if __name__ == "__main__":
    main()
