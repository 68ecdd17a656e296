"""Filling the demo ministry, step by step; each step is skipped when its result is there already."""

from __future__ import annotations

import time
from collections.abc import Callable

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from sucharit.assessments.models import Framework, Round
from sucharit.assessments.moral import demo as moral
from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.core.fiscal import fiscal_year_be
from sucharit.orgs.models import Unit, User
from sucharit.portal.demo import campaigns, duties, people, plans, work, year

ACTOR = System("demo")


def is_empty() -> bool:
    """Nothing has been put into this database yet."""
    return not Unit.objects.exists() and not User.objects.exists()


def build(console: Console, *, local_bodies: bool = False) -> list[people.SignIn]:
    """Fill what is not there yet; gives the sign-ins."""
    started = time.perf_counter()
    _step(console, "units of the ministry", lambda: _units(local_bodies))
    _step(console, "assessment frameworks", _frameworks)
    _step(console, "published results of earlier years", _published)
    sign_ins = people.make_people(ACTOR)
    if not Round.objects.filter(fiscal_year=2567, synthetic=True).exists():
        _year(console)
    if not Round.objects.filter(state=Round.State.OPEN, synthetic=True).exists():
        today = clock.today()
        year.make_practice(ACTOR, today, fiscal_year_be(today))
    _rooms(console)
    _step(console, "search index", _search)
    console.print(f"  demo ministry ready in {time.perf_counter() - started:.0f} s", style="dim")
    return sign_ins


def _rooms(console: Console) -> None:
    """What the other rooms show: campaigns, checklists, evidence, signals, what waits on desks."""
    today = clock.today()
    this_year = fiscal_year_be(today)
    _step(console, "answers of a seminar", lambda: campaigns.make_seminar(ACTOR))
    _step(
        console,
        "answers of an evaluation that is open",
        lambda: campaigns.make_open_evaluation(ACTOR, today, this_year),
    )
    _step(console, "moral levels", lambda: moral.make(ACTOR))
    _step(console, "evidence of a province", lambda: work.make_library(today, this_year))
    _step(console, "units of a checklist", lambda: work.make_checklist(ACTOR, today, this_year))
    _step(console, "signals in the surveys of 2567", lambda: duties.make_signals(ACTOR))
    _step(console, "action items", lambda: duties.make_actions(today))
    _step(console, "days off of the calendar", plans.make_calendar)
    _step(console, "activities of plans", lambda: plans.make_plans(ACTOR))
    _step(console, "committees", lambda: plans.make_committees(ACTOR))
    _step(console, "plan reports published", lambda: plans.make_reports(ACTOR))
    _step(console, "items on desks", lambda: plans.make_desk(ACTOR, today))
    _step(console, "units reminded", lambda: duties.make_reminder(today))


def _step(console: Console, what: str, do: Callable[[], object]) -> None:
    result = do()
    console.print(f"  {what}: {result}", style="dim")


def _units(local_bodies: bool) -> int:
    from sucharit.orgs.services.register import load_register

    load_register(actor=ACTOR, local_bodies=local_bodies)
    return Unit.objects.count()


def _frameworks() -> int:
    from sucharit.assessments import library
    from sucharit.assessments.services.frameworks import load_framework
    from sucharit.assessments.services.instruments import load_bundled_instruments

    load_bundled_instruments(actor=ACTOR)
    for found in library.list_frameworks():
        load_framework(actor=ACTOR, path_or_id=found.id)
    return Framework.objects.count()


def _published() -> int:
    from sucharit.assessments.models import UnitResult
    from sucharit.assessments.services.published import load_bundled

    load_bundled(actor=ACTOR)
    return UnitResult.objects.filter(run__kind="published").count()


def _search() -> int:
    from sucharit.core.search import rebuild

    return int(rebuild())


def _year(console: Console) -> None:
    columns = (TextColumn("  [dim]synthetic answers 2567"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("units", total=None)
        year.make_year(
            ACTOR, lambda done, total: progress.update(task, completed=done, total=total)
        )
