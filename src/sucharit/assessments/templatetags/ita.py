"""State words of rounds and self-reports, names and addresses in the page's language: ``{% load ita %}``."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sucharit.assessments.engine.links import readable
from sucharit.core.templatetags.ui import chip

register = template.Library()

# (what, state) -> (state of the house, word). The look gives each house state its icon and tone.
WORDS: dict[tuple[str, str], tuple[str, Any]] = {
    ("round", "draft"): ("draft", _("Draft")),
    ("round", "open"): ("open", _("Open for answers")),
    ("round", "review"): ("in_progress", _("Marking")),
    ("round", "objection"): ("pending", _("Objection window")),
    ("round", "final"): ("announced", _("Announced")),
    ("report", "draft"): ("draft", _("Being filled in")),
    ("report", "submitted"): ("submitted", _("Waits for the head")),
    ("report", "approved"): ("approved", _("Approved, frozen")),
    ("report", "scored"): ("done", _("Marked")),
    ("report", "final"): ("closed", _("Final")),
    ("item", "answered"): ("done", _("Answered")),
    ("item", "nothing"): ("no", _("Not published")),
    ("item", "confirm"): ("pending", _("Copied: to be confirmed")),
    ("item", "begun"): ("in_progress", _("Begun")),
    ("item", "missing"): ("missing", _("No answer yet")),
    ("step", "done"): ("done", _("Done")),
    ("step", "now"): ("in_progress", _("To do now")),
    ("step", "waiting"): ("pending", _("Waiting for others")),
    ("step", "later"): ("planned", _("Not its turn yet")),
    ("step", "closed"): ("closed", _("Ended")),
    ("objection", "open"): ("pending", _("Waits for a decision")),
    ("objection", "upheld"): ("closed", _("Mark stays")),
    ("objection", "changed"): ("accepted", _("Mark changed")),
    ("kind", "department"): ("", _("Department")),
    ("kind", "enterprise"): ("", _("State enterprise")),
    ("kind", "province"): ("", _("Province")),
}


@register.simple_tag
def state(what: str, value: Any) -> SafeString:
    """A state of ours as a chip with icon and word."""
    house, word = WORDS.get((what, str(value)), (str(value), ""))
    return chip(house, word)


@register.simple_tag
def word(what: str, value: Any) -> str:
    """The word of a state, for options of a select."""
    return str(WORDS.get((what, str(value)), ("", value))[1])


@register.simple_tag
def mark_chip(row: Any) -> SafeString:
    """An item's mark: full, part or none of the points, or no mark yet."""
    if row.mark is None:
        return chip("missing", _("No mark yet"))
    if row.mark.not_applicable:
        return chip("not_applicable", _("Does not apply to this unit"))
    text = _("%(points)s points") % {"points": row.mark.points}
    if row.full:
        return chip("pass", text)
    return chip("fail" if row.mark.points == "0" else "partial", text)


@register.filter
def name(unit: Any) -> str:
    """A unit's name in the page's language (Thai where there is no English one)."""
    thai = (get_language() or "th").startswith("th")
    return str(unit.name_th if thai else (unit.name_en or unit.name_th))


@register.filter
def address(url: str) -> str:
    """A web address with its Thai letters."""
    return readable(url)


@register.filter
def share(weight: str) -> str:
    """An exact share ("3/10") as officers read it: "30 %"; what has no end stays a fraction ("1/7")."""
    if not weight:
        return ""
    hundredths = Fraction(weight) * 10_000
    if hundredths.denominator != 1:
        return weight
    whole, rest = divmod(int(hundredths), 100)
    return f"{whole}.{rest:02d} %" if rest else f"{whole} %"
