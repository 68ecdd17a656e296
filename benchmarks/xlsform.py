"""Reading and writing an XLSForm of 200 items; prints one JSON line.

    python benchmarks/xlsform.py [--items 200] [--runs 5]

The limit: a form of 200 items is read and checked within 2 s. The peer is pyxform, ODK's own
converter, on the same workbook (it does not check types, circles or scores).
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import time
from typing import Any

from sucharit.assessments.xlsform import read, write

LIMIT = 2.0  # seconds


def document(items: int) -> dict[str, Any]:
    """Sections of ten questions on a five-level scale, every third one under a condition."""
    levels = ("น้อยที่สุด", "น้อย", "ปานกลาง", "มาก", "มากที่สุด")
    options = [
        {"code": str(n), "label": {"th": text, "en": f"Level {n}"}, "points": str(25 * n - 25)}
        for n, text in enumerate(levels, 1)
    ]
    rows: list[dict[str, Any]] = []
    for n in range(items):
        if n % 10 == 0:
            title = {"th": f"หมวดที่ {n // 10 + 1}", "en": f"Section {n // 10 + 1}"}
            rows.append({"id": f"s{n // 10}", "type": "section", "title": title})
        label = {"th": f"ข้อที่ {n + 1} หน่วยงานดำเนินการในระดับใด", "en": f"Item {n + 1}: how far?"}
        row = {
            "id": f"q{n}",
            "type": "choice",
            "in": f"s{n // 10}",
            "scale": "five",
            "label": label,
        }
        if n % 3 == 2:
            row["relevant"] = f"${{q{n - 1}}} = '1' or ${{q{n - 2}}} != ''"
        rows.append(row | {"required": "yes"})
    of = [row["id"] for row in rows if row["type"] == "choice"]
    return {
        "schema": "sucharit/instrument@1",
        "id": "benchmark.form",
        "version": "1",
        "kind": "survey",
        "languages": ["th", "en"],
        "title": {"th": "แบบทดสอบความเร็ว", "en": "Speed"},
        "verified": "no",
        "scales": {"five": {"options": options}},
        "items": rows,
        "scoring": {"nodes": {"total": {"title": {"th": "รวม"}, "agg": "mean", "of": of}}},
    }


def seconds(runs: int, do: Any) -> float:
    """Median wall time of a few runs."""
    taken = []
    for _run in range(runs):
        start = time.perf_counter()
        do()
        taken.append(time.perf_counter() - start)
    return round(statistics.median(taken), 3)


def main() -> int:
    """Measure and print; 1 when the limit is not held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=200)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    made = document(asked.items)
    data = write(made)
    imported = read(data)
    assert imported.document == made, "the document did not survive the way"
    assert imported.ok, [str(p) for p in imported.problems][:5]
    figures = {
        "name": "xlsform",
        "items": asked.items,
        "bytes": len(data),
        "read_and_check_s": seconds(asked.runs, lambda: read(data)),
        "write_s": seconds(asked.runs, lambda: write(made)),
        "pyxform_s": _peer(data, asked.runs),
        "limit_s": LIMIT,
        "rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(figures, ensure_ascii=False))
    return int(figures["read_and_check_s"] > LIMIT)


def _peer(data: bytes, runs: int) -> float | None:
    """The same workbook through pyxform; None where it is not installed."""
    try:
        from pyxform.xls2xform import convert
    except ImportError:
        return None
    return seconds(runs, lambda: convert(data, file_type=".xlsx", warnings=[]))


if __name__ == "__main__":
    raise SystemExit(main())
