"""Core hands in its system checks and the ledger's side-bar entry."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "sucharit.core"
    label = "core"

    def ready(self) -> None:
        from sucharit.core import checks  # noqa: F401
        from sucharit.core.registry import NavEntry, registry

        entry = NavEntry(
            "watch", _("Ledger"), "core:ledger", icon="shield", permission="ledger.view", order=900
        )
        registry.nav.append(entry)
