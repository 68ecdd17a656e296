"""Taking answers in: check, then key or turn, answer and count in one transaction, or nothing at all.

There is no ledger row per answer on purpose: it would be a clock beside the answers. The ledger has who
issued keys, who set the cap and who closed the campaign, with counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sucharit.assessments.collect import marks, sheets
from sucharit.assessments.collect.eligible import may_answer
from sucharit.assessments.collect.lookup import Opened, open_campaign
from sucharit.assessments.collect.reading import Form, Read, one, read_answers
from sucharit.assessments.collect.store import Outcome, Sheet, sent_before, write
from sucharit.assessments.engine import instruments
from sucharit.assessments.intake import receipts
from sucharit.assessments.models import Campaign, CollectCounter, CollectDraft
from sucharit.core.errors import NotFoundInScope, Refusal


@dataclass(frozen=True, slots=True)
class Received:
    """What the respondent is told: the receipt, and in a test the points reached if it is set to say so."""

    receipt: str
    evaluation: instruments.Evaluation
    opened: Opened


class CampaignClosed(NotFoundInScope):
    """No such questionnaire, or not now; the two look alike."""


class InvalidAnswers(Refusal):
    """Some answers are missing or wrong: ``problems`` by field."""

    def __init__(self, problems: list[sheets.Problem]) -> None:
        super().__init__(_("Some answers are missing or cannot be taken."))
        self.problems = problems


class KeyRefused(Refusal):
    """The one-use key is unknown or was used; the two look alike."""


class CampaignFull(Refusal):
    """The unit's questionnaire has taken as many answers as it may."""


class AlreadySent(Refusal):
    """This page has been sent before, with other answers or another key."""


class NoTurnLeft(Refusal):
    """The person has answered as often as may be."""


def submit_response(
    *,
    code: str,
    form: Form,
    today: dt.date,
    person: Any = None,
    uploads: Mapping[str, str] | None = None,
) -> Received:
    """Store one respondent's answers; the receipt is the same one when the page is sent again.

    ``form``: fields as in ``reading``, with ``~submission`` (the page's random id), ``~key`` (one-use
    keys) and ``~code`` (the person's own code). ``person``: the account, for signed-in access only;
    it is kept with a count, never with the answers. Raises CampaignClosed, InvalidAnswers, KeyRefused,
    NoTurnLeft, CampaignFull, AlreadySent; then nothing was stored, no key used, no turn taken.
    """
    opened = open_campaign(code, today)
    if opened is None or opened.signed_in != (person is not None):
        raise CampaignClosed(_("This questionnaire is not open."))
    if person is not None and not may_answer(person, opened.unit_id):
        raise CampaignClosed(_("This questionnaire is not open."))
    read = read_answers(
        opened.questionnaire.layout, form, uploads=uploads if opened.signed_in else None
    )
    evaluation = instruments.evaluate(opened.questionnaire.instrument, read.answers, today=today)
    _check(opened, form, read, evaluation)
    submission = one(form, "~submission")
    _store(_sheet(opened, form, evaluation, person), today)
    if person is not None:
        CollectDraft.objects.filter(
            campaign_unit_id=opened.campaign_unit_id, person_id=person.pk
        ).delete()
    return Received(receipts.receipt(opened.code, submission), evaluation, opened)


def _check(opened: Opened, form: Form, read: Read, evaluation: instruments.Evaluation) -> None:
    problems = sheets.problems(opened.questionnaire.layout, read, evaluation)
    if opened.asks_code and not _own_code_fits(form):
        problems.append(sheets.own_code_problem())
    if problems or not receipts.is_submission(one(form, "~submission")):
        raise InvalidAnswers(problems)


def _own_code_fits(form: Form) -> bool:
    code = marks.own_code(one(form, "~code"))
    return marks.SHORTEST_CODE <= len(code) <= marks.LONGEST_CODE


def _sheet(opened: Opened, form: Form, evaluation: instruments.Evaluation, person: Any) -> Sheet:
    answers = dict(evaluation.values)
    pair = ""
    if opened.asks_code:
        pair = marks.pair_hash(opened.pair_root, opened.unit_id, one(form, "~code"))
    return Sheet(
        campaign_unit_id=opened.campaign_unit_id,
        framework_version=opened.questionnaire.version,
        answers=answers,
        resend_hash=receipts.resend_hash(one(form, "~submission")),
        content_hash=marks.content_hash(answers, pair),
        pair_hash=pair,
        key_hash=receipts.key_hash(one(form, "~key")) if opened.keyed else None,
        person_id=person.pk if person is not None else None,
        attempts=opened.attempts,
    )


def _store(sheet: Sheet, today: dt.date) -> None:
    outcome = write(sheet, today)
    if outcome is Outcome.STORED:
        return
    same = sent_before(sheet)
    # A key that was still good is another respondent's on the same page (a shared tablet): not a
    # resend, although the answers are equal. The key stays good; a fresh page takes it.
    fresh_key = sheet.key_hash is not None and outcome is not Outcome.KEY_REFUSED
    if same and not fresh_key:
        return
    if same is not None:
        raise AlreadySent(
            _("This page has been sent before. Open the questionnaire again to send other answers.")
        )
    shut = CollectCounter.objects.filter(campaign_unit_id=sheet.campaign_unit_id, closed=True)
    if outcome is Outcome.KEY_REFUSED and not shut.exists():
        raise KeyRefused(_("This key is unknown or was used."), where="key")
    if outcome is Outcome.NO_TURN_LEFT:
        raise NoTurnLeft(_("You have answered as often as this questionnaire allows."))
    raise _why_shut(sheet.campaign_unit_id)


def _why_shut(campaign_unit_id: int) -> Exception:
    open_still = CollectCounter.objects.filter(
        campaign_unit_id=campaign_unit_id,
        closed=False,
        campaign_unit__campaign__state=Campaign.State.OPEN,
    )
    if open_still.exists():
        return CampaignFull(_("This questionnaire has taken as many answers as it may."))
    return CampaignClosed(_("This questionnaire is not open."))
