"""Stand-alone verifier of the ledger: names the first row that was touched.

    python -m sucharit.core.ledger.verify FILE [--heads heads.json] [--key HEX]

FILE is an export (JSON lines), the SQLite database itself, or a postgres:// address. Needs no
Django. ``--heads`` is a copy of /ledger/heads.json that was kept *outside* (PyNaCl checks its
signatures); ``--key`` pins the public key you wrote down. Exit code 0: all right, 1: touched.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sucharit.core.ledger.chain import GENESIS, Line, head_message, line_hash
from sucharit.core.ledger.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True)
class Finding:
    """The first thing that is wrong: which row, what kind, and one clear sentence.

    ``kind``: changed, missing, inserted, reordered, rewritten, head or signature.
    """

    seq: int
    kind: str
    message: str


@dataclass(frozen=True)
class Verdict:
    """How many rows were read, the last hash, and the first finding (None: nothing was touched)."""

    rows: int
    last_hash: str
    finding: Finding | None

    def line(self) -> str:
        """The verdict in one line."""
        if self.finding:
            return f"TOUCHED at row {self.finding.seq}: {self.finding.message}"
        return f"OK: {self.rows} rows, chain unbroken, last hash {self.last_hash}"


def verify(lines: Iterable[Line], heads: Sequence[dict[str, Any]] = ()) -> Verdict:
    """Walk the chain in the order given; ``heads``: signed heads with signatures checked."""
    expected, last_hash = 1, GENESIS
    wanted = {int(h["seq"]): str(h["hash"]) for h in heads}
    good_head = 0
    rest = iter(lines)
    for line in rest:
        finding = _row_finding(line, expected, last_hash, rest)
        if finding is None and wanted.get(line.seq, line.hash) != line.hash:
            finding = Finding(
                good_head + 1,
                "head",
                f"rows {good_head + 1} to {line.seq} were computed anew: they do not lead to the "
                f"hash that was signed for row {line.seq}",
            )
        if finding:
            return Verdict(expected - 1, last_hash, finding)
        good_head = line.seq if line.seq in wanted else good_head
        expected, last_hash = line.seq + 1, line.hash
    if wanted and max(wanted) >= expected:
        text = f"row {expected} and later are missing: a head was signed at row {max(wanted)}"
        return Verdict(expected - 1, last_hash, Finding(expected, "missing", text))
    return Verdict(expected - 1, last_hash, None)


def _row_finding(line: Line, expected: int, last_hash: str, rest: Iterable[Line]) -> Finding | None:
    if line.seq != expected:
        return _sequence_finding(line, expected, rest)
    if line_hash(line) != line.hash:
        return _content_finding(line)
    if line.prev_hash != last_hash:
        # This row is whole and remembers another row before it; that one was given a new hash.
        before = max(expected - 1, 1)
        text = f"row {before} was rewritten: row {expected} remembers another hash of it"
        return Finding(before, "rewritten", text)
    return None


def _sequence_finding(line: Line, expected: int, rest: Iterable[Line]) -> Finding:
    if line.seq < expected:
        return Finding(line.seq, "inserted", f"row {line.seq} stands there a second time")
    if any(later.seq == expected for later in rest):
        text = f"row {expected} stands after row {line.seq}: rows were reordered"
        return Finding(expected, "reordered", text)
    return Finding(expected, "missing", f"row {expected} is missing (row {line.seq} follows)")


def _content_finding(line: Line) -> Finding:
    """A row whose content does not give its hash: moved by renumbering, or changed."""
    if line_hash(line, seq=line.seq + 1) == line.hash:
        text = f"row {line.seq} is missing: the rows after it were renumbered"
        return Finding(line.seq, "missing", text)
    if line_hash(line, seq=line.seq - 1) == line.hash:
        # The row before is whole in itself, but pushed this one on by a place.
        text = f"row {line.seq - 1} was inserted: the rows after it were renumbered"
        return Finding(line.seq - 1, "inserted", text)
    return Finding(line.seq, "changed", f"row {line.seq} was changed: it does not give its hash")


def check_heads(document: dict[str, Any], pinned: str = "") -> tuple[list[dict[str, Any]], str]:
    """(heads with a good signature, "" or what is wrong) of a heads document.

    ``pinned`` is a public key in hex: then only heads signed by it count.
    """
    from nacl.exceptions import BadSignatureError
    from nacl.signing import VerifyKey

    keys = {k["key_id"]: k["public_key"] for k in document.get("keys", [])}
    good: list[dict[str, Any]] = []
    for head in document.get("heads", []):
        public = pinned or keys.get(head["key_id"], "")
        try:
            VerifyKey(bytes.fromhex(public)).verify(
                head_message(head["seq"], head["hash"], head["at"]),
                bytes.fromhex(head["signature"]),
            )
        except (BadSignatureError, ValueError, TypeError):
            return good, f"the signature of the head at row {head['seq']} is not good"
        good.append(head)
    return good, "" if good else "the heads file holds no head"


def verify_with_heads(
    lines: Iterable[Line], document: dict[str, Any] | None, pinned: str = ""
) -> Verdict:
    """Chain and heads together; a head with a bad signature is itself a finding."""
    if document is None:
        return verify(lines)
    heads, wrong = check_heads(document, pinned)
    if wrong:
        row = next((h["seq"] for h in document.get("heads", [])[len(heads) :]), 0)
        return Verdict(0, GENESIS, Finding(row, "signature", wrong))
    return verify(lines, heads)


def main(argv: Sequence[str] | None = None) -> int:
    """Command line; prints one line and gives the exit code (0 good, 1 touched, 2 unreadable)."""
    parser = argparse.ArgumentParser(
        prog="python -m sucharit.core.ledger.verify",
        description="Check the chain of a Sucharit ledger; names the first row that was touched.",
    )
    parser.add_argument("file", help="export (.jsonl), SQLite database, or postgres:// address")
    parser.add_argument("--heads", help="copy of /ledger/heads.json that was kept outside")
    parser.add_argument("--key", default="", help="public key (hex) the heads must be signed by")
    chosen = parser.parse_args(argv)
    try:
        document = json.loads(Path(chosen.heads).read_text("utf-8")) if chosen.heads else None
        verdict = verify_with_heads(read(chosen.file), document, chosen.key)
    except (OSError, ValueError, KeyError) as error:
        sys.stderr.write(f"cannot be read as a ledger: {error}\n")
        return 2
    sys.stdout.write(verdict.line() + "\n")
    return 1 if verdict.finding else 0


if __name__ == "__main__":
    raise SystemExit(main())
