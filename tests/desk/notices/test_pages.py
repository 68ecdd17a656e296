"""Pages: the bell and its list, preferences with the code, the way out of e-mail, the overview."""

from __future__ import annotations

import pytest
from django.db import transaction

from sucharit.core.actors import System
from sucharit.core.registry import registry
from sucharit.desk.models import LineAccount, Notice, OutboxMessage
from sucharit.desk.notices import delivery, tell, telling, wishes
from sucharit.desk.notices.channels import letters
from tests.desk.notices.conftest import CALM, HURRY, MORNING, link

pytestmark = pytest.mark.django_db
SYSTEM = System("test")


def say(user, key="k:1", url="/desk/", kind=CALM):
    with transaction.atomic():
        tell(actor=SYSTEM, users=[user], kind=kind, title=f"เรื่อง {key}", url=url, dedupe_key=key)
    return Notice.objects.get(dedupe_key=key, user=user)


def test_reading(client, officer, make):
    one, _two = say(officer), say(officer, "k:2")
    strange = say(make.user())
    client.force_login(officer)
    assert client.get("/desk/notices/count/").content == b"2"
    page = client.get("/desk/notices/").content.decode()
    assert "เรื่อง k:1" in page
    assert "ยังไม่ได้อ่าน 2 รายการ" in page
    assert client.get(f"/desk/notices/{one.pk}/")["Location"] == "/desk/"
    assert client.get("/desk/notices/count/").content == b"1"
    assert client.get(f"/desk/notices/{strange.pk}/").status_code == 404
    assert client.post("/desk/notices/", {"pk": strange.pk}).status_code == 404
    client.post("/desk/notices/", {"go": "all"})
    assert client.get("/desk/notices/count/").content == b""
    strange.refresh_from_db()
    assert strange.read_at is None


def test_a_notice_leads_nowhere_outside(client, officer):
    found = say(officer, url="//evil.example/")
    client.force_login(officer)
    assert client.get(f"/desk/notices/{found.pk}/")["Location"] == "/desk/notices/"


def test_the_empty_list_says_what_to_do(client, officer):
    client.force_login(officer)
    assert "ยังไม่มีการแจ้งเตือน" in client.get("/desk/notices/").content.decode()


def test_preferences(client, officer, fake):
    client.force_login(officer)
    url = "/desk/notices/preferences/"
    assert "officer@example.go.th" in client.get(url).content.decode()
    assert client.post(url, {"email": "urgent"}).status_code == 422
    assert client.post(url, {"email": "urgent", "line": "nothing"}).status_code == 302
    assert wishes.wanted(officer) == {"email": "urgent", "line": "nothing"}
    page = client.post(url, {"go": "code"})
    assert page.context["code"].isdigit()
    assert page.context["code"] in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert client.post(url, {"go": "unlink"}).status_code == 302
    link(officer)
    assert "เชื่อมไว้ตั้งแต่" in client.get(url).content.decode()
    client.post(url, {"go": "unlink"})
    assert not LineAccount.objects.exists()


def test_no_code_where_line_is_off(client, officer):
    client.force_login(officer)
    assert client.post("/desk/notices/preferences/", {"go": "code"}).status_code == 404


def test_the_way_out_of_e_mail(client, officer):
    with transaction.atomic():
        telling.queue(
            [officer], registry.notices[CALM], count=1, url="/desk/", dedupe_key="d", urgent=False
        )
    address = letters.letter_of(OutboxMessage.objects.get()).unsubscribe
    path = address.removeprefix("http://localhost:8000")
    assert client.get(path).status_code == 200
    assert wishes.wanted(officer)["email"] == "digest"  # a scanner that opens links changes nothing
    one_click = client.post(path, {"List-Unsubscribe": "One-Click"})
    assert one_click.status_code == 200
    assert wishes.wanted(officer)["email"] == "nothing"
    assert client.get(path[:-2] + "x/").status_code == 404


def test_the_overview(client, officer, make, units, fake):
    link(officer)
    with transaction.atomic():
        tell(
            actor=SYSTEM, users=[officer], kind=HURRY, title="ลับสุดยอด", url="/desk/", dedupe_key="k"
        )  # fmt: skip
    fake.answers = [400]
    delivery.deliver(actor=SYSTEM, now=MORNING)
    client.force_login(officer)
    assert client.get("/desk/notices/outbox/").status_code == 404
    client.force_login(make.user("system_admin", units["moi"]))
    page = client.get("/desk/notices/outbox/").content.decode()
    assert "LINE แจ้งว่าข้อความไม่ถูกต้อง (400)" in page
    assert "ลับสุดยอด" not in page
    assert "officer@" not in page
