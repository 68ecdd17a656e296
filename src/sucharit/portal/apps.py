"""The portal hands its public page in."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "sucharit.portal"
    label = "portal"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from sucharit.core.registry import NavEntry, registry

        registry.nav.append(
            NavEntry(
                "show", _("Open data"), "portal:open_data", icon="table", public=True, order=800
            )
        )
        registry.nav.append(
            NavEntry(
                "show",
                _("Executive page"),
                "portal:brief",
                icon="print",
                permission="view",
                order=100,
            )
        )
