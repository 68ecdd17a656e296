"""Pages of rounds: the list, one round with its steps and its units."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sucharit.assessments import doors
from sucharit.assessments.engine import workflow
from sucharit.assessments.forms import CalendarForm, RoundForm
from sucharit.assessments.models import Participation, Round
from sucharit.assessments.queries import rounds as queries
from sucharit.assessments.services import rounds as services
from sucharit.assessments.services.calendar import CALENDAR
from sucharit.assessments.views._shared import attempt, sent
from sucharit.core import clock, fiscal
from sucharit.core.errors import Forbidden, NotFoundInScope
from sucharit.core.ledger import record
from sucharit.orgs import scope
from sucharit.orgs.models import Unit

PAGE = 50


@login_required
@require_GET
def round_list(request: HttpRequest) -> HttpResponse:
    """Rounds in scope, newest year first."""
    return render(
        request,
        "assessments/rounds/list.html",
        {
            "rounds": queries.rounds_of(request.user),
            "may_create": scope.can_somewhere(request.user, "assessments.manage"),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def round_new(request: HttpRequest) -> HttpResponse:
    """A new round of the unit at which the user runs rounds."""
    owner = _owner(request)
    today = clock.today()
    year = fiscal.fiscal_year_be(today)
    form = RoundForm(
        sent(request), initial={"fiscal_year": year, "tree_date": today, "min_report_n": 5}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        make = partial(
            services.create_round, actor=request.user, owner=owner, framework=data["framework"],
            fiscal_year=data["fiscal_year"], title_th=data["title_th"], title_en=data["title_en"],
            calendar=form.calendar, tree_date=data["tree_date"], access=data["access"], min_report_n=data["min_report_n"],
        )  # fmt: skip
        made: list[Round] = []
        if attempt(request, lambda: made.append(make()), form=form):
            if data["framework"].fiscal_year != data["fiscal_year"]:
                messages.warning(
                    request,
                    _(
                        "The framework is of fiscal year %(year)s. Check that its items hold for this round."
                    )
                    % {"year": data["framework"].fiscal_year},
                )
            messages.success(request, _("The round was made as a draft. Add the units next."))
            return redirect("assessments:round", round_id=made[0].pk)
    return render(request, "assessments/rounds/new.html", {"form": form, "owner": owner})


@login_required
@require_GET
def round_page(request: HttpRequest, round_id: int) -> HttpResponse:
    """One round: where it stands, what comes next, its calendar, counts by state and its units."""
    round_ = queries.round_or_404(request.user, round_id)
    permissions = queries.permissions_at(request.user, round_.owner)
    return render(
        request,
        "assessments/rounds/round.html",
        {
            "round": round_,
            "actions": workflow.possible_for_round(round_.state, permissions),
            "late": queries.late(round_, clock.today()) if workflow.MANAGE in permissions else "",
            "before": services.before_step(round_),
            "states": workflow.ROUND_STATES,
            "doors": doors.through(doors.ROUND, request.user, round_),
            **_units(request, round_),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def round_calendar(request: HttpRequest, round_id: int) -> HttpResponse:
    """Move the dates of a round."""
    round_ = queries.round_or_404(request.user, round_id)
    scope.require(request.user, "assessments.manage", round_.owner)
    form = CalendarForm(sent(request), initial={name: getattr(round_, name) for name in CALENDAR})
    if request.method == "POST" and form.is_valid():
        save = partial(
            services.update_calendar, actor=request.user, round=round_, calendar=form.calendar
        )
        if attempt(request, save, form=form, done=_("The calendar was saved.")):
            return redirect("assessments:round", round_id=round_.pk)
    return render(request, "assessments/rounds/calendar.html", {"form": form, "round": round_})


STEPS: dict[str, Callable[..., object]] = {
    "add_units": services.add_participations,
    "open": services.open_round,
    "close_surveys": services.close_surveys,
    "start_review": services.start_review,
    "open_objections": services.open_objections,
    "finalise": services.finalise,
}


@login_required
@require_http_methods(["GET", "POST"])
def round_step(request: HttpRequest, round_id: int, action: str) -> HttpResponse:
    """Ask before a step of the round, then take it."""
    round_ = queries.round_or_404(request.user, round_id)
    if action not in STEPS:
        raise NotFoundInScope(_("There is no such step."))
    scope.require(request.user, workflow.ROUND_STEPS[action].permission, round_.owner)
    if request.method == "POST":
        attempt(request, lambda: STEPS[action](actor=request.user, round=round_), done=_("Done."))
        return redirect("assessments:round", round_id=round_.pk)
    return render(
        request,
        "assessments/rounds/step.html",
        {
            "round": round_, "action": action, "before": services.before_step(round_),
            "eligible": services.eligible_units(round_).count() if action == "add_units" else 0,
        },
    )  # fmt: skip


@login_required
@require_GET
def units_csv(request: HttpRequest, round_id: int) -> StreamingHttpResponse:
    """The filtered list of units as CSV (UTF-8 with a mark, so that Excel reads Thai)."""
    round_ = queries.round_or_404(request.user, round_id)
    if not scope.can_somewhere(request.user, "export"):
        raise Forbidden(_("Your role does not include exports."))
    rows = list(queries.participations_of(request.user, round_, **_filters(request)))
    total = _items(round_)
    record(
        actor=request.user, action="assessments.round.exported", target=round_, unit=round_.owner,
        fiscal_year=round_.fiscal_year, rows=len(rows), **{k: v for k, v in _filters(request).items() if k != "q"},
    )  # fmt: skip
    head = [
        "code",
        "unit",
        "kind",
        "state",
        "items_answered",
        "items",
        "staff_count",
        "public_count",
        "submitted_at",
        "approved_at",
    ]
    writer = csv.writer(_Echo())

    def lines() -> Any:
        yield "\ufeff" + writer.writerow(head)
        for p in rows:
            moments = [
                t.isoformat(timespec="minutes") if t else ""
                for t in (p.submitted_at, p.approved_at)
            ]
            counts = ["" if n is None else n for n in (p.staff_count, p.public_count)]
            answered = getattr(p, "answered", 0)
            yield writer.writerow(
                [
                    p.unit.code,
                    _plain(p.unit.name_th),
                    p.unit.kind,
                    p.oit_state,
                    answered,
                    total,
                    *counts,
                    *moments,
                ]
            )

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="round-{round_.pk}-units.csv"'
    return answer


def _owner(request: HttpRequest) -> Unit:
    """The unit at which the user may run rounds (the highest one)."""
    paths = scope.paths(request.user, "assessments.manage")
    if not paths:
        raise Forbidden(_("Rounds are made by the ministry's anti-corruption centre."))
    found = Unit.objects.filter(path=paths[0]).first()
    if found is None:
        raise NotFoundInScope(_("There is no such unit."))
    return found


def _filters(request: HttpRequest) -> dict[str, str]:
    names = ("state", "kind", "q")
    return {name: request.GET.get(name, "").replace("\x00", "") for name in names}


def _units(request: HttpRequest, round_: Round) -> dict[str, Any]:
    """The units' part of the round page: filters, one page of rows, counts by state."""
    chosen = _filters(request)
    pages = Paginator(queries.participations_of(request.user, round_, **chosen), PAGE)
    counts = queries.state_counts(request.user, round_)
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "chosen": chosen, "page": pages.get_page(request.GET.get("page")), "counts": counts, "in_scope": sum(counts.values()),
        "oit_states": Participation.OitState.values, "kinds": [str(k) for k in services.UNIT_KINDS], "items": _items(round_),
        "query": query.urlencode(), "may_export": scope.can_somewhere(request.user, "export"),
    }  # fmt: skip


def _items(round_: Round) -> int:
    from sucharit.assessments.services.steps import edition_of, oit_items

    return len(oit_items(edition_of(round_)))


def _plain(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


class _Echo:
    """csv writes into this and gets the line back."""

    def write(self, line: str) -> str:
        return line
