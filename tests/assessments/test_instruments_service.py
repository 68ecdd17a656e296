"""Publishing instruments: versions, owners, rights, and what is refused."""

import threading

import pytest
from django.core.management import call_command
from django.db import connection

from sucharit.assessments import library
from sucharit.assessments.models import Framework
from sucharit.assessments.services.instruments import (
    ProblemsRefusal,
    load_bundled_instruments,
    load_instrument,
    publish_document,
)
from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry
from tests.assessments.engine.instruments.documents import TEXT, changed, everything

pytestmark = pytest.mark.django_db
ACTOR = System("test")


@pytest.fixture
def own(tmp_path):
    def write(text=TEXT, name="own.yaml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_file_is_loaded_once_with_its_whole_document(own):
    framework, created = load_instrument(actor=ACTOR, path_or_id=own())
    assert created
    assert load_instrument(actor=ACTOR, path_or_id=own()) == (framework, False)
    stored = Framework.objects.get()
    assert (stored.code, stored.version, stored.kind) == ("demo.everything", 1, "survey")
    assert stored.schema == "sucharit/instrument@1"
    assert (stored.owner, stored.change, stored.complete) == (None, "", True)
    assert stored.sha256 == library.sha256_of(stored.document)
    assert LedgerEntry.objects.filter(action="assessments.instrument.published").count() == 1


def test_a_broken_file_is_refused_with_line_and_key(own):
    with pytest.raises(Refusal, match=r"own\.yaml:\d+: scoring\.nodes\.d1\.of: q9 is neither"):
        load_instrument(actor=ACTOR, path_or_id=own(TEXT.replace("of: [q1, q2]", "of: [q9]")))
    with pytest.raises(Refusal, match=r"own\.yaml:\d+: items\[q1\]\.requird"):
        load_instrument(actor=ACTOR, path_or_id=own(TEXT.replace("required", "requird")))
    assert not Framework.objects.exists()


def test_a_loaded_version_never_changes(own):
    load_instrument(actor=ACTOR, path_or_id=own())
    with pytest.raises(Refusal, match="put the change into version 2"):
        load_instrument(actor=ACTOR, path_or_id=own(TEXT.replace("en: Trial", "en: Trials")))
    second = TEXT.replace('version: "1"', 'version: "2"')
    with pytest.raises(Refusal, match="เหมือนฉบับที่ 1"):
        load_instrument(actor=ACTOR, path_or_id=own(second))
    framework, _ = load_instrument(
        actor=ACTOR, path_or_id=own(second.replace("en: Trial", "en: Trials"))
    )
    assert (framework.version, framework.change) == (2, "patch")


def test_a_unit_publishes_its_own_instrument(make):
    units = make.ministry()
    centre = make.user("ministry_centre", units["moi"])
    first = publish_document(actor=centre, document=everything(), owner=units["moi-dol"])
    assert (first.owner, first.change, first.fiscal_year) == (units["moi-dol"], "", 2567)
    row = LedgerEntry.objects.get(action="assessments.instrument.published")
    assert row.unit == units["moi-dol"].code
    major = changed(version="2", bands__B__min="50")
    assert publish_document(actor=centre, document=major, owner=units["moi-dol"]).change == "major"
    with pytest.raises(Refusal, match=r"ไม่ใหม่กว่าฉบับล่าสุด.*เป็นฉบับที่ 3"):
        publish_document(actor=centre, document=major, owner=units["moi-dol"])
    with pytest.raises(Refusal, match="เหมือนฉบับที่ 2"):
        publish_document(actor=centre, document=changed(major, version="3"), owner=units["moi-dol"])
    with pytest.raises(Refusal, match="มีผู้อื่นใช้แล้ว"):
        publish_document(actor=centre, document=changed(major, version="4"), owner=units["moi"])
    assert Framework.objects.count() == 2


def test_problems_are_refused_all_at_once(make):
    units = make.ministry()
    centre = make.user("ministry_centre", units["moi"])
    broken = changed(items__q1__scale="nothing", items__q3__relevant="${q9} = 1")
    with pytest.raises(ProblemsRefusal) as refused:
        publish_document(actor=centre, document=broken, owner=units["moi"])
    assert {one.code for one in refused.value.problems} >= {"unknown_scale"}
    assert refused.value.where
    with pytest.raises(ProblemsRefusal):
        publish_document(actor=centre, document={"id": "x"}, owner=units["moi"])
    with pytest.raises(ProblemsRefusal):
        publish_document(actor=centre, document=[], owner=units["moi"])
    assert not Framework.objects.exists()


def test_rights(make):
    units = make.ministry()
    officer = make.user("unit_officer", units["moi-dol"])
    with pytest.raises(Forbidden):
        publish_document(actor=officer, document=everything(), owner=units["moi-dol"])
    with pytest.raises(NotFoundInScope):
        publish_document(actor=officer, document=everything(), owner=units["moi"])
    with pytest.raises(Forbidden):
        publish_document(
            actor=make.user("ministry_centre", units["moi"]), document=everything(), owner=None
        )
    with pytest.raises(Forbidden):
        load_instrument(actor=officer, path_or_id="anything")
    assert not Framework.objects.exists()


def test_a_unit_cannot_take_the_id_of_an_edition_or_of_the_program(make):
    units = make.ministry()
    centre = make.user("ministry_centre", units["moi"])
    publish_document(actor=ACTOR, document=everything(), owner=None)
    with pytest.raises(Refusal, match="มีผู้อื่นใช้แล้ว"):
        publish_document(actor=centre, document=changed(version="9"), owner=units["moi"])


def test_all_bundled_instruments_load_and_load_again(capsys):
    done = load_bundled_instruments(actor=ACTOR)
    assert len(done) == len(library.list_instruments())
    assert all(created for _, created in done)
    assert not any(created for _, created in load_bundled_instruments(actor=ACTOR))
    call_command("load_frameworks", check=True)
    call_command("load_frameworks")
    said = capsys.readouterr().out
    for framework, _ in done:
        assert f"{framework.code} version {framework.version}: there already" in said


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_the_same_version_at_once_get_one(make):
    units = make.ministry()
    publish_document(actor=ACTOR, document=everything(), owner=units["moi"])
    start, outcomes = threading.Barrier(2), []

    def publish(least):
        try:
            start.wait()
            document = changed(version="2", bands__B__min=least)
            outcomes.append(publish_document(actor=ACTOR, document=document, owner=units["moi"]))
        except Exception as error:  # noqa: BLE001 (looked at below)
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=(least,)) for least in ("45", "50")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(type(one).__name__ for one in outcomes) == ["Framework", "Refusal"]
    assert Framework.objects.filter(code="demo.everything").count() == 2
    assert LedgerEntry.objects.filter(action="assessments.instrument.published").count() == 2
