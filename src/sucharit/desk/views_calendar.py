"""The month page, and the feed that calendars read by the secret link."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sucharit.core import clock
from sucharit.desk import feed_file
from sucharit.desk.queries import calendar as queries
from sucharit.desk.services import feed as services

BACK, AHEAD = dt.timedelta(days=92), dt.timedelta(days=366)
PER_MINUTE = 20  # readings of one link


@require_safe
@login_required
def month(request: HttpRequest) -> HttpResponse:
    """``month=2567-03``: a month as a grid, and the same as a list."""
    today = clock.today()
    first = queries.month_of(request.GET.get("month", "")) or today.replace(day=1)
    found = queries.month(request.user, first, today=today)
    weeks = [
        [(day, day.month == first.month, found.entries.get(day, [])) for day in week]
        for week in found.weeks
    ]
    days = [date_format(day, "l") for day in found.weeks[0]]
    title = f"{date_format(first, 'F')} {first.year + queries.BE if _thai() else first.year}"
    return render(
        request,
        "desk/calendar.html",
        {
            "title": title,
            "weeks": weeks,
            "week_days": days,
            "by_day": found.entries.items(),
            "more": found.more,
            "most": queries.MOST,
            "today": today,
            "before": queries.month_text(queries.shifted(first, -1)),
            "after": queries.month_text(queries.shifted(first, 1)),
            "this": queries.month_text(today),
        },
    )


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind a secret link; a wrong or ended link is the same 404."""
    user = services.read_by(token)
    if user is None:
        raise Http404
    if _too_often(token):
        busy = HttpResponse(status=429)
        busy.headers["Retry-After"] = "60"
        return _private(busy)
    today = clock.today()
    with translation.override("th"):
        items, _more = queries.dated(user, today - BACK, today + AHEAD, today=today)
        body = feed_file.feed(
            items,
            queries.events(user, today - BACK, today + AHEAD),
            name=_("My work"),
            now=clock.now(),
            absolute=request.build_absolute_uri,
        )
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'inline; filename="sucharit.ics"'
    return _private(answer)


def _private(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _too_often(token: str) -> bool:
    key = f"desk-feed-{services.hash_of(token)}"
    if cache.add(key, 1, 60):
        return False
    try:
        return int(cache.incr(key)) > PER_MINUTE
    except ValueError:  # it ran out between the two calls
        return False


def _thai() -> bool:
    return (translation.get_language() or "th").startswith("th")
