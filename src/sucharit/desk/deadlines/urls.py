"""Addresses of days off, clocks, the calculator and obligations."""

from __future__ import annotations

from django.urls import path

from sucharit.desk.deadlines.views import clocks, days, obligations

urlpatterns = [
    path("deadlines/", clocks.compute, name="deadline"),
    path("deadlines/clocks/", clocks.clocks, name="clocks"),
    path("days-off/", days.year, name="days_off"),
    path("days-off/table/", days.table, name="days_off_table"),
    path("days-off/new/", days.day, name="day_off_new"),
    path("days-off/import/", days.import_file, name="days_off_import"),
    path("days-off/<int:pk>/", days.day, name="day_off"),
    path("obligations/", obligations.obligation_list, name="obligations"),
    path("obligations/new/", obligations.new, name="obligation_new"),
    path("obligations/<int:pk>/", obligations.obligation, name="obligation"),
]
