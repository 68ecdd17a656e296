"""From a posted form to one byte per question; nothing else of the form is kept."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from sucharit.assessments.engine import MISSING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sucharit.assessments.intake.questions import Questionnaire

MAX_BODY = 32 * 1024  # a sheet of 60 questions has about 1 kB


class UnreadableFormError(ValueError):
    """The body is no form of ours."""


def parse_form(body: bytes) -> dict[str, str]:
    """Fields of an ``application/x-www-form-urlencoded`` body.

    Plain and quick on purpose: our fields are short codes. The last of several equal fields counts.
    Raises UnreadableFormError when it is too long or not text.
    """
    if len(body) > MAX_BODY:
        raise UnreadableFormError("too long")
    try:
        text = body.decode("ascii")
    except UnicodeDecodeError as error:
        raise UnreadableFormError("not a form") from error
    form = {}
    for pair in text.split("&"):
        name, _, value = pair.partition("=")
        if "%" in name or "+" in name:
            name = unquote_plus(name)
        form[name] = unquote_plus(value) if "%" in value or "+" in value else value
    return form


def pack_form(questionnaire: Questionnaire, form: Mapping[str, str]) -> tuple[bytes, list[str]]:
    """(packed answers, codes of questions without a valid answer); none: all is well."""
    packed = bytearray()
    wrong = []
    for slot in questionnaire.slots:
        given = form.get(slot.code, "")
        byte = slot.options.get(given)
        if byte is None:
            byte = MISSING
            if given or not slot.optional:
                wrong.append(slot.code)
        packed.append(byte)
    return bytes(packed), wrong


def week_of(day: dt.date) -> dt.date:
    """The Monday of a day's week: the only date an answer ever carries.

    The rule asks for a week while a unit has fewer than five answers on a day. To refine the date
    once the fifth has come, either the fifth alone would get it, and stand out, or we would have to
    remember which rows came that day, which is the clock we refuse to keep. So it stays the week.
    """
    return day - dt.timedelta(days=day.weekday())
