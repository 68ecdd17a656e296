"""Rules of authoring: who sees assessments reads what is published; drafts belong to who authors there."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

from sucharit.assessments.authoring import services
from sucharit.assessments.authoring.template import TEMPLATE
from sucharit.assessments.services.instruments import publish_document
from sucharit.core.actors import System
from tests.house.rights import MANAGE, VIEW, Rule

_n = itertools.count(1)


@dataclass(frozen=True)
class Everybodys(Rule):
    """Published instruments are open to all who see assessments, whichever unit published them."""

    @property
    def about_a_unit(self) -> bool:
        return False


DRAFT = ("draft_id",)
VERSION = ("code:instrument", "version:instrument")
RULES: dict[str, Rule] = {
    "assessments:instruments": Rule(VIEW),
    "assessments:instrument_template": Rule(VIEW),
    "assessments:instrument_new": Rule(MANAGE),
    "assessments:instrument": Everybodys(VIEW, VERSION),
    "assessments:instrument_compare": Everybodys(VIEW, ("code:instrument",)),
    "assessments:instrument_file": Everybodys(VIEW, (*VERSION, "form:instrument")),
    "assessments:instrument_edition_file": Everybodys(VIEW, ("code:edition", "survey")),
    "assessments:instrument_copy": Everybodys(MANAGE, VERSION),
    "assessments:instrument_draft": Rule(MANAGE, DRAFT),
    "assessments:instrument_draft_preview": Rule(MANAGE, DRAFT),
    "assessments:instrument_draft_diff": Rule(MANAGE, DRAFT),
    "assessments:instrument_draft_file": Rule(MANAGE, (*DRAFT, "form:instrument")),
    "assessments:instrument_texts": Rule(MANAGE, DRAFT),
    "assessments:instrument_edit": Rule(MANAGE, (*DRAFT, "part")),
    "assessments:instrument_replace": Rule(MANAGE, DRAFT),
    "assessments:instrument_publish": Rule(MANAGE, DRAFT, post=True),
    "assessments:instrument_discard": Rule(MANAGE, DRAFT, post=True),
}


def fill(_make: Any, side: dict[str, Any]) -> dict[str, Any]:
    """A published instrument and a draft of the side's unit."""
    code = f"test.instrument-{next(_n)}"
    document = {**TEMPLATE, "id": code}
    actor = System("test")
    publish_document(actor=actor, document=document, owner=side["unit"])
    draft = services.create_draft(
        actor=actor, owner=side["unit"], document={**document, "title": {"th": "ใหม่", "en": "New"}}
    )
    return {
        "code:instrument": code,
        "version:instrument": 1,
        "form:instrument": "yaml",
        "code:edition": side["round"].framework.code,
        "survey": "iit",
        "draft_id": draft.pk,
        "part": "head",
    }
