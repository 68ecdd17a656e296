"""Published results: bundled figures, tables, revisions, contradictions, wrong cells."""

from fractions import Fraction

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command

from sucharit.assessments.models import NodeScore, ScoreRun, UnitResult
from sucharit.assessments.services import frameworks
from sucharit.assessments.services.published import (
    load_bundled,
    load_published,
    preview_published,
)
from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry
from sucharit.orgs.services.register import load_register

pytestmark = pytest.mark.django_db
ACTOR = System("test")
HEAD = "unit,year,node,value,source\n"


@pytest.fixture
def units(make):
    """The small ministry, with two units the bundled figures name."""
    made = make.ministry()
    made["th-71"] = make.unit("th-71", parent=made["moi"], kind="province")
    made["moi-pea"] = make.unit("moi-pea", parent=made["moi"], kind="enterprise")
    frameworks.load_bundled(actor=ACTOR)
    return made


@pytest.fixture
def table(tmp_path):
    def write(text, name="results.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_text(text, encoding=encoding)
        return path

    return write


def result(code, year):
    return UnitResult.objects.current().get(unit__code=code, fiscal_year=year)


def test_the_bundled_figures_stand_under_their_units_and_groups(units):
    load_bundled(actor=ACTOR)
    fell = result("th-71", 2565)
    assert (fell.total_hundredths, fell.level, fell.passed) == (5813, "D", False)
    assert result("th-71", 2564).level == "A"
    assert result("moi-pea", 2566).passed
    assert result("moi-pea", 2566).level == "", "its instruments are not known, so its level is not"
    nation = UnitResult.objects.current().get(group="nation", fiscal_year=2568)
    assert (nation.total_hundredths, nation.passed, nation.level) == (9382, None, "")
    assert nation.run.public
    shown = dict(nation.nodes.values_list("node", "hundredths"))
    assert shown == {"total": 9382, "3": 9945, "8": 9439}, "nothing is derived from them"
    lands = result("moi-dol", 2562)
    assert (lands.total_hundredths, lands.scheme, lands.explanation) == (9599, "", None)


def test_the_bundled_figures_are_idempotent_and_wait_for_their_units(units, make):
    first = load_bundled(actor=ACTOR)
    skipped = {code for done in first for code in done.skipped}
    assert "th-54" in skipped
    before = set(ScoreRun.objects.values_list("pk", flat=True))
    assert not any(done.alters for done in load_bundled(actor=ACTOR))
    assert set(ScoreRun.objects.values_list("pk", flat=True)) == before
    make.unit("th-54", parent=units["moi"], kind="province")
    assert sum(done.added for done in load_bundled(actor=ACTOR)) == 1
    assert result("th-54", 2566).total_hundredths == 9972


def test_every_figure_says_where_it_comes_from(units):
    load_bundled(actor=ACTOR)
    tree = result("th-71", 2565).explanation
    assert (tree["code"], tree["display"], tree["status"]) == ("total", "58.13", "published")
    assert [note["en"] for note in tree["notes"] if note["key"] == "source"] == [
        "Source: MGR Online on the ITA 2565 results"
    ]
    nation = UnitResult.objects.current().get(group="nation", fiscal_year=2568)
    by_code = {child["code"]: child for child in nation.explanation["children"]}
    assert by_code["IIT"]["status"] == "missing", "one of five indicators gives no instrument score"


def test_a_table_brings_figures_of_every_level(units, table):
    rows = "th-38,2567,total,84.16,NACC\nth-38,2567,IIT,88.45,NACC\nth-38,๒๕๖๗,9.2,85.7142,NACC\n"
    path = table(HEAD + rows + "nation,2567,OIT,90,NACC\n")
    done = load_published(actor=ACTOR, path=path)
    assert (done.added, done.changed, done.unchanged, done.removed) == (4, 0, 0, 0)
    found = result("th-38", 2567)
    assert (found.total_hundredths, found.level, found.passed) == (8416, "improve", False)
    node = found.nodes.get(node="9.2")
    assert (Fraction(node.exact), node.hundredths, node.status) == (
        Fraction("85.7142"),
        8571,
        NodeScore.Status.PUBLISHED,
    )
    assert not found.run.verified
    assert LedgerEntry.objects.filter(action="assessments.published.loaded").count() == 1


def test_the_level_follows_from_the_bands_when_all_instruments_are_known(units, table):
    rows = "".join(f"th-38,2567,{node},{value},NACC\n" for node, value in
                   [("total", "96"), ("IIT", "99"), ("EIT", "99"), ("OIT", "91.5")])  # fmt: skip
    load_published(actor=ACTOR, path=table(HEAD + rows))
    assert result("th-38", 2567).level == "good"


def test_the_same_table_again_changes_nothing_and_a_revision_replaces(units, table):
    load_published(actor=ACTOR, path=table(HEAD + "th-38,2567,total,90,A\nth-66,2567,total,80,A\n"))
    again = load_published(
        actor=ACTOR, path=table(HEAD + "th-38,2567,total,90,A\nth-66,2567,total,80,A\n")
    )
    assert (again.unchanged, again.alters, again.runs) == (2, False, ())
    assert ScoreRun.objects.count() == 1
    revision = table(HEAD + "th-38,2567,total,91,A\nmoi-dol,2567,total,70,A\n")
    seen = preview_published(actor=ACTOR, path=revision)
    assert (seen.added, seen.changed, seen.unchanged, seen.removed) == (1, 1, 0, 1)
    assert result("th-38", 2567).total_hundredths == 9000, "a preview writes nothing"
    done = load_published(actor=ACTOR, path=revision)
    assert (done.added, done.changed, done.removed) == (1, 1, 1)
    assert result("th-38", 2567).total_hundredths == 9100
    assert not UnitResult.objects.current().filter(unit__code="th-66").exists()
    assert UnitResult.objects.filter(unit__code="th-66").exists(), "history is kept"


def test_two_files_that_contradict_each_other_are_refused(units, table):
    load_published(actor=ACTOR, path=table(HEAD + "th-38,2567,total,90,First\n", "a.csv"))
    with pytest.raises(Refusal, match="th-38 2567 total: 91 here, 90 in First"):
        load_published(actor=ACTOR, path=table(HEAD + "th-38,2567,total,91,Second\n", "b.csv"))
    assert result("th-38", 2567).total_hundredths == 9000


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            "th-38,2567,total,101,A\n",
            "results.csv:2: D2 value: '101' is not a number from 0 to 100",
        ),
        ("th-38,2567,total,,A\n", "D2 value: '' is not a number"),
        ("th-38,2567,total,high,A\n", "D2 value"),
        ("th-38,2024,total,90,A\n", "B2 year: '2024' is not a fiscal year"),
        ("th-38,2567,total,90,\n", "E2 source: must not be empty"),
        ("th-00,2567,total,90,A\n", "A2 unit: no unit has the code 'th-00'"),
        ("th-38,2567,11,90,A\n", "C2 node: '11' is no node of ita-2567"),
        ("th-38,2560,i1,90,A\n", "C2 node: 'i1' is no node of a year without a framework"),
        ("th-38,2567,total,90,A\n\nth-38,2567,total,91,A\n", "results.csv:4: D4 value: row 2 has"),
        ("", "no row holds a figure"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_written(units, table, rows, said):
    sound = "th-66,2567,total,80,A\n" if rows else ""
    with pytest.raises(Refusal) as refused:
        load_published(actor=ACTOR, path=table(HEAD + rows + sound))
    assert said in str(refused.value)
    assert not ScoreRun.objects.exists()


def test_all_wrong_cells_come_at_once(units, table):
    with pytest.raises(Refusal) as refused:
        load_published(actor=ACTOR, path=table(HEAD + "th-38,x,total,90,A\nth-38,2567,total,y,A\n"))
    assert [
        "B2 year" in line or "D3 value" in line for line in str(refused.value).splitlines()
    ] == [
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("level", "value", "said"),
    [
        ("AAA", "99", "F2 level: 'AAA' is no level of ita-2565; known: AA, A, B"),
        ("AA", "94.994", "F2 level: 94.99 does not reach AA"),
    ],
)
def test_a_level_that_does_not_exist_or_does_not_fit_is_refused(units, table, level, value, said):
    head = "unit,year,node,value,source,level\n"
    with pytest.raises(Refusal) as refused:
        load_published(actor=ACTOR, path=table(f"{head}th-38,2565,total,{value},A,{level}\n"))
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("unit,year,node,value\n", r":1: \(headings\): columns are missing: source"),
        ("unit,year,node,value,source,colour\n", ":1: F1: unknown column 'colour'"),
        ("unit,unit,year,node,value,source\n", ":1: B1: the column unit is there twice"),
    ],
)
def test_wrong_headings_are_named(units, table, head, said):
    with pytest.raises(Refusal, match=said):
        load_published(actor=ACTOR, path=table(head))


