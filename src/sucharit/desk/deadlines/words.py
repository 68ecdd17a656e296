"""Words of this room: kinds of days off, units of periods, columns, and the steps of a reckoning in sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext, override
from django.utils.translation import gettext as _

from sucharit.core import thaidate
from sucharit.core.fiscal import BE_OFFSET

KINDS: dict[str, Any] = {
    "public": gettext_lazy("Public holiday"),
    "government": gettext_lazy("Day off of the civil service only"),
    "cabinet": gettext_lazy("Special day off by the cabinet"),
    "substitution": gettext_lazy("Substitution day"),
    "province": gettext_lazy("Province only"),
}
COLUMNS: dict[str, Any] = {
    "on": gettext_lazy("Day"),
    "unit": gettext_lazy("Where the day off holds"),
    "kind": gettext_lazy("Kind of day off"),
    "name_th": gettext_lazy("Name in Thai"),
    "name_en": gettext_lazy("Name in English"),
    "works": gettext_lazy("Taken back: a working day"),
    "order_no": gettext_lazy("Number of the resolution or announcement"),
    "source": gettext_lazy("Source of the day off"),
    "verified": gettext_lazy("Checked against the announcement"),
}
NATION = gettext_lazy("Whole country")
UNITS: dict[str, Any] = {
    "day": gettext_lazy("days"),
    "working_day": gettext_lazy("working days"),
    "week": gettext_lazy("weeks"),
    "month": gettext_lazy("months"),
    "year": gettext_lazy("years"),
}
_WEEKDAYS = (
    gettext_lazy("Monday"), gettext_lazy("Tuesday"), gettext_lazy("Wednesday"), gettext_lazy("Thursday"), gettext_lazy("Friday"),
    gettext_lazy("Saturday"), gettext_lazy("Sunday"),
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A step as a sentence, the days off it names, and the icon beside it."""

    text: str
    days: tuple[tuple[str, bool], ...] = ()  # (day and name, verified)
    icon: str = "arrow-right"
    quote: str = ""  # what a person wrote


def whole_nation() -> set[str]:
    """How a file may say "the whole country", lower case."""
    found = {"", "-", "th"}
    for language in ("en", "th"):
        with override(language):
            found.add(str(NATION).lower())
    return found


def thai() -> bool:
    """Whether the page is in Thai."""
    return (get_language() or "th").startswith("th")


def long(day: dt.date) -> str:
    """A day with its weekday in the page's language."""
    written = thaidate.long(day) if thai() else thaidate.long_en(day)
    return _("%(weekday)s %(day)s") % {"weekday": _WEEKDAYS[day.weekday()], "day": written}


def amount(n: int, unit: str) -> str:
    """Like "15 working days"."""
    texts = {
        "day": ngettext("%(n)s day", "%(n)s days", n),
        "working_day": ngettext("%(n)s working day", "%(n)s working days", n),
        "week": ngettext("%(n)s week", "%(n)s weeks", n),
        "month": ngettext("%(n)s month", "%(n)s months", n),
        "year": ngettext("%(n)s year", "%(n)s years", n),
    }
    return texts[unit] % {"n": n}


def told(steps: Iterable[dict[str, Any]]) -> list[Told]:
    """Steps as stored (``Deadline.as_data``) in sentences of the page's language."""
    return [_TELL[step["kind"]](step) for step in steps if step["kind"] in _TELL]


def _on(step: dict[str, Any]) -> str:
    return long(dt.date.fromisoformat(step["on"]))


def _named(step: dict[str, Any]) -> tuple[tuple[str, bool], ...]:
    rows = ((dt.date.fromisoformat(d["on"]), d) for d in step["days"])
    return tuple((f"{_short(on)} {d['name']}", d["verified"]) for on, d in rows)


def _short(day: dt.date) -> str:
    return thaidate.short(day) if thai() else thaidate.short_en(day)


def _event(step: dict[str, Any]) -> Told:
    return Told(_("The event: %(day)s.") % {"day": _on(step)}, icon="flag")


def _first(step: dict[str, Any]) -> Told:
    return Told(_("Counting begins on %(day)s, which is day 1.") % {"day": _on(step)})


def _counted(step: dict[str, Any]) -> Told:
    text = _("%(amount)s from there end on %(day)s.")
    return Told(text % {"amount": amount(step["n"], step["unit"]), "day": _on(step)})


def _no_such_day(step: dict[str, Any]) -> Told:
    text = _(
        "That month has no day %(n)s: its last day counts (Civil and Commercial Code s. 193/5)."
    )
    return Told(text % {"n": step["n"]}, icon="info")


def _skipped(step: dict[str, Any]) -> Told:
    if not step["days"] and not step["weekend_days"]:
        return Told(_("No day off lies in between."))
    text = _("Not counted on the way: %(weekend)s of week-ends and %(off)s off by announcement.")
    facts = {"weekend": amount(step["weekend_days"], "day"), "off": amount(len(step["days"]), "day")}  # fmt: skip
    return Told(text % facts, _named(step), "calendar")


def _rolled(step: dict[str, Any]) -> Told:
    text = _(
        "The last day is a day off, so the next working day is the last day: %(day)s "
        "(Civil and Commercial Code s. 193/8)."
    )
    return Told(text % {"day": _on(step)}, _named(step), "calendar")


def _not_rolled(step: dict[str, Any]) -> Told:
    text = _("The last day is a day off, and it counts all the same: this period does not move.")
    return Told(text, _named(step), "info")


def _extended(step: dict[str, Any]) -> Told:
    text = _(
        "Extension %(number)s of %(amount)s, counted from %(day)s (Civil and Commercial Code s. 193/7)."
    )
    facts = {"number": step["number"], "amount": amount(step["n"], step["unit"]), "day": _on(step)}
    return Told(text % facts, icon="plus")


def _reason(step: dict[str, Any]) -> Told:
    return Told(_("Reason for the extension, %(day)s:") % {"day": _on(step)}, icon="edit", quote=step["note"])  # fmt: skip


def _uncovered(step: dict[str, Any]) -> Told:
    text = _(
        "The days off of the year %(year)s are not in the table yet: the real day may be later. "
        "Have them entered, then compute again."
    )
    year = step["n"] + BE_OFFSET if thai() else step["n"]
    return Told(text % {"year": year}, icon="alert")


_TELL: dict[str, Any] = {
    "event": _event,
    "first": _first,
    "counted": _counted,
    "no_such_day": _no_such_day,
    "skipped": _skipped,
    "rolled": _rolled,
    "not_rolled": _not_rolled,
    "extended": _extended,
    "reason": _reason,
    "uncovered": _uncovered,
}


def weekdays() -> list[tuple[str, str]]:
    """(short, whole) names of Monday to Sunday."""
    short = _("Mon Tue Wed Thu Fri Sat Sun").split()
    return [(s, str(whole)) for s, whole in zip(short, _WEEKDAYS, strict=True)]


def month(first: dt.date) -> str:
    """A month with its year, like "เมษายน 2567"."""
    names = thaidate.MONTHS_TH if thai() else thaidate.MONTHS_EN
    return f"{names[first.month - 1]} {first.year + BE_OFFSET if thai() else first.year}"
