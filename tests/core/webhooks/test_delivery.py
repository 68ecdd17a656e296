"""Delivery against a real HTTPS server: signatures, tries, patience, and where nothing may be sent."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import threading
import time

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from sucharit.core.ledger.chain import canonical
from sucharit.core.models import LedgerEntry, WebhookAttempt, WebhookDelivery
from sucharit.core.outside import guard, sending
from sucharit.core.webhooks import delivery, schedule, services, signing
from tests.core.webhooks.receiver import HOST, Receiver, make_certificate

pytestmark = pytest.mark.django_db
START = dt.datetime(2024, 6, 1, 2, 0, tzinfo=dt.UTC)


def run(**options):
    done = delivery.deliver_due(**options)
    return done.delivered, done.failed


def row():
    return WebhookDelivery.objects.order_by("pk").last()


def reasons():
    return list(WebhookAttempt.objects.order_by("pk").values_list("status", "reason"))


def test_a_message_arrives_signed(hook, receiver, tell):
    tell()
    assert run() == (1, 0)
    path, sent, body = receiver.got[0]
    assert (path, sent["content-type"]) == ("/in", "application/json")
    assert sent["host"] == f"{HOST}:{receiver.port}"
    assert signing.verify(hook.secret, sent, body, int(time.time())) == row().message_id
    assert json.loads(body)["data"] == {"unit": "moi", "n": 3, "ref": "x-1"}
    assert (row().state, row().attempts, row().next_at) == ("delivered", 1, None)
    assert reasons() == [(200, "")]
    assert run() == (0, 0)
    assert len(receiver.got) == 1


def test_500_then_200_is_the_same_message_with_a_new_signature(hook, receiver, tell):
    receiver.answers = [500]
    with time_machine.travel(START, tick=False) as clock:
        tell()
        assert run() == (0, 1)
        assert row().next_at == START + dt.timedelta(minutes=1)
        hook.refresh_from_db()
        assert hook.failing_since == START
        assert run() == (0, 0)  # its time has not come
        clock.shift(61)
        assert run() == (1, 0)
        now = int(time.time())
    (_, first, body), (_, second, again) = receiver.got
    assert body == again
    assert first["webhook-id"] == second["webhook-id"]
    assert first["webhook-signature"] != second["webhook-signature"]
    # What was recorded of the first try is signed, but too old by now only after five minutes.
    assert signing.verify(hook.secret, second, body, now) == first["webhook-id"]
    with pytest.raises(signing.SignatureError):
        signing.verify(hook.secret, first, body, now + 300)
    hook.refresh_from_db()
    assert hook.failing_since is None
    assert reasons() == [(500, "status"), (200, "")]


def test_pauses_grow_and_after_five_days_the_webhook_is_switched_off(hook, receiver, tell):
    receiver.answers = [503] * 100
    moments = []
    with time_machine.travel(START, tick=False) as clock:
        tell()
        while run() == (0, 1):
            moments.append(timezone.now() - START)
            if row().next_at is None:
                break
            clock.move_to(row().next_at)
    gaps = [b - a for a, b in itertools.pairwise(moments)]
    assert gaps[:5] == list(schedule.PAUSES)
    assert set(gaps[5:]) == {dt.timedelta(hours=12)}
    assert moments[-2] < schedule.PATIENCE <= moments[-1] < dt.timedelta(days=6)
    hook.refresh_from_db()
    assert (hook.state, row().state) == ("failed", "gave_up")
    entry = LedgerEntry.objects.order_by("-seq").first()
    assert (entry.action, entry.actor) == ("core.webhook.gave_up", "system:webhooks")
    assert entry.data == canonical({"dropped": 0, "reason": "status", "status": 503})
    assert tell() == 0


def test_what_waits_behind_a_stopped_webhook_is_dropped_but_kept_in_the_log(hook, receiver, tell):
    receiver.answers = [500, 500]
    with time_machine.travel(START, tick=False) as clock:
        tell()
        run()
        clock.shift(schedule.PATIENCE)
        tell(n=4)
        run()
        assert not WebhookDelivery.objects.filter(state="due").exists()
    assert WebhookDelivery.objects.filter(state="gave_up").count() == 2


def test_gone_switches_off_at_once(hook, receiver, tell):
    receiver.answers = [410]
    tell()
    run()
    hook.refresh_from_db()
    assert (hook.state, row().state) == ("failed", "gave_up")


@pytest.mark.parametrize(
    ("answer", "reason"), [("slow", "timeout"), ("garbage", "broken"), (302, "redirects")]
)
def test_what_a_receiver_may_do_wrong(hook, receiver, tell, monkeypatch, answer, reason):
    monkeypatch.setattr(
        delivery, "Limits", lambda allowed: sending.Limits(timeout=1, total=1, allowed=allowed)
    )
    receiver.answers = [answer]
    tell()
    started = time.monotonic()
    assert run() == (0, 1)
    assert time.monotonic() - started < 2.5
    assert reasons()[0][1] == reason
    assert [path for path, _h, _b in receiver.got] == ["/in"]  # a redirect is not followed
    assert row().state == "due"


def test_a_certificate_nobody_vouches_for_is_refused(hook, receiver, tell, monkeypatch, tmp_path):
    other = make_certificate(tmp_path, "other.example.go.th")
    monkeypatch.setenv("SSL_CERT_FILE", str(other))
    tell()
    assert run() == (0, 1)
    assert reasons() == [(None, "tls")]
    assert receiver.got == []


def test_a_certificate_of_another_host_is_refused(
    hook, receiver, tell, monkeypatch, tmp_path, settings
):
    other = make_certificate(tmp_path, "other.example.go.th")
    wrong = Receiver(other)
    try:
        monkeypatch.setenv("SSL_CERT_FILE", str(other))
        settings.FETCH_ALLOWED = [f"{HOST}:{wrong.port}"]
        hook.url = wrong.url
        hook.save()
        tell()
        assert run() == (0, 1)
        assert reasons() == [(None, "tls")]
    finally:
        wrong.close()


def test_a_name_that_leads_inside_later_gets_nothing(hook, receiver, tell, settings):
    """Checked at each sending, not only when the address was entered."""
    settings.FETCH_ALLOWED = []
    tell()
    assert run() == (0, 1)
    assert reasons() == [(None, "private")]
    assert receiver.got == []


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch):
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    went = []

    def connect(address, timeout=None, **kwargs):
        went.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(guard, "resolve", lambda *_: next(answers))
    monkeypatch.setattr(guard.socket, "create_connection", connect)
    assert sending.post("https://a.go.th/", b"{}", {}, sending.Limits()).reason == "refused"
    assert went == [("93.184.216.34", 443)]


def test_plain_http_is_never_spoken(monkeypatch):
    monkeypatch.setattr(guard, "resolve", lambda *_: ["8.8.8.8"])
    assert sending.post("http://a.go.th/", b"{}", {}, sending.Limits()).reason == "not_http"


def test_one_that_fails_does_not_hold_up_the_others(hook, receiver, tell, admin, units):
    good, _secret = services.add_webhook(
        actor=admin, unit=units["moi"], title="b", url=receiver.url + "/b", events=["thing.shown"]
    )
    hook.url = "https://nowhere.invalid/"
    hook.save()
    tell()
    tell(n=4)
    assert run() == (2, 1)
    assert {path for path, _h, _b in receiver.got} == {"/in/b"}
    assert good.deliveries.filter(state="delivered").count() == 2


def test_a_secret_of_another_installation_is_named(hook, receiver, tell, settings):
    settings.SECRET_KEY = "another" * 10
    tell()
    assert run() == (0, 1)
    assert reasons() == [(None, "secret")]
    assert receiver.got == []


def test_who_dies_in_between_leaves_the_message_to_be_sent(hook, receiver, tell, monkeypatch):
    def dies(*_):
        raise KeyboardInterrupt

    with time_machine.travel(START, tick=False) as clock:
        tell()
        with monkeypatch.context() as patch:
            patch.setattr(delivery, "_send", dies)
            with pytest.raises(KeyboardInterrupt):
                delivery.deliver_due()
        assert run() == (0, 0)  # still claimed
        clock.shift(delivery.LEASE)
        assert run() == (1, 0)
    assert row().tries.get().number == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_message_once(hook, receiver, tell):
    for n in range(12):
        tell(n=n)
    start = threading.Barrier(3)

    def work():
        start.wait()
        try:
            delivery.deliver_due()
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(json.loads(b)["data"]["n"] for _p, _h, b in receiver.got) == list(range(12))
    assert not WebhookDelivery.objects.exclude(state="delivered").exists()


def test_the_command_sends_what_is_due(hook, receiver, tell, capsys):
    tell()
    tell(n=4)
    call_command("deliver_webhooks", at_most=1)
    assert "1 messages delivered, 0 tries failed" in capsys.readouterr().out
    call_command("deliver_webhooks")
    assert len(receiver.got) == 2
    assert [json.loads(b)["data"]["n"] for _p, _h, b in receiver.got] == [3, 4]


def test_nothing_is_sent_within_a_transaction(hook, receiver, tell, monkeypatch):
    depths = []
    real = delivery.post

    def post(*args):
        depths.append(len(connection.savepoint_ids))
        return real(*args)

    monkeypatch.setattr(delivery, "post", post)
    outside = len(connection.savepoint_ids)
    tell()
    run()
    assert depths == [outside]


def test_the_worker_is_told_when_to_try_again(
    hook, receiver, tell, settings, django_capture_on_commit_callbacks
):
    from django_tasks_db.models import DBTaskResult

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    receiver.answers = [500]
    with time_machine.travel(START, tick=False):
        with django_capture_on_commit_callbacks(execute=True):
            tell()
        assert DBTaskResult.objects.get().task_path == "sucharit.core.tasks.deliver_webhooks"
        with django_capture_on_commit_callbacks(execute=True):
            run()
    waits = DBTaskResult.objects.order_by("run_after").values_list("run_after", flat=True)
    assert START + schedule.PAUSES[0] in list(waits)
