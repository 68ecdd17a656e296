"""Pages of what stands out: the list of hits, one hit with its peers' figures and its follow-up."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sucharit.assessments.approvals import findings, follow_ups, parameters, queries, workflows
from sucharit.assessments.approvals.forms import FollowUpForm
from sucharit.assessments.approvals.tables import EXPORT, HitTable, Row
from sucharit.assessments.approvals.texts import hit_figures, hit_title, number, what
from sucharit.assessments.views._shared import attempt, sent
from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope
from sucharit.core.lists import FirstStep, ListPage, render_list
from sucharit.orgs import scope

DAYS = 14  # what the form proposes until somebody says otherwise


@require_safe
@login_required
def hits(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    """What stands out in an assessment's figures; ``?only=rule|level|change`` narrows."""
    flow = workflows.visible(request.user, f"{kind}:{pk}")
    found = findings.review(request.user, flow)
    only = request.GET.get("only", "")
    chosen = [h for h in found.hits if only not in findings.KINDS or h.kind == only]
    items = follow_ups.items_of(chosen)
    rows = [Row(h, items.get((h.unit.pk, follow_ups.source_id(h)))) for h in chosen]
    tabs = [(_("all findings"), len(found.hits), "?")]
    names = {
        findings.RULE: _("broken rules"),
        findings.LEVEL: _("values far from their peers"),
        findings.CHANGE: _("changes far from their peers"),
    }
    tabs += [(names[k], sum(h.kind == k for h in found.hits), f"?only={k}") for k in findings.KINDS]
    return render_list(
        request,
        ListPage(
            name="assessments.findings",
            title=_("Review of figures"),
            queryset=rows,
            table_class=HitTable,
            export=EXPORT,
            may_export=lambda user: scope.can_somewhere(user, "export"),
            fiscal_year=flow.fiscal_year,
            first_step=FirstStep(_nothing(found)),
            template="assessments/approvals/hits.html",
            context={
                "flow": flow,
                "review": found,
                "source": findings.words(found.rule.source),
                "tabs": tabs,
                "explanations": _explanations(),
            },
        ),
    )


@login_required
@require_http_methods(["GET", "POST"])
def hit(request: HttpRequest, kind: str, pk: int, code: str, ref: str) -> HttpResponse:
    """One hit: its figures, what may lawfully explain it, and the follow-up."""
    flow = workflows.visible(request.user, f"{kind}:{pk}")
    unit = queries.unit_of(request.user, code)
    found = findings.find(request.user, flow, unit.code, ref)
    if found is None:
        raise NotFoundInScope(_("There is no such finding (any more)."))
    form = FollowUpForm(
        sent(request), unit=unit, initial={"due_on": clock.today() + dt.timedelta(days=DAYS)}
    )
    if request.method == "POST":
        scope.require(request.user, "actions.edit", unit)
        if form.is_valid():
            do = partial(follow_ups.follow_up, actor=request.user, hit=found, **form.cleaned_data)
            if attempt(request, do, form=form, done=_("It is an action item now.")):
                return redirect(follow_ups.address(found))
    rule = parameters.outliers(flow.due_on)
    item = follow_ups.items_of([found]).get((unit.pk, follow_ups.source_id(found)))
    return render(
        request,
        "assessments/approvals/hit.html",
        {
            "flow": flow,
            "unit": unit,
            "hit": found,
            "title": hit_title(found),
            "figures": _figures(found),
            "sentence": hit_figures(found),
            "rule_words": _rule_words(found),
            "rule": rule,
            "source": findings.words(rule.source),
            "explanations": _explanations(),
            "item": item,
            "form": form,
            "may_follow": scope.can(request.user, "actions.edit", unit),
        },
    )


def _figures(found: findings.Hit) -> list[tuple[str, str]]:
    """The figures a hit rests on, as rows."""
    if found.kind == findings.RULE:
        return [(_("Left side"), number(found.left)), (_("Right side"), number(found.right))]
    value = _("Change since last year") if found.kind == findings.CHANGE else _("Value of the unit")
    rows = [
        (_("Figure looked at"), what(found)),
        (value, number(found.value)),
        (_("Median of units of its kind"), number(found.median)),
        (_("MAD (median absolute deviation)"), number(found.mad)),
        (_("Units compared"), str(found.n)),
        (_("Modified z-score"), number(found.z)),
    ]
    if found.method == "mean_deviation":
        rows.append((_("Method of comparison"), _("mean deviation, because MAD is 0")))
    return rows


def _rule_words(found: findings.Hit) -> dict[str, Any] | None:
    told = found.told
    if told is None:
        return None
    return {
        "why": findings.words(told.why),
        "source": findings.words(told.source),
        "verified": told.verified,
    }


def _explanations() -> list[str]:
    return parameters.explanations(thai=(get_language() or "th").startswith("th"))


def _nothing(found: findings.Review) -> str:
    if not found.compared:
        return _(
            "No unit has a score yet. Rules and comparisons run as soon as scores are computed."
        )
    return _("Nothing stands out among the units whose figures you may see.")
