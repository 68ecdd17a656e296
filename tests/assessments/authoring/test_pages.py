"""The pages: lists, upload with findings by cell, preview with a trial run, differences, files."""

from __future__ import annotations

import copy
import io

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sucharit.assessments import xlsform
from sucharit.assessments.authoring import services
from sucharit.assessments.authoring.parts import fields_of
from sucharit.assessments.models import Framework, InstrumentDraft
from sucharit.core.models import LedgerEntry
from tests.assessments.xlsform.workbooks import form

pytestmark = pytest.mark.django_db


def upload(data: bytes, name: str = "form.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def at(name: str, *args: object) -> str:
    return reverse(f"assessments:{name}", args=args)


@pytest.fixture
def centre(client, world):
    client.force_login(world.centre)
    return client


def text_of(response) -> str:
    return response.content.decode()


def test_the_list_shows_published_and_own_drafts(centre, client, world, published, document):
    draft = services.create_draft(
        actor=world.centre, owner=world.moi, document={**document, "id": "moi.second"}
    )
    page = text_of(centre.get(at("instruments")))
    assert at("instrument", "moi.seminar", 1) in page
    assert at("instrument_draft", draft.pk) in page
    client.force_login(world.officer)
    page = text_of(client.get(at("instruments")))
    assert at("instrument", "moi.seminar", 1) in page
    assert at("instrument_draft", draft.pk) not in page
    assert at("instrument_new") not in page


def test_filters_and_export(centre, published):
    assert "moi.seminar" in text_of(centre.get(at("instruments"), {"q": "SEMINAR"}))
    assert "moi.seminar" not in text_of(centre.get(at("instruments"), {"kind": "test"}))
    csv = centre.get(at("instruments"), {"export": "csv"})
    assert b"moi.seminar" in b"".join(csv.streaming_content)


def test_a_faulty_file_names_its_cells_and_saves_nothing(centre):
    survey = [["type", "name", "label"], ["txt", "q1", "ก"], ["text", "q2", "=A1"]]
    page = centre.post(at("instrument_new"), {"upload": upload(form(survey=survey))})
    assert page.status_code == 200
    for cell in ("survey!A2", "survey!C3"):
        assert cell in text_of(page)
    assert not InstrumentDraft.objects.exists()


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"PK\x03\x04nonsense"])
def test_a_file_that_is_no_workbook(centre, data):
    page = centre.post(at("instrument_new"), {"upload": upload(data)})
    assert page.status_code == 200
    assert 'role="alert"' in text_of(page)
    assert not InstrumentDraft.objects.exists()


def test_no_file_at_all(centre):
    page = centre.post(at("instrument_new"), {})
    assert page.status_code == 200
    assert 'role="alert"' in text_of(page)


def test_a_sound_file_becomes_a_draft_that_tells_what_was_left_out(centre):
    survey = [["type", "name", "label", "media::image"], ["text", "q1", "ก", "a.png"]]
    data = form(survey=survey)
    answer = centre.post(at("instrument_new"), {"upload": upload(data)})
    draft = InstrumentDraft.objects.get()
    assert answer["Location"] == at("instrument_draft", draft.pk)
    assert len(draft.source_sha256) == 64
    page = text_of(centre.get(answer["Location"]))
    assert "survey!D1" in page  # the column that is not kept
    assert draft.places["items/0/id"] == "survey!B2"


def test_a_document_with_errors_is_a_draft_with_cells(centre):
    survey = [["type", "name", "label", "relevant"], ["text", "q1", "ก", "${nobody} = 1"]]
    centre.post(at("instrument_new"), {"upload": upload(form(survey=survey))})
    draft = InstrumentDraft.objects.get()
    page = text_of(centre.get(at("instrument_draft", draft.pk)))
    assert "survey!D2" in page
    assert at("instrument_publish", draft.pk) not in page
    good = form(survey=[survey[0], ["text", "q1", "ก", ""]])
    centre.post(
        at("instrument_replace", draft.pk), {"upload": upload(good), "version": draft.version}
    )
    page = text_of(centre.get(at("instrument_draft", draft.pk)))
    assert at("instrument_publish", draft.pk) in page


def test_an_old_page_does_not_overwrite(centre, draft, document):
    data = xlsform.write(document)
    services.edit_part(
        actor=draft.created_by, draft=draft, version=1, part="head", values={"title/th": "ใหม่"}
    )
    page = centre.post(at("instrument_replace", draft.pk), {"upload": upload(data), "version": 1})
    assert page.status_code == 200
    draft.refresh_from_db()
    assert draft.title_th == "ใหม่"


def test_preview_and_trial_run_keep_nothing(centre, draft):
    before = LedgerEntry.objects.count()
    place = at("instrument_draft_preview", draft.pk)
    page = text_of(centre.get(place))
    assert "เนื้อหานำไปใช้ในงานได้" in page
    assert "${role} = &#x27;other&#x27;" in page
    tried = text_of(centre.post(place, {"role": "officer", "q1": "5", "q2": "3", "days": "9"}))
    assert "75.00" in tried  # the mean of 100 and 50
    assert 'id="days_error"' in tried
    assert LedgerEntry.objects.count() == before
    assert "About you" in text_of(centre.get(place, {"in": "en"}))


