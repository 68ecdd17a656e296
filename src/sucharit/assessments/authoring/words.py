"""Words for what stands in an instrument document, in the page's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sucharit.assessments.authoring.parts import GROUPS
from sucharit.assessments.xlsform.columns import LANGUAGE_NAMES

KINDS = {
    "survey": _("Survey of people"),
    "checklist": _("Checklist a unit answers"),
    "test": _("Knowledge test"),
    "evaluation": _("Evaluation of an activity"),
    "self_assessment": _("Self-assessment of a unit"),
}
TYPES = {
    "section": _("Section of questions"),
    "repeat": _("Group that repeats"),
    "note": _("Note to the reader"),
    "choice": _("One choice"),
    "choices": _("Several choices"),
    "rank": _("Ranking of choices"),
    "integer": _("Whole number"),
    "decimal": _("Decimal number"),
    "range": _("Number on a scale"),
    "points": _("Points, marked by an assessor"),
    "text": _("Free text"),
    "date": _("Date of the calendar"),
    "time": _("Time of day"),
    "datetime": _("Date and time"),
    "file": _("File to attach"),
    "image": _("Picture to attach"),
    "geopoint": _("Place on the map"),
    "acknowledge": _("Tick to confirm"),
    "hidden": _("Hidden value"),
    "calculate": _("Calculated value"),
}
KEYS = {
    "title": _("Title of it"),
    "label": _("Question or label"),
    "hint": _("Explanation below the question"),
    "required": _("Must be answered"),
    "required_message": _("Message when it is not answered"),
    "relevant": _("Shown only when"),
    "constraint": _("Condition for the answer"),
    "constraint_message": _("Message when the condition does not hold"),
    "choice_filter": _("Filter of the choices"),
    "calculation": _("How it is calculated"),
    "scale": _("List of choices"),
    "options": _("Choices of the list"),
    "points": _("Points it gives"),
    "weight": _("Weight in the score"),
    "indicator": _("Indicator it belongs to"),
    "correct": _("Correct answer"),
    "min": _("Least value"),
    "max": _("Greatest value"),
    "of": _("Parts it is made of"),
    "requires": _("What it requires besides"),
    "fiscal_year": _("Fiscal year (B.E.)"),
    "source": _("Where it comes from"),
    "verified": _("Compared with the official document"),
    "default": _("Answer filled in beforehand"),
}
AGGREGATIONS = {
    "mean": _("mean of its parts"),
    "weighted_mean": _("weighted mean of its parts"),
    "sum": _("sum of its parts"),
    "min": _("lowest of its parts"),
    "max": _("highest of its parts"),
    "median": _("median of its parts"),
}
MISSING = {
    "drop": _("a part without an answer is left out"),
    "zero": _("a part without an answer counts as 0"),
    "propagate": _("without every part there is no score"),
}
LEVELS = {
    "none": _("No change"),
    "patch": _("Wording only"),
    "minor": _("Small addition"),
    "major": _("Major change"),
}
CONSEQUENCES = {
    "": _("This is the first version. From then on it can be used in campaigns and never changes."),
    "none": _("Nothing differs from the published version, so there is nothing to publish."),
    "patch": _(
        "Only wording changes. Scores stay comparable with the version before; trends are drawn "
        "through."
    ),
    "minor": _(
        "Something is added that moves no earlier figure. Scores stay comparable; trends are drawn "
        "through."
    ),
    "major": _(
        "Scores can't be compared with the version before: every trend will show a break here. "
        "Answers given to earlier versions keep their version."
    ),
}
_PARTS = {
    "item": _("Item of the form"),
    "scale": _("List of choices"),
    "node": _("Score of the form"),
    "band": _("Level of the result"),
    "profile": _("Profile of units"),
    "external": _("Value from the platform"),
}


def thai() -> bool:
    """Whether the page is in Thai."""
    return (get_language() or "th").startswith("th")


def said(texts: Any, language: str = "") -> str:
    """A translated text in the page's language, else in Thai, else in any; "" without one."""
    if not isinstance(texts, Mapping):
        return ""
    wanted = language or ("th" if thai() else "en")
    return str(texts.get(wanted) or texts.get("th") or next(iter(texts.values()), ""))


def language(code: str) -> str:
    """A language by its own name."""
    return LANGUAGE_NAMES.get(code, code)


def kind(code: str) -> str:
    """The word for an instrument's kind."""
    return str(KINDS.get(code, code))


def key_word(key: str) -> str:
    """The word for a key of the document; the key itself where there is none."""
    return str(KEYS.get(key, key))


def part_title(part: str, document: Mapping[str, Any]) -> str:
    """What a part is called: its kind, its code and the beginning of its text."""
    from sucharit.assessments.authoring.parts import element_of

    what, _sep, code = part.partition(":")
    if what == "head":
        return str(_("The instrument as a whole"))
    element = element_of(document, part) or {}
    text = said(element.get("title") if _titled(element) else element.get("label"))
    if what == "item" and element.get("type") in GROUPS:
        what_word = str(TYPES[element["type"]])
    else:
        what_word = str(_PARTS.get(what, what))
    start = f"{what_word} {code}"
    return f"{start}: {text[:80]}" if text else start


def _titled(element: Mapping[str, Any]) -> bool:
    return "title" in element


def place_words(path: tuple[str | int, ...], document: Mapping[str, Any]) -> str:
    """A place of a document as people read it: "Item q7 · Question or label · English"."""
    from sucharit.assessments.authoring.parts import part_of

    part = part_of(path, document)
    words = []
    rest = list(path)
    if part and part != "head":
        words.append(part_title(part, document))
        rest = rest[3:] if part.startswith("node:") else rest[2:]
    for at, step in enumerate(rest):
        if isinstance(step, int):
            code = _option_code(path[: len(path) - len(rest) + at + 1], document)
            words.append(code or str(step + 1))
        elif step in LANGUAGE_NAMES:
            words.append(language(step))
        else:
            words.append(key_word(step))
    return " · ".join(words) or str(_("The instrument as a whole"))


def _option_code(path: tuple[str | int, ...], document: Mapping[str, Any]) -> str:
    here: Any = document
    for step in path:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            return ""
    return str(here.get("code", "")) if isinstance(here, Mapping) else ""
