"""What people want by which channel, and by which they can be reached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.errors import Forbidden, Refusal
from sucharit.core.ledger import record
from sucharit.desk.models import LineAccount, NoticePreference
from sucharit.desk.notices import channels

EMAIL, LINE = NoticePreference.Channel.EMAIL, NoticePreference.Channel.LINE
# A digest by two ways would cost and please nobody: LINE brings what is urgent until somebody wants more.
DEFAULTS: dict[str, str] = {
    EMAIL: NoticePreference.Wants.DIGEST,
    LINE: NoticePreference.Wants.URGENT,
}


@dataclass(frozen=True, slots=True)
class Person:
    """An account with its wishes on the channels it can be reached by now."""

    user: Any
    reachable: dict[str, str]


def of(users: Iterable[Any]) -> list[Person]:
    """Each account with what it wants where it can be reached; two queries for all of them."""
    people = list(users)
    ids = [u.pk for u in people]
    rows = NoticePreference.objects.filter(user_id__in=ids).values_list(
        "user_id", "channel", "wants"
    )
    kept = {(user, channel): wants for user, channel, wants in rows}
    linked: set[int] = set()
    if channels.line.is_on():
        found = LineAccount.objects.filter(user_id__in=ids, unreachable_at=None)
        linked = set(found.values_list("user_id", flat=True))
    mail = channels.email.is_on()
    return [
        Person(
            u,
            {
                channel: kept.get((u.pk, channel), wants)
                for channel, wants in DEFAULTS.items()
                if (mail and u.email if channel == EMAIL else u.pk in linked)
            },
        )
        for u in people
    ]


def wanted(user: Any) -> dict[str, str]:
    """What the account wants by each channel, reachable or not."""
    rows = NoticePreference.objects.filter(user=user).values_list("channel", "wants")
    return DEFAULTS | dict(rows)


def set_preferences(*, actor: Any, user: Any, wants: dict[str, str]) -> None:
    """Keep what a person wants by channel; only the person says so."""
    if actor.pk != user.pk:
        raise Forbidden("Only the person decides about notices.")
    for channel, wish in wants.items():
        if channel not in DEFAULTS or wish not in NoticePreference.Wants.values:
            raise Refusal(_("Choose one of the three wishes."), where=channel)
    with transaction.atomic():
        kept: dict[str, Any] = dict(sorted(wants.items()))
        for channel, wish in kept.items():
            _keep(user, channel, wish)
        record(actor=actor, action="desk.notices.preferred", target=user, **kept)


def stop_email(*, user: Any) -> None:
    """Unsubscribe from e-mail by the link in a message; whoever holds the link may."""
    with transaction.atomic():
        _keep(user, EMAIL, NoticePreference.Wants.NOTHING)
        record(actor=user, action="desk.notices.unsubscribed", target=user, channel=str(EMAIL))


def _keep(user: Any, channel: str, wish: str) -> None:
    NoticePreference.objects.update_or_create(
        user=user, channel=channel, defaults={"wants": wish, "changed_at": clock.now()}
    )
