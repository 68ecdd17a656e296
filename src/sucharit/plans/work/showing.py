"""What plans show of themselves: side bar, desk, calendar, search, links, offers, panel, evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from sucharit.core import clock, fiscal
from sucharit.core.registry import (
    CalendarEvent,
    DeskItem,
    Link,
    NavEntry,
    Panel,
    SearchSource,
    registry,
)
from sucharit.core.rounding import hundredths_text
from sucharit.desk.labels import unit_name
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.plans.models import Activity, Plan, Project
from sucharit.plans.work import queries, words
from sucharit.plans.work.services import held as held_

PLAN, PROJECT, ACTIVITY = "plans.plan", "plans.project", "plans.activity"
# A report is expected within 30 days after the quarter [unverified custom of eMENSCR].
REPORT_DAYS = dt.timedelta(days=30)
_DUTIES = ("unit_head", "unit_officer")


def register() -> None:
    """Hand everything in."""
    registry.nav.append(
        NavEntry("plan", _("Plans"), "plans:plans", icon="plan", permission="view", order=10)
    )
    registry.links |= {PLAN: plan_link, PROJECT: project_link, ACTIVITY: activity_link}
    registry.backlinks.append(backlinks)
    registry.offers.append(offers)
    registry.desk.append(desk_items)
    registry.calendar.append(events)
    registry.search.append(SearchSource(PROJECT, _("Projects and activities"), search_rows))
    registry.evidence[ACTIVITY] = may_see_evidence
    registry.panels.append(
        Panel("plans-work", _("Plans"), panel, "plans/work/panel.html", order=40)
    )


def plan_link(user: Any, pk: str) -> Link | None:
    """The plan, within the reader's scope."""
    found = queries.plans(user).filter(pk=_number(pk)).first()
    if found is None:
        return None
    url = reverse("plans:plan", args=[found.pk])
    return Link(PLAN, _("Plan"), words.title(found), url, *words.PLAN[found.state])


def project_link(user: Any, pk: str) -> Link | None:
    """The project, within the reader's scope."""
    found = Project.objects.visible_to(user).filter(pk=_number(pk)).first()
    if found is None:
        return None
    url = reverse("plans:project", args=[found.pk])
    return Link(
        PROJECT, _("Project"), words.title(found), url, *words.PROJECT[found.state], found.starts_on
    )


def activity_link(user: Any, pk: str) -> Link | None:
    """The activity, where the reader may see its project."""
    found = Activity.objects.filter(pk=_number(pk)).first()
    if found is None or not queries.sees_project(user, found.project_id):
        return None
    return _activity(found)


def backlinks(user: Any, kind: str, object_id: str) -> Iterable[Link]:
    """Activities that mend an action item or serve an indicator."""
    field = {"desk.action": "action", "plans.indicator": "indicators"}.get(kind)
    if field is None:
        return
    seen = Project.objects.visible_to(user)
    rows = Activity.objects.filter(**{field: _number(object_id)}, project__in=seen.values("pk"))
    for found in rows.order_by("pk")[:50]:
        yield _activity(found)


def offers(user: Any, kind: str, object_id: str) -> Iterable[Link]:
    """An action item can become an activity of a plan."""
    if kind == "desk.action" and scope.can_somewhere(user, held_.EDIT):
        url = f"{reverse('plans:activity_from_action')}?action={_number(object_id)}"
        yield Link(ACTIVITY, _("Activity"), now_("Make it an activity of a plan"), url)


def may_see_evidence(user: Any, owner_id: str) -> bool:
    """Whoever may see the activity's project."""
    found = Activity.objects.filter(pk=_number(owner_id)).values_list("project_id", flat=True)
    return any(queries.sees_project(user, pk) for pk in found)


def desk_items(user: Any) -> Iterable[DeskItem]:
    """Plans to approve, plans that came back, quarters to report (one line a plan and quarter)."""
    duties = [path for role, path in scope.grants(user) if role in _DUTIES]
    if not duties:
        return
    heads = [path for role, path in scope.grants(user) if role == "unit_head"]
    wait = Q(state=Plan.State.SUBMITTED, owner__path__in=heads) & ~Q(submitted_by=user.pk)
    back = Q(state=Plan.State.DRAFT, owner__path__in=duties) & ~Q(returned_note="")
    for p in Plan.objects.filter(wait | back).select_related("owner"):
        approve = p.state == Plan.State.SUBMITTED
        label = now_("Plan to approve") if approve else now_("Plan that came back")
        kind = "plans.approve" if approve else "plans.returned"
        yield DeskItem(
            p.title_th,
            reverse("plans:plan", args=[p.pk]),
            unit_name(p.owner),
            kind,
            label,
            None,
            p.fiscal_year,
            f"{kind}:{p.pk}",
        )
    yield from _reports_due(duties)


