"""A unit's self-report as pages show it: items in their groups, with answer, mark and objection."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sucharit.assessments.engine import Edition, Item, Label, exact
from sucharit.assessments.models import Mark, Objection, OitEntry, Participation, Round
from sucharit.assessments.services.steps import edition_of
from sucharit.core.errors import NotFoundInScope


def text(label: Label) -> str:
    """A published label in the page's language."""
    return label.th if (get_language() or "th").startswith("th") else (label.en or label.th)


@dataclass(frozen=True)
class ItemRow:
    """One item of the self-report as a list shows it."""

    item: Item
    title: str
    entry: OitEntry | None
    links: int
    mark: Mark | None = None
    objection: Objection | None = None

    @property
    def state(self) -> str:
        """``answered``, ``nothing`` (says it has not published this), ``begun`` or ``missing``.

        ``confirm``: copied from an earlier year, nobody has looked at it.
        """
        if self.entry and self.entry.must_confirm:
            return "confirm"
        if self.links:
            return "answered"
        if self.entry and self.entry.nothing_to_show:
            return "nothing"
        return (
            "begun" if self.entry and (self.entry.explanation or self.entry.version) else "missing"
        )

    @property
    def full(self) -> bool | None:
        """Whether the mark is the highest; None: no mark, or the item does not apply."""
        if self.mark is None or self.mark.not_applicable:
            return None
        return exact(self.mark.points) == max(self.item.allowed_points)

    @property
    def may_object(self) -> bool:
        """Whether an objection could change anything: links were given, the mark is not the highest."""
        return bool(self.links) and self.mark is not None and not self.full


@dataclass(frozen=True)
class ItemGroup:
    """A sub-indicator with its items."""

    code: str
    title: str
    rows: list[ItemRow]

    @property
    def done(self) -> int:
        return sum(r.state in {"answered", "nothing"} for r in self.rows)


@dataclass(frozen=True)
class Report:
    """A unit's whole self-report."""

    groups: list[ItemGroup]

    @property
    def rows(self) -> list[ItemRow]:
        return [row for group in self.groups for row in group.rows]

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def done(self) -> int:
        return sum(group.done for group in self.groups)

    @property
    def missing(self) -> list[str]:
        return [r.item.code for r in self.rows if r.state not in {"answered", "nothing"}]

    @property
    def unconfirmed(self) -> list[str]:
        """Items copied from an earlier year that nobody has confirmed; they block submission."""
        return [r.item.code for r in self.rows if r.state == "confirm"]

    @property
    def unanswered(self) -> list[str]:
        """Items without an answer that may be handed in that way."""
        waiting = set(self.unconfirmed)
        return [code for code in self.missing if code not in waiting]

    @property
    def returned(self) -> list[str]:
        """Items with a comment of the head that nobody has acted upon."""
        return [r.item.code for r in self.rows if r.entry and r.entry.open_return]

    @property
    def marked(self) -> int:
        return sum(r.mark is not None for r in self.rows)

    @property
    def full(self) -> int:
        return sum(bool(r.full) for r in self.rows)

    @property
    def objections(self) -> list[Objection]:
        return [r.objection for r in self.rows if r.objection]

    def row(self, code: str) -> ItemRow:
        """The row of an item; NotFoundInScope for a code that is none."""
        for row in self.rows:
            if row.item.code == code:
                return row
        raise NotFoundInScope(_("There is no such item."))

    def beside(self, code: str) -> tuple[str, str]:
        """Codes of the items before and after ("" at the ends)."""
        codes = ["", *[r.item.code for r in self.rows], ""]
        place = codes.index(code)
        return codes[place - 1], codes[place + 1]


def report_of(participation: Participation, *, marks: bool = False) -> Report:
    """All items of a unit with their state; with ``marks`` also marks and objections (4 queries at most)."""
    edition = edition_of(participation.round)
    entries = {e.item: e for e in participation.entries.annotate(n_links=Count("links"))}
    held: dict[str, Mark] = {}
    objected: dict[str, Objection] = {}
    if marks:
        held = {m.item: m for m in participation.marks.select_related("assessor").order_by("turn")}
        objected = {o.item: o for o in participation.objections.all()}
    groups = []
    for code, items in _groups(edition):
        rows = [
            ItemRow(
                i,
                text(i.title),
                entries.get(i.code),
                getattr(entries.get(i.code), "n_links", 0),
                held.get(i.code),
                objected.get(i.code),
            )
            for i in items
        ]
        groups.append(ItemGroup(code, text(edition.titles[code]), rows))
    return Report(groups)


def _groups(edition: Edition) -> list[tuple[str, list[Item]]]:
    groups: dict[str, list[Item]] = {}
    for item in edition.items:
        if not item.surveyed:
            groups.setdefault(item.parent, []).append(item)
    return list(groups.items())


def last_year(participation: Participation, item: Item) -> dict[str, Any] | None:
    """What the unit froze for the same topic in the newest earlier round: links, mark, year; None if nothing.

    Items of two editions are matched by ``topic``; without one, by code within the same framework.
    """
    before = (
        Participation.objects.filter(
            unit=participation.unit_id, round__fiscal_year__lt=participation.round.fiscal_year
        )
        .filter(oit_state__in=["approved", "scored", "final"])
        .select_related("round__framework")
        .defer("round__framework__document")
        .order_by("-round__fiscal_year", "-round_id")
        .first()
    )
    if before is None:
        return None
    edition = edition_of(before.round)
    same = [
        i.code for i in edition.items if not i.surveyed and item.topic and i.topic == item.topic
    ]
    if not same and before.round.framework.code == participation.round.framework.code:
        same = [item.code]
    entry = (
        OitEntry.objects.filter(participation=before, item__in=same)
        .exclude(frozen_at=None)
        .order_by("item")
        .first()
    )
    if entry is None or not (entry.frozen or {}).get("links"):
        return None
    announced = before.round.state == Round.State.FINAL
    mark = (
        Mark.objects.filter(participation=before, item=entry.item).order_by("-turn").first()
        if announced
        else None
    )
    return {
        "year": before.round.fiscal_year,
        "item": entry.item,
        "frozen": entry.frozen,
        "mark": mark,
    }


def next_of(rows: Iterable[ItemRow]) -> str:
    """Code of the first item without a mark, "" when all have one."""
    return next((r.item.code for r in rows if r.mark is None), "")
