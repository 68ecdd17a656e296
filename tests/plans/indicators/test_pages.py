"""The pages: entering and verifying through forms, roll-up, files, goal, and what outsiders see."""

from __future__ import annotations

import json

import pytest

from sucharit.plans.indicators import services
from sucharit.plans.models import Actual, Goal
from sucharit.plans.strategy.loading import load_strategies
from tests.plans.indicators.world import SYSTEM, YEAR, world

pytestmark = pytest.mark.django_db


def test_from_the_form_to_the_roll_up(client):
    w = world()
    w.target("th-38", 80), w.target("moi", 70)
    client.force_login(w.people["officer"])
    address = f"/plans/indicators/{w.share.pk}/th-38/{YEAR}/1/"
    page = client.get(address)
    assert "ตัวตั้ง" in page.content.decode()
    wrong = client.post(address, {"numerator": "สาม", "denominator": "", "seen": ""})
    assert wrong.status_code == 200
    assert 'id="errors"' in wrong.content.decode()
    sent = {"numerator": "๑,๐๐๓", "denominator": "2,000", "seen": "", "go": "submit"}
    client.post(address, sent)
    actual = Actual.objects.get()
    assert (actual.status, actual.value_e4) == ("submitted", 501_500)
    again = client.post(address, sent)
    assert "มีผู้อื่นบันทึก" in again.content.decode()
    record = f"/plans/indicators/figures/{actual.pk}/"
    assert client.post(record, {"go": "verify"}).status_code == 403
    client.force_login(w.people["centre"])
    assert "50.15" in client.get("/plans/indicators/verify/").content.decode()
    assert client.post(record, {"go": "return", "why": ""}).status_code == 200
    assert client.post(record, {"go": "verify"}).status_code == 302
    rolled = client.get(f"/plans/indicators/units/moi/{YEAR}/all/?of={w.share.pk}").content.decode()
    assert "50.15" in rolled
    assert "1,003 / 2,000" in rolled
    sheet = client.get(f"/plans/indicators/{w.share.pk}/?unit=th-38&year={YEAR}").content.decode()
    assert "62.69 %" in sheet
    assert "เสี่ยง" in sheet
    assert client.get(f"/plans/indicators/units/th-38/{YEAR}/").status_code == 200
    assert client.get("/plans/indicators/").status_code == 200
    files(client)


def files(client):
    """A missing figure is absent in the results, not zero."""
    document = json.loads(client.get(f"/plans/indicators/units/th-38/{YEAR}.json").content)
    (period,) = [p for p in document["results"][0]["indicator"][0]["period"] if "actual" in p]
    assert period["actual"][0]["value"] == "50.15"
    whole = json.loads(client.get(f"/plans/indicators/units/moi/{YEAR}.json").content)
    assert "actual" not in whole["results"][0]["indicator"][0]["period"][0]
    text = b"".join(
        client.get(f"/plans/indicators/units/moi/{YEAR}.csv").streaming_content
    ).decode()
    assert "50.1500" in text
    api = client.get(f"/api/indicators/units/th-38?fiscal_year={YEAR}")
    assert api.json()[0]["value"] == "50.15"


def test_sheets_targets_and_goals(client):
    w = world()
    load_strategies(actor=SYSTEM)
    client.force_login(w.people["officer"])
    made = client.post(
        "/plans/indicators/new/",
        {
            "code": "th38-one", "name_th": "จำนวนครั้ง", "kind": "output", "measure": "count", "direction": "increase",
            "frequency": "quarter", "over_time": "sum", "over_space": "sum",
        },
    )  # fmt: skip
    assert made.status_code == 302, made.content.decode()
    one = made["Location"]
    assert client.get(one).status_code == 200
    assert client.get(f"{one}version/").status_code == 200
    target = f"{one}th-38/{YEAR}/target/"
    assert client.get(target).status_code == 200
    assert client.post(target, {"value": "12", "baseline": "4"}).status_code == 302
    assert client.post(target, {"go": "approve"}).status_code == 403
    client.force_login(w.people["head"])
    assert client.post(target, {"go": "approve"}).status_code == 302
    assert client.get(f"/plans/indicators/units/th-38/{YEAR}/").status_code == 200
    client.force_login(w.people["officer"])
    assert client.post(f"{one}retire/", {"why": "เลิก"}).status_code == 302
    client.logout()
    assert "210001" in client.get("/plans/strategies/?all=yes").content.decode()
    goal = Goal.objects.get(code="210001", strategy__version="2566-2580")
    page = client.get(f"/plans/strategies/goals/{goal.pk}/").content.decode()
    assert "2566-2580" in page
    assert "53" in page
    assert client.get(one).status_code == 404
    rank = goal.indicators.get(code="mp21-cpi-rank")
    assert "116" in client.get(f"/plans/indicators/{rank.pk}/?year=2568").content.decode()


def test_an_empty_unit_says_what_to_do(client):
    w = world()
    client.force_login(w.people["other"])
    for end in ("", "all/"):
        assert (
            "empty-title"
            in client.get(f"/plans/indicators/units/th-66/{YEAR}/{end}").content.decode()
        )
    made = w.enter()
    services.submit_actual(actor=SYSTEM, actual=made)
    assert client.get(f"/plans/indicators/figures/{made.pk}/").status_code == 404
