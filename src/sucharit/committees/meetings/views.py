"""Pages of a meeting: plan, record with its steps, attendance, minutes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sucharit.committees import access
from sucharit.committees.engine import flow
from sucharit.committees.meetings import base, forms, queries, words
from sucharit.committees.meetings.record import for_members
from sucharit.committees.meetings.services import minutes as minutes_services
from sucharit.committees.meetings.services import planning, sitting
from sucharit.committees.models import Committee, Meeting, MinutesComment
from sucharit.committees.web import tried
from sucharit.core.pdf import pdf_available
from sucharit.orgs import scope

GET_POST = require_http_methods(["GET", "POST"])
_FORMS: dict[str, Any] = {
    "invite": forms.InviteForm,
    "open": forms.OpenForm,
    "close": forms.TimesForm,
    "circulate": forms.ReasonForm,
    "certify": forms.CertifyForm,
    "cancel": forms.ReasonForm,
    "revise": django_forms.Form,
    "refresh": django_forms.Form,
}


@login_required
@GET_POST
def meeting_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan the next meeting of a committee."""
    committee = _kept(request, access.committee(request.user, pk))
    form = forms.MeetingForm(request.POST or None, initial={"begins": "09:30"})
    made: list[Meeting] = []
    if request.method == "POST" and form.is_valid():

        def plan() -> None:
            made.append(
                planning.plan_meeting(actor=request.user, committee=committee, **form.values())
            )

        if tried(request, form, plan, _("The meeting was planned. Its agenda has been begun.")):
            return redirect("committees:meeting", pk=made[0].pk)
    back = reverse("committees:committee", args=[pk])
    return _form(request, form, _("Plan a meeting"), _("Plan it"), back)


@login_required
@GET_POST
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change when and where, and who writes the minutes."""
    found = access.meeting(request.user, pk)
    _kept(request, found.committee)
    initial = forms.ChangeMeetingForm.initial_of(found)
    form = forms.ChangeMeetingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        change = partial(
            planning.change_meeting, actor=request.user, meeting=found, **form.values()
        )
        if tried(request, form, change, _("The change was saved.")):
            return redirect("committees:meeting", pk=pk)
    back = reverse("committees:meeting", args=[pk])
    return _form(request, form, _("Time, place and minutes"), _("Save the change"), back)


@login_required
@GET_POST
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Agenda by section, quorum and why, what lacks before the next step, and the steps."""
    found = access.meeting(request.user, pk)
    go = request.POST.get("go", "")
    steps = _step_forms(request, found, go)
    wrong: Any = None
    if request.method == "POST":
        right = flow.STEPS[go].right if go in flow.STEPS else flow.EDIT
        access.require(request.user, right, found.committee)
        wrong = steps.get(go)
        if wrong is not None and wrong.is_valid():
            do = _doing(request, found, go, wrong)
            if tried(request, wrong, do, _("The step was taken.")):
                return redirect("committees:meeting", pk=pk)
    return render(
        request,
        "committees/meeting.html",
        queries.record(request.user, found)
        | {
            "wrong": wrong if wrong is not None and wrong.errors else None,
            "papers": words.papers(found.state),
            "pdf_available": pdf_available(),
            "steps": [
                (name, words.STEPS[name], form, [words.LACKS[n] for n in lacks])
                for name, form, lacks in queries.steps(request.user, found, steps)
            ],
        },
    )


def _step_forms(request: HttpRequest, found: Meeting, go: str) -> dict[str, django_forms.Form]:
    made: dict[str, django_forms.Form] = {
        name: kind(request.POST if go == name else None, prefix=None)
        for name, kind in _FORMS.items()
    }
    field = made["certify"].fields["by_meeting"]
    assert isinstance(field, django_forms.ModelChoiceField)
    later = minutes_services.certifying_meetings(found)
    field.queryset = Meeting.objects.filter(pk__in=[m.pk for m in later])
    field.label_from_instance = _meeting_label  # type: ignore[method-assign]
    for name, form in made.items():
        form.auto_id = f"id_{name}_%s"
    return made


