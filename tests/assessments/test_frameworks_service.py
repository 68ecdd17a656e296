"""Loading frameworks: the same file twice, a changed file, a new version, and who may."""

import pytest
from django.core.management import CommandError, call_command

from sucharit.assessments import library
from sucharit.assessments.library import Level
from sucharit.assessments.models import Framework
from sucharit.assessments.services.frameworks import load_bundled, load_framework
from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, Refusal
from sucharit.core.models import LedgerEntry
from tests.assessments.library.test_broken import GOOD

pytestmark = pytest.mark.django_db
ACTOR = System("test")


@pytest.fixture
def own(tmp_path):
    def write(text=GOOD, name="own.yaml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_framework_is_loaded_once_with_its_whole_document():
    first = load_framework(actor=ACTOR, path_or_id="ita-2567")
    assert first.created
    again = load_framework(actor=ACTOR, path_or_id="ita-2567")
    assert not again.created
    assert again.framework.pk == first.framework.pk
    stored = Framework.objects.get()
    assert (stored.code, stored.version, stored.fiscal_year) == ("ita-2567", 1, 2567)
    assert stored.complete
    assert not stored.verified
    assert library.sha256_of(stored.document) == stored.sha256 == library.load("ita-2567").sha256
    assert LedgerEntry.objects.filter(action="assessments.framework.loaded").count() == 1


def test_all_bundled_frameworks_load_and_load_again():
    assert all(loaded.created for loaded in load_bundled(actor=ACTOR))
    assert not any(loaded.created for loaded in load_bundled(actor=ACTOR))
    assert set(Framework.objects.filter(complete=False).values_list("code", flat=True)) == {
        "ita-2566",
        "ita-2568",
        "ita-2569",
    }


def test_a_changed_document_under_a_loaded_version_is_refused(own):
    load_framework(actor=ACTOR, path_or_id=own())
    changed = own(GOOD.replace("Small", "Little"))
    with pytest.raises(Refusal, match=r"small version 1 .* put the change into version 2"):
        load_framework(actor=ACTOR, path_or_id=changed)
    assert Framework.objects.get().title_en == "Small"
    assert LedgerEntry.objects.filter(action="assessments.framework.loaded").count() == 1


def test_layout_alone_is_no_change(own):
    load_framework(actor=ACTOR, path_or_id=own())
    assert not load_framework(actor=ACTOR, path_or_id=own("# a comment\n" + GOOD)).created


def test_a_new_version_tells_how_much_it_changes_and_must_change_something(own):
    load_framework(actor=ACTOR, path_or_id=own())
    second = GOOD.replace('version: "1"', 'version: "2"')
    with pytest.raises(Refusal, match="the same as version 1"):
        load_framework(actor=ACTOR, path_or_id=own(second))
    wording = load_framework(actor=ACTOR, path_or_id=own(second.replace("Small", "Little")))
    assert (wording.framework.version, wording.change) == (2, Level.PATCH)
    third = GOOD.replace('version: "1"', 'version: "3"').replace("min_total: 85", "min_total: 80")
    assert load_framework(actor=ACTOR, path_or_id=own(third)).change is Level.MAJOR


def test_a_broken_file_is_refused_with_line_and_key(own):
    path = own(GOOD.replace("weight: 0.40", "weight: 0.50"))
    with pytest.raises(Refusal, match=r"own\.yaml:9: instruments: the weights add up") as refused:
        load_framework(actor=ACTOR, path_or_id=path)
    assert refused.value.where.endswith("own.yaml:9")
    assert not Framework.objects.exists()


def test_only_the_centre_loads(make):
    units = make.ministry()
    officer = make.user("unit_officer", units["moi-dol"])
    with pytest.raises(Forbidden):
        load_framework(actor=officer, path_or_id="ita-2567")
    centre = make.user("ministry_centre", units["moi"])
    assert load_framework(actor=centre, path_or_id="ita-2567").created


def test_the_command_loads_and_checks(own, capsys):
    call_command("load_frameworks", "ita-2566", check=True)
    assert not Framework.objects.exists()
    call_command("load_frameworks")
    call_command("load_frameworks")
    said = capsys.readouterr().out
    assert "ita-2567 version 1: loaded" in said
    assert "ita-2567 version 1: there already" in said
    assert "ita-2568 version 1: loaded; its survey questions are not known yet" in said
    with pytest.raises(CommandError, match=r"own\.yaml:\d+: colour: unknown key"):
        call_command("load_frameworks", str(own(GOOD + "colour: red\n")))
