"""Core hands in its system checks, the ledger's side-bar entry and the webhooks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "sucharit.core"
    label = "core"

    def ready(self) -> None:
        from sucharit.core import checks  # noqa: F401
        from sucharit.core.registry import NavEntry, registry
        from sucharit.core.webhooks import showing as webhooks

        entry = NavEntry(
            "watch", _("Ledger"), "core:ledger", icon="shield", permission="ledger.view", order=900
        )
        registry.nav.append(entry)
        webhooks.register()
