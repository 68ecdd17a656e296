"""What a head says about single items when the self-report goes back, and the trail of each item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sucharit.assessments.models import OitAssignment, OitEntry, OitItemEvent, Participation
from sucharit.assessments.services.entries import entry_of, known_item
from sucharit.assessments.services.steps import account

LONGEST_NOTE = 2_000  # characters
What = OitItemEvent.What


def check_comments(held: Participation, note: str, items: Mapping[str, str]) -> dict[str, str]:
    """Comments by item without the empty ones, or ValidationError: nothing said, too long.

    NotFoundInScope for an unknown item.
    """
    comments = {code: text.strip() for code, text in items.items() if text.strip()}
    too_long = _("At most %(n)s characters.") % {"n": LONGEST_NOTE}
    wrong = {
        f"item_{code}": too_long for code, text in comments.items() if len(text) > LONGEST_NOTE
    }
    if len(note) > LONGEST_NOTE:
        wrong["note"] = too_long
    elif not note.strip() and not comments:
        wrong["note"] = _("Say what has to be changed.")
    if wrong:
        raise ValidationError(wrong)
    for code in comments:
        known_item(held, code)
    return comments


def return_items(held: Participation, comments: Mapping[str, str], *, actor: Any) -> None:
    """Keep the comments at their items; those of an earlier return are over."""
    OitEntry.objects.filter(participation=held).update(returned_note="", returned_version=None)
    for code, comment in comments.items():
        entry = entry_of(held, code)
        entry.returned_note, entry.returned_version = comment, entry.version
        entry.save()
        note_event(held, code, What.RETURNED, actor=actor, comment=comment)
    OitAssignment.objects.filter(participation=held, item__in=comments).update(
        state=OitAssignment.State.RETURNED
    )


def note_event(
    held: Participation, item: str, what: str, *, actor: Any, comment: str = "", to: Any = None
) -> OitItemEvent:
    """One line of an item's trail."""
    return OitItemEvent.objects.create(
        participation=held, item=item, what=what, comment=comment, to=to, by=account(actor)
    )
