"""Writing the ledger: one row per thing that happened, gapless on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from sucharit.core import clock
from sucharit.core.actors import actor_label
from sucharit.core.ledger.chain import GENESIS, canonical, row_hash
from sucharit.core.models import LedgerEntry

if TYPE_CHECKING:
    from django.db.models import Model

# PostgreSQL's advisory lock of the ledger: any number, the same in every process.
ADVISORY_LOCK = 0x5375636861726974
_WIDTHS = {"actor": 64, "action": 80, "target": 120, "unit": 64}  # of the columns; a test compares


def target_of(thing: Model | str) -> str:
    """The text "app.model:pk" of a saved model instance; a string is taken as it is."""
    if isinstance(thing, str):
        return thing
    return f"{thing._meta.label_lower}:{thing.pk}"  # noqa: SLF001 (public by custom)


def record(
    *,
    actor: Any,
    action: str,
    target: Model | str,
    unit: Any = None,
    fiscal_year: int | None = None,
    **data: Any,
) -> LedgerEntry:
    """Append one row in the caller's transaction (a rollback takes it back, too).

    ``data``: ids, codes, counts (JSON types; floats raise TypeError). Never names or free text.
    Call it last in the transaction: from here to the commit every other writer waits. ValueError
    when a text is wider than its column or holds a NUL (SQLite would keep both).
    """
    entry = LedgerEntry(
        actor=actor_label(actor),
        action=action,
        target=target_of(target),
        unit=getattr(unit, "code", unit) or "",
        fiscal_year=fiscal_year,
        data=canonical(data),
    )
    _fits(entry)  # before the turn: nobody waits for a refusal
    # No savepoint of its own: a ledger that cannot be written takes the whole transaction back.
    with transaction.atomic(savepoint=False):
        _take_turn()
        last = LedgerEntry.objects.order_by("-seq").values_list("seq", "hash").first()
        entry.seq, entry.prev_hash = (last[0] + 1, last[1]) if last else (1, GENESIS)
        entry.at = clock.now()
        entry.hash = row_hash(entry)
        entry.save(force_insert=True)
    return entry


def _take_turn() -> None:
    """Wait until no other transaction is adding a row; held until this one ends.

    SQLite: BEGIN IMMEDIATE has done it already. PostgreSQL: locking the last row would not do. Who
    waits for it wakes up with the row that *was* last, and an empty table has no row to lock. The
    next statement after the advisory lock has a fresh snapshot (READ COMMITTED) and sees the truth.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])


def _fits(entry: LedgerEntry) -> None:
    for name, width in _WIDTHS.items():
        value = getattr(entry, name)
        if len(value) > width or "\x00" in value:
            raise ValueError(
                f"ledger {name} {value[:40]!r} is too long (over {width}) or holds NUL"
            )
