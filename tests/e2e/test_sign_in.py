"""Second step and passkeys under the content security policy, with a virtual authenticator."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)

pytestmark = pytest.mark.django_db(transaction=True)


def _reauthenticate(page) -> None:
    """Give the password again where the page asks for it."""
    if "/reauthenticate/" in page.url:
        page.get_by_label("รหัสผ่าน").fill("correct horse battery")
        with page.expect_navigation():
            page.get_by_role("button", name="ยืนยัน").click()


def _virtual_key(page) -> None:
    """A platform authenticator that keeps passkeys and always says yes."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.fixture
def officer(make):
    return make.user("ministry_centre", make.ministry()["moi"], username="somsri")


def _sign_out(page) -> None:
    page.goto("/accounts/logout/")
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="ออกจากระบบ").click()


def test_a_passkey_is_added_and_then_signs_in(page_as, officer, axe):
    page = page_as(user=officer)
    _virtual_key(page)
    page.goto("/accounts/2fa/webauthn/add/")
    _reauthenticate(page)
    axe(page)
    page.locator("main input[type=text]").fill("โทรศัพท์")
    page.locator("main input[type=checkbox]").check()
    page.get_by_role("button", name="เพิ่ม", exact=True).click()
    page.wait_for_url(lambda url: "/add/" not in url)
    assert officer.authenticator_set.filter(type="webauthn").count() == 1
    page.goto("/accounts/2fa/webauthn/")
    assert "พาสคีย์" in page.inner_text("main table")
    axe(page)
    _sign_out(page)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="เข้าสู่ระบบด้วยพาสคีย์").click()
    page.wait_for_url("**/desk/")


def test_a_passkey_that_fails_says_so_on_the_page(page_as):
    page = page_as()
    _virtual_key(page)  # it holds no key
    page.goto("/accounts/login/")
    page.get_by_role("button", name="เข้าสู่ระบบด้วยพาสคีย์").click()
    page.locator("#passkey-problem").wait_for()


def test_without_scripts_no_passkey_button_is_offered(page_as):
    page = page_as(scripts=False)
    page.goto("/accounts/login/")
    assert not page.locator("#passkey_login").is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_an_authenticator_app_becomes_the_second_step(page_as, officer, scripts):
    page = page_as(user=officer, scripts=scripts)
    page.goto("/accounts/2fa/totp/activate/")
    _reauthenticate(page)
    assert page.locator("img.qr").evaluate("i => i.naturalWidth") > 0 if scripts else True
    secret = page.locator("#authenticator_secret").input_value()
    _before, counter, _after = yield_hotp_counters_from_time()
    page.locator("main input[name=code]").fill(format_hotp_value(hotp_value(secret, counter)))
    page.get_by_role("button", name="เปิดใช้", exact=True).click()
    page.wait_for_url(re.compile("recovery-codes"))
    assert officer.authenticator_set.filter(type="totp").exists()
    assert officer.authenticator_set.filter(type="recovery_codes").exists()
    left = page.locator("textarea").input_value().split()
    _sign_out(page)
    page.goto("/accounts/login/")
    page.get_by_label("ชื่อผู้ใช้").fill("somsri")
    page.get_by_label("รหัสผ่าน").fill("correct horse battery")
    page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()
    page.wait_for_url("**/2fa/authenticate/")
    page.locator("main input[name=code]").fill(left[0])
    page.locator("main").get_by_role("button", name="เข้าสู่ระบบ").click()
    page.wait_for_url("**/desk/")
