"""How full the surveys are, for a round, a province's subtree and a unit; and reminding units."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from sucharit.assessments.engine.fill import FillState
from sucharit.assessments.fieldwork import queries
from sucharit.assessments.fieldwork.forms import RemindForm
from sucharit.assessments.fieldwork.services import reminders
from sucharit.assessments.models import Reminder
from sucharit.assessments.queries import rounds
from sucharit.assessments.queries.samples import samples_of
from sucharit.assessments.views._shared import attempt, sent
from sucharit.core import clock
from sucharit.core.errors import Forbidden, NotFoundInScope
from sucharit.orgs import scope

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from sucharit.assessments.models import Round
    from sucharit.orgs.models import Unit

PAGE = 100
MARKS = (100, 80, 50)  # percent of the least number a reminder may be about


@login_required
@require_GET
def round_fill(request: HttpRequest, round_id: int) -> HttpResponse:
    """All units of the round in scope, emptiest first; with htmx only the part that changes."""
    round_ = rounds.round_or_404(request.user, round_id)
    under = queries.unit_under(request.user, request.GET.get("under", ""))
    found = queries.overview(request.user, round_, under=under)
    state = request.GET.get("state", "")
    state = state if state in set(map(str, FillState)) else ""
    rows = [row for row in found.rows if not state or row.state == state]
    asked = {"under": under.code if under else "", "state": state}
    context = {
        "round": round_,
        "found": found,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "totals": [(s, *found.total(s)) for s in queries.SURVEYS],
        "under": under,
        "state": state,
        "states": [(s.value, n) for s, n in found.counts.items()],
        "query": "&".join(f"{name}={value}" for name, value in asked.items() if value),
        "now": clock.now(),
        "areas": queries.areas(request.user, round_),
        "may_remind": may_remind(request.user, round_),
    }
    live = request.headers.get("HX-Request") == "true"
    template = "_fill.html" if live else "fill.html"
    answer = render(request, f"assessments/fieldwork/{template}", context)
    answer["Vary"] = "HX-Request"
    answer["Cache-Control"] = "no-store"
    return answer


@login_required
@require_GET
def unit_fill(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    """One unit: both surveys, why that many are needed, and the reminders it got."""
    p = rounds.participation_or_404(request.user, round_id, code)
    return render(
        request,
        "assessments/fieldwork/unit.html",
        {
            "p": p,
            "round": p.round,
            "samples": samples_of(p),
            "reminders": Reminder.objects.filter(participation=p).select_related("sent_by__person"),
            "may_edit": scope.can(request.user, "assessments.edit", p.unit),
            "may_mark": scope.can(request.user, "assessments.mark", p.unit),
            "now": clock.now(),
        },
    )


def may_remind(user: Any, round_: Round) -> bool:
    """Whether there is a unit of the round the user may remind, for the button."""
    try:
        return reminders.reach_of(actor=user, round=round_).exists()
    except (Forbidden, NotFoundInScope):
        return False


@login_required
@require_http_methods(["GET", "POST"])
def remind(request: HttpRequest, round_id: int) -> HttpResponse:
    """Choose below which share, look at who would be reminded, write a sentence, remind."""
    round_ = rounds.round_or_404(request.user, round_id)
    asked = request.POST if request.method == "POST" else request.GET
    under = queries.unit_under(request.user, asked.get("under", ""))
    below = next((mark for mark in MARKS if str(mark) == asked.get("below")), MARKS[0])
    units = reminders.reach_of(actor=request.user, round=round_, under=under)
    form = RemindForm(sent(request), initial={"below": below})
    if request.method == "POST" and form.is_valid():
        made: list[Reminder] = []
        send = partial(
            reminders.remind_units, actor=request.user, round=round_, under=under, **form.cleaned_data
        )  # fmt: skip
        if attempt(request, lambda: made.extend(send()), form=form):
            return _reminded(request, round_, under, len(made))
    reach = reminders.split(queries.fill_of(round_, units), below=below, now=clock.now())
    return render(
        request,
        "assessments/fieldwork/remind.html",
        {
            "round": round_,
            "form": form,
            "reach": reach,
            "below": below,
            "marks": MARKS,
            "under": under,
            "areas": queries.areas(request.user, round_),
            "pause": reminders.PAUSE.days,
            "any_units": units.exists(),
        },
    )


def _reminded(request: HttpRequest, round_: Round, under: Unit | None, n: int) -> HttpResponse:
    from django.contrib import messages

    if n:
        text = ngettext("%(n)s unit was reminded.", "%(n)s units were reminded.", n) % {"n": n}
        messages.success(request, text)
    else:
        messages.info(request, _("No unit needed a reminder now."))
    answer = redirect("assessments:fieldwork_fill", round_id=round_.pk)
    if under is not None:
        answer["Location"] += f"?under={under.code}"
    return answer
