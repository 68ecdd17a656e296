"""Official area codes: two digits a province, four a district, six a subdistrict."""

from __future__ import annotations

from sucharit.orgs.engine.names import clean, with_prefix

BANGKOK = "10"
LEVELS = ("province", "district", "subdistrict")  # 2, 4, 6 digits


def level_of(code: str) -> str | None:
    """The level an official code stands for, or None when it is no such code."""
    if not (code.isascii() and code.isdigit()) or len(code) not in {2, 4, 6}:
        return None
    return LEVELS[len(code) // 2 - 1]


def unit_code(official: str) -> str:
    """Our code of an area: ``th-`` and the official digits."""
    return f"th-{official}"


def kind_of(official: str) -> str:
    """The kind of unit an official code stands for (Bangkok and its khet are their own kinds)."""
    level = level_of(official)
    if level is None:
        raise ValueError(f"not an official area code: {official!r}")
    if official[:2] == BANGKOK:
        return {"province": "bangkok", "district": "khet", "subdistrict": "subdistrict"}[level]
    return level


def parent_of(official: str) -> str | None:
    """The official code one level up; None for a province."""
    return official[:-2] if len(official) > 2 else None


def full_name(official: str, name_th: str) -> str:
    """The name as it is written in official letters: จังหวัด…, อำเภอ…, เขต…, ตำบล…, แขวง…."""
    if official == BANGKOK:
        return clean(name_th).removeprefix("จังหวัด")
    bangkok = official[:2] == BANGKOK
    prefix = {
        "province": "จังหวัด",
        "district": "เขต" if bangkok else "อำเภอ",
        "subdistrict": "แขวง" if bangkok else "ตำบล",
    }
    return with_prefix(name_th, prefix[level_of(official) or "province"])


def short_name(name_th: str) -> str:
    """The name without its official prefix (for derived names)."""
    for prefix in ("จังหวัด", "อำเภอ", "เขต", "ตำบล", "แขวง"):
        if name_th.startswith(prefix):
            return name_th.removeprefix(prefix)
    return name_th
