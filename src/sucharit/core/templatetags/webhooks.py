"""Chips and words of webhooks: ``{% load webhooks %}``."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from sucharit.core.models import Webhook, WebhookAttempt, WebhookDelivery
from sucharit.core.templatetags.ui import chip
from sucharit.core.webhooks import words

register = template.Library()


@register.simple_tag
def hook_chip(hook: Webhook) -> SafeString:
    """A webhook's state; one that is on but fails says so."""
    if hook.state == Webhook.State.ON and hook.failing_since is not None:
        return chip(*words.FAILING)
    return chip(*words.HOOK[hook.state])


@register.simple_tag
def delivery_chip(delivery: WebhookDelivery) -> SafeString:
    """A message's state."""
    return chip(*words.DELIVERY[delivery.state])


@register.simple_tag
def attempt_words(attempt: WebhookAttempt) -> Any:
    """Why an attempt failed; "" when it went through."""
    return words.REASONS.get(attempt.reason, attempt.reason) if attempt.reason else ""


@register.filter
def event_label(code: str) -> Any:
    """An event's name."""
    return words.event_label(code)
