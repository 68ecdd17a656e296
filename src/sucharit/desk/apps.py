"""Django app of desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "sucharit.desk"
    label = "desk"

    def ready(self) -> None:
        from sucharit.desk import showing
        from sucharit.desk.deadlines import showing as deadlines
        from sucharit.desk.notices import showing as notices

        notices.register()
        showing.register()
        deadlines.register()
