"""What assessments shows of itself through the registry."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sucharit.core.registry import NavEntry, registry


def register() -> None:
    """Hand in side-bar entries, panels, desk items, search source and open tables."""
    from sucharit.assessments import doors, showing_results
    from sucharit.assessments.approvals import showing as showing_approvals
    from sucharit.assessments.authoring import showing as showing_authoring
    from sucharit.assessments.checklists import showing as showing_checklists
    from sucharit.assessments.collect import showing as showing_collect
    from sucharit.assessments.fieldwork import showing as showing_fieldwork
    from sucharit.assessments.moral import showing as showing_moral
    from sucharit.assessments.planner import showing as showing_planner
    from sucharit.assessments.proof import showing as showing_proof
    from sucharit.assessments.quality import showing as showing_quality
    from sucharit.assessments.queries import desk
    from sucharit.assessments.reports import showing as showing_reports
    from sucharit.assessments.views import reopening

    doors.PARTICIPATION.append(reopening.door)
    showing_results.register()
    showing_reports.register()
    showing_authoring.register()
    showing_checklists.register()
    showing_collect.register()
    showing_fieldwork.register()
    showing_planner.register()
    showing_quality.register()
    showing_proof.register()
    showing_approvals.register()
    showing_moral.register()

    registry.nav += [
        NavEntry(
            "assess",
            _("Assessment rounds"),
            "assessments:rounds",
            icon="assess",
            permission="assessments.view",
            order=10,
        ),
        NavEntry(
            "assess",
            _("Marking"),
            "assessments:marking",
            icon="check",
            permission="assessments.mark",
            order=20,
        ),
    ]
    registry.desk.append(desk.desk_items)
    registry.evidence["assessments.oit_entry"] = desk.may_see_entry
