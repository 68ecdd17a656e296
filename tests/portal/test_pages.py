"""Front page, public pages, error pages, switch of unit and year, language."""

from __future__ import annotations

import json
import re

import pytest
from django.core.cache import cache
from django.template import loader
from django.test import override_settings
from django.utils import translation

from sucharit.core.registry import OpenTable, Panel, registry
from sucharit.orgs.models import RoleAssignment
from sucharit.portal import queries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


@pytest.fixture
def bare(monkeypatch):
    """No app shows anything."""
    monkeypatch.setattr(registry, "panels", [])
    monkeypatch.setattr(registry, "tables", [])
    monkeypatch.setattr(registry, "desk", [])


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/about/",
        "/access/",
        "/accounts/login/",
        "/accounts/password/reset/",
        "/accounts/signup/",
    ],
)
def test_public_pages_open_signed_out(client, bare, path):
    response = client.get(path)
    assert response.status_code == 200
    page = response.content.decode()
    assert '<html lang="th">' in page
    assert page.count("<h1") == 1
    assert "undefined" not in page


ACCOUNT_PAGES = [
    "logout",
    "password/change",
    "2fa",
    "2fa/totp/activate",
    "2fa/webauthn",
    "2fa/webauthn/add",
    "reauthenticate",
]


@pytest.mark.parametrize("path", ACCOUNT_PAGES)
def test_account_pages_are_in_our_frame_and_in_thai(client, make, path):
    client.force_login(make.user(username="officer"))
    response = client.get(f"/accounts/{path}/", follow=True)
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("<h1") == 1
    assert 'class="top"' in page
    text = re.sub(
        r"<script.*?</script>|<svg.*?</svg>|<[^>]+>",
        " ",
        page.split('tabindex="-1">', 1)[1].split("</main>")[0],
        flags=re.DOTALL,
    )
    left = set(re.findall(r"[A-Za-z]{3,}", text)) - {"PIN", "Master", "Sucharit"}
    assert not {w for w in left if not re.fullmatch(r"[A-Z2-7]{16,}", w)}, left


def test_no_page_carries_inline_script_or_style(client, make, bare):
    client.force_login(make.user("ministry_centre", make.ministry()["moi"]))
    for path in ("/", "/desk/", "/context/", "/accounts/2fa/", "/accounts/2fa/totp/activate/"):
        page = client.get(path, follow=True).content.decode()
        assert not re.search(r"<[^>]+\sstyle=|<style|\son[a-z]+=|javascript:", page), path
        for attributes in re.findall(r"<script([^>]*)>", page):
            assert "src=" in attributes or "application/json" in attributes, path


def test_dashboard_shows_panels_with_numbers_five_at_most(client, make, monkeypatch):
    units = make.ministry()
    client.force_login(make.user("ministry_centre", units["moi"]))
    asked = []

    def build(user, unit, fiscal_year):
        asked.append((unit.code, fiscal_year))
        return {"numbers": [{"label": f"number no. {i}", "value": i, "url": ""} for i in range(7)]}

    made = [
        Panel("late", "Late panel", build, "portal/five.html", order=2),
        Panel("none", "Silent panel", lambda *_: None, "portal/five.html", order=1),
    ]
    monkeypatch.setattr(registry, "panels", made)
    client.post("/context/", {"unit": "th-38", "fiscal_year": "2567"})
    page = client.get("/").content.decode()
    assert asked == [("th-38", 2567)]
    assert "Late panel" in page
    assert "Silent panel" not in page
    assert "number no. 4" in page
    assert "number no. 5" not in page


def test_dashboard_without_panels_says_what_to_do_first(client, make, bare):
    client.force_login(make.user("ministry_centre", make.ministry()["moi"]))
    page = client.get("/").content.decode()
    assert 'class="first-steps"' in page
    assert "/context/" in page


def test_an_administrator_is_led_to_accounts_and_others_are_not(client, make, bare):
    units = make.ministry()
    client.force_login(make.user("system_admin", units["moi"]))
    page = client.get("/").content.decode()
    assert "บทบาทของท่านไม่ได้เปิดดูข้อมูลของหน่วยงาน" in page
    assert "/people/roles/" in page
    client.force_login(make.user("unit_officer", units["moi-cdd"]))
    assert "/people/roles/" not in client.get("/").content.decode()


