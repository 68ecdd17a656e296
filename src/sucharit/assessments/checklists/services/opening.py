"""What a campaign of mode "unit" must fulfil before it opens."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sucharit.assessments.engine.checklists import workflow
from sucharit.assessments.engine.checklists.sheet import unsupported
from sucharit.assessments.models import Campaign
from sucharit.core.errors import Refusal


def refuse_unanswerable(*, actor: Any, campaign: Campaign) -> None:  # noqa: ARG001 (a guard's shape)
    """An instrument with items a checklist page cannot take, or stages nobody knows, does not open."""
    strange = unsupported(campaign.framework.document)
    if strange:
        raise Refusal(
            _("A checklist takes no repeats, files, places or rankings as answers: %(items)s.")
            % {"items": ", ".join(strange)}
        )
    stages = campaign.settings.get("stages")
    known = {workflow.PROVINCE, workflow.MINISTRY}
    if stages is not None and not (isinstance(stages, list) and set(stages) <= known):
        raise Refusal(_("The campaign names a marking stage that does not exist."))
