"""Pages of an agenda item: putting one on, its record with papers, recusals and resolutions; proposing a thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sucharit.committees import access, library
from sucharit.committees.engine import flow
from sucharit.committees.meetings import base, forms, words
from sucharit.committees.meetings import record as minutes_record
from sucharit.committees.meetings.services import items as services
from sucharit.committees.meetings.services import recusals
from sucharit.committees.models import AgendaItem, Committee, Meeting, Recusal
from sucharit.committees.resolutions import services as resolutions
from sucharit.committees.resolutions.forms import PaperForm, ProposeForm, ResolveForm
from sucharit.committees.resolutions.words import KINDS as RESOLUTIONS
from sucharit.committees.web import tried
from sucharit.core.errors import Forbidden, NotFoundInScope
from sucharit.core.registry import registry
from sucharit.orgs import scope

GET_POST = require_http_methods(["GET", "POST"])
PROPOSED = ("desk.action", "plans.activity", "plans.project", "plans.indicator")


@login_required
@GET_POST
def item_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an item on the agenda."""
    meeting = access.meeting(request.user, pk)
    access.require(request.user, flow.EDIT, meeting.committee)
    form = forms.ItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def add() -> None:
            services.add_item(actor=request.user, meeting=meeting, **form.cleaned_data)

        if tried(request, form, add, _("The item is on the agenda.")):
            return redirect("committees:meeting", pk=pk)
    back = reverse("committees:meeting", args=[pk])
    context = {
        "form": form,
        "title": _("Add an item"),
        "button": _("Put it on the agenda"),
        "back": back,
    }
    return render(request, "committees/form.html", context)


@login_required
@GET_POST
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """What is put before the meeting, its papers, who stands aside, what was resolved."""
    found = access.item(request.user, pk)
    meeting = found.meeting
    keeps = access.secretariat(request.user, meeting.committee)
    go = request.POST.get("go", "")
    made = _forms(request, found, keeps, go)
    form = made.get(go)
    if (
        request.method == "POST"
        and (form is None or form.is_valid())
        and tried(request, form, _doing(request, found, go, form), _("The change was saved."))
    ):
        if go in {"withdraw", "up", "down"}:
            return redirect("committees:meeting", pk=meeting.pk)
        return redirect("committees:item", pk=pk)
    papers = [
        p
        for p in found.papers.select_related("evidence")
        if access.reads_papers(request.user, found, p.audience)
    ]
    subject = registry.link(request.user, found.subject_kind, found.subject_id)
    followed = registry.link(request.user, "desk.action", str(found.action_id or ""))
    return render(
        request,
        "committees/item.html",
        {
            "item": found, "meeting": meeting, "committee": meeting.committee,
            "number": minutes_record.numbers(meeting).get(found.pk, "–"),
            "section": library.section_title(found.section), "kind": words.KINDS[found.kind],
            "audience": words.AUDIENCES[found.audience], "confidential": found.audience == access.CONFIDENTIAL,
            "papers": [(p, words.AUDIENCES[p.audience]) for p in papers],
            "resolutions": [
                (r, *RESOLUTIONS[r.kind]) for r in found.resolutions.filter(withdrawn_at=None)
            ],
            "recusals": [
                (r, ground, library.said(ground) if ground else "", words.DECISIONS[r.decision])
                for r in found.recusals.select_related("seat")
                for ground in (library.grounds().get(r.ground),)
            ],
            "quorum": base.quorum_of(meeting, found), "subject": subject,
            "followed": followed, "keeps": keeps, "forms": made,
            "wrong": form if form is not None and form.errors else None,
            "outcomes": keeps and meeting.state in flow.OUTCOMES_OPEN and not found.withdrawn_at,
            "order_open": keeps and meeting.state in flow.STEPS["cancel"].sources and not found.withdrawn_at,
            "edits": keeps and meeting.state in flow.AGENDA_OPEN | flow.OUTCOMES_OPEN and not found.withdrawn_at,
            "decides": keeps and meeting.state in recusals.OPEN,
            "decisions": [(k, w) for k, w in words.DECISIONS.items() if k],
        },
    )  # fmt: skip


