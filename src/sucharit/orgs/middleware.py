"""The work context: which unit and which fiscal year the pages are about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from sucharit.core import clock
from sucharit.core.fiscal import fiscal_year_be
from sucharit.core.registry import registry
from sucharit.orgs import scope
from sucharit.orgs.models import Unit

Handler = Callable[[HttpRequest], HttpResponse]
YEARS_BACK = 9  # how many past years the switch lists
FIRST_YEAR = 2540


@dataclass(frozen=True)
class Work:
    """The active unit (None: signed out or no role) and fiscal year (BE); ``years``: what the switch offers."""

    unit: Unit | None
    fiscal_year: int
    years: tuple[int, ...] = ()


def known_year(text: object, this_year: int) -> int | None:
    """A fiscal year (BE) given as text, when it lies between FIRST_YEAR and next year; else None."""
    try:
        year = int(str(text))
    except ValueError:
        return None
    return year if FIRST_YEAR <= year <= this_year + 1 else None


def _unit(request: HttpRequest) -> Unit | None:
    """The unit kept in the session, as long as it is in scope; else the topmost one in scope."""
    chosen = request.session.get("unit")
    if chosen:
        kept = Unit.objects.visible_to(request.user).filter(code=chosen).first()
        if kept is not None:
            return kept
    tops = scope.paths(request.user)
    return Unit.objects.filter(path=tops[0]).first() if tops else None


def _first_year(this_year: int) -> int:
    """Where pages begin: the newest year with something announced; an empty house begins today."""
    announced = [year for source in registry.years for year in source() if year <= this_year]
    return max(announced, default=this_year)


def _work(request: HttpRequest) -> Work:
    this_year = fiscal_year_be(clock.today())
    year = known_year(request.session.get("fiscal_year"), this_year) or _first_year(this_year)
    offered = range(this_year + 1, this_year - YEARS_BACK - 1, -1)
    years = offered if year in offered else [*offered, year]
    return Work(_unit(request), year, tuple(years))


class WorkContext:
    """Puts ``request.work`` there, lazily: a page that doesn't ask costs nothing."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.work = SimpleLazyObject(lambda: _work(request))  # type: ignore[attr-defined]
        return self.get_response(request)
