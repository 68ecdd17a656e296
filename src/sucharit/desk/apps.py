"""Django app of desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "sucharit.desk"
    label = "desk"
