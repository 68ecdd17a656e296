"""What an official paper is made of. Plain data; texts are shown as they are, never run as a template."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sucharit.core.thaidate import to_thai_digits

# A word with Latin letters keeps its digits: codes (O17, th-66), addresses, e-mail.
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True)
class Heading:
    """A line of its own in bold; ``level`` 1 is the title of the paper, in the middle."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Centre:
    """A line in the middle."""

    text: str


@dataclass(frozen=True)
class Right:
    """Lines of a block that begins in the middle of the line (the office's address, a date)."""

    lines: Sequence[str]


@dataclass(frozen=True)
class Split:
    """Two things on one line: the number of a letter on the left, the office on the right."""

    left: str
    right: str


@dataclass(frozen=True)
class Labelled:
    """A label and what follows it: "เรื่อง  ขอเชิญประชุม". Further lines stand under the first text."""

    label: str
    lines: Sequence[str]


@dataclass(frozen=True)
class Text:
    """A paragraph; ``indent``: its first line begins 2.5 cm in. ``strong``: in bold (มติที่ประชุม)."""

    text: str
    indent: bool = True
    strong: bool = False


@dataclass(frozen=True)
class Item:
    """A numbered line; ``depth`` 0, 1, 2 moves it in. ``aside`` stands at the end of the line (a post, a note)."""

    number: str
    text: str
    depth: int = 0
    aside: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Grid:
    """A table. ``numeric``: places of columns set to the right. Unknown cells are said in words by the caller."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: frozenset[int] = frozenset()
    note: str = ""


@dataclass(frozen=True)
class Signature:
    """Where somebody signs; an empty name leaves dots."""

    name: str
    position: str = ""
    closing: str = ""  # ขอแสดงความนับถือ
    role: str = ""  # ผู้จดรายงานการประชุม


Block = Heading | Centre | Right | Split | Labelled | Text | Item | Grid | Signature


@dataclass(frozen=True)
class Paper:
    """An official paper. ``foot`` stands small at the end: what it was made from and when."""

    title: str  # of the file
    blocks: Sequence[Block]
    foot: str = ""
    landscape: bool = False
    draft: str = ""  # a word across the top while it is not final: "ร่าง"
    contact: Sequence[str] = field(default=())  # lower left of a letter: office, telephone


def thai_numerals(text: str) -> str:
    """Digits as ๐–๙, as official papers are written; words with Latin letters keep theirs."""
    parts = re.split(r"(\s+)", text)
    return "".join(part if _LATIN.search(part) else to_thai_digits(part) for part in parts)


def in_thai_numerals(paper: Paper) -> Paper:
    """The paper with Thai digits in every text."""
    return replace(
        paper,
        blocks=[_block(b) for b in paper.blocks],
        foot=thai_numerals(paper.foot),
        contact=[thai_numerals(c) for c in paper.contact],
    )


def _block(block: Block) -> Block:
    changed: dict[str, Any] = {
        name: _value(value)
        for name, value in vars(block).items()
        if name not in {"level", "depth", "indent", "strong", "numeric"}
    }
    made: Block = replace(block, **changed)
    return made


def _value(value: object) -> object:
    if isinstance(value, str):
        return thai_numerals(value)
    if isinstance(value, (list, tuple)):
        return [_value(v) for v in value]
    return value
