"""Who may see which address: the words rules are written in. Each room keeps its own file of rules.

A room's file has ``RULES`` (address name → Rule) and, where its addresses need more than the world
holds, ``fill(make, side) -> dict`` with what to add to one side's arguments (``side["participation"]``,
``side["round"]``, ``side["unit"]`` and the arguments so far are there).
"""

from __future__ import annotations

from dataclasses import dataclass

ROLES = (
    "ministry_centre",
    "unit_head",
    "unit_officer",
    "assessor",
    "auditor",
    "system_admin",
    "partner",
)
PUBLIC = frozenset({"", *ROLES})
SIGNED_IN = frozenset(ROLES)
VIEW = frozenset({"ministry_centre", "unit_head", "unit_officer", "assessor", "auditor"})
EDIT = frozenset({"ministry_centre", "unit_head", "unit_officer"})
EXPORT = VIEW - {"assessor"}
MANAGE = frozenset({"ministry_centre"})
ACCOUNTS = frozenset({"ministry_centre", "system_admin"})


@dataclass(frozen=True)
class Rule:
    """Who gets an answer about his own unit; about another unit nobody does, unless ``public``.

    ``args``: names in ``World`` that fill the address. ``post``: the address only takes POST.
    """

    who: frozenset[str]
    args: tuple[str, ...] = ()
    post: bool = False

    @property
    def about_a_unit(self) -> bool:
        return bool(self.args) and self.who != PUBLIC
