"""Who hears an event, that nothing personal can be said, and that a rollback says nothing."""

from __future__ import annotations

import json

import pytest
from django.db import connection, transaction

from sucharit.core.models import Webhook, WebhookDelivery
from sucharit.core.webhooks import emit, events, sealing
from tests.core.webhooks.conftest import FACTS

pytestmark = pytest.mark.django_db


def hook_of(unit, *codes, state="on"):
    return Webhook.objects.create(
        unit=unit, title=unit.code, url="https://a.go.th/", events=list(codes), state=state,
        sealed_secret=sealing.seal(b"x" * 32),
    )  # fmt: skip


def heard(event="thing.shown", **facts):
    WebhookDelivery.objects.all().delete()
    with transaction.atomic():
        emit(event, FACTS | facts)
    return set(WebhookDelivery.objects.values_list("webhook__title", flat=True))


def test_public_events_are_heard_everywhere_others_at_and_above_their_unit(units):
    for code in ("moi", "th-38", "th-66"):
        hook_of(units[code], "thing.shown", "thing.kept")
    assert heard(unit="th-38") == {"moi", "th-38", "th-66"}
    assert heard("thing.kept", unit="th-38") == {"moi", "th-38"}
    assert heard("thing.kept", unit="th-3801") == {"moi", "th-38"}
    assert heard("thing.kept", unit="moi") == {"moi"}
    assert heard("thing.kept", unit="nowhere") == set()


def test_only_who_is_on_and_asked_hears(units):
    hook_of(units["moi"], "thing.kept")
    hook_of(units["th-38"], "thing.shown", state="off")
    hook_of(units["th-66"], "thing.shown", state="failed")
    assert heard() == set()


def test_a_message_is_json_with_type_time_and_facts(units):
    hook_of(units["moi"], "thing.shown")
    heard()
    row = WebhookDelivery.objects.get()
    told = json.loads(row.body)
    assert (told["type"], told["data"]) == ("thing.shown", FACTS)
    assert told["timestamp"].endswith("+00:00")
    assert row.body.isascii()
    assert row.message_id.startswith("msg_")


def test_all_webhooks_get_the_same_id(units):
    hook_of(units["moi"], "thing.shown")
    hook_of(units["th-38"], "thing.shown")
    heard()
    assert len(set(WebhookDelivery.objects.values_list("message_id", flat=True))) == 1


@pytest.mark.parametrize(
    ("event", "facts", "error"),
    [
        ("thing.gone", {}, LookupError),
        ("thing.shown", {"name": "x"}, TypeError),
        ("thing.shown", {"n": "3"}, TypeError),
        ("thing.shown", {"n": 3.0}, TypeError),
        ("thing.shown", {"n": True}, TypeError),
        ("thing.shown", {"ref": "นายสมชาย"}, ValueError),
        ("thing.shown", {"ref": "two words"}, ValueError),
        ("thing.shown", {"ref": "x" * 201}, ValueError),
    ],
)
def test_names_and_sentences_cannot_be_told(units, event, facts, error):
    hook_of(units["moi"], "thing.shown")
    with transaction.atomic(), pytest.raises(error):
        emit(event, FACTS | facts)
    assert not WebhookDelivery.objects.exists()


def test_a_missing_fact_is_a_mistake():
    with transaction.atomic(), pytest.raises(TypeError):
        emit("thing.shown", {"unit": "moi", "n": 1})


def test_an_event_must_name_its_unit():
    with pytest.raises(TypeError):
        events.declare(events.Event("x", "x", {"n": int}))


def test_what_is_rolled_back_is_not_told(units):
    hook_of(units["moi"], "thing.shown")
    with transaction.atomic():
        assert emit("thing.shown", FACTS) == 1
        transaction.set_rollback(True)
    assert not WebhookDelivery.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_emit_belongs_into_a_transaction():
    assert not connection.in_atomic_block
    with pytest.raises(RuntimeError, match="transaction"):
        emit("thing.shown", FACTS)


def test_after_the_commit_the_task_sends(hook, receiver, tell, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tell()
        assert receiver.got == []
    assert len(receiver.got) == 1
    assert WebhookDelivery.objects.get().state == "delivered"
