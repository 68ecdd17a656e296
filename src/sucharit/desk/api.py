"""My work and action items over HTTP: for the signed-in reader only, with the rights of the pages."""

# No postponed annotations here: ninja reads the types of wrapped views when they are defined.
import datetime as dt
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from sucharit.core import clock
from sucharit.core.errors import Forbidden
from sucharit.desk import actions
from sucharit.desk.engine import actions as engine
from sucharit.desk.models import ActionItem
from sucharit.desk.queries.board import PAGE, Asked, board
from sucharit.orgs import scope
from sucharit.orgs.api import Pages

router = Router(tags=["desk"])


class OwedOut(Schema):
    key: str
    title: str
    url: str
    kind: str
    kind_label: str
    unit: str | None
    fiscal_year: int | None
    due_on: dt.date | None
    days_left: int | None
    group: str


class BoardOut(Schema):
    total: int
    page: int
    pages: int
    page_size: int
    groups: dict[str, int]
    items: list[OwedOut]


class BoardIn(Schema):
    scope: Literal["mine", "units"] = "mine"
    group: Literal["", "overdue", "week", "later", "no_date"] = ""
    kind: str = Field("", max_length=60)
    unit: str = Field("", max_length=100)
    fiscal_year: int | None = Field(None, ge=2500, le=2700)
    text: str = Field("", max_length=100)
    page: int = Field(1, ge=1, le=100_000)


class ActionOut(Schema):
    id: int
    title: str
    unit: str
    origin_unit: str
    fiscal_year: int
    state: str
    overdue: bool
    priority: int
    progress: int
    due_on: dt.date | None
    original_due_on: dt.date | None
    source_kind: str
    source_id: str


class ActionFull(ActionOut):
    why: str
    co_units: list[str]
    reopened_count: int
    events: list[dict[str, Any]]


@router.get("/items", response=BoardOut, summary="What waits for you, soonest first")
def my_items(request: HttpRequest, asked: Query[BoardIn]) -> dict[str, Any]:
    """A page of "my work"; put off and handed over items are left out."""
    _signed_in(request)
    found = board(request.user, Asked(**asked.dict()), today=clock.today())
    items = [
        {
            "key": o.item.key,
            "title": str(o.item.title),
            "url": o.item.url,
            "kind": o.item.kind,
            "kind_label": str(o.item.kind_label),
            "unit": getattr(o.item.unit, "code", None),
            "fiscal_year": o.item.fiscal_year,
            "due_on": o.item.due_on,
            "days_left": o.days_left,
            "group": o.group,
        }
        for o in found.rows
    ]
    return {
        "total": found.total, "page": found.page, "pages": found.pages, "page_size": PAGE,
        "groups": found.groups, "items": items,
    }  # fmt: skip


@router.get("/actions", response=list[ActionOut], summary="Action items of your scope")
@paginate(Pages)
def list_actions(
    request: HttpRequest, state: str | None = None, unit: str | None = None, overdue: bool = False
) -> Any:
    """Soonest due first, closed ones last. ``unit``: code of the lead unit."""
    _signed_in(request)
    rows = actions.visible(request.user)
    if state:
        rows = rows.filter(state=state)
    if unit:
        rows = rows.filter(unit__code=unit)
    if overdue:
        rows = rows.filter(pk__in=ActionItem.objects.overdue(clock.today()).values("pk"))
    return _Rows(rows)


@router.get("/actions/{pk}", response=ActionFull, summary="One action item with its history")
def get_action(request: HttpRequest, pk: int) -> dict[str, Any]:
    """404 out of scope, and for who is not signed in. The history names no person."""
    item = scope.get_or_404(actions.visible(request.user), pk=pk)
    assert isinstance(item, ActionItem)
    return _plain(item) | {
        "why": item.why,
        "co_units": [c.unit.code for c in item.co_units.select_related("unit")],
        "reopened_count": item.reopened_count,
        "events": [
            {"kind": e.kind, "at": e.at, "due_on": e.due_on, "progress": e.progress}
            for e in item.events.all()
        ],
    }


class _Rows:
    """A queryset whose slices come out as plain rows (what ninja's pages slice and count)."""

    def __init__(self, rows: Any) -> None:
        self.rows = rows

    def __getitem__(self, part: slice) -> list[dict[str, Any]]:
        return [_plain(item) for item in self.rows[part]]

    def __len__(self) -> int:
        return int(self.rows.count())


def _plain(item: ActionItem) -> dict[str, Any]:
    names = (
        "id", "title", "fiscal_year", "state", "priority", "progress", "due_on",
        "original_due_on", "source_kind", "source_id",
    )  # fmt: skip
    return {n: getattr(item, n) for n in names} | {
        "unit": item.unit.code,
        "origin_unit": item.origin_unit.code,
        "overdue": engine.overdue(item.state, item.due_on, clock.today()),
    }


def _signed_in(request: HttpRequest) -> None:
    if not request.user.is_authenticated:
        raise Forbidden("Sign in first.")
