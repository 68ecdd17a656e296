"""Pages of committees: the list, a committee's record, setting up, seats and holders."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sucharit.committees import access, library
from sucharit.committees.bodies import forms, queries, services
from sucharit.committees.bodies.tables import EXPORT, CommitteeFilters, CommitteeTable
from sucharit.committees.engine import flow
from sucharit.committees.meetings import words
from sucharit.committees.models import Committee
from sucharit.committees.resolutions import queries as resolutions
from sucharit.committees.resolutions.words import LEVELS, ROLES, STATES
from sucharit.committees.web import tried
from sucharit.core.errors import Forbidden
from sucharit.core.lists import FirstStep, ListPage, render_list
from sucharit.orgs import scope
from sucharit.orgs.tables import may_export


@require_safe
@login_required
def committee_list(request: HttpRequest) -> HttpResponseBase:
    """Committees in the reader's scope and those he sits on."""
    year = request.work.fiscal_year  # type: ignore[attr-defined]
    edits = scope.can_somewhere(request.user, flow.EDIT)
    held = Count("meetings", filter=Q(meetings__fiscal_year=year, meetings__state__in=flow.HELD))
    return render_list(
        request,
        ListPage(
            name="committees.committees",
            title=_("Committees"),
            queryset=access.committees(request.user).annotate(held=held).order_by("unit__path", "code"),
            table_class=CommitteeTable,
            filterset_class=CommitteeFilters,
            export=EXPORT,
            may_export=may_export("view"),
            fiscal_year=year,
            first_step=FirstStep(
                _("Set up the committee of your unit from a template: seats, quorum and agenda come with it."),
                reverse("committees:new") if edits else "",
                _("New committee"),
            ),
            template="committees/list.html",
            context={"edits": edits, "waiting": resolutions.inbox(request.user).filter(state="sent").count()},
        ),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Set a committee up."""
    if not scope.can_somewhere(request.user, flow.EDIT):
        raise Forbidden(_("Your role does not include this step."))
    unit = request.work.unit  # type: ignore[attr-defined]
    form = forms.NewForm(
        request.POST or None, user=request.user, initial={"unit": unit.code if unit else "", "level": "province"}
    )  # fmt: skip
    made: list[Committee] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        template = library.templates().get(data["template"])
        name = data["name_th"] or services.template_name(template or {}, data["unit"])

        def create() -> None:
            made.append(
                services.create_committee(
                    actor=request.user, unit=data["unit"], code=data["code"], name_th=name,
                    level=template["level"] if template else data["level"], template=data["template"],
                )
            )  # fmt: skip

        if tried(request, form, create, _("The committee was set up.")):
            return redirect("committees:committee", pk=made[0].pk)
    return _form(request, form, _("New committee"), _("Set it up"), reverse("committees:list"))


@require_safe
@login_required
def committee(request: HttpRequest, pk: int) -> HttpResponse:
    """Order, seats and who holds them, meetings against the plan, closing rate, open tasks."""
    found = access.committee(request.user, pk)
    year = request.work.fiscal_year  # type: ignore[attr-defined]
    tasks = resolutions.tasks_of([found.pk])
    reader: Any = request.user
    seen = tasks.visible_to(reader)
    figures = queries.year(found, year)
    return render(
        request,
        "committees/committee.html",
        {
            "committee": found,
            "level": LEVELS[found.level],
            "state": STATES[found.state],
            "seats": [(row, ROLES[row.seat.role]) for row in queries.seats(found)],
            "year": figures,
            "rate": queries.percent(figures.closing),
            "days": queries.days(figures.closing),
            "by_unit": [
                (unit, c, queries.percent(c), queries.days(c))
                for unit, c in resolutions.closing_by_unit(tasks)
            ],
            "meetings": [
                (m, *words.STATES[m.state]) for m in found.meetings.order_by("-starts_at")[:30]
            ],
            "open_tasks": seen.open().select_related("unit")[:20],
            "children": access.committees(request.user).filter(parent=found),
            "successors": access.committees(request.user).filter(succeeds=found),
            "edits": scope.can(request.user, flow.EDIT, found.unit) and found.state == "active",
            "synthetic": found.synthetic,
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the order, term, quorum, parent and predecessor."""
    found = _kept(request, pk)
    form = forms.EditForm(request.POST or None, instance=found, user=request.user)
    if request.method == "POST" and form.is_valid():
        fields = {k: v for k, v in form.cleaned_data.items() if k in services.OPEN_FIELDS}

        def change() -> None:
            services.change_committee(actor=request.user, committee=found, **fields)

        if tried(request, form, change, _("The change was saved.")):
            return redirect("committees:committee", pk=pk)
    return _form(
        request, form, _("Order and rules of the committee"), _("Save the change"),
        reverse("committees:committee", args=[pk]),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def seats(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a seat, name who holds it, end a seat, a holder or the committee."""
    found = _kept(request, pk)
    go = request.POST.get("go", "")
    post = request.POST
    made: dict[str, django_forms.Form] = {
        "seat": forms.SeatForm(post if go == "seat" else None),
        "appoint": forms.AppointForm(post if go == "appoint" else None, committee=found),
        "end": forms.EndForm(post if go in ENDS else None, committee=found),
    }
    form = made["end" if go in ENDS else go] if go in {*made, *ENDS} else None
    if form is not None and form.is_valid() and _seated(request, found, go, form):
        return redirect("committees:seats", pk=pk)
    return render(
        request,
        "committees/seats.html",
        {
            "committee": found,
            "rows": [(row, ROLES[row.seat.role]) for row in queries.seats(found)],
            "forms": made,
            "wrong": form if form is not None and form.errors else None,
        },
    )


ENDS = ("end_seat", "end_member", "end_committee")


def _seated(request: HttpRequest, found: Committee, go: str, form: django_forms.Form) -> bool:
    data: dict[str, Any] = dict(form.cleaned_data)
    actor = request.user

    def do() -> None:
        if go == "seat":
            services.add_seat(actor=actor, committee=found, **data)
        elif go == "appoint":
            account = data.pop("username")
            services.appoint(actor=actor, account=account, **data)
        elif go == "end_seat" and data["seat"]:
            services.end_seat(actor=actor, seat=data["seat"], on=data["ends_on"])
        elif go == "end_member" and data["member"]:
            services.end_member(actor=actor, member=data["member"], on=data["ends_on"])
        elif go == "end_committee":
            services.end_committee(actor=actor, committee=found, on=data["ends_on"])

    return tried(request, form, do, _("The change was saved."))


def _kept(request: HttpRequest, pk: int) -> Committee:
    found = access.committee(request.user, pk)
    access.require(request.user, flow.EDIT, found)
    return found


def _form(request: HttpRequest, form: Any, title: str, button: str, back: str) -> HttpResponse:
    return render(
        request, "committees/form.html", {"form": form, "title": title, "button": button, "back": back}
    )  # fmt: skip
