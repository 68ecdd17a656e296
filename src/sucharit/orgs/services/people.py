"""Accounts and roles: who is let in, what they may do, where, and until when."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope
from sucharit.orgs.models import RoleAssignment, Unit, User


def first_password() -> str:
    """A password to be told once and changed at first sign-in: 96 bits, in groups that can be read out."""
    return "-".join(secrets.token_hex(3) for _group in range(4))


def make_account(
    *, actor: Any, unit: Unit, role: str, username: str, name_th: str, name_en: str = ""
) -> tuple[User, str]:
    """Make an account that holds ``role`` at ``unit``; gives it with its first password (shown once).

    Raises ValidationError (field → message) for bad input, NotFoundInScope or Forbidden without the right.
    """
    scope.require(actor, "roles.manage", unit)
    password = first_password()
    user = User(username=username.strip(), name_th=name_th.strip(), name_en=name_en.strip())
    user.set_password(password)
    if not user.name_th:
        raise ValidationError({"name_th": _("Give the person's name.")})
    user.full_clean(exclude=["password", "last_login"])
    try:
        with transaction.atomic():
            user.save(force_insert=True)
            record(actor=actor, action="orgs.account.made", target=user, unit=unit)
            _grant(actor=actor, user=user, role=role, unit=unit)
    except IntegrityError as error:
        raise ValidationError({"username": _("This user name is taken.")}) from error
    return user, password


def grant_role(
    *,
    actor: Any,
    user: User,
    role: str,
    unit: Unit,
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
) -> RoleAssignment:
    """Give a role at a unit, from–to. Nobody gives a role to himself: that takes a second person."""
    scope.require(actor, "roles.manage", unit)
    if getattr(actor, "pk", None) is not None and actor.pk == user.pk:
        raise Forbidden(_("Nobody gives a role to himself. Ask another administrator."))
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        return _grant(
            actor=actor, user=user, role=role, unit=unit, valid_from=valid_from, valid_to=valid_to
        )


def _grant(
    *,
    actor: Any,
    user: User,
    role: str,
    unit: Unit,
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
) -> RoleAssignment:
    if role not in RoleAssignment.Role.values:
        raise ValidationError({"role": _("There is no such role.")})
    if valid_from and valid_to and valid_to < valid_from:
        raise ValidationError({"valid_to": _("The last day lies before the first day.")})
    if RoleAssignment.objects.filter(user=user, role=role, unit=unit, valid_to=None).exists():
        raise Refusal(_("This person holds this role here already."))
    made = RoleAssignment.objects.create(
        user=user,
        role=role,
        unit=unit,
        valid_from=valid_from,
        valid_to=valid_to,
        granted_by=actor if isinstance(actor, User) else None,
    )
    record(
        actor=actor,
        action="orgs.role.granted",
        target=made,
        unit=unit,
        role=role,
        user=user.pk,
        valid_from=valid_from.isoformat() if valid_from else None,
        valid_to=valid_to.isoformat() if valid_to else None,
    )
    return made


def end_role(*, actor: Any, assignment_id: int, on: dt.date | None = None) -> RoleAssignment:
    """End a role; its last day is ``on`` (default: yesterday, so it ends at once)."""
    last_day = on or clock.today() - dt.timedelta(days=1)
    with transaction.atomic():
        found = (
            RoleAssignment.objects.select_for_update()
            .select_related("unit")
            .filter(pk=assignment_id)
            .first()
        )
        if found is None:
            raise NotFoundInScope("No such role within your scope.")
        scope.require(actor, "roles.manage", found.unit)
        if found.valid_from and last_day < found.valid_from:
            found.valid_from = last_day
        found.valid_to = last_day
        found.save(update_fields=["valid_from", "valid_to"])
        record(
            actor=actor,
            action="orgs.role.ended",
            target=found,
            unit=found.unit,
            on=last_day.isoformat(),
        )
    return found


def switch_account(*, actor: Any, user: User, unit: Unit, active: bool) -> User:
    """Close or reopen an account; its history stays. The account must hold (or have held) a role at ``unit``."""
    scope.require(actor, "roles.manage", unit)
    if not user.roles.filter(unit=unit).exists():
        raise NotFoundInScope("No such account within your scope.")
    if getattr(actor, "pk", None) == user.pk:
        raise Forbidden(_("Nobody closes his own account."))
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=user.pk)
        locked.is_active = active
        locked.save(update_fields=["is_active"])
        record(
            actor=actor,
            action="orgs.account.opened" if active else "orgs.account.closed",
            target=locked,
            unit=unit,
        )
    return locked
