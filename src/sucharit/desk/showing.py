"""What the desk's own parts show of themselves: sources, links, files, figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sucharit.core.registry import Headline, Measure, NavEntry, registry
from sucharit.desk import actions, labels
from sucharit.desk.action_source import ToAccept, ToDo
from sucharit.desk.models import ActionItem
from sucharit.desk.queries import closing
from sucharit.desk.services.actions.proving import KIND, may_read
from sucharit.orgs import scope
from sucharit.orgs.models import Unit


def register() -> None:
    """Hand everything in."""
    registry.nav.append(
        NavEntry("act", _("Action items"), "desk:actions", icon="list", permission="view", order=5)
    )
    registry.desk += [ToDo(), ToAccept()]
    registry.links[KIND] = actions.link
    registry.backlinks.append(actions.made_of)
    registry.evidence[KIND] = may_read
    registry.measures["desk.closing_rate"] = Measure(
        "desk.closing_rate", _("Closing rate of action items"), closing.count
    )
    registry.headlines.append(headlines)


def headlines(user: Any, unit: Unit, fiscal_year: int, day: dt.date) -> Iterable[Headline]:
    """Late items of the unit's subtree and its closing rate, as they stood at the end of the day.

    They sum up the whole subtree, so a reader whose scope does not cover the unit gets nothing.
    """
    if not scope.can(user, "view", unit):
        return
    if not ActionItem.objects.visible_to(user).filter(fiscal_year=fiscal_year).exists():
        return
    late = closing.late_on(unit, fiscal_year, day)
    listed = reverse("desk:actions")
    yield Headline(
        "desk.late", _("Late action items"), str(late), f"{listed}?overdue=on&unit={unit.code}",
        number=late, good="down",
    )  # fmt: skip
    counted = closing.count(unit, fiscal_year, day)
    rate = None if counted is None else closing.rate(counted)
    yield Headline(
        "desk.closing_rate",
        _("Closing rate of action items"),
        "–" if rate is None else f"{labels.shown(rate)} %",
        reverse("desk:closing"),
        number=rate,
        note="" if counted is None else f"{counted[0]} / {counted[1]}",
    )
