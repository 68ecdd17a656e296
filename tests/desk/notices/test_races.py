"""Two workers at the same moment: one digest a person and day, one message each, never over the quota."""

from __future__ import annotations

import pytest

from sucharit.core.actors import System
from sucharit.core.registry import registry
from sucharit.desk.models import Digest, LineAccount, OutboxMessage
from sucharit.desk.notices import delivery, digests, line, telling, wishes
from tests.assessments.test_rounds_races import at_once
from tests.desk.notices.conftest import CALM, MORNING, link
from tests.desk.notices.test_line import ME, OTHER, body_of, event
from tests.desk.notices.test_telling import TODAY, item

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = System("test")


def quiet_outcomes(outcomes):
    assert [o for o in outcomes if isinstance(o, Exception)] == []
    return outcomes


def test_one_digest_under_two_workers(units, make, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    people = [
        make.user("unit_officer", units["th-38"], email=f"a{n}@example.go.th") for n in range(4)
    ]
    for who in people:
        item(units, who)
    OutboxMessage.objects.all().delete()
    made = quiet_outcomes(at_once(*[lambda: digests.make_digests(actor=SYSTEM, today=TODAY)] * 3))
    assert sum(made) == 4
    assert Digest.objects.count() == 4
    assert OutboxMessage.objects.filter(kind="desk.digest").count() == 4


def test_two_workers_send_each_once_and_keep_to_the_quota(officer, fake, settings):
    link(officer)
    wishes.set_preferences(
        actor=officer, user=officer, wants={"email": "nothing", "line": "digest"}
    )
    settings.LINE_QUOTA = 10
    settings.TASKS = settings.TASKS | {
        "default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}
    }
    for n in range(12):
        telling.queue(
            [officer], registry.notices[CALM], count=1, url="/desk/", dedupe_key=f"d{n}", urgent=False
        )  # fmt: skip
    OutboxMessage.objects.update(state="queued", not_before=MORNING, attempts=0, sent_at=None)
    OutboxMessage.objects.update(cost_units=0, reason="")
    fake.pushed.clear()
    fake.keys.clear()
    done = quiet_outcomes(at_once(*[lambda: delivery.deliver(actor=SYSTEM, now=MORNING)] * 3))
    assert sum(d.sent for d in done) == 9
    assert sum(d.suppressed for d in done) == 3
    assert len(fake.pushed) == 9
    assert set(OutboxMessage.objects.filter(state="sent").values_list("attempts", flat=True)) == {1}


def test_one_code_typed_twice_links_one(officer, fake):
    code = line.make_code(actor=officer, user=officer)[0]
    bodies = [
        body_of(event(text=code, event_id="a", sender=ME)),
        body_of(event(text=code, event_id="b", sender=OTHER)),
        body_of(event(text=code, event_id="a", sender=ME)),
    ]
    quiet_outcomes(at_once(*[lambda body=body: line.take(body) for body in bodies]))
    assert LineAccount.objects.count() == 1
