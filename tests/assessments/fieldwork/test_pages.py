"""The pages: figures in steps, reminders, the way of a paper batch with its errors; all without scripts."""

from __future__ import annotations

import re

import pytest

from sucharit.assessments.fieldwork.services import paper
from sucharit.assessments.models import (
    PaperBatch,
    PaperEntry,
    Participation,
    Reminder,
    ResponseCounter,
    Round,
    SurveyResponse,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def base(field):
    return f"/assessments/rounds/{field.round.pk}/"


@pytest.fixture
def as_(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_fill_page_tells_steps_and_words(field, base, as_):
    for instrument, n in (("IIT", 13), ("EIT", 31)):
        ResponseCounter.objects.create(participation=field.part, instrument=instrument, n=n)
    page = text(as_(field.ann).get(f"{base}fill/"))
    assert "10 ถึง 14" in page
    assert "30 ถึง 34" in page
    assert not re.search(r">\s*13\s*<", page)
    assert "ยังไม่ถึงเกณฑ์" in page
    assert "ครบตามเกณฑ์" in page
    assert "จังหวัดบึงกาฬ" in page
    assert "จังหวัดพิจิตร" not in page


def test_htmx_gets_only_the_part_that_changes_and_asks_again(field, base, as_):
    part = text(as_(field.centre).get(f"{base}fill/?state=far", headers={"hx-request": "true"}))
    assert part.startswith('<div id="fill"')
    assert "<html" not in part
    assert 'hx-trigger="every 30s"' in part
    assert f'hx-get="{base}fill/?state=far"' in part


def test_a_province_and_a_state_can_be_chosen(field, base, as_):
    found = as_(field.centre).get(f"{base}fill/?under=th-38&state=far")
    units = [r.participation.unit.code for r in found.context["page"].object_list]
    assert sorted(units) == ["th-38", "th-3801"]
    assert as_(field.centre).get(f"{base}fill/?under=nowhere").status_code == 404
    assert as_(field.ann).get(f"{base}fill/?under=th-66").status_code == 404
    empty = as_(field.centre).get(f"{base}fill/?state=enough")
    assert "ไม่มีหน่วยงานในสถานะนี้" in text(empty)
    assert "no-store" in empty["Cache-Control"]


def test_after_closing_the_page_tells_final_counts(field, base, as_):
    ResponseCounter.objects.create(participation=field.part, instrument="IIT", n=13)
    Round.objects.update(state="review")
    page = text(as_(field.ann).get(f"{base}fill/"))
    assert "<strong>13</strong>" in page
    assert "ปิดรับคำตอบแล้ว" in page


def test_no_other_page_of_an_open_round_tells_the_count(field, base, as_):
    ResponseCounter.objects.create(participation=field.part, instrument="IIT", n=13)
    for path in ("", "links/", "population/", "fill/", "paper/"):
        page = text(as_(field.ann).get(f"{base}units/th-38/{path}"))
        told = re.sub(r"<svg.*?</svg>|<head.*</head>|<[^>]*>|13 มี\.ค\.|:13", "", page)
        assert not re.search(r"(?<!\d)13(?!\d)", told), path


def test_the_centre_reminds_from_the_page(field, base, as_):
    page = text(as_(field.centre).get(f"{base}remind/"))
    assert "จะเตือน 4 หน่วยงาน" in page
    sent = as_(field.centre).post(
        f"{base}remind/", {"below": "100", "message": "โปรดติดป้าย QR ที่จุดบริการ"}, follow=True
    )
    assert "เตือนแล้ว 4 หน่วยงาน" in text(sent)
    assert Reminder.objects.count() == 4
    assert "ได้รับการเตือนภายใน 3 วัน" in text(as_(field.centre).get(f"{base}remind/"))
    unit = text(as_(field.ann).get(f"{base}units/th-38/fill/"))
    assert "โปรดติดป้าย QR ที่จุดบริการ" in unit
    desk = text(as_(field.ann).get("/desk/"))
    assert "ได้รับการเตือน: ผู้ตอบแบบวัด IIT, EIT ยังไม่ถึงเกณฑ์" in desk


def test_reminding_too_long_or_too_late_says_so_and_keeps_the_text(field, base, as_):
    long = as_(field.centre).post(f"{base}remind/", {"below": "100", "message": "ก" * 501})
    assert long.status_code == 200
    assert "ก" * 501 in text(long)
    assert 'id="errors"' in text(long)
    Round.objects.update(state="review")
    late = as_(field.centre).post(f"{base}remind/", {"below": "100", "message": "x"})
    assert "ไม่ได้เปิดอยู่" in text(late)
    assert not Reminder.objects.exists()


def test_a_unit_with_nobody_below_is_told_who_reminds(field, base, as_):
    assert "ศปท. ของกระทรวงเตือนได้ทุกหน่วยงาน" in text(as_(field.district).get(f"{base}remind/"))


def open_batch(client, base, instrument="EIT", forms="12"):
    """Opens a batch by the page; gives its address."""
    given = {"instrument": instrument, "forms": forms}
    made = client.post(f"{base}units/th-38/paper/", given)
    assert made.status_code == 302, text(made)
    return made["Location"]


def keyed(client, address, change=None):
    """Keys twelve EIT forms over both pages of the grid, then finishes."""
    digits = {f"f{n}": ["1", "2", "3", str(n % 5)] for n in range(1, 13)} | (change or {})
    first = {k: v for k, v in digits.items() if int(k[1:]) <= 10}
    second = {k: v for k, v in digits.items() if int(k[1:]) > 10}
    moved = client.post(f"{address}key/", {**first, "from": "1", "go": "next"})
    assert moved["Location"].endswith("key/?from=11")
    return client.post(f"{address}key/", {**second, "from": "11", "go": "finish"}, follow=True)


def test_a_batch_from_the_first_digit_to_the_commit(field, base, as_):
    address = open_batch(as_(field.ann), base)
    assert "คีย์ครบแล้ว" in text(keyed(as_(field.ann), address))
    page = keyed(as_(field.bob), address, {"f2": ["1", "2", "4", "2"]})
    assert "คีย์ไม่ตรงกัน" in text(page)
    decide = as_(field.cat).get(f"{address}decide/")
    assert "ฉบับที่ 2 ข้อ e2.1" in text(decide)
    undecided = as_(field.cat).post(f"{address}decide/", {})
    assert undecided.status_code == 422
    assert 'aria-invalid="true"' in text(undecided)
    settled = as_(field.cat).post(f"{address}decide/", {"d2-2": "4"}, follow=True)
    assert "พร้อมนำเข้า" in text(settled)
    done = as_(field.cat).post(f"{address}step/", {"action": "commit"}, follow=True)
    assert "นำเข้าเป็นคำตอบแล้ว" in text(done)
    assert SurveyResponse.objects.count() == 12
    assert not PaperEntry.objects.exists()
    twice = as_(field.cat).post(f"{address}step/", {"action": "commit"}, follow=True)
    assert "เปลี่ยนสถานะไปแล้ว" in text(twice)
    assert SurveyResponse.objects.count() == 12


def test_a_digit_off_the_scale_is_marked_beside_the_box_and_on_top(field, base, as_):
    address = open_batch(as_(field.ann), base)
    sheet = {f"f{n}": ["1", "1", "1", "1"] for n in range(1, 11)}
    found = as_(field.ann).post(f"{address}key/", {**sheet, "f3": ["1", "9", "1", ""], "from": "1"})
    page = text(found)
    assert found.status_code == 422
    assert '<a href="#f3-1">ฉบับที่ 3 ข้อ e1.2: 1 ถึง 4 หรือ 0 ถ้าเว้นว่าง' in page
    assert re.search(r'id="f3-1" name="f3" value="9"[^>]*aria-invalid="true"', page)
    assert page.count('aria-invalid="true"') == 1
    grid = paper.grid_of(PaperBatch.objects.get(), PaperEntry.objects.get())
    assert grid.digits(3) == ["1", "", "1", ""]
    assert grid.digits(10) == ["1"] * 4


def test_finishing_too_early_leads_to_the_form_that_is_missing(field, base, as_):
    address = open_batch(as_(field.ann), base)
    last = {"f11": ["1"] * 4, "f12": ["1"] * 4}
    found = as_(field.ann).post(f"{address}key/", {**last, "from": "11", "go": "finish"}, follow=True)  # fmt: skip
    assert found.redirect_chain[-1][0].endswith("?from=1")
    assert "ยังคีย์ไม่ครบ" in text(found)


@pytest.mark.parametrize("asked", ["0", "-3", "999999999", "x", ""])
def test_any_page_number_shows_a_page_of_the_grid(field, base, as_, asked):
    address = open_batch(as_(field.ann), base)
    assert as_(field.ann).get(f"{address}key/", {"from": asked}).status_code == 200


def test_a_form_with_too_few_boxes_is_refused_not_guessed(field, base, as_):
    address = open_batch(as_(field.ann), base)
    found = as_(field.ann).post(f"{address}key/", {"f1": ["1"], "from": "1"})
    assert "แต่ละฉบับมี 4 คำตอบ" in text(found)
    assert not PaperEntry.objects.exists()


def test_a_pasted_table_is_taken_whole_or_not_at_all(field, base, as_):
    address = open_batch(as_(field.ann), base)
    good = "\n".join(f"{n},1,2,3,4" for n in range(1, 13))
    bad = as_(field.ann).post(f"{address}paste/", {"table": f"{good}\n13,1,1,1,1\n2,1,1,1,9"})
    page = text(bad)
    assert bad.status_code == 422
    assert "บรรทัดที่ 13: “13” ไม่ใช่เลขที่ฉบับ 1 ถึง 12" in page
    assert "บรรทัดที่ 14: ฉบับที่ 2 อยู่ในสองแถว" in page
    assert "12,1,2,3,4" in page  # nothing has to be pasted again
    assert not PaperEntry.objects.exists()
    taken = as_(field.ann).post(f"{address}paste/", {"table": good}, follow=True)
    assert "รับข้อมูลแล้ว 12 ฉบับ" in text(taken)
    assert paper.grid_of(PaperBatch.objects.get(), PaperEntry.objects.get()).unkeyed() == []
    empty = as_(field.bob).post(f"{address}paste/", {"table": "form,e1.1,e1.2,e2.1,e2.2\n"})
    assert "ไม่พบแถวคำตอบ" in text(empty)


def test_the_second_keyer_sees_nothing_of_the_first(field, base, as_):
    address = open_batch(as_(field.ann), base)
    keyed(as_(field.ann), address, {"f1": ["4", "4", "4", "4"]})
    page = text(as_(field.bob).get(f"{address}key/"))
    assert page.count('value=""') >= 40
    assert 'value="4"' not in page
    assert as_(field.ann).get(f"{address}key/").status_code == 302  # finished: no second thoughts
    assert as_(field.cat).get(f"{address}decide/").status_code == 302


def test_far_too_many_differences_lead_to_giving_up_not_to_a_thousand_choices(field, base, as_):
    address = open_batch(as_(field.ann), base, forms="100")
    batch = PaperBatch.objects.get()
    for who, digit in ((field.ann, "1"), (field.bob, "2")):
        paper.save_rows(actor=who, batch=batch, rows={n: [digit] * 4 for n in range(1, 101)})
        paper.finish_entry(actor=who, batch=batch)
    page = text(as_(field.cat).get(f"{address}decide/"))
    assert "<select" not in page
    assert "เรียงเลขที่ฉบับต่างกัน" in page
    gone = as_(field.cat).post(f"{address}step/", {"action": "drop"}, follow=True)
    assert "ยกเลิกแล้ว" in text(gone)
    assert not PaperEntry.objects.exists()


def test_a_batch_with_too_few_forms_is_refused_beside_the_field(field, base, as_):
    found = as_(field.ann).post(
        f"{base}units/th-38/paper/", {"instrument": "IIT", "forms": "4"}
    )  # fmt: skip
    assert found.status_code == 200
    assert 'href="#id_forms"' in text(found)
    assert not PaperBatch.objects.exists()


def test_a_round_with_keys_says_how_paper_goes_with_cards(field, base, as_):
    assert "นำบัตรที่ยังไม่ใช้มาแลก" not in text(as_(field.ann).get(f"{base}units/th-38/paper/"))
    Round.objects.update(access="one_use_keys")
    assert "นำบัตรที่ยังไม่ใช้มาแลก" in text(as_(field.ann).get(f"{base}units/th-38/paper/"))


def test_part_2_names_the_merge_rule_and_shows_both_counts(field, base, as_):
    ResponseCounter.objects.create(participation=field.part, instrument="EIT", part="2", n=17)
    page = text(as_(field.assessor).get(f"{base}units/th-38/part2/"))
    assert "รวมกัน: เฉลี่ยคำตอบทั้งสองส่วนพร้อมกัน" in page
    assert "ยังไม่ยืนยัน" in page or "chip-warn" in page
    assert '<dd class="col-sm-8">17</dd>' in page
    made = as_(field.assessor).post(f"{base}units/th-38/part2/", {"forms": "5", "single": "on"})
    batch = PaperBatch.objects.get()
    assert (batch.part, batch.double) == ("2", False)
    assert "คีย์ครั้งเดียว" in text(as_(field.assessor).get(made["Location"]))
    assert as_(field.ann).get(made["Location"]).status_code == 403
    assert as_(field.stranger).get(made["Location"]).status_code == 404
    rows = {f"f{n}": ["1", "2", "0", "4"] for n in range(1, 6)}
    done = as_(field.assessor).post(f"{made['Location']}key/", {**rows, "from": "1", "go": "finish"}, follow=True)  # fmt: skip
    assert "พร้อมนำเข้า" in text(done)
    as_(field.assessor).post(f"{made['Location']}step/", {"action": "commit"})
    assert ResponseCounter.objects.get(part="2").n == 22


def test_a_batch_of_another_unit_is_not_there_under_ones_own_address(field, base, as_):
    address = open_batch(as_(field.ann), base)
    pk = address.rstrip("/").rsplit("/", 1)[1]
    assert as_(field.centre).get(f"{base}units/th-66/paper/{pk}/").status_code == 404


def test_the_desk_tells_each_officer_his_own_duty(field, base, as_):
    address = open_batch(as_(field.ann), base)
    assert "คีย์แบบกระดาษชุดที่" in text(as_(field.bob).get("/desk/"))
    keyed(as_(field.ann), address)
    assert "คีย์แบบกระดาษชุดที่" not in text(as_(field.ann).get("/desk/"))
    keyed(as_(field.bob), address)
    assert "เข้าเป็นคำตอบ (EIT 12 ฉบับ)" in text(as_(field.ann).get("/desk/"))


def test_units_without_head_counts_are_unknown_not_empty(field, base, as_):
    Participation.objects.update(staff_count=None, public_count=None)
    page = text(as_(field.ann).get(f"{base}units/th-38/fill/"))
    assert "ยังไม่กรอกจำนวนคน" in page
    assert "population/" in page
