"""Telling people: a notice on the pages, and for what is urgent a message in the outbox. No network here."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse

from sucharit.core import clock
from sucharit.core.registry import NoticeKind, registry
from sucharit.desk.engine import notices as rules
from sucharit.desk.models import Notice, OutboxMessage
from sucharit.desk.notices import wishes

_PATH = re.compile(r"/(?!/)[A-Za-z0-9._~/-]{0,299}")


def tell(
    *,
    actor: Any,  # noqa: ARG001 (the calling service writes the ledger; kept for the manner of the house)
    users: Iterable[Any],
    kind: str,
    title: str,
    url: str,
    dedupe_key: str,
    unit: Any = None,
    urgent: bool | None = None,
) -> int:
    """Tell active accounts of something, each once for a ``dedupe_key``; gives how many were told anew.

    ``kind`` is registered (LookupError else); ``title`` and ``url`` (a path of ours) are shown on the pages
    only. ``urgent``: as the kind says when None. Writes rows in the caller's transaction, before its ledger
    row; RuntimeError outside one. Call it for people who may see the thing.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("tell() belongs into the transaction that makes it true")
    if kind not in registry.notices:
        raise LookupError(f"no app has registered the kind of notice {kind!r}")
    known = registry.notices[kind]
    hurry = known.urgent if urgent is None else urgent
    people = {u.pk: u for u in users if u is not None and u.pk and u.is_active}
    told = set(
        Notice.objects.filter(user_id__in=people, dedupe_key=dedupe_key).values_list(
            "user_id", flat=True
        )
    )
    new = [u for pk, u in people.items() if pk not in told]
    now = clock.now()
    # Two at once: the constraint lets one in, and the outbox has the same one.
    Notice.objects.bulk_create(
        [
            Notice(
                user=u, kind=kind, title=title[:300], url=url[:300], unit=unit, urgent=hurry,
                dedupe_key=dedupe_key, at=now,
            )
            for u in new
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    if hurry:
        queue(new, known, count=1, url=url, dedupe_key=dedupe_key, urgent=True)
    return len(new)


def queue(
    users: Iterable[Any],
    kind: NoticeKind,
    *,
    count: int,
    url: str,
    dedupe_key: str,
    urgent: bool,
) -> int:
    """Outbox rows on every channel a person wants it by and can be reached on; gives how many."""
    now = clock.now()
    first = rules.next_allowed(now)
    wanted = rules.Route.NOW if urgent else rules.Route.DIGEST
    rows = [
        OutboxMessage(
            user=person.user, channel=channel, kind=kind.key, count=count, url=safe_path(url),
            urgent=urgent, dedupe_key=dedupe_key, not_before=first, queued_at=now,
            expires_at=rules.lasts_until(first, digest=not urgent),
        )
        for person in wishes.of(users)
        for channel, wants in person.reachable.items()
        if rules.route(wants, urgent=urgent) is wanted
    ]  # fmt: skip
    OutboxMessage.objects.bulk_create(rows, ignore_conflicts=True)
    if rows:
        wake(None if first <= now else first)
    return len(rows)


def safe_path(url: str) -> str:
    """The path a message outside may carry: plain letters and numbers; anything else leads to the list."""
    return url if _PATH.fullmatch(url) else reverse("desk:notices")


def wake(moment: dt.datetime | None) -> None:
    """Have the worker look at the outbox after the commit, or later; where jobs cannot wait, the timer does."""
    from sucharit.desk.tasks import deliver_notices

    if moment is None:
        transaction.on_commit(deliver_notices.enqueue, robust=True)
    elif deliver_notices.get_backend().supports_defer:
        later = deliver_notices.using(run_after=moment)
        transaction.on_commit(later.enqueue, robust=True)
