"""The outbox: e-mail and LINE, quiet hours, retries with one key, quota, crashes, nothing inside leaks out."""

from __future__ import annotations

import datetime as dt
import logging
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from sucharit.core.actors import System
from sucharit.core.models import LedgerEntry
from sucharit.desk.models import OutboxMessage
from sucharit.desk.notices import delivery, meter, tell, wishes
from tests.desk.notices.conftest import CALM, HURRY, MORNING, link
from tests.desk.notices.fake_line import TOKEN

pytestmark = pytest.mark.django_db
SYSTEM = System("test")
MINUTE = dt.timedelta(minutes=1)
SECRET_WORD = "คดีลับสุดยอด"


def say(user, key="k:1", kind=HURRY, urgent=True, **more):
    options = {"title": SECRET_WORD, "url": "/desk/actions/1/"} | more
    tell(actor=SYSTEM, users=[user], kind=kind, dedupe_key=key, urgent=urgent, **options)


def run(now=MORNING):
    return delivery.deliver(actor=SYSTEM, now=now)


@pytest.fixture
def by_line(officer, fake):
    link(officer)
    wishes.set_preferences(
        actor=officer, user=officer, wants={"email": "nothing", "line": "digest"}
    )
    return officer


def row():
    return OutboxMessage.objects.get()


def test_a_mail(officer):
    say(officer)
    assert run().sent == 1
    (sent,) = mail.outbox
    assert sent.to == ["officer@example.go.th"]
    assert sent.subject == "Something urgent happened."
    assert "http://localhost:8000/desk/actions/1/" in sent.body
    assert [kind for _text, kind in sent.alternatives] == ["text/html"]
    assert sent.extra_headers["Message-ID"].startswith(f"<{row().retry_key}@")
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (row().state, row().attempts, row().cost_units) == ("sent", 1, 0)
    assert run().total == 0


@pytest.mark.parametrize(
    ("error", "state", "reason"),
    [
        (smtplib.SMTPRecipientsRefused({"x": (550, b"who?")}), "failed", "smtp_550"),
        (smtplib.SMTPDataError(451, b"later"), "queued", "smtp_451"),
        (smtplib.SMTPServerDisconnected("gone"), "queued", "no_connection"),
        (ConnectionRefusedError(), "queued", "no_connection"),
        (ValueError("officer@example.go.th"), "queued", "error"),
    ],
)
def test_a_mail_server_that_refuses(officer, monkeypatch, error, state, reason, caplog):
    def fail(*_args):
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", fail)
    say(officer)
    run()
    assert (row().state, row().reason) == (state, reason)
    assert "officer@" not in caplog.text


def test_a_line_message(by_line, fake):
    say(by_line)
    assert run().sent == 1
    assert fake.pushed == [
        ("U" + "0" * 32, "Something urgent happened.\nhttp://localhost:8000/desk/actions/1/")
    ]
    assert row().cost_units == 1
    assert run().total == 0
    assert len(fake.seen) == 1


def test_the_digest_in_thai(by_line, fake):
    from sucharit.core.registry import registry
    from sucharit.desk.notices import telling

    telling.queue(
        [by_line], registry.notices["desk.digest"], count=2, url="/desk/", dedupe_key="d", urgent=False
    )  # fmt: skip
    run()
    assert fake.pushed[0][1] == "ท่านมีงาน 2 รายการใกล้ครบกำหนด\nhttp://localhost:8000/desk/"


@pytest.mark.parametrize(
    ("answer", "reason"), [(500, "http_500"), (503, "http_503"), ((429, {"Retry-After": "10"}), "http_429")]
)  # fmt: skip
def test_tried_again_with_the_same_key(by_line, fake, answer, reason):
    fake.answers = [answer]
    say(by_line)
    assert run().later == 1
    assert (row().state, row().reason) == ("queued", reason)
    assert run().total == 0  # not yet
    assert run(MORNING + 2 * MINUTE).sent == 1
    assert len({key for key, _told in fake.seen}) == 1
    assert len(fake.pushed) == 1
    assert row().reason == ""


def test_a_retry_after_is_waited_for(by_line, fake):
    fake.answers = [(429, {"Retry-After": "3600"})]
    say(by_line)
    run()
    assert run(MORNING + 59 * MINUTE).total == 0
    assert run(MORNING + 61 * MINUTE).sent == 1


@pytest.mark.parametrize("answer", ["slow", "lost"])
def test_accepted_without_an_answer_reaches_a_person_once(by_line, fake, answer):
    """The try failed as far as we know: the same key again, 409 says it was accepted."""
    fake.answers = [answer]
    say(by_line)
    assert run().later == 1
    assert run(MORNING + 2 * MINUTE).sent == 1
    assert len(fake.seen) == 2
    assert len(fake.pushed) == 1


@pytest.mark.parametrize("answer", [400, 401, 403])
def test_a_refusal_is_final_and_costs_nothing(by_line, fake, answer):
    fake.answers = [answer]
    say(by_line)
    assert run().failed == 1
    assert (row().state, row().reason, row().cost_units) == ("failed", f"http_{answer}", 0)
    assert run(MORNING + 60 * MINUTE).total == 0


