"""A plan as a pattern: what its document must hold, and how a plan made from it differs from it.

Document: ``{"projects": [{"key", "title_th", …, "goals": […], "activities": [{"key", "title_th", …}]}]}``;
docs/plans-rollout.md lists the fields. Keys are unique and stay with what was made (the ``code`` of the row).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

PROJECT_FIELDS = (
    "title_th", "title_en", "program_th", "rationale", "objective", "expected_result", "beneficiaries", "risk",
)  # fmt: skip
ACTIVITY_FIELDS = ("title_th", "title_en", "target_group", "expected_output", "weight")
# Fields whose change makes a plan "adapted"; months and goals are compared as well.
COMPARED = {
    "project": ("title_th", "objective", "expected_result"),
    "activity": ("title_th", "target_group", "expected_output", "weight"),
}


@dataclass(frozen=True)
class Problem:
    """What keeps a template from being published: ``kind`` empty, no_title, no_activity, double_key, months."""

    kind: str
    where: str = ""  # key of the project or activity


@dataclass(frozen=True)
class Difference:
    """One place in which a plan differs. ``kind`` added, removed or changed; ``thing`` project or activity.

    ``field``, ``before`` (template) and ``after`` (plan) only for "changed".
    """

    kind: str
    thing: str
    key: str
    title: str
    field: str = ""
    before: Any = None
    after: Any = None


def problems(document: Mapping[str, Any]) -> list[Problem]:
    """Everything that is wrong with a document, in its order; an empty list means it can be published."""
    projects = document.get("projects") or []
    if not projects:
        return [Problem("empty")]
    found: list[Problem] = []
    seen: set[str] = set()
    for project in projects:
        rows = project.get("activities") or []
        if not rows:
            found.append(Problem("no_activity", project.get("key", "")))
        for thing in (project, *rows):
            key = str(thing.get("key", ""))
            if not key or key in seen:
                found.append(Problem("double_key", key))
            seen.add(key)
            if not str(thing.get("title_th", "")).strip():
                found.append(Problem("no_title", key))
        found += [Problem("months", a.get("key", "")) for a in rows if not _rising(a.get("months"))]
    return found


def differences(template: Mapping[str, Any], plan: Mapping[str, Any]) -> list[Difference]:
    """How a plan (as a document) differs from its template: by key, in the template's order, additions last."""
    found = _compare("project", template.get("projects", []), plan.get("projects", []))
    for before, after in _pairs(template.get("projects", []), plan.get("projects", [])):
        found += _compare("activity", before.get("activities", []), after.get("activities", []))
    return found


def count(document: Mapping[str, Any]) -> tuple[int, int]:
    """Projects and activities of a document."""
    projects = document.get("projects", [])
    return len(projects), sum(len(p.get("activities", [])) for p in projects)


def _rising(months: Any) -> bool:
    """Twelve cumulative shares (hundredths of a per cent or None) that never fall, or no months at all."""
    if not months:
        return True
    if len(months) != 12:
        return False
    told = [m for m in months if m is not None]
    return all(0 <= m <= 10_000 for m in told) and told == sorted(told)


def _pairs(
    template: Sequence[Mapping[str, Any]], plan: Sequence[Mapping[str, Any]]
) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    made = {row["key"]: row for row in plan}
    return [(row, made[row["key"]]) for row in template if row["key"] in made]


def _compare(
    thing: str, template: Sequence[Mapping[str, Any]], plan: Sequence[Mapping[str, Any]]
) -> list[Difference]:
    kept = {before["key"]: after for before, after in _pairs(template, plan)}
    found: list[Difference] = []
    for before in template:
        key, title = before["key"], before.get("title_th", "")
        if key not in kept:
            found.append(Difference("removed", thing, key, title))
            continue
        found += [
            Difference("changed", thing, key, title, name, before.get(name), kept[key].get(name))
            for name in (*COMPARED[thing], "months" if thing == "activity" else "goals")
            if (before.get(name) or None) != (kept[key].get(name) or None)
        ]
    keys = {row["key"] for row in template}
    added = [row for row in plan if row["key"] not in keys]
    return found + [Difference("added", thing, r["key"], r.get("title_th", "")) for r in added]
