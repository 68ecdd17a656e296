"""What every page's shell needs: side bar, work context, flags. All of it lazy: a page pays for what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sucharit.core.registry import SECTIONS, NavEntry, registry

SECTION_LABELS = {
    "assess": _("Assess"),
    "plan": _("Planning"),
    "act": _("Act"),
    "watch": _("Watch"),
    "show": _("Disclose"),
}


@dataclass(frozen=True)
class Line:
    """One line of the side bar, resolved for this request."""

    label: Any
    url: str
    icon: str
    current: bool


@dataclass(frozen=True)
class Section:
    """A section of the side bar with the lines this user may open."""

    key: str
    label: Any
    icon: str
    entries: list[Line]


class Shell:
    """The frame of one page. Properties are computed on first use and kept for the request."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._user = getattr(request, "user", None)

    @cached_property
    def signed_in(self) -> bool:
        return bool(self._user and self._user.is_authenticated)

    @cached_property
    def desk_url(self) -> str:
        return reverse("desk:home")

    @cached_property
    def sections(self) -> list[Section]:
        """Sections in their order; those without a line for this user are left out."""
        found = (
            Section(
                key,
                SECTION_LABELS[key],
                key,
                self._lines([e for e in registry.nav if e.section == key]),
            )
            for key in SECTIONS
        )
        return [s for s in found if s.entries]

    @cached_property
    def public_entries(self) -> list[Line]:
        return self._lines([e for e in registry.nav if e.public])

    @cached_property
    def unit_name(self) -> str:
        """Name of the active unit in the page's language; empty without one."""
        unit = getattr(getattr(self._request, "work", None), "unit", None)
        if unit is None:
            return ""
        return str(unit.name_th if _thai() or not unit.name_en else unit.name_en)

    @cached_property
    def user_name(self) -> str:
        """The account's name in the page's language, else its user name."""
        names = (getattr(self._user, "name_th", ""), getattr(self._user, "name_en", ""))
        return str((names[0] if _thai() else names[1]) or names[0] or self._user)

    @cached_property
    def manages_roles(self) -> bool:
        return self.signed_in and registry.may(self._user, "roles.manage")

    @cached_property
    def years(self) -> list[int]:
        """Fiscal years (BE) the switch offers, newest first."""
        work = getattr(self._request, "work", None)
        return list(work.years) if work else []

    @cached_property
    def synthetic(self) -> bool:
        """Whether the page must say that what it shows is made up."""
        if settings.SYNTHETIC_BANNER:
            return True
        unit = getattr(getattr(self._request, "work", None), "unit", None)
        return bool(getattr(self._user, "synthetic", False) or getattr(unit, "synthetic", False))

    def _allowed(self, entry: NavEntry) -> bool:
        if entry.public:
            return True
        return self.signed_in and (
            not entry.permission or registry.may(self._user, entry.permission)
        )

    def _lines(self, entries: list[NavEntry]) -> list[Line]:
        lines = []
        for entry in sorted(entries, key=lambda e: e.order):
            if not self._allowed(entry):
                continue
            try:
                url = reverse(entry.url_name)
            except (
                NoReverseMatch
            ):  # tests/portal/test_nav.py finds it; one bad line must not take every page down
                continue
            lines.append(Line(entry.label, url, entry.icon or entry.section, current=False))
        here = self._current([line.url for line in lines])
        return [Line(line.label, line.url, line.icon, line.url == here) for line in lines]

    def _current(self, urls: list[str]) -> str:
        """The longest address this page lies under."""
        under = [u for u in urls if u != "/" and self._request.path.startswith(u)]
        return max(under, key=len, default="")


def _thai() -> bool:
    return (get_language() or "th").startswith("th")


def shell(request: HttpRequest) -> dict[str, Any]:
    """``shell`` (see Shell) and ``work`` (active unit and fiscal year) for the templates."""
    return {"shell": Shell(request), "work": getattr(request, "work", None)}
