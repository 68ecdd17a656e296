"""Names of units: cleaned for keeping, folded for comparing."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz import fuzz

_SPACES = re.compile(r"\s+")
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_LEFT_OUT = re.compile(r"[\s()\[\]\-–.,\"'“”‘’\u0e4c\u200b-\u200d\ufeff]")
# Long form first in the answer; the short forms people type.
ABBREVIATIONS = {
    "อบจ": "องค์การบริหารส่วนจังหวัด",
    "อบต": "องค์การบริหารส่วนตำบล",
    "ทน": "เทศบาลนคร",
    "ทม": "เทศบาลเมือง",
    "ทต": "เทศบาลตำบล",
    "จ": "จังหวัด",
    "อ": "อำเภอ",
    "ต": "ตำบล",
}
_ABBREVIATED = re.compile(r"^(อบจ|อบต|ทน|ทม|ทต|จ|อ|ต)\.\s*")
_UNDOTTED = re.compile(r"^(อบจ|อบต)\s+")


def clean(text: str) -> str:
    """The text in NFC, without control characters, outer blanks and double blanks."""
    kept = "".join(
        c
        for c in unicodedata.normalize("NFC", text)
        if c in "\t\n " or unicodedata.category(c) not in {"Cc", "Cf"}
    )
    return _SPACES.sub(" ", kept).strip()


def fold(text: str) -> str:
    """A form in which spellings of one name are equal.

    NFC; no blanks, dots or brackets; Thai digits as 0–9; no silencing mark (์); abbreviations of
    local
    bodies and areas at the beginning spelled out; case ignored; sara am in one piece.
    """
    plain = clean(text).replace("\u0e4d\u0e32", "\u0e33")
    for pattern in (_ABBREVIATED, _UNDOTTED):
        found = pattern.match(plain)
        if found:
            plain = ABBREVIATIONS[found[1]] + plain[found.end() :]
            break
    return _LEFT_OUT.sub("", plain.translate(_THAI_DIGITS)).casefold()


def likeness(one: str, other: str) -> float:
    """How alike two folded names are, 0–100 (Indel ratio)."""
    return float(fuzz.ratio(one, other))


def with_prefix(name: str, prefix: str) -> str:
    """The name with its official prefix (จังหวัด, อำเภอ, เขต), once."""
    plain = clean(name)
    return plain if plain.startswith(prefix) else prefix + plain
