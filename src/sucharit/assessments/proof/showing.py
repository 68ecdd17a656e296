"""What the evidence library shows of itself through the registry."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sucharit.assessments.proof import queries
from sucharit.core.registry import NavEntry, registry


def register() -> None:
    """Hand in the side-bar entry, desk items, and who may open files and stored copies."""
    from sucharit.assessments.proof import desk

    registry.nav.append(
        NavEntry(
            "assess", _("Evidence library"), "assessments:proofs", icon="folder",
            permission="assessments.view", order=30,
        )
    )  # fmt: skip
    registry.desk.append(desk.desk_items)
    registry.evidence[queries.FILE_OWNER] = queries.may_see_proof
    registry.evidence[queries.COPY_OWNER] = queries.may_see_copy
