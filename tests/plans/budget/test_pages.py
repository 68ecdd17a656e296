"""Pages of the budget room: every one opens, forms say what is wrong, scope and rights hold."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from sucharit.core import clock
from sucharit.core.registry import registry
from sucharit.plans.budget import flows, queries, rules, services, showing, standing
from sucharit.plans.budget.services import Paper
from sucharit.plans.budget.steps import STEPS
from sucharit.plans.models import ActivityMonth, BudgetLine, BudgetTransaction, SpendingTarget
from tests.plans.budget.world import SYSTEM, YEAR, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world()


@pytest.fixture
def officer(w, client):
    user = w.user("unit_officer", "th-38")
    client.force_login(user)
    return user


def step(line: BudgetLine, key: str) -> str:
    return reverse("plans:budget_step", args=[line.pk, key])


def test_the_year_of_a_line_through_its_forms(w, client, officer):
    new = f"{reverse('plans:budget_line_new')}?project={w.project.pk}&activity={w.activity.pk}"
    assert client.get(new).status_code == 200
    asked = {
        "activity": w.activity.pk, "unit": w.unit("th-38").pk, "source": "regular",
        "category": "operating", "item": "ค่าอาหาร",
    }  # fmt: skip
    line = BudgetLine.objects.get(pk=client.post(new, asked).url.strip("/").rsplit("/", 1)[-1])
    assert client.get(reverse("plans:budget_line", args=[line.pk])).status_code == 200
    paper = {"on": "18/3/2567", "document_no": "มท 1"}
    assert client.post(step(line, "allocate"), {"amount": "1,000", **paper}).status_code == 302
    assert client.post(step(line, "commit"), {"amount": "๖๐๐", **paper}).status_code == 302
    bound = line.transactions.get(kind="commitment")
    page = client.post(step(line, "disburse"), {"amount": "601", "draws_on": bound.pk, **paper})
    assert page.status_code == 200
    assert {"600.00", "601.00"} <= set(page.content.decode().split())
    assert (
        client.post(
            step(line, "disburse"), {"amount": "600", "draws_on": bound.pk, **paper}
        ).status_code
        == 302
    )
    paid = line.transactions.get(kind="disbursement")
    one = reverse("plans:budget_movement", args=[paid.pk])
    file = SimpleUploadedFile("x.txt", "ใบเสร็จ".encode())
    assert client.post(one, {"go": "attach", "title": "ใบเสร็จ", "upload": file}).status_code == 302
    assert "ใบเสร็จ" in client.get(one).content.decode()
    assert client.post(one, {"go": "reverse", "note": ""}).status_code == 200
    assert client.post(one, {"go": "reverse", "note": "ผิดรายการ"}).status_code == 302
    line.refresh_from_db()
    assert (line.committed_satang, line.disbursed_satang) == (60_000, 0)
    shown = client.get(reverse("plans:budget_line", args=[line.pk])).content.decode()
    assert "1,000.00" in shown


@pytest.mark.parametrize("key", list(STEPS))
def test_every_step_has_its_form(w, client, officer, key):
    line = w.line(1_000)
    w.line(10)
    assert client.get(step(line, key)).status_code == 200
    page = client.post(step(line, key), {"amount": "x", "on": "", "draws_on": "0"})
    assert page.status_code == 200
    assert 'id="errors"' in page.content.decode()


def test_transfer_release_and_close_by_page(w, client, officer):
    line, other = w.line(1_000), w.line()
    kept = services.reserve(actor=SYSTEM, line=line, amount=400)
    day = {"on": "18/3/2567"}
    client.post(step(line, "release"), {"amount": "4", "draws_on": kept.pk, **day})
    client.post(step(line, "transfer"), {"amount": "10", "target": other.pk, **day})
    other.refresh_from_db()
    assert other.allocated_satang == 1_000
    shut = reverse("plans:budget_close", args=[line.pk])
    client.post(shut)
    assert BudgetLine.objects.get(pk=line.pk).closed_at is not None
    with pytest.raises(AssertionError):
        assert client.post(shut, {"go": "reopen"}).status_code == 302
    client.force_login(w.user("unit_head", "th-38"))
    client.post(shut, {"go": "reopen"})
    assert BudgetLine.objects.get(pk=line.pk).closed_at is None


def test_who_only_reads_and_who_sees_nothing(w, client):
    line = w.line(1_000)
    paid = services.disburse(actor=SYSTEM, line=line, amount=5)
    client.force_login(w.user("auditor", "th-38"))
    assert client.get(reverse("plans:budget_line", args=[line.pk])).status_code == 200
    assert client.get(step(line, "disburse")).status_code == 403
    assert (
        client.post(
            reverse("plans:budget_movement", args=[paid.pk]), {"go": "reverse", "note": "x"}
        ).status_code
        == 403
    )
    client.force_login(w.user("unit_officer", "th-66"))
    for name, pk in (("budget_line", line.pk), ("budget_movement", paid.pk)):
        assert client.get(reverse(f"plans:{name}", args=[pk])).status_code == 404
    assert client.get(step(line, "disburse")).status_code == 404
    assert (
        client.get(f"{reverse('plans:budget_line_new')}?project={w.project.pk}").status_code == 404
    )


def test_the_list_filters_and_exports(w, client, officer):
    w.line(1_000)
    w.line(2_000, source="local", item="ค่าจ้างเหมา")
    address = reverse("plans:budget_lines")
    assert "ค่าจ้างเหมา" not in client.get(f"{address}?source=regular&unit=th-38").content.decode()
    exported = b"".join(
        client.get(f"{address}?project={w.project.pk}&export=csv").streaming_content
    ).decode()
    assert "20.00" in exported
    assert len(exported.strip().splitlines()) == 3


def test_a_rate_warns_and_never_blocks(w, client, officer):
    call_command("load_budget_rules")
    call_command("load_budget_rules")
    assert rules.check("meals-b-all", 60_000, dt.date(2024, 3, 18)) is None
    over = rules.check("meals-b-all", 60_001, dt.date(2024, 3, 18))
    assert over is not None
    assert (over.most, over.ceiling.verified) == (60_000, True)
    assert rules.check("meals-b-all", 10**9, dt.date(2000, 1, 1)) is None
    assert rules.check("no-such", 1, dt.date(2024, 3, 18)) is None
    line = w.line(10_000_000)
    asked = {
        "amount": "700",
        "on": "18/3/2567",
        "ceiling": "speaker-a-gov",
        "heads": "1",
        "times": "1",
    }
    page = client.post(step(line, "commit"), asked, follow=True)
    assert "800.00" not in page.content.decode()
    page = client.post(step(line, "commit"), asked | {"amount": "900"}, follow=True)
    assert "800.00" in page.content.decode()
    assert line.transactions.filter(kind="commitment").count() == 2
    page = client.get(f"{reverse('plans:budget_rates')}?key=meals-b-all&heads=160&times=2")
    assert "192,000.00" in page.content.decode()


def test_the_year_of_a_unit(w, client, officer):
    pages = [
        reverse(f"plans:budget_{name}", args=[YEAR, "th-38"])
        for name in ("unit", "months", "quadrant")
    ]
    for page in pages:
        assert client.get(page).status_code == 200
    call_command("load_budget_rules")
    SpendingTarget.objects.update(fiscal_year=YEAR)
    line = w.line(1_000, activity=True)
    w.line(1_000, category="investment")
    services.disburse(actor=SYSTEM, line=line, amount=950, paper=Paper(on=dt.date(2023, 11, 2)))
    paid = services.disburse(
        actor=SYSTEM, line=line, amount=50, paper=Paper(on=dt.date(2024, 1, 2))
    )
    services.reverse(actor=SYSTEM, movement=paid, paper=Paper(on=dt.date(2024, 2, 2), note="x"))
    for page in [*pages, f"{pages[2]}?plan={w.plan.pk}", reverse("plans:budget_rates")]:
        assert client.get(page).status_code == 200
    assert client.get(f"{pages[2]}?plan=999").status_code == 404
    assert client.get(reverse("plans:budget")).status_code == 302
    unit = w.unit("th-38")
    assert flows.by_month(unit, YEAR) == [0, 950, 0, 50, -50, 0, 0, 0, 0, 0, 0, 0]
    assert flows.as_of(unit, YEAR, dt.date(2024, 1, 31)) == (1_000, 0)
    assert flows.as_of(unit, YEAR, clock.today()) == (950, 2_000)
    assert flows.as_of(w.unit("th-66"), YEAR, clock.today()) is None
    reached = {row.target.kind: (row.reached, row.met) for row in standing.targets(unit, YEAR)}
    assert reached["recurrent"] == (95, False)
    assert reached["total"] == (Fraction(95, 2), False)
    assert reached["investment"] == (0, False)
    assert standing.targets(unit, YEAR - 1) == []


def test_work_beside_money(w):
    line = w.line(1_000, activity=True)
    services.disburse(actor=SYSTEM, line=line, amount=900)
    ActivityMonth.objects.create(activity=w.activity, month=6, planned_e2=6_000)
    (row,) = standing.of_plan(w.plan, dt.date(2024, 4, 1))
    assert (row.placed.where, row.placed.planned, row.per_head) == ("money_ahead", 60, 6)
    (row,) = standing.of_unit(
        w.user("unit_head", "th-38"), w.unit("th-38"), YEAR, dt.date(2024, 4, 1)
    )
    assert (row.placed.where, row.placed.gap) == ("money_ahead", 40)


def test_what_the_registry_shows(w, monkeypatch):
    line = w.line(1_000, activity=True)
    services.commit(actor=SYSTEM, line=line, amount=10, paper=Paper(on=dt.date(2023, 11, 2)))
    user = w.user("unit_officer", "th-38")
    link = registry.link(user, showing.LINE, str(line.pk))
    assert link is not None
    assert line.item == link.title
    assert registry.link(w.user("unit_officer", "th-66"), showing.LINE, str(line.pk)) is None
    assert [
        x.title for x in showing.lines_of_thing(user, "plans.activity", str(w.activity.pk))
    ] == [line.item]
    (offer,) = showing.offer_line(user, "plans.activity", str(w.activity.pk))
    assert f"project={w.project.pk}&activity={w.activity.pk}" in offer.url
    monkeypatch.setattr(clock, "today", lambda: dt.date(2024, 9, 2))
    assert sorted(item.key.split("-")[1] for item in showing.desk_items(user)) == [
        "commitment",
        "lapsing",
    ]
    (head,) = showing.headline(user, w.unit("th-38"), YEAR, clock.today())
    assert (head.value, head.number) == ("0.00 %", 0)


def test_check_budget_names_the_line(w, capsys):
    line = w.line(1_000)
    w.line()
    call_command("check_budget")
    assert "2 budget lines" in capsys.readouterr().out
    BudgetLine.objects.filter(pk=line.pk).update(disbursed_satang=7)
    with pytest.raises(CommandError, match=f"line {line.pk}: disbursed"):
        call_command("check_budget")


def test_the_money_block(w, rf):
    from django.template import Context, Template

    request = rf.get("/")
    request.user = w.user("unit_officer", "th-38")
    text = "{% load plan_budget %}{% budget_of plan=p %}{% budget_of project=j %}{% budget_of activity=a %}"
    context = Context({"request": request, "p": w.plan, "j": w.project, "a": w.activity})
    Template(text).render(context)
    line = w.line(300_000, activity=True)
    services.disburse(actor=SYSTEM, line=line, amount=150_000)
    shown = Template(text).render(context)
    assert "10.00" in shown  # 1,500 baht, 150 people
    assert "50.00 %" in shown
    assert queries.totals_by_project([w.project.pk])[w.project.pk].disbursed_percent == 50
    assert BudgetTransaction.objects.count() == 2
