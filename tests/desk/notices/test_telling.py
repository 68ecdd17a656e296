"""Telling, wishes, digests, reminders, steps of action items."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import transaction

from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, Refusal
from sucharit.core.models import LedgerEntry
from sucharit.desk.models import Digest, Notice, NoticePreference, OutboxMessage
from sucharit.desk.notices import actions, digests, tell, wishes
from sucharit.desk.services import actions as items
from tests.desk.notices.conftest import CALM, HURRY, link

pytestmark = pytest.mark.django_db
SYSTEM = System("test")
TODAY = dt.date(2026, 3, 10)


def say(users, kind=HURRY, key="k:1", **more):
    options = {"title": "หัวข้อ", "url": "/desk/actions/1/"} | more
    return tell(actor=SYSTEM, users=users, kind=kind, dedupe_key=key, **options)


def item(units, owner, due=TODAY + dt.timedelta(days=1), **more):
    return items.open_action(
        actor=SYSTEM, unit=units["th-38"], origin_unit=units["moi"], fiscal_year=2569,
        title="งานทดสอบ", source_kind="test", source_id=str(owner and owner.pk) + str(due),
        owner=owner, due_on=due, **more,
    )  # fmt: skip


def test_a_thing_is_told_once(officer, fake):
    link(officer)
    assert say([officer, officer]) == 1
    assert say([officer]) == 0
    assert Notice.objects.count() == 1
    assert sorted(OutboxMessage.objects.values_list("channel", flat=True)) == ["email", "line"]
    assert say([officer], key="k:2") == 1


def test_what_is_not_urgent_waits_for_the_digest(officer):
    say([officer], CALM)
    assert Notice.objects.count() == 1
    assert not OutboxMessage.objects.exists()
    say([officer], CALM, "k:2", urgent=True)
    assert OutboxMessage.objects.count() == 1


def test_closed_accounts_and_unknown_kinds(officer):
    officer.is_active = False
    assert say([officer, None]) == 0
    with pytest.raises(LookupError):
        say([officer], "nobody.knows")


@pytest.mark.django_db(transaction=True)
def test_it_belongs_into_a_transaction(officer):
    with pytest.raises(RuntimeError):
        say([officer])


def test_wishes_are_kept_to(officer, fake, settings):
    link(officer)
    wishes.set_preferences(
        actor=officer, user=officer, wants={"email": "nothing", "line": "digest"}
    )
    say([officer])
    assert OutboxMessage.objects.get().channel == "line"
    settings.LINE_TOKEN = ""  # switched off: nobody is reachable there
    assert say([officer], key="k:2") == 1
    assert OutboxMessage.objects.count() == 1


def test_only_the_person_decides(officer, make):
    with pytest.raises(Forbidden):
        wishes.set_preferences(actor=make.user(), user=officer, wants={"email": "nothing"})
    for wrong in ({"email": "sometimes"}, {"pigeon": "nothing"}):
        with pytest.raises(Refusal):
            wishes.set_preferences(actor=officer, user=officer, wants=wrong)
    assert not NoticePreference.objects.exists()


@pytest.mark.parametrize(
    "url", ["https://evil.example/", "//evil.example/", "/desk/?q=ชื่อคน", "/x/ลับ/", "desk/", ""]
)
def test_only_plain_paths_go_outside(officer, url):
    say([officer], url=url)
    assert OutboxMessage.objects.get().url == "/desk/notices/"


def test_one_digest_a_day_and_none_for_nothing(officer, units, make):
    make.user("unit_head", units["th-66"], email="idle@example.go.th")
    item(units, officer)
    item(units, officer, TODAY - dt.timedelta(days=3))
    item(units, officer, TODAY + dt.timedelta(days=30))
    assert digests.make_digests(actor=SYSTEM, today=TODAY) == 1
    assert digests.make_digests(actor=SYSTEM, today=TODAY) == 0
    made = Digest.objects.get()
    assert (made.user, made.overdue, made.soon, made.total) == (officer, 1, 1, 3)
    row = OutboxMessage.objects.get()
    assert (row.kind, row.count, row.url, row.urgent) == ("desk.digest", 2, "/desk/", False)
    assert digests.make_digests(actor=SYSTEM, today=TODAY + dt.timedelta(days=1)) == 1


def test_news_without_anything_due(officer):
    say([officer], CALM)
    assert digests.make_digests(actor=SYSTEM, today=TODAY) == 1
    row = OutboxMessage.objects.get()
    assert (row.kind, row.count, row.url) == ("desk.news", 1, "/desk/notices/")
    # Told once: the next day has nothing new.
    assert digests.make_digests(actor=SYSTEM, today=TODAY + dt.timedelta(days=1)) == 0


def test_who_wants_no_digest_gets_none_outside(officer, units):
    wishes.set_preferences(actor=officer, user=officer, wants={"email": "urgent"})
    item(units, officer)
    digests.make_digests(actor=SYSTEM, today=TODAY)
    assert not OutboxMessage.objects.exists()


def test_due_tomorrow_is_urgent_and_told_once(officer, units):
    item(units, officer)
    item(units, officer, TODAY + dt.timedelta(days=2))
    done = item(units, officer, TODAY + dt.timedelta(days=1), co_units=[units["th-66"]])
    assert digests.remind(actor=SYSTEM, today=TODAY) == 1
    assert digests.remind(actor=SYSTEM, today=TODAY) == 0
    found = Notice.objects.get(kind="desk.action.due")
    assert found.urgent
    assert found.url == f"/desk/actions/{done.pk}/"
    assert OutboxMessage.objects.get().kind == "desk.action.due"


def test_without_an_owner_the_officers_of_that_very_unit(officer, units, make):
    make.user("unit_officer", units["moi"])
    make.user("auditor", units["th-38"])
    item(units, None)
    assert digests.remind(actor=SYSTEM, today=TODAY) == 1
    assert Notice.objects.get().user == officer


def test_steps_of_an_action_item(officer, units, make):
    """Each step tells whom it concerns, never who took it."""
    head = make.user("unit_head", units["moi"])
    made = item(units, officer)
    assert Notice.objects.get().kind == "desk.action.assigned"  # the service told it

    def told(step, actor):
        before = set(Notice.objects.values_list("pk", flat=True))
        with transaction.atomic():
            # as the service does: its event first
            made.events.create(kind="changed", owner=made.owner, at=clock.now())
            actions.after_step(step, made, actor)
        return {(n.user, n.kind) for n in Notice.objects.exclude(pk__in=before)}

    assert told("submit", officer) == {(head, "desk.action.submitted")}
    assert told("return", head) == {(officer, "desk.action.returned")}
    assert told("accept", head) == {(officer, "desk.action.accepted")}
    assert told("defer", head) == {(officer, "desk.action.deferred")}
    assert told("change", head) == set()  # the owner stayed the same
    other = make.user("unit_officer", units["th-38"])
    made.owner = other
    assert told("change", head) == {(other, "desk.action.assigned")}
    made.owner = officer
    assert told("change", officer) == set()  # he took it himself
    assert told("report", officer) == set()


def test_the_daily_run(officer, units, capsys):
    item(units, officer)
    call_command("notify")
    assert "1 reminded, 1 digests made" in capsys.readouterr().out
    assert len(mail.outbox) == 2  # what is due tomorrow, and the digest
    call_command("notify")
    assert len(mail.outbox) == 2
    call_command("notify", "--deliver")
    assert "digests" not in capsys.readouterr().out.splitlines()[-1]


def test_the_ledger_has_counts_only(officer, units):
    item(units, officer)
    before = LedgerEntry.objects.count()
    call_command("notify")
    rows = LedgerEntry.objects.order_by("seq")[before:]
    assert [r.action for r in rows] == [
        "desk.notices.reminded", "desk.notices.digested", "desk.notices.delivered",
    ]  # fmt: skip
    assert "งาน" not in "".join(r.data for r in rows)
