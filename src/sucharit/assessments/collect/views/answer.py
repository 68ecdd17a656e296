"""A questionnaire answered with an account: one's own draft, files, several attempts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sucharit.assessments.collect import drafts, pages, reached, services
from sucharit.assessments.collect.eligible import may_answer
from sucharit.assessments.collect.lookup import Opened, open_campaign
from sucharit.assessments.collect.reading import Form, UnreadableFormError, collected, one
from sucharit.assessments.collect.repeats import with_one_more
from sucharit.assessments.collect.sheets import Problem
from sucharit.assessments.collect.showing_items import Filling
from sucharit.assessments.intake import receipts
from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope, Refusal


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """The form (GET); a sheet, a draft or one more instance (POST)."""
    opened = open_campaign(code, clock.today())
    if opened is None or not opened.signed_in or not may_answer(request.user, opened.unit_id):
        raise NotFoundInScope(_("This questionnaire is not open."))
    if request.method == "POST":
        return _take(request, opened)
    if drafts.turns_taken(request.user, opened.campaign_unit_id) >= opened.attempts:
        return render(request, "assessments/collect/answered.html", _heads(request, opened))
    draft = drafts.draft_of(request.user, opened.campaign_unit_id)
    return _page(request, opened, draft.form if draft else {}, draft=draft, fresh=draft is None)


def _take(request: HttpRequest, opened: Opened) -> HttpResponse:
    try:
        form = collected([(n, v) for n, values in request.POST.lists() for v in values])
    except UnreadableFormError:
        raise Refusal(_("The answers could not be read.")) from None
    try:
        uploads = drafts.take_files(
            actor=request.user, opened=opened, form=form, files=_files(request)
        )
    except Refusal as refused:
        field = next((f for f in request.FILES), "")
        return _page(request, opened, form, problems=[Problem(field, str(refused))], status=422)
    form |= {field: [value] for field, value in uploads.items()}
    more = with_one_more(opened.questionnaire.layout, form)
    if more is not None:
        return _page(request, opened, more, checked=False)
    if "~save" in form:
        drafts.save_draft(actor=request.user, opened=opened, form=form)
        messages.success(request, _("The draft was saved. Only you can see it."))
        return redirect("assessments:collect_answer", code=opened.code)
    return _submit(request, opened, form, uploads)


def _files(request: HttpRequest) -> dict[str, Any]:
    """The sent files by field; the last of several counts."""
    return {name: request.FILES[name] for name in request.FILES}


def _submit(
    request: HttpRequest, opened: Opened, form: Form, uploads: dict[str, str]
) -> HttpResponse:
    try:
        received = services.submit_response(
            code=opened.code,
            form=form,
            today=clock.today(),
            person=request.user,
            uploads=uploads,
        )
    except services.InvalidAnswers as wrong:
        return _page(request, opened, form, problems=wrong.problems, status=422)
    left = opened.attempts - drafts.turns_taken(request.user, opened.campaign_unit_id)
    context = {"receipt": received.receipt, "score": reached.told(received), "left": left}
    return render(
        request, "assessments/collect/answer_thanks.html", _heads(request, opened) | context
    )


def _heads(request: HttpRequest, opened: Opened) -> dict[str, Any]:
    language = _language()
    taken = drafts.turns_taken(request.user, opened.campaign_unit_id)
    return {
        "unit": opened.unit[language],
        "campaign": opened.title[language],
        "code": opened.code,
        "taken": taken,
        "attempts": opened.attempts,
        "attempt": taken + 1,
        "last_day": opened.last_day,
    }


def _page(
    request: HttpRequest,
    opened: Opened,
    form: Form,
    *,
    problems: Sequence[Problem] = (),
    draft: Any = None,
    fresh: bool = False,
    checked: bool = True,
    status: int = 200,
) -> HttpResponse:
    language = _language()
    errors = {p.field: p.message for p in problems}
    sent = one(form, "~submission")
    submission = sent if receipts.is_submission(sent) else receipts.new_submission()
    filling = Filling(language, form, errors, takes_files=True, fresh=fresh)
    context = pages.form_context(opened, filling, submission) | _heads(request, opened)
    if problems and checked:
        context |= pages.summary(opened, problems, language)
    context |= {
        "own_code": one(form, "~code"),
        "own_code_error": errors.get("~code", ""),
        "draft": draft,
        "takes_files": bool(opened.questionnaire.layout.files),
    }
    return render(request, "assessments/collect/answer.html", context, status=status)


def _language() -> str:
    return "th" if (get_language() or "th").startswith("th") else "en"
