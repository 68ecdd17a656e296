"""Words and figures of hits, for pages and action items. No names of people in them."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from sucharit.assessments.approvals import figures
from sucharit.assessments.approvals.findings import CHANGE, RULE, Hit, words
from sucharit.core.rounding import hundredths, hundredths_text

SIGNS = {"=": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}


def number(value: Fraction | None) -> str:
    """A figure with two places, or a dash that is read as unknown."""
    return "–" if value is None else hundredths_text(hundredths(value))


def what(hit: Hit) -> str:
    """The figure's name as people know it."""
    if hit.kind == RULE:
        return words(hit.told.title) if hit.told else hit.what
    if hit.what == figures.TOTAL:
        return _("total score")
    code = hit.what[1:] if re.fullmatch(r"n\d.*", hit.what) else hit.what
    return f"{code} {hit.label}".strip()


def hit_title(hit: Hit) -> str:
    """One line that says what to look at."""
    if hit.kind == RULE:
        return _("Check: %(what)s") % {"what": what(hit)}
    if hit.kind == CHANGE:
        return _("Check the change of the %(what)s since last year") % {"what": what(hit)}
    return _("Check the %(what)s against units of its kind") % {"what": what(hit)}


def hit_reason(hit: Hit) -> str:
    """Why it stands out, in figures; and that this is no verdict."""
    return f"{hit_figures(hit)} {_('This is a reason to look, not a verdict.')}"


def hit_figures(hit: Hit) -> str:
    """The figures a hit rests on, as a sentence."""
    if hit.kind == RULE:
        return _rule_figures(hit)
    values: dict[str, Any] = {
        "value": number(hit.value),
        "median": number(hit.median),
        "mad": number(hit.mad),
        "n": hit.n,
        "z": number(hit.z),
    }
    if hit.method == "mean_deviation":
        return (
            _(
                "Value %(value)s, median %(median)s of %(n)s units; MAD is 0 because most are equal, "
                "so the mean deviation was taken: z = %(z)s."
            )
            % values
        )
    return _("Value %(value)s, median %(median)s of %(n)s units, MAD %(mad)s: z = %(z)s.") % values


def _rule_figures(hit: Hit) -> str:
    assert hit.told is not None
    sides = {"left": number(hit.left), "right": number(hit.right)}
    if hit.told.rule.operator in SIGNS:
        sign = SIGNS[hit.told.rule.operator]
        return _("Expected: left %(sign)s right; found left %(left)s, right %(right)s.") % {
            "sign": sign,
            **sides,
        }
    if hit.told.rule.operator == "compulsory_pair":
        return _("Both figures belong together; found %(left)s and %(right)s.") % sides
    return _("Only one of the two figures can be there; found %(left)s and %(right)s.") % sides
