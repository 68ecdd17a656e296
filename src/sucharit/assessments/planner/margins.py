"""What a page says of a total's margin, in words."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from sucharit.assessments.engine.planner import TotalMargin
from sucharit.core.rounding import half_up


def margin_words(margin: TotalMargin | None, mark: Fraction | None) -> dict[str, Any]:
    """Context of _margin.html: half width in hundredths, and why the margin cannot be told."""
    reasons = {
        "population": _("the head count is not known"),
        "respondents": _("fewer than two respondents"),
        "more_than_population": _("more answers than people"),
        "not_surveyed": _("the answers behind the result cannot be read"),
    }
    mark_text = "" if mark is None else f"{float(mark):g}"
    half = margin.margin.half_width if margin and margin.margin else 0.0
    return {
        "margin": margin,
        "half": half_up(Fraction(half), 2),
        "not_apart": _("Cannot be told apart from %(mark)s") % {"mark": mark_text},
        "missing": [(code, reasons[why]) for code, why in (margin.missing if margin else ())],
    }
