"""Django app of plans."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "sucharit.plans"
    label = "plans"

    def ready(self) -> None:
        from sucharit.plans import showing

        showing.register()