def _meeting_label(obj: Any) -> str:
    return _("Meeting %(number)s") % {"number": obj}


def _doing(request: HttpRequest, found: Meeting, go: str, form: Any) -> Callable[[], Any]:
    data, on = form.cleaned_data, base.day(found)
    actor: Any = request.user
    doings: dict[str, Callable[[], Any]] = {
        "invite": lambda: planning.invite(actor=actor, meeting=found, **data),
        "open": lambda: sitting.open_meeting(
            actor=actor, meeting=found, at=form.moment(on), consultation_reason=data["consultation_reason"]
        ),
        "close": lambda: sitting.close_meeting(actor=actor, meeting=found, at=form.moment(on)),
        "circulate": lambda: minutes_services.circulate(actor=actor, meeting=found, **data),
        "certify": lambda: minutes_services.certify(actor=actor, meeting=found, **data),
        "cancel": lambda: planning.cancel_meeting(actor=actor, meeting=found, **data),
        "revise": lambda: minutes_services.revise(actor=actor, meeting=found),
        "refresh": lambda: planning.refresh(actor=actor, meeting=found),
    }  # fmt: skip
    return doings[go]


@login_required
@GET_POST
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Who came: a row for every seat, guests below."""
    found = access.meeting(request.user, pk)
    _kept(request, found.committee)
    form = forms.AttendanceForm(request.POST or None, meeting=found)
    if request.method == "POST" and form.is_valid():
        keep = partial(
            sitting.record_attendance, actor=request.user, meeting=found, rows=form.rows()
        )
        if tried(request, form, keep, _("Attendance was recorded.")):
            return redirect("committees:meeting", pk=pk)
    return render(
        request, "committees/attendance.html", {"meeting": found, "form": form, "committee": found.committee}
    )  # fmt: skip


@login_required
@GET_POST
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Versions of the minutes, what members ask to be put right, and the answers."""
    found = access.meeting(request.user, pk)
    keeps = access.secretariat(request.user, found.committee)
    versions = list(found.minutes.order_by("-number").prefetch_related("comments__seat"))
    form = forms.CommentForm(request.POST if request.POST.get("go") == "comment" else None)
    if request.method == "POST" and _commented(request, found, versions, form):
        return redirect("committees:minutes", pk=pk)
    latest = versions[0] if versions else None
    document = latest.document if latest else None
    if document is not None and not keeps:
        document = for_members(document)
    speaks = bool(access.seats_of(request.user, found.committee)) or keeps
    return render(
        request,
        "committees/minutes.html",
        {
            "meeting": found,
            "committee": found.committee,
            "versions": versions,
            "document": document,
            "form": form,
            "state": words.STATES[found.state],
            "comments_open": found.state == "minutes_circulated" and speaks,
            "answers": keeps and found.state not in flow.FINAL,
            "reads_comments": speaks,
            "wrong": form if form.is_bound and form.errors else None,
            "synthetic": found.synthetic,
        },
    )


def _commented(request: HttpRequest, found: Meeting, versions: list[Any], form: Any) -> bool:
    actor: Any = request.user
    if request.POST.get("go") == "comment":
        return bool(versions) and form.is_valid() and tried(
            request, form,
            partial(minutes_services.comment, actor=actor, version=versions[0], text=form.cleaned_data["text"]),
            _("The comment was sent to the secretariat."),
        )  # fmt: skip
    rows = MinutesComment.objects.filter(version__meeting=found)
    one = scope.get_or_404(rows, pk=_number(request.POST.get("comment", "")))
    taken = request.POST.get("go") == "take"
    answer = request.POST.get("answer", "")
    do = partial(
        minutes_services.answer_comment, actor=actor, comment=one, taken=taken, answer=answer  # type: ignore[arg-type]
    )  # fmt: skip
    return tried(request, None, do, _("The comment was answered."))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _kept(request: HttpRequest, committee: Committee) -> Committee:
    access.require(request.user, flow.EDIT, committee)
    return committee


def _form(request: HttpRequest, form: Any, title: str, button: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "button": button, "back": back}
    return render(request, "committees/form.html", context)
