"""Committees, meetings and public resolutions over HTTP."""

# No postponed annotations here: ninja reads the types of wrapped views when they are defined.
import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.pagination import paginate

from sucharit.committees import access
from sucharit.committees.meetings.base import day
from sucharit.committees.models import Committee, Meeting, Resolution
from sucharit.committees.resolutions import queries
from sucharit.orgs.api import Pages

router = Router(tags=["committees"])


class CommitteeOut(Schema):
    id: int
    unit: str
    level: str
    code: str
    name_th: str
    order_no: str
    state: str
    synthetic: bool

    @staticmethod
    def resolve_unit(row: Committee) -> str:
        return str(row.unit.code)


class MeetingOut(Schema):
    id: int
    committee: int
    number: int
    be_year: int
    fiscal_year: int
    starts_at: dt.datetime
    state: str
    quorum_seats: int | None
    quorum_needed: int | None
    quorum_present: int | None

    @staticmethod
    def resolve_committee(row: Meeting) -> int:
        return int(row.committee_id)


class ResolutionOut(Schema):
    id: int
    unit: str
    committee: str
    meeting: str
    held_on: dt.date
    kind: str
    text: str

    @staticmethod
    def resolve_unit(row: Resolution) -> str:
        return str(row.item.meeting.committee.unit.code)

    @staticmethod
    def resolve_committee(row: Resolution) -> str:
        return row.item.meeting.committee.name_th

    @staticmethod
    def resolve_meeting(row: Resolution) -> str:
        return str(row.item.meeting)

    @staticmethod
    def resolve_held_on(row: Resolution) -> Any:
        return day(row.item.meeting)


@router.get("", response=list[CommitteeOut], summary="Committees within your scope")
@paginate(Pages)
def list_committees(request: HttpRequest) -> Any:
    """Nobody's for the public; those of the units in scope and those the reader sits on otherwise."""
    return access.committees(request.user).order_by("pk")


@router.get("/meetings", response=list[MeetingOut], summary="Meetings within your scope")
@paginate(Pages)
def list_meetings(request: HttpRequest, fiscal_year: int | None = None) -> Any:
    """Numbers, times and states; the agenda stays on the pages."""
    rows = access.meetings(request.user).order_by("pk")
    return rows.filter(fiscal_year=fiscal_year) if fiscal_year else rows


@router.get("/resolutions", response=list[ResolutionOut], summary="Resolutions open to everybody")
@paginate(Pages)
def list_resolutions(request: HttpRequest, fiscal_year: int | None = None) -> Any:  # noqa: ARG001
    """Marked publishable, of certified minutes, never of confidential items."""
    rows = queries.public()
    return rows.filter(item__meeting__fiscal_year=fiscal_year) if fiscal_year else rows
