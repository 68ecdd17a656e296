"""Movements through the services: sums, numbers, refusals in words, rights, ledger, triggers."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import Error, connection, transaction
from django.db.models import F
from django.utils import translation

from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry
from sucharit.plans.budget import queries, services, words
from sucharit.plans.budget.checking import first_difference
from sucharit.plans.budget.services import Paper
from sucharit.plans.models import BudgetLine, BudgetTransaction
from tests.plans.budget.world import BAHT, SYSTEM, YEAR, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world()


def sums(line: BudgetLine) -> tuple[int, ...]:
    line.refresh_from_db()
    return (
        line.allocated_satang, line.reserved_satang, line.committed_satang, line.disbursed_satang,
        line.available_satang,
    )  # fmt: skip


def test_from_allocation_to_payment_and_back(w):
    line = w.line(1_000)
    kept = services.reserve(actor=SYSTEM, line=line, amount=400)
    bound = services.commit(actor=SYSTEM, line=line, amount=300, reservation=kept)
    services.release(actor=SYSTEM, line=line, amount=100, reservation=kept)
    paid = services.disburse(actor=SYSTEM, line=line, amount=250, commitment=bound)
    services.cancel_commitment(actor=SYSTEM, line=line, amount=50, commitment=bound)
    services.refund(actor=SYSTEM, line=line, amount=20, disbursement=paid)
    assert sums(line) == (1_000, 0, 0, 230, 770)
    services.lapse(actor=SYSTEM, line=line, amount=770)
    assert sums(line) == (1_000, 0, 0, 230, 0)
    services.close_line(actor=SYSTEM, line=line)
    with pytest.raises(Refusal, match=r"ปิด|closed"):
        services.allocate(actor=SYSTEM, line=line, amount=1)
    services.reopen_line(actor=SYSTEM, line=line)
    numbers = list(line.transactions.values_list("number", flat=True))
    assert numbers == list(range(1, 9))
    last = line.transactions.latest("number")
    assert (last.allocated_after, last.available_after) == (1_000, 0)


def test_the_refusal_names_line_available_and_asked(w):
    line = w.line(100 * BAHT)
    with pytest.raises(Refusal) as caught:
        services.disburse(actor=SYSTEM, line=line, amount=120 * BAHT)
    text = str(caught.value)
    assert caught.value.where == "amount"
    assert all(part in text for part in (line.item, "100.00", "120.00"))
    with translation.override("th"):
        assert "มีเงินคงเหลือใช้ได้ 100.00 บาท" in words.short(line.item, asked=1, available=10_000)
    assert sums(line)[3] == 0


def test_below_zero_needs_the_right_and_a_reason(w):
    line = w.line(100)
    officer, head = w.user("unit_officer", "th-38"), w.user("unit_head", "th-38")
    with pytest.raises(Forbidden):
        services.disburse(actor=officer, line=line, amount=150, override_reason="น้ำท่วม")
    made = services.disburse(actor=head, line=line, amount=150, override_reason="น้ำท่วม")
    assert made.override
    assert made.available_after == -50
    assert made.stands_on is None


def test_a_step_that_makes_it_no_worse_stands_on_the_override_and_gives_no_reason(w):
    line = w.line(100)
    officer, head = w.user("unit_officer", "th-38"), w.user("unit_head", "th-38")
    bound = services.commit(actor=head, line=line, amount=110, override_reason="น้ำท่วม")
    worse = services.disburse(actor=head, line=line, amount=40, override_reason="น้ำท่วมซ้ำ")
    helped = services.allocate(actor=officer, line=line, amount=5)
    assert (helped.override, helped.override_reason, helped.stands_on) == (False, "", worse)
    (back,) = services.reverse(actor=officer, movement=worse, paper=Paper(note="ผิดรายการ"))
    assert (back.available_after, back.override, back.stands_on) == (-5, False, bound)
    same = services.disburse(actor=officer, line=line, amount=60, commitment=bound)
    assert (same.available_after, same.stands_on) == (-5, bound)
    with pytest.raises(Refusal):
        services.disburse(actor=officer, line=line, amount=1)
    services.allocate(actor=officer, line=line, amount=5)
    last = line.transactions.latest("number")
    assert (last.available_after, last.override, last.stands_on) == (0, False, None)
    assert first_difference() == (1, "")


def test_transfer_and_its_reversal_keep_the_sum(w):
    a, b = w.line(500), w.line(100, unit="th-3801")
    out, into = services.transfer(actor=SYSTEM, source=a, target=b, amount=200)
    assert out.pair == into.pair
    assert (sums(a)[0], sums(b)[0]) == (300, 300)
    with pytest.raises(Refusal, match=r"3\.00"):
        services.transfer(actor=SYSTEM, source=a, target=b, amount=30_001)
    rows = services.reverse(actor=SYSTEM, movement=out, paper=Paper(note="โอนผิดรายการ"))
    assert [r.line_id for r in rows] == [b.pk, a.pk]
    assert (sums(a)[0], sums(b)[0]) == (500, 100)
    with pytest.raises(Refusal):
        services.reverse(actor=SYSTEM, movement=into, paper=Paper(note="อีกครั้ง"))


def test_a_reversal_waits_for_what_was_drawn(w):
    line = w.line(500)
    bound = services.commit(actor=SYSTEM, line=line, amount=300)
    paid = services.disburse(actor=SYSTEM, line=line, amount=100, commitment=bound)
    with pytest.raises(Refusal):
        services.reverse(actor=SYSTEM, movement=bound, paper=Paper(note="ผิด"))
    with pytest.raises(Refusal) as caught:
        services.reverse(actor=SYSTEM, movement=paid)
    assert caught.value.where == "note"
    services.reverse(actor=SYSTEM, movement=paid, paper=Paper(note="ผิด"))
    services.reverse(actor=SYSTEM, movement=bound, paper=Paper(note="ผิด"))
    assert sums(line) == (500, 0, 0, 0, 500)


def test_carry_over_keeps_the_origin_and_the_commitment(w):
    line = w.line(500)
    bound = services.commit(actor=SYSTEM, line=line, amount=300)
    out, into = services.carry_over(actor=SYSTEM, line=line, amount=300, commitment=bound)
    services.carry_over(actor=SYSTEM, line=line, amount=200)
    after = BudgetLine.objects.get(carried_from=line)
    assert (after.fiscal_year, after.origin_fiscal_year) == (YEAR + 1, YEAR)
    assert sums(after) == (500, 0, 300, 0, 200)
    assert sums(line) == (500, 0, 0, 0, 0)
    whole = queries.totals_by_project([w.project.pk])[w.project.pk]
    assert (whole.allocated, whole.available, whole.committed) == (500, 200, 300)
    with pytest.raises(Refusal):
        services.allocate(actor=SYSTEM, line=after, amount=1)
    with pytest.raises(Refusal):
        services.transfer(actor=SYSTEM, source=after, target=w.line(), amount=1)
    assert into.line_id == after.pk
    with pytest.raises(Refusal):  # bound and spent over there: the later one goes first
        services.reverse(actor=SYSTEM, movement=bound, paper=Paper(note="x"))
    rows = services.reverse(actor=SYSTEM, movement=out, paper=Paper(note="ผิดปี"))
    assert [row.amount_satang for row in rows] == [300, 300, 300]
    assert sums(line) == (500, 0, 300, 0, 0)
    assert sums(after) == (200, 0, 0, 0, 200)


def test_rights_and_scope(w):
    line = w.line(100)
    neighbour, reader = w.user("unit_officer", "th-66"), w.user("auditor", "th-38")
    with pytest.raises(NotFoundInScope):
        services.disburse(actor=neighbour, line=line, amount=1)
    with pytest.raises(Forbidden):
        services.disburse(actor=reader, line=line, amount=1)
    with pytest.raises(NotFoundInScope):
        services.create_line(
            actor=neighbour, project=w.project, unit=w.unit("th-66"), source="regular",
            category="operating", item="x",
        )  # fmt: skip


def test_bad_input(w):
    line, other = w.line(100), w.line(100)
    strange = services.commit(actor=SYSTEM, line=other, amount=10)
    with pytest.raises(Refusal) as caught:
        services.disburse(actor=SYSTEM, line=line, amount=5, commitment=strange)
    assert caught.value.where == "draws_on"
    with pytest.raises(Refusal) as caught:
        services.disburse(actor=SYSTEM, line=line, amount=5, paper=Paper(on=dt.date(2999, 1, 1)))
    assert caught.value.where == "on"
    for wrong in ({"source": "x"}, {"category": "x"}, {"item": " "}):
        with pytest.raises(Refusal):
            w.line(**wrong)
    w.project.state = "cancelled"
    w.project.save()
    with pytest.raises(Refusal):
        services.commit(actor=SYSTEM, line=line, amount=5)


def test_the_ledger_has_amounts_and_ids_only(w):
    line = w.line(100)
    services.disburse(
        actor=SYSTEM, line=line, amount=40, paper=Paper(note="ลับ", document_no="มท 1")
    )
    row = LedgerEntry.objects.get(action="plans.budget.disbursement")
    assert row.unit == "th-38"
    assert "40" in row.data
    assert not any(text in row.data for text in ("ลับ", "มท 1", line.item))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE plans_budgettransaction SET amount_satang = 1",
        "DELETE FROM plans_budgettransaction",
        "INSERT OR REPLACE INTO plans_budgettransaction SELECT * FROM plans_budgettransaction",
        "TRUNCATE plans_budgettransaction CASCADE",
    ],
)
def test_the_database_refuses_what_is_no_insert(w, sql):
    if sql.startswith(("INSERT OR", "TRUNCATE")) and ("OR" in sql) != (
        connection.vendor == "sqlite"
    ):
        pytest.skip("the other database's words")
    w.line(100)
    connection.check_constraints()  # what is deferred is asked now, else PostgreSQL refuses for that
    with (
        pytest.raises(Error, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert BudgetTransaction.objects.get().amount_satang == 100


def test_the_queryset_refuses_too(w):
    w.line(100)
    with pytest.raises(TypeError):
        BudgetTransaction.objects.update(amount_satang=F("amount_satang"))
    with pytest.raises(TypeError):
        BudgetTransaction.objects.all().delete()


def test_totals(w):
    line, own = w.line(1_000), w.line(500, unit="moi", activity=True, source="nacc_integrated")
    bound = services.commit(actor=SYSTEM, line=line, amount=250)
    services.disburse(actor=SYSTEM, line=line, amount=100, commitment=bound)
    province = queries.totals(w.unit("th-38"), YEAR)
    assert (province.lines, province.allocated, province.disbursed, province.committed) == (
        1,
        1_000,
        100,
        150,
    )
    assert (province.disbursed_percent, province.spent_percent) == (10, 25)
    assert queries.totals(w.unit("moi"), YEAR).allocated == 1_500
    assert queries.totals_in_area(w.unit("th-38"), YEAR).allocated == 1_500
    assert queries.totals_in_area(w.unit("th-66"), YEAR) == queries.NOTHING
    assert queries.totals(w.unit("th-66"), YEAR).disbursed_percent is None
    assert (
        queries.totals_by_activity([w.activity.pk])[w.activity.pk].allocated == own.allocated_satang
    )
    from sucharit.plans.models import Project

    assert queries.totals_by_project(Project.objects.values("pk"), YEAR)[w.project.pk].lines == 2
