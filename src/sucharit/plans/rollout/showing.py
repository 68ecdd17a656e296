"""What the roll-out shows of itself: side-bar entry, desk items, links, words of its action items."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sucharit.core.registry import DeskItem, Link, NavEntry, registry
from sucharit.desk import labels
from sucharit.plans.rollout import queries, words
from sucharit.plans.rollout.services.publishing import SOURCE


def register() -> None:
    """Hand everything in."""
    registry.nav.append(
        NavEntry(
            "plan", gettext_lazy("Plan templates"), "plans:rollout", icon="copy", permission="view", order=60
        )
    )  # fmt: skip
    registry.desk.append(desk_items)
    registry.links[SOURCE] = link
    labels.SOURCES[SOURCE] = gettext_lazy("Plan template")


def desk_items(user: Any) -> Iterable[DeskItem]:
    """Templates that wait for an answer of a unit whose head or officer the user is."""
    for template, unit in queries.waiting_for(user):
        yield DeskItem(
            title=_("Answer the plan template: %(title)s") % {"title": template.title_th},
            url=reverse("plans:rollout_unit", args=[template.pk, unit.code]),
            unit=labels.unit_name(unit),
            kind=SOURCE,
            kind_label=_("Plan template"),
            due_on=template.adopt_by,
            fiscal_year=template.fiscal_year,
            key=f"{SOURCE}:{template.pk}:{unit.pk}",
        )


def link(user: Any, pk: str) -> Link | None:
    """A template the reader sees."""
    found = queries.visible_to(user).filter(pk=int(pk)).first() if pk.isdigit() else None
    if found is None:
        return None
    state, word = words.STATES[found.state]
    url = reverse("plans:rollout_template", args=[found.pk])
    return Link(SOURCE, _("Plan template"), found.title_th, url, state, word, found.adopt_by)
