"""Answer files read by DuckDB: text to option numbers in SQL, then into the count cube in chunks.

Anything that looks wrong (or that DuckDB cannot parse) gives None, and the plain reader of
`responses` takes over: it names the place, or reads the file after all. Both give equal counts.
"""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import numpy as np

from .responses import Answers, Chunk, Question, Spec, counted, unit_problem
from .rows import Table, connect, kind_of, parquet_columns

_WRONG = 254
_CHUNK = 200_000
_MEMORY = "1GB"
_PARTS = 16
"""A stratum is one byte: place of the instrument × 16 + place of the part."""


def read_fast(path: Path, table: Table, spec: Spec) -> Answers | None:
    """Count a sound answer file; None when it must be read the plain way."""
    questions = {name: spec.questions[name] for name in table.columns if name in spec.questions}
    if not _fits(spec, questions):
        return None
    with tempfile.TemporaryDirectory() as spill, connect() as connection:
        connection.execute("SET memory_limit = ?", [_MEMORY])
        connection.execute("SET temp_directory = ?", [spill])
        connection.execute("SET preserve_insertion_order = false")
        try:
            connection.execute(_load_query(path, table, spec, questions))
            if not _sound(connection, spec, questions) or _overlooks(connection, path, table):
                return None
        except duckdb.Error:
            return None
        return _count(connection, spec, questions)


def _fits(spec: Spec, questions: Mapping[str, Question]) -> bool:
    """Whether strata fit a byte and no option code holds a comma (see `_expected_commas`)."""
    places = [place for _, place in spec.strata.values()]
    if max(places, default=0) >= _PARTS or len(spec.edition.instruments) >= _PARTS:
        return False
    return not any("," in code for question in questions.values() for code in question.options)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _source(path: Path, table: Table) -> tuple[str, dict[str, str]]:
    """FROM clause, and SQL for each column as text."""
    kind = kind_of(path)
    if kind == "parquet":
        return f"read_parquet({_text(str(path))})", parquet_columns(path)
    names = {f"c{place}": name for place, name in enumerate(table.columns)}
    if kind == "csv":
        columns = ", ".join(f"{alias}: 'VARCHAR'" for alias in names)
        source = (
            f"read_csv({_text(str(path))}, auto_detect=false, header=true, delim=',', quote='\"', "
            f"escape='\"', columns={{{columns}}})"
        )
        return source, {name: f"coalesce({alias}, '')" for alias, name in names.items()}
    columns = ", ".join(f"{_text(name)}: 'VARCHAR'" for name in table.columns)
    source = f"read_json({_text(str(path))}, format='newline_delimited', columns={{{columns}}})"
    quoted = {name: '"' + name.replace('"', '""') + '"' for name in table.columns}
    return source, {name: f"coalesce({text}, '')" for name, text in quoted.items()}


def _load_query(path: Path, table: Table, spec: Spec, questions: Mapping[str, Question]) -> str:
    source, texts = _source(path, table)
    order = {code: place for place, code in enumerate(spec.edition.instrument)}
    strata = {
        f"{instrument}\x1f{part}": order[code] * _PARTS + place
        for (instrument, part), (code, place) in spec.strata.items()
    }
    stratum = f"({texts['instrument']} || '\x1f' || {texts['part']})"
    selected = [f"{texts['unit']} AS unit", f"{_case(stratum, strata)} AS stratum"]
    for place, (name, question) in enumerate(questions.items()):
        selected.append(f"{_case(texts[name], {'': 255} | question.options)} AS q{place}")
    return f"CREATE TEMP TABLE answers AS SELECT {', '.join(selected)} FROM {source}"  # noqa: S608


def _case(text: str, codes: Mapping[str, int]) -> str:
    cases = " ".join(f"WHEN {_text(code)} THEN {value}" for code, value in codes.items())
    return f"(CASE {text} {cases} ELSE {_WRONG} END)::UTINYINT"


