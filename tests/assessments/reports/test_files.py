"""The national file and the answers of a closed round: what stands in them, and what never does."""

from __future__ import annotations

import csv
import io

import duckdb
import pytest

from sucharit.assessments.engine import Edition
from sucharit.assessments.models import NodeScore, SurveyResponse, UnitResult
from sucharit.assessments.reports import codebooks, services
from sucharit.assessments.reports.responses import extract
from sucharit.core import clock
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry
from tests.assessments.planner.rounds import announce, answers_of, scored

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(make):
    """Two provinces with an announced result; th-66 also has a published one that is not needed."""
    units = make.ministry()
    round_, run = scored(make, units, codes=("th-38", "th-66"))
    announce(run)
    return units, round_, run


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def table(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(response).decode("utf-8-sig"))))


def parquet(response, tmp_path):
    path = tmp_path / "got.parquet"
    path.write_bytes(body(response))
    with duckdb.connect() as base:
        names = base.execute(f"DESCRIBE SELECT * FROM '{path}'").fetchall()
        cells = base.execute(f"SELECT COLUMNS(*)::VARCHAR FROM '{path}'").fetchall()
        return [(name[0], name[1]) for name in names], cells


def test_the_national_file_is_public_and_has_every_node(client, year):
    rows = table(client.get("/results/2567/nation.csv"))
    assert [r["unit"] for r in rows] == ["th-38", "th-66"]
    one = rows[0]
    result = UnitResult.objects.get(unit__code="th-38", run=year[2])
    shown = {n.node: n for n in result.nodes.all()}
    assert (one["total"], one["total_status"]) == ("83.41", "ok")
    assert {c for c in one if c.endswith("_status")} == {f"{n}_status" for n in shown}
    for node, score in shown.items():
        assert one[node] == ("" if score.hundredths is None else f"{score.hundredths / 100:.2f}")
        assert one[f"{node}_status"] == score.status
    assert one["province"] == "th-38"
    assert (one["announced"], one["verified"], one["synthetic"]) == ("true", "false", "false")
    assert LedgerEntry.objects.filter(action="core.export").count() == 0


def test_unknown_is_not_zero_in_either_form(client, year, tmp_path):
    score = NodeScore.objects.get(result__unit__code="th-38", result__run=year[2], node="O35")
    score.hundredths, score.status, score.exact, score.value = None, "not_applicable", "", None
    score.save()
    NodeScore.objects.get(result__unit__code="th-66", result__run=year[2], node="O35").delete()
    rows = table(client.get("/results/2567/nation.csv"))
    assert [(r["O35"], r["O35_status"]) for r in rows] == [("", "not_applicable"), ("", "absent")]
    names, cells = parquet(client.get("/results/2567/nation.parquet"), tmp_path)
    kinds = dict(names)
    assert kinds["total"] == "DECIMAL(7,2)"
    place = [n for n, _ in names].index("O35")
    assert [row[place] for row in cells] == [None, None]


def test_both_forms_hold_the_same(client, year, tmp_path):
    rows = table(client.get("/results/2567/nation.csv"))
    names, cells = parquet(client.get("/results/2567/nation.parquet"), tmp_path)
    for row, cell in zip(rows, cells, strict=True):
        for (name, kind), value in zip(names, cell, strict=True):
            if kind.startswith("DECIMAL") or kind in {"VARCHAR", "INTEGER", "BIGINT"}:
                assert row[name] == ("" if value is None else str(value)), name


def test_before_the_announcement_the_public_gets_an_empty_file(client, make, tmp_path):
    units = make.ministry()
    scored(make, units, state="objection")
    assert table(client.get("/results/2567/nation.csv")) == []
    names, cells = parquet(client.get("/results/2567/nation.parquet"), tmp_path)
    assert cells == []
    assert names[0] == ("unit", "VARCHAR")
    client.force_login(make.user("ministry_centre", units["moi"]))
    assert len(table(client.get("/results/2567/nation.csv"))) == 1
    assert LedgerEntry.objects.filter(action="core.export").count() == 1


def test_a_name_that_looks_like_a_formula_stays_text_in_csv_and_itself_in_parquet(
    client, year, tmp_path
):
    unit = year[0]["th-38"]
    unit.name_en = '=HYPERLINK("x"),\n1'
    unit.save()
    assert table(client.get("/results/2567/nation.csv"))[0]["name_en"].startswith("'=")
    _names, cells = parquet(client.get("/results/2567/nation.parquet"), tmp_path)
    assert cells[0][2] == unit.name_en


# --- Answers


def close(round_):
    round_.surveys_closed_at = clock.now()
    round_.save()


@pytest.fixture
def closed(make, year):
    units, round_, _run = year
    close(round_)
    return units, round_, make.user("ministry_centre", units["moi"])


def responses(client, closed, form="csv"):
    client.force_login(closed[2])
    return client.get(f"/assessments/rounds/{closed[1].pk}/responses.{form}")


