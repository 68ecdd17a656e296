"""Thai dictionary order: a known list, and properties a stored key needs on both databases."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sucharit.core.collation import sort_key

# As ICU (Intl.Collator "th") orders them; code points alone put every เ แ โ ไ word last.
IN_ORDER = """กระบี่ กรุงเทพมหานคร กาญจนบุรี กาฬสินธุ์ กำแพงเพชร ขอนแก่น จันทบุรี ฉะเชิงเทรา ชลบุรี
ชัยนาท เชียงราย เชียงใหม่ ตรัง นครนายก นครศรีธรรมราช น่าน บึงกาฬ ปทุมธานี พังงา เพชรบุรี เพชรบูรณ์ แพร่
ภูเก็ต แม่ฮ่องสอน ยโสธร ยะลา เลย อ่างทอง อุดรธานี อุตรดิตถ์ อุบลราชธานี""".split()  # noqa: SIM905
THAI = st.text(alphabet=[chr(c) for c in range(0x0E01, 0x0E3B)] + list("เแโใไๆ็่้๊๋์ํ๐๑ aZ"), max_size=12)


def test_provinces_in_dictionary_order():
    assert sorted(set(IN_ORDER), key=sort_key) == IN_ORDER
    assert sorted(IN_ORDER) != IN_ORDER


def test_tone_marks_count_only_among_equal_letters():
    assert sorted(["ก้า", "กาบ", "กา", "ก่า"], key=sort_key) == ["กา", "ก่า", "ก้า", "กาบ"]


def test_two_ways_to_type_sara_am_sort_the_same():
    assert sort_key("น้ำ") == sort_key("น้ํา") == sort_key("นํ้า")


def test_latin_without_case_and_thai_digits_as_digits():
    assert sort_key("ITA ๒๕๖๗") == sort_key("ita 2567")


@given(st.text())
def test_a_key_is_storable_on_both_databases(text):
    key = sort_key(text)
    assert "\x00" not in key
    assert sort_key(text) == key


@given(THAI, THAI)
def test_order_of_bytes_is_order_of_the_key(one, other):
    """PostgreSQL under C.UTF-8 compares bytes, SQLite BINARY too; Python compares code points."""
    a, b = sort_key(one), sort_key(other)
    assert (a < b) == (a.encode() < b.encode())


@given(THAI.filter(str.strip), THAI.filter(str.strip))
def test_a_name_sorts_before_what_begins_with_it(one, other):
    assert sort_key(one.strip()) <= sort_key(f"{one.strip()} {other.strip()}")
    assert len(sort_key(one + other, limit=5)) <= 5
