"""Workflows by their key: "round:3" is an ITA round, "campaign:12" any other campaign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sucharit.assessments.engine.approval import Acceptance
from sucharit.assessments.models import Campaign, Round
from sucharit.core.errors import NotFoundInScope
from sucharit.orgs.models import Unit

KINDS = ("round", "campaign")
SETTINGS = (
    "approvals"  # key in Campaign.settings: {"kinds": [...], "acceptance": "...", "league": true}
)


@dataclass(frozen=True)
class Workflow:
    """One campaign or round as approval sees it.

    ``signing`` kinds of units that sign (None: all on the way up), ``running`` False for a draft,
    ``league`` whether units may be ranked by completeness (off unless the campaign says so).
    """

    kind: str
    pk: int
    title: str
    owner: Unit
    fiscal_year: int
    due_on: dt.date
    running: bool
    source: Any  # the Round or Campaign
    acceptance: Acceptance = Acceptance.OPTIONAL
    signing: frozenset[str] | None = None
    league: bool = False

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.pk}"


def find(key: str) -> Workflow:
    """The workflow of a key, whoever asks; NotFoundInScope when there is none."""
    kind, _colon, number = key.partition(":")
    if kind not in KINDS or not (number.isascii() and number.isdigit() and len(number) < 10):
        raise NotFoundInScope(_("There is no such assessment."))
    model: Any = Round if kind == "round" else Campaign
    rows = model.objects.select_related("owner", "framework").defer("framework__document")
    found = rows.filter(pk=int(number)).first()
    if found is None:
        raise NotFoundInScope(_("There is no such assessment."))
    return of(found)


def of(source: Round | Campaign) -> Workflow:
    """A round or campaign as a workflow."""
    if isinstance(source, Round):
        return Workflow(
            kind="round", pk=source.pk, title=source.title, owner=source.owner,
            fiscal_year=source.fiscal_year, due_on=source.oit_to,
            running=source.state != Round.State.DRAFT, source=source,
        )  # fmt: skip
    told = source.settings.get(SETTINGS) or {}
    kinds = told.get("kinds")
    return Workflow(
        kind="campaign", pk=source.pk, title=source.title, owner=source.owner,
        fiscal_year=source.fiscal_year, due_on=source.closes_on,
        running=source.state != Campaign.State.DRAFT, source=source,
        acceptance=Acceptance(told.get("acceptance", Acceptance.OPTIONAL)),
        signing=None if kinds is None else frozenset(kinds), league=bool(told.get("league")),
    )  # fmt: skip


def visible_to(user: Any) -> list[Workflow]:
    """Running workflows in which a unit of the user's scope takes part, newest year first."""

    def all_of(model: Any) -> Iterator[Workflow]:
        rows = model.objects.visible_to(user).exclude(state="draft")
        yield from map(
            of, rows.select_related("owner", "framework").defer("framework__document").distinct()
        )

    found = [*all_of(Round), *all_of(Campaign)]
    return sorted(found, key=lambda w: (-w.fiscal_year, w.kind, -w.pk))


def visible(user: Any, key: str) -> Workflow:
    """The workflow, when the user may see it."""
    found = find(key)
    model: Any = type(found.source)
    if not model.objects.visible_to(user).filter(pk=found.pk).exists():
        raise NotFoundInScope(_("There is no such assessment."))
    return found
