"""The respondents' pages: cached, small, without cookie; errors beside and on top; repeats by button."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser

import pytest

from sucharit.assessments.collect import campaigns, keys
from sucharit.assessments.collect.lane import CollectLane
from sucharit.assessments.intake import receipts
from sucharit.assessments.models import CollectResponse
from sucharit.core import clock
from tests import make
from tests.assessments.collect import make_collect as mc

pytestmark = pytest.mark.django_db


class Fields(HTMLParser):
    """Names and values of a page's form fields."""

    def __init__(self, html):
        super().__init__()
        self.found = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag in ("input", "textarea", "select") and "name" in given:
            checkable = given.get("type") in ("radio", "checkbox")
            if not checkable or "checked" in given:
                self.found.setdefault(given["name"], []).append(given.get("value", ""))
            else:
                self.found.setdefault(given["name"], [])


@pytest.fixture
def units():
    return make.ministry()


@pytest.fixture
def lane(client, settings):
    """The client as with the fast lane in the settings, whether or not it is there already."""
    name = "sucharit.assessments.collect.lane.CollectLane"
    settings.MIDDLEWARE = [name, *(m for m in settings.MIDDLEWARE if m != name)]
    return client


def address(made, code="th-38"):
    return f"/q/{mc.part(made, code).collect_code.code}"


def test_the_form_is_short_has_no_cookie_and_says_what_is_kept(lane, units):
    path = address(mc.campaign(units["moi"], [units["th-38"]]))
    assert len(path) <= 25
    got = lane.get(path)
    assert got.status_code == 200
    assert not got.cookies
    assert "script-src 'self'" in got.headers["Content-Security-Policy"]
    html = got.content.decode()
    assert "แบบประเมินทดสอบ" in html
    assert html.count("<legend>") == 3  # q1, q2, again
    assert 'type="radio" name="q1" value="5"' in html
    assert "English" in html
    assert "level 5" in lane.get(path + "?lang=en").content.decode()


def test_two_pages_differ_only_in_their_ids(lane, units):
    path = address(mc.campaign(units["moi"], [units["th-38"]]))
    pages = [lane.get(path).content.decode() for _ in range(2)]
    ids = [Fields(p).found["~submission"][0] for p in pages]
    assert ids[0] != ids[1]
    assert pages[0].replace(ids[0], "") == pages[1].replace(ids[1], "")


def test_thirty_questions_fit_in_thirty_kilobytes(lane, units):
    document = mc.evaluation_document(id="test.thirty")
    document["items"] = [
        {"id": f"q{n}", "type": "choice", "scale": "agree5", "required": "yes",
         "label": {"th": f"ข้อ {n} ท่านเห็นว่าหน่วยงานเปิดเผยข้อมูลการจัดซื้อจัดจ้างอย่างครบถ้วน", "en": f"q {n}"}}
        for n in range(1, 31)
    ]  # fmt: skip
    made = mc.campaign(units["moi"], [units["th-38"]], framework_=mc.framework(document))
    plain = lane.get(address(made))
    packed = lane.get(address(made), headers={"accept-encoding": "gzip"})
    assert len(plain.content) <= 30_000
    assert len(packed.content) <= 10_000


def test_unknown_closed_and_not_begun_look_alike(lane, units):
    made = mc.campaign(units["moi"], [units["th-38"]])
    path = address(made)
    campaigns.close_campaign(actor=mc.SYSTEM, campaign=made)
    today = clock.today()
    later = mc.campaign(
        units["moi"], [units["th-66"]],
        opens_on=today + dt.timedelta(days=2), closes_on=today + dt.timedelta(days=3),
    )  # fmt: skip
    answers = [lane.get(p) for p in (path, address(later, "th-66"), "/q/ABCDEFGHABCDEFGH", "/q/x")]
    assert {a.status_code for a in answers} == {404}
    assert len({a.content for a in answers}) == 1


def test_errors_stand_on_top_and_beside_and_answers_stay(lane, units):
    path = address(mc.campaign(units["moi"], [units["th-38"]]))
    got = lane.post(
        path,
        "q1=5&again=0&why=%E0%B9%84%E0%B8%A1%E0%B9%88",
        content_type="application/x-www-form-urlencoded",
    )
    html = got.content.decode()
    assert got.status_code == 422
    assert 'href="#q2"' in html
    assert 'id="q2-why"' in html
    assert 'value="5" id=' not in html
    fields = Fields(html).found
    assert fields["q1"] == ["5"]
    assert "ไม่" in html
    assert not CollectResponse.objects.exists()


