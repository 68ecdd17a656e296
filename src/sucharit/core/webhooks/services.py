"""What a system administrator does with webhooks. Core knows no roles: rights come over the registry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.core.models import Webhook, WebhookDelivery
from sucharit.core.outside import guard
from sucharit.core.outside.sending import check_target
from sucharit.core.webhooks import events as known
from sucharit.core.webhooks import outbox, sealing, signing, words
from sucharit.core.webhooks.delivery import drop_due
from sucharit.core.webhooks.units import require


def add_webhook(
    *, actor: Any, unit: Any, title: str, url: str, events: Iterable[str]
) -> tuple[Webhook, str]:
    """A new webhook of a unit, switched on, and its secret, which is told this once.

    ValidationError by field: title, an address that is not https or lies inside the office, events.
    """
    require(actor, unit)  # before the look-up of the name: a stranger learns nothing by it
    key = signing.new_key()
    fields = _checked(title, url, events)
    made = Webhook(unit=unit, sealed_secret=sealing.seal(key), created_by_id=actor.pk, **fields)
    with transaction.atomic():
        made.save(force_insert=True)
        _note(made, "created", actor=actor, events=made.events, host=_host(made.url))
    return made, signing.secret_text(key)


def change_webhook(
    *, actor: Any, webhook: Webhook, title: str, url: str, events: Iterable[str]
) -> Webhook:
    """Another name, address or choice of events; the secret stays."""
    require(actor, webhook.unit)
    fields = _checked(title, url, events)
    with transaction.atomic():
        held = _locked(webhook)
        require(actor, held.unit)
        for name, value in fields.items():
            setattr(held, name, value)
        held.save(update_fields=list(fields))
        _note(held, "changed", actor=actor, events=held.events, host=_host(held.url))
    return held


def renew_secret(*, actor: Any, webhook: Webhook) -> str:
    """A new secret, told this once; from now on everything is signed with it."""
    key = signing.new_key()
    with transaction.atomic():
        held = _locked(webhook)
        require(actor, held.unit)
        held.sealed_secret = sealing.seal(key)
        held.save(update_fields=["sealed_secret"])
        _note(held, "secret_renewed", actor=actor)
    return signing.secret_text(key)


def switch_off(*, actor: Any, webhook: Webhook) -> Webhook:
    """Tell it nothing more; what still waits is not sent."""
    with transaction.atomic():
        held = _locked(webhook)
        require(actor, held.unit)
        if held.state != Webhook.State.ON:
            raise Refusal(_("This webhook is switched off already."))
        held.state = Webhook.State.OFF
        held.save(update_fields=["state"])
        _note(held, "switched_off", actor=actor, dropped=drop_due(held))
    return held


def switch_on(*, actor: Any, webhook: Webhook) -> Webhook:
    """Tell it of events again, from now on."""
    with transaction.atomic():
        held = _locked(webhook)
        require(actor, held.unit)
        if held.state == Webhook.State.ON:
            raise Refusal(_("This webhook is switched on already."))
        held.state, held.failing_since = Webhook.State.ON, None
        held.save(update_fields=["state", "failing_since"])
        _note(held, "switched_on", actor=actor)
    return held


def send_test(*, actor: Any, webhook: Webhook) -> None:
    """Put a test message into the outbox of one webhook; it is tried once."""
    with transaction.atomic():
        held = _locked(webhook)
        require(actor, held.unit)
        _must_be_on(held)
        outbox.put([held], known.TEST, {known.UNIT: held.unit.code})
        _note(held, "test_asked", actor=actor)


def send_again(*, actor: Any, delivery: WebhookDelivery) -> WebhookDelivery:
    """The same message once more: same id and bytes, a new signature, a row of its own."""
    with transaction.atomic():
        held = _locked(delivery.webhook)
        require(actor, held.unit)
        _must_be_on(held)
        if delivery.state == WebhookDelivery.State.DUE:
            raise Refusal(_("This message still waits: it will be sent by itself."))
        again = outbox.put_again(delivery)
        _note(held, "sent_again", actor=actor, delivery=delivery.pk)
    return again


def _locked(webhook: Webhook) -> Webhook:
    found = (
        Webhook.objects.select_for_update(of=("self",))
        .select_related("unit")
        .filter(pk=webhook.pk)
        .first()
    )
    if found is None:
        raise NotFoundInScope("No such webhook within your scope.")
    return found


def _must_be_on(held: Webhook) -> None:
    if held.state != Webhook.State.ON:
        raise Refusal(_("Switch the webhook on first: nothing is sent to it now."))


def _checked(title: str, url: str, events: Iterable[str]) -> dict[str, Any]:
    """The fields as they are stored. Looks the host's name up: never call it in a transaction."""
    title, url, chosen = title.strip(), url.strip(), list(dict.fromkeys(events))
    wrong: dict[str, str] = {}
    if not title or len(title) > 120:
        wrong["title"] = _("Give a name of at most 120 characters.")
    if not chosen or not set(chosen) <= set(known.EVENTS):
        wrong["events"] = _("Choose at least one event of the list.")
    if len(url) > 1000 or not url.isascii() or any(c.isspace() for c in url) or "#" in url:
        wrong["url"] = _("An address has at most 1,000 Latin characters, no spaces and no #.")
    else:
        try:
            check_target(url, frozenset(settings.FETCH_ALLOWED))
        except guard.StopError as stop:
            wrong["url"] = words.target_fault(stop.reason)
    if wrong:
        raise ValidationError(wrong)
    return {"title": title, "url": url, "events": chosen}


def _host(url: str) -> str:
    return guard.place(url)[1]


def _note(held: Webhook, action: str, *, actor: Any, **data: Any) -> None:
    # The address itself may hold a key in its path: the ledger gets the host only.
    record(actor=actor, action=f"core.webhook.{action}", target=held, unit=held.unit, **data)
