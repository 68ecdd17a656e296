"""The count cube: shapes, chunks, refusals, storage; statistics of groups of units."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from sucharit.assessments.engine import (
    MISSING,
    AnswerError,
    BulkInput,
    CountCube,
    Edition,
    EitMerge,
    Layout,
    MergeMode,
    UnitInput,
    half_up,
    pack,
    rollup,
    score_unit,
    score_units,
    unit_counts,
    unpack,
)
from sucharit.assessments.engine import cube as cube_module

from .documents import document, edition, survey_item


@pytest.fixture
def found() -> Edition:
    items = [survey_item("i1", "1", "four", "yn_bad"), survey_item("i2", "1", "thirds")]
    return Edition.from_document(document(items=items))


def random_rows(found: Edition, n: int, seed: int = 3) -> np.ndarray:
    rng = np.random.default_rng(seed)
    limits = Layout(found, "IIT").limits
    rows = rng.integers(0, limits, (n, len(limits)), dtype=np.uint8)
    rows[rng.random(rows.shape) < 0.2] = MISSING
    return rows


def test_chunks_do_not_matter(found, monkeypatch):
    rows, units = random_rows(found, 1000), np.arange(1000) % 7
    whole = CountCube.empty(found, "IIT", "abcdefg")
    whole.add(units, None, rows)
    monkeypatch.setattr(cube_module, "_CHUNK", 13)
    pieces = CountCube.empty(found, "IIT", "abcdefg")
    pieces.add(units, None, rows)
    assert (whole.counts == pieces.counts).all()
    assert whole.respondents("IIT").sum() == (rows != MISSING).any(axis=1).sum()


def test_rows_may_be_a_memory_mapped_file(found, tmp_path):
    rows = random_rows(found, 50)
    rows.tofile(tmp_path / "rows.bin")
    mapped = np.memmap(tmp_path / "rows.bin", np.uint8, "r", shape=rows.shape)
    direct, by_file = (CountCube.empty(found, "IIT", ["a"]) for _ in range(2))
    direct.add(np.zeros(50, int), None, rows)
    by_file.add(np.zeros(50, int), None, mapped)
    assert (direct.counts == by_file.counts).all()


def test_what_does_not_fit_is_refused(found):
    cube = CountCube.empty(found, "IIT", ["a"])
    row = np.zeros((1, 3), np.uint8)
    with pytest.raises(ValueError, match=r"rows must be uint8\[1, 3\]"):
        cube.add(np.array([0]), None, row[:, :2])
    with pytest.raises(ValueError, match="outside the cube"):
        cube.add(np.array([1]), None, row)
    with pytest.raises(ValueError, match="outside the cube"):
        cube.add(np.array([0]), np.array([-1]), row)
    row[0, 1] = 2  # yes/no has the options 0 and 1
    with pytest.raises(AnswerError, match=r"i1\.2"):
        cube.add(np.array([0]), None, row)
    assert not cube.counts.any()


def test_bytes_of_a_store(found):
    cube, again = (CountCube.empty(found, "IIT", ["a", "b"]) for _ in range(2))
    cube.add(np.arange(40) % 2, None, random_rows(found, 40))
    for unit in (0, 1):
        again.load_bytes(unit, 0, cube.unit_bytes(unit, 0))
    assert (again.counts == cube.counts).all()
    with pytest.raises(ValueError, match="do not fit"):
        again.load_bytes(0, 0, b"\0" * 8)


def test_packed_rows_off_the_layout_are_refused(found):
    with pytest.raises(AnswerError, match="a row has 3 bytes"):
        unpack(found, "IIT", b"\0")
    with pytest.raises(AnswerError, match="no option at place 9"):
        unpack(found, "IIT", b"\x09\0\0")
    with pytest.raises(AnswerError, match="no option at place 2"):
        list(Layout(found, "IIT").touched(b"\0\x02\0"))
    with pytest.raises(AnswerError, match="i9: is not a question"):
        pack(found, "IIT", {"i9": "1"})
    assert pack(found, "IIT", {"i1.2": "N"}) == bytes([MISSING, 1, MISSING])


def test_huge_parts_are_merged_without_overflow():
    found = edition("2567", eit_merge={"mode": "halves"})
    cube = CountCube.empty(found, "EIT", ["a"])
    layout = cube.layout
    for part, people in ((0, 900_000_001), (1, 1_999_999_993)):
        for item in layout.items:
            cube.counts[0, part, item.cell(1, 0, 2)] = people
            cube.counts[0, part, item.cell(1, 0, 3)] = 7
        cube.counts[0, part, layout.cells :] = people + 7
    bulk = score_units(BulkInput(found, ("a",), {"EIT": cube}))
    oracle = score_unit(found, UnitInput(counts={"EIT": unit_counts(cube, 0)}))
    for code in ("e1", "6", "EIT"):
        assert bulk.exact(0, code) == oracle.nodes[code].value
        assert bulk.shown[bulk.row[code], 0] == 6700


def test_a_part_of_weight_zero_stands_alone_when_it_is_the_only_one():
    found = edition("2567")
    merge = EitMerge(MergeMode.WEIGHTS, {"1": Fraction(0), "2": Fraction(1)})
    cube = CountCube.empty(found, "EIT", ["a"])
    cube.add(np.array([0]), np.array([0]), np.full((1, 3), 3, np.uint8))
    bulk = score_units(BulkInput(found, ("a",), {"EIT": cube}), eit_merge=merge)
    assert bulk.exact(0, "EIT") == 100
    counts = {"EIT": unit_counts(cube, 0)}
    assert score_unit(found, UnitInput(counts=counts), eit_merge=merge).nodes["EIT"].value == 100


def test_rollup_of_groups():
    found = edition("2564")
    totals = np.array([85.0, 84.99, np.nan, 90.0, 70.005, 70.0])
    shown = np.array([-1 if np.isnan(t) else half_up(Fraction(str(t))) for t in totals.tolist()])
    groups = np.array([0, 0, 0, 1, 3, 3])
    table = rollup(found, totals, shown, groups, 4, lambda unit: Fraction(str(totals[unit])))
    assert table.units.tolist() == [3, 1, 0, 2]
    assert table.scored.tolist() == [2, 1, 0, 2]
    assert table.passed.tolist() == [1, 1, 0, 0]
    assert table.shown.tolist() == [8500, 9000, -1, 7000]  # 84.995 is a tie, 70.0025 is not
    outside = rollup(found, totals, shown, np.array([-1, -1, -1, 0, 0, 0]), 1)
    assert (outside.units.tolist(), outside.shown.tolist()) == ([3], [7667])
