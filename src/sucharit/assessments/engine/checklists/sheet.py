"""What a unit and its assessors see of an instrument document: items in order, their section, what may be chosen.

Reads ``sucharit/instrument@1`` documents. Arithmetic and relevance are ``engine.instruments``' business.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sucharit.assessments.engine.exact import exact, fraction_text

ANSWERED = frozenset(
    {
        "choice", "choices", "points", "integer", "decimal", "text", "date", "time", "datetime",
        "acknowledge", "range",
    }
)  # fmt: skip
NUMBERS = frozenset({"integer", "decimal", "range"})
ELSEWHERE = frozenset(
    {"repeat", "rank", "file", "image", "geopoint"}
)  # not answered on a checklist
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: ``value`` as stored; ``points`` what it is worth (None: nothing, or missing)."""

    value: str
    label: Words
    points: Fraction | None
    na: bool = False


@dataclass(frozen=True, slots=True)
class SheetItem:
    """One item a unit answers."""

    id: str
    type: str
    label: Words
    hint: Words
    section: str  # id of its section, "" outside any
    options: tuple[Option, ...] = ()
    required: bool = False
    evidence: str = "none"  # none | optional | required
    may_be_na: bool = False
    profiles: tuple[str, ...] = ()
    least: str = ""
    most: str = ""
    max_chars: int | None = None
    inside_repeat: bool = False

    @property
    def markable(self) -> bool:
        """Whether assessors judge it: points, choices that are worth points, and numbers."""
        if self.type in NUMBERS or self.type == "points":
            return True
        return self.type == "choice" and any(o.points is not None for o in self.options)

    @property
    def full(self) -> Fraction | None:
        """The highest points of the item; None where it has none."""
        return max((o.points for o in self.options if o.points is not None), default=None)

    def worth(self, value: object) -> Fraction | None:
        """Points of a value; None where it has none."""
        return next((o.points for o in self.options if o.value == str(value)), None)


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its answered items in order."""

    id: str
    title: Words
    items: tuple[SheetItem, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The answered items of an instrument, for one profile."""

    items: tuple[SheetItem, ...]
    titles: Mapping[str, Words]  # of sections, in order
    profile: str | None

    @classmethod
    def from_document(cls, document: Mapping[str, Any], unit_kind: str = "") -> "Sheet":
        """The sheet for a kind of unit. ValueError for numbers that are none."""
        profile = profile_for(document, unit_kind)
        scales = {
            name: tuple(_options(s.get("options", ())))
            for name, s in document.get("scales", {}).items()
        }
        rows = document.get("items", ())
        kinds = {row["id"]: row["type"] for row in rows}
        parents = {row["id"]: row.get("in", "") for row in rows}
        titles = {
            row["id"]: row.get("title") or row.get("label") or {}
            for row in rows
            if row["type"] == "section"
        }
        items = tuple(
            _item(
                row, scales, _top(row["id"], parents, kinds), _in_repeat(row["id"], parents, kinds)
            )
            for row in rows
            if row["type"] in ANSWERED
        )
        return cls(tuple(i for i in items if applies(i.profiles, profile)), titles, profile)

    @property
    def by_id(self) -> dict[str, SheetItem]:
        """Items by id."""
        return {i.id: i for i in self.items}

    @property
    def sections(self) -> tuple[Section, ...]:
        """Sections in order; items outside any come first under "" ."""
        found: dict[str, list[SheetItem]] = {}
        for item in self.items:
            found.setdefault(item.section, []).append(item)
        return tuple(Section(s, self.titles.get(s, {}), tuple(rows)) for s, rows in found.items())

    @property
    def markable(self) -> tuple[str, ...]:
        """Ids of the items assessors judge."""
        return tuple(i.id for i in self.items if i.markable)


def profile_for(document: Mapping[str, Any], unit_kind: str) -> str | None:
    """The first applicability profile that names the kind of unit; None: no profile, every item applies.

    A document with profiles of which none fits gives None as well: nothing is hidden from a unit
    nobody thought of.
    """
    for code, profile in (document.get("profiles") or {}).items():
        if unit_kind in profile.get("unit_types", ()):
            return str(code)
    return None


def applies(profiles: Sequence[str], profile: str | None) -> bool:
    """Whether an item with these profiles (empty: all) is asked of a unit with this one."""
    return not profiles or profile is None or profile in profiles


def unsupported(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Ids of items a checklist cannot take: repeats and what stands in them, files, places, rankings."""
    rows = document.get("items", ())
    kinds = {row["id"]: row["type"] for row in rows}
    parents = {row["id"]: row.get("in", "") for row in rows}
    return tuple(
        row["id"]
        for row in rows
        if row["type"] in ELSEWHERE or _in_repeat(row["id"], parents, kinds)
    )


def _item(
    row: Mapping[str, Any], scales: Mapping[str, tuple[Option, ...]], section: str, inside: bool
) -> SheetItem:
    options = scales.get(row.get("scale", ""), ())
    if row["type"] == "points":
        options = tuple(Option(fraction_text(p), {}, p) for p in map(exact, row.get("allowed", ())))
    if row["type"] == "acknowledge":
        options = ()
    if _yes(row.get("reverse")):
        options = _reversed(options)
    return SheetItem(
        id=row["id"],
        type=row["type"],
        label=row.get("label") or row.get("title") or {},
        hint=row.get("hint") or {},
        section=section,
        options=options,
        required=_yes(row.get("required")),
        evidence=row.get("evidence") or "none",
        may_be_na=_yes(row.get("not_applicable")),
        profiles=tuple(row.get("profiles") or ()),
        least=str(row.get("min") or ""),
        most=str(row.get("max") or ""),
        max_chars=int(row["max_chars"]) if row.get("max_chars") else None,
        inside_repeat=inside,
    )


def _options(rows: Sequence[Mapping[str, Any]]) -> list[Option]:
    return [
        Option(
            str(row["code"]),
            row.get("label") or {},
            exact(row["points"]) if row.get("points") not in (None, "") else None,
            _yes(row.get("na")),
        )
        for row in rows
    ]


def _reversed(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """The scale read the other way round: points p become least + most − p."""
    known = [o.points for o in options if o.points is not None]
    if not known:
        return options
    ends = min(known) + max(known)
    return tuple(
        o if o.points is None else Option(o.value, o.label, ends - o.points, o.na) for o in options
    )


def _top(item: str, parents: Mapping[str, str], kinds: Mapping[str, str]) -> str:
    """The outermost section around an item, "" when there is none."""
    found, at, steps = "", parents.get(item, ""), 0
    while at and steps < len(parents):
        if kinds.get(at) == "section":
            found = at
        at, steps = parents.get(at, ""), steps + 1
    return found


def _in_repeat(item: str, parents: Mapping[str, str], kinds: Mapping[str, str]) -> bool:
    at, steps = parents.get(item, ""), 0
    while at and steps < len(parents):
        if kinds.get(at) == "repeat":
            return True
        at, steps = parents.get(at, ""), steps + 1
    return False


def _yes(value: object) -> bool:
    return value is True or str(value).lower() in {"yes", "true"}
