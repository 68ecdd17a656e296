"""Tables of the desk."""

from sucharit.desk.models.actions import ActionCoUnit, ActionEvent, ActionItem
from sucharit.desk.models.deadlines import Clock, Holiday, Obligation
from sucharit.desk.models.notices import (
    Digest,
    LineAccount,
    LineCode,
    LineEvent,
    Notice,
    NoticePreference,
    OutboxMessage,
)
from sucharit.desk.models.work import Deputy, FeedToken, Handover, Snooze

__all__ = [
    "ActionCoUnit",
    "ActionEvent",
    "ActionItem",
    "Clock",
    "Deputy",
    "Digest",
    "FeedToken",
    "Handover",
    "Holiday",
    "LineAccount",
    "LineCode",
    "LineEvent",
    "Notice",
    "NoticePreference",
    "Obligation",
    "OutboxMessage",
    "Snooze",
]
