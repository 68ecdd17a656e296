"""What the reader says about a form: each finding at its cell, nothing dropped without a word."""

from __future__ import annotations

import pytest

from sucharit.assessments.xlsform import read
from sucharit.assessments.xlsform.messages import MESSAGES
from tests.assessments.xlsform.workbooks import CHOICES, SETTINGS, SURVEY, book, form

HEAD = ["type", "name", "label::ไทย (th)", "relevant", "constraint", "score", "min"]


def findings(data: bytes) -> list[tuple[str, str]]:
    """(place, code) of what was found."""
    return [(p.place, p.code) for p in read(data).problems]


def survey(*rows: list[object], head: list[str] = HEAD) -> bytes:
    return form(survey=[head, *rows])


def test_a_sound_form_becomes_a_document():
    imported = read(form())
    assert imported.ok
    assert imported.document == {
        "schema": "sucharit/instrument@1",
        "id": "test.form",
        "version": "1",
        "kind": "survey",
        "languages": ["th", "en"],
        "title": {"th": "แบบทดสอบ", "en": "Test form"},
        "verified": "no",
        "scales": {
            "yn": {
                "options": [
                    {"code": "y", "label": {"th": "มี", "en": "Yes"}},
                    {"code": "n", "label": {"th": "ไม่มี", "en": "No"}},
                ]
            }
        },
        "items": [
            {
                "id": "q1",
                "type": "choice",
                "scale": "yn",
                "label": {"th": "มีแผนหรือไม่", "en": "Is there a plan?"},
                "required": "yes",
            },
            {"id": "q2", "type": "text", "label": {"th": "อธิบาย", "en": "Explain"}},
        ],
    }


