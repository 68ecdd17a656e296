"""What plans, committees and the desk show in the demo; each room makes its own, in the order they stand on each other."""

from __future__ import annotations

import datetime as dt

from sucharit.committees import demo as committees
from sucharit.core.actors import System
from sucharit.desk import demo as desk
from sucharit.desk.deadlines import demo as deadlines
from sucharit.desk.models import Holiday
from sucharit.orgs.models import Unit
from sucharit.plans.budget import demo as budget
from sucharit.plans.indicators import demo as indicators
from sucharit.plans.models import Activity, Plan, PublishedReport
from sucharit.plans.reports.services import publish_report
from sucharit.plans.rollout import demo as rollout
from sucharit.plans.strategy import demo as strategy
from sucharit.plans.work import demo as work

YEAR = 2567
REPORTED = (("moi", 1), ("moi", 2), ("th-38", 2))  # unit, half


def make_calendar() -> int:
    """Days off and clocks; gives how many days off there are."""
    deadlines.make(())
    return Holiday.objects.count()


def make_plans(actor: System) -> int:
    """Master plan, the eight activities and the provinces' plans with money and figures; gives how many activities."""
    strategy.make(actor)
    made = work.make(actor)
    budget.make(actor)
    indicators.make(actor)
    rollout.make(actor)
    return made


def make_reports(actor: System) -> int:
    """Reports on the public pages; gives how many are new."""
    made = 0
    for code, half in REPORTED:
        unit = Unit.objects.filter(code=code).first()
        there = PublishedReport.objects.filter(unit=unit, fiscal_year=YEAR, half=half).exists()
        if unit is None or there or not Plan.objects.filter(owner=unit, fiscal_year=YEAR).exists():
            continue
        publish_report(actor=actor, unit=unit, fiscal_year=YEAR, half=half)
        made += 1
    return made


def make_committees(actor: System) -> int:
    """Committees with their meetings; gives how many committees."""
    found = Activity.objects.filter(project__plan__synthetic=True).exclude(owner__code="moi")
    first = {
        a.owner.code: (str(a.pk), a.title_th) for a in found.select_related("owner").order_by("-pk")
    }
    return committees.make(actor, first)


def make_desk(actor: System, today: dt.date) -> int:
    """Items in every state on the desks of the demo accounts; gives how many."""
    return desk.make(actor, today)
