"""Answer files: the fast and the plain reader count alike, in all three file kinds."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sucharit.assessments.engine import Edition, UnitInput, score_unit, unit_counts
from sucharit.assessments.scorefile import fast, responses
from sucharit.assessments.scorefile.problems import ScoreFileError
from sucharit.assessments.scorefile.responses import Spec, read_plain, read_responses
from sucharit.assessments.scorefile.rows import connect, open_table, problems_of
from tests.assessments.engine.documents import editions
from tests.assessments.engine.documents import responses as answers

if TYPE_CHECKING:
    from pathlib import Path

UNITS = st.sampled_from(["moi-cdd", "จังหวัดพิจิตร", 'a,"b"', "00123", "two\nlines", "Ω"])


def written(folder: Path, kind: str, rows: list[dict[str, str]], columns: list[str]) -> Path:
    path = folder / f"answers.{kind}"
    if kind == "jsonl":
        lines = [json.dumps({k: v or None for k, v in row.items()}) for row in rows]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path
    table = io.StringIO()
    writer = csv.DictWriter(table, columns)
    writer.writeheader()
    writer.writerows(rows)
    plain = folder / "answers.csv"
    plain.write_text(table.getvalue(), encoding="utf-8", newline="")
    if kind == "parquet":
        with connect() as connection:
            names = ", ".join(f"'{name}': 'VARCHAR'" for name in columns)
            connection.execute(
                f"COPY (SELECT * FROM read_csv('{plain}', auto_detect=false, header=true, "
                f"quote='\"', escape='\"', columns={{{names}}})) TO '{path}' (FORMAT parquet)"
            )
    return path


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.data())
def test_fast_and_plain_readers_count_alike(tmp_path, data):
    found: Edition = data.draw(editions())
    spec = Spec(found)
    given_ = [(data.draw(UNITS), row) for row in data.draw(answers(found))]
    columns = data.draw(st.permutations(["unit", "instrument", "part", *spec.questions]))
    rows = [
        {"unit": unit, "instrument": row.instrument, "part": row.part} | dict(row.answers)
        for unit, row in given_
    ]
    kind = data.draw(st.sampled_from(["csv", "jsonl", "parquet"]))
    path = written(tmp_path, kind, rows, columns)
    problems = problems_of(path)
    table = open_table(path, spec.columns, problems)
    quick, plain = fast.read_fast(path, table, spec), read_plain(table, spec, problems)
    assert quick is not None
    assert (quick.units, quick.rows) == (plain.units, plain.rows)
    assert quick.units == tuple(sorted({unit for unit, _ in given_}))
    assert set(quick.cubes) == set(plain.cubes)
    for code, cube in quick.cubes.items():
        assert (cube.counts == plain.cubes[code].counts).all()
    for place, unit in enumerate(quick.units):
        counts = {code: unit_counts(cube, place) for code, cube in quick.cubes.items()}
        own = UnitInput(rows=[row for name, row in given_ if name == unit])
        assert score_unit(found, UnitInput(counts=counts)).nodes == score_unit(found, own).nodes


@pytest.fixture
def spec(ita2567: Edition) -> Spec:
    return Spec(ita2567)


HEAD = "unit,instrument,part,i2,e2\n"


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + HEAD + "a,IIT,,4,\n",
        HEAD.replace("\n", "\r\n") + "a,IIT,,4,\r\n",
        HEAD + "\na,IIT,1,4.0,\n\n",
        HEAD + 'a,IIT,1.0,"4",""',
        HEAD + "a,IIT,,4,\r\n",  # mixed line ends
        "e2,i2,part,instrument,unit\n,4,,IIT,a\n",
    ],
)
def test_ways_to_write_one_row(tmp_path, spec, text):
    path = tmp_path / "r.csv"
    path.write_text(text, encoding="utf-8", newline="")
    found = read_responses(path, spec)
    assert (found.units, found.rows) == (("a",), 1)
    assert found.cubes["IIT"].options("i2").tolist() == [[[0, 0, 0, 1]]]


def test_plain_reader_works_in_batches(tmp_path, spec, monkeypatch):
    path = tmp_path / "r.csv"
    rows = [f"u{n % 3},IIT,,{n % 4 + 1},\n" for n in range(50)]
    path.write_text(HEAD + "".join(rows))
    whole = read_responses(path, spec)
    monkeypatch.setattr(responses, "_BATCH", 7)
    problems = problems_of(path)
    pieces = read_plain(open_table(path, spec.columns, problems), spec, problems)
    assert (pieces.units, pieces.rows) == (("u0", "u1", "u2"), 50)
    assert (pieces.cubes["IIT"].counts == whole.cubes["IIT"].counts).all()


def test_numbers_with_gaps_from_a_data_frame(tmp_path, spec):
    """A column of integers with missing cells is DOUBLE with NaN in Parquet, "4.0" in CSV."""
    path = tmp_path / "r.parquet"
    with connect() as connection:
        connection.execute(
            "COPY (SELECT * FROM (VALUES (7, 'IIT', 1, 4.0::DOUBLE), (7, 'IIT', 1, 'nan'::DOUBLE), "
            f"(7, 'IIT', 1, NULL)) AS t(unit, instrument, part, i2)) TO '{path}' (FORMAT parquet)"
        )
    found = read_responses(path, spec)
    assert (found.units, found.rows) == (("7",), 3)
    assert found.cubes["IIT"].options("i2").sum() == 1


def test_sound_files_take_the_fast_path(tmp_path, spec, monkeypatch):
    def never(*_: object) -> None:
        raise AssertionError("the plain reader was used")

    monkeypatch.setattr(responses, "read_plain", never)
    for kind in ("csv", "jsonl", "parquet"):
        rows = [{"unit": "a", "instrument": "EIT", "part": "2", "i2": "", "e2": "1"}]
        path = written(tmp_path, kind, rows, HEAD.strip().split(","))
        assert read_responses(path, spec).rows == 1


def test_twenty_problems_are_enough(tmp_path, spec):
    path = tmp_path / "r.csv"
    path.write_text(HEAD + "a,IIT,,9,\n" * 1000)
    with pytest.raises(ScoreFileError) as error:
        read_responses(path, spec)
    assert str(error.value).startswith("20 problems (reading stopped there); nothing was scored")
    assert "line 21, column i2" in str(error.value)
    assert "line 22" not in str(error.value)
