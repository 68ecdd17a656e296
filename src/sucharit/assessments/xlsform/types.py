"""The cell ``type``: what kind of item a row is, and which list it takes its choices from."""

from __future__ import annotations

from dataclasses import dataclass

from sucharit.assessments.xlsform import columns as c
from sucharit.assessments.xlsform.values import Values


@dataclass(frozen=True, slots=True)
class Kind:
    """``what``: an item type of the document, or end_group, end_repeat; ``list_name`` of a select."""

    what: str
    list_name: str = ""


_GROUPS = {"begin_group": "section", "begin_repeat": "repeat"}


def kind_of(values: Values) -> Kind | None:
    """The row's kind; None (and a finding) when the type is missing, unknown or refused."""
    text = " ".join(values.row.get("type").split())
    if not text:
        values.add("no_type", "type")
        return None
    name = c.TYPE_ALIASES.get(text, text)
    if name in c.TYPES and name not in c.SELECTS:
        return Kind(_GROUPS.get(name, name))
    if found := _refused(text):
        why_th, why_en = found
        values.add("refused_type", "type", value=text, why_th=why_th, why_en=why_en)
        return None
    return _select(text, values)


def _refused(text: str) -> tuple[str, str] | None:
    return c.REFUSED_TYPES.get(text) or c.REFUSED_TYPES.get(text.split(" ", maxsplit=1)[0])


def _select(text: str, values: Values) -> Kind | None:
    for said, name in c.SELECT_ALIASES.items():
        if text == said or text.startswith(f"{said} "):
            rest = text[len(said) :].split()
            if len(rest) > 1 and rest[1:] in (["or_other"], ["or", "specify", "other"]):
                values.add("or_other", "type")
            elif len(rest) != 1:
                values.add("list_missing", "type", type=name)
            else:
                return Kind(c.SELECTS[name], rest[0])
            return None
    values.add("unknown_type", "type", value=text, known=", ".join(c.TYPES))
    return None
