"""Search: Thai substrings in every spelling, scope that fails closed, alike on both databases."""

from __future__ import annotations

import pytest
from django.db import connection
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from sucharit.core.models import SearchDoc
from sucharit.core.registry import SearchSource, registry
from sucharit.core.search import forget, index, rebuild, search
from sucharit.core.search.documents import document
from sucharit.core.search.finding import matching
from sucharit.core.search.fold import fold

# (object_id, org_path, title, body, url, public)
ROWS = [
    ("1", "0001", "แผนปฏิบัติการป้องกันการทุจริต", "ปีงบประมาณ ๒๕๖๗", "/1", True),
    ("2", "00010001", "การจัดซื้อจัดจ้าง", "ความโปร่งใสในการจัดซื้อ", "/2", False),
    ("3", "00010002", "น้ำดื่มสะอาด", "โครงการน้ำประปา", "/3", False),
    ("4", "00010002", "ITA Report", "ตัวชี้วัดความโปร่งใส 100% [ก_ข]", "/4", False),
    ("5", "", "ไม่มีหน่วยงาน", "เอกสารภายใน โปร่งใส", "/5", False),
    ("6", "00010001", "กำแพงเพชร", 'พูดว่า "ซื่อสัตย์" AND สุจริต', "/6", True),
    ("7", "0001", "กระทรวง", "การปลูกป่า", "/7", True),
]
ALL = ["0001"]


@pytest.fixture
def documents(db):
    index("test", ROWS)


def ids(text, paths=ALL, **more) -> list[str]:
    return [d.object_id for d in search(paths, text, **more)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ทุจริต", {"1"}),
        ("โปร่งใส", {"2", "4"}),  # not 5: no unit, not public
        ("จัดซื้อ", {"2"}),  # part of a compound
        ("ปลูกป่า", {"7"}),
        ("2567", {"1"}),
        ("๒๕๖๗", {"1"}),
        ("ita", {"4"}),
        ("ITA report", {"4"}),
        ("report โปร่งใส", {"4"}),
        ("โปร่งใส ในการ", {"2"}),
        ("โปร่งใส 10", {"4"}),  # a short term beside a long one still has to occur
        ("โปร่งใส 99", set()),
        ("น้ำดื่ม", {"3"}),
        ("น้ําดื่ม", {"3"}),  # sara am typed as two characters
        ("นํ้าดื่ม", {"3"}),
        ("กําแพง", {"6"}),
        ("เเผนปฏิบัติ", {"1"}),  # two sara e for one sara ae
        ('"ซื่อสัตย์"', {"6"}),
        ("AND สุจริต", {"6"}),
        ("100%", {"4"}),
        ("[ก_ข]", {"4"}),
        ("ก%ข", set()),
        ("___", set()),
        ("%%%", set()),
        ("ไม่มีคำนี้", set()),
        ("", set()),
        ("   ", set()),
        ("\x00\x00\x00", set()),
        ("โปร่ง\u200bใส", {"2", "4"}),
    ],
)
def test_what_a_query_finds(documents, text, found):
    assert set(ids(text)) == found


@pytest.mark.parametrize(
    ("text", "found"), [("กา", {"2"}), ("กร", {"7"}), ("IT", {"4"}), ("ใน", set())]
)
def test_under_three_characters_only_beginnings_of_titles_count(documents, text, found):
    assert set(ids(text)) == found


def test_scope_fails_closed(documents):
    assert set(ids("โปร่งใส", [])) == set()
    assert set(ids("โปร่งใส", ["00010002"])) == {"4"}
    assert set(ids("โปร่งใส", ["00010001", "00010002"])) == {"2", "4"}
    assert set(ids("ทุจริต", [])) == {"1"}
    assert set(ids("เอกสาร", [""])) == set()
    assert set(ids("ภายใน", ["0001"])) == set()


def test_a_path_does_not_cover_its_neighbour(db):
    index(
        "test",
        [
            ("a", "00010001", "เอกสารลับ", "", "/", False),
            ("b", "00010002", "เอกสารลับ", "", "/", False),
        ],
    )
    assert ids("เอกสาร", ["00010001"]) == ["a"]


def test_title_hits_come_first_and_the_limit_holds(db):
    index(
        "test", [("b", "", "รายงาน", "ข้อมูลสุจริต", "/", True), ("a", "", "สุจริตธรรม", "", "/", True)]
    )
    assert ids("สุจริต") == ["a", "b"]
    assert ids("สุจริต", limit=1) == ["a"]