def test_points_tests_groups_repeats_and_ranges():
    rows = [
        [
            "type",
            "name",
            "label",
            "score",
            "correct",
            "reverse",
            "indicator",
            "parameters",
            "repeat_count",
        ],
        ["begin_group", "s1", "หมวด"],
        ["select_one grade", "q1", "ข้อ", "", "", "yes", "d1"],
        ["select_one grade", "q2", "ข้อสอบ", 2, "b", "", ""],
        ["end group"],
        ["begin repeat", "r1", "ซ้ำ", "", "", "", "", "", "3"],
        ["range", "q3", "ช่วง", "", "", "", "", "start=1 end=5 step=1"],
        ["end_repeat"],
    ]
    choices = [
        ["list_name", "name", "label", "score", "na"],
        ["grade", "a", "ก", 100, ""],
        ["grade", "b", "ข", "100/3", ""],
        ["grade", "na", "ไม่ทราบ", "", True],
    ]
    imported = read(form(survey=rows, choices=choices))
    assert [str(p) for p in imported.reading] == []
    items = {item["id"]: item for item in imported.document["items"]}
    assert items["q1"] == {
        "id": "q1",
        "type": "choice",
        "in": "s1",
        "scale": "grade",
        "reverse": "yes",
        "indicator": "d1",
        "label": {"th": "ข้อ"},
    }
    assert (items["q2"]["points"], items["q2"]["correct"]) == ("2", ["b"])
    assert items["r1"]["repeat_count"] == "3"
    assert (items["q3"]["in"], items["q3"]["min"], items["q3"]["max"]) == ("r1", "1", "5")
    options = imported.document["scales"]["grade"]["options"]
    assert [o.get("points") for o in options] == ["100", "100/3", None]
    assert options[2]["na"] == "yes"


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (survey(["text", "q1", "=A1&B1"]), ("survey!C2", "formula")),
        (survey(["txt", "q1", "ก"]), ("survey!A2", "unknown_type")),
        (survey(["", "q1", "ก"]), ("survey!A2", "no_type")),
        (survey(["deviceid", "d"]), ("survey!A2", "refused_type")),
        (survey(["barcode", "b", "ก"]), ("survey!A2", "refused_type")),
        (survey(["select_one_from_file a.csv", "b", "ก"]), ("survey!A2", "refused_type")),
        (survey(["select_one", "b", "ก"]), ("survey!A2", "list_missing")),
        (survey(["select_one yn or_other", "b", "ก"]), ("survey!A2", "or_other")),
        (survey(["select_one nolist", "b", "ก"]), ("survey!A2", "unknown_list")),
        (survey(["text", "", "ก"]), ("survey!B2", "needed")),
        (survey(["text", "1x", "ก"]), ("survey!B2", "bad_name")),
        (survey(["text", "a", "ก"], ["text", "a", "ข"]), ("survey!B3", "name_twice")),
        (survey(["text", "a", "ก", "${a"]), ("survey!D2", "bad_expression")),
        (survey(["text", "a", "ก", "pulldata('x')"]), ("survey!D2", "bad_expression")),
        (survey(["text", "a", "ก", "../x = 1"]), ("survey!D2", "bad_expression")),
        (survey(["text", "a", "ก", "${nobody} = 1"]), ("survey!D2", "document")),
        (survey(["integer", "a", "ก", "", "", "", "many"]), ("survey!G2", "not_number")),
        (survey(["begin_group", "g", "ก"], ["text", "a", "ก"]), ("survey!A2", "not_closed")),
        (survey(["text", "a", "ก"], ["end_group"]), ("survey!A3", "nothing_open")),
        (survey(["begin_group", "g", "ก"], ["end_repeat"]), ("survey!A3", "wrong_end")),
        (survey(["text", "a", "ก"], head=["type", "name", "labell"]), ("survey!C1", "unknown_column")),
        (survey(["text", "a", "ก"], head=["type", "name", "label::Klingon"]), ("survey!C1", "unknown_language")),
        (survey(["text", "a", "ก"], head=["type", "name", "label::English (en)"]), ("survey!A1", "no_thai")),
        (survey(["text", "a", "ก", "x"], head=["type", "name", "label"]), ("survey!D2", "no_head_for_cell")),
        (survey(["text", "a", "ก", "ข"], head=["type", "name", "label", "label::th"]), ("survey!D1", "column_twice")),
        (survey(["text", "a", "ก", "x"], head=["type", "name", "label", "trigger"]), ("survey!D1", "column_refused")),
        (survey(["text", "a", "ก", "x.png"], head=["type", "name", "label", "media::image"]), ("survey!D1", "column_not_kept")),
        (survey(["text", "a", "ก", "maybe"], head=["type", "name", "label", "required"]), ("survey!D2", "not_yes_no")),
        (form(choices=[*CHOICES, ["yn", "y", "อีก", "Again"]]), ("choices!B4", "option_twice")),
        (form(choices=[*CHOICES, ["yn", "a b", "อีก", "Again"]]), ("choices!B4", "bad_option")),
        (form(choices=[*CHOICES, ["other", "a", "อีก", "Again"]]), ("choices!A4", "list_unused")),
        (form(choices=[[*CHOICES[0], "scor"], [*CHOICES[1], "5"], CHOICES[2]]), ("choices!E1", "filter_unused")),
        (form(choices=[[*CHOICES[0], "score"], [*CHOICES[1], "much"], CHOICES[2]]), ("choices!E2", "not_number")),
        (form(settings=[["form_title"], ["ก"]]), ("settings!A2", "no_id")),
        (form(settings=[["form_title", "form_id"], ["ก", "Bad Id"]]), ("settings!B2", "bad_id")),
        (form(settings=[["form_title", "form_id", "kind"], ["ก", "a.b", "quiz"]]), ("settings!C2", "one_of")),
        (form(settings=[*SETTINGS, ["x", "y.z"]]), ("settings!A3", "one_settings_row")),
        (form(sheet9=[["x"]]), ("sheet9", "unknown_sheet")),
        (form(_notes=[["x"]]), ("_notes", "notes_sheet")),
        (form(entities=[["x"]]), ("entities", "odk_sheet")),
        (form(scoring=[["node", "agg", "of"], ["total", "average", "q1"]]), ("scoring!B2", "one_of")),
        (form(scoring=[["node", "agg", "of"], ["total", "mean", "q1=x"]]), ("scoring!C2", "bad_of")),
        (form(bands=[["code", "title::th", "min"], ["A", "ดี", "high"]]), ("bands!C2", "not_number")),
        (form(more=[["path", "value"], ["items/nobody/x", '"1"']]), ("more!A2", "more_place")),
        (form(more=[["path", "value"], ["items/q1/x", "{"]]), ("more!B2", "bad_more")),
    ],
)  # fmt: skip
def test_each_fault_is_named_at_its_cell(data, wanted):
    assert wanted in findings(data)


def test_every_finding_speaks_both_languages_and_says_what_to_do():
    for code, (severity, thai, english) in MESSAGES.items():
        assert severity in {"error", "warning"}, code
        assert any("ก" <= letter <= "๙" for letter in thai), code
        assert english.endswith((".", "}")), code
    found = read(survey(["text", "a", "ก", "${a"])).problems[0]
    assert found.place == "survey!D2"
    assert "${a" in found.th
    assert "${a" in found.en


