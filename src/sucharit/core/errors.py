"""The few errors services raise on purpose; middleware turns them into pages."""

from __future__ import annotations


class SucharitError(Exception):
    """Base of everything a service refuses on purpose; the text is shown to the user."""


class NotFoundInScope(SucharitError):
    """No such thing within what the actor may see: always shown as 404, never as 403."""


class Forbidden(SucharitError):
    """The actor sees the thing but may not do this with it (403)."""


class Refusal(SucharitError):
    """The state of things does not allow it now (409); says what to do instead.

    ``where`` names the place (field, row or cell) when there is one.
    """

    def __init__(self, message: str, *, where: str = "") -> None:
        super().__init__(message)
        self.where = where