def test_thai_headings_and_thai_windows_files_are_read(units, table):
    text = "หน่วยงาน;ปีงบประมาณ;ตัวชี้วัด;คะแนน;ที่มา;ตรวจสอบแล้ว\nth-38;๒๕๖๗;คะแนนรวม;๙๐.๕๐;ประกาศ;ใช่\n"
    load_published(actor=ACTOR, path=table(text, encoding="cp874"))
    found = result("th-38", 2567)
    assert (found.total_hundredths, found.run.source, found.run.verified) == (9050, "ประกาศ", True)


def test_a_workbook_is_read_like_a_csv(units, tmp_path):
    path = tmp_path / "results.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["unit", "year", "node", "value", "source"])
        sheet.write_row(1, 0, ["th-38", 2567, "total", 93.05, "NACC"])
        sheet.write_row(2, 0, ["th-66", 2567, "total", 250, "NACC"])
    with pytest.raises(Refusal, match=r"results\.xlsx:3: D3 value: '250'"):
        load_published(actor=ACTOR, path=path)
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["unit", "year", "node", "value", "source"])
        sheet.write_row(1, 0, ["th-38", 2567, "total", 93.05, "NACC"])
    load_published(actor=ACTOR, path=path)
    assert result("th-38", 2567).nodes.get().exact == "1861/20"


