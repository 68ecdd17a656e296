"""Thai dates: written in the Buddhist era, read in either era, kept as CE.

Plain Python. Reading accepts what officers type: ISO, day/month/year, "18 มี.ค. 67", Thai digits.
What could mean two days is refused with an error that names the text, never guessed.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

from sucharit.core.fiscal import BE_OFFSET

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
_TO_ARABIC = str.maketrans(THAI_DIGITS, "0123456789")
_TO_THAI = str.maketrans("0123456789", THAI_DIGITS)

MONTHS_TH = tuple(
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split()  # noqa: SIM905 (readable in one look)
)
MONTHS_TH_SHORT = tuple(
    "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()  # noqa: SIM905
)
MONTHS_EN = tuple(
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)

# BE years from here on began on 1 January (2484 was the first); before, January to March counted
# to the year that had begun the April before, so BE - 543 would be a year off.
_FIRST_JANUARY_YEAR = 2484
# A two-digit year from here up can only be Buddhist: 43 = 2543 (CE 2000). Below it, "24" may be
# 2524 or CE 2024.
_SHORT_YEAR_FLOOR = 43

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})")
_WORDED = re.compile(r"(\d{1,2})\s*([^\d\s][^\d]*?)\s*(\d{4}|\d{2})")
_ERA = re.compile(r"(?:(พ\.?\s?ศ\.?|B\.?E\.?)|(ค\.?\s?ศ\.?|C\.?E\.?|A\.?D\.?))\s*$", re.IGNORECASE)
_LEAD = re.compile(r"^(?:วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์))?\s*(?:วัน)?(?:ที่)?\s*")


class DateTextError(ValueError):
    """A text that is no date, or could be two; ``text`` is what was given."""

    def __init__(self, text: str, why: str) -> None:
        super().__init__(f"“{text}”: {why}")
        self.text = text
        self.why = why


def to_thai_digits(text: object) -> str:
    """0-9 → ๐-๙; everything else stays."""
    return str(text).translate(_TO_THAI)


def to_arabic_digits(text: object) -> str:
    """๐-๙ → 0-9; everything else stays."""
    return str(text).translate(_TO_ARABIC)


def short(day: dt.date, *, thai_digits: bool = False) -> str:
    """Like "18 มี.ค. 2567"."""
    return _written(day, MONTHS_TH_SHORT, thai_digits=thai_digits)


def long(day: dt.date, *, thai_digits: bool = False) -> str:
    """Like "18 มีนาคม 2567"."""
    return _written(day, MONTHS_TH, thai_digits=thai_digits)


def short_en(day: dt.date) -> str:
    """Like "18 Mar 2024 (2567)": the CE date, and the Buddhist year people here look for."""
    return f"{day.day} {MONTHS_EN[day.month - 1][:3]} {day.year} ({day.year + BE_OFFSET})"


def long_en(day: dt.date) -> str:
    """Like "18 March 2024 (2567)"."""
    return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year} ({day.year + BE_OFFSET})"


def parse(text: str) -> dt.date:
    """The CE date a text stands for; DateTextError when it stands for none or for two.

    Day before month. Years 2300-2700 are Buddhist, 1800-2200 common era; two digits are Buddhist
    (67 = 2567) unless they could be either, then พ.ศ. or ค.ศ. must be written before the year.
    """
    plain = " ".join(to_arabic_digits(text).replace("\u200b", "").split())
    body = _LEAD.sub("", plain)
    if found := _ISO.fullmatch(body):
        year, month, day = found.groups()
        return _day(text, int(day), int(month), _common_year(text, year, int(month), era=""))
    if found := _NUMERIC.fullmatch(body):
        day, month, year = found.groups()
        return _day(text, int(day), int(month), _common_year(text, year, int(month), era=""))
    if found := _WORDED.fullmatch(body):
        day, words, year = found.groups()
        month_name, era = _split_era(words)
        number = _month_number(month_name)
        if number:
            return _day(text, int(day), number, _common_year(text, year, number, era=era))
    raise DateTextError(text, "not a date; write it like 18/3/2567 or 18 มี.ค. 2567")


def _written(day: dt.date, months: tuple[str, ...], *, thai_digits: bool) -> str:
    text = f"{day.day} {months[day.month - 1]} {day.year + BE_OFFSET}"
    return to_thai_digits(text) if thai_digits else text


def _split_era(words: str) -> tuple[str, str]:
    """Split "มีนาคม พ.ศ." → ("มีนาคม", "BE")."""
    found = _ERA.search(words)
    # The era must leave a month before it: "พ.ศ." alone is none, and "ต.ค." ends like "ค.ศ." not.
    if found is None or not words[: found.start()].strip(" ,"):
        return words.strip(" ,"), ""
    return words[: found.start()].strip(" ,"), "BE" if found[1] else "CE"


def _bare(name: str) -> str:
    return name.replace(".", "").replace(" ", "").casefold()


_MONTH_NUMBERS = {
    _bare(name): number
    for names in (MONTHS_TH, MONTHS_TH_SHORT, MONTHS_EN, [m[:3] for m in MONTHS_EN])
    for number, name in enumerate(names, start=1)
}


def _month_number(name: str) -> int | None:
    return _MONTH_NUMBERS.get(_bare(name))


def _common_year(text: str, digits: str, month: int, *, era: str) -> int:
    year = int(digits)
    if len(digits) == 2:
        if not era and year < _SHORT_YEAR_FLOOR:
            raise DateTextError(text, f"{digits} may be พ.ศ. 25{digits} or ค.ศ. 20{digits}")
        year += 2000 if era == "CE" else 2500
    buddhist = era == "BE" or (not era and year >= 2300)
    if buddhist and not 2300 <= year <= 2700:
        raise DateTextError(text, f"{year} is no Buddhist year of ours (2300 to 2700)")
    if not buddhist and not 1800 <= year <= 2200:
        raise DateTextError(text, f"{year} is neither a Buddhist nor a common-era year of ours")
    if buddhist and year < _FIRST_JANUARY_YEAR and month < 4:
        raise DateTextError(text, "before พ.ศ. 2484 the year began in April; write the ค.ศ. year")
    return year - BE_OFFSET if buddhist else year


def _day(text: str, day: int, month: int, year: int) -> dt.date:
    if not 1 <= month <= 12:
        raise DateTextError(text, f"there is no month {month}; the day comes before the month")
    # The leap test belongs to the CE year: 29 ก.พ. 2567 is 2024-02-29 and exists.
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise DateTextError(
            text, f"{MONTHS_TH[month - 1]} {year + BE_OFFSET} ({year}) has no day {day}"
        )
    return dt.date(year, month, day)
