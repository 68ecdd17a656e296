"""Notices (การแจ้งเตือน): what a person is told on the pages, by e-mail and by LINE.

``tell`` is what other services call, in their transaction; ``actions.after_step`` tells of action items;
``digests`` makes the daily digest, ``delivery`` sends the outbox, ``line`` takes LINE's webhook. What goes
outside is a kind's sentence, a count and a link, never a title. Docs: docs/notices.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def tell(
    *,
    actor: Any,
    users: Iterable[Any],
    kind: str,
    title: str,
    url: str,
    dedupe_key: str,
    unit: Any = None,
    urgent: bool | None = None,
) -> int:
    """Tell people of something; see ``telling.tell``. Gives how many were told anew."""
    from sucharit.desk.notices import telling

    return telling.tell(
        actor=actor, users=users, kind=kind, title=title, url=url, dedupe_key=dedupe_key,
        unit=unit, urgent=urgent,
    )  # fmt: skip
