"""Reads behind the pages of this room: work on items, their trails, looks at links, second readings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sucharit.assessments.models import (
    LinkVisit,
    OitAssignment,
    OitItemEvent,
    OitLink,
    Participation,
    SecondReading,
    SecondReadingSample,
)
from sucharit.assessments.proof.queries import attached_by_item
from sucharit.assessments.queries.report import ItemRow, Report
from sucharit.assessments.services.freezing import files_of
from sucharit.core.errors import NotFoundInScope
from sucharit.orgs import scope
from sucharit.orgs.models import RoleAssignment, Unit, User


def work_of(participation: Participation) -> dict[str, OitAssignment]:
    """Who has which item in hand."""
    return {a.item: a for a in participation.assignments.select_related("assignee")}


def trail_of(participation: Participation, item: str) -> list[OitItemEvent]:
    """What happened to an item, newest first."""
    found = participation.item_events.filter(item=item).select_related("by", "to")
    return list(found.order_by("-at", "-pk"))


def officers_of(unit: Unit) -> QuerySet[User]:
    """Accounts an item may be given to: officers and heads with a role over the unit in force."""
    from sucharit.core import clock

    above = [unit.path[:n] for n in range(unit.steplen, len(unit.path) + 1, unit.steplen)]
    roles = RoleAssignment.objects.in_force(clock.today()).filter(
        role__in=(RoleAssignment.Role.UNIT_OFFICER, RoleAssignment.Role.UNIT_HEAD),
        unit__path__in=above,
    )
    return User.objects.filter(is_active=True, pk__in=roles.values("user_id")).order_by(
        "name_th", "username"
    )


def checks_of(participation: Participation) -> list[tuple[OitLink, LinkVisit | None]]:
    """The present links of a self-report, each with the newest look at it."""
    newest: dict[tuple[str, str], LinkVisit] = {}
    for visit in participation.visits.order_by("at", "pk"):
        newest[visit.item, visit.url] = visit
    links = OitLink.objects.filter(entry__participation=participation).select_related("entry")
    rows = sorted(links, key=lambda x: (x.entry.item[:1], _number(x.entry.item), x.position))
    return [(link, newest.get((link.entry.item, link.url))) for link in rows]


def with_copies(participation: Participation, frozen: dict[str, Any], item: str) -> dict[str, Any]:
    """A frozen entry with the newest fetch of each link beside it, as ``link["visit"]``."""
    visits = {
        v.url: v
        for v in participation.visits.filter(item=item, purpose=LinkVisit.Purpose.COPY)
        .select_related("copy")
        .order_by("at", "pk")
    }
    links = [link | {"visit": visits.get(link["url"])} for link in frozen.get("links", [])]
    return frozen | {"links": links}


def answers_of(p: Participation, report: Report, form: Any) -> list[Any]:
    """(group, its rows with answer, files, evidence of the library and the field of a comment)."""
    entries = {e.item: e for e in p.entries.prefetch_related("links")}
    files = files_of(entries.values())
    uses = attached_by_item(participation=p)

    def row(found: ItemRow) -> dict[str, Any]:
        code = found.item.code
        entry = entries.get(code)
        return {
            "row": found,
            "entry": entry,
            "files": files.get(entry.pk, []) if entry else [],
            "proofs": [u for u in uses.get(code, []) if u.revision.file],
            "field": form[f"item_{code}"],
        }

    return [(group, [row(r) for r in group.rows]) for group in report.groups]


def visit_or_404(participation: Participation, pk: int) -> LinkVisit:
    """A look at a link of a self-report the user has been let in to."""
    found = participation.visits.select_related("copy").filter(pk=pk).first()
    if found is None:
        raise NotFoundInScope(_("There is no such copy."))
    return found


def samples_of(round_: Any) -> QuerySet[SecondReadingSample]:
    """Samples of a round, newest first."""
    return SecondReadingSample.objects.filter(round=round_).select_related("drawn_by")


def readings_of(user: Any, sample: SecondReadingSample) -> QuerySet[SecondReading]:
    """Drawn items of units the user marks or runs, in the order of the draw."""
    found = sample.readings.select_related("participation__unit", "read_by", "sample__round")
    allowed = {
        p for name in ("assessments.mark", "assessments.manage") for p in scope.paths(user, name)
    }
    within = Q(pk=None)
    for path in allowed:
        within |= Q(participation__unit__path__startswith=path)
    return found.filter(within)


def tally(rows: Iterable[SecondReading]) -> dict[str, int]:
    """How many were drawn, read, and agree with the first mark."""
    found = list(rows)
    return {
        "drawn": len(found),
        "read": sum(r.read_at is not None for r in found),
        "agree": sum(r.agrees is True for r in found),
        "differ": sum(r.agrees is False for r in found),
    }


def _number(code: str) -> int:
    digits = "".join(c for c in code if c.isdigit())
    return int(digits) if digits else 0
