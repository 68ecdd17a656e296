"""The app's data files as plain values: sections, grounds of recusal, templates. Every scalar stays the text it is."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language

FOLDER = Path(__file__).resolve().parent / "data"


@lru_cache(maxsize=16)
def _read(name: str) -> Any:
    # BaseLoader resolves nothing: "no" stays a text and a date is not guessed.
    return yaml.load((FOLDER / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506


def said(row: dict[str, str]) -> str:
    """A row's words in the page's language."""
    thai = (get_language() or "th").startswith("th")
    return row["th"] if thai else row.get("en", row["th"])


def sections() -> dict[int, dict[str, str]]:
    """Number → {th, en} of the five standard sections."""
    return {int(row["number"]): row for row in _read("agenda.yaml")["sections"]}


def section_title(number: int) -> str:
    """A section's name in the page's language."""
    return said(sections()[number])


def grounds() -> dict[str, dict[str, str]]:
    """Key → {law, verified, th, en} of the grounds of recusal."""
    return {row["key"]: row for row in _read("recusal.yaml")["grounds"]}


def recusal_clock() -> tuple[str, int]:
    """(key of the clock, days) in which a recusal is decided."""
    found = _read("recusal.yaml")
    return found["clock"], int(found["decide_days"])


def templates() -> dict[str, dict[str, Any]]:
    """Code → template of a committee, by file name."""
    names = sorted(p.name for p in (FOLDER / "templates").glob("*.yaml"))
    return {t["code"]: t for t in (_read(f"templates/{name}") for name in names)}