def _sound(
    connection: duckdb.DuckDBPyConnection, spec: Spec, questions: Mapping[str, Question]
) -> bool:
    """Whether every row has a known stratum and options, and answers of its own instrument only."""
    wrong = [f"stratum = {_WRONG}", *(f"q{place} = {_WRONG}" for place in range(len(questions)))]
    for place, instrument in enumerate(spec.edition.instrument):
        others = [
            f"q{column} <> 255"
            for column, question in enumerate(questions.values())
            if question.instrument != instrument
        ]
        if others:
            wrong.append(f"(stratum // 16 = {place} AND ({' OR '.join(others)}))")
    query = f"SELECT 1 FROM answers WHERE {' OR '.join(wrong)} LIMIT 1"  # noqa: S608
    return connection.execute(query).fetchone() is None


def _overlooks(connection: duckdb.DuckDBPyConnection, path: Path, table: Table) -> bool:
    """Whether the file holds something DuckDB passes over: a surplus empty cell, an unknown key."""
    if kind_of(path) == "csv":
        return _commas(path) != _expected_commas(connection, table)
    if kind_of(path) == "parquet":
        return False
    query = "SELECT DISTINCT unnest(json_keys(json)) FROM read_ndjson_objects(?)"
    found = connection.execute(query, [str(path)]).fetchall()
    return not {name for (name,) in found} <= set(table.columns)


def _commas(path: Path) -> int:
    with path.open("rb") as file:
        return sum(block.count(b",") for block in iter(lambda: file.read(1 << 20), b""))


def _expected_commas(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    """Commas of a file whose every row has the header's width; only units may hold some inside."""
    query = "SELECT count(*), sum(length(unit) - length(replace(unit, ',', ''))) FROM answers"
    rows, inside = connection.execute(query).fetchone() or (0, 0)
    return (int(rows) + 1) * (len(table.columns) - 1) + int(inside or 0)


def _count(
    connection: duckdb.DuckDBPyConnection, spec: Spec, questions: Mapping[str, Question]
) -> Answers | None:
    found = connection.execute("SELECT DISTINCT unit FROM answers").fetchall()
    units = tuple(sorted(unit for (unit,) in found))
    if any(unit_problem(unit) for unit in units):
        return None
    rows = _number(connection, "SELECT count(*) FROM answers")
    if not rows:
        return Answers({}, (), 0)
    # Text order of DuckDB is by bytes of UTF-8, the same as Python's by code points.
    connection.execute(
        "CREATE TYPE unit_code AS ENUM (SELECT DISTINCT unit FROM answers ORDER BY unit)"
    )
    cubes = {}
    for place, instrument in enumerate(spec.edition.instrument):
        here = f"stratum // 16 = {place}"
        if _number(connection, f"SELECT count(*) FROM answers WHERE {here}"):  # noqa: S608
            chunks = _chunks(connection, spec, questions, instrument, rows)
            cubes[instrument] = counted(spec, instrument, units, chunks)
    return Answers(cubes, units, rows)


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    found = connection.execute(query).fetchone()
    return int(found[0]) if found else 0


def _chunks(
    connection: duckdb.DuckDBPyConnection,
    spec: Spec,
    questions: Mapping[str, Question],
    instrument: str,
    rows: int,
) -> Iterator[Chunk]:
    place = list(spec.edition.instrument).index(instrument)
    own = [
        (column, question.place)
        for column, question in enumerate(questions.values())
        if question.instrument == instrument
    ]
    columns = "".join(f", q{column}" for column, _ in own)
    query = (
        "SELECT enum_code(unit::unit_code)::INTEGER AS unit, (stratum % 16)::TINYINT AS part"  # noqa: S608
        f"{columns} FROM answers WHERE stratum // 16 = {place} AND rowid BETWEEN ? AND ?"
    )
    width = len(spec.questions_of(instrument))
    for start in range(0, rows, _CHUNK):
        found = connection.execute(query, [start, start + _CHUNK - 1]).fetchnumpy()
        packed = np.full((width, len(found["unit"])), 255, np.uint8)
        for column, byte in own:
            packed[byte] = found[f"q{column}"]
        yield np.asarray(found["unit"]), np.asarray(found["part"]), packed.T
