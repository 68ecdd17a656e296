"""Pages of notices: the list behind the bell, what one wants by which channel, the administrator's overview."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.registry import registry
from sucharit.desk.notices import channels, line, meter, queries, services, showing, wishes, words
from sucharit.desk.notices.forms import WishesForm

PAGE = 25


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def notice_list(request: HttpRequest) -> HttpResponse:
    """The user's notices; POST marks one (``pk``) or all as read."""
    if request.method == "POST":
        pk = request.POST.get("pk", "")
        if pk.isascii() and pk.isdigit() and len(pk) < 19:
            services.mark_read(actor=request.user, pk=int(pk))
        else:
            services.mark_all_read(actor=request.user)
            messages.success(request, _("All notices are marked as read."))
        return redirect("desk:notices")
    page = Paginator(queries.mine(request.user), PAGE).get_page(request.GET.get("page"))
    for notice in page:
        kind = registry.notices.get(notice.kind)
        notice.word = kind.label if kind else notice.kind  # type: ignore[attr-defined]
    context = {"page": page, "unread": queries.unread(request.user)}
    return render(request, "desk/notices/list.html", context)


@login_required
@never_cache  # what was just read must not ring on; the count reads a few index entries
@require_safe
def count(request: HttpRequest) -> HttpResponse:
    """How many are unread, for the bell; nothing when there are none."""
    number = queries.unread(request.user)
    shown = "99+" if number > 99 else str(number or "")
    return HttpResponse(shown)


@login_required
@never_cache
@require_safe
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Read one: it counts as read, and the page it is about opens."""
    found = services.mark_read(actor=request.user, pk=pk)
    safe = found.url.startswith("/") and url_has_allowed_host_and_scheme(found.url, None)
    return redirect(found.url if safe else reverse("desk:notices"))


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """What goes where; LINE is linked and unlinked here."""
    go = request.POST.get("go", "")
    if go == "code":
        return _code(request)
    if go == "unlink":
        return _unlink(request)
    form = WishesForm(
        request.POST if request.method == "POST" else None, initial=wishes.wanted(request.user)
    )
    if request.method == "POST" and form.is_valid():
        wishes.set_preferences(actor=request.user, user=request.user, wants=form.cleaned_data)
        messages.success(request, _("Your wishes are kept."))
        return redirect("desk:notices_preferences")
    return _preferences(request, form, status=422 if form.errors else 200)


def _preferences(
    request: HttpRequest, form: WishesForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    address, _why = channels.email.address_of(request.user)
    context = {
        "form": form,
        "email_on": channels.email.is_on(),
        "address": address,
        "line_on": channels.line.is_on() and bool(settings.LINE_SECRET),
        "line": queries.line_account(request.user),
        "quota_known": settings.LINE_QUOTA > 0,
        "code": "",
        "code_until": None,
    }
    return render(request, "desk/notices/preferences.html", context | more, status=status)


def _code(request: HttpRequest) -> HttpResponse:
    if not (channels.line.is_on() and settings.LINE_SECRET):
        raise NotFoundInScope("LINE is off.")
    form = WishesForm(initial=wishes.wanted(request.user))
    try:
        code, until = line.make_code(actor=request.user, user=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:notices_preferences")
    return _preferences(request, form, code=code, code_until=until)


def _unlink(request: HttpRequest) -> HttpResponse:
    try:
        line.unlink(actor=request.user, user=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("LINE is no longer linked."))
    return redirect("desk:notices_preferences")


@login_required
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """States, reasons and the quota, for who manages the system: figures, no content, no names."""
    if not registry.may(request.user, showing.PERMISSION):
        raise NotFoundInScope("No such page within your scope.")
    found = meter.overview(clock.now())
    context = {
        "states": [
            (words.CHANNELS.get(c, c), *words.STATES.get(s, (s, s)), n) for c, s, n in found.states
        ],
        "reasons": [
            (words.CHANNELS.get(c, c), *words.STATES.get(s, (s, s)), words.reason(r), n)
            for c, s, r, n in found.reasons
        ],
        "quota": found.quota,
        "oldest_due": found.oldest_due,
        "days": meter.DAYS,
        "email_on": channels.email.is_on(),
        "line_on": channels.line.is_on(),
    }
    return render(request, "desk/notices/outbox.html", context)
