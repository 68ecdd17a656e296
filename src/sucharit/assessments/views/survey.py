"""The survey pages of citizens and staff: no session, no cookie, no account (SurveyFastLane).

``csrf_exempt``: CSRF protection keeps a foreign page from using the visitor's standing with us.
Here a visitor has none; whoever may send answers may do so from anywhere, with the key on the
card.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from sucharit.assessments.intake import pages, receipts, services
from sucharit.assessments.intake.answering import answer, form_of, whole
from sucharit.assessments.intake.answers import MAX_BODY, parse_form
from sucharit.assessments.intake.lookup import Survey, open_survey
from sucharit.core import clock

REFUSED: dict[type[Exception], tuple[str, int]] = {
    services.AlreadySent: ("sent", 409),
    services.SurveyFull: ("full", 409),
    services.SurveyClosed: ("closed", 404),
}


@csrf_exempt
def survey(request: HttpRequest, code: str) -> HttpResponse:
    """One survey of one unit: the form (GET), an answer sheet (POST)."""
    language = "en" if "lang=en" in request.META.get("QUERY_STRING", "") else "th"
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    opened = open_survey(code, clock.today())
    if opened is None:
        return _message(request, "closed", language, 404)
    if request.method == "POST":
        return _take(request, opened, language)
    page = pages.form_page(opened, language)
    return answer(
        request, page, pages.values(opened, language, receipts.new_submission()), language, 200
    )


def _take(request: HttpRequest, opened: Survey, language: str) -> HttpResponse:
    form = form_of(request, parse_form, MAX_BODY)
    if form is None:
        return _message(request, "unreadable", language, 400)
    try:
        receipt = services.accept_response(code=opened.code, form=form, today=clock.today())
    except services.InvalidAnswers as problem:
        return _again(opened, language, form, problem.questions, status=422)
    except services.KeyRefused:
        return _again(opened, language, form, [], status=409)
    except tuple(REFUSED) as problem:
        name, status = REFUSED[type(problem)]
        return _message(request, name, language, status)
    return answer(request, pages.thanks_page(language), {"receipt": receipt}, language, 200)


def _again(
    opened: Survey, language: str, form: dict[str, str], wrong: list[str], *, status: int
) -> HttpResponse:
    sent = form.get("submission", "")
    body = pages.page_with_errors(
        opened, language, form, wrong,
        submission=sent if receipts.is_submission(sent) else receipts.new_submission(),
        key_refused=status == 409,
    )  # fmt: skip
    return whole(body, language, status)


def _message(request: HttpRequest, name: str, language: str, status: int) -> HttpResponse:
    return answer(request, pages.message_page(name, language), {}, language, status)
