"""Two people at the same moment: one wins, the other is told. Both databases."""

from __future__ import annotations

import pytest
from django.db import transaction

from sucharit.core.errors import Refusal
from sucharit.core.models import LedgerEntry
from sucharit.desk.models import ActionEvent, ActionItem, Snooze
from sucharit.desk.models.actions import ActionItemQuerySet
from sucharit.desk.services import actions, work
from tests.assessments.test_rounds_races import at_once, refused
from tests.desk.world import ahead, fresh

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_accept_and_two_submit_one_does(world):
    item = world.open()
    submit = actions.submit_action
    found = at_once(
        lambda: submit(actor=world.officer, action=item, note="หนึ่ง"),
        lambda: submit(actor=world.head, action=item, note="สอง"),
    )
    assert refused(found) == 1
    other = world.head if fresh(item).submitted_by == world.officer else world.officer
    found = at_once(
        lambda: actions.accept_action(actor=other, action=item),
        lambda: actions.return_action(actor=world.centre, action=item, note="ขาด"),
    )
    assert refused(found) == 1
    assert ActionEvent.objects.filter(action=item).count() == 3
    assert LedgerEntry.objects.filter(action__startswith="desk.action.").count() == 3


def test_put_off_twice_is_once(world):
    key = f"desk.action:{world.open(owner=world.officer).pk}"
    given = {"actor": world.officer, "key": key, "until": ahead(4), "reason": "รอ"}
    found = at_once(lambda: work.snooze(**given), lambda: work.snooze(**given))
    assert refused(found) == 1
    assert Snooze.objects.count() == 1


def test_handed_to_two_is_handed_to_one(world):
    key = f"desk.action:{world.open(owner=world.officer).pk}"
    given = {"actor": world.officer, "key": key}
    found = at_once(
        lambda: work.hand_over(taker=world.head, **given),
        lambda: work.hand_over(taker=world.centre, **given),
    )
    assert refused(found) == 1


def test_reopened_while_its_twin_is_opened_one_lives(world):
    item = world.open()
    actions.cancel_action(actor=world.centre, action=item, reason="ซ้ำ")
    found = at_once(
        lambda: actions.reopen_action(actor=world.centre, action=item, note="ยังไม่หาย"),
        world.open,
    )
    # The opener gets the live item whichever it is; the one who reopens comes first or is told.
    refused(found)
    assert not isinstance(found[1], Exception)
    assert ActionItem.objects.open().filter(source_id="1").count() == 1


def test_reopening_that_meets_a_twin_unseen_is_refused_and_leaves_the_rest_whole(
    world, monkeypatch
):
    item = world.open()
    actions.cancel_action(actor=world.centre, action=item, reason="ซ้ำ")
    world.open()
    # The other one's commit came after the look and before the write.
    unseen = ActionItem.objects.none()
    monkeypatch.setattr(ActionItemQuerySet, "open", lambda _self: unseen)
    with transaction.atomic():
        with pytest.raises(Refusal, match="งานแก้ไขใหม่"):
            actions.reopen_action(actor=world.centre, action=item, note="ยังไม่หาย")
        assert fresh(item).state == "cancelled"
