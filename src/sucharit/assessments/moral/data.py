"""What the field publishes, as dated data: the virtues of a year, and which units count as "all"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from sucharit.assessments.library import places
from sucharit.assessments.library.strings import parse

ORGANISATION, COMMUNITY = "moral.organisation", "moral.community"
DISTRICT, PROVINCE = "moral.district", "moral.province"
CODES = (ORGANISATION, COMMUNITY, DISTRICT, PROVINCE)
TITLES: dict[str, Any] = {
    ORGANISATION: _("Moral organisations"),
    COMMUNITY: _("Moral communities"),
    DISTRICT: _("Moral districts"),
    PROVINCE: _("Moral provinces"),
}


@dataclass(frozen=True, slots=True)
class Dated:
    """An entry as it holds from a fiscal year (BE) on; ``verified`` False shows a badge."""

    first: int
    last: int | None
    verified: bool
    source: str
    content: Any


def virtues(fiscal_year: int) -> Dated:
    """The list of virtues of a fiscal year: ``content`` is a list of {code, th, en}. KeyError before all."""
    return _of("virtues.yaml", "lists", "virtues", fiscal_year)


def counted_kinds(code: str, fiscal_year: int) -> tuple[str, ...]:
    """Kinds of units of the register that an instrument counts as "all"."""
    return tuple(_of("scopes.yaml", "scopes", "instruments", fiscal_year).content.get(code, ()))


def _of(name: str, top: str, key: str, fiscal_year: int) -> Dated:
    rows = [
        e
        for e in _entries(name, top, key)
        if e.first <= fiscal_year and (e.last is None or fiscal_year <= e.last)
    ]
    if not rows:
        raise KeyError(fiscal_year)
    return max(rows, key=lambda e: e.first)


@lru_cache(maxsize=4)
def _entries(name: str, top: str, key: str) -> tuple[Dated, ...]:
    path = places.DATA / "moral" / name
    rows: Iterable[Any] = parse(
        path.read_text(encoding="utf-8"), places.display_name(path)
    ).document[top]
    return tuple(
        Dated(
            int(row["effective_from"]),
            int(row["effective_to"]) if "effective_to" in row else None,
            row["verified"] == "yes",
            row["source"],
            row[key],
        )
        for row in rows
    )
