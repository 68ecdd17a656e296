"""Reads of action items: who sees them, who may own one, what a reader may do, how they look elsewhere."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sucharit.core import clock
from sucharit.core.registry import Link
from sucharit.desk import labels
from sucharit.desk.engine import actions as engine
from sucharit.desk.models import ActionItem
from sucharit.desk.queries import people
from sucharit.desk.services import actions as services
from sucharit.orgs.models import Unit, User

EDIT = services.EDIT


def visible(user: Any) -> QuerySet[ActionItem]:
    """Items of the user's scope, soonest due first, open ones before closed ones."""
    rows = ActionItem.objects.visible_to(user).select_related("unit", "owner", "origin_unit")
    return rows.order_by(
        F("closed_at").asc(nulls_first=True),
        F("due_on").asc(nulls_last=True),
        "pk",
    )


def owners(unit: Unit) -> QuerySet[User]:
    """Accounts that may own an item of the unit: a role with the right at it or above, in force."""
    return people.with_scope(unit, EDIT)


def possible(user: Any, item: ActionItem) -> frozenset[str]:
    """Names of the steps (``desk.engine.actions.STEPS``) the user may take with the item now."""
    return engine.possible(
        item.state,
        worker=services.works(user, item),
        origin=services.is_origin(user, item),
        own_submission=item.submitted_by_id is not None and item.submitted_by_id == user.pk,
        asked=item.asked_due_on is not None,
    )


def link(user: Any, object_id: str) -> Link | None:
    """An action item as other apps show it (``registry.links["desk.action"]``)."""
    if not object_id.isdecimal():
        return None
    item = ActionItem.objects.visible_to(user).filter(pk=object_id).first()
    return as_link(item) if item else None


def as_link(item: ActionItem) -> Link:
    """Title, state and day of an item."""
    late = engine.overdue(item.state, item.due_on, clock.today())
    house, word = labels.STATES[item.state]
    return Link(
        kind="desk.action",
        kind_label=_("Action item"),
        title=item.title,
        url=reverse("desk:action", args=[item.pk]),
        state="overdue" if late else house,
        state_word="" if late else word,
        on=item.due_on,
    )


def made_of(user: Any, kind: str, object_id: str) -> list[Link]:
    """Action items that were made of a thing: those whose source it is (``registry.backlinks``)."""
    rows = ActionItem.objects.filter(source_kind=kind, source_id=object_id)
    return [as_link(item) for item in rows.filter(pk__in=visible(user).values("pk")).order_by("pk")]
