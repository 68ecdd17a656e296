"""The list of hits as core.lists shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from sucharit.assessments.approvals import follow_ups, sentences
from sucharit.assessments.approvals.findings import Hit
from sucharit.assessments.approvals.texts import hit_title, number
from sucharit.core.exports import Hundredths
from sucharit.core.lists import ExportColumn, ListTable
from sucharit.core.rounding import hundredths
from sucharit.core.templatetags.ui import chip
from sucharit.desk import labels
from sucharit.desk.models import ActionItem

IMPORTANCE: dict[str, tuple[str, Any]] = {
    "high": ("late", _("Look first")),
    "medium": ("partial", _("Look soon")),
    "low": ("planned", _("When there is time")),
}
_RIGHT = {"th": {"class": "num"}, "td": {"class": "num"}}


@dataclass(frozen=True)
class Row:
    """A hit with its action item, if it has one."""

    hit: Hit
    item: ActionItem | None


class HitTable(ListTable):
    what = tables.Column(verbose_name=_("What to look at"), accessor="hit", orderable=False)
    unit = tables.Column(verbose_name=_("Unit"), accessor="hit__unit", orderable=False)
    importance = tables.Column(
        verbose_name=_("Importance of the finding"), accessor="hit__importance", orderable=False
    )
    value = tables.Column(
        verbose_name=_("Figure looked at"), accessor="hit", orderable=False, attrs=_RIGHT
    )
    median = tables.Column(
        verbose_name=_("Median"), accessor="hit__median", default="–", orderable=False, attrs=_RIGHT
    )
    mad = tables.Column(
        verbose_name=_("MAD"), accessor="hit__mad", default="–", orderable=False, attrs=_RIGHT
    )
    n = tables.Column(
        verbose_name=_("Units compared"),
        accessor="hit__n",
        default="–",
        orderable=False,
        attrs=_RIGHT,
    )
    follow_up = tables.Column(
        verbose_name=_("Follow-up of the finding"),
        accessor="item",
        default=_("none yet"),
        orderable=False,
    )

    def render_what(self, value: Hit) -> Any:
        return format_html('<a href="{}">{}</a>', follow_ups.address(value), hit_title(value))

    def render_unit(self, value: Any) -> Any:
        return sentences.name(value)

    def render_importance(self, value: str) -> Any:
        return chip(*IMPORTANCE[value])

    def render_value(self, value: Hit) -> str:
        if value.value is None:
            return f"{number(value.left)} / {number(value.right)}"
        return number(value.value)

    def render_median(self, value: Any) -> str:
        return number(value)

    def render_mad(self, value: Any) -> str:
        return number(value)

    def render_follow_up(self, value: ActionItem) -> Any:
        state = chip(*labels.STATES[value.state])
        return format_html('<a href="{}">{}</a>', reverse("desk:action", args=[value.pk]), state)


def _cell(name: str) -> Any:
    def of(row: Row) -> Hundredths | None:
        value = getattr(row.hit, name)
        return None if value is None else Hundredths(hundredths(value))

    return of


EXPORT = (
    ExportColumn(_("Unit code"), "hit.unit.code"),
    ExportColumn(_("Unit"), lambda row: sentences.name(row.hit.unit)),
    ExportColumn(_("What to look at"), lambda row: hit_title(row.hit)),
    ExportColumn(
        _("Importance of the finding"), lambda row: str(IMPORTANCE[row.hit.importance][1])
    ),
    ExportColumn(_("Figure looked at"), _cell("value")),
    ExportColumn(_("Median"), _cell("median")),
    ExportColumn(_("MAD"), _cell("mad")),
    ExportColumn(_("Units compared"), "hit.n"),
    ExportColumn(_("Modified z-score"), _cell("z")),
    ExportColumn(_("Left side"), _cell("left")),
    ExportColumn(_("Right side"), _cell("right")),
    ExportColumn(
        _("Follow-up of the finding"),
        lambda row: str(labels.STATES[row.item.state][1]) if row.item else None,
    ),
)
