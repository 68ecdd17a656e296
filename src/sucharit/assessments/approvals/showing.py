"""What approval shows of itself through the registry."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sucharit.core.registry import NavEntry, registry
from sucharit.desk import labels


def register() -> None:
    """Hand in the side-bar entry, the duties of heads, and the name of findings on the desk."""
    from sucharit.assessments.approvals import follow_ups, queries

    registry.nav.append(
        NavEntry(
            "assess",
            _("Approval up the tree"),
            "assessments:approvals",
            icon="check-circle",
            permission="assessments.view",
            order=30,
        )
    )
    registry.desk.append(queries.desk_items)
    labels.SOURCES[follow_ups.SOURCE] = _("Review of figures")
