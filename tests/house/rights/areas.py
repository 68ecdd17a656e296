"""Rules of areas: the country is public, an area is for those who have it in their scope."""

from __future__ import annotations

from tests.house.rights import EDIT, EXPORT, PUBLIC, VIEW, Rule

RULES: dict[str, Rule] = {
    "api:area_projects": Rule(VIEW, ("code",)),
    "plans:areas": Rule(PUBLIC),
    "plans:areas_file": Rule(PUBLIC, ("form",)),
    "plans:area": Rule(VIEW, ("code",)),
    "plans:area_file": Rule(EXPORT, ("code", "form")),
    "plans:area_gap": Rule(EDIT, ("code",), post=True),
}
