"""Pages of a unit's self-report: the items, one item, submission, the head's approval."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sucharit.assessments.engine import workflow
from sucharit.assessments.engine.links import MOST_LINKS
from sucharit.assessments.forms import EntryForm, ReturnForm, SubmitForm
from sucharit.assessments.models import OitEntry, Participation
from sucharit.assessments.proof import fetching, pages
from sucharit.assessments.proof.forms import HandForm
from sucharit.assessments.proof.queries import attached
from sucharit.assessments.proof.services import copying
from sucharit.assessments.queries import report as reports
from sucharit.assessments.queries import rounds as queries
from sucharit.assessments.services import oit as services
from sucharit.assessments.services.freezing import files_of
from sucharit.assessments.views._shared import attempt, put_errors, rebase, sent
from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.orgs import scope


@login_required
@require_GET
def report(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    """All items of the self-report, grouped, with their state."""
    p = queries.participation_or_404(request.user, round_id, code)
    return render(
        request,
        "assessments/oit/report.html",
        {
            "p": p,
            "round": p.round,
            "report": reports.report_of(p),
            "actions": _actions(request, p),
            "hands": pages.work_of(p),
            "source": copying.source_of(p) if p.oit_state == "draft" else None,
            "fetching": fetching.switched_on(),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, round_id: int, code: str, item: str) -> HttpResponse:
    """One item: what must be visible, links, explanation, files; draft until submitted."""
    p = queries.participation_or_404(request.user, round_id, code)
    report_ = reports.report_of(p)
    row = report_.row(item)
    may_edit = "edit" in _actions(request, p)
    current: OitEntry | None = None
    if request.method == "POST":
        scope.require(request.user, "assessments.edit", p.unit)
        if request.POST.get("withdraw"):
            return _withdraw(request, p, item)
        form = EntryForm(request.POST, request.FILES)
        if form.is_valid():
            _attach(request, p, item, form)
            outcome = _save(request, p, item, form)
            if isinstance(outcome, services.Saved):
                return _onward(request, p, report_, item)
            current = outcome
    else:
        form = EntryForm(initial=_initial(row.entry))
    before, after = report_.beside(item)
    link_fields = [form[f"link_{n}"] for n in range(1, MOST_LINKS + 1)]
    # A file sent with a wrong field may have made the entry only now.
    entry = current or row.entry or OitEntry.objects.filter(participation=p, item=item).first()
    return render(
        request,
        "assessments/oit/item.html",
        {
            "p": p,
            "round": p.round,
            "row": row,
            "report": report_,
            "form": form,
            "may_edit": may_edit,
            "current": current,
            "elements": [reports.text(e) for e in row.item.elements],
            "files": files_of([entry] if entry else []).get(entry.pk if entry else 0, []),
            "entry": entry,
            "links": list(entry.links.all()) if entry and entry.pk else [],
            "before": before,
            "after": after,
            "last_year": reports.last_year(p, row.item),
            "link_fields": link_fields,
            "more_links": any(f.value() or f.errors for f in link_fields[2:]),
            "uses": attached(participation=p, item=item),
            "hand": pages.work_of(p).get(item),
            "trail": pages.trail_of(p, item),
            "hand_form": HandForm(),
            "frozen": pages.with_copies(p, entry.frozen, item) if entry and entry.frozen else None,
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def submit(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    """Look over what is missing, then hand the self-report to the head."""
    p = queries.participation_or_404(request.user, round_id, code)
    scope.require(request.user, "assessments.edit", p.unit)
    form = SubmitForm(sent(request))
    if request.method == "POST" and form.is_valid():
        send = partial(
            services.submit,
            actor=request.user,
            participation=p,
            incomplete_ok=form.cleaned_data["incomplete_ok"],
        )
        if attempt(
            request,
            send,
            form=form,
            done=_("The self-report was submitted. It waits for the head's approval."),
        ):
            return redirect(_place(p))
    return render(
        request,
        "assessments/oit/submit.html",
        {
            "p": p,
            "round": p.round,
            "report": reports.report_of(p),
            "form": form,
            "actions": _actions(request, p),
            "hands": [h for h in pages.work_of(p).values() if h.state != "accepted"],
            "checks": [v for _link, v in pages.checks_of(p) if v and not v.ok],
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def approve(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    """The head reads all answers on one page, then approves or returns them."""
    p = queries.participation_or_404(request.user, round_id, code)
    scope.require(request.user, "assessments.approve", p.unit)
    report_ = reports.report_of(p)
    form = ReturnForm(sent(request), codes=[r.item.code for r in report_.rows])
    if request.method == "POST" and form.is_valid():
        if request.POST.get("go") == "approve":
            if form.cleaned_data["note"] or form.comments:
                form.add_error(
                    None, _("You wrote comments: return the self-report, or clear them.")
                )
            do, done = (
                partial(services.approve, actor=request.user, participation=p),
                _("Approved. Links and files are frozen as they are."),
            )
        else:
            note = form.cleaned_data["note"]
            do, done = (
                partial(
                    services.return_report,
                    actor=request.user,
                    participation=p,
                    note=note,
                    items=form.comments,
                ),
                _("Returned to the officer."),
            )
        if not form.errors and attempt(request, do, form=form, done=done):
            return redirect(_place(p))
    answers = pages.answers_of(p, report_, form)
    return render(
        request,
        "assessments/oit/approve.html",
        {
            "p": p,
            "round": p.round,
            "report": report_,
            "answers": answers,
            "form": form,
            "actions": _actions(request, p),
        },
    )


def _actions(request: HttpRequest, p: Participation) -> frozenset[str]:
    """What the user may do now; outside a window nothing of that window."""
    found = workflow.possible(
        p.oit_state, p.round.state, queries.permissions_at(request.user, p.unit)
    )
    today = clock.today()
    shut = {
        s.action
        for s in workflow.OIT_STEPS.values()
        if s.window == "oit" and not p.round.oit_from <= today <= p.round.oit_to
    }
    return found - shut


def _place(p: Participation) -> str:
    return reverse("assessments:workspace", kwargs={"round_id": p.round_id, "code": p.unit.code})


def _initial(entry: OitEntry | None) -> dict[str, Any]:
    if entry is None:
        return {"version": 0}
    links = {f"link_{n}": link.url for n, link in enumerate(entry.links.all(), 1)}
    return {
        "version": entry.version,
        "explanation": entry.explanation,
        "nothing_to_show": entry.nothing_to_show,
        **links,
    }


def _save(
    request: HttpRequest, p: Participation, item_code: str, form: EntryForm
) -> services.Saved | OitEntry | None:
    """The saved entry; what somebody else saved meanwhile; or None with the errors in the form."""
    data = form.cleaned_data
    try:
        saved = services.save_entry(
            actor=request.user,
            participation=p,
            item=item_code,
            links=form.links,
            explanation=data["explanation"],
            nothing_to_show=data["nothing_to_show"],
            version=data["version"],
        )
    except services.StaleError as stale:
        messages.warning(request, str(stale))
        # Saving again means: mine over theirs, with theirs in sight.
        rebase(form, stale.current.version)
        return stale.current
    except ValidationError as error:
        put_errors(form, error)
        return None
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return None
    for warning in saved.warnings:
        messages.warning(request, warning)
    messages.success(request, _("%(item)s was saved.") % {"item": item_code})
    return saved


def _attach(request: HttpRequest, p: Participation, item_code: str, form: EntryForm) -> None:
    """Keep the files even when a field beside them is wrong: a browser cannot send them twice by itself."""
    for upload in form.cleaned_data["uploads"]:
        name = upload.name
        put = partial(
            services.attach_evidence,
            actor=request.user,
            participation=p,
            item=item_code,
            upload=upload,
            title=name,
        )
        attempt(request, put, done=_("The file %(name)s was kept.") % {"name": name})


def _withdraw(request: HttpRequest, p: Participation, item_code: str) -> HttpResponse:
    try:
        evidence_id = str(uuid.UUID(request.POST["withdraw"]))
    except ValueError:
        raise NotFoundInScope(_("There is no such file.")) from None
    do = partial(
        services.withdraw_evidence,
        actor=request.user,
        participation=p,
        item=item_code,
        evidence_id=evidence_id,
    )
    attempt(request, do, done=_("The file was taken out."))
    return redirect("assessments:oit_item", round_id=p.round_id, code=p.unit.code, item=item_code)


def _onward(
    request: HttpRequest, p: Participation, report_: reports.Report, item_code: str
) -> HttpResponse:
    """Stay, or go to the item before or after, as the pressed button says."""
    before, after = report_.beside(item_code)
    to = {"next": after, "before": before}.get(request.POST.get("go", ""), item_code)
    if not to:
        return redirect("assessments:oit", round_id=p.round_id, code=p.unit.code)
    return redirect("assessments:oit_item", round_id=p.round_id, code=p.unit.code, item=to)
