"""How a person arranges his desk: put off, hand over, take back, decline, a deputy while away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.core.registry import DeskItem
from sucharit.desk.models import Deputy, Handover, Snooze
from sucharit.desk.queries import arranged, sources
from sucharit.orgs import scope
from sucharit.orgs.models import Unit, User

LONGEST_AWAY = dt.timedelta(days=366)


def snooze(*, actor: User, key: str, until: dt.date, reason: str) -> Snooze:
    """Put an item of one's own desk off until a day; it comes back by itself on that day.

    Refusal for a day that does not lie ahead, without a reason, or when it is put off already.
    """
    today = clock.today()
    if until <= today:
        raise Refusal(_("Choose a day that lies ahead."), where="until")
    if not reason.strip():
        raise Refusal(_("Say why the item can wait."), where="reason")
    _on_desk(actor=actor, key=key, today=today)
    with _once(_("The item is put off already.")):
        _hold(actor)
        kept = Snooze.objects.select_for_update().filter(user=actor, key=key, ended_at=None).first()
        if kept is not None:
            if kept.until > today:
                raise Refusal(_("The item is put off already."))
            kept.ended_at = clock.now()  # it came back by itself
            kept.save(update_fields=["ended_at"])
        made = Snooze.objects.create(
            user=actor, key=key, until=until, reason=reason.strip()[:300], at=clock.now()
        )
        _noted("snoozed", made, actor=actor, until=until.isoformat())
    return made


def end_snooze(*, actor: User, snooze: Snooze) -> Snooze:
    """Take an item back before its day. NotFoundInScope for somebody else's."""
    with transaction.atomic():
        held = Snooze.objects.select_for_update().filter(pk=snooze.pk, user=actor).first()
        if held is None:
            raise NotFoundInScope(_("There is no such item."))
        if held.ended_at is not None or held.until <= clock.today():
            raise Refusal(_("The item is back on your desk already."))
        held.ended_at = clock.now()
        held.save(update_fields=["ended_at"])
        _noted("snooze_ended", held, actor=actor)
    return held


def hand_over(*, actor: User, key: str, taker: User, note: str = "") -> Handover:
    """Give one item of one's own desk to a colleague who has scope for its unit.

    It shows on his desk with the giver's name until it is done, taken back or declined. It moves no right:
    what the colleague may do with it, his own roles say.
    """
    item = _on_desk(actor=actor, key=key, today=clock.today())
    unit = item.unit
    if not isinstance(unit, Unit):
        raise Refusal(_("This item belongs to no single unit and cannot be handed over."))
    if taker.pk == actor.pk:
        raise Refusal(_("Choose somebody else."), where="taker")
    if not taker.is_active or not scope.can(taker, "view", unit):
        raise Refusal(_("The colleague must hold a role at the unit or above it."), where="taker")
    with _once(_("The item is handed over already.")):
        _hold(actor)
        if Handover.objects.filter(giver=actor, key=key, ended_at=None).exists():
            raise Refusal(_("The item is handed over already."))
        made = Handover.objects.create(
            key=key, kind=item.kind[:60], title=str(item.title)[:300], url=item.url[:300],
            unit=unit, due_on=item.due_on, giver=actor, taker=taker, note=note.strip()[:300],
            at=clock.now(),
        )  # fmt: skip
        _noted("handed_over", made, actor=actor, unit=unit, taker=taker.pk, item=key)
        _forget(taker)
    return made


def end_handover(*, actor: User, handover: Handover) -> Handover:
    """The giver takes it back, or the colleague declines it: it lies on the giver's desk again."""
    with transaction.atomic():
        held = Handover.objects.select_for_update().filter(pk=handover.pk).first()
        if held is None or actor.pk not in (held.giver_id, held.taker_id):
            raise NotFoundInScope(_("There is no such item."))
        if held.ended_at is not None:
            raise Refusal(_("This handing over has ended already."))
        held.ended_at = clock.now()
        held.save(update_fields=["ended_at"])
        what = "taken_back" if actor.pk == held.giver_id else "declined"
        _noted(what, held, actor=actor, unit=held.unit, item=held.key)
        _forget(held.giver)
        _forget(held.taker)
    return held


