"""When a notice goes out, and what becomes of it: quiet hours, digest first, quota, retries. Plain Python.

Moments are aware; quiet hours are those of Thailand whatever zone a moment comes in. Source of the rules:
docs/notices.md.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Bangkok")
QUIET_FROM = dt.time(20)  # nothing goes out from here …
QUIET_TO = dt.time(7)  # … to here
STOP_PERCENT = 90  # of the month's quota; the rest is for what is urgent
# LINE remembers a retry key for 24 hours: no try may be later than that after the first one.
LIFE = dt.timedelta(hours=23)
PAUSES = (
    dt.timedelta(minutes=1),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
    dt.timedelta(hours=6),
)
LONGEST_ASKED = dt.timedelta(hours=24)  # what a Retry-After may ask for; more is cut


class Route(StrEnum):
    """Where a notice goes on one channel."""

    NOW = "now"
    DIGEST = "digest"  # waits for the day's digest
    NOWHERE = "nowhere"


class Outcome(StrEnum):
    """What a provider's answer means."""

    ACCEPTED = "accepted"
    LATER = "later"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Next:
    """The state a message has now, why, and when it may be tried again (queued only)."""

    state: str  # of OutboxMessage.State
    reason: str = ""
    not_before: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """A month's quota of messages that cost: ``limit`` 0 means nobody has said how many there are."""

    limit: int
    used: int

    @property
    def stop(self) -> int:
        """Up to here everything goes out; from here on only what is urgent."""
        return self.limit * STOP_PERCENT // 100

    @property
    def reserve(self) -> int:
        """Messages kept for what is urgent."""
        return self.limit - self.stop

    def refusal(self, *, urgent: bool, cost: int = 1) -> str:
        """Why the message may not go, "" where it may: quota_unknown, quota_kept, quota_spent."""
        if self.limit == 0:
            return "" if urgent else "quota_unknown"
        if self.used + cost > self.limit:
            return "quota_spent"
        return "" if urgent or self.used + cost <= self.stop else "quota_kept"


def next_allowed(moment: dt.datetime) -> dt.datetime:
    """The moment itself outside quiet hours, else the end of them (07:00 in Thailand), in UTC."""
    local = moment.astimezone(ZONE)
    if QUIET_TO <= local.time() < QUIET_FROM:
        return moment
    day = local.date() + dt.timedelta(days=1 if local.time() >= QUIET_FROM else 0)
    return dt.datetime.combine(day, QUIET_TO, ZONE).astimezone(dt.UTC)


def route(wants: str, *, urgent: bool) -> Route:
    """What a person's wish ("nothing", "urgent", "digest") makes of a notice: digest first."""
    if wants == "nothing":
        return Route.NOWHERE
    if urgent:
        return Route.NOW
    return Route.DIGEST if wants == "digest" else Route.NOWHERE


def lasts_until(not_before: dt.datetime, *, digest: bool) -> dt.datetime:
    """When a message is not worth sending any more: a digest at the end of its day, others after LIFE."""
    end = not_before + LIFE
    if not digest:
        return end
    evening = dt.datetime.combine(not_before.astimezone(ZONE).date(), QUIET_FROM, ZONE)
    return min(end, evening.astimezone(dt.UTC))


def of_http(status: int | None) -> Outcome:
    """HTTP answers of LINE. 409: the retry key was accepted before. None: no answer at all."""
    if status is None or status in {408, 429} or status >= 500:
        return Outcome.LATER
    return Outcome.ACCEPTED if 200 <= status < 300 or status == 409 else Outcome.FINAL


def of_smtp(code: int | None) -> Outcome:
    """SMTP answers: 5xx is final, 4xx and no answer are tried again (RFC 5321, 4.2.1)."""
    if code is not None and 200 <= code < 300:
        return Outcome.ACCEPTED
    return Outcome.FINAL if code is not None and code >= 500 else Outcome.LATER


def pause(attempts: int) -> dt.timedelta:
    """How long to wait after this many tries (≥ 1); the last pause repeats."""
    return PAUSES[min(max(attempts, 1), len(PAUSES)) - 1]


def asked_pause(retry_after: str) -> dt.timedelta | None:
    """A Retry-After in seconds, cut at a day; None for anything else (dates are not used by LINE)."""
    text = retry_after.strip()
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        return None
    return min(dt.timedelta(seconds=int(text)), LONGEST_ASKED)


def after(
    outcome: Outcome,
    reason: str,
    *,
    attempts: int,
    now: dt.datetime,
    expires_at: dt.datetime,
    retry_after: str = "",
) -> Next:
    """What becomes of a message after a try: sent, failed, expired, or queued for a later moment."""
    if outcome is Outcome.ACCEPTED:
        return Next("sent")
    if outcome is Outcome.FINAL:
        return Next("failed", reason)
    wait = max(pause(attempts), asked_pause(retry_after) or dt.timedelta(0))
    again = next_allowed(now + wait)
    if again >= expires_at:
        return Next("expired", reason)
    return Next("queued", reason, again)
