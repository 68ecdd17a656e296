"""LINE's side: codes that link an account, and what LINE's webhook tells (follow, unfollow, a code typed).

The LINE user id is sealed; a keyed hash finds it. A code has six digits, ten minutes, one use, and only its
keyed hash is kept. Five wrong codes from one LINE account in an hour end its tries for that hour.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import json
import re
import secrets
import unicodedata
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, Refusal
from sucharit.core.ledger import record
from sucharit.core.webhooks import sealing
from sucharit.desk.models import LineAccount, LineCode, LineEvent
from sucharit.desk.notices import kinds, telling
from sucharit.orgs.models import User

CODE_LIFE = dt.timedelta(minutes=10)
CODES_A_DAY = 20  # for one account
TRIES, TRIES_IN = 5, dt.timedelta(hours=1)
MOST_EVENTS = 100  # of one webhook call
WRONG = "wrong"
_USER_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_EVENT_ID = re.compile(r"[\x21-\x7e]{1,64}")
_KIND = re.compile(r"[A-Za-z_]{1,20}")
_LINE = System("line")


def signature_holds(body: bytes, signature: str) -> bool:
    """Whether ``X-Line-Signature`` is that of the raw body (base64 of HMAC-SHA256 with the channel's secret)."""
    if not settings.LINE_SECRET:
        return False
    try:
        given = base64.b64decode(signature, validate=True)
    except (binascii.Error, ValueError):
        return False
    wanted = hmac.new(settings.LINE_SECRET.encode(), body, hashlib.sha256).digest()
    return hmac.compare_digest(wanted, given)


def make_code(*, actor: Any, user: Any) -> tuple[str, dt.datetime]:
    """(six digits, when they end) to be typed to the bot; an older code of the account ends at once.

    Forbidden for somebody else's account; Refusal after CODES_A_DAY codes within a day.
    """
    _own(actor, user)
    now = clock.now()
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        day = LineCode.objects.filter(user=user, made_at__gt=now - dt.timedelta(days=1))
        if day.count() >= CODES_A_DAY:
            raise Refusal(_("Too many codes were made today. Try again tomorrow."))
        LineCode.objects.filter(user=user, used_at=None, expires_at__gt=now).update(expires_at=now)
        live = set(
            LineCode.objects.filter(used_at=None, expires_at__gt=now).values_list(
                "code_hash", flat=True
            )
        )
        code = _fresh(live)
        made = LineCode.objects.create(
            user=user, code_hash=_hashes("code", code)[0], made_at=now, expires_at=now + CODE_LIFE
        )
        record(actor=actor, action="desk.line.code_made", target=user)
    return code, made.expires_at


def unlink(*, actor: Any, user: Any) -> None:
    """Forget the LINE account of an account; Refusal when none is linked."""
    _own(actor, user)
    with transaction.atomic():
        held = LineAccount.objects.select_for_update().filter(user=user).first()
        if held is None:
            raise Refusal(_("No LINE account is linked."))
        held.delete()
        record(actor=actor, action="desk.line.unlinked", target=user)


def take(body: bytes) -> int:
    """Work off a webhook's body whose signature holds; gives how many events were new. Strange ones are passed over."""
    try:
        told = json.loads(body)
    except ValueError:  # UnicodeDecodeError is one
        return 0
    events = told.get("events") if isinstance(told, dict) else None
    if not isinstance(events, list):
        return 0
    return sum(_event(e) for e in events[:MOST_EVENTS] if isinstance(e, dict))


def _event(event: dict[str, Any]) -> bool:
    event_id, kind = event.get("webhookEventId"), event.get("type")
    source = event.get("source")
    sender = source.get("userId") if isinstance(source, dict) else None
    parts = ((_EVENT_ID, event_id), (_KIND, kind), (_USER_ID, sender))
    if not all(isinstance(text, str) and shape.fullmatch(text) for shape, text in parts):
        return False
    row = LineEvent(event_id=str(event_id), kind=str(kind), at=clock.now())
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            _do(row, event, str(sender))
    except IntegrityError:
        # Delivered before, or the same account linked at the same moment: it is done already.
        return False
    return True


def _do(row: LineEvent, event: dict[str, Any], sender: str) -> None:
    if row.kind == "message":
        message = event.get("message")
        text = message.get("text") if isinstance(message, dict) else None
        # In a group everybody reads the code: only a talk with the bot counts.
        if isinstance(text, str) and event["source"].get("type") == "user":
            code = _digits(text)
            if code:
                _try_code(row, code, sender)
    elif row.kind in {"follow", "unfollow"}:
        gone = row.at if row.kind == "unfollow" else None
        LineAccount.objects.filter(line_hash__in=_hashes("user", sender)).update(
            unreachable_at=gone
        )


def _try_code(row: LineEvent, code: str, sender: str) -> None:
    hashes = _hashes("user", sender)
    wrong = LineEvent.objects.filter(line_hash__in=hashes, kind=WRONG, at__gt=row.at - TRIES_IN)
    if wrong.count() >= TRIES:
        return
    held = (
        LineCode.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(
            code_hash__in=_hashes("code", code),
            used_at=None,
            expires_at__gt=row.at,
            user__is_active=True,
        )
        .first()
    )
    # A LINE account that belongs to somebody else's account is first unlinked there.
    taken = LineAccount.objects.filter(line_hash__in=hashes)
    if held is None or taken.exclude(user=held.user).exists():
        row.kind, row.line_hash = WRONG, hashes[0]
        row.save(update_fields=["kind", "line_hash"])
        return
    held.used_at = row.at
    held.save(update_fields=["used_at"])
    LineAccount.objects.update_or_create(
        user=held.user,
        defaults={
            "line_hash": hashes[0],
            "line_sealed": sealing.seal(sender.encode()),
            "linked_at": row.at,
            "unreachable_at": None,
        },
    )
    telling.tell(
        actor=_LINE, users=[held.user], kind=kinds.LINKED, title=_("LINE was linked"),
        url=reverse("desk:notices_preferences"), dedupe_key=f"{kinds.LINKED}:{held.pk}",
    )  # fmt: skip
    record(actor=_LINE, action="desk.line.linked", target=held.user)


def _own(actor: Any, user: Any) -> None:
    if actor.pk != user.pk:
        raise Forbidden("Only the person links LINE.")


def _fresh(live: set[str]) -> str:
    while True:
        code = f"{secrets.randbelow(1_000_000):06d}"
        if _hashes("code", code)[0] not in live:
            return code


def _digits(text: str) -> str:
    """Six digits, Thai ones too, with or without spaces; "" for any other text."""
    found = [unicodedata.decimal(c, None) for c in text if not c.isspace()]
    if len(text) > 40 or len(found) != 6 or None in found:
        return ""
    return "".join(map(str, found))


def _hashes(what: str, text: str) -> list[str]:
    """Keyed hashes of the text: with the present key first, then with those before it."""
    return [
        hashlib.blake2b(
            text.encode(),
            digest_size=32,
            key=hashlib.sha256(force_bytes(key)).digest(),
            person=f"line-{what}".encode(),
        ).hexdigest()
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]
