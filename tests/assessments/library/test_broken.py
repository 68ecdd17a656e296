"""Broken files: each refusal names file, line and key; all findings come at once."""

import re

import pytest

from sucharit.assessments import library
from sucharit.assessments.library.published import read_published_text
from sucharit.assessments.library.strings import parse

GOOD = """\
schema: sucharit/framework@1
id: small
version: "1"
fiscal_year: 2567
kind: ita
title: {th: เล็ก, en: Small}
verified: no
sources: {here: This test}
instruments:
  - {code: IIT, title: {th: ใน, en: In}, weight: 0.60, respondents: internal}
  - {code: OIT, title: {th: ตรวจ, en: Out}, weight: 0.40, respondents: none}
indicators:
  - {code: "1", in: IIT, title: {th: หนึ่ง, en: One}}
  - {code: "9", in: OIT, title: {th: เก้า, en: Nine}}
sub_indicators:
  - {code: "9.1", in: "9", title: {th: ย่อย, en: Sub}}
scales:
  four:
    options:
      - {code: "1", label: {th: น้อย, en: Little}, points: 0}
      - {code: "2", label: {th: มาก, en: Much}, points: 100}
items:
  - code: i1
    in: "1"
    title: {th: ข้อ, en: Item}
    subquestions:
      - {code: i1, scale: four, text: {th: ถาม, en: Ask}}
  - {code: O1, in: "9.1", title: {th: ข้อ, en: Item}, allowed_points: ["0", "100"]}
bands:
  - {level: pass, label: {th: ผ่าน, en: Pass}, min_total: 85, min_each: "", pass: yes}
  - {level: fail, label: {th: ไม่ผ่าน, en: Fail}, min_total: 0, min_each: "", pass: no}
sample_rule: {rate: 0.10, floor: 30, census_below: 30, cap: 400}
eit_merge: {mode: pooled}
shortfall_policy: {mode: warn}
rounding: {digits: 2, mode: half_up}
calendar:
  - {key: all, title: {th: ทั้งหมด, en: All}, from: 2024-01-01, to: 2024-06-30}
group_sizes: {"1": 1, "9.1": 1}
"""


def line_of(text: str, marker: str) -> int:
    """Line (from 1) of the first line that holds the marker."""
    return next(n for n, line in enumerate(text.splitlines(), 1) if marker in line)


#: name → (text to replace, its replacement, marker of the line blamed, key, part of the message)
BROKEN = {
    "bad indent": ("kind: ita\n", " kind: ita\n", "kind: ita", "kind", "not valid YAML"),
    "duplicate key": ("kind: ita\n", "kind: ita\nkind: other\n", "kind: other", "kind", "twice"),
    "unknown key": ("kind: ita\n", "kind: ita\ncolour: red\n", "colour", "colour", "unknown key"),
    "unknown key in an item": (
        'in: "9.1", title',
        'inn: x, in: "9.1", title',
        "inn:",
        "items[O1].inn",
        "unknown key",
    ),
    "missing key": (
        ', allowed_points: ["0", "100"]}',
        "}",
        "code: O1",
        "items[O1]",
        "needs either",
    ),
    "missing language": ("{th: เล็ก, en: Small}", "{th: เล็ก}", "เล็ก", "title", "en is missing"),
    "weight sum 1.1": ("weight: 0.40", "weight: 0.50", "instruments:", "instruments", "11/10"),
    "weight not a number": (
        "weight: 0.40",
        "weight: much",
        "code: OIT",
        "instruments[OIT].weight",
        "exact number",
    ),
    "empty group": (
        '  - {code: "9", in: OIT',
        '  - {code: "2", in: IIT, title: {th: ส, en: Two}}\n  - {code: "9", in: OIT',
        'code: "2", in: IIT',
        "indicators[2]",
        "empty",
    ),
    "item with two parents": (
        "  - {code: O1,",
        '  - {code: O1, in: "1", title: {th: ข, en: I}, allowed_points: ["0"]}\n  - {code: O1,',
        'code: O1, in: "9.1"',
        "items[O1].code",
        "used already on line 28",
    ),
    "parents as a list": (
        'in: "9.1", title',
        'in: ["9.1", "1"], title',
        "code: O1",
        "items[O1].in",
        "text",
    ),
    "parent that does not exist": (
        'in: "9.1", title',
        'in: "9.7", title',
        "code: O1",
        "items[O1]",
        "9.7",
    ),
    "band gap": ("min_total: 0,", "min_total: 50,", "bands:", "bands", "from 0"),
    "bands worst first": ("min_total: 85", "min_total: 0", "bands:", "bands", "best first"),
    "scale without 100": (
        "points: 100",
        "points: 67",
        "  four:",
        "scales.four",
        "contain 0 and 100",
    ),
    "points above 100": (
        "points: 100}",
        'points: 100}\n      - {code: "3", label: {th: ก, en: X}, points: 101}',
        "  four:",
        "scales.four",
        "between 0 and 100",
    ),
    "group size mismatch": ('"9.1": 1', '"9.1": 2', "group_sizes", "group_sizes.9.1", "says 2"),
    "scale that does not exist": (
        "scale: four,",
        "scale: five,",
        "scale: five",
        "items[i1].subquestions[i1].scale",
        "five",
    ),
    "source without a tag": (
        "eit_merge: {mode: pooled}",
        "eit_merge: {mode: pooled, source: there}",
        "eit_merge",
        "eit_merge.source",
        "there",
    ),
    "note without a text": (
        "eit_merge: {mode: pooled}",
        "eit_merge: {mode: pooled, note: why}",
        "eit_merge",
        "eit_merge.note",
        "why",
    ),
    "verified without a source": (
        "verified: no",
        "verified: yes",
        "verified: yes",
        "verified",
        "needs a source",
    ),
    "a date that does not exist": (
        "to: 2024-06-30",
        "to: 2024-06-31",
        "key: all",
        "calendar[all].to",
        "not a date",
    ),
    "a period that ends before it begins": (
        "to: 2024-06-30",
        "to: 2023-06-30",
        "key: all",
        "calendar[all].to",
        "before it begins",
    ),
    "alias": (
        'in: "1"\n    title',
        "in: *x\n    title",
        "in: *x",
        "*x",
        "aliases are not allowed",
    ),
    "type tag": ("digits: 2", "digits: !!int 2", "digits", "rounding.digits", "type tag"),
    "mode that is not defined": (
        "mode: warn",
        "mode: shout",
        "shout",
        "shortfall_policy.mode",
        "not one of",
    ),
}


