"""Ledger and search speed on the database of DATABASE_URL; prints JSON lines.

    python benchmarks/ledger.py [--rows 2000] [--documents 200000]

Makes a test database of its own and drops it afterwards. The limit each figure is held against
stands in docs/ledger.md and docs/search.md; the peer of the trigram index is a plain LIKE scan.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import threading
import time
from contextlib import contextmanager

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sucharit.settings")

WORDS = [
    "โครงการ",
    "ป้องกัน",
    "การทุจริต",
    "จัดซื้อจัดจ้าง",
    "ความโปร่งใส",
    "คุณธรรม",
    "จริยธรรม",
    "งบประมาณ",
    "แผนปฏิบัติการ",
    "ประเมินผล",
    "หน่วยงาน",
    "จังหวัด",
    "อำเภอ",
    "เทศบาล",
    "องค์การบริหารส่วนตำบล",
    "ข้าราชการ",
    "ประชาชน",
    "ร้องเรียน",
    "ตรวจสอบ",
    "รายงาน",
]


def tell(name: str, **figures) -> None:
    from django.db import connection

    print(json.dumps({"name": name, "database": connection.vendor, **figures}, ensure_ascii=False))


@contextmanager
def clock():
    """Gives a list whose first item is the seconds the block took."""
    taken: list[float] = []
    start = time.perf_counter()
    yield taken
    taken.append(time.perf_counter() - start)


def ledger(rows: int) -> None:
    from django.db import connection, transaction

    from sucharit.core.actors import System
    from sucharit.core.ledger import export, record
    from sucharit.core.ledger.verify import verify

    def write(number: int) -> None:
        record(
            actor=System("bench"),
            action="bench.done",
            target=f"bench:{number}",
            unit="moi",
            n=number,
        )

    def many(number: int, count: int) -> None:
        for n in range(count):
            write(number * count + n)
        connection.close()

    with clock() as taken:
        for n in range(rows):
            write(n)
    tell("ledger.one_writer", rows=rows, rows_per_second=round(rows / taken[0]))
    with clock() as taken, transaction.atomic():
        for n in range(rows):
            write(n)
    tell("ledger.one_transaction", rows=rows, rows_per_second=round(rows / taken[0]))
    with clock() as taken:
        threads = [threading.Thread(target=many, args=(n, rows // 8)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    tell(
        "ledger.eight_writers", rows=rows // 8 * 8, rows_per_second=round(rows // 8 * 8 / taken[0])
    )
    with clock() as taken:
        verdict = verify(export.lines())
    assert verdict.finding is None, verdict.line()
    tell("ledger.verify", rows=verdict.rows, rows_per_second=round(verdict.rows / taken[0]))


def search(documents: int) -> None:
    from django.db import connection

    from sucharit.core.models import SearchDoc
    from sucharit.core.search import index
    from sucharit.core.search.finding import matching

    source = random.Random(2567)
    rows = (
        (
            str(n),
            "",
            f"{''.join(source.choices(WORDS, k=4))} {n}",
            "".join(source.choices(WORDS, k=12)),
            "/",
            True,
        )
        for n in range(documents)
    )
    with clock() as taken:
        index("bench", rows)
    tell("search.fill", documents=documents, seconds=round(taken[0], 1))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "VACUUM ANALYZE core_searchdoc"
            )  # as autovacuum does; empties GIN's list
    for query in ("ไม่มีคำนี้เลย", f"{documents - 7}", f"รายงาน {documents - 7}", "ทุจริต", "โค"):
        times = []
        for _ in range(5):
            with clock() as taken:
                page = list(matching([], query)[:51])
            times.append(taken[0] * 1000)
        tell("search.query", q=query, hits=len(page), ms=round(statistics.median(times), 1))
    with clock() as taken:
        hits = SearchDoc.objects.filter(text__contains=f"{documents - 7}").count()
    tell("search.peer_like_scan", hits=hits, ms=round(taken[0] * 1000, 1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--documents", type=int, default=200_000)
    chosen = parser.parse_args()

    import django
    from django.db import connection

    django.setup()
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        ledger(chosen.rows)
        search(chosen.documents)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
