"""What both kinds of respondents' pages send back: bytes without a session, a cookie or a trace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from django.http import HttpRequest, HttpResponse

from sucharit.assessments.intake.answers import UnreadableFormError
from sucharit.assessments.intake.splice import Page

FORM = "application/x-www-form-urlencoded"
Form = TypeVar("Form")


def form_of(request: HttpRequest, parse: Callable[[bytes], Form], most: int) -> Form | None:
    """The posted form, None when it is none, is longer than ``most`` bytes or cannot be read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > most or request.content_type != FORM:
        return None
    try:
        return parse(request.body)
    except UnreadableFormError:
        return None


def answer(
    request: HttpRequest, page: Page, filled: Mapping[str, str], language: str, status: int
) -> HttpResponse:
    """A prepared page with its holes filled, compressed where the browser takes it."""
    if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
        response = whole(page.gzipped(dict(filled)), language, status)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = whole(page.plain(dict(filled)), language, status)
    return response


def whole(body: bytes, language: str, status: int) -> HttpResponse:
    """A page as bytes; the lane it is served by adds the headers of every such page."""
    headers = {
        "Content-Language": language,
        "Content-Length": str(len(body)),
        "Vary": "Accept-Encoding",
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
    }
    response = HttpResponse(
        body, status=status, content_type="text/html; charset=utf-8", headers=headers
    )
    # Django would log each refusal with its path and time: a clock beside the answers.
    response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001
    return response
