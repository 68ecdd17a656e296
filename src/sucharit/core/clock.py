"""The one place that asks what time it is; engines get ``today`` passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    import datetime as dt


def now() -> dt.datetime:
    """The present moment, aware, UTC."""
    return timezone.now()


def today() -> dt.date:
    """Today's date in Thailand (settings.TIME_ZONE), whatever zone the server stands in."""
    return timezone.localdate()