def test_the_good_file_is_good():
    loaded = library.load_text(GOOD)
    assert loaded.id == "small"
    assert loaded.lines["kind",] == 5
    assert loaded.lines["items", 1, "in"] == line_of(GOOD, "code: O1")


@pytest.mark.parametrize(
    ("old", "new", "marker", "key", "said"), BROKEN.values(), ids=BROKEN.keys()
)
def test_a_broken_file_is_refused_with_file_line_and_key(old, new, marker, key, said):
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    with pytest.raises(library.LibraryError) as refused:
        library.load_text(text, "broken.yaml")
    found = [p for p in refused.value.problems if p.key == key and said in p.message]
    assert found, str(refused.value)
    assert found[0].file == "broken.yaml"
    assert found[0].line == line_of(text, marker)
    assert str(found[0]).startswith(f"broken.yaml:{found[0].line}: {key}: ")


def test_all_findings_come_at_once():
    text = GOOD.replace("weight: 0.40", "weight: much").replace("digits: 2", "digits: two")
    with pytest.raises(library.LibraryError) as refused:
        library.load_text(text.replace("kind: ita", "colour: red"))
    assert [p.key for p in refused.value.problems] == [
        "(document)",
        "colour",
        "instruments[OIT].weight",
        "rounding.digits",
    ]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "(document)"),
        ("just words", "(document)"),
        ("[1, 2]", "(document)"),
        ("a: &x 1\nb: *x", "*x"),
    ],
)
def test_what_is_no_framework_at_all_is_refused(text, key):
    with pytest.raises(library.LibraryError) as refused:
        library.load_text(text)
    assert key in {p.key for p in refused.value.problems}


def test_values_stay_the_strings_people_wrote():
    text = "a: no\nb: yes\nc: on\nd: 1_000\ne: 010\nf: 2024-04-01\ng: 1e3\nh: ~\ni:\nj: 1:30\n"
    assert parse(text, "x").document == {
        "a": "no", "b": "yes", "c": "on", "d": "1_000", "e": "010", "f": "2024-04-01", "g": "1e3",
        "h": "~", "i": "", "j": "1:30",
    }  # fmt: skip


def test_plain_and_quoted_numbers_are_the_same_content():
    quoted = re.sub(r"(weight: )([\d.]+)", r'\1"\2"', GOOD)
    assert quoted != GOOD
    assert library.load_text(quoted).sha256 == library.load_text(GOOD).sha256


def test_layout_and_comments_do_not_change_the_fingerprint_but_content_does():
    first = library.load_text(GOOD).sha256
    assert (
        library.load_text("# a word\n" + GOOD.replace("kind: ita", "kind:   ita  # c")).sha256
        == first
    )
    assert library.load_text(GOOD.replace("Small", "Little")).sha256 != first


def test_unknown_ids_and_versions_are_named():
    with pytest.raises(library.LibraryError, match=r"no such framework; known: .*ita-2567"):
        library.load("ita-1999")
    with pytest.raises(library.LibraryError, match="ita-2567 version 99"):
        library.load("ita-2567", 99)
    with pytest.raises(library.LibraryError, match="cannot be read"):
        library.load("nowhere.yaml")


def test_a_file_given_by_path_is_loaded(tmp_path):
    path = tmp_path / "own.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert library.load(path).path == path
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(library.LibraryError, match="UTF-8"):
        library.load(str(path))


PUBLISHED = """\
schema: sucharit/published@1
id: small
title: {th: เล็ก, en: Small}
verified: no
sources: {here: This test}
units: {th-38: {title: {th: บึงกาฬ, en: Bueng Kan}}}
results:
  - {unit: th-38, year: 2567, node: total, value: 93.05, source: here}
"""


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ("93.05", "193.05", "results[th-38].value", "within 0 to 100"),
        ("93.05", "high", "results[th-38].value", "exact number"),
        ("unit: th-38", "unit: th-39", "results[th-39].unit", "not in `groups` or `units`"),
        ("source: here", "source: there", "results[th-38].source", "not a tag"),
        ("year: 2567", "year: 2024x", "results[th-38].year", "fiscal year"),
    ],
)
def test_a_broken_published_file_is_refused_with_line_and_key(tmp_path, old, new, key, said):
    text = PUBLISHED.replace(old, new)
    with pytest.raises(library.LibraryError) as refused:
        read_published_text(text, tmp_path / "figures.yaml")
    assert any(p.key == key and said in p.message and p.line == 8 for p in refused.value.problems)


def test_the_same_figure_twice_is_refused(tmp_path):
    again = PUBLISHED + "  - {unit: th-38, year: 2567, node: total, value: 90, source: here}\n"
    with pytest.raises(library.LibraryError, match="has a figure already"):
        read_published_text(again, tmp_path / "figures.yaml")
