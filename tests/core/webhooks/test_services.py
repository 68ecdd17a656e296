"""What a system administrator does, what is refused, and what the ledger keeps of it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from sucharit.core.actors import System
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry, Webhook, WebhookDelivery
from sucharit.core.outside import guard
from sucharit.core.webhooks import delivery, services, signing
from sucharit.core.webhooks.showing import desk_items

pytestmark = pytest.mark.django_db


def actions():
    return [
        a.removeprefix("core.webhook.")
        for a in LedgerEntry.objects.order_by("seq").values_list("action", flat=True)
        if a.startswith("core.webhook.")
    ]


def test_a_secret_is_told_once_and_not_kept_readable(hook):
    key = signing.key_of(hook.secret)
    held = Webhook.objects.get()
    assert len(key) == signing.KEY_BYTES
    assert key not in bytes(held.sealed_secret)
    assert hook.secret not in str(list(LedgerEntry.objects.values()))


def test_the_ledger_keeps_the_host_only(hook, receiver):
    data = LedgerEntry.objects.get(action="core.webhook.created").data
    assert "hooks.example.go.th" in data
    assert "/in" not in data


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("http://a.go.th/", "https://"),
        ("https://u:p@a.go.th/", "https://"),
        ("https://a.go.th:25/", "https://"),
        ("ftp://a.go.th/", "https://"),
        ("", "https://"),
        ("https://a.go.th/#x", "#"),
        ("https://a.go.th/two words", "#"),
        ("https://a.go.th/ก", "#"),
        ("https://127.0.0.1/", "SUCHARIT_FETCH_ALLOWED"),
        ("https://[::ffff:10.0.0.1]/", "SUCHARIT_FETCH_ALLOWED"),
        ("https://169.254.169.254/latest", "SUCHARIT_FETCH_ALLOWED"),
        ("https://inside.go.th/", "SUCHARIT_FETCH_ALLOWED"),
        ("https://unknown.go.th/", "ตัวสะกด"),
    ],
)
def test_addresses_that_are_refused(admin, units, monkeypatch, url, found):
    names = {"inside.go.th": ["8.8.8.8", "10.1.1.1"], "unknown.go.th": [], "a.go.th": ["8.8.8.8"]}
    real = guard.resolve
    monkeypatch.setattr(
        guard, "resolve", lambda host, p: names[host] if host in names else real(host, p)
    )
    with pytest.raises(ValidationError) as error:
        services.add_webhook(
            actor=admin, unit=units["moi"], title="x", url=url, events=["thing.shown"]
        )
    assert found in str(error.value.message_dict["url"])
    assert not Webhook.objects.exists()


@pytest.mark.parametrize("events", [[], ["thing.gone"], ["webhook.test"]])
def test_only_declared_events_can_be_chosen(admin, units, receiver, events):
    with pytest.raises(ValidationError) as error:
        services.add_webhook(
            actor=admin, unit=units["moi"], title=" ", url=receiver.url, events=events
        )
    assert set(error.value.message_dict) == {"title", "events"}


def test_another_units_administrator_does_not_see_it(make, units, hook, receiver):
    stranger = make.user("system_admin", units["th-38"])
    centre = make.user("ministry_centre", units["moi"])
    fields = {"title": "x", "url": receiver.url, "events": ["thing.shown"]}
    steps = [
        lambda who: services.add_webhook(actor=who, unit=units["moi"], **fields),
        lambda who: services.change_webhook(actor=who, webhook=hook, **fields),
        lambda who: services.renew_secret(actor=who, webhook=hook),
        lambda who: services.switch_off(actor=who, webhook=hook),
        lambda who: services.send_test(actor=who, webhook=hook),
    ]
    for step in steps:
        with pytest.raises(NotFoundInScope):
            step(stranger)
        with pytest.raises(Exception, match="Your role does not include") as error:
            step(centre)
        assert type(error.value).__name__ == "Forbidden"
    assert actions() == ["created"]
    assert list(Webhook.objects.visible_to(stranger)) == []


def test_a_stranger_cannot_have_names_looked_up(make, units, monkeypatch):
    monkeypatch.setattr(guard, "resolve", lambda *_: pytest.fail("looked up"))
    with pytest.raises(NotFoundInScope):
        services.add_webhook(
            actor=make.user("system_admin", units["th-38"]), unit=units["th-66"], title="x",
            url="https://inside.go.th/", events=["thing.shown"],
        )  # fmt: skip


def test_a_new_secret_signs_what_waits(admin, hook, receiver, tell):
    tell()
    new = services.renew_secret(actor=admin, webhook=hook)
    delivery.deliver_due()
    _path, sent, body = receiver.got[0]
    stamp = int(sent["webhook-timestamp"])
    signing.verify(new, sent, body, stamp)
    with pytest.raises(signing.SignatureError):
        signing.verify(hook.secret, sent, body, stamp)


def test_off_drops_what_waits_on_starts_afresh(admin, hook, receiver, tell):
    tell()
    services.switch_off(actor=admin, webhook=hook)
    assert WebhookDelivery.objects.get().state == "gave_up"
    assert tell() == 0
    with pytest.raises(Refusal):
        services.switch_off(actor=admin, webhook=hook)
    with pytest.raises(Refusal):
        services.send_test(actor=admin, webhook=hook)
    services.switch_on(actor=admin, webhook=hook)
    with pytest.raises(Refusal):
        services.switch_on(actor=admin, webhook=hook)
    assert tell() == 1
    delivery.deliver_due()
    assert len(receiver.got) == 1
    assert actions() == ["created", "switched_off", "switched_on"]


def test_a_test_message_is_tried_once_and_counts_for_nothing(admin, hook, receiver):
    receiver.answers = [500]
    services.send_test(actor=admin, webhook=hook)
    delivery.deliver_due()
    hook.refresh_from_db()
    row = WebhookDelivery.objects.get()
    assert (row.event, row.state, row.attempts) == ("webhook.test", "gave_up", 1)
    assert hook.failing_since is None


def test_a_message_is_sent_again_with_the_same_id(admin, hook, receiver, tell):
    tell()
    with pytest.raises(Refusal):
        services.send_again(actor=admin, delivery=WebhookDelivery.objects.get())
    delivery.deliver_due()
    services.send_again(actor=admin, delivery=WebhookDelivery.objects.get())
    delivery.deliver_due()
    (_, first, body), (_, second, again) = receiver.got
    assert (first["webhook-id"], body) == (second["webhook-id"], again)
    assert WebhookDelivery.objects.filter(state="delivered").count() == 2


def test_changing_keeps_the_secret(admin, hook, receiver):
    before = bytes(hook.sealed_secret)
    services.change_webhook(
        actor=admin, webhook=hook, title="ใหม่", url=receiver.url + "/2", events=["thing.kept"]
    )
    hook.refresh_from_db()
    assert (hook.title, hook.events) == ("ใหม่", ["thing.kept"])
    assert bytes(hook.sealed_secret) == before


def test_a_stopped_webhook_is_a_duty_of_its_administrator(admin, make, units, hook):
    assert list(desk_items(admin)) == []
    Webhook.objects.update(state="failed")
    assert [i.unit.code for i in desk_items(admin)] == ["moi"]
    assert list(desk_items(make.user("system_admin", units["th-38"]))) == []
    assert list(desk_items(make.user("unit_head", units["moi"]))) == []


def test_the_platform_itself_may(units, receiver):
    made, _secret = services.add_webhook(
        actor=System("demo"), unit=units["moi"], title="x", url=receiver.url, events=["thing.shown"]
    )
    assert made.created_by is None
