"""Addresses of the roll-out, in the namespace of plans."""

from __future__ import annotations

from django.urls import path

from sucharit.plans.rollout.views import owner, units

ONE = "rollout/<int:pk>/"

urlpatterns = [
    path("rollout/", owner.templates, name="rollout"),
    path("rollout/new/", owner.new, name="rollout_new"),
    path(ONE, owner.template, name="rollout_template"),
    path(f"{ONE}answers.csv", owner.answers_csv, name="rollout_answers"),
    path(f"{ONE}edit/", owner.edit, name="rollout_edit"),
    path(f"{ONE}units/<slug:code>/", units.unit, name="rollout_unit"),
    path(f"{ONE}units/<slug:code>/adopt/", units.adopt, name="rollout_adopt"),
    path(f"{ONE}<slug:name>/", owner.step, name="rollout_step"),
]
