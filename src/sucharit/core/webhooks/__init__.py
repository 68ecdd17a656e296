"""Signed webhooks (การแจ้งระบบภายนอกแบบลงลายมือชื่อ): programs outside are told of what was announced.

A service that announces something calls ``emit`` in its transaction; that only writes rows of the
outbox. ``delivery.py`` sends them after the commit, with retries; ``services.py`` holds what a system
administrator does; ``signing.py`` is the signature (Standard Webhooks). Docs: docs/webhooks.md.
"""

from __future__ import annotations

from collections.abc import Mapping


def emit(event: str, facts: Mapping[str, object]) -> int:
    """Tell of an event from within the transaction that makes it true; gives how many webhooks hear it.

    ``event`` was declared (``events.declare``) and ``facts`` holds exactly its fields; LookupError,
    TypeError or ValueError else: a mistake of the caller. RuntimeError outside a transaction.
    """
    from sucharit.core.webhooks import outbox

    return outbox.emit(event, facts)
