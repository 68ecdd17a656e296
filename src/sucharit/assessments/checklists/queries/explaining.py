"""A stored result read for its pages: which run a reader may see, its scores, its parts, the words of its rules."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sucharit.assessments.checklists import values
from sucharit.assessments.checklists.base import sheet_of
from sucharit.assessments.checklists.rights import MARKS_SHOWN
from sucharit.assessments.engine.checklists import SheetItem, workflow
from sucharit.assessments.models import (
    CampaignUnit,
    ChecklistMark,
    ChecklistResult,
    ChecklistState,
)

_PARTS = re.compile(r"\$\{(?P<name>[^}]+)\}|'[^']*'|>=|<=|!=|\b(?:and|or|div)\b")
INSIDERS = {workflow.MARK_PROVINCE, workflow.MARK_MINISTRY, workflow.MANAGE}


def runs(
    cu: CampaignUnit, state: ChecklistState, rights: frozenset[str]
) -> QuerySet[ChecklistResult]:
    """Runs a reader may see, newest first: the unit sees the stages' runs when the ministry has finished."""
    found = ChecklistResult.objects.filter(campaign_unit=cu).select_related("framework")
    if state.state not in MARKS_SHOWN and not rights & INSIDERS:
        found = found.filter(stage=workflow.SELF)
    return found.order_by("-run")


def shown_result(
    cu: CampaignUnit, state: ChecklistState, rights: frozenset[str]
) -> ChecklistResult | None:
    """The run that holds for this reader."""
    return runs(cu, state, rights).first()


@dataclass(frozen=True)
class View:
    """A result's explanation with its words."""

    result: ChecklistResult
    items: Mapping[str, SheetItem]

    @property
    def data(self) -> dict[str, Any]:
        return dict(self.result.explanation)

    @property
    def nodes(self) -> list[tuple[str, dict[str, Any]]]:
        """(code, node) in the instrument's order; the total comes first."""
        rows = list(self.data.get("nodes", {}).items())
        return sorted(rows, key=lambda r: r[0] != self.top)

    @property
    def top(self) -> str:
        """Code of the node the result is."""
        codes = list(self.data.get("nodes", {}))
        return "total" if "total" in codes else (codes[-1] if codes else "")

    @property
    def band(self) -> dict[str, Any]:
        """The band as the instrument has it; empty where none was reached."""
        return next((b for b in self.bands if b["code"] == self.result.band), {})

    @property
    def bands(self) -> list[dict[str, Any]]:
        """Bands, best first, each with its level (1 worst to 5 best) for the look."""
        rows = self.data.get("bands", [])
        return [
            {
                **b,
                "level": _level(at, len(rows)),
                "requires": self.in_words(b.get("requires", "")),
            }
            for at, b in enumerate(rows)
        ]

    def title(self, name: str) -> str:
        """What a name in an expression stands for, in the page's language; the name where nothing is known."""
        item = self.items.get(name)
        found = item.label if item else None
        for kind in ("nodes", "computed"):
            found = found or self.data.get(kind, {}).get(name, {}).get("title")
        return values.words(found or {}) or name

    def in_words(self, expression: str) -> str:
        """An expression with titles for names and signs for operators, as a reader may take it."""
        signs = {
            "and": _("and also"),
            "or": _("or else"),
            "div": "÷",
            ">=": "≥",
            "<=": "≤",
            "!=": "≠",
        }
        return _PARTS.sub(
            lambda m: f"“{self.title(m['name'])}”" if m["name"] else signs.get(m[0], m[0]),
            expression,
        )

    def node(self, code: str) -> dict[str, Any] | None:
        """A score node with titled parts; None for another code."""
        found = self.data.get("nodes", {}).get(code)
        if found is None:
            return None
        return {**found, "parts": [self._part(p) for p in found["parts"]]}

    def item(self, code: str) -> dict[str, Any] | None:
        """An item with its value in words; None for another code."""
        found = self.data.get("items", {}).get(code)
        item = self.items.get(code)
        if found is None or item is None:
            return None
        return {**found, "title": item.label, "shown": values.shown(item, found["value"])}

    def computed(self, code: str) -> dict[str, Any] | None:
        """A value the instrument computes, with its formula and what it read; None for another code."""
        found = self.data.get("computed", {}).get(code)
        if found is None:
            return None
        reads = []
        for name, value in found["reads"].items():
            item = self.items.get(name)
            title = item.label if item else self.data["computed"].get(name, {}).get("title", {})
            reads.append((name, title, values.shown(item, value) if item else value or ""))
        return {**found, "reads": reads, "calculation": self.in_words(found["calculation"])}

    def trail(self, code: str) -> list[tuple[str, Mapping[str, str]]]:
        """(code, title) of the scores above, from the top."""
        found: list[tuple[str, Mapping[str, str]]] = []
        nodes, at = self.data.get("nodes", {}), code
        for _step in nodes:
            above = next(
                (c for c, n in nodes.items() if any(p["code"] == at for p in n["parts"])), ""
            )
            if not above or any(above == c for c, _t in found):
                break
            found.insert(0, (above, nodes[above]["title"]))
            at = above
        return found

    def _part(self, part: dict[str, Any]) -> dict[str, Any]:
        node = self.data.get("nodes", {}).get(part["code"])
        item = self.items.get(part["code"])
        computed = self.data.get("computed", {}).get(part["code"], {})
        title = node["title"] if node else (item.label if item else computed.get("title", {}))
        found = self.item(part["code"]) or {}
        return {
            **part,
            "title": title,
            "known": node is not None or bool(found) or bool(computed),
            "shown": found.get("shown", ""),
            "stage": found.get("stage", ""),
            "not_applicable": found.get("not_applicable", False),
        }


def view_of(result: ChecklistResult) -> View:
    """A result with the words of its items."""
    return View(result, sheet_of(result.campaign_unit).by_id)


def history(
    cu: CampaignUnit, item: str, state: ChecklistState, *, insiders: bool
) -> list[ChecklistMark]:
    """All marks of an item, oldest first, as far as the reader may see them."""
    rows = ChecklistMark.objects.filter(campaign_unit=cu, item=item).select_related("by")
    if state.state not in MARKS_SHOWN and not insiders:
        rows = rows.filter(stage=workflow.SELF)
    return list(rows.order_by("pk"))


def _level(at: int, n: int) -> int:
    """The place of a band among n, best first, on the look's five steps."""
    return 5 if n < 2 else 5 - round(at * 4 / (n - 1))
