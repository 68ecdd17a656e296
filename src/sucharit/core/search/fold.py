"""Texts that a person takes for the same become the same. Plain Python."""

from __future__ import annotations

import re
import unicodedata

_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
# Soft hyphen, zero-width space and joiners, byte-order mark: pasted along from PDF and web pages.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BREAKS = re.compile(r"[\s\u0000-\u001f\u007f]+")
_DOUBLE_SARA_E = re.compile("เเ")  # typed for แ
_TONE_BEFORE_VOWEL = re.compile("([่-๋])([ัิ-ู])")
# Nikhahit + sara aa, with a tone mark before, between or after, is sara am after the tone mark.
_SARA_AM = re.compile("([่-๋]?)ํ([่-๋]?)า")
_SARA_AM_THEN_TONE = re.compile("ำ([่-๋])")


def fold(text: str) -> str:
    """Lower-case Latin, Arabic digits, one spelling of sara am and of mark order, single spaces.

    Never holds control characters, so that both databases store it; idempotent.
    """
    plain = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    plain = _DOUBLE_SARA_E.sub("แ", plain.translate(_THAI_DIGITS))
    plain = _TONE_BEFORE_VOWEL.sub(r"\2\1", plain)
    plain = _SARA_AM.sub(r"\1\2ำ", plain)
    plain = _SARA_AM_THEN_TONE.sub(r"\1ำ", plain)
    # Up and down again: PostgreSQL compares upper cases, and "ı" and "i" share theirs.
    return _BREAKS.sub(" ", unicodedata.normalize("NFC", plain.upper().casefold())).strip()
