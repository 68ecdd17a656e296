"""Django app of api."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "sucharit.api"
    label = "api"
