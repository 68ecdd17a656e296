"""What a ledger row's hash covers. Plain Python: the stand-alone verifier uses the same rule."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any, Protocol

GENESIS = "0" * 64  # what the first row names as the hash before it
COLUMNS = (
    "seq",
    "at",
    "actor",
    "action",
    "target",
    "unit",
    "fiscal_year",
    "data",
    "prev_hash",
    "hash",
)


class Row(Protocol):
    """What ``row_hash`` reads: a saved entry, or a line of an export."""

    seq: int
    at: dt.datetime
    actor: str
    action: str
    target: str
    unit: str
    fiscal_year: int | None
    data: str
    prev_hash: str


@dataclass(frozen=True)
class Line:
    """One row as the verifier holds it; ``at`` is the text that goes into the hash."""

    seq: int
    at: str
    actor: str
    action: str
    target: str
    unit: str
    fiscal_year: int | None
    data: str
    prev_hash: str
    hash: str


def canonical(data: Any) -> str:
    """JSON with sorted keys, no white space, UTF-8; floats are refused (they print differently)."""
    _refuse_floats(data)
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("a float does not belong in the ledger; pass hundredths or text")
    if isinstance(value, dict):
        for inner in value.values():
            _refuse_floats(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _refuse_floats(inner)


def instant(at: dt.datetime) -> str:
    """UTC with microseconds, the same text whatever zone the value came in; naive means UTC."""
    aware = at if at.tzinfo else at.replace(tzinfo=dt.UTC)
    return aware.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def line_hash(line: Line, *, seq: int | None = None) -> str:
    """SHA-256 (hex) over all columns and the hash before; ``seq``: as if it stood there."""
    parts = [
        line.seq if seq is None else seq,
        line.at,
        line.actor,
        line.action,
        line.target,
        line.unit,
        line.fiscal_year,
        line.data,
        line.prev_hash,
    ]
    # Tampered columns may hold bytes, or text that UTF-8 cannot: another hash, never an error.
    text = json.dumps(parts, separators=(",", ":"), ensure_ascii=False, default=repr)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def row_hash(row: Row) -> str:
    """The hash a row must carry."""
    return line_hash(line_of(row))


def line_of(row: Row) -> Line:
    """A saved entry as a line (``hash`` empty where there is none yet)."""
    return Line(
        seq=row.seq,
        at=instant(row.at),
        actor=row.actor,
        action=row.action,
        target=row.target,
        unit=row.unit,
        fiscal_year=row.fiscal_year,
        data=row.data,
        prev_hash=row.prev_hash,
        hash=getattr(row, "hash", ""),
    )


def head_message(seq: int, head_hash: str, at: str) -> bytes:
    """The bytes a head's signature covers; ``at`` as ``instant`` writes it."""
    return canonical(["sucharit ledger head", 1, seq, head_hash, at]).encode()
