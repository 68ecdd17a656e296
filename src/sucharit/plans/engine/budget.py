"""What a budget movement does to a line, and when it is refused. Plain Python, integer satang.

Rules: spec §2.3. Available = allocated − left − reserved − committed − disbursed. A reservation, a commitment and a
disbursement are documents others draw on: what is still open of one is its amount less the drawings that stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

# What a movement adds to (allocated, left, reserved, committed, disbursed), times its amount.
EFFECTS: dict[str, tuple[int, int, int, int, int]] = {
    "allocation": (1, 0, 0, 0, 0),
    "transfer_in": (1, 0, 0, 0, 0),
    "transfer_out": (-1, 0, 0, 0, 0),
    "reservation": (0, 0, 1, 0, 0),
    "reservation_release": (0, 0, -1, 0, 0),
    "commitment": (0, 0, 0, 1, 0),
    "commitment_cancel": (0, 0, 0, -1, 0),
    "disbursement": (0, 0, 0, 0, 1),
    "refund": (0, 0, 0, 0, -1),
    "carry_over_out": (0, 1, 0, 0, 0),
    "carry_over_in": (1, 0, 0, 0, 0),
    "lapse": (0, 1, 0, 0, 0),
}
# kind -> the kind of document it draws on
DRAWS = {
    "reservation_release": "reservation",
    "commitment": "reservation",
    "commitment_cancel": "commitment",
    "disbursement": "commitment",
    "carry_over_out": "commitment",
    "refund": "disbursement",
}
# These take out of the document's own pot; release, cancel and refund say so in EFFECTS already.
_MOVES_POT = {
    "commitment": (0, 0, -1, 0, 0),
    "disbursement": (0, 0, 0, -1, 0),
    "carry_over_out": (0, 0, 0, -1, 0),
}
MUST_DRAW = frozenset({"reservation_release", "commitment_cancel", "refund"})
# What may go below zero with an override: money that is not there cannot be moved, kept or lapse.
MAY_OVERRIDE = frozenset({"reservation", "commitment", "disbursement", "reversal"})
REVERSAL = "reversal"


@dataclass(frozen=True)
class Balance:
    """Sums of a line in satang; ``left``: lapsed or carried over, no more to be spent here."""

    allocated: int = 0
    left: int = 0
    reserved: int = 0
    committed: int = 0
    disbursed: int = 0

    @property
    def available(self) -> int:
        """What may still be reserved, committed or paid."""
        return self.allocated - self.left - self.reserved - self.committed - self.disbursed

    def plus(self, effect: tuple[int, int, int, int, int], amount: int) -> Balance:
        """The balance after an effect of EFFECTS, amount times."""
        mine = (self.allocated, self.left, self.reserved, self.committed, self.disbursed)
        return Balance(*(have + sign * amount for have, sign in zip(mine, effect, strict=True)))


@dataclass(frozen=True)
class Document:
    """An earlier movement of the same line, as far as drawing on it or reversing it needs to know.

    ``open``: its amount less the drawings that stand; ``drew_on``: number of the document it drew on itself.
    """

    number: int
    kind: str
    amount: int
    open: int
    drew_on: int | None = None
    reversed: bool = False


@dataclass(frozen=True)
class Refused:
    """Why not. ``code`` one of closed, amount, kind, gap, name, wrong, reversed, drawn, more, short, below.

    ``asked`` and ``there`` (available, or open of the document) in satang.
    """

    code: str
    asked: int
    there: int = 0


def effect_of(kind: str, *, drew: bool) -> tuple[int, int, int, int, int]:
    """What one satang of the movement does to (allocated, left, reserved, committed, disbursed)."""
    own = EFFECTS[kind]
    if not drew or kind not in _MOVES_POT:
        return own
    a, b, c, d, e = (x + y for x, y in zip(own, _MOVES_POT[kind], strict=True))
    return (a, b, c, d, e)


def apply(
    balance: Balance,
    kind: str,
    amount: int,
    *,
    draws_on: Document | None = None,
    reverses: Document | None = None,
    override: bool = False,
    closed: bool = False,
) -> Balance | Refused:
    """The balance after a movement, or why it is refused.

    ``amount`` > 0 in satang; a reversal takes its document's whole amount. ``override`` (somebody with the right gave
    a reason) lets what is available go below zero for the kinds of MAY_OVERRIDE. A step that takes nothing from what
    is available is never refused because of a line that is below zero already.
    """
    refused = _refused(kind, amount, draws_on, reverses, closed=closed)
    if refused:
        return refused
    if kind == REVERSAL:
        assert reverses is not None
        signs = effect_of(reverses.kind, drew=reverses.drew_on is not None)
        after = balance.plus(signs, -amount)
    else:
        after = balance.plus(effect_of(kind, drew=draws_on is not None), amount)
    worse = after.available < balance.available
    if after.available < 0 and worse and not (override and kind in MAY_OVERRIDE):
        return Refused("short", amount, balance.available)
    if min(after.left, after.reserved, after.committed, after.disbursed, after.allocated) < 0:
        return Refused("below", amount, balance.available)
    return after


def _refused(
    kind: str, amount: int, draws_on: Document | None, reverses: Document | None, *, closed: bool
) -> Refused | None:
    if closed:
        return Refused("closed", amount)
    if amount <= 0:
        return Refused("amount", amount)
    if kind == REVERSAL:
        return _not_reversible(amount, reverses)
    if kind not in EFFECTS or reverses is not None:
        return Refused("kind", amount)
    return _not_drawable(kind, amount, draws_on)


def _not_reversible(amount: int, document: Document | None) -> Refused | None:
    if document is None or document.kind == REVERSAL:
        return Refused("wrong", amount)
    if document.reversed:
        return Refused("reversed", amount)
    if document.open != document.amount:
        return Refused("drawn", amount, document.open)
    return None if amount == document.amount else Refused("more", amount, document.amount)


def _not_drawable(kind: str, amount: int, document: Document | None) -> Refused | None:
    if document is None:
        return Refused("name", amount) if kind in MUST_DRAW else None
    if DRAWS.get(kind) != document.kind:
        return Refused("wrong", amount)
    if document.reversed:
        return Refused("reversed", amount)
    return Refused("more", amount, document.open) if amount > document.open else None


@dataclass(frozen=True)
class Entry:
    """A movement as it is kept; ``draws_on`` and ``reverses`` are numbers of the same line."""

    number: int
    kind: str
    amount: int
    draws_on: int | None = None
    reverses: int | None = None
    override: bool = False


@dataclass(frozen=True)
class Book:
    """A line replayed: its balance and its documents by number. ``wrong``: the first entry the rules refuse."""

    balance: Balance = field(default_factory=Balance)
    documents: dict[int, Document] = field(default_factory=dict)
    wrong: tuple[int, Refused] | None = None


def enter(book: Book, entry: Entry) -> Book | Refused:
    """The book after one entry, or why the rules refuse it. The number follows the last one without a gap."""
    documents = dict(book.documents)
    after = _step(book.balance, documents, entry)
    return after if isinstance(after, Refused) else Book(after, documents, book.wrong)


def replay(entries: Iterable[Entry]) -> Book:
    """The book of a whole line, from its first entry; stops at the first one the rules refuse (``wrong``)."""
    balance, documents = Balance(), dict[int, Document]()
    for entry in entries:
        after = _step(balance, documents, entry)
        if isinstance(after, Refused):
            return Book(balance, documents, (entry.number, after))
        balance = after
    return Book(balance, documents)


def _step(balance: Balance, documents: dict[int, Document], entry: Entry) -> Balance | Refused:
    """One entry: writes what it opens, draws and gives back into ``documents``."""
    if entry.number != len(documents) + 1:
        return Refused("gap", entry.amount)
    named = documents.get(entry.draws_on or 0)
    undone = documents.get(entry.reverses or 0)
    if (entry.draws_on and named is None) or (entry.reverses and undone is None):
        return Refused("wrong", entry.amount)
    after = apply(
        balance, entry.kind, entry.amount, draws_on=named, reverses=undone, override=entry.override
    )
    if isinstance(after, Refused):
        return after
    n, amount = entry.number, entry.amount
    documents[n] = Document(n, entry.kind, amount, amount, drew_on=entry.draws_on)
    if named is not None:
        documents[named.number] = replace(named, open=named.open - amount)
    if undone is not None:
        documents[undone.number] = replace(undone, open=0, reversed=True)
        if undone.drew_on is not None:
            given = documents[undone.drew_on]
            documents[given.number] = replace(given, open=given.open + amount)
    return after