def test_answers_are_rows_of_codes_without_any_mark_of_time_or_person(client, closed):
    got = responses(client, closed)
    rows = table(got)
    edition = Edition.from_document(closed[1].framework.document)
    questions = [q.code for s in ("IIT", "EIT") for q in edition.subquestions(s)]
    assert list(rows[0]) == ["unit", "instrument", "part", *questions]
    assert len(rows) == 2 * 2 * 40
    first = edition.subquestions("IIT")[0]
    codes = {str(o.code) for o in first.scale.options}
    assert {r[first.code] for r in rows if r["instrument"] == "IIT"} <= codes
    assert {r[first.code] for r in rows if r["instrument"] == "EIT"} == {""}


def test_rows_stand_in_the_order_of_their_random_ids(client, closed):
    rows = table(responses(client, closed))
    stored = SurveyResponse.objects.order_by("pk").values_list(
        "participation__unit__code", "instrument"
    )
    assert [(r["unit"], r["instrument"]) for r in rows] == list(stored)


def test_paging_along_the_key_loses_and_repeats_nothing(closed, monkeypatch):
    whole = list(extract(closed[1]).lines())
    monkeypatch.setattr("sucharit.assessments.reports.responses.BATCH", 7)
    assert list(extract(closed[1]).lines()) == whole


def test_another_rounds_answers_stay_out(make, client, closed):
    units, round_, _user = closed
    other = make.round_(
        [units["th-38"]], owner=units["moi"], framework_=round_.framework, fiscal_year=2568
    )
    edition = Edition.from_document(round_.framework.document)
    make.answers(other.participations.get(), "IIT", answers_of(edition, "IIT", 0), times=9)
    assert len(table(responses(client, closed))) == 160


def test_parquet_holds_the_same_rows_in_the_same_order(client, closed, tmp_path):
    rows = [tuple(r.values()) for r in table(responses(client, closed))]
    _names, cells = parquet(responses(client, closed, "parquet"), tmp_path)
    assert [tuple("" if c is None else c for c in row) for row in cells] == rows


@pytest.mark.parametrize("few", [1, 4])
def test_a_unit_with_few_answers_stays_out_and_is_counted(make, client, closed, few):
    units, round_, _user = closed
    part = round_.participations.get(unit=units["th-38"])
    own = SurveyResponse.objects.filter(participation=part, instrument="EIT")
    own.filter(pk__in=list(own.values_list("pk", flat=True))[few:]).delete()
    rows = table(responses(client, closed))
    assert {(r["unit"], r["instrument"]) for r in rows} == {
        ("th-38", "IIT"),
        ("th-66", "IIT"),
        ("th-66", "EIT"),
    }
    found = extract(round_)
    assert found.left_out == {(part.pk, "EIT"): few}
    notes = str(codebooks.codebook_of(found, clock.today()).study.notes)
    assert "1 surveys" in notes
    assert f"{few} sheets" not in notes  # of a single survey that would be the small count itself


def test_a_small_part_keeps_the_whole_survey_out(make, closed):
    """The merged score is shown: with part 1 as rows, that of a small part 2 would follow."""
    units, round_, _user = closed
    part = round_.participations.get(unit=units["th-66"])
    edition = Edition.from_document(round_.framework.document)
    make.answers(part, "EIT", answers_of(edition, "EIT", 0), times=3, part="2")
    assert extract(round_).left_out == {(part.pk, "EIT"): 43}


def test_a_question_few_answered_keeps_the_whole_survey_out(closed):
    units, round_, _user = closed
    part = round_.participations.get(unit=units["th-66"])
    rows = SurveyResponse.objects.filter(participation=part, instrument="IIT")
    for at, row in enumerate(rows):
        if at >= 3:
            row.answers = b"\xff" + bytes(row.answers)[1:]
            row.save()
    assert (part.pk, "IIT") in extract(round_).left_out
    for row in rows:
        row.answers = b"\xff" + bytes(row.answers)[1:]
        row.save()
    found = extract(round_)  # nobody answered it: nothing to give away
    assert (part.pk, "IIT") in found.kept
    mine = [line.split(",") for line in found.lines() if line.startswith("th-66,IIT")]
    assert {line[3] for line in mine} == {""}


def test_who_may_have_answers(make, year):
    units, round_, _run = year
    ask = {"round_id": round_.pk, "kind": "responses", "form": "csv"}
    manager = make.user("ministry_centre", units["moi"])
    with pytest.raises(Refusal):  # still open
        services.release_answers(actor=manager, **ask)
    close(round_)
    for role in ("auditor", "unit_officer", "assessor"):
        with pytest.raises(Forbidden):
            services.release_answers(actor=make.user(role, units["moi"]), **ask)
    with pytest.raises(NotFoundInScope):
        services.release_answers(actor=make.user("ministry_centre", units["th-38"]), **ask)
    assert services.release_answers(actor=manager, **ask).sheets == 160
    row = LedgerEntry.objects.filter(action="core.export").get()
    assert (row.target, row.unit) == (f"assessments.responses:{round_.pk}", "moi")


def test_nothing_is_given_out_where_everybody_is_too_few(make, closed):
    SurveyResponse.objects.all().delete()
    with pytest.raises(Refusal, match="5"):
        services.release_answers(
            actor=closed[2], round_id=closed[1].pk, kind="responses", form="csv"
        )
