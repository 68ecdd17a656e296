"""The order of a page: sections, repeats, matrices of equal scales and single questions, from a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

# Item types that hold no answer of the respondent.
SILENT = frozenset({"section", "repeat", "note", "calculate", "hidden"})
FILES = frozenset({"file", "image"})
MATRIX_FROM = 2  # questions in a row on one scale make a matrix
MATRIX_OPTIONS = 11


def yes(value: Any) -> bool:
    """A document's yes."""
    return value in ("yes", True)


@dataclass(frozen=True, slots=True)
class Question:
    """One item with its options (documents of the scale's options, in order)."""

    item: Mapping[str, Any]
    options: tuple[Mapping[str, Any], ...] = ()

    @property
    def id(self) -> str:
        """The item's id."""
        return str(self.item["id"])

    @property
    def type(self) -> str:
        """The item's type."""
        return str(self.item["type"])


@dataclass(frozen=True, slots=True)
class Group:
    """``kind``: page, section, repeat, matrix or loose (a matrix of one is just its question)."""

    kind: str
    item: Mapping[str, Any] | None
    children: tuple[Group | Question, ...]

    @property
    def id(self) -> str:
        """The item's id; empty for the page and a matrix."""
        return str(self.item["id"]) if self.item else ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A page as a tree, and what is needed to read its answers back."""

    page: Group
    questions: Mapping[str, Question]  # by id, all that hold an answer
    repeats: Mapping[str, Group]
    repeat_of: Mapping[str, str]  # id of a question → id of the repeat it stands in
    files: tuple[str, ...] = field(default=())
    branching: bool = False  # something depends on an answer

    def label(self, item_id: str) -> Mapping[str, str]:
        """A question's text by language."""
        item = self.questions[item_id].item
        found: Mapping[str, str] = item.get("label") or item.get("title") or {"th": item_id}
        return found


def read_layout(document: Mapping[str, Any]) -> Layout:
    """The layout of an instrument document that has been published (its parents exist)."""
    below: dict[str, list[Mapping[str, Any]]] = {}
    for item in document["items"]:
        below.setdefault(str(item.get("in", "")), []).append(item)
    page = Group("page", None, _children(below, "", document))
    questions: dict[str, Question] = {}
    repeats: dict[str, Group] = {}
    repeat_of: dict[str, str] = {}
    for question, repeat in _walk(page, ""):
        if isinstance(question, Group):
            repeats[question.id] = question
        elif question.type not in SILENT:
            questions[question.id] = question
            if repeat:
                repeat_of[question.id] = repeat
    return Layout(
        page,
        questions,
        repeats,
        repeat_of,
        files=tuple(q.id for q in questions.values() if q.type in FILES),
        branching=any(i.get("relevant") or i.get("choice_filter") for i in document["items"]),
    )


def options_of(
    item: Mapping[str, Any], document: Mapping[str, Any]
) -> tuple[Mapping[str, Any], ...]:
    """The options of an item: its scale's, or the points that may be claimed."""
    if item.get("scale"):
        return tuple(document["scales"][item["scale"]]["options"])
    if item["type"] == "points":
        return tuple({"code": p, "label": {"th": p, "en": p}} for p in item.get("allowed", ()))
    return ()


def _children(
    below: Mapping[str, list[Mapping[str, Any]]], parent: str, document: Mapping[str, Any]
) -> tuple[Group | Question, ...]:
    made: list[Group | Question] = []
    for item in below.get(parent, ()):
        if item["type"] in ("section", "repeat"):
            made.append(Group(item["type"], item, _children(below, str(item["id"]), document)))
        else:
            made.append(Question(item, options_of(item, document)))
    return tuple(_with_matrices(made))


def _with_matrices(made: list[Group | Question]) -> Iterator[Group | Question]:
    """Runs of questions on one scale become a matrix; everything else stays."""
    run: list[Question] = []
    for one in [*made, None]:
        if isinstance(one, Question) and _fits(one) and (not run or _scale(run[0]) == _scale(one)):
            run.append(one)
            continue
        yield from [Group("matrix", None, tuple(run))] if len(run) >= MATRIX_FROM else run
        run = []
        if isinstance(one, Question) and _fits(one):
            run = [one]
        elif one is not None:
            yield one


def _fits(question: Question) -> bool:
    item = question.item
    return (
        question.type == "choice"
        and not item.get("choice_filter")
        and not item.get("relevant")
        and not item.get("hint")
        and 2 <= len(question.options) <= MATRIX_OPTIONS
    )


def _scale(question: Question) -> Any:
    return question.item.get("scale")


def _walk(group: Group, repeat: str) -> Iterator[tuple[Group | Question, str]]:
    for child in group.children:
        if isinstance(child, Question):
            yield child, repeat
            continue
        if child.kind == "repeat":
            yield child, repeat
        yield from _walk(child, child.id if child.kind == "repeat" else repeat)
