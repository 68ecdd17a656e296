"""`sucharit score` as a process: rows out, exit codes, one message when something is wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from sucharit.assessments.scorefile import Request, ScoreFileError, run
from sucharit.assessments.scorefile.rows import connect

NODES_FIRST = ["total", "IIT", "EIT", "OIT", *map(str, range(1, 11)), "9.1"]
CASE_D = {
    "1": "92.40", "2": "88.15", "3": "90.05", "4": "86.70", "5": "84.95",
    "6": "91.20", "7": "83.40", "8": "79.85",
}  # fmt: skip
LOST = {"O7", "O14", "O26", "O34"}


def put(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def values(tmp_path) -> Path:
    rows = [f"th-66,{node},{value}" for node, value in CASE_D.items()]
    return put(tmp_path / "values.csv", "unit,node,value", *rows)


@pytest.fixture
def marks(tmp_path) -> Path:
    rows = [f"th-66,O{n},{0 if f'O{n}' in LOST else 100}" for n in range(1, 36)]
    return put(tmp_path / "marks.csv", "unit,item,points", *rows)


def scored(request: Request) -> str:
    out = io.StringIO()
    run(request, out, io.StringIO())
    return out.getvalue()


def by_node(text: str) -> dict[str, dict[str, str]]:
    return {row["node"]: row for row in csv.DictReader(io.StringIO(text))}


def test_worked_example_d_end_to_end(values, marks, ita2567):
    text = scored(Request("ita-2567", values=values, marks=marks))
    rows = by_node(text)
    assert text.splitlines()[0] == "unit,node,value,display,n,level"
    assert list(rows) == list(ita2567.nodes)
    assert list(rows)[: len(NODES_FIRST)] == NODES_FIRST
    assert rows["total"] == {
        "unit": "th-66", "node": "total", "value": "84.158571428571", "display": "84.16",
        "n": "", "level": "ต้องปรับปรุง",
    }  # fmt: skip
    assert (rows["OIT"]["display"], rows["9"]["display"]) == ("80.45", "92.14")
    assert {row["level"] for row in rows.values()} == {"ต้องปรับปรุง", ""}
    assert rows["i1"]["value"] == ""


def test_answers_of_two_units_with_skipped_questions(tmp_path, ita2567):
    path = put(
        tmp_path / "r.csv",
        "unit,instrument,part,i1.1,i1.2,i2,e2",
        "b,IIT,,4,,4,",
        "b,IIT,,1,1,,",
        "a,EIT,1,,,,4",
        "a,EIT,2,,,,1",
    )
    text = scored(Request("ita-2567", responses=path, status=True))
    found = list(csv.DictReader(io.StringIO(text)))
    assert [row["unit"] for row in found] == ["a"] * 80 + ["b"] * 80
    rows = {(row["unit"], row["node"]): row for row in found}
    first = rows["b", "i1"]
    assert (first["value"], first["display"], first["n"]) == ("50.000000000000", "50.00", "2")
    assert (rows["b", "i2"]["n"], rows["b", "1"]["display"], rows["b", "IIT"]["n"]) == (
        "1",
        "75.00",
        "2",
    )
    assert (rows["a", "e2"]["display"], rows["a", "e2"]["n"]) == ("50.00", "2")
    silent = rows["a", "i1"]
    assert (silent["value"], silent["n"], silent["status"]) == ("", "0", "missing")
    assert rows["a", "OIT"]["status"] == "missing"  # no marks file: unknown, not 0


def plain_text(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def test_formats_hold_the_same_rows(tmp_path, values, marks):
    request = {"framework": "ita-2567", "values": values, "marks": marks}
    plain = list(csv.DictReader(io.StringIO(scored(Request(**request, status=True)))))
    made = json.loads(scored(Request(**request, format="json")), parse_float=Decimal)
    scored(Request(**request, output=tmp_path / "o.parquet"))
    with connect() as connection:
        found = connection.execute("SELECT * FROM read_parquet(?)", [str(tmp_path / "o.parquet")])
        names = [column[0] for column in found.description]
        typed = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    assert len(plain) == len(made) == len(typed) == 80
    for row, item, record in zip(plain, made, typed, strict=True):
        assert {key: "" if v is None else plain_text(v) for key, v in item.items()} == row
        assert {k: v or None for k, v in row.items() if k != "value"} == {
            k: str(v) if v is not None else None for k, v in record.items() if k != "value"
        }
        assert (record["value"] is None) == (row["value"] == "")
        assert not row["value"] or abs(record["value"] - float(row["value"])) < 1e-12


def test_explanation_of_one_unit(values, marks):
    request = {"framework": "ita-2567", "values": values, "marks": marks, "explain": "th-66"}
    text = scored(Request(**request))
    assert text.startswith("th-66: 84.16  ต้องปรับปรุง (")
    assert "O34" in text
    assert "weight 1/2" in text
    tree = json.loads(scored(Request(**request, format="json")))
    assert (tree["unit"], tree["display"], tree["exact"]) == ("th-66", "84.16", "58911/700")
    with pytest.raises(ScoreFileError, match="no file names this unit"):
        scored(Request(**(request | {"explain": "nobody"})))


def test_rules_of_the_edition_can_be_replaced(tmp_path):
    path = put(tmp_path / "r.csv", "unit,instrument,part,e2", *["a,EIT,1,4"] * 3, "a,EIT,2,1")
    shown = {
        mode: by_node(scored(Request("ita-2567", responses=path, eit_merge=mode)))["e2"]["display"]
        for mode in ("pooled", "halves", "weights")
    }
    assert shown == {"pooled": "75.00", "halves": "50.00", "weights": "50.00"}
    heads = put(tmp_path / "p.csv", "unit,instrument,n", "a,EIT,300")
    request = {"framework": "ita-2567", "responses": path, "population": heads, "status": True}
    short = by_node(scored(Request(**request, shortfall="not_scored")))
    assert (short["EIT"]["status"], short["EIT"]["display"]) == ("not_scored", "")
    assert short["total"]["level"] == "ไม่ประมวลผล"
    assert by_node(scored(Request(**request, shortfall="zero")))["EIT"]["display"] == "0.00"


def test_incomplete_framework_takes_published_values_only(tmp_path):
    values = put(tmp_path / "v.csv", "unit,node,value", "a,IIT,90", "a,EIT,90", "a,OIT,91.50")
    assert by_node(scored(Request("ita-2568", values=values)))["total"]["display"] == "90.60"
    answers = put(tmp_path / "r.csv", "unit,instrument,part", "a,IIT,")
    with pytest.raises(
        ScoreFileError, match=r"line 2, column instrument: the items of IIT are not"
    ):
        scored(Request("ita-2568", responses=answers))


HEAD = "unit,instrument,part,i2,e2"
BAD_RESPONSES = [
    ([HEAD, "a,IIT,,9,"], "line 2, column i2: '9' is not an option (allowed: 1, 2, 3, 4)"),
    ([HEAD, "a,IIT,,4,", "a,IIT,,x,"], "line 3, column i2: 'x' is not an option"),
    ([HEAD, ",IIT,,4,"], "line 2, column unit: is blank"),
    ([HEAD, " a,IIT,,4,"], "line 2, column unit: ' a' has spaces around it"),
    (
        [HEAD, "a,XIT,,4,"],
        "line 2, column instrument: 'XIT' is not an instrument (known: IIT, EIT)",
    ),
    ([HEAD, "a,OIT,,,"], "line 2, column instrument: OIT is not answered by respondents"),
    ([HEAD, "a,EIT,3,,1"], "line 2, column part: '3' is not a part of EIT (known: 1, 2)"),
    ([HEAD, "a,EIT,,,1"], "line 2, column part: '' is not a part of EIT (known: 1, 2)"),
    ([HEAD, "a,IIT,,4,1"], "line 2, column e2: is a question of EIT, this row is IIT"),
    ([HEAD, "a,IIT,,4"], "line 2: has 4 cells, the header has 5"),
    ([HEAD, "a,IIT,,4,,"], "line 2: has 6 cells, the header has 5"),
    ([HEAD, '"two', 'lines",IIT,,4,', "a,IIT,,7,"], "line 4, column i2: '7'"),
    ([HEAD, 'a,IIT,,"4,'], "line 2: cannot be read as CSV"),
    (["unit,instrument,part,i99"], "line 1, column i99: is not a known column"),
    (
        ["unit,instrument,part,i1"],
        "column i1: has sub-questions, each in a column of its own: i1.1",
    ),
    (["unit,instrument,part,i2,i2"], "line 1, column i2: stands twice in the header"),
    (["unit,instrument,i2"], "line 1, column part: is missing from the header"),
    (["unit;instrument;part;i2"], "separate the columns with commas"),
]


@pytest.mark.parametrize(("lines", "message"), BAD_RESPONSES, ids=[m for _, m in BAD_RESPONSES])
def test_unclear_answers_are_refused(tmp_path, lines, message):
    path = put(tmp_path / "r.csv", *lines)
    with pytest.raises(ScoreFileError) as error:
        scored(Request("ita-2567", responses=path, output=tmp_path / "o.csv"))
    assert f"r.csv, {message}" in str(error.value) or message in str(error.value)
    assert not (tmp_path / "o.csv").exists()


def test_bytes_that_are_no_text(tmp_path):
    path = tmp_path / "r.csv"
    path.write_bytes(f"{HEAD}\na,IIT,,4,\nb,IIT,,".encode() + b"\xff,\n")
    with pytest.raises(ScoreFileError, match=r"r\.csv, line 3, column number 4: is not UTF-8 text"):
        scored(Request("ita-2567", responses=path))
    path = tmp_path / "r.jsonl"
    path.write_bytes(b'{"unit": "\xff"}\n')
    with pytest.raises(ScoreFileError, match=r"line 1: is not UTF-8 text \(byte 11\)"):
        scored(Request("ita-2567", responses=path))


BAD_JSON = [
    ("{", "line 1: is not JSON"),
    ("[1]", "line 1: must hold one JSON object"),
    ('{"unit": "a", "unit": "b"}', "column unit: stands twice in the object"),
    ('{"unit": "a", "instrument": "IIT", "zz": 1}', "column zz: is not a known column"),
    ('{"unit": "a", "instrument": "IIT", "i2": [4]}', "column i2: must be a text or a number"),
    ('{"unit": "a", "instrument": "IIT", "i2": true}', "column i2: must be a text or a number"),
    ('{"unit": "a", "i2": 4}', "column instrument: '' is not an instrument"),
]


@pytest.mark.parametrize(("line", "message"), BAD_JSON, ids=[m for _, m in BAD_JSON])
def test_unclear_json_lines_are_refused(tmp_path, line, message):
    path = put(tmp_path / "r.jsonl", line)
    with pytest.raises(ScoreFileError) as error:
        scored(Request("ita-2567", responses=path))
    assert message in str(error.value)


BAD_TABLES = [
    ("marks", ["unit,item,points", "a,O1,100", "a,O1,100"], "line 3, column item: duplicate row"),
    ("marks", ["unit,item,points", "a,O99,100"], "line 2, column item: there is no item 'O99'"),
    ("marks", ["unit,item,points", "a,i2,100"], "column item: i2 is answered by respondents"),
    ("marks", ["unit,item,points", "a,O1,50"], "column points: 50 points are not allowed for O1"),
    ("marks", ["unit,item,points", "a,O1,"], "line 2, column points: is blank"),
    ("marks", ["unit,item,points", "a,O1,1e2"], "column points: '1e2' is not a number"),
    ("marks", ["unit,item,points", "a,O1,-1"], "column points: '-1' is not a number of points"),
    ("marks", ["unit,item,points", ",O1,0"], "line 2, column unit: is blank"),
    ("marks", ["unit,item,points,note", "a,O1,0,x"], "column note: is not a known column"),
    ("values", ["unit,node,value", "a,XX,90"], "line 2, column node: there is no node 'XX'"),
    ("values", ["unit,node,value", "a,IIT,100.01"], "column value: 10001/100 is outside"),
    ("values", ["unit,node,value", "a,IIT,๙๐"], "column value: '๙๐' is not a number"),
    ("values", ["unit,node,value", "a,IIT,90", "a,IIT,91"], "a IIT stands already on line 2"),
    ("population", ["unit,instrument,n", "a,OIT,5"], "column instrument: 'OIT' is not a surveyed"),
    ("population", ["unit,instrument,n", "a,IIT,0"], "column n: '0' is not a number of people"),
]


@pytest.mark.parametrize(("name", "lines", "message"), BAD_TABLES, ids=[m for *_, m in BAD_TABLES])
def test_unclear_tables_are_refused(tmp_path, values, name, lines, message):
    files = {"values": values, name: put(tmp_path / "t.csv", *lines)}
    with pytest.raises(ScoreFileError) as error:
        scored(Request("ita-2567", **files))
    assert message in str(error.value)


BAD_REQUESTS = [
    ({}, "nothing to score"),
    ({"marks": Path("nowhere.csv")}, "there is no such file"),
    ({"marks": Path(__file__)}, "name the file .csv, .jsonl or .parquet"),
    ({"framework": "ita-1999"}, "framework ita-1999"),
    ({"format": "parquet"}, "Parquet goes to a file"),
    ({"output": Path("no/such/folder/o.csv")}, "cannot be written"),
]


@pytest.mark.parametrize(("parts", "message"), BAD_REQUESTS, ids=[m for _, m in BAD_REQUESTS])
def test_requests_that_cannot_work(values, parts, message):
    request = {"framework": "ita-2567"} | ({"values": values} if parts else {}) | parts
    with pytest.raises(ScoreFileError) as error:
        scored(Request(**request))
    assert message in str(error.value)


# --- the real process


def sucharit(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sucharit", "score", *map(str, arguments)],
        check=False, capture_output=True, text=True, encoding="utf-8",
        env=os.environ | {"PYTHONIOENCODING": "utf-8"} | environment,
    )  # fmt: skip


def test_process_needs_no_database(values, marks, tmp_path):
    result = sucharit(
        "ita-2567", "--values", values, "--marks", marks,
        DATABASE_URL="postgres://nobody@127.0.0.1:1/none",
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert by_node(result.stdout)["total"]["display"] == "84.16"
    assert "1 units, 1 with a total" in result.stderr


def test_process_refuses_with_exit_code_2_and_one_message(tmp_path):
    path, out = put(tmp_path / "m.csv", "unit,item,points", "a,O1,7"), tmp_path / "o.csv"
    out.write_text("kept")
    result = sucharit("ita-2567", "--marks", path, "-o", out)
    assert (result.returncode, result.stdout, out.read_text()) == (2, "", "kept")
    assert result.stderr.strip().endswith(
        "m.csv, line 2, column points: 7 points are not allowed for O1 (allowed: 0, 100)"
    )
    assert "Traceback" not in result.stderr
    assert list(tmp_path.glob(".score-*")) == []
    assert sucharit("ita-2567", "--format", "xml").returncode == 2


def test_examples_of_the_documentation_are_accepted(tmp_path):
    text = (Path(__file__).parents[3] / "docs" / "file-formats-scoring.md").read_text("utf-8")
    blocks = re.findall(r"```csv\n(.*?)```", text, re.DOTALL)[:4]
    names = ("responses", "marks", "values", "population")
    files = {
        name: put(tmp_path / f"{name}.csv", block.strip())
        for name, block in zip(names, blocks, strict=True)
    }
    rows = by_node(scored(Request("ita-2567", **files)))
    assert (rows["IIT"]["display"], rows["9"]["display"], rows["9.1"]["display"]) == (
        "92.40", "97.78", "50.00",
    )  # fmt: skip
    assert (rows["EIT"]["display"], rows["EIT"]["n"]) == ("100.00", "1")
    assert (rows["O3"]["value"], rows["O35"]["display"]) == ("", "0.00")  # O3 is under 9


def test_help_page_has_examples():
    result = sucharit("--help")
    assert result.returncode == 0
    for text in ("sucharit score ita-2567 --responses", "--explain UNIT", "exit code", "display"):
        assert text in result.stdout