def set_deputy(
    *, actor: User, deputy: User, starts_on: dt.date, ends_on: dt.date, reason: str = ""
) -> Deputy:
    """Name who looks after one's desk from day to day (CE, both included). It gives no right.

    The deputy must hold a role at or above every unit the person has a role at. Refusal for days that have
    passed, the wrong way round, longer than a year, or that meet another deputy's.
    """
    if ends_on < starts_on:
        raise Refusal(_("The last day lies before the first."), where="ends_on")
    if ends_on < clock.today():
        raise Refusal(_("These days have passed."), where="ends_on")
    if ends_on - starts_on > LONGEST_AWAY:
        raise Refusal(_("At most a year at a time."), where="ends_on")
    if deputy.pk == actor.pk:
        raise Refusal(_("Choose somebody else."), where="deputy")
    if not deputy.is_active or not covers(deputy, actor):
        raise Refusal(_("The deputy must hold a role at your unit or above it."), where="deputy")
    with transaction.atomic():
        _hold(actor)
        meets = Deputy.objects.filter(
            user=actor, ended_at=None, starts_on__lte=ends_on, ends_on__gte=starts_on
        )
        if meets.exists():
            raise Refusal(_("Another deputy is named for some of these days."), where="starts_on")
        made = Deputy.objects.create(
            user=actor, deputy=deputy, starts_on=starts_on, ends_on=ends_on,
            reason=reason.strip()[:300], at=clock.now(),
        )  # fmt: skip
        _noted(
            "deputy_set", made, actor=actor, deputy=deputy.pk, starts=starts_on.isoformat(),
            ends=ends_on.isoformat(),
        )  # fmt: skip
    return made


def end_deputy(*, actor: User, deputy: Deputy) -> Deputy:
    """Back at the desk: the person, or the deputy, ends it now."""
    with transaction.atomic():
        held = Deputy.objects.select_for_update().filter(pk=deputy.pk).first()
        if held is None or actor.pk not in (held.user_id, held.deputy_id):
            raise NotFoundInScope(_("There is no such deputy."))
        if held.ended_at is not None:
            raise Refusal(_("This has ended already."))
        held.ended_at = clock.now()
        held.save(update_fields=["ended_at"])
        _noted("deputy_ended", held, actor=actor)
    return held


def covers(deputy: User, person: User) -> bool:
    """Whether the deputy sees every unit the person has a role at; a person without a role has no desk."""
    units = scope.paths(person)
    seen = scope.paths(deputy)
    return bool(units) and all(any(u.startswith(path) for path in seen) for u in units)


def _on_desk(*, actor: User, key: str, today: dt.date) -> DeskItem:
    """The item, when it lies on the actor's desk (his own, or handed to him)."""
    item = sources.found(actor, [key]).get(key)
    if item is None:
        handed = arranged.taken(actor, today).get(key)
        item = handed.item if handed else None
    if item is None:
        raise NotFoundInScope(_("There is no such item on your desk."))
    return item


def _hold(person: User) -> None:
    # One at a time for a person's own arrangements; needed where a rule spans rows (deputies' days).
    User.objects.select_for_update().get(pk=person.pk)


@contextmanager
def _once(sentence: str) -> Iterator[None]:
    """A transaction in which breaking a "once" constraint is a Refusal with the sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as twice:
        raise Refusal(sentence) from twice


def _noted(what: str, row: Any, *, actor: User, unit: Any = None, **data: Any) -> None:
    _forget(actor)
    record(actor=actor, action=f"desk.work.{what}", target=row, unit=unit, **data)


def _forget(person: User) -> None:
    transaction.on_commit(lambda: cache.delete(f"desk-count-{person.pk}"))