def test_sending_gives_a_receipt_and_the_key_never_stands_in_a_page(lane, units):
    made = mc.campaign(units["moi"], [units["th-38"]], access="one_use_keys")
    part = mc.part(made, "th-38")
    (key,) = keys.issue_keys(actor=mc.SYSTEM, campaign_unit=part, n=1)
    path = address(made)
    page = Fields(lane.get(path).content.decode()).found["~submission"][0]
    body = {"~submission": page, "~key": key, "q1": "5"}
    form = "application/x-www-form-urlencoded"
    wrong = lane.post(path, "&".join(f"{k}={v}" for k, v in body.items()), content_type=form)
    assert wrong.status_code == 422
    assert key not in wrong.content.decode()
    body |= {"q2": "5", "again": "1"}
    good = lane.post(path, "&".join(f"{k}={v}" for k, v in body.items()), content_type=form)
    assert good.status_code == 200
    assert receipts.receipt(part.collect_code.code, page) in good.content.decode()
    fresh = receipts.new_submission()
    again = lane.post(
        path,
        "&".join(f"{k}={v}" for k, v in {**body, "~submission": fresh}.items()),
        content_type=form,
    )
    assert again.status_code == 409


@pytest.mark.parametrize("body", [b"\xff\xfe", b"q1=%00", b"a=b&" * 5000, b"x" * 300_000])
def test_what_is_no_form_is_refused_calmly(lane, units, body):
    path = address(mc.campaign(units["moi"], [units["th-38"]]))
    got = lane.post(path, body, content_type="application/x-www-form-urlencoded")
    assert got.status_code == 400
    assert lane.put(path).status_code == 405


def repeat_document():
    document = mc.evaluation_document(id="test.repeat")
    document["items"] = [
        {"id": "talks", "type": "repeat", "title": mc.both("Talk"), "min": "1", "max": "3"},
        {"id": "who", "in": "talks", "type": "text", "label": mc.both("Speaker"), "required": "yes"},
        {"id": "good", "in": "talks", "type": "choice", "scale": "agree5", "label": mc.both("Good")},
    ]  # fmt: skip
    document["scoring"] = {"nodes": {}}
    return document


def test_a_repeat_grows_by_its_button_without_script(lane, units):
    made = mc.campaign(units["moi"], [units["th-38"]], framework_=mc.framework(repeat_document()))
    path, form = address(made), "application/x-www-form-urlencoded"
    first = Fields(lane.get(path).content.decode()).found
    assert "talks:0:who" in first
    assert "talks:1:who" not in first
    page = first["~submission"][0]
    grown = lane.post(
        path, f"~submission={page}&~n:talks=1&talks:0:who=Somchai&~add=talks", content_type=form
    )
    assert grown.status_code == 200
    fields = Fields(grown.content.decode()).found
    assert fields["~n:talks"] == ["2"]
    assert fields["~submission"] == [page]
    assert "Somchai" in grown.content.decode()
    missing = lane.post(
        path, f"~submission={page}&~n:talks=2&talks:0:who=A&talks:1:good=5", content_type=form
    )
    assert 'href="#talks:1:who"' in missing.content.decode()
    sent = lane.post(
        path, f"~submission={page}&~n:talks=3&talks:0:who=A&talks:1:who=B&talks:1:good=5",
        content_type=form,
    )  # fmt: skip
    assert sent.status_code == 200
    assert CollectResponse.objects.get().answers == {
        "talks": [{"who": "A"}, {"who": "B", "good": "5"}]
    }


def test_a_signed_in_questionnaire_sends_to_the_sign_in(lane, units):
    made = mc.campaign(units["moi"], [units["th-38"]], access="signed_in")
    got = lane.get(address(made))
    assert got.status_code == 302
    assert got.headers["Location"].startswith("/assessments/answer/")


def test_the_lane_has_its_own_prefix():
    assert CollectLane.prefix == "/q/"
