"""Which item of an earlier edition asks for the same thing as an item of this one.

Within one framework the code decides. Between editions the published ``topic`` does, then an equal
title; both are inferences and say so. A match is one to one: where two items could be meant on
either side, none is. ``covers`` (topics an item has taken over from others) is not used: an answer
to a part is no answer to the whole.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from .model import Edition, Item


class How(StrEnum):
    """What a match stands on."""

    CODE = "code"
    TOPIC = "topic"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Match:
    """The earlier item's code, and what the match stands on."""

    code: str
    how: How

    @property
    def inferred(self) -> bool:
        """Whether a person has to look: everything but the same code of the same framework."""
        return self.how is not How.CODE


def same_items(now: Edition, before: Edition) -> dict[str, Match]:
    """Matches by this edition's item code, in its order; items without one are absent.

    Only items of disclosure (those an assessor marks) are matched.
    """
    ours = [i for i in now.items if not i.surveyed]
    theirs = [i for i in before.items if not i.surveyed]
    if now.code == before.code:
        there = {i.code for i in theirs}
        return {i.code: Match(i.code, How.CODE) for i in ours if i.code in there}
    found = _matched(ours, theirs, _topic, How.TOPIC)
    taken = {m.code for m in found.values()}
    found |= _matched(
        [i for i in ours if i.code not in found],
        [i for i in theirs if i.code not in taken],
        _title,
        How.TITLE,
    )
    return {i.code: found[i.code] for i in ours if i.code in found}


def _matched(
    ours: Iterable[Item], theirs: Iterable[Item], key: Callable[[Item], str], how: How
) -> dict[str, Match]:
    left, right = _single(ours, key), _single(theirs, key)
    return {left[k].code: Match(right[k].code, how) for k in left.keys() & right.keys()}


def _single(items: Iterable[Item], key: Callable[[Item], str]) -> dict[str, Item]:
    """Items whose key is not empty and nobody else's."""
    listed = [(key(i), i) for i in items]
    times = Counter(k for k, _ in listed)
    return {k: i for k, i in listed if k and times[k] == 1}


def _topic(item: Item) -> str:
    return item.topic


def _title(item: Item) -> str:
    return "".join(unicodedata.normalize("NFKC", item.title.th).split())
