"""What webhooks show of themselves: the side-bar entry, and a duty where one has been stopped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sucharit.core.registry import DeskItem, NavEntry, registry

PERMISSION = "system.manage"


def register() -> None:
    """Hand both in."""
    registry.nav.append(
        NavEntry(
            "show",
            gettext_lazy("Webhooks"),
            "core:webhooks",
            icon="send",
            permission=PERMISSION,
            order=910,
        )
    )
    registry.desk.append(desk_items)


def desk_items(user: Any) -> Iterator[DeskItem]:
    """Webhooks the platform has stopped: mend the receiver and switch them on, or switch them off."""
    from sucharit.core.models import Webhook

    if not registry.may(user, PERMISSION):
        return
    stopped = Webhook.objects.visible_to(user).filter(state=Webhook.State.FAILED)
    for hook in stopped.select_related("unit"):
        yield DeskItem(
            title=_("Webhook “%(name)s” was stopped after failures") % {"name": hook.title},
            url=reverse("core:webhook", args=[hook.pk]),
            unit=hook.unit,
            kind="webhook",
            kind_label=_("Webhook"),
        )
