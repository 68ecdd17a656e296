"""What papers of a meeting say, as plain data: everything a reader may see, nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Came:
    """A person in the minutes: who, as what, and why not."""

    name: str
    position: str
    role: str = ""  # ประธานกรรมการ, กรรมการ, เลขานุการ
    instead: str = ""  # who came in his place, with his post
    reason: str = ""


@dataclass(frozen=True)
class Decided:
    """A resolution of an item: the kind in words, the text, votes as counted (None: not counted)."""

    kind: str
    text: str
    votes: tuple[int, int, int] | None = None
    tasks: Sequence[str] = ()  # "กรมการพัฒนาชุมชน · ภายในวันที่ 30 เมษายน 2567"


@dataclass(frozen=True)
class Point:
    """One agenda item. ``sealed``: its place is there, its content is not for this reader."""

    number: str  # 1.1
    title: str
    presenter: str = ""
    body: str = ""
    discussion: str = ""
    decided: Sequence[Decided] = ()
    aside: Sequence[str] = ()  # who stood aside
    papers: Sequence[str] = ()
    sealed: bool = False


@dataclass(frozen=True)
class SectionFacts:
    """A standard section with its items."""

    number: int
    title: str
    points: Sequence[Point]


@dataclass(frozen=True)
class MeetingFacts:
    """A meeting as its papers tell it. Times are Thai wall clock."""

    committee: str
    unit: str
    number: str  # 1/2567
    starts_at: dt.datetime
    ends_at: dt.datetime | None
    opened_at: dt.datetime | None
    closed_at: dt.datetime | None
    venue: str
    online: str
    letter_no: str
    letter_on: dt.date | None
    sections: Sequence[SectionFacts]
    invited: Sequence[Came]
    present: Sequence[Came]
    absent: Sequence[Came]
    guests: Sequence[Came]
    taker: str = ""
    checker: str = ""
    chair: str = ""
    chair_post: str = ""
    final: bool = False
