"""Rolled-up figures as rows of a file. Exact figures as text; an empty cell is "no data"."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sucharit.core.rounding import half_up
from sucharit.orgs.models import Unit
from sucharit.plans.engine.figures import of_e4, text_of
from sucharit.plans.indicators import data, words
from sucharit.plans.indicators.rolled import RolledRow


def columns() -> list[str]:
    """Heads of the file."""
    return [
        _("Unit"), _("Code"), _("Version"), _("Indicator"), _("Unit of measure"), _("Target of the year"),
        _("Figure, reported only"), _("Figure, missing as zero"), _("Denominator assumed"),
        _("Counted (numerator)"), _("Out of (denominator)"), _("Units reported"), _("Units expected"),
        _("Attainment, per cent"), _("Colour word"), _("As of"),
    ]  # fmt: skip


def line(unit: Unit, row: RolledRow) -> list[Any]:
    """One indicator of the unit's subtree."""
    found, whole = row.indicator, row.rolled
    band = data.band_at(row.level, row.target.fiscal_year) if row.target else None
    return [
        unit.code, found.code, found.version, words.name(found), words.measured_in(found),
        _plain(of_e4(row.target.value_e4)) if row.target else None,
        _plain(whole.reported_only), _plain(whole.zero), "yes" if whole.zero_assumed else "no",
        _plain(of_e4(whole.numerator_e4)), _plain(of_e4(whole.denominator_e4)),
        whole.reported, whole.expected, _plain(row.attainment.percent), data.word(band) if band else None,
        row.as_of,
    ]  # fmt: skip


def _plain(value: Any) -> str | None:
    """Four decimals, without thousands: a file is read by programs."""
    if value is None:
        return None
    return text_of(value, 4).replace(",", "") if half_up(value, 4) % 10_000 else str(half_up(value))
