"""Units over HTTP: the public register (names, kinds, codes, place in the tree)."""

# No postponed annotations here: ninja reads the types of wrapped views when they are defined.
import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.pagination import LimitOffsetPagination, paginate

from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope
from sucharit.orgs.models import Unit

router = Router(tags=["units"])


class Pages(LimitOffsetPagination):
    """Limit and offset within what a database can count."""

    class Input(LimitOffsetPagination.Input):
        limit: int = Field(100, ge=1, le=1000)
        offset: int = Field(0, ge=0, le=10_000_000)


class IdentifierOut(Schema):
    scheme: str
    code: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    verified: bool


class UnitOut(Schema):
    code: str
    kind: str
    name_th: str
    name_en: str
    short_th: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    synthetic: bool


class UnitFull(UnitOut):
    parent: str | None
    identifiers: list[IdentifierOut]


@router.get("", response=list[UnitOut], summary="Units that exist on a date")
@paginate(Pages)
def list_units(request: HttpRequest, kind: str | None = None, on: dt.date | None = None) -> Any:  # noqa: ARG001
    """The register is public: it holds names and codes of offices, nothing about persons."""
    units = Unit.objects.alive(on or clock.today()).order_by("path")
    return units.filter(kind=kind) if kind else units


@router.get("/{code}", response=UnitFull, summary="One unit with its codes")
def get_unit(request: HttpRequest, code: str) -> dict[str, Any]:  # noqa: ARG001
    """404 when there is no such unit."""
    unit = Unit.objects.prefetch_related("identifiers").filter(code=code).first()
    if unit is None:
        raise NotFoundInScope("No such unit.")
    parent = (
        Unit.objects.filter(path=unit.path[: -Unit.steplen]).values_list("code", flat=True).first()
    )
    plain = {f: getattr(unit, f) for f in UnitOut.model_fields}
    return {**plain, "parent": parent, "identifiers": list(unit.identifiers.all())}
