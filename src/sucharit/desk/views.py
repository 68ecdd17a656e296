"""Pages of the desk: my work, and its count for the side bar."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sucharit.core import clock
from sucharit.desk import queries

COUNT_SECONDS = 60


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """All the user owes: overdue, this week, later, without a date."""
    desk = queries.desk_of(request.user, today=clock.today())
    cache.set(_count_key(request), desk.total, COUNT_SECONDS)
    titles = {
        "overdue": _("Overdue"),
        "week": _("In the next seven days"),
        "later": _("Later"),
        "no_date": _("Without a due date"),
    }
    groups = [
        {"key": key, "title": titles[key], "items": items} for key, items in desk.groups.items()
    ]
    return render(request, "desk/home.html", {"groups": groups, "total": desk.total})


@require_safe
@login_required
def count(request: HttpRequest) -> HttpResponse:
    """How many items there are, for the side bar; at most a minute old. Nothing when there are none."""
    key = _count_key(request)
    number = cache.get(key)
    if number is None:
        number = len(queries.collect(request.user))
        cache.set(key, number, COUNT_SECONDS)
    response = HttpResponse(str(number) if number else "")
    response.headers["Cache-Control"] = f"private, max-age={COUNT_SECONDS // 2}"
    return response


def _count_key(request: HttpRequest) -> str:
    return f"desk-count-{request.user.pk}"
