"""How the quality of answers is reached: from the page of a round."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sucharit.assessments import doors
from sucharit.assessments.models import Round
from sucharit.assessments.quality.services import SOURCE
from sucharit.desk import labels
from sucharit.orgs import scope


def register() -> None:
    """Hand the door in, and the name its action items go by."""
    labels.SOURCES[SOURCE] = gettext_lazy("Quality of answers")
    doors.ROUND.append(_door)


def _door(user: Any, round_: Round) -> Iterable[doors.Door]:
    reads = scope.can(user, "assessments.manage", round_.owner) or scope.can(
        user, "ledger.view", round_.owner
    )
    if reads and round_.surveys_closed_at is not None:
        yield doors.Door(_("Quality of answers"), reverse("assessments:quality", args=[round_.pk]))
