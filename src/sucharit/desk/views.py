"""Pages of the desk: my work, its count for the side bar, one item's arrangements."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope
from sucharit.desk import labels
from sucharit.desk.forms_work import BoardForm
from sucharit.desk.queries import arranged
from sucharit.desk.queries.board import GROUPS, Asked, board, totals
from sucharit.orgs import scope
from sucharit.orgs.models import Unit

COUNT_SECONDS = 60


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """All the user owes: overdue, this week, later, without a date; or what he put off or handed over.

    ``for=<pk>`` shows the desk of a person whose deputy the user is today.
    """
    today, user = clock.today(), request.user
    form = BoardForm(request.GET)
    asked = form.asked()
    stands_in = arranged.principals(user, today)
    person: Any = next(
        (d.user for d in stands_in if str(d.user_id) == request.GET.get("for")), None
    )
    if person is None and request.GET.get("for"):
        raise NotFoundInScope(_("You do not look after this desk."))
    put_off = arranged.snoozed(user, today)
    tab = request.GET.get("tab", "") if person is None else ""
    if tab == "put_off":
        found = board(user, asked, today=today, only=frozenset(s.key for s in put_off))
    elif person is not None:
        found = board(person, replace(asked, scope="mine"), today=today, reader=user)
    else:
        found = board(user, asked, today=today)
    return render(
        request,
        "desk/home.html",
        {
            "board": found,
            "rows": _rows(found.rows, {s.key: s for s in put_off}),
            "figures": [(g, labels.GROUPS[g], found.groups[g], _link(request, group=g)) for g in GROUPS],
            "form": form.with_kinds(found.kinds),
            "asked": asked,
            "all_link": _link(request, group=""),
            "narrowed": asked != Asked(scope=asked.scope, page=asked.page),
            "tab": tab,
            "person": person,
            "stands_in": stands_in,
            "put_off": len(put_off),
            "given": arranged.given(user) if tab == "given" else [],
            "may_all": scope.can_somewhere(user, "actions.edit"),
            "pages": [(n, _link(request, page=n)) for n in _near(found.page, found.pages)],
        },
    )  # fmt: skip


@require_safe
@login_required
def count(request: HttpRequest) -> HttpResponse:
    """How many items there are, for the side bar; at most a minute old. Nothing when there are none."""
    key = f"desk-count-{request.user.pk}"
    number = cache.get(key)
    if number is None:
        number = sum(totals(request.user, clock.today()))
        cache.set(key, number, COUNT_SECONDS)
    response = HttpResponse(str(number) if number else "")
    response.headers["Cache-Control"] = f"private, max-age={COUNT_SECONDS // 2}"
    return response


def _rows(rows: list[Any], put_off: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows as the page shows them; ``head``: the group's name where a new one begins."""
    made: list[dict[str, Any]] = []
    before = ""
    for owed in rows:
        head = labels.GROUPS[owed.group] if owed.group != before else ""
        before = owed.group
        unit = owed.item.unit
        name = labels.unit_name(unit) if isinstance(unit, Unit) else unit
        made.append(
            {"owed": owed, "head": head, "unit": name, "snooze": put_off.get(owed.item.key)}
        )
    return made


def _link(request: HttpRequest, **changes: Any) -> str:
    query = request.GET.copy()
    if "page" not in changes:
        query.pop("page", None)
    for name, value in changes.items():
        query[name] = str(value)
    return f"?{query.urlencode()}"


def _near(page: int, pages: int) -> list[int]:
    """Page numbers worth a link: first, last, and around this one; one page needs none."""
    if pages < 2:
        return []
    wanted = {1, pages, *range(page - 2, page + 3)}
    return sorted(n for n in wanted if 1 <= n <= pages)
