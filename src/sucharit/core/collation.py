"""Thai dictionary order as a plain text key, the same in Python, SQLite and PostgreSQL (C.UTF-8).

Order by a stored key, because no database collation gives Thai order on both. The key is
consonant-first letters, then U+0001, then tone marks; U+0000 would be refused by PostgreSQL.
Measured against ICU: none of 6,223 Thai place names, 57 of 60,963 dictionary words, nearly all
with ๆ or ฯ (docs/dates-and-money.md).
"""

from __future__ import annotations

import re
import unicodedata

_LEADING_VOWEL = re.compile(r"([เ-ไ])([ก-ฮ])")
_MARKS = {mark: str(n) for n, mark in enumerate("็่้๊๋์", start=1)}
_SYMBOLS = {"ฯ": "\u0002", "ๆ": "\u0003"}
_SEPARATOR = "\u0001"
_CONTROL = re.compile(r"[\u0000-\u001f\u007f]+")
# Sara am is one letter in the dictionary; typed as nikhahit + sara aa it must sort the same.
_SARA_AM = re.compile(r"([่-๋]?)ํ([่-๋]?)า")


def sort_key(text: str, limit: int | None = None) -> str:
    """Key by which plain text comparison puts Thai names into dictionary order.

    Latin is compared without case, Thai digits as digits. ``limit`` cuts the key to a column's
    length (in characters), which blurs order only among names that agree so far.
    """
    plain = _CONTROL.sub(" ", unicodedata.normalize("NFC", text))
    plain = _SARA_AM.sub(r"\1\2ำ", plain).casefold()
    plain = "".join(str(ord(c) - ord("๐")) if "๐" <= c <= "๙" else c for c in plain)
    plain = " ".join(plain.split())
    primary: list[str] = []
    secondary: list[str] = []
    for char in _LEADING_VOWEL.sub(r"\2\1", plain):
        if mark := _MARKS.get(char):
            secondary.append(mark)
        else:
            primary.append(_SYMBOLS.get(char, char))
            secondary.append("0")
    key = "".join(primary) + _SEPARATOR + "".join(secondary).rstrip("0")
    return key if limit is None else key[:limit]
