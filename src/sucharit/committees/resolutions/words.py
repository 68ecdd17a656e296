"""Words of resolutions."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

# kind -> (state of the house, word)
KINDS: dict[str, tuple[str, Any]] = {
    "noted": ("planned", _("Noted")),
    "approved": ("approved", _("Resolved: approved")),
    "approved_with_conditions": ("partial", _("Approved with conditions")),
    "assigned": ("in_progress", _("Assigned to a unit")),
    "deferred": ("scheduled", _("Decision put off")),
    "rejected": ("rejected", _("Resolved: not approved")),
    "elected": ("approved", _("Elected")),
}
FORWARDINGS: dict[str, tuple[str, Any]] = {
    "sent": ("pending", _("Sent, waits to be placed")),
    "placed": ("accepted", _("On an agenda there")),
    "declined": ("rejected", _("Not taken up")),
}
DIRECTIONS: dict[str, Any] = {"up": _("To the committee above"), "down": _("To a committee below")}
ROLES: dict[str, Any] = {
    "chair": _("Chair"),
    "vice_chair": _("Vice chair"),
    "member": _("Committee member"),
    "secretary": _("Secretary"),
    "assistant_secretary": _("Assistant secretary"),
}
LEVELS: dict[str, Any] = {
    "ministry": _("Ministry level"),
    "province": _("Province level"),
    "area": _("Area level"),
}
STATES: dict[str, tuple[str, Any]] = {
    "active": ("open", _("Committee at work")),
    "ended": ("closed", _("Committee ended")),
}
