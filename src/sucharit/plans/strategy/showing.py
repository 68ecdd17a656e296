"""What strategies show of themselves: side bar, links, search."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sucharit.core.registry import Link, NavEntry, SearchSource, registry
from sucharit.plans.indicators import words
from sucharit.plans.models import Goal, Indicator
from sucharit.plans.strategy import queries

KIND = "plans.goal"


def register() -> None:
    """Hand everything in."""
    registry.nav.append(
        NavEntry(
            "plan",
            _("Strategies and goals"),
            "plans:strategies",
            icon="flag",
            public=True,
            order=10,
        )
    )
    registry.links[KIND] = link
    registry.backlinks.append(backlinks)
    registry.search.append(SearchSource("goal", _("Goals"), search_rows))


def link(user: Any, object_id: str) -> Link | None:
    """A goal by its key."""
    if not object_id.isdigit():
        return None
    seen = queries.visible(user).order_by().values("pk")
    goal = Goal.objects.filter(pk=int(object_id), strategy__in=seen).first()
    return _link(goal) if goal else None


def backlinks(user: Any, kind: str, object_id: str) -> Iterable[Link]:
    """The goal an indicator belongs to."""
    if kind != "plans.indicator" or not object_id.isdigit():
        return []
    found = (
        Indicator.objects.visible_to(user).filter(pk=int(object_id)).select_related("goal").first()
    )
    return [_link(found.goal)] if found and found.goal else []


def search_rows() -> Iterable[tuple[str, str, str, str, str, bool]]:
    """Goals of the nation's strategies and of units' own."""
    for goal in Goal.objects.select_related("strategy__unit"):
        unit = goal.strategy.unit
        yield (
            str(goal.pk), unit.path if unit else "", f"{goal.code} {goal.title_th}",
            f"{goal.title_en} {goal.strategy.title_th}", reverse("plans:goal", args=[goal.pk]), unit is None,
        )  # fmt: skip


def _link(goal: Goal) -> Link:
    title = f"{goal.code} {words.name(goal)}"
    return Link(KIND, _("Goal"), title, reverse("plans:goal", args=[goal.pk]))
