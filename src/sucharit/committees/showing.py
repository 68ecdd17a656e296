"""What committees hands to the registry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sucharit.core.registry import (
    Headline,
    Measure,
    NavEntry,
    OpenTable,
    Panel,
    SearchSource,
    registry,
)


def register() -> None:
    """Hand everything in."""
    from sucharit.committees import links
    from sucharit.committees.source import calendar, desk_items
    from sucharit.desk import labels

    labels.SOURCES["committees.resolution"] = _("Resolution of a committee")
    registry.nav.append(
        NavEntry(
            "plan", _("Committees"), "committees:list", icon="users", permission="view", order=60
        )
    )
    registry.desk.append(desk_items)
    registry.calendar.append(calendar)
    registry.links.update(links.LINKS)
    registry.backlinks.append(links.backlinks)
    registry.offers.append(links.offers)
    registry.evidence["committees.paper"] = links.may_read_paper
    registry.search.append(SearchSource("committees.item", _("Agenda items"), search_rows))
    registry.panels.append(
        Panel("committees", _("Committees"), panel, "committees/panel.html", order=60)
    )
    registry.measures["committees.closing_rate"] = Measure(
        "committees.closing_rate", _("Closing rate of resolutions"), closing_measure
    )
    registry.headlines.append(headlines)
    registry.tables.append(
        OpenTable(
            "committee-resolutions", _("Resolutions open to everybody"),
            ("unit", "committee", "meeting", "held_on", "kind", "text", "synthetic"),
            open_rows, _("Resolutions marked publishable, of meetings whose minutes are certified"), open_count,
        )
    )  # fmt: skip


def search_rows() -> Iterable[tuple[str, str, str, str, str, bool]]:
    """Agenda items but never confidential ones; found by staff of the committee's unit."""
    from sucharit.committees.models import AgendaItem

    rows = AgendaItem.objects.filter(withdrawn_at=None).exclude(audience="secretariat")
    for i in rows.select_related("meeting__committee__unit").iterator(chunk_size=500):
        committee = i.meeting.committee
        title = f"{i.title} ({i.meeting})"
        url = reverse("committees:item", args=[i.pk])
        yield str(i.pk), committee.unit.path, title, committee.name_th, url, False


def _tasks(unit: Any, fiscal_year: int | None = None) -> Any:
    from sucharit.committees.models import Committee
    from sucharit.committees.resolutions import queries

    within = Committee.objects.filter(unit__path__gte=unit.path, unit__path__lt=unit.path + "~")
    rows = queries.tasks_of(within.order_by().values("pk"))
    return rows.filter(fiscal_year=fiscal_year) if fiscal_year else rows


def closing_measure(unit: Any, fiscal_year: int, until: dt.date) -> tuple[int, int] | None:
    """(accepted up to the day, all − cancelled opened up to it) of resolutions of the subtree's committees."""
    from django.db.models import Q

    rows = _tasks(unit, fiscal_year).filter(created_at__date__lte=until)
    rows = rows.exclude(state="cancelled", closed_at__date__lte=until)
    total = rows.count()
    done = rows.filter(Q(state="accepted"), closed_at__date__lte=until).count()
    return (done, total) if total else None


def headlines(user: Any, unit: Any, fiscal_year: int, day: dt.date) -> Iterable[Headline]:
    """The closing rate of resolutions, as it stood at the end of the day."""
    from fractions import Fraction

    from sucharit.orgs import scope

    if unit is None or not scope.can(user, "view", unit):
        return
    found = closing_measure(unit, fiscal_year, day)
    rate = Fraction(*found) * 100 if found else None
    value = "–" if rate is None else f"{(rate * 2 + 1) // 2} %"
    yield Headline(
        "committees.closing", _("of the tasks of resolutions are closed"), value,
        reverse("committees:list"), number=rate,
    )  # fmt: skip


def panel(user: Any, unit: Any, fiscal_year: int) -> dict[str, Any] | None:
    """Meetings held against the plan, closing rate and open tasks of the unit's own committees."""
    from sucharit.committees.bodies.queries import days, percent
    from sucharit.committees.engine.flow import HELD
    from sucharit.committees.models import Committee, Meeting
    from sucharit.committees.resolutions import queries

    own = Committee.objects.visible_to(user).filter(unit=unit, state="active")
    pks = list(own.values_list("pk", flat=True))
    if not pks:
        return None
    found = queries.closing_of(queries.tasks_of(pks))
    held = Meeting.objects.filter(committee__in=pks, fiscal_year=fiscal_year, state__in=HELD)
    url = reverse("committees:committee", args=[pks[0]]) if len(pks) == 1 else reverse("committees:list")  # fmt: skip
    return {
        "numbers": [
            {"label": _("Meetings held this year"), "value": held.count(), "url": url},
            {"label": _("Closing rate of resolutions"), "value": percent(found), "url": url},
            {"label": _("Median days to close a task"), "value": days(found), "url": url},
        ],
        "url": url,
        "open": list(queries.tasks_of(pks).visible_to(user).open()[:5]),
        "synthetic": own.filter(synthetic=True).exists(),
    }


def _public(fiscal_year: int) -> Any:
    from sucharit.committees.resolutions import queries

    return queries.public().filter(item__meeting__fiscal_year=fiscal_year)


def open_count(fiscal_year: int) -> int:
    """How many public resolutions a year has."""
    return int(_public(fiscal_year).count())


def open_rows(fiscal_year: int) -> Iterable[tuple[Any, ...]]:
    """Public resolutions only."""
    from sucharit.committees.meetings.base import day

    for r in _public(fiscal_year):
        meeting = r.item.meeting
        committee = meeting.committee
        yield (
            committee.unit.code, committee.name_th, str(meeting), day(meeting), r.kind, r.text,
            meeting.synthetic,
        )  # fmt: skip
