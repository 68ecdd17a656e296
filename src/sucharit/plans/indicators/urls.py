"""Addresses of indicators, in the namespace of plans."""

from __future__ import annotations

from django.urls import path

from sucharit.plans.indicators.views import figures, lists, records, rolls

ONE = "indicators/<int:pk>/"
UNIT = "indicators/units/<slug:code>/<int:fiscal_year>"

urlpatterns = [
    path("indicators/", lists.indicators, name="indicators"),
    path("indicators/new/", records.new, name="indicator_new"),
    path("indicators/verify/", lists.queue, name="indicators_verify"),
    path("indicators/figures/<int:pk>/", figures.record, name="figure_record"),
    path(f"{UNIT}/", rolls.unit, name="indicators_unit"),
    path(f"{UNIT}/count/", rolls.count, name="indicators_count"),
    path(f"{UNIT}/all/", rolls.roll, name="indicators_roll"),
    path(f"{UNIT}.<slug:form>", rolls.files, name="indicators_files"),
    path(ONE, records.indicator, name="indicator"),
    path(f"{ONE}version/", records.version, name="indicator_version"),
    path(f"{ONE}retire/", records.retire, name="indicator_retire"),
    path(f"{ONE}<slug:code>/<int:fiscal_year>/target/", records.target, name="indicator_target"),
    path(f"{ONE}<slug:code>/<int:fiscal_year>/<int:seq>/", figures.figure, name="figure"),
]
