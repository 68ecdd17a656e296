"""Clocks: periods of law as dated versions, loaded from ``desk/data/clocks.yaml``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core.errors import Refusal
from sucharit.core.ledger import record
from sucharit.desk.deadlines import source
from sucharit.desk.deadlines.services.days import locked
from sucharit.desk.models import Clock

_ONE = dt.timedelta(days=1)
# What a deadline was computed from never changes under its date; the rest may be put right.
_RULE = ("n", "unit", "roll_forward", "max_extensions", "extension_n", "extension_unit")
_WORDS = ("title_th", "title_en", "anchor_th", "anchor_en", "legal_basis", "source", "verified")


@dataclass(frozen=True)
class Loaded:
    """What loading did with the rows of the file."""

    added: int = 0
    reworded: int = 0
    kept: int = 0


def load_clocks(*, actor: Any, rows: list[dict[str, Any]] | None = None) -> Loaded:
    """Load the versions of the file (or ``rows`` of its shape); may be run any number of times.

    A new ``effective_from`` ends the version before it on the day before. Words and the mark "verified" are
    put right in place; another period under a date that is there already is refused: it needs its own date.
    """
    wanted = [_fields(row) for row in rows if row] if rows is not None else _file()
    with transaction.atomic():
        root = locked(actor=actor)
        there = {(c.key, c.effective_from): c for c in Clock.objects.select_for_update()}
        new = [Clock(**f) for f in wanted if (f["key"], f["effective_from"]) not in there]
        reworded = sum(_put_right(there[key], f) for f in wanted if (key := _key(f)) in there)
        Clock.objects.bulk_create(new)
        for clock_key in {c.key for c in new}:
            _chain(clock_key)
        loaded = Loaded(len(new), reworded, len(wanted) - len(new) - reworded)
        record(
            actor=actor, action="desk.clocks.loaded", target="desk.clocks", unit=root, fiscal_year=None,
            added=loaded.added, reworded=loaded.reworded,
        )  # fmt: skip
    return loaded


def _file() -> list[dict[str, Any]]:
    return [_fields(row) for row in source.document("clocks")["clocks"]]


def _key(fields: dict[str, Any]) -> tuple[str, dt.date]:
    return fields["key"], fields["effective_from"]


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the file as fields of the table."""
    more = row.get("extensions") or {}
    return {
        "key": row["key"],
        "title_th": row["title"]["th"],
        "title_en": row["title"].get("en", ""),
        "anchor_th": row["anchor"]["th"],
        "anchor_en": row["anchor"].get("en", ""),
        "n": row["n"],
        "unit": row["unit"],
        "roll_forward": row["roll_forward"] == "yes",
        "max_extensions": more.get("max", 0),
        "extension_n": more.get("n", 0),
        "extension_unit": more.get("unit", ""),
        "legal_basis": row["legal_basis"],
        "effective_from": row["effective_from"],
        "source": row["source"],
        "verified": row["verified"] == "yes",
    }


def _put_right(held: Clock, fields: dict[str, Any]) -> bool:
    """Whether words changed; Refusal where the period itself did."""
    if any(getattr(held, name) != fields[name] for name in _RULE):
        raise Refusal(
            _("Clock “%(key)s” of %(day)s has another period now: give the change its own day (effective_from).")
            % {"key": held.key, "day": held.effective_from.isoformat()},
            where=held.key,
        )  # fmt: skip
    changed = [name for name in _WORDS if getattr(held, name) != fields[name]]
    for name in changed:
        setattr(held, name, fields[name])
    if changed:
        held.save(update_fields=changed)
    return bool(changed)


def _chain(key: str) -> None:
    """Each version ends the day before the next one begins."""
    after: Clock | None = None
    for version in Clock.objects.filter(key=key).order_by("-effective_from"):
        ends = after.effective_from - _ONE if after else version.effective_to
        if version.effective_to != ends:
            version.effective_to = ends
            version.save(update_fields=["effective_to"])
        after = version