def test_a_provider_that_stays_silent_ends_as_expired(by_line, fake):
    fake.answers = [500] * 100
    say(by_line)
    now = MORNING
    while row().state == "queued":
        assert delivery.rules.next_allowed(now) == now
        run(now)
        now = max(row().not_before, now)
    assert row().state == "expired"
    assert now < MORNING + dt.timedelta(hours=24)
    assert len({key for key, _told in fake.seen}) == 1
    assert 3 <= len(fake.seen) <= 10


def test_nothing_goes_out_in_quiet_hours(by_line, fake, morning):
    evening = MORNING.replace(hour=14)  # 21:00
    morning.move_to(evening)
    say(by_line)
    assert run(evening).total == 0
    assert fake.seen == []
    assert run(MORNING + dt.timedelta(hours=22)).sent == 1


def test_a_late_worker_keeps_quiet_hours_too(by_line, fake):
    say(by_line)  # due at 09:00
    assert run(MORNING.replace(hour=13, minute=30)).total == 0  # 20:30
    assert run(MORNING + dt.timedelta(hours=22, minutes=1)).sent == 1


def test_too_late_is_not_sent(by_line, fake):
    say(by_line)
    assert run(MORNING + dt.timedelta(hours=24)).expired == 1
    assert fake.seen == []


def test_a_worker_that_died_loses_and_doubles_nothing(by_line, fake, monkeypatch):
    """Killed after LINE accepted, before it was noted: the lease runs out, 409 ends it."""
    say(by_line)
    with monkeypatch.context() as patch:
        patch.setattr(delivery, "_settle", lambda *_args: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            run()
    assert row().state == "sending"
    assert run(MORNING + MINUTE).total == 0  # somebody may still be at it
    assert run(MORNING + delivery.LEASE + MINUTE).sent == 1
    assert len(fake.pushed) == 1
    assert row().attempts == 2


def test_a_slow_worker_does_not_undo_what_another_has_done(by_line, fake):
    say(by_line)
    first = delivery._claim(MORNING, set())
    second = delivery._claim(MORNING + delivery.LEASE, set())
    assert delivery._work(second, MORNING + delivery.LEASE) == "sent"
    failed = delivery.rules.Next("failed", "http_500")
    assert delivery._settle(first, failed, MORNING) == "sent"
    assert row().state == "sent"


def test_the_rest_of_the_quota_is_for_urgent_ones(by_line, fake, settings):
    from sucharit.core.registry import registry
    from sucharit.desk.notices import telling

    settings.LINE_QUOTA = 10
    for n in range(12):
        telling.queue(
            [by_line], registry.notices[CALM], count=1, url="/desk/", dedupe_key=f"d{n}", urgent=False
        )  # fmt: skip
    done = run()
    assert (done.sent, done.suppressed) == (9, 3)
    assert set(OutboxMessage.objects.filter(state="suppressed").values_list("reason", flat=True)) == {
        "quota_kept"
    }  # fmt: skip
    for n in range(2):
        say(by_line, f"u{n}")
    done = run()
    assert (done.sent, done.suppressed) == (1, 1)
    assert meter.used("line", MORNING) == 10
    assert meter.used("line", MORNING + dt.timedelta(days=30)) == 0  # another month


def test_an_unknown_quota_sends_only_what_is_urgent(by_line, fake, settings):
    from sucharit.core.registry import registry
    from sucharit.desk.notices import telling

    settings.LINE_QUOTA = 0
    telling.queue(
        [by_line], registry.notices[CALM], count=1, url="/desk/", dedupe_key="d", urgent=False
    )
    say(by_line)
    done = run()
    assert (done.sent, done.suppressed) == (1, 1)


def test_somebody_who_has_blocked_us(by_line, fake):
    say(by_line)
    by_line.line_account.unreachable_at = MORNING
    by_line.line_account.save()
    assert run().suppressed == 1
    assert row().reason == "unreachable"
    say(by_line, "k:2")
    assert OutboxMessage.objects.count() == 1


def test_switched_off_in_between(by_line, fake, settings):
    say(by_line)
    settings.LINE_TOKEN = ""
    assert run().suppressed == 1
    assert row().reason == "channel_off"


def test_what_a_thing_is_about_never_leaves(officer, fake, caplog, settings):
    """No title, no address, no token: in no message, log or ledger row, whatever happens."""
    caplog.set_level(logging.DEBUG)
    link(officer)
    fake.answers = [500, (429, {"Retry-After": "1"}), 401, 200]
    for n in range(4):
        say(officer, f"k:{n}", url=f"/cases/{SECRET_WORD}/?q={SECRET_WORD}")
    for minutes in (0, 2, 10, 60):
        run(MORNING + minutes * MINUTE)
    settings.LINE_API = f"https://no-such-host.invalid/{SECRET_WORD}"
    say(officer, "k:9")
    run(MORNING + 120 * MINUTE)
    outside = "".join(f"{m.subject}{m.body}{m.alternatives}{m.extra_headers}" for m in mail.outbox)
    outside += str(fake.seen) + str(fake.pushed)
    assert len(mail.outbox) == 5
    ledger = "".join(f"{e.target}{e.data}" for e in LedgerEntry.objects.all())
    rows = "".join(str(r) for r in OutboxMessage.objects.values())
    for text in (outside, ledger, rows, caplog.text):
        assert SECRET_WORD not in text
        assert TOKEN not in text
    assert "U" + "0" * 32 not in ledger + rows + caplog.text
