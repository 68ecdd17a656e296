"""Result pages and files with a national round loaded: one JSON line a figure beside its bar.

    python benchmarks/results.py [--requests 60] [--keep FILE]

Loads the whole register (ministry, departments, provinces, districts, local bodies), scores a round
of every unit that takes part from generated answers (seeded), and asks pages through Django's own
client in this process: template, queries and middleware are in the figure, the network is not.
Bars: issue 3, "result pages p95 ≤ 300 ms with the national round loaded on SQLite". DATABASE_URL decides the
database; a file in a temporary folder when it is not set. Pages are asked once before they are measured.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

SEED = 2567
YEAR = 2567


def tell(name: str, **figures: Any) -> None:
    print(json.dumps({"name": name, **figures}, ensure_ascii=False), flush=True)


def load() -> int:
    """Register and a final round of every unit; gives how many units take part."""
    import datetime as dt

    from sucharit.assessments.engine import Edition
    from sucharit.assessments.models import Framework, Participation, Round, ScoreRun
    from sucharit.assessments.services import scoring
    from sucharit.assessments.services.frameworks import load_framework
    from sucharit.core.actors import System
    from sucharit.orgs.models import Unit
    from sucharit.orgs.services.register import load_register

    actor = System("bench")
    load_register(actor=actor, local_bodies=True)
    load_framework(actor=actor, path_or_id="ita-2567")
    framework = Framework.objects.get(code="ita-2567")
    edition = Edition.from_document(framework.document)
    units = list(Unit.objects.exclude(kind__in=["ministry", "district"]).order_by("path"))
    day = dt.date(2024, 1, 1)
    round_ = Round.objects.create(
        framework=framework, owner=Unit.objects.get(code="moi"), fiscal_year=YEAR, title_th="-", title_en="-",
        state=Round.State.FINAL, surveys_from=day, surveys_to=day, oit_from=day, oit_to=day, review_to=day,
        objection_from=day, objection_to=day, tree_date=day, synthetic=True,
    )  # fmt: skip
    taking_part = Participation.objects.bulk_create(
        [Participation(round=round_, unit=unit) for unit in units], batch_size=500
    )
    run = ScoreRun.objects.create(
        kind=ScoreRun.Kind.COMPUTED, round=round_, framework=framework, fiscal_year=YEAR, public=True,
        synthetic=True, source="bench", parameters={},
    )  # fmt: skip
    scored = list(scores(edition, taking_part))
    for start in range(0, len(scored), 500):
        scoring.store(run, edition, scored[start : start + 500])
    return len(units)


def scores(edition: Any, taking_part: list[Any]) -> Iterator[Any]:
    """A score of each unit: item counts drawn at random, marks at random, all exact."""
    from fractions import Fraction

    import numpy as np

    from sucharit.assessments.engine import CountCube, UnitInput, score_unit, unit_counts
    from sucharit.assessments.services.scoring import Scored

    rng = np.random.default_rng(SEED)
    surveyed = [i.code for i in edition.instruments if i.surveyed]
    items = [i.code for i in edition.items_of("OIT")]
    for part in taking_part:
        counts = {}
        for instrument in surveyed:
            cube = CountCube.empty(edition, instrument, ["u"])
            questions = edition.subquestions(instrument)
            sizes = np.array([len(q.scale.options) for q in questions])
            rows = (rng.random((30, len(questions))) ** 0.4 * sizes).astype(np.uint8)
            zeros = np.zeros(30, dtype=int)
            cube.add(zeros, zeros, rows)
            counts[instrument] = unit_counts(cube, 0)
        marks = {item: Fraction(100 if rng.random() < 0.93 else 0) for item in items}
        score = score_unit(edition, UnitInput(counts=counts, marks=marks, population={}))
        yield Scored(part, score, {}, frozenset())


def pages(requests: int) -> None:
    """Time each page; p50, p95 and most in milliseconds."""
    from django.test import Client

    from sucharit.orgs.models import RoleAssignment, Unit, User

    user, _made = User.objects.get_or_create(username="bench")
    RoleAssignment.objects.get_or_create(
        user=user, unit=Unit.objects.get(code="moi"), role="ministry_centre"
    )
    inside, visitor = Client(), Client()
    inside.force_login(user)
    codes = list(
        Unit.objects.exclude(kind__in=["ministry", "district"]).values_list("code", flat=True)
    )
    draw = random.Random(SEED)
    wanted: dict[str, tuple[Any, Callable[[], str]]] = {
        "year of all units, visitor": (visitor, lambda: f"/results/{YEAR}/"),
        "year of all units, signed in": (inside, lambda: f"/results/{YEAR}/"),
        "year of one kind": (visitor, lambda: f"/results/{YEAR}/?kind=province"),
        "a later page of the list": (
            visitor,
            lambda: f"/results/{YEAR}/?page={draw.randint(2, 150)}",
        ),
        "a unit's year": (visitor, lambda: f"/results/{YEAR}/{draw.choice(codes)}/"),
        "why a total": (visitor, lambda: f"/results/{YEAR}/{draw.choice(codes)}/why/total/"),
        "home": (visitor, lambda: "/"),
    }
    for name, (client, address) in wanted.items():
        client.get(address())
        taken = []
        for _ in range(requests):
            start = time.perf_counter()
            answer = client.get(address(), follow=True)
            taken.append((time.perf_counter() - start) * 1000)
            assert answer.status_code == 200, (name, answer.status_code)
        taken.sort()
        tell(
            name, p50_ms=round(statistics.median(taken), 1), p95_ms=round(taken[int(0.95 * len(taken))], 1),
            most_ms=round(taken[-1], 1), bytes=len(answer.content), requests=requests, bar="p95 ≤ 300 ms",
        )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=60)
    parser.add_argument("--keep", type=Path, help="database file to make, or to use again")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = chosen.keep or Path(folder) / "bench.sqlite3"
        ready = file.exists()
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{file}")
        os.environ["DJANGO_SETTINGS_MODULE"] = "sucharit.settings"
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.ALLOWED_HOSTS = ["testserver"]
        if not ready:
            call_command("migrate", verbosity=0)
            start = time.perf_counter()
            units = load()
            tell(
                "national round loaded", units=units, seconds=round(time.perf_counter() - start, 1)
            )
        pages(chosen.requests)


if __name__ == "__main__":
    main()