def test_merged_cells_are_refused_with_their_range():
    import io

    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        page = made.add_worksheet("survey")
        page.write_row(0, 0, ["type", "name", "label"])
        page.write_row(1, 0, ["text", "q1"])
        page.merge_range("C2:C3", "คำถาม")
        page.write_row(2, 0, ["text", "q2"])
        settings = made.add_worksheet("settings")
        settings.write_row(0, 0, ["form_title", "form_id"])
        settings.write_row(1, 0, ["ก", "a.b"])
    found = [p for p in read(out.getvalue()).problems if p.code == "merged"]
    assert [(p.place, "C2:C3" in p.en) for p in found] == [("survey!C2", True)]


def test_what_excel_took_for_a_date_is_refused_but_kept_where_dates_belong():
    import datetime as dt
    import io

    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        day = made.add_format({"num_format": "d mmm yyyy"})
        page = made.add_worksheet("survey")
        page.write_row(0, 0, ["type", "name", "label", "min"])
        page.write_row(1, 0, ["date", "q1", "วันที่"])
        page.write_datetime(1, 3, dt.date(2024, 3, 18), day)
        page.write_row(2, 0, ["text", "q2"])
        page.write_datetime(2, 2, dt.date(2024, 2, 1), day)
        settings = made.add_worksheet("settings")
        settings.write_row(0, 0, ["form_title", "form_id"])
        settings.write_row(1, 0, ["ก", "a.b"])
    imported = read(out.getvalue())
    assert imported.document["items"][0]["min"] == "2024-03-18"
    assert [(p.place, p.code) for p in imported.reading] == [("survey!C3", "date_cell")]


def test_numbers_lose_nothing_and_gain_nothing():
    rows = [
        ["type", "name", "label", "weight"],
        ["select_one g", "q1", 2567, 0.1],
        ["select_one g", "q2", "ก", 3],
    ]
    choices = [["list_name", "name", "label", "score"], ["g", 1, "ก", 33.33], ["g", 2.0, "ข", 0]]
    document = read(form(survey=rows, choices=choices)).document
    assert document["items"][0]["label"] == {"th": "2567"}
    assert [i["weight"] for i in document["items"]] == ["0.1", "3"]
    options = document["scales"]["g"]["options"]
    assert [(o["code"], o["points"]) for o in options] == [("1", "33.33"), ("2", "0")]


def test_curly_quotes_are_straightened_aloud():
    imported = read(survey(["text", "a", "ก"], ["text", "b", "ข", "${a} = “x”"]))
    assert imported.document["items"][1]["relevant"] == '${a} = "x"'
    assert ("survey!D3", "quotes_mended") in [(p.place, p.code) for p in imported.problems]


def test_choice_filters_keep_the_columns_they_read():
    rows = [
        ["type", "name", "label", "choice_filter"],
        ["text", "a", "ก"],
        ["select_one g", "q1", "ข", "region = ${a}"],
    ]
    choices = [
        ["list_name", "name", "label", "region", "zone"],
        ["g", "1", "ก", "north", "x"],
        ["g", "2", "ข", "south", ""],
    ]
    imported = read(form(survey=rows, choices=choices))
    assert [o["region"] for o in imported.document["scales"]["g"]["options"]] == ["north", "south"]
    assert ("choices!E1", "filter_unused") in [(p.place, p.code) for p in imported.problems]
    assert imported.faithful


def test_plain_heads_and_old_names_are_understood():
    rows = [
        ["Type", "NAME", "Caption", "Relevance", "calculation"],
        ["select one from yn", "q1", "ก"],
        ["int", "q2", "ข", "${q1} = 'y'"],
        ["calculate", "c", "", "", "1 + 1"],
    ]
    choices = [["list name", "value", "caption"], ["yn", "y", "มี"], ["yn", "n", "ไม่มี"]]
    imported = read(form(survey=rows, choices=choices))
    assert [str(p) for p in imported.reading] == []
    assert [i["type"] for i in imported.document["items"]] == ["choice", "integer", "calculate"]


def test_checks_of_the_engine_are_told_by_cell():
    imported = read(survey(["text", "a", "ก", "${b} = 1"], ["text", "b", "ข", "${a} = 1"]))
    assert imported.faithful
    assert not imported.ok
    places = {p.place for p in imported.checking if p.is_error}
    assert places  # a circle is told at one of its items
    assert places <= {"survey!B2", "survey!B3", "survey!D2", "survey!D3"}


def test_a_very_faulty_form_stays_readable():
    rows = [[f"bad{n}", f"q{n}", "ก"] for n in range(500)]
    found = read(survey(*rows)).problems
    assert len(found) == 201
    assert found[-1].code == "more_problems"


def test_no_survey_sheet():
    assert findings(book(questions=SURVEY)) == [("questions", "unknown_sheet"), ("", "no_survey")]
