"""Reads for the pages of notices."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from sucharit.desk.models import LineAccount, Notice


def mine(user: Any) -> QuerySet[Notice]:
    """The user's own notices, newest first."""
    return Notice.objects.filter(user=user).select_related("unit")


def unread(user: Any) -> int:
    """How many the user has not read."""
    return Notice.objects.filter(user=user, read_at=None).count()


def line_account(user: Any) -> LineAccount | None:
    """The linked LINE account, if any."""
    return LineAccount.objects.filter(user=user).first()
