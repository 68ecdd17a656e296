"""Drafts: who may, what locks, what is published, and what stays."""

from __future__ import annotations

import copy

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from sucharit.assessments.authoring import queries, services
from sucharit.assessments.models import Framework, InstrumentDraft
from sucharit.assessments.services.instruments import publish_document
from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    """Sentences of refusals are compared in English."""
    with translation.override("en"):
        yield


def actions():
    return list(LedgerEntry.objects.order_by("seq").values_list("action", flat=True))


def again(world, document, **changes):
    return services.create_draft(
        actor=world.centre, owner=world.moi, document={**copy.deepcopy(document), **changes}
    )


def test_a_draft_is_made_and_noted(world, draft):
    assert (draft.code, draft.kind, draft.title_th) == (
        "moi.seminar",
        "evaluation",
        "ตัวอย่างแบบประเมิน",
    )
    assert draft.version == 1
    assert draft.created_by == world.centre
    assert actions() == ["assessments.draft.created"]
    entry = LedgerEntry.objects.get()
    assert "ตัวอย่าง" not in str(entry.data)  # no text of people in the ledger


def test_only_who_authors_there_makes_and_sees_drafts(world, draft, document):
    with pytest.raises(Forbidden):
        services.create_draft(actor=world.officer, owner=world.units["th-38"], document=document)
    with pytest.raises(NotFoundInScope):
        services.create_draft(actor=world.other, owner=world.moi, document=document)
    assert list(queries.drafts(world.centre)) == [draft]
    for stranger in (world.other, world.officer):
        assert list(queries.drafts(stranger)) == []
        with pytest.raises(NotFoundInScope):
            queries.draft_or_404(stranger, draft.pk)
        with pytest.raises((NotFoundInScope, Forbidden)):
            services.publish(actor=stranger, draft=draft, version=1)
        with pytest.raises((NotFoundInScope, Forbidden)):
            services.edit_part(actor=stranger, draft=draft, version=1, part="head", values={})


def test_one_draft_of_an_instrument_at_a_time(world, draft, document):
    with pytest.raises(Refusal, match="already"):
        again(world, document)
    services.discard(actor=world.centre, draft=draft, version=1)
    assert again(world, document).pk != draft.pk


def test_editing_small_things(world, draft):
    values = {"label/th": "ท่านมาในฐานะใด", "label/en": "", "required": "no"}
    held = services.edit_part(
        actor=world.centre, draft=draft, version=1, part="item:role", values=values
    )
    item = next(i for i in held.document["items"] if i["id"] == "role")
    assert item["label"] == {"th": "ท่านมาในฐานะใด"}
    assert item["required"] == "no"
    assert held.version == 2
    held = services.edit_part(
        actor=world.centre, draft=draft, version=2, part="scale:agree5",
        values={"options/5/points": "100/3", "options/4/label/en": "A lot"},
    )  # fmt: skip
    options = {o["code"]: o for o in held.document["scales"]["agree5"]["options"]}
    assert options["5"]["points"] == "100/3"
    assert options["4"]["label"]["en"] == "A lot"
    assert options["3"]["points"] == "50"
    assert actions()[-1] == "assessments.draft.edited"


@pytest.mark.parametrize(
    ("part", "values", "field"),
    [
        ("scale:agree5", {"options/5/points": "a lot"}, "options/5/points"),
        ("item:role", {"label/th": "  "}, "label/th"),
        ("head", {"fiscal_year": "67"}, "fiscal_year"),
        ("head", {"title/th": "ก" * 301}, "title/th"),
    ],
)
def test_what_cannot_stand_is_told_at_its_field(world, draft, part, values, field):
    with pytest.raises(ValidationError) as caught:
        services.edit_part(actor=world.centre, draft=draft, version=1, part=part, values=values)
    assert list(caught.value.error_dict) == [field]
    draft.refresh_from_db()
    assert draft.version == 1


@pytest.mark.parametrize("part", ["item:nobody", "head:x", "nonsense:1", "", "scale:"])
def test_no_such_part(world, draft, part):
    with pytest.raises(NotFoundInScope):
        services.edit_part(actor=world.centre, draft=draft, version=1, part=part, values={})


