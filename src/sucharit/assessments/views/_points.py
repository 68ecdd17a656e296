"""Points as the radio buttons of marking pages say them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sucharit.assessments.engine import fraction_text
from sucharit.assessments.forms_marking import NOT_APPLICABLE
from sucharit.assessments.models import Participation
from sucharit.assessments.services.marking import allowed_item


def choices(p: Participation, item_code: str) -> list[tuple[str, str]]:
    """What an assessor may choose for an item: its points, and "does not apply" where that may be."""
    item = allowed_item(p, item_code)
    allowed = sorted(item.allowed_points, reverse=True)
    found = [
        (fraction_text(v), _points_text(fraction_text(v), v == allowed[0], v == 0)) for v in allowed
    ]
    if item.not_applicable:
        found.append(
            (NOT_APPLICABLE, _("Does not apply to this unit: the item is left out of the score"))
        )
    return found


def _points_text(points: str, top: bool, zero: bool) -> str:
    if top:
        return _("%(points)s points: everything required is there") % {"points": points}
    if zero:
        return _("%(points)s points: something required is missing") % {"points": points}
    return _("%(points)s points") % {"points": points}


def decision_text(points: str, before: str) -> str:
    """What deciding an objection for these points means."""
    if points == before == "":
        return _("The item still does not apply to this unit")
    if points == before:
        return _("The mark stays at %(points)s") % {"points": points}
    return _("The mark becomes %(points)s") % {"points": points}
