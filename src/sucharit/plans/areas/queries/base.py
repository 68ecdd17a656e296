"""Areas and the projects a reader sees in them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sucharit.core.errors import NotFoundInScope
from sucharit.orgs.models import Unit
from sucharit.plans.models import Project, ProjectArea

PROVINCE_KINDS = ("province", "bangkok")
AREA_KINDS = (*PROVINCE_KINDS, "district", "khet", "subdistrict")


def area_or_404(user: Any, code: str) -> Unit:
    """A province, district or subdistrict within the reader's scope."""
    found: Unit | None = (
        Unit.objects.visible_to(user).filter(code=code, kind__in=AREA_KINDS).first()
    )
    if found is None:
        raise NotFoundInScope(_("There is no such area within your scope."))
    return found


def ways(unit: Unit) -> list[str]:
    """Paths of the unit and of everything above it, from the top."""
    return [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]


def here(area: Unit, fiscal_year: int) -> Q:
    """Condition on ProjectArea: in the area, in a part of it, or in an area around it."""
    return Q(fiscal_year=fiscal_year) & (
        Q(path__gte=area.path, path__lt=area.path + "~") | Q(path__in=ways(area)[:-1])
    )


def projects_here(user: Any, area: Unit, fiscal_year: int) -> QuerySet[Project]:
    """Projects of any agency that work in the area (or in all of the area around it) and that the reader sees."""
    rows = ProjectArea.objects.filter(here(area, fiscal_year)).order_by().values("project")
    found: QuerySet[Project] = Project.objects.visible_to(user).filter(
        pk__in=rows, fiscal_year=fiscal_year
    )
    return found.exclude(state=Project.State.CANCELLED)


def districts(area: Unit, day: Any) -> list[Unit]:
    """The living areas directly below, in Thai order."""
    rows = Unit.objects.under(area).filter(depth=area.depth + 1, kind__in=AREA_KINDS)
    return list(rows.alive(day).by_name())
