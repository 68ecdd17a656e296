"""Synthetic money for the synthetic projects of fiscal year 2567: a year of movements a line, written in bulk.

Every movement goes through the engine, so that the kept sums are what ``check-budget`` replays. Paid follows the work
reported; on purpose one project is paid ahead of its work and one worked ahead of its money, one line carries money
over to 2568, one has a refund, one a payment that was reversed.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.db import transaction

from sucharit.core import clock
from sucharit.core.ledger import record
from sucharit.orgs.models import Unit
from sucharit.plans.budget.services.base import SUMS
from sucharit.plans.budget.services.rules import load_rules
from sucharit.plans.engine import budget as engine
from sucharit.plans.engine.quadrant import weighted
from sucharit.plans.models import Activity, BudgetLine, BudgetTransaction, Project

YEAR = 2567
NOTE = "ข้อมูลสังเคราะห์"
FIRST = "th-38"  # the province of the demo's officer has the line that is carried over
GRAIN = 10_000  # satang: amounts are whole hundreds of baht
UNKNOWN_WORK = 60  # per cent paid where nothing is reported
# days of the year's commitments and of the payments on them; the share of what is paid
TERMS = (
    (dt.date(2023, 12, 4), dt.date(2024, 1, 15), 30),
    (dt.date(2024, 2, 12), dt.date(2024, 3, 25), 40),
    (dt.date(2024, 5, 13), dt.date(2024, 7, 8), 30),
)
YEAR_END, NEXT_PAID = dt.date(2024, 9, 30), dt.date(2024, 11, 18)


@dataclass
class Draft:
    """A line with its movements, not yet written; each row beside what it was to the engine."""

    line: BudgetLine
    book: engine.Book = field(default_factory=engine.Book)
    entries: list[engine.Entry] = field(default_factory=list)
    rows: list[BudgetTransaction] = field(default_factory=list)

    def add(
        self,
        kind: str,
        amount: int,
        on: dt.date,
        *,
        draws_on: int | None = None,
        reverses: int | None = None,
        pair: uuid.UUID | None = None,
    ) -> int:
        """Enter a movement (satang, numbers of this line); gives its number, 0 for nothing. AssertionError if refused."""
        if not amount:
            return 0
        number = len(self.rows) + 1
        entry = engine.Entry(number, kind, amount, draws_on or None, reverses)
        book = engine.enter(self.book, entry)
        assert isinstance(book, engine.Book), (self.line.item, entry, book)
        self.book = book
        self.entries.append(entry)
        self.rows.append(
            BudgetTransaction(
                line=self.line, number=number, kind=kind, amount_satang=amount, on=on, pair=pair, note=NOTE,
                document_no=f"สมมติ {number}/{YEAR}", allocated_after=book.balance.allocated,
                available_after=book.balance.available, at=clock.now(),
            )
        )  # fmt: skip
        return number


def make(actor: Any) -> int:
    """Lines and movements of synthetic projects without a line; gives how many movements are new. Loads the rates, too."""
    projects = list(
        Project.objects.filter(plan__synthetic=True, fiscal_year=YEAR, lines=None)
        .exclude(state=Project.State.CANCELLED)
        .select_related("owner")
    )
    projects.sort(key=lambda p: (p.owner.code != FIRST, p.owner.kind != Unit.Kind.PROVINCE, p.pk))
    with transaction.atomic():
        load_rules(actor=actor)
        drafts = _drafts(projects)
        made = _write(drafts)
        if made:
            record(
                actor=actor, action="plans.budget.demo", target="plans.budget:demo", fiscal_year=YEAR,
                lines=len(drafts), movements=made,
            )  # fmt: skip
    return made


def _drafts(projects: list[Project]) -> list[Draft]:
    activities: dict[int, list[Activity]] = defaultdict(list)
    for one in Activity.objects.filter(project__in=[p.pk for p in projects]).exclude(
        state="cancelled"
    ):
        activities[one.project_id].append(one)
    work = {p.pk: _work(activities[p.pk]) for p in projects}
    plain = [p for p in projects if p.owner.kind == Unit.Kind.PROVINCE]
    known = sorted((p for p in plain[1:] if work[p.pk] is not None), key=lambda p: work[p.pk] or 0)
    ahead, behind = ({known[0].pk}, {known[-1].pk}) if len(known) > 1 else (set(), set())
    drafts: list[Draft] = []
    for at, project in enumerate(projects):
        done = work[project.pk]
        share = UNKNOWN_WORK if done is None else done
        share = min(97, max(5, share - 6 + at * 7 % 13))
        if project.pk in ahead:
            share = min(97, share + 45)
        elif project.pk in behind:
            share = max(5, share - 50)
        if project.owner.kind == Unit.Kind.PROVINCE:
            drafts += _province(project, at, share)
        else:
            drafts += _by_activity(project, activities[project.pk])
    _particular(drafts)
    return drafts


def _work(activities: list[Activity]) -> int | None:
    """Progress of a project in whole per cent; None where nothing is reported."""
    found = weighted(
        [
            (None if a.progress_e2 is None else Fraction(a.progress_e2, 100), a.weight)
            for a in activities
        ]
    )
    return None if found is None else int(found)


def _province(project: Project, at: int, share: int) -> list[Draft]:
    """One line of the province's seminars; every third province has one for its media, too."""
    amount = (1_200 + at * 370 % 2_600) * GRAIN
    drafts = [_line(project, "regular", "operating", "ค่าใช้จ่ายในการจัดกิจกรรมและสัมมนา")]
    _year(drafts[0], amount, share, at)
    if at % 3 == 1:
        drafts.append(_line(project, "provincial", "investment", "ค่าจัดทำสื่อและระบบรับเรื่องร้องเรียน"))
        _year(drafts[1], amount // 2 // GRAIN * GRAIN, share, at + 1)
    return drafts


def _by_activity(project: Project, activities: list[Activity]) -> list[Draft]:
    """A line an activity, as the integrated plan is given its money."""
    drafts = []
    for at, activity in enumerate(activities):
        draft = _line(
            project, "nacc_integrated", "operating", f"ค่าใช้จ่ายตามกิจกรรมที่ {activity.seq}", activity
        )
        done = UNKNOWN_WORK if activity.progress_e2 is None else activity.progress_e2 // 100
        _year(
            draft,
            max(500, (activity.heads_planned or 100) * 15) * GRAIN,
            min(97, max(5, done - 4)),
            at,
        )
        drafts.append(draft)
    return drafts


def _line(
    project: Project, source: str, category: str, item: str, activity: Activity | None = None
) -> Draft:
    return Draft(
        BudgetLine(
            project=project, activity=activity, unit=project.owner, fiscal_year=YEAR, origin_fiscal_year=YEAR,
            source=source, category=category, item=item,
        )
    )  # fmt: skip


def _year(draft: Draft, amount: int, share: int, at: int) -> None:
    """Allocated in October, bound and paid in three terms, up to ``share`` per cent of it."""
    draft.add("allocation", amount, dt.date(2023, 10, 9 + at % 15))
    shift = dt.timedelta(days=at % 9)
    for bound_on, paid_on, part in TERMS:
        paid = amount * share * part // 10_000 // GRAIN * GRAIN
        bound = draft.add("commitment", paid, bound_on + shift)
        draft.add("disbursement", paid, paid_on + shift, draws_on=bound)


def _particular(drafts: list[Draft]) -> None:
    """What happens to one line only, then the end of the year for the others."""
    for at, draft in enumerate(drafts[:]):
        there = draft.book.balance.available
        if at == 0:
            drafts.append(_carried(draft, there // 2 // GRAIN * GRAIN))
        elif at == 1:
            paid = next(r for r in reversed(draft.rows) if r.kind == "disbursement")
            part = max(GRAIN, paid.amount_satang // 8 // GRAIN * GRAIN)
            draft.add("refund", part, dt.date(2024, 8, 5), draws_on=paid.number)
        elif at == 2:
            wrong = draft.add("disbursement", there // 4, dt.date(2024, 8, 5))
            draft.add("reversal", there // 4, dt.date(2024, 8, 7), reverses=wrong)
        elif at % 5 == 4:
            draft.add("commitment", there // 2 // GRAIN * GRAIN, dt.date(2024, 8, 19))
        if at % 3:
            draft.add("lapse", draft.book.balance.available, YEAR_END)


def _carried(draft: Draft, amount: int) -> Draft:
    """What a contract of August binds is paid in the next year (กันเงินเหลื่อมปี)."""
    old = draft.line
    after = Draft(
        BudgetLine(
            project=old.project, activity=old.activity, unit=old.unit, fiscal_year=YEAR + 1,
            origin_fiscal_year=YEAR, carried_from=old, source=old.source, category=old.category,
            item=old.item,
        )
    )  # fmt: skip
    pair = uuid.uuid4()
    bound = draft.add("commitment", amount, dt.date(2024, 8, 19))
    draft.add("carry_over_out", amount, YEAR_END, draws_on=bound, pair=pair)
    after.add("carry_over_in", amount, YEAR_END, pair=pair)
    again = after.add("commitment", amount, YEAR_END, pair=pair)
    after.add("disbursement", amount // 2 // GRAIN * GRAIN, NEXT_PAID, draws_on=again)
    return after


def _write(drafts: list[Draft]) -> int:
    """Lines with their sums, then movements: those others name go first, because nothing is updated afterwards."""
    for draft in drafts:
        for name in SUMS:
            setattr(draft.line, f"{name}_satang", getattr(draft.book.balance, name))
        draft.line.transactions_count = len(draft.rows)
    for carried in (False, True):
        BudgetLine.objects.bulk_create(
            [d.line for d in drafts if bool(d.line.carried_from) is carried], batch_size=500
        )
    return sum(_wave(drafts, wave) for wave in range(max(map(_deepest, drafts), default=-1) + 1))


def _wave(drafts: list[Draft], wave: int) -> int:
    """Write the movements that name one of the wave before; gives how many."""
    ready = []
    for draft in drafts:
        for entry, row in zip(draft.entries, draft.rows, strict=True):
            if _depth(draft, entry) == wave:
                row.line = draft.line
                row.draws_on = draft.rows[entry.draws_on - 1] if entry.draws_on else None
                row.reverses = draft.rows[entry.reverses - 1] if entry.reverses else None
                ready.append(row)
    return len(BudgetTransaction.objects.bulk_create(ready, batch_size=500))


def _deepest(draft: Draft) -> int:
    return max((_depth(draft, entry) for entry in draft.entries), default=0)


def _depth(draft: Draft, entry: engine.Entry) -> int:
    """How many movements stand between this one and one that names no other."""
    named = entry.draws_on or entry.reverses
    return 1 + _depth(draft, draft.entries[named - 1]) if named else 0
