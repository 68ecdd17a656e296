"""Django app of committees."""

from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "sucharit.committees"
    label = "committees"

    def ready(self) -> None:
        from sucharit.committees import showing

        showing.register()