class TestOpenData:
    @pytest.fixture(autouse=True)
    def _table(self, monkeypatch):
        rows = {2567: [("บึงกาฬ", None), ("=พิจิตร", 0)], 2566: [("อุทัยธานี", 5)]}
        table = OpenTable("t", "ตาราง", ("unit", "score"), lambda year: rows.get(year, []))
        monkeypatch.setattr(registry, "tables", [table])

    def test_only_tables_with_rows_and_all_of_them_counted(self):
        assert queries.public_tables(2568) == []
        found = queries.public_tables(2567, shown=1)[0]
        assert (len(found.rows), found.count) == (1, 2)

    @pytest.mark.parametrize("path", ["/", "/open/"])
    def test_newest_year_first_and_unknown_is_not_zero(self, client, path):
        page = client.get(path).content.decode()
        assert "chip-missing" in page
        assert "<td>0</td>" in page
        older = client.get(f"{path}?year=2566").content.decode()
        assert "อุทัยธานี" in older
        assert "บึงกาฬ" not in older

    @pytest.mark.parametrize("year", ["²", "1999", "x", "99999999999999999999"])
    def test_an_odd_year_falls_back(self, client, year):
        assert "บึงกาฬ" in client.get("/open/", {"year": year}).content.decode()

    def test_files(self, client):
        text = b"".join(client.get("/open/t-2567.csv").streaming_content).decode()
        assert text.splitlines() == ["\ufeffunit,score", "บึงกาฬ,", "'=พิจิตร,0"]
        raw = b"".join(client.get("/open/t-2567.json").streaming_content)
        assert json.loads(raw) == [{"unit": "บึงกาฬ", "score": None}, {"unit": "=พิจิตร", "score": 0}]

    @pytest.mark.parametrize("name", ["no-2567.csv", "t-2567.exe", "t-9999.csv"])
    def test_no_such_file(self, client, name):
        assert client.get(f"/open/{name}").status_code == 404


@pytest.mark.parametrize(
    ("announced", "year"),
    [({}, 2570), ({2567: 1, 2566: 1}, 2567), ({2570: 1, 2567: 3, 2566: 3}, 2567)],
)
def test_the_telling_year(announced, year):
    assert queries.telling_year(announced, 2570) == year


class TestSwitch:
    def test_keeps_unit_and_year_and_goes_back(self, client, make):
        units = make.ministry()
        client.force_login(make.user("ministry_centre", units["moi"]))
        response = client.post(
            "/context/", {"unit": "moi-dol", "fiscal_year": "2566", "next": "/desk/?a=1"}
        )
        assert response.url == "/desk/?a=1"
        page = client.get("/desk/").content.decode()
        assert "กรมที่ดินทดสอบ" in page
        assert "2566" in page

    @pytest.mark.parametrize(
        "target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""]
    )
    def test_never_leaves_the_site(self, client, make, target):
        client.force_login(make.user("ministry_centre", make.ministry()["moi"]))
        assert client.post("/context/", {"fiscal_year": "2566", "next": target}).url == "/"

    def test_a_unit_out_of_scope_is_404_and_changes_nothing(self, client, make):
        units = make.ministry()
        client.force_login(make.user("unit_officer", units["moi-cdd"]))
        assert client.post("/context/", {"unit": "moi-dol"}).status_code == 404
        assert "unit" not in client.session

    @pytest.mark.parametrize("year", ["9999", "2400", "abc", "-1"])
    def test_an_impossible_year_is_refused_in_words(self, client, make, year):
        client.force_login(make.user("ministry_centre", make.ministry()["moi"]))
        page = client.post("/context/", {"fiscal_year": year}, follow=True).content.decode()
        assert "fiscal_year" not in client.session
        assert "ไม่มีปีงบประมาณนี้" in page

    def test_a_kept_unit_is_dropped_when_the_role_ends(self, client, make):
        units = make.ministry()
        user = make.user("unit_officer", units["moi-cdd"])
        RoleAssignment.objects.create(user=user, role="unit_officer", unit=units["th-38"])
        client.force_login(user)
        client.post("/context/", {"unit": "th-38"})
        RoleAssignment.objects.filter(unit=units["th-38"]).delete()
        assert "กรมการพัฒนา" in client.get("/desk/").content.decode()

    def test_search_finds_only_within_scope(self, client, make):
        units = make.ministry()
        client.force_login(make.user("unit_officer", units["th-38"]))
        found = client.get("/context/?q=เมือง").content.decode()
        assert "th-3801" in found
        assert "th-6601" not in found

    def test_signed_out_goes_to_sign_in(self, client):
        assert "/accounts/login/" in client.get("/context/").url

    def test_an_account_without_role_is_told_what_to_do(self, client, make):
        client.force_login(make.user())
        assert client.get("/context/").status_code == 200
        assert client.get("/").status_code == 200


def test_language_switch(client):
    client.post("/i18n/setlang/", {"language": "en", "next": "/about/"})
    page = client.get("/about/").content.decode()
    assert '<html lang="en">' in page
    assert "What Sucharit is" in page


@pytest.mark.parametrize("name", ["404", "403", "403_csrf", "409", "400", "500"])
def test_error_pages_speak_thai_and_say_what_to_do(rf, name):
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/x/")
    request.user = AnonymousUser()
    with translation.override("th"):
        page = loader.get_template(f"{name}.html").render(
            {}, None if name in {"400", "500"} else request
        )
    assert "ไปหน้าแรก" in page
    assert page.count("<h1") == 1


def test_a_missing_address_is_our_404(client):
    response = client.get("/there/is/nothing/")
    assert response.status_code == 404
    assert "ไม่พบหน้านี้" in response.content.decode()


@override_settings(SYNTHETIC_BANNER=False)
def test_synthetic_banner_follows_what_is_shown(client, make):
    units = make.ministry()
    user = make.user("ministry_centre", units["moi"])
    client.force_login(user)
    assert 'class="synthetic"' not in client.get("/desk/").content.decode()
    made_up = make.unit("moi-syn", parent=units["moi"], synthetic=True)
    client.post("/context/", {"unit": made_up.code})
    assert 'class="synthetic"' in client.get("/desk/").content.decode()
