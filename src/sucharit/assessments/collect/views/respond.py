"""The questionnaire pages of people without an account: no session, no cookie.

``csrf_exempt``: CSRF protection keeps a foreign page from using the visitor's standing with us. Here a
visitor has none; whoever may send answers may do so from anywhere, with the key on the card.
"""

from __future__ import annotations

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from sucharit.assessments.collect import pages, reached, services
from sucharit.assessments.collect.lookup import Opened, open_campaign
from sucharit.assessments.collect.reading import (
    MAX_BODY,
    Form,
    one,
    parse_form,
)
from sucharit.assessments.collect.repeats import with_one_more
from sucharit.assessments.intake import receipts
from sucharit.assessments.intake.answering import answer, form_of, whole
from sucharit.core import clock

REFUSED: dict[type[Exception], tuple[str, int]] = {
    services.AlreadySent: ("sent", 409),
    services.CampaignFull: ("full", 409),
    services.CampaignClosed: ("closed", 404),
}


@csrf_exempt
def respond(request: HttpRequest, code: str) -> HttpResponse:
    """One unit's questionnaire: the form (GET), a sheet (POST)."""
    language = "en" if "lang=en" in request.META.get("QUERY_STRING", "") else "th"
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    opened = open_campaign(code, clock.today())
    if opened is None:
        return _message(request, "closed", language, 404)
    if opened.signed_in:
        return HttpResponseRedirect(reverse("assessments:collect_answer", args=[opened.code]))
    if request.method == "POST":
        with override(language):
            return _take(request, opened, language)
    page = pages.form_page(opened, language)
    return answer(
        request, page, pages.values(opened, language, receipts.new_submission()), language, 200
    )


def _take(request: HttpRequest, opened: Opened, language: str) -> HttpResponse:
    form = form_of(request, parse_form, MAX_BODY)
    if form is None:
        return _message(request, "unreadable", language, 400)
    more = with_one_more(opened.questionnaire.layout, form)
    if more is not None:
        body = pages.page_again(
            opened, language, more, [], submission=_submission(form), checked=False
        )
        return whole(body, language, 200)
    try:
        received = services.submit_response(code=opened.code, form=form, today=clock.today())
    except services.InvalidAnswers as problem:
        body = pages.page_again(
            opened, language, form, problem.problems, submission=_submission(form)
        )
        return whole(body, language, 422)
    except services.KeyRefused:
        body = pages.page_again(
            opened, language, form, [], submission=_submission(form), key_refused=True
        )
        return whole(body, language, 409)
    except tuple(REFUSED) as problem:
        name, status = REFUSED[type(problem)]
        return _message(request, name, language, status)
    score = reached.told(received)
    page = pages.thanks_page(language, scored=bool(score))
    return answer(request, page, {"receipt": received.receipt, "score": score}, language, 200)


def _submission(form: Form) -> str:
    sent = one(form, "~submission")
    return sent if receipts.is_submission(sent) else receipts.new_submission()


def _message(request: HttpRequest, name: str, language: str, status: int) -> HttpResponse:
    return answer(request, pages.message_page(name, language), {}, language, status)