def test_two_at_once_one_is_told(world, draft, document):
    services.edit_part(
        actor=world.centre, draft=draft, version=1, part="head", values={"title/th": "ใหม่"}
    )
    with pytest.raises(services.StaleDraftError):
        services.edit_part(
            actor=world.centre, draft=draft, version=1, part="head", values={"title/th": "อื่น"}
        )
    with pytest.raises(services.StaleDraftError):
        services.replace_document(actor=world.centre, draft=draft, version=1, document=document)
    with pytest.raises(services.StaleDraftError):
        services.publish(actor=world.centre, draft=draft, version=1)
    draft.refresh_from_db()
    assert draft.title_th == "ใหม่"


def test_a_file_of_another_instrument_does_not_take_the_drafts_place(world, draft, document):
    with pytest.raises(Refusal, match="another instrument"):
        services.replace_document(
            actor=world.centre, draft=draft, version=1, document={**document, "id": "x.y"}
        )


def test_publishing_makes_version_one_and_closes_the_draft(world, published):
    assert (published.version, published.change, published.owner) == (1, "", world.moi)
    draft = InstrumentDraft.objects.get()
    assert draft.state == "published"
    assert draft.published_as == published
    assert actions() == [
        "assessments.draft.created",
        "assessments.instrument.published",
        "assessments.draft.published",
    ]
    with pytest.raises(Refusal, match="closed"):
        services.edit_part(
            actor=world.centre, draft=draft, version=draft.version, part="head", values={}
        )
    with pytest.raises(Refusal, match="closed"):
        services.publish(actor=world.centre, draft=draft, version=draft.version)
    assert Framework.objects.filter(code="moi.seminar").count() == 1


@pytest.mark.parametrize(
    ("part", "values", "level"),
    [
        ("item:q1", {"label/th": "เนื้อหาใช้ได้จริง"}, "patch"),
        ("scale:agree5", {"options/5/points": "90"}, "major"),
        ("band:good", {"min": "80"}, "major"),
    ],
)
def test_the_next_version_and_how_much_it_changes(world, published, part, values, level):
    draft = services.create_draft(
        actor=world.centre, owner=world.moi, document=published.document, based_on=published
    )
    assert draft.document["version"] == "2"
    draft = services.edit_part(actor=world.centre, draft=draft, version=1, part=part, values=values)
    last, found = queries.against(draft.document, draft.code)
    assert (last, found.level) == (published, level)
    second = services.publish(actor=world.centre, draft=draft, version=draft.version)
    assert (second.version, second.change) == (2, level)


def test_nothing_changed_nothing_published(world, published):
    draft = services.create_draft(
        actor=world.centre, owner=world.moi, document=published.document, based_on=published
    )
    with pytest.raises(Refusal):
        services.publish(actor=world.centre, draft=draft, version=1)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_errors_forbid_publishing(world, document):
    document["items"][1]["relevant"] = "${nobody} = 1"
    draft = again(world, document)
    findings = queries.findings_of(draft)
    assert findings[0].error
    assert findings[0].part == ""  # a condition is mended in the workbook only
    with pytest.raises(Refusal, match="errors"):
        services.publish(actor=world.centre, draft=draft, version=1)
    assert not Framework.objects.filter(code="moi.seminar").exists()


def test_an_id_belongs_to_who_published_it_first(world, published, document):
    with pytest.raises(Refusal, match="another unit"):
        services.create_draft(actor=world.other, owner=world.units["th-66"], document=document)
    publish_document(actor=System("test"), document={**document, "id": "ours.bundled"}, owner=None)
    with pytest.raises(Refusal, match="came with the program"):
        again(world, document, id="ours.bundled")


def test_an_id_taken_while_the_draft_was_written(world, draft, document):
    publish_document(actor=System("test"), document=document, owner=world.units["th-66"])
    with pytest.raises(Refusal, match="another unit"):
        services.publish(actor=world.centre, draft=draft, version=1)


def test_published_ones_are_open_to_all_who_see_assessments(world, published, make):
    for reader in (world.officer, world.other, make.user("auditor", world.units["moi-cdd"])):
        assert list(queries.latest(reader)) == [published]
        assert queries.version_or_404(reader, "moi.seminar", 1) == published
    for stranger in (make.user("partner", world.units["th-38"]), make.user()):
        assert list(queries.latest(stranger)) == []
        with pytest.raises(Forbidden):
            queries.version_or_404(stranger, "moi.seminar", 1)


def test_translations_are_counted_by_language(document):
    del document["items"][1]["label"]["en"]
    thai, english = queries.translations_of(document)
    assert (thai.done, thai.percent) == (thai.total, 100)
    assert english.total - english.done == 1
    assert english.percent < 100
    assert [part for _place, part in english.missing] == ["item:role"]
