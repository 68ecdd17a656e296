"""Orgs hands its side-bar entries, search source and open table in."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "sucharit.orgs"
    label = "orgs"

    def ready(self) -> None:
        from sucharit.orgs import rights, showing

        rights.register()
        showing.register()
