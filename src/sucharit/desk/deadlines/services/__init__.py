"""Every write of this room: days off, their import, clocks, obligations."""

from sucharit.desk.deadlines.services.clocks import load_clocks
from sucharit.desk.deadlines.services.days import load_calendar, remove_day, save_day
from sucharit.desk.deadlines.services.importing import import_days
from sucharit.desk.deadlines.services.obligations import (
    close_obligation,
    extend_obligation,
    open_obligation,
)

__all__ = [
    "close_obligation",
    "extend_obligation",
    "import_days",
    "load_calendar",
    "load_clocks",
    "open_obligation",
    "remove_day",
    "save_day",
]