@pytest.mark.parametrize("name", ["results.xlsx", "results.doc", "results.yaml"])
def test_what_cannot_be_read_is_refused(units, table, name):
    with pytest.raises(Refusal, match="results"):
        load_published(actor=ACTOR, path=table("no such thing", name))


def test_the_publishing_right_holds_for_every_unit(units, make, table):
    path = table(HEAD + "th-38,2567,total,90,A\n")
    with pytest.raises(Forbidden):
        load_published(actor=make.user("unit_officer", units["th-38"]), path=path)
    elsewhere = make.user("ministry_centre", units["moi-dol"])
    with pytest.raises(NotFoundInScope):
        preview_published(actor=elsewhere, path=path)
    assert load_published(actor=make.user("ministry_centre", units["moi"]), path=path).added == 1


def test_the_command_looks_first_and_writes_on_request(units, table, capsys):
    path = table(HEAD + "th-38,2567,total,90,A\n")
    call_command("import_results", str(path))
    assert "1 new" in capsys.readouterr().out
    assert not ScoreRun.objects.exists()
    call_command("import_results", str(path), apply=True)
    assert result("th-38", 2567).total_hundredths == 9000
    call_command("import_results", bundled=True, apply=True)
    assert "left out: lao-takrut" in capsys.readouterr().out
    with pytest.raises(CommandError, match="A2 unit"):
        call_command("import_results", str(table(HEAD + "nobody,2567,total,90,A\n")))
    with pytest.raises(CommandError, match="Give a file"):
        call_command("import_results")


def test_the_bundled_register_knows_the_units_of_the_bundled_figures():
    """Provinces, departments, enterprises and a PAO are found; others are skipped."""
    load_register(actor=ACTOR, local_bodies=False)
    frameworks.load_bundled(actor=ACTOR)
    skipped = {code for done in load_bundled(actor=ACTOR) for code in done.skipped}
    assert {code for code in skipped if not code.startswith("ind-")} == {"lao-takrut"}
    assert result("th-35-pao", 2566).total_hundredths == 9943
