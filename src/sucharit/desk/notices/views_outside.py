"""Doors without a sign-in: LINE's webhook, and the link out of e-mail."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from sucharit.core.errors import NotFoundInScope
from sucharit.desk.notices import line, wishes
from sucharit.desk.notices.channels.letters import reader_of
from sucharit.orgs.models import User

MOST_BYTES = 256 * 1024


@csrf_exempt  # signed by LINE over the very bytes of the body
@require_POST
def line_webhook(request: HttpRequest) -> HttpResponse:
    """Events of the official account; 404 where LINE is off, 413 too large, 401 a wrong signature."""
    if not settings.LINE_SECRET:
        raise Http404
    # Without a length the server hands over an empty body; with one it reads no more than that.
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > MOST_BYTES:
        return HttpResponse(status=413)
    if not line.signature_holds(request.body, request.headers.get("X-Line-Signature", "")):
        return HttpResponse(status=401)
    line.take(request.body)
    return HttpResponse()


@csrf_exempt  # one-click by a mail program (RFC 8058): the token in the address is the right
@never_cache
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """No more e-mail: asks on GET (mail scanners open links), does it on POST."""
    pk = reader_of(token)
    user = User.objects.filter(pk=pk, is_active=True).first() if pk else None
    if user is None:
        raise NotFoundInScope("No such link.")
    if request.method == "POST":
        wishes.stop_email(user=user)
    return render(request, "desk/notices/unsubscribe.html", {"done": request.method == "POST"})
