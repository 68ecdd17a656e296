"""Django app of desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "sucharit.desk"
    label = "desk"

    def ready(self) -> None:
        from sucharit.core.registry import registry
        from sucharit.desk import actions

        registry.desk.append(actions.desk_items)
