"""Money: baht as integer satang (1 baht = 100 satang); a float never comes near it."""

from __future__ import annotations

import re

from sucharit.core.thaidate import to_arabic_digits

SATANG = 100  # in one baht
# What a BIGINT column and every JSON reader keep exactly: about 90 million million baht, some
# twenty times the national budget.
LARGEST = 2**53 - 1
_AMOUNT = re.compile(r"([-−]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?")
_NEEDLESS = re.compile(r"^(?:฿|THB)\s*|\s*(?:บาท(?:ถ้วน)?|฿|THB)$", re.IGNORECASE)


class MoneyTextError(ValueError):
    """A text that is no amount of baht; ``text`` is what was given."""

    def __init__(self, text: str, why: str) -> None:
        super().__init__(f"“{text}”: {why}")
        self.text = text
        self.why = why


def parse(text: str) -> int:
    """Satang of an amount in baht: "1,234.50", "๑,๒๓๔.๕๐ บาท", "฿99" → 123450, 123450, 9900.

    MoneyTextError names the text: wrong grouping, a third decimal, too large, no number.
    """
    if not isinstance(text, str):
        raise TypeError("an amount is read from text; a float is not what was written")
    plain = _NEEDLESS.sub("", " ".join(to_arabic_digits(text).split()))
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise MoneyTextError(text, "not an amount; write it like 1,234.50")
    sign, baht, fraction = found.groups()
    amount = int(baht.replace(",", "")) * SATANG + int((fraction or "").ljust(2, "0"))
    if amount > LARGEST:
        raise MoneyTextError(text, "too large an amount")
    return -amount if sign else amount


def text(satang: int, *, always_satang: bool = True) -> str:
    """Like "1,234.50"; without ``always_satang`` whole baht are written "1,234"."""
    if not isinstance(satang, int):
        raise TypeError("money is integer satang")
    sign = "-" if satang < 0 else ""
    baht, rest = divmod(abs(satang), SATANG)
    if not always_satang and rest == 0:
        return f"{sign}{baht:,}"
    return f"{sign}{baht:,}.{rest:02d}"
