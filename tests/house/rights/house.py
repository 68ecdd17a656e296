"""Rules of the founding house: shell, register, ITA round."""

from __future__ import annotations

from tests.house.rights import (
    ACCOUNTS,
    EDIT,
    EXPORT,
    MANAGE,
    PUBLIC,
    SIGNED_IN,
    VIEW,
    Rule,
)

ROUND = ("round_id",)
UNIT = ("round_id", "code")
YEAR = ("fiscal_year", "code")
ITEM = ("round_id", "code", "item")
RULES: dict[str, Rule] = {
    "portal:home": Rule(PUBLIC),
    "portal:about": Rule(PUBLIC),
    "portal:brief": Rule(SIGNED_IN),  # empty without a role
    "portal:access": Rule(PUBLIC),
    "portal:open_data": Rule(PUBLIC),
    "portal:open_file": Rule(PUBLIC, ("key", "year", "form")),
    "desk:home": Rule(SIGNED_IN),
    "desk:count": Rule(SIGNED_IN),
    "core:ledger": Rule(frozenset({"auditor"})),
    "core:ledger_heads": Rule(PUBLIC),
    "core:search": Rule(PUBLIC),
    "orgs:units": Rule(SIGNED_IN),
    "orgs:unit": Rule(VIEW, ("code",)),
    "orgs:switch": Rule(SIGNED_IN),
    "orgs:roles": Rule(ACCOUNTS),
    "orgs:role_end": Rule(ACCOUNTS, ("pk:assignment",), post=True),
    "orgs:account_new": Rule(ACCOUNTS),
    "orgs:account": Rule(ACCOUNTS, ("pk:account",)),
    "orgs:account_switch": Rule(ACCOUNTS, ("pk:account",), post=True),
    "api:openapi-json": Rule(PUBLIC),
    "api:api-root": Rule(frozenset()),  # ninja's own, switched off
    "api:list_units": Rule(PUBLIC),
    "api:get_unit": Rule(PUBLIC, ("code",)),
    "api:list_results": Rule(PUBLIC, ("fiscal_year",)),
    "api:get_result": Rule(MANAGE, YEAR),
    "api:get_why": Rule(MANAGE, (*YEAR, "node")),
    # Nothing is announced in this world, so a unit's result is there only for who runs rounds.
    "assessments:results_latest": Rule(PUBLIC),
    "assessments:results": Rule(PUBLIC, ("fiscal_year",)),
    "assessments:results_csv": Rule(PUBLIC, ("fiscal_year",)),
    "assessments:results_xlsx": Rule(PUBLIC, ("fiscal_year",)),
    "assessments:unit_result": Rule(MANAGE, YEAR),
    "assessments:unit_result_csv": Rule(MANAGE, YEAR),
    "assessments:unit_result_xlsx": Rule(MANAGE, YEAR),
    "assessments:unit_result_pdf": Rule(MANAGE, YEAR),
    "assessments:why": Rule(MANAGE, (*YEAR, "node")),
    "assessments:survey": Rule(PUBLIC, ("code:survey",)),
    "assessments:rounds": Rule(SIGNED_IN),  # the list is empty without a role
    "assessments:round_new": Rule(MANAGE),
    "assessments:round": Rule(VIEW, ROUND),
    "assessments:round_calendar": Rule(MANAGE, ROUND),
    "assessments:round_step": Rule(MANAGE, (*ROUND, "action")),
    "assessments:round_units_csv": Rule(EXPORT, ROUND),
    "assessments:workspace": Rule(VIEW, UNIT),
    "assessments:population": Rule(EDIT, UNIT),
    "assessments:links": Rule(EDIT, UNIT),
    "assessments:links_pdf": Rule(EDIT, UNIT),
    "assessments:cards": Rule(EDIT, UNIT, post=True),
    "assessments:oit": Rule(VIEW, UNIT),
    "assessments:oit_item": Rule(VIEW, ITEM),
    "assessments:oit_submit": Rule(EDIT, UNIT),
    "assessments:oit_approve": Rule(frozenset({"unit_head"}), UNIT),
    "assessments:oit_reopen": Rule(frozenset({"unit_head"}), UNIT),
    "assessments:marks": Rule(VIEW, UNIT),
    "assessments:object": Rule(EDIT, ITEM),
    "assessments:marking": Rule(frozenset({"assessor"})),
    "assessments:marking_unit": Rule(frozenset({"assessor"}), UNIT),
    "assessments:marking_item": Rule(frozenset({"assessor"}), ITEM),
    "assessments:decide": Rule(frozenset({"assessor"}), ITEM),
    "core:evidence": Rule(VIEW, ("evidence_id",)),
    "core:evidence_download": Rule(VIEW, ("evidence_id", "number")),
}
