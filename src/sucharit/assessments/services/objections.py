"""Objections: once per item, inside the window, about what was frozen; decided once, then final."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments.engine import fraction_text
from sucharit.assessments.models import Mark, Objection, OitEntry, Participation
from sucharit.assessments.services.marking import allowed_item, require_no_stake
from sucharit.assessments.services.steps import account, locked_participation, take_step
from sucharit.core import clock
from sucharit.core.errors import Refusal
from sucharit.core.ledger import record

LONGEST_REASON = 2_000  # characters


def raise_objection(
    *,
    actor: Any,
    participation: Participation,
    item: str,
    reason: str,
    refers_to: Sequence[int] = (),
    on: dt.date | None = None,
) -> Objection:
    """Object to the mark of an item. ``refers_to``: positions (from 1) of the frozen links meant; empty: all.

    Raises ValidationError by field, Refusal outside the window, for a second time, for a mark that is
    the maximum already, and where no link was frozen: nothing new can be shown.
    """
    with transaction.atomic():
        held = locked_participation(participation)
        take_step(actor=actor, participation=held, action="object", on=on)
        links = frozen_links(held, item)
        mark = _objectionable(held, item, links)
        text = _check_text("reason", reason, _("Say why the mark should be different."))
        positions = sorted(set(refers_to))
        if any(not 1 <= p <= len(links) for p in positions):
            raise ValidationError({"refers_to": _("Choose among the links that were submitted.")})
        made = Objection.objects.create(
            participation=held, item=item, reason=text, raised_by=account(actor),
            refers_to=positions or list(range(1, len(links) + 1)),
        )  # fmt: skip
        record(
            actor=actor, action="assessments.objection.raised", target=made, unit=held.unit,
            fiscal_year=held.round.fiscal_year, item=item, points=mark.points,
        )  # fmt: skip
    return made


def decide_objection(
    *,
    actor: Any,
    participation: Participation,
    item: str,
    points: str,
    answer: str,
    on: dt.date | None = None,
) -> Objection:
    """Decide an objection: the same ``points`` keep the mark, higher ones become its second turn; then final.

    Raises ValidationError by field, Refusal when there is none or it is decided, Forbidden with a stake.
    """
    with transaction.atomic():
        held = locked_participation(participation)
        take_step(actor=actor, participation=held, action="decide", on=on)
        require_no_stake(actor=actor, participation=held)
        objection = (
            Objection.objects.select_for_update().filter(participation=held, item=item).first()
        )
        if objection is None:
            raise Refusal(_("There is no objection to this item."))
        if objection.state != Objection.State.OPEN:
            raise Refusal(_("This objection has been decided already, and the decision is final."))
        before = _mark(held, item)
        if points not in decisions(held, item, before):
            raise ValidationError({"points": _("The mark stays as it is or becomes higher.")})
        objection.answer = _check_text(
            "answer", answer, _("Give the unit a reason, whichever way you decide.")
        )
        changed = points != before.points
        if changed:
            Mark.objects.create(
                participation=held,
                item=item,
                turn=2,
                points=points,
                comment=objection.answer,
                assessor=account(actor),
            )
        objection.state = Objection.State.CHANGED if changed else Objection.State.UPHELD
        objection.decided_at, objection.decided_by = clock.now(), account(actor)
        objection.save(update_fields=["state", "answer", "decided_at", "decided_by"])
        record(
            actor=actor, action="assessments.objection.decided", target=objection, unit=held.unit,
            fiscal_year=held.round.fiscal_year, item=item, was=before.points, points=points, state=objection.state,
        )  # fmt: skip
    return objection


def decisions(held: Participation, item: str, mark: Mark) -> list[str]:
    """Points an objection may end with: the present ones and every higher one, in order.

    Where the item was marked as not applying, the mark ("") or any points.
    """
    allowed = sorted(allowed_item(held, item).allowed_points)
    texts = [fraction_text(p) for p in allowed]
    return ["", *texts] if mark.not_applicable else texts[texts.index(mark.points) :]


def frozen_links(held: Participation, item: str) -> list[dict[str, str]]:
    """The links of an item as they were frozen at approval."""
    allowed_item(held, item)
    entry = OitEntry.objects.filter(participation=held, item=item).exclude(frozen_at=None).first()
    return list((entry.frozen or {}).get("links", [])) if entry else []


def first_marker(held: Participation, item: str) -> int | None:
    """Account id of whoever gave the first mark: better not the one who decides on the objection."""
    mark = Mark.objects.filter(participation=held, item=item, turn=1).first()
    return mark.assessor_id if mark else None


def _objectionable(held: Participation, item: str, links: Sequence[object]) -> Mark:
    if Objection.objects.filter(participation=held, item=item).exists():
        raise Refusal(_("There is an objection to this item already. One is allowed per item."))
    mark = _mark(held, item)
    if len(decisions(held, item, mark)) == 1:
        raise Refusal(_("This item has the highest mark already."))
    if not links:
        raise Refusal(
            _(
                "No link was submitted for this item, and no new one can be added now: there is nothing to look at again."
            )
        )
    return mark


def _mark(held: Participation, item: str) -> Mark:
    mark = Mark.objects.filter(participation=held, item=item).order_by("-turn").first()
    if mark is None:
        raise Refusal(_("This item has no mark yet."))
    return mark


def _check_text(field: str, text: str, why: str) -> str:
    if not text.strip():
        raise ValidationError({field: why})
    if len(text) > LONGEST_REASON:
        raise ValidationError({field: _("At most %(n)s characters.") % {"n": LONGEST_REASON}})
    return text.strip()
