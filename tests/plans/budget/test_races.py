"""Two officers at the same moment, on both databases: the last baht is spent once, and everybody is told."""

from __future__ import annotations

import pytest
from django.db.models import Sum

from sucharit.core.errors import Refusal
from sucharit.plans.budget import services
from sucharit.plans.budget.services import Paper
from sucharit.plans.models import BudgetLine, BudgetTransaction
from tests.assessments.test_rounds_races import at_once, refused
from tests.plans.budget.world import BAHT, world

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_officers_spend_the_last_baht():
    w = world()
    line = w.line(BAHT)
    people = [w.user("unit_officer", "th-38") for _ in range(2)]
    found = at_once(
        *[lambda p=p: services.disburse(actor=p, line=line, amount=BAHT) for p in people]
    )
    assert refused(found) == 1
    text = next(str(o) for o in found if isinstance(o, Refusal))
    assert all(part in text for part in (line.item, " 0.00", " 1.00"))
    line.refresh_from_db()
    assert (line.available_satang, line.disbursed_satang, line.transactions_count) == (0, BAHT, 2)


def test_transfers_against_each_other_end_and_keep_the_sum():
    w = world()
    a, b = w.line(50), w.line(50)
    people = [w.user("unit_officer", "th-38") for _ in range(4)]
    found = at_once(
        *[
            lambda p=p, s=s, t=t: services.transfer(actor=p, source=s, target=t, amount=10)
            for p, (s, t) in zip(people, [(a, b), (b, a)] * 2, strict=True)
        ]
    )
    assert refused(found) == 0
    assert BudgetLine.objects.aggregate(s=Sum("allocated_satang"))["s"] == 100
    for line in BudgetLine.objects.all():
        assert list(line.transactions.values_list("number", flat=True)) == [1, 2, 3, 4, 5]


def test_a_document_is_reversed_once():
    w = world()
    line = w.line(50)
    paid = services.disburse(actor=w.user("unit_officer", "th-38"), line=line, amount=50)
    people = [w.user("unit_officer", "th-38") for _ in range(3)]
    found = at_once(
        *[
            lambda p=p: services.reverse(actor=p, movement=paid, paper=Paper(note="ผิด"))
            for p in people
        ]
    )
    assert refused(found) == 2
    assert BudgetTransaction.objects.filter(kind="reversal").count() == 1


def test_carrying_over_at_once_makes_one_line_of_the_next_year():
    w = world()
    line = w.line(50)
    people = [w.user("unit_officer", "th-38") for _ in range(3)]
    found = at_once(
        *[lambda p=p: services.carry_over(actor=p, line=line, amount=10) for p in people]
    )
    assert refused(found) == 0
    assert BudgetLine.objects.get(carried_from=line).allocated_satang == 30
