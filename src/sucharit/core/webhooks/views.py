"""Pages of webhooks, for whoever manages the system at a unit: the list, one webhook with its log, a message."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.lists import FirstStep, ListPage, render_list
from sucharit.core.models import Webhook, WebhookDelivery
from sucharit.core.models.webhooks import PERMISSION
from sucharit.core.registry import registry
from sucharit.core.webhooks import services, tables
from sucharit.core.webhooks.forms import HookForm

PAGE = 25


@login_required
@require_safe
def webhook_list(request: HttpRequest) -> HttpResponseBase:
    """Webhooks within the administrator's scope."""
    _administrator(request)
    found = Webhook.objects.visible_to(request.user).select_related("unit")
    return render_list(
        request,
        ListPage(
            name="core.webhooks",
            title=_("Webhooks"),
            queryset=found.annotate(last_at=Max("deliveries__delivered_at")).order_by("title"),
            table_class=tables.HookTable,
            first_step=FirstStep(
                _("Add the address of a system that should hear of announced results."),
                reverse("core:webhook_new"),
                _("Add the first webhook"),
            ),
            template="core/webhooks/list.html",
        ),
    )


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def webhook_new(request: HttpRequest) -> HttpResponse:
    """Add a webhook; its secret is shown once, on the answer to this very request."""
    _administrator(request)
    form = HookForm(_sent(request), user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = services.add_webhook(actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            _put_errors(form, error)
        else:
            return _secret(request, made, secret)
    return _form(request, form, None)


@login_required
@require_http_methods(["GET", "POST"])
def webhook_edit(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """Change name, address and events."""
    hook = _hook(request, webhook_id)
    held = {"title": hook.title, "url": hook.url, "events": hook.events}
    form = HookForm(_sent(request), initial=held)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_webhook(actor=request.user, webhook=hook, **form.cleaned_data)
        except ValidationError as error:
            _put_errors(form, error)
        else:
            messages.success(request, _("The webhook was changed."))
            return redirect("core:webhook", webhook_id=hook.pk)
    return _form(request, form, hook)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def webhook(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """One webhook: what it hears, its log; test, switch, new secret."""
    hook = _hook(request, webhook_id)
    go = request.POST.get("go", "") if request.method == "POST" else ""
    if go == "renew":
        return _secret(request, hook, services.renew_secret(actor=request.user, webhook=hook))
    steps: dict[str, tuple[Callable[..., Any], str]] = {
        "test": (services.send_test, _("A test message was put into the queue.")),
        "off": (services.switch_off, _("The webhook was switched off.")),
        "on": (services.switch_on, _("The webhook was switched on.")),
    }
    if go in steps:
        do, done = steps[go]
        _attempt(request, lambda: do(actor=request.user, webhook=hook), done)
        return redirect("core:webhook", webhook_id=hook.pk)
    log = Paginator(hook.deliveries.order_by("-pk"), PAGE).get_page(request.GET.get("page"))
    for row in log:
        row.last_try = row.tries.order_by("-number").first()  # type: ignore[attr-defined]
    return render(request, "core/webhooks/webhook.html", {"hook": hook, "log": log})


@login_required
@require_http_methods(["GET", "POST"])
def delivery(request: HttpRequest, webhook_id: int, delivery_id: int) -> HttpResponse:
    """One message: its very text, each attempt; send it again."""
    hook = _hook(request, webhook_id)
    row = hook.deliveries.select_related("webhook").filter(pk=delivery_id).first()
    if row is None:
        raise NotFoundInScope("No such message.")
    if request.method == "POST":
        again = lambda: services.send_again(actor=request.user, delivery=row)  # noqa: E731
        _attempt(request, again, _("The message was put into the queue again."))
        return redirect("core:webhook", webhook_id=hook.pk)
    may = hook.state == Webhook.State.ON and row.state != WebhookDelivery.State.DUE
    context = {"hook": hook, "row": row, "tries": row.tries.order_by("-number"), "may": may}
    return render(request, "core/webhooks/delivery.html", context)


def _administrator(request: HttpRequest) -> None:
    """404 for whoever manages no system anywhere: the page does not exist for him."""
    if not registry.may(request.user, PERMISSION):
        raise NotFoundInScope("No such page within your scope.")


def _hook(request: HttpRequest, webhook_id: int) -> Webhook:
    found = (
        Webhook.objects.visible_to(request.user)
        .select_related("unit", "created_by")
        .filter(pk=webhook_id)
        .first()
    )
    if found is None:
        raise NotFoundInScope("No such webhook within your scope.")
    return found


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _form(request: HttpRequest, form: HookForm, hook: Webhook | None) -> HttpResponse:
    context = {"form": form, "hook": hook}
    status = 422 if form.errors else 200
    return render(request, "core/webhooks/form.html", context, status=status)


def _secret(request: HttpRequest, hook: Webhook, secret: str) -> HttpResponse:
    return render(request, "core/webhooks/secret.html", {"hook": hook, "secret": secret})


def _put_errors(form: HookForm, error: ValidationError) -> None:
    for name, found in error.error_dict.items():
        form.add_error(name if name in form.fields else None, found)


def _attempt(request: HttpRequest, do: Callable[[], Any], done: str) -> None:
    try:
        do()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
