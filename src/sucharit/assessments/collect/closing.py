"""Closing a campaign answered by people, and taking the last traces of order out of its tables.

As with ITA's surveys (``intake.closing`` says why): on PostgreSQL the used key or turn and the answers of
one person carry one transaction number until all rows are written anew; on SQLite the tables are WITHOUT
ROWID, and VACUUM rewrites freed pages.
"""

from __future__ import annotations

import logging
from typing import Any

from django.db import DatabaseError, connection, transaction

from sucharit.assessments.models import (
    Campaign,
    CollectCounter,
    CollectDraft,
    CollectResponse,
)
from sucharit.orgs import scope

log = logging.getLogger("sucharit.collect")

OF_CAMPAIGN = "campaign_unit_id IN (SELECT id FROM assessments_campaignunit WHERE campaign_id = %s)"
# Each with its columns, and which rows move while the campaign is open: an unused key that moves would
# look unknown to the very request that wants to use it, and a turn that moves would be taken twice.
TABLES = {
    "assessments_collectkey": ("key_hash, campaign_unit_id, used", "used"),
    "assessments_collectturn": ("id, campaign_unit_id, person_id, n", "FALSE"),
    "assessments_collectresponse": (
        "id, campaign_unit_id, framework_version, answers, day, resend_hash, content_hash, pair_hash, attempt",
        "TRUE",
    ),
}


def shut(*, actor: Any, campaign: Campaign) -> None:  # noqa: ARG001 (the hook's shape)
    """The gate, in the transaction that closes: no answer in flight comes in after it. Then ``rewrite``."""
    CollectCounter.objects.bulk_create(
        (CollectCounter(campaign_unit_id=pk) for pk in campaign.units.values_list("pk", flat=True)),
        ignore_conflicts=True,
    )
    CollectCounter.objects.filter(campaign_unit__campaign=campaign).update(closed=True)
    transaction.on_commit(lambda: rewrite(campaign.pk))


def rewrite(campaign_id: int) -> None:
    """Write keys, turns and answers of a closed campaign anew, forget resend marks and drafts."""
    with transaction.atomic():
        held = Campaign.objects.select_for_update().get(pk=campaign_id)
        CollectResponse.objects.filter(campaign_unit__campaign=held).update(
            resend_hash=None, content_hash=""
        )
        CollectDraft.objects.filter(campaign_unit__campaign=held).delete()
        _move(campaign_id, everything=True)
    clear_deleted()


def shuffle(*, actor: Any, campaign: Campaign) -> None:
    """While a campaign is open: mix what has come in so far (PostgreSQL; nothing to do on SQLite).

    For a timer; no ledger row, it changes no content.
    """
    if connection.vendor != "postgresql":
        return
    with transaction.atomic():
        held = Campaign.objects.select_for_update().get(pk=campaign.pk)
        scope.require(actor, "assessments.manage", held.owner)
        _move(held.pk, everything=False)
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM (ANALYZE) {table}")


def _move(campaign_id: int, *, everything: bool) -> None:
    if connection.vendor != "postgresql":
        return  # a table WITHOUT ROWID is in the order of its random keys at all times
    with connection.cursor() as cursor:
        for table, (columns, while_open) in TABLES.items():
            key = columns.split(",", 1)[0]
            which = "TRUE" if everything else while_open
            cursor.execute(
                f"WITH moved AS (DELETE FROM {table} WHERE {OF_CAMPAIGN} AND {which} RETURNING *)"  # noqa: S608
                f" INSERT INTO {table} ({columns}) SELECT {columns} FROM moved ORDER BY {key}",
                [campaign_id],
            )


def clear_deleted() -> bool:
    """Give the tables a fresh file: old row versions and freed pages go. Needs no transaction around it."""
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                for table in (*TABLES, "assessments_collectdraft"):
                    cursor.execute(f"VACUUM (FULL, ANALYZE) {table}")
            else:
                cursor.execute("VACUUM")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except DatabaseError as error:
        # Without the traceback: a database's message may show rows.
        log.error("Tables of collecting not rewritten: %s", type(error).__name__)  # noqa: TRY400
        return False
    return True
