"""Evidence of an action item: files that show what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.evidence.services import add_evidence
from sucharit.desk.models import ActionItem
from sucharit.desk.models.actions import LIVE
from sucharit.desk.services.actions.steps import is_origin, works

if TYPE_CHECKING:
    from sucharit.core.models import Evidence

KIND = "desk.action"  # owner_kind of the files


def attach_evidence(*, actor: Any, action: ActionItem, title: str, upload: Any) -> Evidence:
    """Keep a file with a live item (core.evidence): by who works on it or whose finding it is.

    NotFoundInScope, Forbidden, Refusal for a closed item or a bad file (``where="upload"``).
    """

    def check() -> None:
        held = ActionItem.objects.filter(pk=action.pk).first()
        if held is None or not ActionItem.objects.visible_to(actor).filter(pk=held.pk).exists():
            raise NotFoundInScope(_("There is no such action item."))
        if not (works(actor, held) or is_origin(actor, held)):
            raise Forbidden(_("Your role does not include this step."))
        if held.state not in LIVE:
            raise Refusal(_("The item is closed: open it again before attaching a file."))

    return add_evidence(
        actor=actor, unit=action.unit, fiscal_year=action.fiscal_year, title=title,
        owner_kind=KIND, owner_id=action.pk, upload=upload, check=check,
    )  # fmt: skip


def may_read(user: Any, owner_id: str) -> bool:
    """Whoever sees the item reads its files (``registry.evidence``)."""
    return owner_id.isdigit() and ActionItem.objects.visible_to(user).filter(pk=owner_id).exists()
