"""The text of a message outside: a kind's sentence, a count, a link. There is no way to put a title in."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sucharit.core.registry import registry
from sucharit.desk.engine.notices import Outcome
from sucharit.desk.notices import kinds

UNSUBSCRIBE = "desk.notices.unsubscribe"
UNSUBSCRIBE_AGE = 365 * 24 * 3600  # seconds a link in an old message still works


@dataclass(frozen=True, slots=True)
class Letter:
    """One message: ``unsubscribe`` is empty for what is essential."""

    text: str
    link: str
    retry_key: uuid.UUID
    unsubscribe: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of handing it over; ``reason`` is a short code, never a provider's text."""

    outcome: Outcome
    reason: str = ""
    retry_after: str = ""


def letter_of(message: Any) -> Letter:
    """The letter of an outbox row, in the platform's language."""
    kind = registry.notices.get(message.kind)
    essential = kind is not None and kind.essential
    token = signing.dumps(message.user_id, salt=UNSUBSCRIBE)
    with translation.override(settings.LANGUAGE_CODE):
        text = _sentence(message.kind, message.count)
    return Letter(
        text,
        settings.SITE_URL + message.url,
        message.retry_key,
        "" if essential else settings.SITE_URL + reverse("desk:notices_unsubscribe", args=[token]),
    )


def _sentence(kind: str, count: int) -> str:
    if kind == kinds.DIGEST:
        told = ngettext(
            "You have %(n)d piece of work close to its due date.",
            "You have %(n)d pieces of work close to their due dates.",
            count,
        )
        return told % {"n": count}
    if kind == kinds.NEWS:
        told = ngettext("You have %(n)d new notice.", "You have %(n)d new notices.", count)
        return told % {"n": count}
    known = registry.notices.get(kind)
    return str(known.sentence) if known else _("Something waits for you.")


def reader_of(token: str) -> int | None:
    """The account an unsubscribe link was made for; None for one that was tampered with or is too old."""
    try:
        found = signing.loads(token, salt=UNSUBSCRIBE, max_age=UNSUBSCRIBE_AGE)
    except signing.BadSignature:
        return None
    return found if isinstance(found, int) else None
