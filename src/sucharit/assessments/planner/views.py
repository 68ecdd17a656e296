"""The planner's pages: what is missing, what would be if, efforts, action items."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sucharit.assessments.engine.planner import Plan, plan
from sucharit.assessments.planner import posted, queries, rows, services
from sucharit.assessments.planner.forms import ActionForm, EffortForm
from sucharit.assessments.views._shared import attempt, sent
from sucharit.core.errors import NotFoundInScope
from sucharit.core.rounding import hundredths, hundredths_text
from sucharit.orgs import scope
from sucharit.orgs.models import Unit


@require_safe
@login_required
def planner(request: HttpRequest, fiscal_year: int, code: str) -> HttpResponse:
    """What is missing to the next level, the cheapest way, and every item by what it is worth.

    ``?level=`` another level, ``?use=`` puts a plan's mends into the form, ``?IIT=&EIT=`` another
    assumption of an estimate.
    """
    unit = queries.unit_in_scope(request.user, code)
    desk = queries.desk_of(request.user, unit, fiscal_year, _assumed(request))
    if desk is None:
        return _nothing(request, unit, fiscal_year)
    return _page(request, desk)


@require_POST
@login_required
def what_if(request: HttpRequest, fiscal_year: int, code: str) -> HttpResponse:
    """The score with the posted changes: the strip alone for htmx, else the whole page."""
    desk = _desk(request, fiscal_year, code)
    found = posted.read(desk, request.POST)
    if not getattr(request, "htmx", False):
        return _page(request, desk, found)
    context = {"strip": rows.strip(desk, found), "found": found, "desk": desk}
    return render(request, "assessments/planner/_strip.html", context)


@require_POST
@login_required
def actions(request: HttpRequest, fiscal_year: int, code: str) -> HttpResponse:
    """Make action items of the chosen mends, with a due date."""
    desk = _desk(request, fiscal_year, code)
    scope.require(request.user, "actions.edit", desk.unit)
    found = posted.read(desk, request.POST)
    form = ActionForm(request.POST)
    chosen = posted.mends(desk, found.changes)
    if form.is_valid() and not chosen:
        form.add_error(None, _("Choose at least one item to mend."))
    if found.errors or not form.is_valid():
        return _page(request, desk, found, form)

    def make() -> None:
        services.make_actions(
            actor=request.user,
            unit=desk.unit,
            framework=desk.framework,
            fiscal_year=fiscal_year,
            mends=chosen,
            due_on=form.cleaned_data["due_on"],
        )

    done = ngettext(
        "%(n)s action item is in “My work”.", "%(n)s action items are in “My work”.", len(chosen)
    ) % {"n": len(chosen)}
    if attempt(request, make, form=form, done=done):
        return redirect("assessments:planner", fiscal_year=fiscal_year, code=code)
    return _page(request, desk, found, form)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def effort(request: HttpRequest, fiscal_year: int, code: str) -> HttpResponse:
    """How much work each item is for the unit."""
    desk = _desk(request, fiscal_year, code)
    scope.require(request.user, "assessments.edit", desk.unit)
    form = EffortForm(desk, sent(request))
    if request.method == "POST" and form.is_valid():

        def save() -> None:
            services.set_efforts(
                actor=request.user,
                unit=desk.unit,
                framework=desk.framework,
                efforts=form.efforts,
                survey_most=form.cleaned_data["survey_most"],
            )

        if attempt(request, save, form=form, done=_("The efforts are saved.")):
            return redirect("assessments:planner", fiscal_year=fiscal_year, code=code)
    groups = [
        (rows.text(i.title), [form[f"e-{item.code}"] for item in desk.edition.items_of(i.code)])
        for i in desk.edition.instruments
    ]
    context = {
        "desk": desk,
        "form": form,
        "groups": groups,
        "defaults": queries.defaults(),
        "synthetic": _synthetic(desk),
    }
    return render(request, "assessments/planner/effort.html", context)


def _desk(request: HttpRequest, fiscal_year: int, code: str) -> queries.Desk:
    unit = queries.unit_in_scope(request.user, code)
    desk = queries.desk_of(request.user, unit, fiscal_year, _assumed(request))
    if desk is None:
        raise NotFoundInScope("Nothing to plan with.")
    return desk


def _assumed(request: HttpRequest) -> dict[str, Fraction]:
    """Figures of instruments the reader assumes for an estimate (whole query, wrong ones left out)."""
    given = request.POST if request.method == "POST" else request.GET
    found = {}
    for code in ("IIT", "EIT"):
        value = posted.number(given.get(code, ""))
        if value is not None and value <= 100:
            found[code] = value
    return found


def _nothing(request: HttpRequest, unit: Unit, fiscal_year: int) -> HttpResponse:
    context = {"unit": unit, "fiscal_year": fiscal_year}
    return render(request, "assessments/planner/nothing.html", context)


def _page(
    request: HttpRequest,
    desk: queries.Desk,
    found: posted.Posted | None = None,
    form: ActionForm | None = None,
) -> HttpResponse:
    levels = [gap.band.level for gap in desk.gaps]
    wanted = request.GET.get("level", "")
    goal = wanted if wanted in levels else desk.goal
    plan_ = plan(desk.standing, goal, desk.efforts) if goal and desk.now.total is not None else None
    options = [plan_.best, *plan_.others] if plan_ and plan_.best else []
    if found is None:
        found = _used(plan_, request.GET.get("use", ""))
    context: dict[str, Any] = {
        "desk": desk,
        "unit": desk.unit,
        "fiscal_year": desk.fiscal_year,
        "total": desk.now.shown(),
        "level": rows.level(desk.now.level, desk.edition),
        "gaps": [(gap, rows.level(gap.band, desk.edition)) for gap in desk.gaps],
        "goal_code": goal,
        "assumed_query": _query(desk),
        "goal": next((gap for gap in desk.gaps if gap.band.level == goal), None),
        "goal_level": next(
            (rows.level(g.band, desk.edition) for g in desk.gaps if g.band.level == goal), None
        ),
        "plan": plan_,
        "options": [rows.option(desk, n, option) for n, option in enumerate(options)],
        "rows": rows.rows(desk, found),
        "full_rows": rows.full_rows(desk),
        "fixed": rows.fixed(desk, found),
        "found": found,
        "strip": rows.strip(desk, found),
        "form": form or ActionForm(),
        "may_act": scope.can(request.user, "actions.edit", desk.unit),
        "may_set": scope.can(request.user, "assessments.edit", desk.unit),
        "defaults": queries.defaults(),
        "synthetic": _synthetic(desk),
    }
    return render(request, "assessments/planner/planner.html", context)


def _query(desk: queries.Desk) -> str:
    """The assumptions of an estimate, to go along in addresses."""
    return "".join(
        f"&{code}={hundredths_text(hundredths(value))}"
        for code, value in (desk.assumed or {}).items()
    )


def _used(plan_: Plan | None, number: str) -> posted.Posted:
    """The changes of one of the listed sets of mends; nothing changed without a number."""
    options = [plan_.best, *plan_.others] if plan_ and plan_.best else []
    if not number.isdecimal() or int(number) >= len(options):
        return posted.Posted()
    option = options[int(number)]
    assert option is not None
    changes = {mend.item: mend.new for mend in option.mends}
    return posted.Posted(changes, {}, option.outcome)


def _synthetic(desk: queries.Desk) -> bool:
    if desk.result is not None:
        return bool(desk.result.run.synthetic)
    return bool(desk.participation and desk.participation.round.synthetic)
