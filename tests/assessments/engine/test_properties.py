"""What must hold for any edition and any answers: three ways to one score, and its bounds."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sucharit.assessments.engine import (
    NOT_APPLICABLE,
    NOT_SUBMITTED,
    STATUSES,
    BulkInput,
    CountCube,
    Edition,
    Layout,
    Response,
    Status,
    UnitInput,
    check_edition,
    display,
    exact,
    explain,
    half_up,
    pack,
    score_unit,
    score_units,
    unit_counts,
    unpack,
)

from .documents import editions, ita, responses, unit_inputs


def cubes_of(found: Edition, units: list[UnitInput]) -> dict[str, CountCube]:
    """Count cubes of both surveys over all units, fed in one call each."""
    cubes = {}
    for code in ("IIT", "EIT"):
        instrument = found.instrument[code]
        cube = CountCube.empty(found, code, [str(place) for place in range(len(units))])
        rows = [
            (place, instrument.part_index(row.part), pack(found, code, row.answers))
            for place, unit in enumerate(units)
            for row in unit.rows
            if row.instrument == code
        ]
        packed = np.frombuffer(b"".join(row for _, _, row in rows), np.uint8)
        table = packed.reshape(len(rows), cube.layout.columns)
        cube.add(
            np.array([u for u, _, _ in rows], int), np.array([p for _, p, _ in rows], int), table
        )
        cubes[code] = cube
    return cubes


def bulk_of(found: Edition, units: list[UnitInput]) -> BulkInput:
    marked = [item for item in found.items if not item.surveyed]
    marks = {item.code: np.full(len(units), NOT_SUBMITTED, np.int16) for item in marked}
    for place, unit in enumerate(units):
        for code, points in (unit.marks or {}).items():
            allowed = found.item[code].allowed_points
            marks[code][place] = NOT_APPLICABLE if points is None else allowed.index(points)
    return BulkInput(
        edition=found,
        units=tuple(str(place) for place in range(len(units))),
        cubes=cubes_of(found, units),
        marks=marks,
        values={(u, code): v for u, unit in enumerate(units) for code, v in unit.values.items()},
        population={(u, i): n for u, unit in enumerate(units) for i, n in unit.population.items()},
    )


@st.composite
def nations(draw: st.DrawFn) -> tuple[Edition, list[UnitInput]]:
    found = draw(editions())
    return found, draw(st.lists(unit_inputs(found), min_size=1, max_size=4))


@settings(max_examples=200, deadline=None)
@given(nations())
def test_rows_counts_and_bulk_agree(nation):
    found, units = nation
    assert check_edition(found) == []
    given_ = bulk_of(found, units)
    bulk = score_units(given_)
    for place, unit in enumerate(units):
        oracle = score_unit(found, unit)
        counts = {code: unit_counts(cube, place) for code, cube in given_.cubes.items()}
        assert score_unit(found, replace(unit, rows=(), counts=counts)).nodes == oracle.nodes
        for code, node in oracle.nodes.items():
            row = bulk.row[code]
            assert bulk.exact(place, code) == node.value, code
            shown = oracle.display_hundredths(code)
            assert bulk.shown[row, place] == (-1 if shown is None else shown), code
            assert bulk.n[row, place] == (-1 if node.n is None else node.n), code
            assert STATUSES[bulk.status[row, place]] is node.status, code
            if node.value is not None:
                assert abs(bulk.value[row, place] - node.value) < 1e-11
        level = {-1: None, -2: "not_scored"} | {n: b.level for n, b in enumerate(found.bands)}
        assert level[int(bulk.level[place])] == (oracle.level and oracle.level.code)
        explain(found, oracle)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_ties_at_the_third_decimal_are_decided_exactly(data):
    """Scales of thousandths make ties at every rank; floats alone would get some wrong."""
    base = ita("2567", eit_merge={"mode": "halves"})
    points = data.draw(st.lists(st.integers(1, 99_999), min_size=2, max_size=4, unique=True))
    texts = ["0", *(f"{p // 1000}.{p % 1000:03d}" for p in points), "100"]
    options = [
        {"code": str(n), "label": {"th": "ก"}, "points": text} for n, text in enumerate(texts, 1)
    ]
    found = Edition.from_document(
        base | {"scales": base["scales"] | {"four": {"options": options}}}
    )
    code = st.integers(1, len(texts)).map(str)
    people = data.draw(st.sampled_from([1, 2, 4, 5, 8, 10]))
    rows = []
    for letter, size, part in (("i", 5, ""), ("e", 3, "1"), ("e", 3, "2")):
        instrument = "IIT" if letter == "i" else "EIT"
        for _ in range(people):
            answers = {f"{letter}{n}": data.draw(code) for n in range(1, size + 1)}
            rows.append(Response(instrument, part, answers))
    unit = UnitInput(rows=rows, marks={})
    oracle, bulk = score_unit(found, unit), score_units(bulk_of(found, [unit]))
    for code_ in oracle.nodes:
        assert bulk.shown[bulk.row[code_], 0] == oracle.display_hundredths(code_), code_


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_scores_stay_within_bounds_and_order_does_not_matter(data):
    found = data.draw(editions())
    unit = data.draw(unit_inputs(found))
    score = score_unit(found, unit)
    assert all(0 <= n.value <= 100 for n in score.nodes.values() if n.value is not None)
    shuffled = list(unit.rows)
    random.Random(7).shuffle(shuffled)
    assert score_unit(found, replace(unit, rows=shuffled)).nodes == score.nodes


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_better_answer_never_lowers_a_score(data):
    found = data.draw(editions())
    rows = data.draw(responses(found))
    assume(rows)
    place = data.draw(st.integers(0, len(rows) - 1))
    row = rows[place]
    given_ = [code for code, option in row.answers.items() if option]
    assume(given_)
    code = data.draw(st.sampled_from(given_))
    scale = next(q.scale for q in found.subquestions(row.instrument) if q.code == code)
    now = scale.options[scale.index[row.answers[code]]].points
    better = [option.code for option in scale.options if option.points >= now]
    raised = row.answers | {code: data.draw(st.sampled_from(better))}
    after = [*rows[:place], replace(row, answers=raised), *rows[place + 1 :]]
    before = score_unit(found, UnitInput(rows=rows, marks={}))
    higher = score_unit(found, UnitInput(rows=after, marks={}))
    for node in before.nodes.values():
        if node.value is not None:
            assert higher.nodes[node.code].value >= node.value


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_packing_round_trip_and_single_row_updates_equal_a_rebuild(data):
    found = data.draw(editions())
    rows = [row for row in data.draw(responses(found)) if row.instrument == "EIT"]
    cube = cubes_of(found, [UnitInput(rows=rows)])["EIT"]
    layout, counts = Layout(found, "EIT"), np.zeros_like(cube.counts[0])
    for row in rows:
        packed = pack(found, "EIT", row.answers)
        assert unpack(found, "EIT", packed) == {q: o for q, o in row.answers.items() if o}
        for cell in layout.touched(packed):
            counts[int(row.part) - 1, cell] += 1
    assert (counts == cube.counts[0]).all()
    for question in found.subquestions("EIT"):
        plain = cube.options(question.code)
        for part in (0, 1):
            for place, option in enumerate(question.scale.options):
                times = sum(
                    row.answers[question.code] == option.code and row.part == str(part + 1)
                    for row in rows
                )
                assert plain[0, part, place] == times


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_changed_points_are_scored_from_the_same_counts(data):
    """Re-scoring with other option points needs no answers."""
    found = data.draw(editions())
    unit = data.draw(unit_inputs(found))
    scales = {
        scale.code: replace(
            scale, options=tuple(replace(o, points=(o.points / 3) + 10) for o in scale.options)
        )
        for scale in found.scales
    }
    items = tuple(
        replace(
            item,
            subquestions=tuple(replace(q, scale=scales[q.scale.code]) for q in item.subquestions),
        )
        for item in found.items
    )
    corrected = replace(found, items=items, scales=tuple(scales.values()))
    counts = {code: unit_counts(cube, 0) for code, cube in cubes_of(found, [unit]).items()}
    again = score_unit(corrected, replace(unit, rows=(), counts=counts))
    assert again.nodes == score_unit(corrected, unit).nodes


@given(st.fractions(min_value=0, max_value=100))
def test_half_up_is_the_nearest_and_upwards_on_ties(value):
    shown = Fraction(half_up(value), 100)
    assert -Fraction(1, 200) < shown - value <= Fraction(1, 200)
    assert half_up(-value) == -half_up(value)
    assert exact(display(value)) == shown


@given(st.integers(0, 9_999))
def test_half_up_at_the_tie(hundredths):
    assert half_up(Fraction(2 * hundredths + 1, 200)) == hundredths + 1


def test_status_bytes_keep_their_meaning():
    assert STATUSES == (
        Status.OK, Status.MISSING, Status.NOT_APPLICABLE, Status.NOT_SCORED, Status.PUBLISHED,
    )  # fmt: skip
