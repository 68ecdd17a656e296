"""Key, answers and count change together or not at all: the one hot path of the house, in plain SQL.

No statement fails on purpose (ON CONFLICT, not a unique error): PostgreSQL would write a failed one,
answers and all, into its log.
"""

from __future__ import annotations

import enum
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from sucharit.assessments.intake.answers import week_of

if TYPE_CHECKING:
    import datetime as dt

    from sucharit.assessments.intake.lookup import Survey


class Outcome(enum.Enum):
    """What became of a sheet; but for STORED nothing was changed."""

    STORED = "stored"
    KEY_REFUSED = "key refused"  # unknown or used
    SENT_BEFORE = "sent before"  # this page's id is there already
    GATE_SHUT = "gate shut"  # no counter yet, round not open, survey closed, or cap reached


@dataclass(frozen=True, slots=True)
class Sheet:
    """An answer sheet that is complete and ready to be stored."""

    survey: Survey
    packed: bytes
    key_hash: str | None
    resend_hash: str

    @property
    def place(self) -> dict[str, Any]:
        """Unit in its round, survey and part, as parameters."""
        return {
            "pk": self.survey.participation_id,
            "instrument": self.survey.instrument,
            "part": "1",
        }


KEY = "key_hash = %(key)s AND NOT used"
PLACE = "participation_id = %(pk)s AND instrument = %(instrument)s AND part = %(part)s"
# The gate: answers come in only while the round is open, the survey not closed, the cap not reached.
GATE = f"""{PLACE} AND NOT closed AND (cap IS NULL OR n < cap)
       AND EXISTS (SELECT 1 FROM assessments_participation p
                     JOIN assessments_round r ON r.id = p.round_id
                    WHERE p.id = %(pk)s AND r.state = 'open')"""  # noqa: S608
INTO = """
    INSERT INTO assessments_surveyresponse
           (id, participation_id, instrument, part, framework_version, answers, day, resend_hash)"""
ROW = "%(id)s, %(pk)s, %(instrument)s, %(part)s, %(version)s, %(answers)s, %(day)s, %(resend)s"
ONCE = "ON CONFLICT (resend_hash) DO NOTHING"

USE_KEY = f"UPDATE assessments_accesskey SET used = TRUE WHERE {KEY} AND {PLACE}"  # noqa: S608
KEEP_ANSWERS = f"{INTO} VALUES ({ROW}) {ONCE}"
COUNT_IT = f"UPDATE assessments_responsecounter SET n = n + 1 WHERE {GATE}"  # noqa: S608

# PostgreSQL does the same in one statement and one journey: lock key and counter if both are good, then
# write all three. A waiting FOR UPDATE looks at the row again as it is then, so nobody passes twice.
AT_ONCE = f"""
    WITH k AS MATERIALIZED (
        SELECT 1 FROM assessments_accesskey WHERE {KEY} AND {PLACE} FOR UPDATE
    ), good AS MATERIALIZED (
        SELECT 1 WHERE %(key)s IS NULL OR EXISTS (SELECT 1 FROM k)
    ), gate AS MATERIALIZED (
        SELECT 1 FROM assessments_responsecounter
         WHERE EXISTS (SELECT 1 FROM good) AND {GATE} FOR UPDATE
    ), kept AS (
        {INTO} SELECT %(id)s::uuid, %(pk)s, %(instrument)s, %(part)s, %(version)s, %(answers)s,
                      %(day)s::date, %(resend)s
          FROM gate {ONCE} RETURNING 1
    ), key_used AS (
        UPDATE assessments_accesskey SET used = TRUE
         WHERE key_hash = %(key)s AND EXISTS (SELECT 1 FROM kept) RETURNING 1
    ), counted AS (
        UPDATE assessments_responsecounter SET n = n + 1
         WHERE {PLACE} AND EXISTS (SELECT 1 FROM kept) RETURNING 1
    )
    SELECT (SELECT count(*) FROM good), (SELECT count(*) FROM gate), (SELECT count(*) FROM kept)
"""  # noqa: S608


def _typed(statement: str) -> str:
    """The statement with each value's type said, so that the server may plan it before it sees one."""
    types = {"pk": "bigint", "instrument": "text", "part": "text", "key": "text", "version": "int"}
    for name, kind in types.items():
        statement = statement.replace(f"%({name})s", f"%({name})s::{kind}")
    return statement


PREPARED = _typed(AT_ONCE)


def write(sheet: Sheet, today: dt.date) -> Outcome:
    """Use the key, keep the answers, count them: all three, durable when this returns, or nothing."""
    values = {
        **sheet.place,
        "key": sheet.key_hash,
        "id": uuid.uuid4().hex,
        "version": sheet.survey.framework_version,
        "answers": sheet.packed,
        "day": week_of(today).isoformat(),
        "resend": sheet.resend_hash,
    }
    return _at_once(values) if connection.vendor == "postgresql" else _step_by_step(values)


def _at_once(values: dict[str, Any]) -> Outcome:
    """One journey, and prepared: the server need not plan the statement anew for every sheet."""
    from psycopg import Cursor

    connection.ensure_connection()
    # Django's own cursor puts values into the text, which leaves nothing to prepare.
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.execute(PREPARED, values, prepare=True)
        row = cursor.fetchone()
    good, gate, kept = row or (0, 0, 0)
    if not good:
        return Outcome.KEY_REFUSED
    if not gate:
        return Outcome.GATE_SHUT
    return Outcome.STORED if kept else Outcome.SENT_BEFORE


def _step_by_step(values: dict[str, Any]) -> Outcome:
    steps = [(KEEP_ANSWERS, Outcome.SENT_BEFORE), (COUNT_IT, Outcome.GATE_SHUT)]
    if values["key"] is not None:
        steps.insert(0, (USE_KEY, Outcome.KEY_REFUSED))
    with transaction.atomic(), connection.cursor() as cursor:
        for statement, otherwise in steps:
            cursor.execute(statement, values)
            if cursor.rowcount != 1:
                transaction.set_rollback(True)
                return otherwise
    return Outcome.STORED
