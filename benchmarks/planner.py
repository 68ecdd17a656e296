"""How long a what-if and a plan take, over a nation of generated units; one JSON line a figure.

Units have random items around the pass mark; each asks for the next level it misses. ``--http``
measures whole requests of pages, too, on a throw-away database.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from fractions import Fraction
from typing import Any

import numpy as np

from sucharit.assessments.engine import BulkInput, CountCube, Edition, score_units, unit_counts
from sucharit.assessments.engine.inputs import UnitInput
from sucharit.assessments.engine.planner import Efforts, Standing, plan, standing_of, what_if
from sucharit.assessments.engine.scoring import score_unit
from sucharit.assessments.library import load

SEED = 2567


def figure(name: str, value: float, unit: str, bar: float) -> bool:
    ok = value <= bar
    print(
        json.dumps({"figure": name, "value": round(value, 3), "unit": unit, "bar": bar, "ok": ok})
    )
    return ok


class Watch:
    """Wall clock and processor time of many turns. On a busy machine the first tells of the others."""

    def __init__(self) -> None:
        self.turns: list[tuple[float, float]] = []

    def __enter__(self) -> None:
        self._start = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        wall, busy = self._start
        self.turns.append((time.perf_counter() - wall, time.process_time() - busy))

    def told(self, name: str, bar: float) -> bool:
        """Median, 95th percentile and the slowest turn; the slowest processor time decides."""
        ok = True
        for kind, column in (("wall", 0), ("processor", 1)):
            found = np.sort(np.array([turn[column] for turn in self.turns])) * 1000
            for label, share in (("p50", 50), ("p95", 95)):
                figure(f"{name}, {kind} {label}", float(np.percentile(found, share)), "ms", bar)
            slowest = f"{name}, {kind} slowest of {len(found)}"
            ok = figure(slowest, float(found[-1]), "ms", bar) if column else ok
            if not column:
                figure(slowest, float(found[-1]), "ms", bar)
        return ok


def nation(edition: Edition, units: int) -> tuple[dict[str, CountCube], dict[str, np.ndarray]]:
    """Count cubes of both surveys (60 respondents a unit and survey) and marks of the OIT."""
    rng = np.random.default_rng(SEED)
    names = tuple(f"u{n}" for n in range(units))
    cubes = {}
    for instrument in ("IIT", "EIT"):
        cube = CountCube.empty(edition, instrument, names)
        questions = edition.subquestions(instrument)
        place = np.repeat(np.arange(units), 60)
        good = np.repeat(rng.uniform(0.55, 0.95, units), 60)
        rows = np.empty((len(place), len(questions)), np.uint8)
        for column, question in enumerate(questions):
            order = np.argsort([-float(option.points) for option in question.scale.options])
            steps = np.minimum(rng.geometric(good) - 1, len(order) - 1)
            rows[:, column] = order[steps]
        rows[rng.random(rows.shape) < 0.03] = 255
        cube.add(place, None if len(cube.parts) == 1 else np.zeros(len(place), np.int8), rows)
        cubes[instrument] = cube
    share = rng.uniform(0.5, 1.0, units)
    marks = {
        item.code: np.where(rng.random(units) < share, 1, 0).astype(np.int16)
        for item in edition.items
        if not item.surveyed
    }
    return cubes, marks


def standing(
    edition: Edition, cubes: dict[str, CountCube], marks: dict[str, np.ndarray], unit: int
) -> Standing:
    """One unit's standing, from its row of the national cube."""
    points = {
        code: edition.item[code].allowed_points[int(row[unit])] for code, row in marks.items()
    }
    counts = {code: unit_counts(cube, unit) for code, cube in cubes.items()}
    return standing_of(score_unit(edition, UnitInput(counts=counts, marks=points)))


def engine(units: int) -> bool:
    """What-if and plan of every unit, from the national cube."""
    edition = Edition.from_document(load("ita-2567").document)
    cubes, marks = nation(edition, units)
    bulk = score_units(BulkInput(edition, tuple(f"u{n}" for n in range(units)), cubes, marks))
    rng = np.random.default_rng(SEED + 1)
    whats, equal, mixed, wrong = Watch(), Watch(), Watch(), 0
    targets = [band.level for band in edition.bands if band.passed]
    statuses: dict[str, int] = {}
    for unit in range(units):
        with whats:
            found = standing(edition, cubes, marks, unit)
            now = what_if(found, {"O35": Fraction(100), "i1": Fraction(90)})
        wrong += what_if(found).shown() != int(bulk.shown[0, unit]) or now.total is None
        level = targets[unit % len(targets)]
        with equal:
            told = plan(found, level, Efforts(survey_most=10))
        statuses[told.status] = statuses.get(told.status, 0) + 1
        if unit % 20 == 0:
            own = {item.code: int(rng.integers(1, 11)) for item in edition.items}
            with mixed:
                plan(found, level, Efforts(own, survey_most=10))
    print(json.dumps({"figure": "answers", **statuses}))
    ok = [figure(f"totals that differ from bulk scoring, {units} units", wrong, "", 0)]
    ok.append(whats.told("what-if from the national cube", 100))
    ok.append(equal.told("cheapest plan and three others, equal efforts", 300))
    ok.append(mixed.told("the same, efforts 1 to 10 drawn per item", 300))
    return all(ok)


def http(times: int) -> bool:
    """Whole requests of the planner's page and of a what-if, on a database in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATABASE_URL": f"sqlite:///{folder}/b.sqlite3", "SUCHARIT_DATA": folder}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sucharit.settings")
        import django
        from django.core.management import call_command

        django.setup()
        from django.conf import settings

        settings.ALLOWED_HOSTS = ["*"]
        call_command("migrate", verbosity=0)
        client = _world()
        address = "/assessments/planner/2567/th-38/"
        first, pages, whats = Watch(), Watch(), Watch()
        for n in range(times + 1):
            # The first request compiles templates and reads the answers.
            with pages if n else first:
                got = client.get(address)
            assert got.status_code == 200, got.status_code
            data = {"mark": ["O35"], "v-i2": str(n % 100)}
            with whats if n else first:
                got = client.post(f"{address}what-if/", data, headers={"HX-Request": "true"})
            assert got.status_code == 200, got.status_code
        ok = [whats.told("what-if over HTTP", 100)]
        ok.append(pages.told("planner's page with plan and table over HTTP", 600))
        return all(ok)


def _world() -> Any:
    """One scored province with 400 answers a survey, and its officer signed in."""
    from django.test import Client
    from tests import make
    from tests.assessments.planner.rounds import answers_of, scored

    units = make.ministry()
    round_, _run = scored(make, units)
    part = round_.participations.get()
    edition = Edition.from_document(round_.framework.document)
    for instrument in ("IIT", "EIT"):
        make.answers(part, instrument, answers_of(edition, instrument, 1), times=360)
    client = Client()
    client.force_login(make.user("unit_officer", units["th-38"]))
    return client


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=8_323)
    parser.add_argument("--http", type=int, default=0, help="requests to measure, too")
    given = parser.parse_args()
    ok = engine(given.units)
    if given.http:
        sys.path.insert(0, ".")
        ok = http(given.http) and ok
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
