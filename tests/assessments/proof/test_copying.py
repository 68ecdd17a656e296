"""Last year's answers: brought over with a flag, never an answer until somebody has looked."""

from __future__ import annotations

import datetime as dt

import pytest

from sucharit.assessments.engine import Edition
from sucharit.assessments.engine.sameitems import How, Match, same_items
from sucharit.assessments.models import OitEntry, OitItemEvent, Participation, Round
from sucharit.assessments.proof import services
from sucharit.assessments.proof.services import copying
from sucharit.assessments.services import oit
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from tests.assessments import rounds_make as rm
from tests.assessments.proof import proof_make as pm

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """The year 2567 of rounds_make, and 2566 with another edition: three items, one found by its title."""
    made = rm.world()
    document = rm.document()
    items = [i for i in document["items"] if "subquestions" in i]
    oit_items = [i for i in document["items"] if "subquestions" not in i][:3]
    for n, item in enumerate(oit_items, 1):
        item["code"] = f"O{n + 10}"
    oit_items[1]["topic"] = ""  # found by its title
    oit_items[2] |= {"topic": "gone", "title": rm.label("asked no more")}
    # Groups have the sizes the document says.
    document |= {
        "id": "ita-before", "fiscal_year": "2566", "items": [*items, *oit_items],
        "sub_indicators": document["sub_indicators"][:1],
        "indicators": [i for i in document["indicators"] if i["code"] != "10"],
        "group_sizes": {"1": "1", "6": "1", "9": "1", "9.1": "3"},
    }  # fmt: skip
    framework = rm.framework(
        code="ita-before", fiscal_year=2566, document=document, sha256="9" * 64
    )
    year = dt.timedelta(days=366)
    made.before = Round.objects.create(
        framework=framework, owner=made.units["moi"], fiscal_year=2566, title_th="ก่อน", title_en="Before",
        state="open", tree_date=dt.date(2023, 1, 1), **{k: v - year for k, v in rm.CALENDAR.items()},
    )  # fmt: skip
    Participation.objects.create(round=made.before, unit=made.units["th-38"])
    return made


THEN = rm.TODAY - dt.timedelta(days=366)


def old(world):
    return Participation.objects.select_related("unit", "round__framework").get(round=world.before)


def freeze_last_year(world, *, proof=None):
    for code, url in (("O11", "https://a.go.th/old1"), ("O13", "https://a.go.th/old3")):
        oit.save_entry(
            actor=world.officer, participation=old(world), item=code, links=[url], explanation="เมนูหลัก",
            nothing_to_show=False, version=0, on=THEN,
        )  # fmt: skip
    if proof:
        services.attach(
            actor=world.officer, proof=proof, participation=old(world), item="O12", on=THEN
        )
    oit.submit(actor=world.officer, participation=old(world), incomplete_ok=True, on=THEN)
    oit.approve(actor=world.head, participation=old(world), on=THEN)


def copy(world, **fields):
    values = {"actor": world.officer, "participation": world.part(), "on": rm.TODAY} | fields
    return copying.copy_last_year(**values)


def entry(world, item):
    return OitEntry.objects.get(participation=world.part(), item=item)


def test_items_are_matched_by_topic_then_title_and_say_so(world):
    now = Edition.from_document(rm.document())
    before = Edition.from_document(world.before.framework.document)
    assert same_items(now, before) == {
        "O1": Match("O11", How.TOPIC),
        "O2": Match("O12", How.TITLE),
    }
    same = same_items(now, now)
    assert list(same) == [f"O{n}" for n in range(1, 7)]
    assert not any(m.inferred for m in same.values())


def test_a_topic_that_two_items_share_matches_none():
    document = rm.document()
    for item in document["items"]:
        if item["code"] in {"O1", "O2"}:
            item["topic"] = "same"
            item["title"] = rm.label("same")
    doubled = Edition.from_document({**document, "id": "other"})
    assert "O1" not in same_items(Edition.from_document(rm.document()), doubled)


def test_answers_come_over_and_wait(world):
    freeze_last_year(world, proof=pm.link(world))
    copied = copy(world)
    assert (copied.year, copied.items, copied.inferred) == (2566, ["O1", "O2"], ["O1", "O2"])
    assert copied.unmatched == ["O3", "O4", "O5", "O6"]
    first = entry(world, "O1")
    assert first.must_confirm
    assert first.explanation == "เมนูหลัก"
    assert first.copied_from == {"year": 2566, "item": "O11", "how": "topic", "inferred": True}
    assert [link.url for link in first.links.all()] == ["https://a.go.th/old1"]
    use = services.attached(participation=world.part(), item="O2")[0]
    assert use.must_confirm
    assert [link.url for link in entry(world, "O2").links.all()] == ["https://a.go.th/plan"]


def test_what_waits_blocks_submission_by_name(world):
    freeze_last_year(world, proof=pm.link(world))
    copy(world)
    with pytest.raises(Refusal, match="O1, O2"):
        oit.submit(actor=world.officer, participation=world.part(), incomplete_ok=True, on=rm.TODAY)
    copying.confirm_item(actor=world.officer, participation=world.part(), item="O1", on=rm.TODAY)
    with pytest.raises(Refusal, match="O2"):
        oit.submit(actor=world.officer, participation=world.part(), incomplete_ok=True, on=rm.TODAY)
    # Saving the item is looking at it, too.
    oit.save_entry(
        actor=world.officer, participation=world.part(), item="O2", links=["https://a.go.th/plan"],
        explanation="", nothing_to_show=False, version=entry(world, "O2").version, on=rm.TODAY,
    )  # fmt: skip
    assert not services.attached(participation=world.part(), item="O2")[0].must_confirm
    oit.submit(actor=world.officer, participation=world.part(), incomplete_ok=True, on=rm.TODAY)
    with pytest.raises(Refusal):
        copying.confirm_item(
            actor=world.officer, participation=world.part(), item="O1", on=rm.TODAY
        )


def test_what_was_begun_stays_as_it_is(world):
    freeze_last_year(world)
    oit.save_entry(
        actor=world.officer, participation=world.part(), item="O1", links=["https://a.go.th/new"],
        explanation="", nothing_to_show=False, version=0, on=rm.TODAY,
    )  # fmt: skip
    with pytest.raises(Refusal):
        copy(world)
    assert [link.url for link in entry(world, "O1").links.all()] == ["https://a.go.th/new"]


def test_links_of_withdrawn_evidence_stay_behind(world):
    proof = pm.link(world)
    freeze_last_year(world, proof=proof)
    services.withdraw(actor=world.officer, proof=proof)
    copy(world)
    assert not entry(world, "O2").links.exists()
    assert services.attached(participation=world.part(), item="O2") == []


def test_copying_keeps_a_trail_and_asks_for_the_right(world):
    with pytest.raises(Refusal):
        copy(world)  # nothing was approved last year
    freeze_last_year(world)
    with pytest.raises(NotFoundInScope):
        copy(world, actor=world.stranger)
    with pytest.raises(Forbidden):
        copy(world, actor=world.assessor)
    copy(world)
    event = OitItemEvent.objects.get(what="copied")
    assert (event.item, event.by, event.comment) == ("O1", world.officer, "2566 O11")
    assert world.officer.pk in entry(world, "O1").editors
    with pytest.raises(Refusal):
        copying.confirm_item(
            actor=world.officer, participation=world.part(), item="O4", on=rm.TODAY
        )
