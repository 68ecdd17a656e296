"""A small ministry with people around action items of the province th-38."""

from __future__ import annotations

import datetime as dt

from sucharit.core import clock
from sucharit.desk.models import ActionItem
from sucharit.desk.services import actions as services

DAY = dt.timedelta(days=1)


class World:
    """``centre`` above all, ``head`` and ``officer`` of th-38, ``other`` of th-66, ``auditor``."""

    def __init__(self, make):
        self.make = make
        self.units = make.ministry()
        self.centre = make.user("ministry_centre", self.units["moi"])
        self.head = make.user("unit_head", self.units["th-38"])
        self.officer = make.user("unit_officer", self.units["th-38"])
        self.other = make.user("unit_officer", self.units["th-66"])
        self.auditor = make.user("auditor", self.units["moi"])

    def open(self, code="th-38", n=1, **more):
        """An item of the unit, opened by the centre; its finding is the unit's own unless told."""
        fields = {"title": f"ตรวจสอบ {n}", "source_kind": "test.source", "source_id": str(n)}
        return services.open_action(
            actor=self.centre, unit=self.units[code], fiscal_year=2567, **(fields | more)
        )

    def from_above(self, code="th-38", n=1, **more):
        """An item whose finding is the ministry's: only it accepts."""
        return self.open(code, n, origin_unit=self.units["moi"], **more)

    def submitted(self, **more):
        """Handed in by the officer."""
        item = self.open(**more)
        return services.submit_action(actor=self.officer, action=item, note="แก้แล้ว")


def fresh(item):
    return ActionItem.objects.get(pk=item.pk)


def ahead(days=9):
    return clock.today() + days * DAY
