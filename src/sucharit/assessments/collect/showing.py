"""What collecting shows of itself through the registry."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sucharit.core.registry import NavEntry, registry


def register() -> None:
    """Hand in the side-bar entry, desk items, the answer about files; join the steps of campaigns."""
    from sucharit.assessments.collect import drafts, openings, queries

    registry.nav.append(
        NavEntry(
            "assess",
            _("Campaigns"),
            "assessments:collect_list",
            icon="send",
            permission="assessments.view",
            order=30,
        )
    )
    registry.desk.append(queries.desk_items)
    registry.evidence[drafts.EVIDENCE_KIND] = drafts.may_see_file
    openings.register()
