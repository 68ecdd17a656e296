"""Pages of work on a self-report: last year's answers, who has which item, handing in and back."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from sucharit.assessments.engine.sameitems import same_items
from sucharit.assessments.proof import pages
from sucharit.assessments.proof.forms import AssignForm, HandForm
from sucharit.assessments.proof.services import assigning, copying
from sucharit.assessments.proof.views.library import EDIT
from sucharit.assessments.queries import report as reports
from sucharit.assessments.queries import rounds as queries
from sucharit.assessments.services.steps import edition_of
from sucharit.assessments.views._shared import attempt
from sucharit.core.errors import Refusal
from sucharit.orgs import scope


@login_required
@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    """Say what would come over from last year, then bring it."""
    p = queries.participation_or_404(request.user, round_id, code)
    scope.require(request.user, EDIT, p.unit)
    if request.method == "POST":
        made: list[copying.Copied] = []
        do = partial(copying.copy_last_year, actor=request.user, participation=p)
        if attempt(request, lambda: made.append(do())):
            number = len(made[0].items)
            text = ngettext(
                "%(n)s item was copied from fiscal year %(year)s. Confirm or change it before you submit.",
                "%(n)s items were copied from fiscal year %(year)s. Confirm or change each before you submit.",
                number,
            )
            messages.success(request, text % {"n": number, "year": made[0].year})
        return redirect("assessments:oit", round_id=round_id, code=code)
    source = copying.source_of(p)
    matches = same_items(edition_of(p.round), edition_of(source.round)) if source else {}
    frozen = {e.item: e.frozen or {} for e in source.entries.all()} if source else {}
    report = reports.report_of(p)
    rows = [
        (row, matches[row.item.code], frozen.get(matches[row.item.code].code, {}).get("links", []))
        for row in report.rows
        if row.item.code in matches
    ]
    return render(
        request,
        "assessments/proof/copy.html",
        {
            "p": p, "round": p.round, "source": source, "report": report, "rows": rows,
            "ready": any(links and row.state == "missing" for row, _match, links in rows),
        },
    )  # fmt: skip


@login_required
@require_POST
def confirm(request: HttpRequest, round_id: int, code: str, item: str) -> HttpResponse:
    """A copied answer still holds; on to the next one that waits."""
    p = queries.participation_or_404(request.user, round_id, code)
    do = partial(copying.confirm_item, actor=request.user, participation=p, item=item)
    done = attempt(request, do, done=_("%(item)s was confirmed.") % {"item": item})
    left = reports.report_of(p).unconfirmed if done else []
    if left:
        return redirect("assessments:oit_item", round_id=round_id, code=code, item=left[0])
    if done:
        return redirect("assessments:oit", round_id=round_id, code=code)
    return redirect("assessments:oit_item", round_id=round_id, code=code, item=item)


@login_required
@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    """Who has which item; give items to somebody, take them back."""
    p = queries.participation_or_404(request.user, round_id, code)
    scope.require(request.user, EDIT, p.unit)
    report = reports.report_of(p)
    officers = pages.officers_of(p.unit)
    form = AssignForm(
        request.POST if request.method == "POST" else None,
        codes=[r.item.code for r in report.rows],
        officers=officers,
    )
    if request.method == "POST" and form.is_valid():
        do, done = _assigning(request, p, form)
        if do is not None and attempt(request, do, form=form, done=done):
            return redirect("assessments:proof_assign", round_id=round_id, code=code)
    work = pages.work_of(p)
    groups = [(g, [(row, work.get(row.item.code)) for row in g.rows]) for g in report.groups]
    return render(
        request,
        "assessments/proof/assign.html",
        {
            "p": p, "round": p.round, "groups": groups, "form": form, "officers": officers,
            "chosen": form["items"].value() or [], "may_edit": p.oit_state == "draft",
        },
    )  # fmt: skip


def _assigning(request: HttpRequest, p: Any, form: AssignForm) -> tuple[Any, str]:
    items = form.cleaned_data["items"]
    if request.POST.get("go") == "back":
        take = partial(assigning.take_back, actor=request.user, participation=p, items=items)
        return take, _("Taken back.")
    who = form.cleaned_data["assignee"]
    if who is None:
        form.add_error("assignee", _("Choose who gets the items."))
        return None, ""
    give = partial(
        assigning.assign_items, actor=request.user, participation=p, items=items, assignee=who
    )
    return give, _("Given to %(who)s.") % {"who": who}


@login_required
@require_POST
def hand(request: HttpRequest, round_id: int, code: str, item: str) -> HttpResponse:
    """Hand an item in, find it good, or give it back with a comment."""
    p = queries.participation_or_404(request.user, round_id, code)
    scope.require(request.user, EDIT, p.unit)
    go = request.POST.get("go", "")
    if go not in {"submit", "accept", "return"}:
        raise Refusal(_("Choose what to do with the item."))
    form = HandForm(request.POST)
    form.is_valid()
    common: dict[str, Any] = {"actor": request.user, "participation": p, "item": item}
    comment = form.cleaned_data.get("comment", "")
    do, done = {
        "submit": (partial(assigning.submit_item, comment=comment, **common), _("Handed in.")),
        "accept": (partial(assigning.accept_item, **common), _("Found good.")),
        "return": (partial(assigning.return_item, comment=comment, **common), _("Given back.")),
    }[go]
    attempt(request, do, done=done)
    return redirect("assessments:oit_item", round_id=round_id, code=code, item=item)
