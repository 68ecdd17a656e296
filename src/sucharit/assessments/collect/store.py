"""Key or turn, answers and count change together or not at all, in plain SQL.

No statement fails on purpose (ON CONFLICT, not a unique error): PostgreSQL would write a failed one,
answers and all, into its log. The counter comes last, so that its row is held only for the commit.
"""

from __future__ import annotations

import datetime as dt
import enum
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from sucharit.assessments.intake.answers import week_of


class Outcome(enum.Enum):
    """What became of a sheet; but for STORED nothing was changed."""

    STORED = "stored"
    KEY_REFUSED = "key refused"  # unknown or used
    NO_TURN_LEFT = "no turn left"
    SENT_BEFORE = "sent before"  # this page's id is there already
    GATE_SHUT = "gate shut"  # campaign not open, closed for good, or cap reached


@dataclass(frozen=True, slots=True)
class Sheet:
    """An answer sheet that is complete and ready to be stored."""

    campaign_unit_id: int
    framework_version: int
    answers: Mapping[str, Any]
    resend_hash: str
    content_hash: str
    pair_hash: str = ""
    key_hash: str | None = None
    person_id: int | None = None
    attempts: int = 1


USE_KEY = """
    UPDATE assessments_collectkey SET used = TRUE
     WHERE key_hash = %(key)s AND campaign_unit_id = %(pk)s AND NOT used
"""
TAKE_TURN = """
    INSERT INTO assessments_collectturn AS t (id, campaign_unit_id, person_id, n)
    VALUES (%(turn)s, %(pk)s, %(person)s, 1)
    ON CONFLICT (person_id, campaign_unit_id) DO UPDATE SET n = t.n + 1 WHERE t.n < %(attempts)s
    RETURNING n
"""
KEEP_ANSWERS = """
    INSERT INTO assessments_collectresponse
           (id, campaign_unit_id, framework_version, answers, day, resend_hash, content_hash, pair_hash, attempt)
    VALUES (%(id)s, %(pk)s, %(version)s, %(answers)s, %(day)s, %(resend)s, %(content)s, %(pair)s, %(attempt)s)
    ON CONFLICT (resend_hash) DO NOTHING
"""
COUNT_IT = """
    UPDATE assessments_collectcounter SET n = n + 1
     WHERE campaign_unit_id = %(pk)s AND NOT closed AND (cap IS NULL OR n < cap)
       AND EXISTS (SELECT 1 FROM assessments_campaignunit u
                     JOIN assessments_campaign c ON c.id = u.campaign_id
                    WHERE u.id = %(pk)s AND c.state = 'open')
"""


def write(sheet: Sheet, today: dt.date) -> Outcome:
    """Use the key or the turn, keep the answers, count them: all, durable when this returns, or nothing."""
    values: dict[str, Any] = {
        "pk": sheet.campaign_unit_id,
        "key": sheet.key_hash,
        "person": sheet.person_id,
        "attempts": sheet.attempts,
        "turn": uuid.uuid4().hex,
        "id": uuid.uuid4().hex,
        "version": sheet.framework_version,
        "answers": json.dumps(dict(sheet.answers), ensure_ascii=False, separators=(",", ":")),
        "day": week_of(today).isoformat(),
        "resend": sheet.resend_hash,
        "content": sheet.content_hash,
        "pair": sheet.pair_hash,
        "attempt": 1,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        outcome = _steps(cursor, sheet, values)
        if outcome is not Outcome.STORED:
            transaction.set_rollback(True)
    return outcome


def _steps(cursor: Any, sheet: Sheet, values: dict[str, Any]) -> Outcome:
    if sheet.key_hash is not None:
        cursor.execute(USE_KEY, values)
        if cursor.rowcount != 1:
            return Outcome.KEY_REFUSED
    if sheet.person_id is not None:
        cursor.execute(TAKE_TURN, values)
        row = cursor.fetchone()
        if row is None:
            return Outcome.NO_TURN_LEFT
        values["attempt"] = row[0]
    cursor.execute(KEEP_ANSWERS, values)
    if cursor.rowcount != 1:
        return Outcome.SENT_BEFORE
    cursor.execute(COUNT_IT, values)
    return Outcome.STORED if cursor.rowcount == 1 else Outcome.GATE_SHUT


def sent_before(sheet: Sheet) -> bool | None:
    """Whether exactly this was stored already under the page's id; None: nothing was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT content_hash, campaign_unit_id FROM assessments_collectresponse WHERE resend_hash = %s",
            [sheet.resend_hash],
        )
        row = cursor.fetchone()
    return None if row is None else tuple(row) == (sheet.content_hash, sheet.campaign_unit_id)
