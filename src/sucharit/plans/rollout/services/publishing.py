"""A template's life: made from a plan, edited as draft, published (never changed again), withdrawn; reminders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.desk.services.actions import open_action
from sucharit.orgs import scope
from sucharit.orgs.models import Unit, User
from sucharit.plans.engine.templates import count, problems
from sucharit.plans.models import Plan, PlanTemplate
from sucharit.plans.rollout import queries, words
from sucharit.plans.rollout.documents import documents_of, keyed

MANAGE = "plans.manage"
SOURCE = "plans.template"
State = PlanTemplate.State


def template_from_plan(
    *,
    actor: Any,
    plan: Plan,
    code: str,
    title_th: str = "",
    audience_kinds: Sequence[str] = ("province",),
    adopt_by: dt.date | None = None,
    fiscal_year: int | None = None,
) -> PlanTemplate:
    """A draft template with the plan's projects and activities, owned by the plan's unit.

    ``code``: latin letters, digits, hyphens; unique for owner and year. Right "plans.manage" at the owner.
    """
    scope.require(actor, MANAGE, plan.owner)
    if not isinstance(actor, System) and not Plan.objects.visible_to(actor).filter(pk=plan.pk):
        raise NotFoundInScope(_("There is no such plan."))
    year = fiscal_year or plan.fiscal_year
    short = slugify(code)
    if not short:
        raise Refusal(_("Give the template a short code in Latin letters."), where="code")
    document = keyed(documents_of([plan.pk])[plan.pk])
    if not document["projects"]:
        raise Refusal(_("The plan has no project: there is nothing to make a template of."))
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=plan.owner_id)
        if PlanTemplate.objects.filter(owner=plan.owner, code=short, fiscal_year=year).exists():
            raise Refusal(
                _("There is a template with this code in this year. Choose another code, or make a new version of it."),
                where="code",
            )  # fmt: skip
        made = PlanTemplate.objects.create(
            owner=plan.owner, code=short[:60], fiscal_year=year, title_th=(title_th.strip() or plan.title_th)[:300],
            title_en="" if title_th.strip() else plan.title_en, document=document,
            audience_kinds=_kinds(audience_kinds), adopt_by=adopt_by,
        )  # fmt: skip
        _record("made", made, actor=actor, plan=plan.pk)
    return made


def change_template(
    *,
    actor: Any,
    template: PlanTemplate,
    title_th: str,
    title_en: str,
    guidance: str,
    audience_kinds: Sequence[str],
    adopt_by: dt.date | None,
) -> PlanTemplate:
    """Change a draft; what is published never changes."""
    with transaction.atomic():
        held = _held(template, State.DRAFT, actor=actor)
        if not title_th.strip():
            raise Refusal(_("Give the template a title."), where="title_th")
        held.title_th, held.title_en = title_th.strip()[:300], title_en.strip()[:300]
        held.guidance, held.audience_kinds = guidance.strip(), _kinds(audience_kinds)
        held.adopt_by = adopt_by
        held.save(update_fields=["title_th", "title_en", "guidance", "audience_kinds", "adopt_by"])
        _record("changed", held, actor=actor)
    return held


def publish_template(*, actor: Any, template: PlanTemplate) -> PlanTemplate:
    """Publish a draft for its audience. The version before is withdrawn: plans made from it stay as they are."""
    with transaction.atomic():
        held = _held(template, State.DRAFT, actor=actor)
        wrong = problems(held.document)
        if wrong:
            raise Refusal(words.problem(wrong[0]))
        if held.adopt_by is not None and held.adopt_by < clock.today():
            raise Refusal(_("The day to answer by has passed: set a later one first."), where="adopt_by")  # fmt: skip
        before = PlanTemplate.objects.filter(
            owner=held.owner, code=held.code, fiscal_year=held.fiscal_year, state=State.PUBLISHED
        )
        replaced = before.update(state=State.WITHDRAWN)
        held.state, held.published_at = State.PUBLISHED, clock.now()
        held.published_by = actor if isinstance(actor, User) else None
        held.save(update_fields=["state", "published_at", "published_by"])
        projects, activities = count(held.document)
        _record("published", held, actor=actor, projects=projects, activities=activities, replaced=replaced)  # fmt: skip
    return held


def withdraw_template(*, actor: Any, template: PlanTemplate) -> PlanTemplate:
    """Nobody can adopt it any more; plans that were made from it stay."""
    with transaction.atomic():
        held = _held(template, State.PUBLISHED, actor=actor)
        held.state = State.WITHDRAWN
        held.save(update_fields=["state"])
        _record("withdrawn", held, actor=actor)
    return held


def new_version(*, actor: Any, template: PlanTemplate) -> PlanTemplate:
    """A draft that begins as the newest version; one draft at a time."""
    with transaction.atomic():
        held = _held(template, State.PUBLISHED, State.WITHDRAWN, actor=actor)
        versions = PlanTemplate.objects.filter(
            owner=held.owner, code=held.code, fiscal_year=held.fiscal_year
        )
        if versions.filter(state=State.DRAFT).exists():
            raise Refusal(_("There is a draft of the next version already: edit that one."))
        last = versions.order_by("-version").values_list("version", flat=True)[0]
        made = PlanTemplate.objects.create(
            owner=held.owner, code=held.code, fiscal_year=held.fiscal_year, version=last + 1,
            title_th=held.title_th, title_en=held.title_en, guidance=held.guidance,
            document=held.document, audience_kinds=held.audience_kinds,
        )  # fmt: skip
        _record("made", made, actor=actor, version_of=held.pk)
    return made


def remind(*, actor: Any, template: PlanTemplate) -> int:
    """Open an action item at every unit that has not answered; gives how many. A second time opens no second one."""
    with transaction.atomic():
        held = _held(template, State.PUBLISHED, actor=actor)
        waiting = queries.unanswered(held)
        for unit in waiting:
            open_action(
                actor=actor, unit=unit, origin_unit=held.owner, fiscal_year=held.fiscal_year,
                title=_("Answer the plan template: %(title)s") % {"title": held.title_th},
                source_kind=SOURCE, source_id=str(held.pk), due_on=held.adopt_by,
                source_url=reverse("plans:rollout_unit", args=[held.pk, unit.code]),
            )  # fmt: skip
        _record("reminded", held, actor=actor, units=len(waiting))
    return len(waiting)


def _held(template: PlanTemplate, *states: str, actor: Any) -> PlanTemplate:
    held = PlanTemplate.objects.select_for_update(of=("self",)).select_related("owner").get(pk=template.pk)  # fmt: skip
    scope.require(actor, MANAGE, held.owner)
    if held.state not in states:
        raise Refusal(_("The template is not in a state for this step any more. Load the page again."))  # fmt: skip
    return held


def _kinds(kinds: Sequence[str]) -> list[str]:
    found = [k for k in Unit.Kind.values if k in set(kinds)]
    if not found:
        raise Refusal(_("Choose who adopts it: at least one kind of unit."), where="audience_kinds")
    return found


def _record(what: str, template: PlanTemplate, *, actor: Any, **data: Any) -> None:
    record(
        actor=actor, action=f"plans.template.{what}", target=template, unit=template.owner,
        fiscal_year=template.fiscal_year, version=template.version, **data,
    )  # fmt: skip
