"""The pages a citizen gets: Thai first, English by ``?lang=en``, no script needed, no cookie.

Form pages are rendered once per (framework version, instrument, language, kind of access) and kept
as bytes; a page with errors is rendered for its request, because it repeats the given answers.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from sucharit.assessments.intake.splice import Page, hole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sucharit.assessments.intake.lookup import Survey
    from sucharit.assessments.intake.questions import Questionnaire

_FOLDER = "assessments/survey"
_forms: dict[tuple[str, str, bool, bool], Page] = {}


def form_page(survey: Survey, language: str) -> Page:
    """The empty form of a survey; holes: ``unit``, ``round``, ``submission``."""
    key = (survey.questionnaire.identity, language, survey.keyed, survey.synthetic)
    page = _forms.get(key)
    if page is None:
        context = _form_context(survey, language, {}, [], hole("submission"))
        context |= {"unit": hole("unit"), "round": hole("round")}
        page = _forms[key] = Page.cut(_render("form.html", language, context))
    return page


def values(survey: Survey, language: str, submission: str) -> dict[str, str]:
    """What fills the holes of a form page."""
    return {
        "unit": survey.unit[language],
        "round": survey.title[language],
        "submission": submission,
    }


def page_with_errors(
    survey: Survey,
    language: str,
    form: Mapping[str, str],
    wrong: list[str],
    *,
    submission: str,
    key_refused: bool,
) -> bytes:
    """The form with the given answers kept, what is wrong summed up on top and marked at its place.

    The typed key is not repeated: a page may be looked at or kept by others.
    """
    with override(language):
        context = _form_context(survey, language, form, wrong, submission)
        context |= {
            "unit": survey.unit[language],
            "round": survey.title[language],
            "key_refused": key_refused,
        }
        if key_refused:
            context["summary"] = _("This key cannot be used")
        elif wrong:
            n = len(wrong)
            context["summary"] = ngettext(
                "%(n)s question has no answer", "%(n)s questions have no answer", n
            ) % {"n": n}
        else:
            context["summary"] = _("The page came incomplete. Please send it again.")
    return Page.cut(_render("form.html", language, context)).plain({})


@lru_cache(maxsize=16)
def thanks_page(language: str) -> Page:
    """After an answer; hole: ``receipt``."""
    return Page.cut(_render("thanks.html", language, {"receipt": hole("receipt")}))


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


def _form_context(
    survey: Survey, language: str, form: Mapping[str, str], wrong: list[str], submission: str
) -> dict[str, Any]:
    return {
        "title": survey.questionnaire.title[language],
        "internal": survey.questionnaire.internal,
        "keyed": survey.keyed,
        "synthetic": survey.synthetic,
        "submission": submission,
        # Of the questions, for drafts on the device: one of another version is not filled in.
        "version": hashlib.sha256(survey.questionnaire.identity.encode()).hexdigest()[:8],
        "sections": _sections(survey.questionnaire, language, form, set(wrong)),
        "wrong": [q for q in _questions(survey.questionnaire, language) if q["code"] in set(wrong)],
        "summary": "",
        "key_refused": False,
    }


def _questions(questions: Questionnaire, language: str) -> list[dict[str, str]]:
    return [
        {"code": q.code, "text": getattr(q.text, language)}
        for section in questions.sections
        for item in section.items
        for q in item.subquestions
    ]


def _sections(
    questions: Questionnaire, language: str, form: Mapping[str, str], wrong: set[str]
) -> list[dict[str, Any]]:
    optional = {slot.code for slot in questions.slots if slot.optional}
    return [
        {
            "title": section.title[language],
            "questions": [
                {
                    "code": q.code,
                    "text": getattr(q.text, language),
                    "required": q.code not in optional,
                    "wrong": q.code in wrong,
                    "options": [
                        (o.code, getattr(o.label, language), form.get(q.code) == o.code)
                        for o in q.scale.options
                    ],
                }
                for item in section.items
                for q in item.subquestions
            ],
        }
        for section in questions.sections
    ]
