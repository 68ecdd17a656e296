"""Mappings between frameworks: which item says something about which other one, and how strongly."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments.checklists.base import LONGEST
from sucharit.assessments.models import Framework, FrameworkMapping
from sucharit.assessments.services.steps import account
from sucharit.core.errors import NotFoundInScope
from sucharit.core.ledger import record
from sucharit.orgs import scope
from sucharit.orgs.models import Unit

MANAGE = "assessments.manage"


def save_mapping(
    *,
    actor: Any,
    owner: Unit,
    source_code: str,
    source_item: str,
    target_code: str,
    target_item: str,
    relation: str,
    rationale: str,
    strength: int,
    verified: bool = False,
) -> FrameworkMapping:
    """Say that an item of one framework bears on an item of another; the same pair again replaces it.

    ValidationError by field: unknown framework or item, both the same, no rationale, strength beyond 0–10.
    """
    scope.require(actor, MANAGE, owner)
    wrong: dict[str, str] = {}
    for side, code, item in (
        ("source", source_code, source_item),
        ("target", target_code, target_item),
    ):
        known = items_of(code)
        if known is None:
            wrong[f"{side}_code"] = _("There is no framework with this code.")
        elif item not in known:
            wrong[f"{side}_item"] = _("The framework has no such item.")
    if source_code == target_code and not wrong:
        wrong["target_code"] = _("Choose another framework: years of the same one match by item.")
    if relation not in FrameworkMapping.Relation.values:
        wrong["relation"] = _("Choose a relation.")
    if not rationale.strip() or len(rationale) > LONGEST:
        wrong["rationale"] = _("Say in a sentence why the two belong together.")
    if not 0 <= strength <= 10:
        wrong["strength"] = _("Strength runs from 0 to 10.")
    if wrong:
        raise ValidationError(wrong)
    with transaction.atomic():
        before = (
            FrameworkMapping.objects.select_for_update(of=("self",))
            .filter(
                source_code=source_code, source_item=source_item,
                target_code=target_code, target_item=target_item,
            ).select_related("owner").first()
        )  # fmt: skip
        if before is not None:
            scope.require(actor, MANAGE, before.owner)
        made = before or FrameworkMapping(
            source_code=source_code, source_item=source_item, target_code=target_code,
            target_item=target_item, owner=owner,
        )  # fmt: skip
        made.relation, made.rationale, made.strength = relation, rationale.strip(), strength
        made.verified, made.made_by = verified, account(actor)
        made.save()
        record(
            actor=actor, action="assessments.mapping.saved", target=made, unit=made.owner,
            source=f"{source_code} {source_item}", to=f"{target_code} {target_item}",
            relation=relation, strength=strength, verified=verified,
        )  # fmt: skip
    return made


def remove_mapping(*, actor: Any, mapping: FrameworkMapping) -> None:
    """Take a mapping away; what units took over and confirmed stays theirs."""
    with transaction.atomic():
        held = FrameworkMapping.objects.select_for_update().filter(pk=mapping.pk).first()
        if held is None:
            raise NotFoundInScope(_("There is no such mapping."))
        scope.require(actor, MANAGE, held.owner)
        record(actor=actor, action="assessments.mapping.removed", target=held, unit=held.owner)
        held.delete()


def items_of(code: str) -> dict[str, dict[str, str]] | None:
    """Titles by item code of a framework's newest version (edition or instrument); None: no such framework."""
    framework = Framework.objects.filter(code=code).order_by("-version").first()
    if framework is None:
        return None
    found = {}
    for row in framework.document.get("items", ()):
        item = row.get("code") or row.get("id")
        if item and row.get("type") not in {"section", "note"}:
            found[str(item)] = row.get("title") or row.get("label") or {}
    return found
