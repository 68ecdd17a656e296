"""Words for the codes of orgs, in the page's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

KINDS: dict[str, _StrPromise] = {
    "ministry": _("Ministry"),
    "department": _("Department"),
    "enterprise": _("State enterprise"),
    "province": _("Province"),
    "bangkok": _("Bangkok Metropolitan Administration"),
    "district": _("District"),
    "khet": _("District of Bangkok"),
    "pao": _("Provincial administrative organisation"),
    "city_municipality": _("City municipality"),
    "town_municipality": _("Town municipality"),
    "subdistrict_municipality": _("Subdistrict municipality"),
    "tao": _("Subdistrict administrative organisation"),
    "special_lao": _("Special local body"),
    "subdistrict": _("Subdistrict"),
    "bureau": _("Bureau or division"),
    "other": _("Other unit"),
}
EVENTS: dict[str, _StrPromise] = {
    "created": _("Set up"),
    "renamed": _("Renamed"),
    "upgraded": _("Became another kind of body"),
    "merged": _("Merged into"),
    "moved": _("Moved to"),
    "closed": _("Closed"),
}
SCHEMES: dict[str, _StrPromise] = {
    "dopa": _("Area code of the Department of Provincial Administration"),
    "iso3166-2": _("International code (ISO 3166-2)"),
    "budget": _("Code of the Budget Bureau"),
    "egp": _("Code in government e-procurement"),
    "cgd": _("Code of the Comptroller General's Department"),
    "dla": _("Code of the Department of Local Administration"),
    "synthetic": _("Invented for trials"),
}
GROUPINGS: dict[str, _StrPromise] = {
    "region4": _("Four administrative regions"),
    "region6": _("Six geographical regions"),
    "cluster18": _("Provincial clusters (18)"),
}


def kind(code: str) -> _StrPromise | str:
    """Word for a kind of unit."""
    return KINDS.get(code, code)
