"""What a phone gets: small, without cookies, in two languages, errors that keep the answers."""

from __future__ import annotations

import gzip
import io
import re

import pytest
from django.test import Client

from sucharit.assessments.intake import keys, receipts, splice
from sucharit.assessments.models import AccessKey, ResponseCounter, Round, SurveyResponse
from sucharit.core import clock
from sucharit.core.actors import System
from tests.assessments.intake import sheets
from tests.assessments.intake.sheets import TODAY, sheet


@pytest.fixture(autouse=True)
def _march_2024(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def phone():
    """A browser that would show a failing view as an error, as a server does."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def text(response):
    return response.content.decode()


def test_a_survey_is_answered_without_cookie_session_or_csrf_token(opened, phone):
    address = f"/s/{opened.iit_code}"
    page = text(phone.get(address))
    submission = re.search(r'name="submission" value="([0-9a-f]{32})"', page)[1]
    done = post(phone, address, sheet(submission=submission))
    assert done.status_code == 200
    receipt = re.search(r'class="receipt">([2-9A-Z-]{14})<', text(done))[1]
    assert receipts.genuine(opened.iit_code, receipt)
    assert not phone.cookies
    assert not any("cookie" in name.lower() for name in done.headers)
    assert SurveyResponse.objects.count() == 1


def post(phone, address, form):
    body = "&".join(f"{k}={v}" for k, v in form.items())
    return phone.post(address, body, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("method", ["get", "post"])
def test_survey_pages_carry_their_security_headers(opened, phone, method):
    found = getattr(phone, method)(f"/s/{opened.iit_code}")
    policy = found["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert found["Cache-Control"] == "no-store"
    assert found["Referrer-Policy"] == "no-referrer"
    assert found["X-Frame-Options"] == "DENY"
    assert found["X-Content-Type-Options"] == "nosniff"


def test_a_page_costs_no_query_once_the_survey_is_known(opened, phone, django_assert_num_queries):
    phone.get(f"/s/{opened.iit_code}")
    with django_assert_num_queries(0):
        phone.get(f"/s/{opened.iit_code}")


def test_unknown_closed_and_not_yet_open_look_the_same_and_cost_the_same(
    opened, make, phone, django_assert_num_queries
):
    closed = sheets.participation(sheets.round_of(opened.unit, state="review"), opened.unit)
    with django_assert_num_queries(1) as first:
        unknown = phone.get("/s/ABCDEFGHJKMNPQRS")
    with django_assert_num_queries(1) as second:
        shut = phone.get(f"/s/{closed.iit_code}")
    assert (
        (unknown.status_code, unknown.content)
        == (shut.status_code, shut.content)
        == (404, unknown.content)
    )
    assert dict(unknown.headers.items()) == dict(shut.headers.items())
    assert re.sub("'.*?'", "?", first[0]["sql"]) == re.sub("'.*?'", "?", second[0]["sql"])
    sent = post(phone, f"/s/{closed.iit_code}", sheet())
    assert (sent.status_code, sent.content) == (404, unknown.content)


@pytest.mark.parametrize(
    "path", ["/s/", "/s/a/b", "/s/%00", "/s/' OR 1=1--", "/s/ก", "/s/" + "%00" * 16]
)
def test_odd_addresses_are_not_found(db, phone, path):
    assert phone.get(path).status_code == 404


def test_a_code_may_be_typed_in_small_letters(opened, phone):
    assert phone.get(f"/s/{opened.iit_code.lower()}/").status_code == 200


def test_a_page_speaks_thai_and_english(opened, phone):
    thai, english = (text(phone.get(f"/s/{opened.eit_code}{q}")) for q in ("", "?lang=en"))
    assert '<html lang="th">' in thai
    assert "แบบวัดภายนอก" in thai
    assert "กระทรวงทดสอบ" in thai
    assert "ส่งคำตอบ" in thai
    assert '<html lang="en">' in english
    assert "External survey" in english
    assert "Test Ministry" in english
    assert "Send answers" in english
    assert opened.iit_code not in thai + english


def test_the_demo_says_so(opened, phone):
    assert "ข้อมูลสาธิต" not in text(phone.get(f"/s/{opened.iit_code}"))
    Round.objects.update(synthetic=True)
    from sucharit.assessments.intake import lookup

    lookup.forget()
    assert "ข้อมูลสาธิต" in text(phone.get(f"/s/{opened.iit_code}"))


def test_a_page_names_its_icon(opened, phone):
    """A browser asks for /favicon.ico otherwise, and the page "not found" sets a cookie."""
    assert '<link rel="icon"' in text(phone.get(f"/s/{opened.iit_code}"))


def test_every_question_is_a_named_group_of_radio_buttons(opened, phone):
    page = text(phone.get(f"/s/{opened.iit_code}"))
    assert page.count("<fieldset") == page.count("<legend>") == 6
    assert page.count('type="radio"') == 24
    assert page.count(" required") == 6
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "<style" not in page
    assert "style=" not in page
    # One script of our own, which a page works without; what it shows is hidden until it runs.
    assert re.findall(r"<script[^>]*>", page) == [
        '<script src="/static/assessments/survey.js" defer>'
    ]
    assert re.search(r'<div id="draft"[^>]* hidden', page)


def test_an_error_page_keeps_the_answers_and_points_at_what_is_missing(opened, phone):
    form = sheet("123412") | {"i2.1": "", "i3.2": "9"}
    found = post(phone, f"/s/{opened.iit_code}", form)
    page = text(found)
    assert found.status_code == 422
    assert "ยังไม่ได้ตอบ 2 ข้อ" in page
    assert re.findall(r'<a href="#([^"]+)">', page) == ["i2.1", "i3.2"]
    assert all(f'id="{code}"' in page for code in ("i2.1", "i3.2"))
    kept = re.findall(r'name="([^"]+)" value="([^"]+)"[^>]* checked', page)
    assert kept == [("i1.1", "1"), ("i1.2", "2"), ("i2.2", "4"), ("i3.1", "1")]
    assert page.count('class="wrong"') == 2
    assert form["submission"] in page
    assert not SurveyResponse.objects.exists()


def test_a_refused_key_keeps_the_answers_but_is_not_repeated(keyed, phone):
    found = post(phone, f"/s/{keyed.iit_code}", sheet(key="WRONGWRONG22"))
    page = text(found)
    assert found.status_code == 409
    assert page.count(" checked") == 6
    assert "WRONG" not in page
    assert '<a href="#key">' in page


def test_the_other_refusals_are_pages(opened, keyed, phone):
    address = f"/s/{opened.iit_code}"
    form = sheet("111111")
    assert post(phone, address, form).status_code == 200
    changed = post(phone, address, form | {"i1.1": "2"})
    assert (changed.status_code, "หน้านี้ส่งคำตอบไปแล้ว" in text(changed)) == (409, True)
    ResponseCounter.objects.update(cap=1)
    full = post(phone, address, sheet())
    assert (full.status_code, "ครบจำนวน" in text(full)) == (409, True)
    assert phone.post(address, sheet()).status_code == 400  # multipart: no form of ours
    assert post(phone, address, {"x": "y" * 40_000}).status_code == 400
    assert (
        phone.post(
            address, b"\xff\xfe", content_type="application/x-www-form-urlencoded"
        ).status_code
        == 400
    )
    assert phone.put(address).status_code == 405
    assert post(phone, address, {"x": ""}).status_code == 422


def test_a_resend_gives_the_same_page(opened, phone):
    form = sheet()
    first, second = (post(phone, f"/s/{opened.iit_code}", form) for _ in range(2))
    assert (first.status_code, first.content) == (second.status_code, second.content)


def test_a_key_in_the_address_is_not_taken(keyed, phone):
    key = keys.issue_keys(actor=System("test"), participation=keyed, instrument="IIT", n=1)[0]
    assert post(phone, f"/s/{keyed.iit_code}?key={key}", sheet()).status_code == 409
    assert not AccessKey.objects.get().used
    assert key not in text(phone.get(f"/s/{keyed.iit_code}?key={key}"))


def test_a_page_is_the_same_packed_and_plain(opened, phone):
    address = f"/s/{opened.iit_code}"
    packed = phone.get(address, headers={"accept-encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert int(packed["Content-Length"]) == len(packed.content)
    body = gzip.decompress(packed.content).decode()
    hide = lambda page: re.sub("[0-9a-f]{32}", "", page)  # noqa: E731
    assert hide(body) == hide(text(phone.get(address)))
    assert len(packed.content) < len(body) / 2


@pytest.mark.parametrize("value", ["", "a", "<b>&\"'", "ก" * 3000])
def test_a_spliced_page_escapes_and_unpacks(value):
    page = splice.Page.cut(f"<p>{splice.hole('a')}</p>\n  <p>{splice.hole('b')}</p>")
    plain = page.plain({"a": value, "b": "x"})
    assert gzip.decompress(page.gzipped({"a": value, "b": "x"})) == plain
    assert b"<b>" not in plain


@pytest.mark.parametrize("code", ["ita-2564", "ita-2567"])
@pytest.mark.parametrize("instrument", ["iit", "eit"])
def test_the_real_instruments_stay_small(make, moi, phone, code, instrument):
    """The bar is 30 kB a page; the longest edition (51 questions) meets it packed."""
    round_ = make.round_([moi], owner=moi, framework_=make.framework(code), today=TODAY)
    address = f"/s/{getattr(round_.participations.get(), f'{instrument}_code')}"
    page = phone.get(address)
    assert page.status_code == 200
    sent = len(phone.get(address, headers={"accept-encoding": "gzip"}).content)
    assert sent < 12_000
    if code == "ita-2567":
        assert len(page.content) <= 30_000


def test_the_lane_keeps_a_failure_and_its_text_to_itself(opened, phone, monkeypatch, caplog):
    from sucharit.assessments.intake import services

    def fail(**_):
        raise RuntimeError("SECRET ANSWERS")

    monkeypatch.setattr(services, "accept_response", fail)
    found = post(phone, f"/s/{opened.iit_code}", sheet())
    assert found.status_code == 500
    assert "SECRET" not in text(found) + caplog.text
    assert "RuntimeError" in caplog.text


def test_the_lane_redirects_to_https_where_that_is_set(opened, phone, settings):
    settings.SECURE_SSL_REDIRECT = True
    found = phone.get(f"/s/{opened.iit_code}")
    assert (found.status_code, found["Location"]) == (
        301,
        f"https://testserver/s/{opened.iit_code}",
    )
    assert phone.get(f"/s/{opened.iit_code}", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("unit_officer", 200),
        ("unit_head", 200),
        ("ministry_centre", 200),
        ("assessor", 404),
        ("auditor", 404),
        (None, 404),
    ],
)
def test_the_links_page_belongs_to_who_may_edit(opened, make, client, role, expected):
    client.force_login(make.user(role, opened.unit if role else None))
    assert (
        client.get(f"/assessments/rounds/{opened.round_id}/units/moi/links/").status_code
        == expected
    )
    assert client.post(
        f"/assessments/rounds/{opened.round_id}/units/moi/links/cards/"
    ).status_code == (409 if expected == 200 else 404)


def test_the_links_page_of_another_unit_is_not_found(opened, make, client):
    other = make.unit("other", parent=opened.unit)
    client.force_login(make.user("unit_officer", other))
    assert client.get(f"/assessments/rounds/{opened.round_id}/units/moi/links/").status_code == 404
    assert (
        Client().get(f"/assessments/rounds/{opened.round_id}/units/moi/links/").status_code == 404
    )


def test_the_links_page_shows_two_addresses_and_the_fill(opened, make, client):
    ResponseCounter.objects.create(participation=opened, instrument="IIT", n=11)
    client.force_login(make.user("unit_officer", opened.unit))
    page = text(client.get(f"/assessments/rounds/{opened.round_id}/units/moi/links/"))
    assert f"/s/{opened.iit_code}" in page
    assert f"/s/{opened.eit_code}" in page
    assert page.count('class="qr"') == 2
    assert "10 ถึง 14" in page  # eleven, told in a step while the survey is open
    assert ">11<" not in page.replace(" ", "")
    assert ">30<" in page.replace(" ", "")  # 10 % of 120 is below 30


def test_cards_show_working_keys_once(keyed, make, client, phone):
    client.force_login(make.user("unit_officer", keyed.unit))
    base = f"/assessments/rounds/{keyed.round_id}/units/moi/links/"
    page = client.post(f"{base}cards/", {"instrument": "IIT", "n": "3"})
    shown = re.findall(r'class="key-code">([2-9A-Z-]{14})<', text(page))
    assert len(set(shown)) == 3
    assert "no-store" in page["Cache-Control"]
    assert post(phone, f"/s/{keyed.iit_code}", sheet(key=shown[0])).status_code == 200
    again = text(client.get(base))
    assert not any(key in again for key in shown)
    assert client.post(f"{base}cards/", {"instrument": "IIT", "n": "0"}).status_code == 409
    assert client.get(f"{base}cards/").status_code == 405


def test_cards_come_as_pdf_ten_a_page_and_only_once(keyed, make, client):
    from pypdf import PdfReader

    from sucharit.core.pdf import pdf_available

    if not pdf_available():
        pytest.skip("Pango or the fonts are not installed")
    client.force_login(make.user("unit_officer", keyed.unit))
    base = f"/assessments/rounds/{keyed.round_id}/units/moi/links/"
    found = client.post(f"{base}cards/", {"instrument": "EIT", "n": "11", "as": "pdf"})
    assert found["Content-Type"] == "application/pdf"
    assert "no-store" in found["Cache-Control"]
    sheets_ = PdfReader(io.BytesIO(found.content)).pages
    shown = [re.findall("[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", s.extract_text()) for s in sheets_]
    assert [len(set(keys_)) for keys_ in shown] == [10, 1]
    hashes = {receipts.key_hash(key) for page in shown for key in page}
    assert hashes == set(AccessKey.objects.values_list("key_hash", flat=True))
    assert "แสดงหรือพิมพ์ซ้ำไม่ได้" in text(client.get(base))
    too_many = client.post(f"{base}cards/", {"instrument": "EIT", "n": "201", "as": "pdf"})
    assert too_many.status_code == 409
    assert AccessKey.objects.count() == 11
