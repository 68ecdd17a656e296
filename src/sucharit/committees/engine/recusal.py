"""Standing aside (การคัดค้านและการถอนตัว): who takes no part in an item, until it is decided and after.

Administrative Procedure Act ss. 13-16: who has a ground says so at once and stops; NACC Act s. 56: whoever is
challenged is kept from the matter until the decision. Grounds are data (``data/recusal.yaml``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

MAY_TAKE_PART = "may_take_part"


def stands_aside(decision: str) -> bool:
    """An undecided recusal keeps the member out as a decided one does; only a decision lets him in again."""
    return decision != MAY_TAKE_PART


def aside(rows: Iterable[tuple[Any, str]]) -> frozenset[Any]:
    """Ids of the seats that stand aside, from (seat id, decision) rows of one item."""
    return frozenset(seat for seat, decision in rows if stands_aside(decision))
