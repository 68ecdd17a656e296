"""What a person does with notices: read them. Wishes are in ``wishes``, LINE in ``line``."""

from __future__ import annotations

from typing import Any

from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope
from sucharit.desk.models import Notice


def mark_read(*, actor: Any, pk: int) -> Notice:
    """One notice of the actor's own, read from now on; NotFoundInScope for any other.

    Reading one's own notices is no write anybody must trace: no ledger row.
    """
    found = Notice.objects.filter(user=actor, pk=pk).first()
    if found is None:
        raise NotFoundInScope("No such notice.")
    if found.read_at is None:
        found.read_at = clock.now()
        Notice.objects.filter(pk=found.pk, read_at=None).update(read_at=found.read_at)
    return found


def mark_all_read(*, actor: Any) -> int:
    """Everything the actor has been told so far; gives how many were unread."""
    return Notice.objects.filter(user=actor, read_at=None).update(read_at=clock.now())