def test_tabs_of_a_published_version(centre, published):
    place = at("instrument", "moi.seminar", 1)
    assert "content_score" in text_of(centre.get(place, {"tab": "scoring"}))
    assert "English" in text_of(centre.get(place, {"tab": "translations"}))
    assert at("instrument", "moi.seminar", 1) in text_of(centre.get(place, {"tab": "versions"}))
    assert centre.get(place, {"tab": "nonsense"}).status_code == 200
    assert "75.00" in text_of(centre.post(place, {"role": "officer", "q1": "5", "q2": "3"}))
    assert centre.get(at("instrument", "moi.seminar", 2)).status_code == 404
    assert centre.get(at("instrument", "nobody.knows", 1)).status_code == 404


def test_a_major_change_is_announced_before_publishing(centre, world, published):
    answer = centre.post(at("instrument_copy", "moi.seminar", 1), {"code": ""})
    draft = InstrumentDraft.objects.get(state="draft")
    assert answer["Location"] == at("instrument_draft", draft.pk)
    values = {f.name: f.value for f in fields_of(draft.document, "scale:agree5")}
    values |= {"options/5/points": "90", "version": draft.version}
    place = at("instrument_edit", draft.pk, "scale:agree5")
    assert centre.post(place, values)["Location"] == at("instrument_texts", draft.pk)
    page = text_of(centre.get(at("instrument_draft", draft.pk)))
    assert "เส้นแนวโน้มจะขาดตอน" in page
    assert "100" in text_of(centre.get(at("instrument_draft_diff", draft.pk)))
    draft.refresh_from_db()
    centre.post(at("instrument_publish", draft.pk), {"version": draft.version})
    assert Framework.objects.get(code="moi.seminar", version=2).change == "major"
    page = text_of(centre.get(at("instrument_compare", "moi.seminar"), {"from": "1", "to": "2"}))
    assert "เส้นแนวโน้มจะขาดตอน" in page
    odd = {"from": "x", "to": "²"}
    assert centre.get(at("instrument_compare", "moi.seminar"), odd).status_code == 200
    assert "moi.seminar/2/" in text_of(centre.get(at("instrument", "moi.seminar", 1)))


def test_a_copy_under_an_id_of_ones_own(client, world, published):
    client.force_login(world.other)
    place = at("instrument_copy", "moi.seminar", 1)
    assert 'role="alert"' in text_of(client.post(place, {"code": ""}))
    assert 'role="alert"' in text_of(client.post(place, {"code": "Bad Id"}))
    client.post(place, {"code": "th66.seminar"})
    draft = InstrumentDraft.objects.get(code="th66.seminar")
    assert draft.owner == world.units["th-66"]
    assert draft.based_on == published


def test_an_edit_that_cannot_stand_is_told_beside_its_field(centre, draft):
    place = at("instrument_edit", draft.pk, "head")
    page = centre.post(place, {"title/th": "", "fiscal_year": "67", "version": 1})
    assert page.status_code == 200
    assert text_of(page).count("invalid-feedback") + text_of(page).count("is-invalid") >= 2
    assert centre.get(at("instrument_edit", draft.pk, "item:nobody")).status_code == 404


def test_files_come_back_as_they_left(centre, published, draft_of_second):
    data = centre.get(at("instrument_file", "moi.seminar", 1, "xlsx"))
    assert xlsform.read(data.content).document == published.document
    assert data["Content-Disposition"].startswith("attachment")
    text = centre.get(at("instrument_file", "moi.seminar", 1, "yaml")).content.decode()
    assert yaml.load(text, Loader=yaml.BaseLoader) == published.document
    for kind in ("xlsx", "yaml"):
        assert centre.get(at("instrument_draft_file", draft_of_second.pk, kind)).status_code == 200
    template = centre.get(at("instrument_template"))
    assert xlsform.read(template.content).ok
    exported = LedgerEntry.objects.filter(action="assessments.instrument.exported")
    assert exported.count() == 2


@pytest.fixture
def draft_of_second(world, document):
    return services.create_draft(
        actor=world.centre, owner=world.moi, document={**document, "id": "moi.second"}
    )


def test_ita_surveys_leave_as_xlsform(centre, make):
    make.framework("ita-2567")
    data = centre.get(at("instrument_edition_file", "ita-2567", "iit"))
    assert xlsform.read(io.BytesIO(data.content).read()).ok
    assert centre.get(at("instrument_edition_file", "ita-2567", "oit")).status_code == 404
    assert centre.get(at("instrument_edition_file", "ita-2599", "iit")).status_code == 404


def test_what_is_no_part_of_the_form_is_not_shown_as_html(centre, world, document):
    evil = copy.deepcopy(document)
    evil["items"][1]["label"]["th"] = "<script>alert(1)</script>"
    draft = services.create_draft(actor=world.centre, owner=world.moi, document=evil)
    for name in ("instrument_draft_preview", "instrument_texts", "instrument_draft"):
        assert "<script>alert" not in text_of(centre.get(at(name, draft.pk)))


def test_the_list_asks_few_queries(
    centre, world, document, published, django_assert_max_num_queries
):
    for n in range(5):
        made = services.create_draft(
            actor=world.centre, owner=world.moi, document={**document, "id": f"moi.more{n}"}
        )
        services.publish(actor=world.centre, draft=made, version=1)
    with django_assert_max_num_queries(20):
        centre.get(at("instruments"))
