"""Middleware of the house."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import resolve

from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal

Handler = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("sucharit.surveys")

SURVEY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}
SURVEY_FAILED = (
    '<!doctype html><html lang="th"><meta charset="utf-8"><title>ขัดข้อง</title>'
    "<h1>ระบบขัดข้องชั่วคราว</h1><p>กรุณาส่งคำตอบอีกครั้ง ระบบจะไม่นับซ้ำ "
    "(The system failed for a moment. Please send your answers again; they are counted once.)"
)


class SurveyFastLane:
    """Serves the survey pages (``/s/…``) past the whole stack: no session, no cookie, no account.

    What those middlewares would have added is here: HTTPS redirect, security headers, a stricter
    content security policy. Errors are logged by kind and place only: the text of an exception
    could carry what a respondent sent.
    """

    prefix = "/s/"

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.view: Callable[..., HttpResponse] | None = None
        self.headers = dict(SURVEY_HEADERS)
        if settings.SECURE_HSTS_SECONDS:
            self.headers["Strict-Transport-Security"] = (
                f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"
            )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(self.prefix):
            return self.get_response(request)
        response = self._answer(request)
        for name, value in self.headers.items():
            response.headers[name] = value
        # Without it a connection cannot be kept (CommonMiddleware would have set it).
        response.headers.setdefault("Content-Length", str(len(response.content)))
        # Django would log each refusal with its path and time: a clock beside the answers.
        response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        try:
            if settings.SECURE_SSL_REDIRECT and not request.is_secure():
                return HttpResponsePermanentRedirect(f"https://{request.get_host()}{request.path}")
            if self.view is None:
                self.view = resolve(f"{self.prefix}-").func
            return self.view(request, code=request.path_info[len(self.prefix) :].rstrip("/"))
        except DisallowedHost:
            return HttpResponse(status=400)
        except Exception as problem:  # noqa: BLE001 (whatever it is, its text stays unread)
            last = traceback.extract_tb(problem.__traceback__)[-1]
            kind = type(problem).__name__
            # Without the traceback's text, on purpose.
            log.error("survey page failed: %s at %s:%s", kind, last.filename, last.lineno)  # noqa: TRY400
            return HttpResponse(SURVEY_FAILED, status=500)


class NoNul:
    """Refuses a path with a NUL, and any NUL asked of the API: PostgreSQL would fail on it.

    Pages read their own questions and say what is wrong beside the field.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = (
            request.META.get("QUERY_STRING", "") if request.path_info.startswith("/api/") else ""
        )
        if "\0" in request.path_info or "%00" in asked:
            raise SuspiciousOperation("a NUL in the address")
        return self.get_response(request)


class RefusalPages:
    """Turns what services refuse on purpose into pages: 404, 403, 409."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer our own errors; leave every other to Django."""
        if isinstance(exception, NotFoundInScope):
            return render(request, "404.html", status=404)
        if isinstance(exception, Forbidden):
            return render(request, "403.html", {"reason": str(exception)}, status=403)
        if isinstance(exception, Refusal):
            return render(
                request,
                "409.html",
                {"reason": str(exception), "where": exception.where},
                status=409,
            )
        return None