def _forms(request: HttpRequest, found: AgendaItem, keeps: bool, go: str) -> dict[str, Any]:
    def post(name: str) -> Any:
        return request.POST if go == name else None

    seats = found.meeting.committee.seats.filter(ended_on=None)
    if not keeps:
        seats = seats.filter(pk__in=access.seats_of(request.user, found.meeting.committee))
    made: dict[str, Any] = {}
    if seats and found.meeting.state in recusals.OPEN:
        made["recuse"] = forms.RecusalForm(post("recuse"), seats=seats)
    if keeps:
        text = {k: getattr(found, k) for k in ("title", "audience", "presenter", "body")}
        made["text"] = forms.ItemTextForm(post("text"), initial=text)
        made["said"] = forms.DiscussionForm(post("said"), initial={"discussion": found.discussion})
        made["resolve"] = ResolveForm(post("resolve"))
        made["paper"] = PaperForm(post("paper"), request.FILES if go == "paper" else None)
    for name, form in made.items():
        form.auto_id = f"id_{name}_%s"
    return made


def _doing(request: HttpRequest, found: AgendaItem, go: str, form: Any) -> Callable[[], Any]:
    actor: Any = request.user
    data = form.cleaned_data if form is not None else {}
    doings: dict[str, Callable[[], Any]] = {
        "text": lambda: services.change_item(actor=actor, item=found, **data),
        "said": lambda: services.change_item(actor=actor, item=found, **data),
        "resolve": lambda: resolutions.resolve(actor=actor, item=found, **data),
        "paper": lambda: services.add_paper(actor=actor, item=found, **data),
        "recuse": lambda: recusals.declare_recusal(actor=actor, item=found, **data),
        "up": lambda: services.move_item(actor=actor, item=found, up=True),
        "down": lambda: services.move_item(actor=actor, item=found, up=False),
        "withdraw": lambda: services.withdraw_item(actor=actor, item=found),
        "decide": lambda: _decide(request, found),
    }
    if go not in doings or (form is None and go not in {"up", "down", "withdraw", "decide"}):
        raise Forbidden(_("Your role does not include this step."))
    return doings[go]


def _decide(request: HttpRequest, found: AgendaItem) -> None:
    text = request.POST.get("recusal", "")
    one = scope.get_or_404(found.recusals.all(), pk=int(text) if text.isdecimal() else 0)
    assert isinstance(one, Recusal)
    recusals.decide_recusal(
        actor=request.user, recusal=one, decision=request.POST.get("decision", ""),
        note=request.POST.get("note", ""),
    )  # fmt: skip


@login_required
@GET_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Put any thing of the house on the agenda of a coming meeting of a committee the reader keeps."""
    kind, object_id = request.GET.get("kind", ""), request.GET.get("id", "")
    if not scope.can_somewhere(request.user, flow.EDIT):
        raise Forbidden(_("Your role does not include this step."))
    thing = registry.link(request.user, kind, object_id) if kind in PROPOSED else None
    if thing is None:
        raise NotFoundInScope(_("There is nothing with this number to put on an agenda."))
    form = ProposeForm(
        request.POST or None, meetings=coming(request.user), initial={"title": thing.title}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made: list[AgendaItem] = []

        def add() -> None:
            made.append(
                services.add_item(
                    actor=request.user, meeting=data["meeting"], section=data["section"],
                    title=data["title"], audience=data["audience"], subject_kind=kind, subject_id=object_id,
                )
            )  # fmt: skip

        if tried(request, form, add, _("The item is on the agenda.")):
            return redirect("committees:item", pk=made[0].pk)
    return render(request, "committees/propose.html", {"form": form, "thing": thing})


def coming(user: Any) -> Any:
    """Meetings not opened yet of committees the user keeps."""
    keeps = Committee.objects.visible_to(user, flow.EDIT).order_by().values("pk")
    return (
        Meeting.objects.filter(committee__in=keeps, state__in=("planned", "invited"))
        .select_related("committee")
        .order_by("starts_at")
    )
