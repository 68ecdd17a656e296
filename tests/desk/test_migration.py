"""Action items of the two-state life get their place in the new one."""

from __future__ import annotations

import datetime as dt
import importlib
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
DAY = dt.datetime(2024, 3, 1, tzinfo=dt.UTC)


@pytest.fixture
def newest():
    """The newest tables, whatever the test does."""
    nodes = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield MigrationExecutor(connection).loader.project_state(nodes).apps
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM desk_actionevent")
        cursor.execute("DELETE FROM desk_actionitem")
    MigrationExecutor(connection).migrate(nodes)


@pytest.fixture
def before():
    """The tables as they stood after 0002; afterwards the newest again."""
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    executor = MigrationExecutor(connection)
    executor.migrate([("desk", "0002_action_steps")])
    yield executor.loader.project_state([("desk", "0002_action_steps")]).apps
    # Rows of this test must not stand in the way of the way back.
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM desk_actionitem")
    MigrationExecutor(connection).migrate(newest)


def test_states_forwards(before):
    users, units = (before.get_model("orgs", n).objects for n in ("User", "Unit"))
    items = before.get_model("desk", "ActionItem").objects
    ann, ben = (users.create(username=n) for n in ("ann", "ben"))
    unit = units.create(path="0001", depth=1, code="moi", kind="ministry", name_th="ก")
    rows = [
        ("1", "open", None), ("2", "done", ben), ("3", "done", None), ("4", "dropped", None),
        ("5", "done", None), ("5", "open", None), ("6", "done", None), ("6", "done", None),
    ]  # fmt: skip
    for source, state, verifier in rows:
        closed = None if state == "open" else DAY
        items.create(
            unit=unit, fiscal_year=2567, title="x", source_kind="t", source_id=source, state=state,
            due_on=DAY.date(), closed_at=closed, closed_by=ann if closed else None,
            verified_by=verifier, verified_at=DAY if verifier else None,
        )  # fmt: skip
    migration = importlib.import_module("sucharit.desk.migrations.0003_action_states")
    migration.forwards(before, SimpleNamespace(connection=connection))
    found = list(items.order_by("pk"))
    assert [i.state for i in found] == [
        "open", "accepted", "submitted", "cancelled", "cancelled", "open", "cancelled", "submitted",
    ]  # fmt: skip
    accepted, waits = found[1], found[2]
    assert (accepted.submitted_by_id, accepted.closed_by_id) == (ann.pk, ben.pk)
    assert (waits.submitted_by_id, waits.closed_at, waits.progress) == (ann.pk, None, 100)
    assert all(i.origin_unit_id == unit.pk and i.original_due_on == i.due_on for i in found)
    assert all(i.updated_at for i in found)


def test_states_backwards(newest):
    """Every state of the new life has a place in the old one; its constraints hold."""
    users, units = (newest.get_model("orgs", n).objects for n in ("User", "Unit"))
    items = newest.get_model("desk", "ActionItem").objects
    ann, ben = (users.create(username=n) for n in ("ann", "ben"))
    unit = units.create(path="0001", depth=1, code="moi", kind="ministry", name_th="ก")
    states = (
        "open", "in_progress", "returned", "blocked", "deferred", "submitted", "accepted", "cancelled",
    )  # fmt: skip
    for n, state in enumerate(states):
        closed, handed = state in ("accepted", "cancelled"), state in ("submitted", "accepted")
        made = items.create(
            unit=unit, origin_unit=unit, fiscal_year=2567, title="x", source_kind="t",
            source_id=str(n), state=state, closed_at=DAY if closed else None,
            closed_by=ben if closed else None, submitted_at=DAY if handed else None,
            submitted_by=ann if handed else None,
        )  # fmt: skip
        newest.get_model("desk", "ActionEvent").objects.create(
            action=made,
            at=DAY,
            kind={"open": "opened", "in_progress": "unblocked", "returned": "reopened"}.get(
                state, state
            ),
        )
    executor = MigrationExecutor(connection)
    old = executor.migrate([("desk", "0001_action_items")]).apps
    found = list(old.get_model("desk", "ActionItem").objects.order_by("pk"))
    assert [i.state for i in found] == ["open"] * 5 + ["done", "done", "dropped"]
    events = old.get_model("desk", "ActionEvent").objects.order_by("pk")
    kinds = ["opened", "changed", "reopened", "changed", "changed", "done", "verified", "dropped"]
    assert list(events.values_list("kind", flat=True)) == kinds
    waits, accepted = found[5], found[6]
    assert (waits.closed_by_id, waits.closed_at, waits.verified_at) == (ann.pk, DAY, None)
    assert (accepted.closed_by_id, accepted.verified_by_id) == (ann.pk, ben.pk)
