"""The clocks of law, and the calculator of the day something is due."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sucharit.core import clock
from sucharit.core.errors import Refusal
from sucharit.desk.deadlines import queries, words
from sucharit.desk.deadlines.forms import ComputeForm, title
from sucharit.desk.deadlines.services.obligations import EDIT
from sucharit.desk.engine import deadlines as engine
from sucharit.desk.models import Clock
from sucharit.orgs import scope


@require_safe
@login_required
def clocks(request: HttpRequest) -> HttpResponse:
    """Every version of every clock, with basis and source."""
    rows = [row(c) for c in Clock.objects.order_by("title_th", "key", "-effective_from")]
    return render(request, "desk/deadlines/clocks.html", {"tab": "clocks", "rows": rows})


def row(found: Clock) -> dict[str, Any]:
    """A clock in words."""
    thai = words.thai()
    more = ""
    if found.max_extensions:
        unit = found.extension_unit or found.unit
        more = _("%(times)s × %(amount)s") % {
            "times": found.max_extensions, "amount": words.amount(found.extension_n, unit),
        }  # fmt: skip
    return {
        "clock": found,
        "title": title(found),
        "anchor": found.anchor_th if thai else found.anchor_en or found.anchor_th,
        "amount": words.amount(found.n, found.unit),
        "extension": more,
    }


@require_safe
@login_required
def compute(request: HttpRequest) -> HttpResponse:
    """The day something is due, and why."""
    asked = "anchor_on" in request.GET
    form = ComputeForm(
        request.GET if asked else None,
        initial={"anchor_on": clock.today(), "unit": engine.WORKING_DAY, "clock": request.GET.get("clock", "")},
    )  # fmt: skip
    context: dict[str, Any] = {"tab": "compute", "form": form, "found": None}
    if asked and form.is_valid():
        try:
            context |= _computed(form.cleaned_data)
        except Refusal as refused:
            form.add_error(refused.where if refused.where in form.fields else None, str(refused))
    context["may_open"] = scope.can_somewhere(request.user, EDIT)
    return render(request, "desk/deadlines/compute.html", context)


def _computed(asked: dict[str, Any]) -> dict[str, Any]:
    code = asked["province"].code if asked["province"] else ""
    used = None
    if asked["clock"]:
        used = queries.clock_on(asked["clock"], asked["anchor_on"])
        rule = queries.rule_of(used)
    else:
        rule = engine.Rule(
            asked["n"], asked["unit"] or engine.DAY, not asked["fixed"], starts_same_day=asked["same_day"]
        )  # fmt: skip
    found = queries.compute(rule, asked["anchor_on"], code)
    left = (found.due_on - clock.today()).days
    return {
        "found": found,
        "due": words.long(found.due_on),
        "amount": words.amount(rule.n, rule.unit),
        "steps": words.told(found.as_data()),
        "used": row(used) if used else None,
        "left": left,
        "gone": -left,
    }
