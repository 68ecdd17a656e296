"""Addresses of plans, projects and activities, in the namespace of plans."""

from __future__ import annotations

from django.urls import path

from sucharit.plans.work.views import activities, files, plans, projects

urlpatterns = [
    path("", plans.plan_list, name="plans"),
    path("new/", plans.new, name="plan_new"),
    path("locks/", plans.locks_page, name="plan_locks"),
    path("<int:pk>/", plans.plan, name="plan"),
    path("<int:pk>/copy/", plans.copy, name="plan_copy"),
    path("<int:pk>/grid/", plans.grid, name="plan_grid"),
    path("<int:pk>/emenscr/", files.page, name="plan_emenscr"),
    path("<int:pk>/emenscr/<str:form>", files.one, name="plan_emenscr_file"),
    path("<int:pk>/projects/new/", projects.new, name="project_new"),
    path("projects/<int:pk>/", projects.project, name="project"),
    path("projects/<int:pk>/edit/", projects.edit, name="project_edit"),
    path("projects/<int:pk>/activities/new/", activities.new, name="activity_new"),
    path("activities/new/", activities.from_action, name="activity_from_action"),
    path("activities/<int:pk>/", activities.activity, name="activity"),
    path("activities/<int:pk>/edit/", activities.edit, name="activity_edit"),
    path("activities/<int:pk>/months/", activities.month_plan, name="activity_months"),
    path("activities/<int:pk>/report/<int:quarter>/", activities.report, name="activity_report"),
]
