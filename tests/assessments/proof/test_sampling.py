"""Second readings: the sample is anybody's to draw again; items that do not apply leave the score."""

from __future__ import annotations

import hashlib

import pytest
from django.core.exceptions import ValidationError

from sucharit.assessments.models import Framework, Mark, NodeScore, Participation, SecondReading
from sucharit.assessments.proof.services import sampling
from sucharit.assessments.services import marking, objections, scoring
from sucharit.core.errors import Forbidden, Refusal
from tests.assessments import rounds_make as rm

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    made = rm.world("review")
    document = rm.document()
    for item in document["items"]:
        if item["code"] == "O2":
            item["not_applicable"] = "yes"
    Framework.objects.update(document=document, sha256="7" * 64)
    Participation.objects.update(oit_state="approved")
    made.round.refresh_from_db()
    return made


def mark(world, item, points="100", code="th-38", **fields):
    return marking.mark_item(
        actor=fields.pop("actor", world.assessor), participation=world.part(code), item=item, points=points, **fields,
    )  # fmt: skip


def mark_all(world):
    for code in ("th-38", "th-66"):
        for n in range(1, 7):
            mark(world, f"O{n}", code=code)


def draw(world, seed="seed", n=4, **fields):
    return sampling.second_reading_sample(
        actor=fields.get("actor", world.centre), round=world.round, n=n, seed=seed
    )


def test_the_sample_is_the_lowest_hashes(world):
    mark_all(world)
    sample = draw(world)
    pairs = [(u, f"O{n}") for u in ("th-38", "th-66") for n in range(1, 7)]
    lowest = sorted(pairs, key=lambda p: hashlib.sha256(f"seed|{p[0]}|{p[1]}".encode()).digest())
    drawn = [(r.participation.unit.code, r.item) for r in sample.readings.all()]
    assert drawn == lowest[:4]
    assert (sample.population, [r.place for r in sample.readings.all()]) == (12, [1, 2, 3, 4])


def test_a_small_round_is_read_whole(world):
    mark(world, "O1")
    assert draw(world, n=50).readings.count() == 1


def test_a_seed_is_made_up_and_used_once(world):
    with pytest.raises(Refusal):
        draw(world)
    mark(world, "O1")
    assert len(draw(world, seed="").seed) == 16
    draw(world)
    for seed, n, where in (("seed", 4, "seed"), ("a|b", 4, "seed"), ("x", 0, "n")):
        with pytest.raises(ValidationError) as caught:
            draw(world, seed=seed, n=n)
        assert where in caught.value.message_dict
    with pytest.raises(Forbidden):
        draw(world, seed="y", actor=world.assessor)


def test_the_second_reader_is_another_and_the_mark_stays(world):
    mark(world, "O1")
    reading = draw(world).readings.get()
    with pytest.raises(Forbidden):
        sampling.note_second_reading(actor=world.assessor, reading=reading, points="100")
    with pytest.raises(Forbidden):
        sampling.note_second_reading(actor=world.officer, reading=reading, points="100")
    with pytest.raises(ValidationError):
        sampling.note_second_reading(actor=world.assessor2, reading=reading, points="0")
    noted = sampling.note_second_reading(
        actor=world.assessor2, reading=reading, points="0", comment="ไม่พบ"
    )
    assert noted.agrees is False
    assert Mark.objects.get().points == "100"
    with pytest.raises(Refusal):
        sampling.note_second_reading(actor=world.assessor2, reading=reading, points="100")
    assert SecondReading.objects.get().agrees is False


def test_an_item_that_does_not_apply_leaves_the_score(world):
    for item, points in (("O1", "100"), ("O3", "0")):
        mark(world, item, points, comment="x")
    for n in (4, 5, 6):
        mark(world, f"O{n}")
    mark(world, "O2", "", not_applicable=True, comment="ไม่มีภารกิจนี้")
    run = scoring.compute_round(actor=rm.SYSTEM, round=world.round)
    nodes = {
        n.node: n for n in NodeScore.objects.filter(result__run=run, result__unit__code="th-38")
    }
    assert nodes["O2"].status == "not_applicable"
    assert nodes["9.1"].exact == "50/1"  # of two items, not of three


def test_not_applying_needs_an_item_that_allows_it_and_a_reason(world):
    with pytest.raises(ValidationError) as caught:
        mark(world, "O1", "", not_applicable=True, comment="x")
    assert "points" in caught.value.message_dict
    with pytest.raises(ValidationError) as caught:
        mark(world, "O2", "", not_applicable=True)
    assert "comment" in caught.value.message_dict
    with pytest.raises(ValidationError):
        mark(world, "O2", "")
    held = mark(world, "O2", "", not_applicable=True, comment="x")
    assert (held.points, held.not_applicable) == ("", True)
    held = mark(world, "O2", "100", version=1)
    assert (held.points, held.not_applicable) == ("100", False)


def test_an_objection_to_not_applying_may_end_with_points(world):
    held = mark(world, "O2", "", not_applicable=True, comment="x")
    assert objections.decisions(world.part(), "O2", held) == ["", "0", "100"]
