"""Words of the notices' pages."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

CHANNELS: dict[str, Any] = {"email": _("E-mail"), "line": _("LINE")}
WANTS: dict[str, Any] = {
    "digest": _("One digest a day, and what is urgent at once"),
    "urgent": _("Only what is urgent"),
    "nothing": _("Nothing"),
}
# state -> (state of the house, word)
STATES: dict[str, tuple[str, Any]] = {
    "queued": ("scheduled", _("Waits to be sent")),
    "sending": ("in_progress", _("Being sent")),
    "sent": ("done", _("Taken by the provider")),
    "failed": ("fail", _("Failed for good")),
    "suppressed": ("closed", _("Not sent, on purpose")),
    "expired": ("late", _("Too late to be sent")),
}
REASONS: dict[str, Any] = {
    "channel_off": _("The channel is not set up"),
    "account_off": _("The account is switched off"),
    "no_address": _("No address"),
    "unreachable": _("The person has blocked the LINE account"),
    "sealed": _("Sealed under another secret key: link LINE again"),
    "quota_unknown": _("No monthly quota is set: only what is urgent is sent"),
    "quota_kept": _("The rest of the quota is kept for what is urgent"),
    "quota_spent": _("The month's quota is used up"),
    "too_late": _("Its time was over before it could be sent"),
    "no_connection": _("The mail server did not answer"),
    "timeout": _("The provider did not answer in time"),
    "private": _("The address lies inside the office network"),
    "http_400": _("LINE says the message is wrong (400)"),
    "http_401": _("LINE does not accept the token (401)"),
    "http_429": _("LINE takes no more at the moment (429)"),
    "error": _("A fault of the platform: see the server's log"),
}


def reason(code: str) -> Any:
    """A reason in words; an unknown one by its code."""
    return REASONS.get(code, code)
