"""Closing surveys, and taking the last traces of order out of the tables.

While a round is open on PostgreSQL, the used key and the answers of one person were written by one
transaction and carry its number (``xmin``), and rows lie in the order they came (``ctid``). Only
a database superuser sees that; docs/anonymity.md says who that is. ``shuffle`` shortens the time,
``close_surveys`` ends it: all rows are written anew by one transaction, in the order of their
random keys. On SQLite the tables have no such columns; there only pages of the file remain, and
VACUUM rewrites them.
"""

from __future__ import annotations

import logging
from typing import Any

from django.db import DatabaseError, connection, transaction

from sucharit.assessments.intake import lookup
from sucharit.assessments.models import (
    PaperBatch,
    PaperEntry,
    Participation,
    ResponseCounter,
    Round,
    SurveyResponse,
)
from sucharit.core import ledger
from sucharit.orgs import scope

log = logging.getLogger("sucharit.intake")

TABLES = ("assessments_accesskey", "assessments_surveyresponse")
# Paper forms in keying: rows without an order of arrival, but their deleted content must go, too.
CLEARED = (*TABLES, "assessments_paperentry")
OF_ROUND = "participation_id IN (SELECT id FROM assessments_participation WHERE round_id = %s)"
# Unused keys stay where they are while a round is open: a row that moves would look "unknown" to
# the very request that wants to use it.
MOVE_KEYS = f"""
    WITH moved AS (DELETE FROM assessments_accesskey WHERE {OF_ROUND} AND (used OR %s) RETURNING *)
    INSERT INTO assessments_accesskey (key_hash, participation_id, instrument, part, used)
    SELECT key_hash, participation_id, instrument, part, used FROM moved ORDER BY key_hash
"""  # noqa: S608 (only our own constant)
MOVE_ANSWERS = f"""
    WITH moved AS (DELETE FROM assessments_surveyresponse WHERE {OF_ROUND} RETURNING *)
    INSERT INTO assessments_surveyresponse
           (id, participation_id, instrument, part, framework_version, answers, day, resend_hash)
    SELECT id, participation_id, instrument, part, framework_version, answers, day, resend_hash
      FROM moved ORDER BY id
"""  # noqa: S608 (only our own constant)


def close_surveys(*, actor: Any, round: Round) -> int:  # noqa: A002 (the field's word)
    """Shut the surveys of a round for good, remove every trace of order; gives how many answered.

    First the gate (one transaction: after it no answer comes in, even of requests in flight),
    then, once that is committed, ``rewrite``. Calling it again is harmless and repeats the
    rewriting.
    """
    with transaction.atomic():
        held = (
            Round.objects.select_for_update(of=("self",))
            .select_related("owner", "framework")
            .get(pk=round.pk)
        )
        scope.require(actor, "assessments.manage", held.owner)
        # Batches before counters, as a commit locks them.
        paper = _drop_paper(held)
        _ensure_counters(held)
        counters = ResponseCounter.objects.filter(participation__round=held)
        counters.update(closed=True)
        n = sum(counters.values_list("n", flat=True))
        ledger.record(
            actor=actor, action="assessments.surveys_closed", target=held, unit=held.owner,
            fiscal_year=held.fiscal_year, responses=n, **({"paper_dropped": paper} if paper else {}),
        )  # fmt: skip
        transaction.on_commit(lambda: rewrite(held.pk))
    lookup.forget()
    return n


def _drop_paper(round_: Round) -> int:
    """Paper batches that were not committed in time are given up; gives how many forms they had.

    Their answers could never be counted, so they are not kept either. Part 2 goes on: assessors
    may still collect it while the round is under review.
    """
    batches = PaperBatch.objects.filter(participation__round=round_, part="1").unfinished()
    found = dict(batches.select_for_update(of=("self",)).values_list("pk", "forms"))
    PaperEntry.objects.filter(batch__in=list(found)).delete()
    PaperBatch.objects.filter(pk__in=list(found)).update(state=PaperBatch.State.DROPPED)
    return sum(found.values())


def _ensure_counters(round_: Round) -> None:
    """A counter for every public survey of the round, so that each has a gate to shut."""
    places = [
        ResponseCounter(participation_id=pk, instrument=instrument, part="1")
        for pk in Participation.objects.filter(round=round_).values_list("pk", flat=True)
        for instrument in ("IIT", "EIT")
    ]
    ResponseCounter.objects.bulk_create(places, ignore_conflicts=True, batch_size=500)


def rewrite(round_id: int) -> None:
    """Write keys and answers of a closed round anew, forget resend marks, clear deleted content."""
    with transaction.atomic():
        _lock(round_id)
        SurveyResponse.objects.filter(participation__round_id=round_id).update(resend_hash=None)
        _move(round_id, unused_too=True)
    clear_deleted()


def shuffle(*, actor: Any, round: Round) -> None:  # noqa: A002
    """While a round is open: mix what has come in so far (PostgreSQL; nothing to do on SQLite).

    For a timer, a few times a day; no ledger row, it changes no content.
    """
    if connection.vendor != "postgresql":
        return
    with transaction.atomic():
        held = _lock(round.pk)
        scope.require(actor, "assessments.manage", held.owner)
        _move(held.pk, unused_too=False)
    with connection.cursor() as cursor:
        for table in CLEARED:
            cursor.execute(f"VACUUM (ANALYZE) {table}")


def _lock(round_id: int) -> Round:
    return Round.objects.select_for_update(of=("self",)).select_related("owner").get(pk=round_id)


def _move(round_id: int, *, unused_too: bool) -> None:
    if connection.vendor != "postgresql":
        return  # a table WITHOUT ROWID is in the order of its random keys at all times
    with connection.cursor() as cursor:
        cursor.execute(MOVE_KEYS, (round_id, unused_too))
        cursor.execute(MOVE_ANSWERS, (round_id,))


def clear_deleted() -> bool:
    """Give the tables a fresh file: old row versions, freed pages and the write-ahead file go.

    Needs no transaction around it. A failure (another long reader) is logged and gives False.
    """
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                for table in CLEARED:
                    cursor.execute(f"VACUUM (FULL, ANALYZE) {table}")
            else:
                cursor.execute("VACUUM")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except DatabaseError as error:
        # Without the traceback: a database's message may show rows.
        name = type(error).__name__
        log.error("Survey tables not rewritten: %s. Run: sucharit shuffle-answers", name)  # noqa: TRY400
        return False
    return True
