"""Reference sheets: a new indicator, a new version of it, the end of one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.errors import Refusal
from sucharit.core.fiscal import fiscal_year_be
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.plans.indicators.services.base import EDIT, alive, hold_indicator, note
from sucharit.plans.models import Indicator

# What a sheet says and a new version may change; owner, code and numbers of versions are not among it.
FIELDS = (
    "kind", "goal", "project", "reviewer_unit", "name_th", "name_en", "definition", "rationale", "formula",
    "numerator_th", "denominator_th", "unit_th", "unit_en", "measure", "direction", "floor_e4",
    "ceiling_e4", "decimals", "data_source", "collection_method", "quality_note", "frequency",
    "over_time", "over_space", "cumulative", "weight_e4", "measured_by", "public", "source",
)  # fmt: skip
SHARES = frozenset({Indicator.Measure.PERCENT, Indicator.Measure.RATIO})


def create_indicator(
    *, actor: Any, owner_unit: Unit, code: str, values: Mapping[str, Any]
) -> Indicator:
    """A new indicator of a unit, version 1. ``values``: fields of the sheet (``FIELDS``).

    Needs "plans.edit" at the owner unit. ValidationError: a field; Refusal: the code is taken.
    """
    with transaction.atomic():
        scope.require(actor, EDIT, owner_unit)
        made = Indicator(code=code.strip(), owner_unit=owner_unit, **_known(values))
        _save(made)
        _note(actor=actor, indicator=made, action="created")
    return made


def new_version(
    *, actor: Any, indicator: Indicator, values: Mapping[str, Any], change_note: str
) -> Indicator:
    """The sheet as it is from now on; the old version keeps its figures and takes no more.

    ``change_note`` says why it differs, for whoever compares the years. Refusal without it.
    """
    with transaction.atomic():
        held = hold_indicator(indicator)
        scope.require(actor, EDIT, held.owner_unit)
        alive(held)
        if not change_note.strip():
            raise Refusal(
                _("Say why this version differs from the one before."), where="change_note"
            )
        now = {name: getattr(held, name) for name in FIELDS} | _known(values)
        made = Indicator(
            code=held.code, version=held.version + 1, owner_unit=held.owner_unit, supersedes=held,
            change_note=change_note.strip(), **now,
        )  # fmt: skip
        _save(made)
        held.retired_at = clock.now()
        held.save(update_fields=["retired_at"])
        _note(actor=actor, indicator=made, action="new_version")
    return made


def retire_indicator(*, actor: Any, indicator: Indicator, why: str) -> Indicator:
    """Use the indicator no more; everything that was told stays. Refusal without a reason."""
    with transaction.atomic():
        held = hold_indicator(indicator)
        scope.require(actor, EDIT, held.owner_unit)
        alive(held)
        if not why.strip():
            raise Refusal(_("Say why the indicator is no longer used."), where="why")
        held.retired_at, held.change_note = clock.now(), why.strip()
        held.save(update_fields=["retired_at", "change_note"])
        _note(actor=actor, indicator=held, action="retired")
    return held


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    strange = set(values) - set(FIELDS)
    if strange:
        raise ValueError(f"no fields of a reference sheet: {', '.join(sorted(strange))}")
    return dict(values)


def _save(made: Indicator) -> None:
    """Checked and saved; a taken code is said in words."""
    made.full_clean(
        exclude=["supersedes", "retired_at"], validate_unique=False, validate_constraints=False
    )
    fits = made.over_space in {"weighted", "count_met", "none"}
    if made.measure in SHARES and not (made.numerator_th and made.denominator_th):
        raise ValidationError(
            {
                "numerator_th": _(
                    "Say what is counted and out of what: shares are added up from that."
                )
            }
        )
    if made.measure in SHARES and not fits:
        raise ValidationError(
            {
                "over_space": _(
                    "Shares of several units are weighted or counted, never added or averaged."
                )
            }
        )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Refusal(_("This code is taken: choose another one."), where="code") from None


def _note(*, actor: Any, indicator: Indicator, action: str) -> None:
    note(
        actor=actor, action=f"indicator.{action}", target=indicator, unit=indicator.owner_unit,
        fiscal_year=fiscal_year_be(clock.today()), code=indicator.code, version=indicator.version,
    )  # fmt: skip
