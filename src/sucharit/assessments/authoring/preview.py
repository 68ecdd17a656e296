"""An instrument as its respondents see it, and a trial run that keeps nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from sucharit.assessments.authoring import words
from sucharit.assessments.engine.exact import display
from sucharit.assessments.engine.instruments import (
    DocumentError,
    Evaluation,
    Instrument,
    Scored,
    evaluate,
    score,
)

_GROUPS = frozenset({"section", "repeat"})
_SILENT = frozenset({"section", "repeat", "note", "calculate", "hidden"})
_CHOOSING = frozenset({"choice", "choices", "points"})
_INPUTS = {
    "integer": "number", "decimal": "number", "range": "number",
    "date": "date", "time": "time", "datetime": "datetime-local",
}  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """One option as shown: ``place`` is its rank as typed (rankings only)."""

    code: str
    label: str
    chosen: bool = False
    place: str = ""


@dataclass
class Row:
    """One item of the page. ``input``: radio | checkbox | rank | tick | text | file or an HTML type."""

    id: str
    type: str
    level: int  # heading level of groups: 2, 3, 4
    label: str
    hint: str
    input: str
    name: str
    required: bool
    choices: list[Choice] = field(default_factory=list)
    value: str = ""
    unit_note: str = ""  # least, greatest, longest, in words
    conditions: list[tuple[str, str]] = field(default_factory=list)  # (what, expression)
    problems: list[str] = field(default_factory=list)
    shown: bool = True


@dataclass(frozen=True)
class Trial:
    """What a trial run came to."""

    scores: list[tuple[str, str, str]]  # (title, value or "", why there is none)
    band: str
    dropped: list[str]
    problems: int


def rows_of(document: Mapping[str, Any], language: str, posted: Any = None) -> list[Row]:
    """The items in page order; with ``posted`` (a QueryDict) filled in as it was sent."""
    rows = []
    depths: dict[str, int] = {}
    repeats: dict[str, str] = {}
    for item in document.get("items") or ():
        parent = str(item.get("in", ""))
        depth = depths.get(parent, 0)
        depths[item["id"]] = depth + 1
        repeat = item["id"] if item["type"] == "repeat" else repeats.get(parent, "")
        repeats[item["id"]] = repeat
        if item["type"] not in {"calculate", "hidden"}:
            rows.append(_row(item, document, language, depth, posted))
    return rows


def _row(
    item: Mapping[str, Any], document: Mapping[str, Any], language: str, depth: int, posted: Any
) -> Row:
    kind = str(item["type"])
    given = posted.getlist(item["id"]) if posted is not None else []
    return Row(
        id=str(item["id"]),
        type=kind,
        level=min(4, 2 + depth),
        label=words.said(item.get("title") or item.get("label"), language),
        hint=words.said(item.get("hint"), language),
        input=_input(kind),
        name=str(item["id"]),
        required=item.get("required") == "yes",
        choices=_choices(item, document, language, given, posted),
        value=given[0] if given and kind not in _CHOOSING else str(item.get("default", "")),
        unit_note=_limits(item),
        conditions=[
            (words.key_word(key), str(item[key]))
            for key in ("relevant", "constraint", "choice_filter")
            if item.get(key)
        ],
    )


def _input(kind: str) -> str:
    if kind in {"choice", "points"}:
        return "radio"
    special = {"choices": "checkbox", "rank": "rank", "acknowledge": "tick", "file": "file", "image": "file"}  # fmt: skip
    return special.get(kind) or _INPUTS.get(kind, "text")


def _choices(
    item: Mapping[str, Any],
    document: Mapping[str, Any],
    language: str,
    given: list[str],
    posted: Any,
) -> list[Choice]:
    if item["type"] == "points":
        return [Choice(p, p, p in given) for p in item.get("allowed") or ()]
    scale = (document.get("scales") or {}).get(item.get("scale", ""), {})
    return [
        Choice(
            str(option.get("code", "")),
            words.said(option.get("label"), language),
            option.get("code") in given,
            posted.get(f"{item['id']}/{option.get('code')}", "") if posted is not None else "",
        )
        for option in scale.get("options") or ()
    ]


def _limits(item: Mapping[str, Any]) -> str:
    parts = []
    if item.get("min"):
        parts.append(_("at least %(value)s") % {"value": item["min"]})
    if item.get("max"):
        parts.append(_("at most %(value)s") % {"value": item["max"]})
    if item.get("max_chars"):
        parts.append(_("at most %(value)s characters") % {"value": item["max_chars"]})
    return ", ".join(parts)


def instrument_of(document: Mapping[str, Any]) -> Instrument | None:
    """The instrument for a trial run; None while the document has errors."""
    try:
        return Instrument.from_document(document)
    except DocumentError:
        return None


def try_out(
    instrument: Instrument, rows: list[Row], posted: Any, *, today: dt.date, language: str
) -> Trial:
    """Evaluate what was posted and write findings into the rows. Nothing is stored."""
    evaluation = evaluate(instrument, _answers(instrument, posted), today=today)
    scored = score(instrument, evaluation)
    by_id = {row.id: row for row in rows}
    for found in evaluation.problems:
        row = by_id.get(found.item)
        if row is not None:
            row.problems.append(found.message_th if language == "th" else found.message_en)
    for row in rows:
        row.shown = row.id in evaluation.relevant
    return _trial(instrument, evaluation, scored, language)


def _answers(instrument: Instrument, posted: Any) -> dict[str, Any]:
    """Posted fields as the engine takes them; a repeat is tried with one instance."""
    answers: dict[str, Any] = {}
    for item in instrument.items:
        if item.type in _SILENT or item.type in {"file", "image"}:
            continue
        repeat = instrument.repeat_of.get(item.id)
        home = answers
        if repeat:
            home = answers.setdefault(repeat, [{}])[0]
        value = _value(item, posted)
        if value:
            home[item.id] = value
    return answers


def _value(item: Any, posted: Any) -> Any:
    if item.type == "choices":
        return posted.getlist(item.id)
    if item.type != "rank":
        return posted.get(item.id, "")
    options = item.scale.options if item.scale else ()
    places = [(posted.get(f"{item.id}/{o.code}", ""), o.code) for o in options]
    return [code for place, code in sorted((int(p), c) for p, c in places if p.isdecimal())]


def _trial(instrument: Instrument, evaluation: Evaluation, scored: Scored, language: str) -> Trial:
    why = {
        "missing": _("no answer to compute it from"),
        "not_applicable": _("does not apply"),
    }
    scores = [
        (
            words.said(instrument.nodes[code].title, language) or code,
            display(node.value, instrument.digits) if node.value is not None else "",
            "" if node.value is not None else why.get(str(node.status), str(node.status)),
        )
        for code, node in scored.nodes.items()
    ]
    band = words.said(scored.band.title, language) if scored.band else ""
    return Trial(scores, band, list(evaluation.dropped), len(evaluation.problems))
