"""LINE Messaging API: a push message, over the guard every way out takes. Off until a token is set.

The retry key goes with the very first try: LINE answers 409 to one it has accepted before, so a repeated
try never reaches a person twice.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings

from sucharit.core.outside.sending import Limits, post
from sucharit.core.webhooks import sealing
from sucharit.desk.engine.notices import Outcome, of_http
from sucharit.desk.models import LineAccount
from sucharit.desk.notices.channels.letters import Answer, Letter

COST = 1
PUSH = "/v2/bot/message/push"
TIMEOUT, TOTAL = 10.0, 15.0  # seconds of one wait and of everything


def is_on() -> bool:
    """Whether an official account's token is set."""
    return bool(settings.LINE_TOKEN)


def address_of(user: Any) -> tuple[str, str]:
    """The LINE user id, unsealed, of an account that is linked and has not blocked us."""
    held = LineAccount.objects.filter(user=user).first()
    if held is None:
        return "", "no_address"
    if held.unreachable_at is not None:
        return "", "unreachable"
    try:
        return sealing.unseal(bytes(held.line_sealed)).decode(), ""
    except sealing.SealError:
        return "", "sealed"


def send(letter: Letter, address: str) -> Answer:
    """One push message to one person."""
    told = {"to": address, "messages": [{"type": "text", "text": f"{letter.text}\n{letter.link}"}]}
    sent = post(
        settings.LINE_API.rstrip("/") + PUSH,
        json.dumps(told, ensure_ascii=False).encode(),
        {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {settings.LINE_TOKEN}",
            "X-Line-Retry-Key": str(letter.retry_key),
            "User-Agent": "Sucharit-Notices/1",
        },
        Limits(TIMEOUT, TOTAL, frozenset(settings.FETCH_ALLOWED)),
    )
    if sent.status is None:
        return Answer(Outcome.LATER, sent.reason)
    reason = "" if sent.ok else f"http_{sent.status}"
    return Answer(of_http(sent.status), reason, sent.retry_after)