def _reports_due(duties: list[str]) -> Iterable[DeskItem]:
    """The last quarter that is over, for plans with activities that have not reported it."""
    today = clock.today()
    end = _last_end(today)
    year, quarter = fiscal.fiscal_year_be(end), fiscal.quarter_of(end)
    live = (
        Activity.objects.filter(
            owner__path__in=duties, project__fiscal_year=year, project__plan__state="approved"
        )
        .exclude(state__in=(Activity.State.CANCELLED, Activity.State.DONE))
        .exclude(reports__quarter=quarter)
        .filter(Q(starts_on=None) | Q(starts_on__lte=end))
    )
    found: dict[int, tuple[Activity, int]] = {}
    for a in live.select_related("project__plan", "owner").order_by("pk"):
        plan = a.project.plan_id
        found[plan] = (found.get(plan, (a, 0))[0], found.get(plan, (a, 0))[1] + 1)
    for plan, (first, n) in found.items():
        what = now_("Report quarter %(q)s: %(n)s activities of %(plan)s")
        yield DeskItem(
            what % {"q": quarter, "n": n, "plan": first.project.plan.title_th},
            reverse("plans:plan_grid", args=[plan]),
            unit_name(first.owner),
            "plans.report",
            now_("Quarterly report"),
            end + REPORT_DAYS,
            year,
            f"plans.report:{plan}-{year}-{quarter}",
        )


def _last_end(today: dt.date) -> dt.date:
    """Last day of the newest quarter that is over."""
    start = fiscal.quarter(fiscal.fiscal_year_be(today), fiscal.quarter_of(today)).start
    return start - dt.timedelta(days=1)


def events(user: Any, first: dt.date, last: dt.date) -> Iterable[CalendarEvent]:
    """Activities that begin or end between the days, of the units in which the reader has a duty."""
    duties = [path for role, path in scope.grants(user) if role in _DUTIES]
    rows = Activity.objects.filter(
        Q(starts_on__range=(first, last)) | Q(ends_on__range=(first, last)),
        owner__path__in=duties,
    )
    for a in rows.order_by("pk")[:500]:
        gone = a.state == Activity.State.CANCELLED
        url = reverse("plans:activity", args=[a.pk])
        days = (
            (a.starts_on, "start", now_("Begins: %(what)s")),
            (a.ends_on, "end", now_("Ends: %(what)s")),
        )
        for on, part, text in days:
            if on is not None and first <= on <= last:
                yield CalendarEvent(
                    f"plans.activity-{a.pk}-{part}",
                    text % {"what": words.title(a)},
                    on,
                    url,
                    _("Activity"),
                    cancelled=gone,
                )


def search_rows() -> Iterable[tuple[str, str, str, str, str, bool]]:
    """Projects with the titles of their activities."""
    rows = Project.objects.select_related("owner").prefetch_related("activities").order_by("pk")
    for p in rows.iterator(chunk_size=500):
        body = " ".join([p.program_th, p.objective, *(a.title_th for a in p.activities.all())])
        yield (
            str(p.pk),
            p.owner.path,
            p.title_th,
            body,
            reverse("plans:project", args=[p.pk]),
            False,
        )


def panel(user: Any, unit: Unit, fiscal_year: int) -> dict[str, Any] | None:
    """Own plans of the unit and how far they are."""
    if not user.is_authenticated:
        return None
    found = list(queries.plans(user).filter(owner=unit, fiscal_year=fiscal_year).order_by("pk"))
    if not found:
        return None
    numbers = []
    for p, done in zip(found, queries.progress_of_plans(p.pk for p in found).values(), strict=True):
        share = "–" if done.shown is None else f"{hundredths_text(done.shown)} %"
        told = now_("%(n)s of %(m)s reported") % {"n": done.reported, "m": done.expected}
        numbers.append(
            {
                "label": f"{words.title(p)} ({told})",
                "value": share,
                "url": reverse("plans:plan", args=[p.pk]),
            }
        )
    url = f"{reverse('plans:plans')}?fiscal_year={fiscal_year}&unit={unit.code}"
    return {"numbers": numbers[:3], "url": url, "synthetic": any(p.synthetic for p in found)}


def _activity(found: Activity) -> Link:
    url = reverse("plans:activity", args=[found.pk])
    return Link(
        ACTIVITY,
        _("Activity"),
        words.title(found),
        url,
        *words.ACTIVITY[found.state],
        found.ends_on,
    )


def _number(text: Any) -> int:
    """An id from a text; 0 for what cannot be one."""
    plain = str(text)
    return int(plain) if plain.isdecimal() and len(plain) < 16 else 0
