"""What notices hand to the registry: their kinds, and the administrator's page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sucharit.core.registry import NavEntry, registry
from sucharit.desk.notices import kinds

PERMISSION = "system.manage"


def register() -> None:
    """Hand everything in."""
    kinds.register()
    registry.nav.append(
        NavEntry(
            "show", _("Outgoing notices"), "desk:notices_outbox", icon="bell",
            permission=PERMISSION, order=911,
        )
    )  # fmt: skip
