"""Tables of committees."""

from sucharit.committees.models.bodies import Committee, Member, Seat
from sucharit.committees.models.meetings import (
    AgendaItem,
    Attendance,
    Meeting,
    MinutesComment,
    MinutesVersion,
    Paper,
    Recusal,
)
from sucharit.committees.models.resolutions import Forwarding, Resolution

__all__ = [
    "AgendaItem",
    "Attendance",
    "Committee",
    "Forwarding",
    "Meeting",
    "Member",
    "MinutesComment",
    "MinutesVersion",
    "Paper",
    "Recusal",
    "Resolution",
    "Seat",
]
