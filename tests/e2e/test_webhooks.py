"""An administrator adds a webhook, keeps its secret, sends a test, sees it arrive and switches it off."""

from __future__ import annotations

import pytest

from sucharit.core import clock
from sucharit.core.models import Webhook, WebhookAttempt, WebhookDelivery
from sucharit.core.outside import guard
from sucharit.core.webhooks import sealing, signing
from tests.core.webhooks.receiver import HOST, Receiver, make_certificate
from tests.e2e.conftest import no_sideways

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def receiver(tmp_path, settings, monkeypatch):
    certificate = make_certificate(tmp_path)
    made = Receiver(certificate)
    real = guard.resolve
    monkeypatch.setattr(
        guard, "resolve", lambda host, p: ["127.0.0.1"] if host == HOST else real(host, p)
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    settings.FETCH_ALLOWED = [f"{HOST}:{made.port}"]
    yield made
    made.close()


def sound(page, axe):
    no_sideways(page)
    axe(page)


def send(page, button):
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=button).click()


def follow(page, link):
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=link).click()


@pytest.mark.parametrize("width", [1280, 360])
def test_from_the_empty_list_to_a_delivered_test(page_as, make, axe, receiver, width):
    admin = make.user("system_admin", make.ministry()["moi"])
    page = page_as(user=admin, width=width)
    page.goto("/webhooks/")
    sound(page, axe)
    follow(page, "เพิ่มเว็บฮุกรายการแรก")
    page.watch.expect("422")
    send(page, "เพิ่มและแสดงรหัสลับ")
    page.locator("#errors").wait_for()
    sound(page, axe)
    page.get_by_label("ชื่อระบบผู้รับ").fill("ศูนย์ข้อมูลเปิด")
    page.get_by_label("ที่อยู่ (URL) ที่รับข้อความ").fill(receiver.url)
    page.get_by_label("ประกาศผลรอบการประเมิน ITA").check()
    send(page, "เพิ่มและแสดงรหัสลับ")
    secret = page.locator("#secret").inner_text()
    sound(page, axe)
    follow(page, "เก็บรหัสแล้ว")
    send(page, "ส่งข้อความทดสอบ")
    page.locator(".work li", has_text="ส่งถึงแล้ว").wait_for()
    assert page.get_by_text(secret).count() == 0
    sound(page, axe)
    _path, sent, body = receiver.got[0]
    signing.verify(secret, sent, body, int(clock.now().timestamp()))
    follow(page, "ข้อความทดสอบ")
    page.get_by_text("ผู้รับได้รับแล้ว").wait_for()
    sound(page, axe)


def test_it_works_without_scripts(page_as, make, receiver):
    units = make.ministry()
    admin = make.user("system_admin", units["moi"])
    hook = Webhook.objects.create(
        unit=units["moi"], title="x", url=receiver.url, events=["round.announced"],
        sealed_secret=sealing.seal(signing.new_key()), state="failed", failing_since=clock.now(),
    )  # fmt: skip
    row = WebhookDelivery.objects.create(
        webhook=hook, message_id="msg_1", event="round.announced", body="{}", state="gave_up",
        created_at=clock.now(), attempts=1,
    )  # fmt: skip
    WebhookAttempt.objects.create(
        delivery=row, number=1, at=clock.now(), status=503, reason="status", took_ms=12
    )
    page = page_as(user=admin, scripts=False)
    page.goto(f"/webhooks/{hook.pk}/")
    send(page, "เปิดใช้เว็บฮุก")
    page.locator(".notes", has_text="เปิดใช้เว็บฮุกแล้ว").wait_for()
    with page.expect_navigation():
        page.locator(".work").get_by_role("link").first.click()
    send(page, "ส่งข้อความนี้อีกครั้ง")
    page.locator(".work li", has_text="ส่งถึงแล้ว").wait_for()
    assert [sent["webhook-id"] for _p, sent, _b in receiver.got] == ["msg_1"]
    send(page, "ปิดใช้เว็บฮุก")
    page.locator(".notes", has_text="ปิดใช้เว็บฮุกแล้ว").wait_for()
    hook.refresh_from_db()
    assert hook.state == "off"
