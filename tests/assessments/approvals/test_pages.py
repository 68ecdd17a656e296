"""Pages of approval: what each reader finds, every button, every refusal beside its field."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache

from sucharit.assessments.approvals import queries, sentences, services, workflows
from sucharit.assessments.approvals.sentences import AUDIENCES, KEYS, SENTENCES
from sucharit.assessments.models import Approval, ApprovalEvent, Round, UnlockRequest
from sucharit.core import clock
from sucharit.desk.models import ActionItem
from tests.assessments.approvals.making import departments, results, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def s(make):
    cache.clear()
    made = scene()
    made.finish("moi-cdd", "th-38", "th-3801")
    return made


@pytest.fixture
def see(s, client):
    def get(who, tail):
        client.force_login(s.people[who])
        return client.get(f"/assessments/approvals/{tail}").content.decode()

    return get


@pytest.fixture
def post(s, client):
    def send(who, code, go, **fields):
        client.force_login(s.people[who])
        return client.post(at(s, code), {"go": go, **fields})

    return send


def at(s, code):
    return f"/assessments/approvals/round/{s.round.pk}/{code}/"


def unit(s, code):
    return f"round/{s.round.pk}/{code}/"


def tree(s, code=""):
    return f"?workflow={s.key}" + (f"&unit={code}" if code else "")


def test_there_is_a_sentence_for_every_state_and_reader(s):
    assert set(SENTENCES) == {(key, reader) for key in KEYS for reader in AUDIENCES}
    assert len({str(text) for text in SENTENCES.values()}) > 25
    thai = [str(text) for text in SENTENCES.values()]
    assert all("ก" <= text[0] <= "๙" or text.startswith("%(") for text in thai), thai


def test_the_list_of_assessments(s, see):
    assert "รอบทดสอบ" in see("officer", "")
    assert "รอบทดสอบ" not in see("stranger", "")
    Round.objects.update(state="draft")
    assert "ยังไม่มีสิ่งที่ต้องรับรอง" in see("officer", "")


def test_the_tree_begins_where_the_reader_stands(s, see):
    assert "กระทรวงทดสอบ</h1>" in see("centre", tree(s)).replace("\n", "")
    assert "จังหวัดบึงกาฬ</h1>" in see("governor", tree(s)).replace("\n", "")
    assert "อำเภอเมืองบึงกาฬ" in see("officer", tree(s))


def test_children_with_state_completeness_and_buttons(s, see):
    page = see("centre", tree(s, "moi"))
    assert "กรมการพัฒนา" in page
    assert "2/2 (100%)" in page  # the province and its district
    assert "จังหวัดพิจิตร" not in page  # takes no part
    assert 'value="approve"' not in page  # the centre signs for nobody but the owner
    below = see("governor", tree(s, "th-38"))
    assert 'value="approve"' in below
    services.approve(actor=s.people["sheriff"], workflow=s.key, unit=s.units["th-3801"])
    below = see("governor", tree(s, "th-38"))
    assert 'value="accept"' in below
    assert "#return" in below


def test_the_number_of_queries_does_not_grow_with_the_units(
    s, client, django_assert_max_num_queries
):
    departments(s, 25)
    client.force_login(s.people["centre"])
    with django_assert_max_num_queries(60):
        assert client.get(f"/assessments/approvals/{tree(s, 'moi')}").status_code == 200


def test_a_button_of_the_tree_leads_back_to_it(s, post):
    got = post("governor", "th-3801", "approve", back="th-38")
    assert got["Location"] == f"/assessments/approvals/?workflow={s.key}&unit=th-38"
    assert Approval.objects.get().approved_level == 3
    got = post("governor", "th-3801", "accept", back="moi-cdd")  # a place he may not see
    assert got.status_code == 404


def test_up_and_back_by_the_pages(s, post, see):
    assert post("sheriff", "th-3801", "approve").status_code == 302
    assert "ท่านรับรองแล้ว" in see("sheriff", unit(s, "th-3801"))
    assert "หัวหน้าของท่านรับรองแล้ว" in see("officer", unit(s, "th-3801"))
    assert "โปรดอ่าน แล้วรับข้อมูลหรือส่งกลับ" in see("governor", unit(s, "th-3801"))
    assert "ระดับเหนือขึ้นไปยังไม่ได้พิจารณา" in see("auditor", unit(s, "th-3801"))
    assert post("governor", "th-3801", "accept", note="ครบ").status_code == 302
    page = see("sheriff", unit(s, "th-3801"))
    assert 'value="unapprove"' not in page
    assert post("governor", "th-3801", "unaccept").status_code == 302
    refused = post("governor", "th-3801", "unapprove", note="")
    assert refused.status_code == 200
    page = refused.content.decode()
    assert 'id="errors"' in page
    assert "is-invalid" in page
    assert post("governor", "th-3801", "unapprove", note="ยอดไม่ตรง").status_code == 302
    page = see("officer", unit(s, "th-3801"))
    assert "ยอดไม่ตรง" in page
    kinds = list(ApprovalEvent.objects.values_list("action", flat=True))
    assert kinds == ["approved", "accepted", "unaccepted", "unapproved"]


def test_what_a_unit_waits_for_is_named_and_linked(s, see):
    page = see("governor", unit(s, "th-38"))
    assert "แห่งแรกคืออำเภอเมืองบึงกาฬ" in page
    assert at(s, "th-3801") in page


def test_a_step_that_is_not_possible_says_why(s, post):
    got = post("governor", "th-38", "approve")
    assert got.status_code == 200
    assert "ยังรับรองไม่ได้" in got.content.decode()
    assert not Approval.objects.exists()


def test_roles_without_the_right_are_refused(s, post):
    assert post("officer", "th-3801", "approve").status_code == 403
    assert post("auditor", "th-3801", "accept").status_code == 403
    assert post("stranger", "th-3801", "approve").status_code == 404


@pytest.mark.parametrize("go", ["", "x", "load"])
def test_unknown_buttons_do_nothing(s, post, go):
    assert post("sheriff", "th-3801", go).status_code == 200
    assert not ApprovalEvent.objects.exists()


def test_without_a_report_after_the_last_day(s, post, see):
    s.round.participations.filter(unit__code="th-3801").update(oit_state="draft")
    assert 'value="approve_missing"' not in see("governor", unit(s, "th-3801"))
    late = clock.today() - dt.timedelta(days=1)
    Round.objects.update(oit_from=late, oit_to=late)
    assert 'value="approve_missing"' in see("governor", unit(s, "th-3801"))
    assert 'value="approve_missing"' not in see("officer", unit(s, "th-3801"))
    assert "is-invalid" in post("governor", "th-3801", "approve_missing").content.decode()
    assert post("governor", "th-3801", "approve_missing", note="ไม่มีเจ้าหน้าที่").status_code == 302
    assert "ไม่มีรายงาน" in see("officer", unit(s, "th-3801"))


class TestUnlock:
    @pytest.fixture(autouse=True)
    def _approved(self, s):
        services.approve(actor=s.people["sheriff"], workflow=s.key, unit=s.units["th-3801"])

    def test_asked_granted_and_open(self, s, post, see):
        assert "is-invalid" in post("officer", "th-3801", "ask").content.decode()
        assert post("officer", "th-3801", "ask", reason="ยอดผิด").status_code == 302
        assert 'value="grant"' not in see("sheriff", unit(s, "th-3801"))
        assert 'value="ask"' not in see("officer", unit(s, "th-3801"))
        page = see("governor", unit(s, "th-3801"))
        assert "ยอดผิด" in page
        bad = post("governor", "th-3801", "grant", until="1/1/2560")
        assert "is-invalid" in bad.content.decode()
        bad = post("governor", "th-3801", "grant", until="ไม่รู้")
        assert "is-invalid" in bad.content.decode()
        until = clock.today() + dt.timedelta(days=3)
        assert post("governor", "th-3801", "grant", until=until.isoformat()).status_code == 302
        assert "ปลดล็อกแล้ว" in see("officer", unit(s, "th-3801"))

    def test_refused(self, s, post, see):
        post("officer", "th-3801", "ask", reason="ยอดผิด")
        assert "is-invalid" in post("governor", "th-3801", "refuse").content.decode()
        assert post("governor", "th-3801", "refuse", answer="เกินกำหนด").status_code == 302
        assert UnlockRequest.objects.get().state == "refused"
        again = post("governor", "th-3801", "grant", until=clock.today().isoformat())
        assert "ไม่มีคำขอ" in again.content.decode()


class TestDesk:
    def items(self, s, who):
        user = type(s.people[who]).objects.get(pk=s.people[who].pk)
        return [(i.title, i.url) for i in queries.desk_items(user)]

    def test_a_head_owes_what_is_ready(self, s):
        assert [url for _t, url in self.items(s, "sheriff")] == [at(s, "th-3801")]
        assert self.items(s, "governor") == []
        services.approve(actor=s.people["sheriff"], workflow=s.key, unit=s.units["th-3801"])
        assert self.items(s, "sheriff") == []
        assert [url for _t, url in self.items(s, "governor")] == [at(s, "th-38")]
        assert self.items(s, "officer") == self.items(s, "auditor") == []

    def test_who_decides_on_an_unlock_owes_that(self, s):
        services.approve(actor=s.people["sheriff"], workflow=s.key, unit=s.units["th-3801"])
        services.request_unlock(
            actor=s.people["officer"], workflow=s.key, unit=s.units["th-3801"], reason="x"
        )
        assert any("ปลดล็อก" in title for title, _url in self.items(s, "governor"))
        assert any("ปลดล็อก" in title for title, _url in self.items(s, "centre"))
        assert self.items(s, "sheriff") == []

    def test_acceptance_is_owed_only_where_it_is_required(self, s):
        from tests.assessments.approvals.test_progress import campaign

        made, _rows = campaign(
            s, mode="people", state="closed", settings={"approvals": {"acceptance": "required"}}
        )
        flow = workflows.of(made)
        services.approve(actor=s.people["sheriff"], workflow=flow.key, unit=s.units["th-3801"])
        assert any("รับข้อมูลหรือส่งกลับ" in t for t, _u in self.items(s, "governor"))
        with pytest.raises(Exception, match="อำเภอเมืองบึงกาฬ"):
            services.approve(actor=s.people["governor"], workflow=flow.key, unit=s.units["th-38"])

    def test_final_assessments_owe_nothing(self, s):
        Round.objects.update(state="final")
        assert self.items(s, "sheriff") == []


class TestFindings:
    @pytest.fixture
    def found(self, s):
        Round.objects.update(state="final")
        codes = departments(s, 9)
        results(
            s, dict(zip(codes, ["80", "81", "79", "80", "82", "78", "81", "79", "20"], strict=True))
        )
        return s

    def test_list_one_follow_up_and_back(self, found, see, client):
        page = see("centre", f"round/{found.round.pk}/findings/")
        for text in (
            "20.00",
            "80.00",
            "1.00",
            "ไม่ใช่คำตัดสิน",
            "เหตุที่อาจอธิบายได้โดยชอบ",
            "ยังไม่ได้ตรวจทาน",
        ):
            assert text in page, text
        where = f"/assessments/approvals/round/{found.round.pk}/dep-8/findings/level.total/"
        assert where in page
        assert "-40.47" in client.get(where).content.decode()  # 0.6745 · (20 − 80) / 1
        bad = client.post(where, {"due_on": "1/1/2560"})
        assert "is-invalid" in bad.content.decode()
        assert client.post(where, {"due_on": "30/9/2580"}).status_code == 302
        item = ActionItem.objects.get()
        page = client.get(where).content.decode()
        assert f"/desk/actions/{item.pk}/" in page
        assert 'name="due_on"' not in page
        assert f"/desk/actions/{item.pk}/" in see("centre", f"round/{found.round.pk}/findings/")

    def test_narrowed_exported_and_empty(self, found, see, client):
        assert "20.00" not in see("centre", f"round/{found.round.pk}/findings/?only=rule")
        client.force_login(found.people["centre"])
        file = client.get(f"/assessments/approvals/round/{found.round.pk}/findings/?export=csv")
        lines = b"".join(file.streaming_content).decode().splitlines()
        assert len(lines) == 2
        assert "dep-8" in lines[1]
        assert "ไม่มีตัวเลขที่ควรตรวจดู" in see("officer", f"round/{found.round.pk}/findings/")

    def test_readers_may_look_but_not_open_items(self, found, see, client):
        where = f"round/{found.round.pk}/dep-8/findings/level.total/"
        assert 'name="due_on"' not in see("auditor", where)
        assert (
            client.post(f"/assessments/approvals/{where}", {"due_on": "30/9/2580"}).status_code
            == 403
        )
        client.force_login(found.people["stranger"])
        assert client.get(f"/assessments/approvals/{where}").status_code == 404

    def test_a_finding_that_is_gone_is_not_there(self, found, client):
        client.force_login(found.people["centre"])
        for ref in ("level.nothing", "x", "change.total"):
            where = f"/assessments/approvals/round/{found.round.pk}/dep-8/findings/{ref}/"
            assert client.get(where).status_code == 404


def test_names_follow_the_language(s):
    from django.utils import translation

    s.units["moi"].name_en = "Test Ministry"
    with translation.override("en"):
        assert sentences.name(s.units["moi"]) == "Test Ministry"
    assert sentences.name(s.units["moi"]) == "กระทรวงทดสอบ"
    assert sentences.name(7) == 7
