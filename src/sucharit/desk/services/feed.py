"""The secret link of a personal calendar. Only its hash is kept; whoever has the link reads the titles."""

from __future__ import annotations

import hashlib
import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.errors import Refusal
from sucharit.core.ledger import record
from sucharit.desk.models import FeedToken
from sucharit.orgs.models import User

BYTES = 32  # 256 bits


def hash_of(token: str) -> str:
    """What is kept of a token. A random 256-bit value needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_link(*, actor: User) -> str:
    """A new token (an older one ends); the only time it can be read."""
    token = secrets.token_urlsafe(BYTES)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=actor.pk)
        old = FeedToken.objects.filter(user=actor, ended_at=None)
        renewed = old.update(ended_at=clock.now())
        made = FeedToken.objects.create(user=actor, token_hash=hash_of(token), made_at=clock.now())
        record(actor=actor, action="desk.feed.made", target=made, renewed=renewed)
    return token


def end_link(*, actor: User) -> None:
    """Nobody reads the calendar by the old link any more."""
    with transaction.atomic():
        held = FeedToken.objects.select_for_update().filter(user=actor, ended_at=None).first()
        if held is None:
            raise Refusal(_("There is no calendar link."))
        held.ended_at = clock.now()
        held.save(update_fields=["ended_at"])
        record(actor=actor, action="desk.feed.ended", target=held)


def read_by(token: str) -> User | None:
    """Whose calendar the token opens; None for a wrong or ended one or a closed account.

    Notes the day of the last reading, once a day.
    """
    held = (
        FeedToken.objects.select_related("user")
        .filter(token_hash=hash_of(token), ended_at=None, user__is_active=True)
        .first()
    )
    if held is None:
        return None
    today = clock.today()
    if held.last_read_on != today:
        FeedToken.objects.filter(pk=held.pk).update(last_read_on=today)
    return held.user
