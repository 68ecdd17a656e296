"""Words of this room: states, why a sending failed, what is wrong with an address."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sucharit.core.outside.guard import Reason
from sucharit.core.webhooks import events

# state -> (state of the house, word)
HOOK: dict[str, tuple[str, Any]] = {
    "on": ("open", gettext_lazy("Switched on")),
    "off": ("closed", gettext_lazy("Switched off")),
    "failed": ("no", gettext_lazy("Stopped after failures")),
}
DELIVERY: dict[str, tuple[str, Any]] = {
    "due": ("pending", gettext_lazy("Waits to be sent")),
    "delivered": ("done", gettext_lazy("Delivered")),
    "gave_up": ("no", gettext_lazy("Not delivered")),
}
FAILING = ("late", gettext_lazy("Fails at present"))

REASONS: dict[str, Any] = {
    Reason.NOT_HTTP: gettext_lazy("the address is not https"),
    Reason.NOT_FOUND: gettext_lazy("the host's name has no address"),
    Reason.PRIVATE: gettext_lazy("the host lies inside the office's network"),
    Reason.REFUSED: gettext_lazy("the server takes no connection"),
    Reason.TIMEOUT: gettext_lazy("the server took too long"),
    Reason.TLS: gettext_lazy("the server's certificate is not in order"),
    Reason.REDIRECTS: gettext_lazy("the server leads elsewhere; that is not followed"),
    Reason.BROKEN: gettext_lazy("the answer is no HTTP"),
    Reason.STATUS: gettext_lazy("the server answered with an error"),
    "secret": gettext_lazy("the secret cannot be opened any more; make a new one"),
}


def event_label(code: str) -> Any:
    """An event's name on the page."""
    if code == events.TEST:
        return _("Test message")
    known = events.EVENTS.get(code)
    return known.label if known else code


def target_fault(reason: str) -> str:
    """What is wrong with an address, and what to do."""
    return {
        Reason.NOT_FOUND: _("This host's name has no address. Check how it is spelled."),
        Reason.PRIVATE: _(
            "This host lies inside the office's network. Only hosts named in SUCHARIT_FETCH_ALLOWED may."
        ),
    }.get(
        Reason(reason),
        _("The address must begin with https:// and hold no name and password."),
    )
