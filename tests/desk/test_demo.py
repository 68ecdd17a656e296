"""The demo of the desk: every state once, and a second run adds nothing."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.desk import demo
from sucharit.desk.models import ActionItem, Deputy, Handover, Notice, Obligation, Snooze

pytestmark = pytest.mark.django_db


def test_made_once(make):
    cache.clear()
    units = make.ministry()
    for username, role, code in (
        ("officer", "unit_officer", "th-38"), ("head", "unit_head", "th-38"),
        ("centre", "ministry_centre", "moi"),
    ):  # fmt: skip
        make.user(role, units[code], username=username)
    today = clock.today()
    assert demo.make(System("demo"), today) > 8
    states = set(ActionItem.objects.values_list("state", flat=True))
    assert {"open", "in_progress", "submitted", "returned", "blocked", "accepted"} <= states
    assert ActionItem.objects.exclude(asked_due_on=None).count() == 1
    assert not ActionItem.objects.exclude(title__endswith="(ตัวอย่าง)").exists()
    counts = [m.objects.count() for m in (ActionItem, Snooze, Handover, Deputy, Obligation, Notice)]
    assert all(counts)
    assert ActionItem.objects.overdue(today).count() == 1
    assert demo.make(System("demo"), today) == 0
    assert counts == [
        m.objects.count() for m in (ActionItem, Snooze, Handover, Deputy, Obligation, Notice)
    ]
