"""State words of the whole house: tone, icon and word. A state is never shown by colour alone."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

# state -> (tone, icon, word). Tones are classes chip-… of sucharit.css.
STATES: dict[str, tuple[str, str, Any]] = {
    # what is not known: four different things
    "missing": ("missing", "empty-circle", _("Missing")),
    "not_applicable": ("na", "dash", _("Not applicable")),
    "insufficient": ("insufficient", "half", _("Too little data")),
    "not_allowed": ("hidden", "lock", _("Not yours to see")),
    # work
    "draft": ("plain", "edit", _("Draft")),
    "planned": ("plain", "calendar", _("Planned")),
    "scheduled": ("plain", "calendar", _("Scheduled")),
    "open": ("info", "unlock", _("Now open")),
    "in_progress": ("info", "clock", _("In progress")),
    "pending": ("info", "hourglass", _("Waiting")),
    "submitted": ("info", "send", _("Submitted")),
    "returned": ("warn", "arrow-left", _("Returned")),
    "approved": ("good", "check", _("Approved")),
    "rejected": ("bad", "x", _("Not approved")),
    "accepted": ("good", "check", _("Accepted")),
    "done": ("good", "check", _("Done")),
    "closed": ("plain", "lock", _("Closed")),
    "cancelled": ("plain", "ban", _("Cancelled")),
    "overdue": ("bad", "alert", _("Overdue")),
    "due_soon": ("warn", "clock", _("Due soon")),
    "on_time": ("good", "check", _("On time")),
    "late": ("warn", "clock", _("Late")),
    # results
    "announced": ("good", "show", _("Announced")),
    "published": ("good", "show", _("Published")),
    "preliminary": ("warn", "hourglass", _("Preliminary")),
    "pass": ("good", "check", _("Passed")),
    "fail": ("bad", "x", _("Not passed")),
    "partial": ("warn", "half", _("In part")),
    "yes": ("good", "check", _("Yes")),
    "no": ("bad", "x", _("No")),
    "verified": ("good", "check-circle", _("Verified")),
    "unverified": ("warn", "question", _("Not verified")),
    "synthetic": ("warn", "flask", _("Synthetic")),
    "sealed": ("hidden", "lock", _("Sealed")),
}

# level 1 (worst) to 5 (best) -> (tone, icon)
BANDS: dict[int, tuple[str, str]] = {
    5: ("band5", "star"),
    4: ("band4", "check-circle"),
    3: ("band3", "check"),
    2: ("band2", "alert"),
    1: ("band1", "x-circle"),
}
