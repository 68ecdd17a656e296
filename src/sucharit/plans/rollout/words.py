"""Words of the roll-out."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sucharit.plans.engine.templates import Problem

# standing -> (state of the house, word)
STANDINGS: dict[str, tuple[str, Any]] = {
    "adopted": ("done", gettext_lazy("Adopted as it is")),
    "adapted": ("partial", gettext_lazy("Adopted and adapted")),
    "declined": ("rejected", gettext_lazy("Not taken up, with a reason")),
    "waiting": ("pending", gettext_lazy("No answer yet")),
    "late": ("overdue", gettext_lazy("No answer, the day has passed")),
}
STATES: dict[str, tuple[str, Any]] = {
    "draft": ("draft", gettext_lazy("Draft")),
    "published": ("published", gettext_lazy("Published")),
    "withdrawn": ("closed", gettext_lazy("Withdrawn")),
}
KINDS: dict[str, Any] = {
    "added": gettext_lazy("Added by the unit"),
    "removed": gettext_lazy("Left out by the unit"),
    "changed": gettext_lazy("Changed by the unit"),
}
FIELDS: dict[str, Any] = {
    "title_th": gettext_lazy("Title"),
    "objective": gettext_lazy("Objective"),
    "expected_result": gettext_lazy("Expected result"),
    "target_group": gettext_lazy("Target group"),
    "expected_output": gettext_lazy("Expected output"),
    "weight": gettext_lazy("Weight"),
    "months": gettext_lazy("Months"),
    "goals": gettext_lazy("Goals it contributes to"),
}


def problem(found: Problem) -> str:
    """What to do about a problem of a template's document."""
    sentences = {
        "empty": _("The template has no project."),
        "no_activity": _("A project has no activity: %(where)s."),
        "double_key": _("Two parts of the template have the same key: %(where)s."),
        "no_title": _("A part of the template has no title: %(where)s."),
        "months": _("The months of an activity fall or are not twelve: %(where)s."),
    }
    return sentences[found.kind] % {"where": found.where}
