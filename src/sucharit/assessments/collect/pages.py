"""The pages an anonymous respondent gets: Thai first, English by ``?lang=en``, no script needed, no cookie.

Form pages are rendered once per (instrument version, language, kind of access) and kept as bytes; a page
with errors or another instance of a repeat is rendered for its request, because it repeats what was given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from sucharit.assessments.collect.lookup import Opened
from sucharit.assessments.collect.reading import Form, one
from sucharit.assessments.collect.sheets import Problem
from sucharit.assessments.collect.showing_items import Filling, blocks, say
from sucharit.assessments.intake.splice import Page, hole

_FOLDER = "assessments/collect"
_MOST = 500
_forms: dict[tuple[str, str, bool, bool, bool], Page] = {}


def form_page(opened: Opened, language: str) -> Page:
    """The empty form; holes: ``unit``, ``campaign``, ``submission``."""
    q = opened.questionnaire
    key = (q.identity, language, opened.keyed, opened.asks_code, opened.synthetic)
    page = _forms.get(key)
    if page is None:
        if len(_forms) >= _MOST:
            _forms.clear()
        context = form_context(opened, Filling(language), hole("submission"))
        context |= {"unit": hole("unit"), "campaign": hole("campaign")}
        page = _forms[key] = Page.cut(_render("form.html", language, context))
    return page


def values(opened: Opened, language: str, submission: str) -> dict[str, str]:
    """What fills the holes of a form page."""
    return {
        "unit": opened.unit[language],
        "campaign": opened.title[language],
        "submission": submission,
    }


def page_again(
    opened: Opened,
    language: str,
    form: Form,
    problems: Sequence[Problem],
    *,
    submission: str,
    key_refused: bool = False,
    checked: bool = True,
) -> bytes:
    """The form with what was given, and what is wrong summed up on top and marked at its place.

    The typed key is not repeated: a page may be looked at or kept by others. ``checked``: the person
    wanted to send it (else another instance was asked for, and nothing is wrong yet).
    """
    errors = {p.field: p.message for p in problems}
    with override(language):
        filling = Filling(language, form, errors, fresh=False)
        context = form_context(opened, filling, submission)
        context |= {"unit": opened.unit[language], "campaign": opened.title[language]}
        if checked:
            context |= summary(opened, problems, language, key_refused=key_refused)
        context["own_code"] = one(form, "~code")
        context["own_code_error"] = errors.get("~code", "")
    return Page.cut(_render("form.html", language, context)).plain({})


def summary(
    opened: Opened, problems: Sequence[Problem], language: str, *, key_refused: bool = False
) -> dict[str, Any]:
    """What stands on top of a page that was not taken (in the language that is active)."""
    if key_refused:
        text = _("This key cannot be used")
    elif problems:
        n = len(problems)
        text = ngettext("%(n)s answer needs a look", "%(n)s answers need a look", n) % {"n": n}
    else:
        text = _("The page came incomplete. Please send it again.")
    layout = opened.questionnaire.layout
    lines = []
    for problem in problems:
        item = problem.field.rsplit(":", 1)[-1]
        label = say(layout.label(item), language) if item in layout.questions else ""
        lines.append({"field": problem.field, "label": label, "message": problem.message})
    return {"summary": text, "problems": lines, "key_refused": key_refused}


def form_context(opened: Opened, filling: Filling, submission: str) -> dict[str, Any]:
    """What the form's template needs but the unit's and the campaign's names."""
    q = opened.questionnaire
    return {
        "title": say(q.document["title"], filling.language),
        "keyed": opened.keyed,
        "asks_code": opened.asks_code,
        "own_code": "",
        "own_code_error": "",
        "synthetic": opened.synthetic,
        "submission": submission,
        "blocks": blocks(q.layout, filling),
        "branching": q.layout.branching,
        "identity": q.identity,
        "summary": "",
        "problems": [],
        "key_refused": False,
        "is_test": q.kind == "test",
    }


@lru_cache(maxsize=16)
def thanks_page(language: str, *, scored: bool) -> Page:
    """After an answer; holes: ``receipt``, and ``score`` where the person is told it."""
    context = {"receipt": hole("receipt"), "score": hole("score") if scored else ""}
    return Page.cut(_render("thanks.html", language, context))


@lru_cache(maxsize=16)
def message_page(name: str, language: str) -> Page:
    """A page without holes: ``closed`` (or unknown), ``full``, ``sent``, ``unreadable``."""
    return Page.cut(_render("message.html", language, {"message": name}))


def forget() -> None:
    """Drop rendered pages (tests; texts of a running process don't change)."""
    _forms.clear()
    thanks_page.cache_clear()
    message_page.cache_clear()


def _render(name: str, language: str, context: Mapping[str, Any]) -> str:
    with override(language):
        return render_to_string(f"{_FOLDER}/{name}", {"language": language, **context})
