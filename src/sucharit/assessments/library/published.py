"""Published results as data: figures that an authority, a report or the press has announced."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sucharit.assessments.library import places
from sucharit.assessments.library.canonical import sha256_of
from sucharit.assessments.library.checks import provenance_problems
from sucharit.assessments.library.problems import FileProblem, LibraryError
from sucharit.assessments.library.shape import shape_problems
from sucharit.assessments.library.strings import Parsed, parse

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class PublishedResult:
    """One figure: unit key, fiscal year (BE), node (`total`, `IIT`, `8`, …), exact value 0–100.

    `line` is where it stands in its file; `level` is the level as printed, "" when none was;
    `places` names the cells of a table's row.
    """

    unit: str
    year: int
    node: str
    value: Fraction
    level: str
    source: str
    verified: bool
    note: Mapping[str, str]
    line: int
    places: Mapping[str, str] = field(default_factory=dict)

    def place(self, column: str) -> str:
        """Where a column of this figure stands: a cell ("D7 value") or a key."""
        return self.places.get(column, f"{self.unit}.{column}")


@dataclass(frozen=True, slots=True)
class PublishedStatistic:
    """One figure about a group: a count, a share in per cent, or a rank, by `key`."""

    unit: str
    year: int
    key: str
    value: Fraction
    source: str
    verified: bool
    note: Mapping[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file of published figures with the titles of the units and groups it names.

    `groups` are means or counts of many agencies (the nation, a ministry's agencies): never an
    agency's own score.
    """

    id: str
    title: Mapping[str, str]
    sources: Mapping[str, str]
    groups: Mapping[str, Mapping[str, str]]
    units: Mapping[str, Mapping[str, str]]
    results: tuple[PublishedResult, ...]
    statistics: tuple[PublishedStatistic, ...]
    sha256: str
    path: Path


def published() -> list[PublishedFile]:
    """Every bundled file of published results, by file name."""
    return [read_published(path) for path in sorted(places.PUBLISHED.glob("*.yaml"))]


def read_published(path: str | Path) -> PublishedFile:
    """Read and check one file; raises LibraryError with every finding."""
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        problem = FileProblem(
            places.display_name(path), 0, "(document)", f"cannot be read ({error})"
        )
        raise LibraryError([problem]) from error
    return read_published_text(text, path)


def read_published_text(text: str, path: Path) -> PublishedFile:
    """The same for text in hand; `path` only names the file in messages."""
    parsed = parse(text, places.display_name(path))
    problems = shape_problems(parsed, "published")
    if not problems:
        problems = [*provenance_problems(parsed), *_value_problems(parsed)]
    if problems:
        raise LibraryError(problems)
    return _made(parsed, path)


def _value_problems(parsed: Parsed) -> list[FileProblem]:
    problems, seen = [], set()
    for at, row in enumerate(parsed.document["results"]):
        if not 0 <= Fraction(row["value"]) <= 100:
            message = f"{row['value']} is not within 0 to 100"
            problems.append(parsed.problem(("results", at, "value"), message))
        where = (row["unit"], row["year"], row["node"])
        if where in seen:
            message = "this unit, year and node has a figure already"
            problems.append(parsed.problem(("results", at), message))
        seen.add(where)
    return problems + _unnamed(parsed)


def _unnamed(parsed: Parsed) -> list[FileProblem]:
    """A key that is neither a group nor a unit is more likely a slip than a new unit."""
    document = parsed.document
    known = document.get("groups", {}).keys() | document.get("units", {}).keys()
    return [
        parsed.problem((group, at, "unit"), f"{row['unit']} is not in `groups` or `units`")
        for group in ("results", "statistics")
        for at, row in enumerate(document.get(group, []))
        if row["unit"] not in known
    ]


def _made(parsed: Parsed, path: Path) -> PublishedFile:
    document = parsed.document
    return PublishedFile(
        id=document["id"],
        title=document["title"],
        sources=document["sources"],
        groups=_titles(document, "groups"),
        units=_titles(document, "units"),
        results=tuple(
            PublishedResult(
                node=row["node"], level=row.get("level", ""), **_common(parsed, "results", at, row)
            )
            for at, row in enumerate(document["results"])
        ),
        statistics=tuple(
            PublishedStatistic(key=row["key"], **_common(parsed, "statistics", at, row))
            for at, row in enumerate(document.get("statistics", []))
        ),
        sha256=sha256_of(document),
        path=path,
    )


def _titles(document: Mapping[str, Any], key: str) -> dict[str, Mapping[str, str]]:
    return {code: named["title"] for code, named in document.get(key, {}).items()}


def _common(parsed: Parsed, group: str, at: int, row: Mapping[str, str]) -> dict[str, Any]:
    document = parsed.document
    return {
        "unit": row["unit"],
        "year": int(row["year"]),
        "value": Fraction(row["value"]),
        "source": row.get("source", document.get("source", "")),
        "verified": row.get("verified", document["verified"]) == "yes",
        "note": document.get("notes", {}).get(row.get("note", ""), {}),
        "line": parsed.line_of((group, at)),
    }
