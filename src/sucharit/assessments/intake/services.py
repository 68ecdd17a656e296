"""Taking answers in: check, then key, answer and count in one transaction, or nothing at all.

There is no ledger row per answer on purpose: it would be a clock beside the answers. The ledger has
who issued keys and who closed a round, with counts.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from sucharit.assessments.intake import answers, receipts
from sucharit.assessments.intake.lookup import Survey, open_survey, questions_of
from sucharit.assessments.intake.store import Outcome, Sheet, write
from sucharit.assessments.models import Participation, ResponseCounter, Round, SurveyResponse
from sucharit.core import ledger
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.orgs import scope

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

FIND_SENT = """
    SELECT answers, participation_id, instrument FROM assessments_surveyresponse
     WHERE resend_hash = %s
"""


class SurveyClosed(NotFoundInScope):
    """No such survey, or not now; the two look alike."""


class InvalidAnswers(Refusal):
    """Some questions lack a valid answer; ``questions`` are their codes."""

    def __init__(self, questions: list[str]) -> None:
        super().__init__("Some questions have no answer yet.")
        self.questions = questions


class KeyRefused(Refusal):
    """The one-use key is unknown or was used; the two look alike."""


class SurveyFull(Refusal):
    """The open link has taken as many answers as it may."""


class AlreadySent(Refusal):
    """This page has been sent before, with other answers or another key."""


def accept_response(*, code: str, form: Mapping[str, str], today: dt.date) -> str:
    """Store one respondent's answers; gives the receipt, the same one when the page is sent again.

    ``form``: question codes → option codes, ``submission`` (the page's random id), ``key`` (closed
    access). The actor is the public, nobody is recorded. Raises SurveyClosed, InvalidAnswers,
    KeyRefused, SurveyFull, AlreadySent; then nothing was stored and no key used.
    """
    survey = open_survey(code, today)
    if survey is None:
        raise SurveyClosed("This survey is not open.")
    submission = form.get("submission", "")
    packed, wrong = answers.pack_form(survey.questionnaire, form)
    if wrong or not receipts.is_submission(submission):
        raise InvalidAnswers(wrong)
    key = receipts.key_hash(form.get("key", "")) if survey.keyed else None
    _store(Sheet(survey, packed, key, receipts.resend_hash(submission)), today)
    return receipts.receipt(survey.code, submission)


def _store(sheet: Sheet, today: dt.date) -> None:
    outcome = write(sheet, today)
    if outcome is Outcome.GATE_SHUT:
        _build_gate(sheet.survey)  # nearly always there; but is it?
        outcome = write(sheet, today)
    if outcome is Outcome.STORED:
        return
    if _was_sent(sheet, key_was_good=outcome is not Outcome.KEY_REFUSED):
        return
    if outcome is Outcome.KEY_REFUSED and not _counter(sheet.survey).filter(closed=True).exists():
        raise KeyRefused("This key is unknown or was used.", where="key")
    raise _why_shut(sheet.survey)


def _was_sent(sheet: Sheet, *, key_was_good: bool) -> bool:
    """Whether exactly this was stored before; AlreadySent when other answers were."""
    with connection.cursor() as cursor:
        cursor.execute(FIND_SENT, (sheet.resend_hash,))
        row = cursor.fetchone()
    if row is None:
        return False
    same = (bytes(row[0]), row[1], row[2]) == (
        sheet.packed, sheet.survey.participation_id, sheet.survey.instrument,
    )  # fmt: skip
    # A key that was still good is another respondent's on the same page (a shared tablet): not a
    # resend, although the answers are equal. The key stays good; a fresh page takes it.
    if not same or (key_was_good and sheet.key_hash is not None):
        raise AlreadySent(
            "This page has been sent before. Open the survey again to send other answers."
        )
    return True


def _build_gate(survey: Survey) -> None:
    """Make the counter of a survey that has none yet; others may be doing the same just now."""
    place = ResponseCounter(
        participation_id=survey.participation_id, instrument=survey.instrument, part=survey.part
    )
    ResponseCounter.objects.bulk_create([place], ignore_conflicts=True)


def _counter(survey: Survey) -> QuerySet[ResponseCounter]:
    return ResponseCounter.objects.filter(
        participation_id=survey.participation_id, instrument=survey.instrument, part=survey.part
    )


def _why_shut(survey: Survey) -> Exception:
    still_open = Round.State.OPEN
    if _counter(survey).filter(closed=False, participation__round__state=still_open).exists():
        return SurveyFull("This survey has taken as many answers as it may.")
    return SurveyClosed("This survey is not open.")


def record_part2(
    *, actor: Any, participation: Participation, sheets: Iterable[Mapping[str, str]], today: dt.date
) -> int:
    """Store answers that assessors collected for EIT part 2; gives how many.

    ``sheets``: one mapping question code → option code per respondent; questions may be left open.
    Send them in batches of five or more: the ledger row of a batch is a clock for what is in it.
    """
    with transaction.atomic():
        part = (
            Participation.objects.select_for_update(of=("self",), no_key=True)
            .select_related("round__framework", "unit")
            .get(pk=participation.pk)
        )
        scope.require(actor, "assessments.mark", part.unit)
        if part.round.state not in (Round.State.OPEN, Round.State.REVIEW):
            raise Refusal("Part 2 is collected while the round is open or under review.")
        rows = _part2_rows(part, sheets, today)
        SurveyResponse.objects.bulk_create(sorted(rows, key=lambda r: r.id))
        counter, _ = ResponseCounter.objects.select_for_update().get_or_create(
            participation=part, instrument="EIT", part="2"
        )
        counter.n += len(rows)
        counter.save(update_fields=["n"])
        ledger.record(
            actor=actor, action="assessments.part2_recorded", target=part, unit=part.unit,
            fiscal_year=part.round.fiscal_year, n=len(rows),
        )  # fmt: skip
    return len(rows)


def _part2_rows(
    part: Participation, sheets: Iterable[Mapping[str, str]], today: dt.date
) -> list[SurveyResponse]:
    framework = part.round.framework
    questions = questions_of(framework.pk, framework.sha256, "EIT")
    if questions is None:
        raise Refusal("This framework has no questions for EIT.")
    rows = []
    for number, sheet in enumerate(sheets, start=1):
        packed, wrong = answers.pack_form(questions, sheet)
        given_wrong = [code for code in wrong if sheet.get(code)]
        if given_wrong:
            raise Refusal(f"Sheet {number}: no such option.", where=given_wrong[0])
        rows.append(
            SurveyResponse(
                id=uuid.uuid4(),
                participation=part,
                instrument="EIT",
                part="2",
                framework_version=framework.version,
                answers=packed,
                day=answers.week_of(today),
            )
        )
    return rows
