"""What indicators show of themselves: side bar, desk, links, panel, search, evidence, open table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sucharit.core.registry import Link, NavEntry, OpenTable, Panel, SearchSource, registry
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.plans.engine.figures import of_e4, text_of
from sucharit.plans.indicators import duties, queries, words
from sucharit.plans.indicators.services.figures import EVIDENCE_KIND
from sucharit.plans.models import Actual, Indicator

KIND = "plans.indicator"
SHOWN = 5


def register() -> None:
    """Hand everything in."""
    registry.nav.append(
        NavEntry(
            "plan", _("Indicators"), "plans:indicators", icon="chart", permission="view", order=40
        )
    )
    registry.evidence[EVIDENCE_KIND] = queries.may_see_actual
    registry.links[KIND] = link
    registry.links[EVIDENCE_KIND] = actual_link
    registry.backlinks.append(backlinks)
    registry.desk.append(duties.desk_items)
    registry.panels.append(
        Panel("indicators", _("Indicators"), panel, "plans/indicators/panel.html", order=35)
    )
    registry.search.append(SearchSource("indicator", _("Indicators"), search_rows))
    registry.tables.append(
        OpenTable(
            "indicators",
            _("Public indicators: verified figures"),
            (
                "unit", "code", "version", "name_th", "measure", "period", "seq", "numerator", "denominator",
                "value", "verified_at", "counted",
            ),
            open_rows,
            _("Verified figures of public indicators with numerator and denominator; a missing figure has no row"),
            open_count,
        )
    )  # fmt: skip


def link(user: Any, object_id: str) -> Link | None:
    """An indicator by its key."""
    if not object_id.isdigit():
        return None
    found = Indicator.objects.visible_to(user).filter(pk=int(object_id)).first()
    return _link(found) if found else None


def actual_link(user: Any, object_id: str) -> Link | None:
    """A figure of a period, for those in scope."""
    if not queries.may_see_actual(user, object_id):
        return None
    actual = Actual.objects.select_related("indicator", "unit").get(pk=int(object_id))
    title = f"{words.name(actual.indicator)} {words.period(actual.period, actual.seq, actual.fiscal_year)}"
    url = reverse("plans:figure_record", args=[actual.pk])
    return Link(EVIDENCE_KIND, _("Figure"), title, url, str(actual.status))


def backlinks(user: Any, kind: str, object_id: str) -> Iterable[Link]:
    """Indicators of a goal, a project or an activity."""
    fields = {"plans.goal": "goal", "plans.project": "project", "plans.activity": "activities"}
    if kind not in fields or not object_id.isdigit():
        return []
    rows = Indicator.objects.visible_to(user).filter(
        **{fields[kind]: int(object_id)}, retired_at=None
    )
    return [_link(i) for i in rows.order_by("code").distinct()]


def panel(user: Any, unit: Unit, fiscal_year: int) -> dict[str, Any] | None:
    """The unit's own indicators; what is below target first."""
    rows = queries.unit_rows(user, unit, fiscal_year)
    if not rows:
        return None
    worst = sorted(rows, key=lambda r: (r.level is None, r.level or 0, r.indicator.code))
    known = [r for r in rows if r.level is not None]
    met = sum(r.level == SHOWN for r in known)
    inside = scope.can(user, "view", unit)
    url = reverse("plans:indicators_unit", args=[unit.code, fiscal_year]) if inside else ""
    number = {"label": _("Indicators on target"), "value": f"{met} / {len(rows)}", "url": url}
    return {
        "rows": worst[:SHOWN],
        "unit": unit,
        "fiscal_year": fiscal_year,
        "url": url,
        "numbers": [number] if url else [],
    }


def search_rows() -> Iterable[tuple[str, str, str, str, str, bool]]:
    """Sheets in use."""
    rows = Indicator.objects.filter(retired_at=None).select_related("owner_unit")
    for i in rows.iterator():
        body = f"{i.name_en} {i.definition}"
        yield (
            str(i.pk), i.owner_unit.path, f"{i.code} {i.name_th}", body,
            reverse("plans:indicator", args=[i.pk]), i.public,
        )  # fmt: skip


def open_count(fiscal_year: int) -> int:
    """How many figures a year has."""
    return _open(fiscal_year).count()


def open_rows(fiscal_year: int) -> Iterable[tuple[Any, ...]]:
    """Verified figures of public indicators."""
    for a in _open(fiscal_year).iterator():
        yield (
            a.unit.code, a.indicator.code, a.indicator.version, a.indicator.name_th, a.indicator.measure,
            a.period, a.seq, _text(a.numerator_e4), _text(a.denominator_e4), _text(a.value_e4),
            a.verified_at, a.counted,
        )  # fmt: skip


def _open(fiscal_year: int) -> Any:
    rows = queries.visible_actuals(AnonymousUser()).filter(fiscal_year=fiscal_year, official=True)
    return rows.select_related("unit", "indicator").order_by(
        "indicator__code", "unit__code", "seq", "pk"
    )


def _text(value: int | None) -> str | None:
    return None if value is None else text_of(of_e4(value), 4).replace(",", "")


def _link(found: Indicator) -> Link:
    url = reverse("plans:indicator", args=[found.pk])
    ended = found.retired_at is not None
    state, word = ("closed", _("Ended")) if ended else ("open", _("In use"))
    return Link(KIND, _("Indicator"), f"{found.code} {words.name(found)}", url, state, word)