def test_a_changed_document_is_found_by_its_new_text_only(documents):
    index("test", [("1", "0001", "แผนใหม่ทั้งหมด", "", "/1", True)])
    assert ids("ทุจริต") == []
    assert ids("ใหม่ทั้งหมด") == ["1"]
    assert SearchDoc.objects.count() == len(ROWS)


def test_a_forgotten_document_is_not_found(documents):
    assert forget("test", ["1"]) == 1
    assert ids("ทุจริต") == []


def test_a_document_written_past_the_services_is_found_too(documents):
    SearchDoc.objects.filter(object_id="1").update(text="คำใหม่แท้")
    assert (ids("คำใหม่"), ids("ทุจริต")) == (["1"], [])


@pytest.fixture
def sources(monkeypatch):
    made: list[SearchSource] = []
    monkeypatch.setattr(registry, "search", made)
    return made


def test_rebuilding_brings_in_and_drops(db, sources):
    rows = list(ROWS)
    sources.append(SearchSource("test", "Test", lambda: iter(rows)))
    index("gone", ROWS[:2])
    assert rebuild() == len(ROWS)
    del rows[0]
    rows[0] = (*rows[0][:2], "เปลี่ยนชื่อแล้ว", *rows[0][3:])
    assert rebuild() == len(ROWS) - 1
    assert ids("ทุจริต") == []
    assert ids("เปลี่ยนชื่อ") == ["2"]


def test_rebuilding_in_several_batches_and_with_a_thing_named_twice(db, sources):
    rows = [(str(n % 1100), "", f"เอกสารที่ {n % 1100}", "", "/", True) for n in range(1203)]
    sources.append(SearchSource("many", "Many", lambda: rows))
    assert rebuild() == 1100
    assert matching([], "เอกสารที่").count() == 1100


SYLLABLES = st.lists(
    st.sampled_from(["นำ", "น้ำ", "น้ํา", "โปร่ง", "ใส", "๒๕", "67", "Ab", " ", "เเ", "แ", "ก็"]),
    max_size=6,
)
TEXTS = SYLLABLES.map("".join)


@given(st.text())
def test_folding_twice_changes_nothing_and_leaves_no_control_character(text):
    once = fold(text)
    assert fold(once) == once
    assert not any(ord(c) < 32 for c in once)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(8))
def test_any_part_of_a_text_finds_it_as_plain_python_would(seed):
    import random

    source = random.Random(seed)
    parts = [
        "น้ำ",
        "น้ํา",
        "โปร่ง",
        "ใส",
        "๒๕",
        "67",
        "Ab",
        " ",
        "เเ",
        "แ",
        "ก็",
        "ทุจริต",
        "%",
        "_",
        '"',
        "'",
    ]
    rows = [
        (
            str(n),
            "",
            "".join(source.choices(parts, k=5)),
            "".join(source.choices(parts, k=9)),
            "/",
            True,
        )
        for n in range(60)
    ]
    index("test", rows)
    folded = {str(r[0]): document("test", r).text for r in rows}
    for _ in range(40):
        whole = source.choice(rows)[source.choice((2, 3))]
        start = source.randrange(len(whole))
        text = whole[start : start + source.randrange(3, 12)]
        terms = fold(text).split()
        if not any(len(t) >= 3 for t in terms):
            continue
        expected = {i for i, t in folded.items() if all(term in t for term in terms)}
        assert set(ids(text, [], limit=100)) == expected, text


@pytest.mark.django_db
def test_the_index_is_used():
    index("test", [(str(n), "", f"เอกสารเลขที่ {n}", "x" * 50, "/", True) for n in range(3000)])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE core_searchdoc")
            cursor.execute("SET LOCAL enable_seqscan = off")  # small tables are scanned by right
    plan = matching([], "เลขที่ 2999").order_by().explain()
    assert "trigrams" in plan.lower() or "virtual table" in plan.lower(), plan


def test_the_page_shows_the_public_what_is_public(client, documents, make):
    page = reverse("core:search")
    assert "ทุจริต" in client.get(page, {"q": "ทุจริต"}).content.decode()
    assert client.get(page, {"q": "โปร่งใส"}).context["results"] == []
    assert client.get(page, {"q": "\x00"}).status_code == 200
    assert client.get(page).status_code == 200


def test_the_page_shows_an_officer_the_own_scope(client, db, make):
    units = make.ministry()
    rows = [
        (c, units[c].path, f"เอกสารของ {c}", "", "/", False) for c in ("th-38", "th-3801", "th-66")
    ]
    index("test", rows)
    client.force_login(make.user("unit_officer", units["th-38"]))
    found = client.get(reverse("core:search"), {"q": "เอกสาร"}).context["results"]
    assert {r["doc"].object_id for r in found} == {"th-38", "th-3801"}
