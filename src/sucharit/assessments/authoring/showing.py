"""What authoring shows of itself: an entry of the side bar."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sucharit.core.registry import NavEntry, registry


def register() -> None:
    """Hand in the side-bar entry."""
    registry.nav.append(
        NavEntry(
            "assess",
            _("Instruments"),
            "assessments:instruments",
            icon="file-text",
            permission="assessments.view",
            order=15,
        )
    )
