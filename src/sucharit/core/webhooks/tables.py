"""The list of webhooks as core.lists shows it."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from sucharit.core.lists import DateTimeColumn, ListTable
from sucharit.core.models import Webhook
from sucharit.core.templatetags.webhooks import hook_chip


class HookTable(ListTable):
    """One row a webhook; ``last_at`` is annotated."""

    title = tables.Column(verbose_name=_("Name of the receiving system"))
    state = tables.Column(verbose_name=_("State of the webhook"))
    url = tables.Column(verbose_name=_("Host"), orderable=False)
    unit = tables.Column(verbose_name=_("Unit it belongs to"), order_by=("unit__path",))
    last_at = DateTimeColumn(verbose_name=_("Last delivered"), default=_("nothing yet"))

    def render_title(self, record: Webhook) -> str:
        return format_html(
            '<a href="{}">{}</a>', reverse("core:webhook", args=[record.pk]), record.title
        )

    def render_url(self, value: str) -> Any:
        return value.split("/")[2]

    def render_state(self, record: Webhook) -> str:
        return hook_chip(record)
