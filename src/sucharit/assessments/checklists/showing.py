"""What checklists show of themselves, and what they ask of the rooms beside them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sucharit.core.registry import NavEntry, registry


def register() -> None:
    """Side-bar lines, desk items; the guards of evidence and of a campaign's steps."""
    from sucharit.assessments.checklists.queries import desk
    from sucharit.assessments.checklists.services.answers import guard_evidence
    from sucharit.assessments.checklists.services.objections import refuse_while_marked
    from sucharit.assessments.checklists.services.opening import refuse_unanswerable
    from sucharit.assessments.collect.campaigns import GUARDS
    from sucharit.assessments.models import Campaign
    from sucharit.assessments.proof.targets import guard_campaign_units

    registry.nav += [
        NavEntry(
            "assess",
            _("Checklists"),
            "assessments:checklists",
            icon="check-circle",
            permission="assessments.view",
            order=40,
        ),
        NavEntry(
            "assess",
            _("Marking of checklists"),
            "assessments:checklists_queue",
            icon="check",
            permission="assessments.mark",
            order=41,
        ),
        NavEntry(
            "assess",
            _("Mappings between frameworks"),
            "assessments:checklists_mappings",
            icon="settings",
            permission="assessments.manage",
            order=48,
        ),
    ]
    registry.desk.append(desk.desk_items)
    guard_campaign_units(guard_evidence)
    for step, guard in (("open", refuse_unanswerable), ("finalise", refuse_while_marked)):
        hooks = GUARDS[Campaign.Mode.UNIT, step]
        if guard not in hooks:
            hooks.append(guard)
