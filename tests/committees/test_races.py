"""Two secretaries at once: two numbers, one certification, one place, one of open and cancel. On both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from sucharit.committees.meetings.services import minutes, planning, sitting
from sucharit.committees.models import AgendaItem, Meeting
from sucharit.committees.resolutions import services
from sucharit.core.errors import Refusal
from tests.committees import world as w

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each gave, in its own thread; a refusal counts as its class."""

    def one(work: Callable[[], Any]) -> Any:
        try:
            return work()
        except Refusal:
            return Refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return [done.result(timeout=60) for done in [pool.submit(one, work) for work in works]]


def test_what_two_do_at_once_is_done_once(make):
    units = make.ministry()
    above = w.committee(units["moi"], code="ministry")
    body = w.committee(units["th-38"], parent=above)
    _numbers(body)
    sent = w.resolved(w.item(w.held(body)))
    _certified(sent.item.meeting)
    _placed(services.forward(actor=w.SYSTEM, resolution=sent, to=above), above)
    _opened_or_cancelled(body)


def _numbers(body: Any) -> None:
    made = at_once(*[lambda: w.planned(body, 3)] * 3)
    assert sorted(m.number for m in made) == [1, 2, 3]


def _certified(meeting: Any) -> None:
    w.closed(meeting)
    minutes.circulate(actor=w.SYSTEM, meeting=meeting)
    got = at_once(*[lambda: minutes.certify(actor=w.SYSTEM, meeting=meeting)] * 2)
    assert got.count(Refusal) == 1
    assert meeting.minutes.filter(certified=True).count() == 1


def _placed(forwarding: Any, above: Any) -> None:
    one, other = w.planned(above, 4), w.planned(above, 5)

    def into(meeting: Any) -> Callable[[], Any]:
        return lambda: services.place(actor=w.SYSTEM, forwarding=forwarding, meeting=meeting)

    got = at_once(into(one), into(other), into(one))
    assert got.count(Refusal) == 2
    assert AgendaItem.objects.filter(subject_kind=services.SOURCE).count() == 1
    forwarding.refresh_from_db()
    assert forwarding.item is not None


def _opened_or_cancelled(body: Any) -> None:
    meeting = w.planned(body)
    planning.invite(actor=w.SYSTEM, meeting=meeting)
    w.came(meeting)
    got = at_once(
        lambda: sitting.open_meeting(actor=w.SYSTEM, meeting=meeting),
        lambda: planning.cancel_meeting(actor=w.SYSTEM, meeting=meeting, reason="ติดภารกิจ"),
    )
    assert got.count(Refusal) == 1
    held = Meeting.objects.get(pk=meeting.pk)
    assert (held.state, held.opened_at is None) in {("in_progress", False), ("cancelled", True)}
