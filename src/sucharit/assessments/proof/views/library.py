"""Pages of the library: the list, a new piece of evidence, one piece with its revisions and uses."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sucharit.assessments.models import LinkVisit, Proof
from sucharit.assessments.proof import queries, services, tables
from sucharit.assessments.proof.forms import ProofForm, SourceForm
from sucharit.assessments.views._shared import attempt, sent
from sucharit.core.errors import Forbidden
from sucharit.core.lists import FirstStep, ListPage, render_list
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.orgs.tables import may_export

VIEW, EDIT = "assessments.view", "assessments.edit"


@login_required
@require_safe
def library(request: HttpRequest) -> HttpResponseBase:
    """All evidence of the unit the pages are about, and of those below it."""
    if not scope.can_somewhere(request.user, VIEW):
        raise Forbidden(_("This page is for people who work on assessments."))
    unit = request.work.unit  # type: ignore[attr-defined]
    found = queries.library_of(request.user)
    if unit is not None:
        found = found.filter(unit__path__startswith=unit.path)
    new = ""
    if unit is not None and scope.can(request.user, EDIT, unit):
        new = reverse("assessments:proof_new", args=[unit.code])
    return render_list(
        request,
        ListPage(
            name="assessments.proofs",
            title=_("Evidence library"),
            queryset=found,
            table_class=tables.ProofTable,
            filterset_class=tables.ProofFilters,
            export=tables.PROOF_EXPORT,
            may_export=may_export(VIEW),
            first_step=FirstStep(
                _("Keep here what you show every year: pages, orders, plans, reports."),
                new,
                _("Add the first piece of evidence") if new else "",
            ),
            template="assessments/proof/library.html",
            context={"new": new},
        ),
    )


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Take a piece of evidence into a unit's library."""
    unit = scope.get_or_404(Unit.objects.visible_to(request.user), code=code)
    assert isinstance(unit, Unit)
    scope.require(request.user, EDIT, unit)
    form = new_form(request)
    if request.method == "POST" and form.is_valid():
        made: list[Proof] = []
        add = partial(services.add_proof, actor=request.user, unit=unit, **form.cleaned_data)
        if attempt(
            request, lambda: made.append(add()), form=form, done=_("The evidence was kept.")
        ):
            return redirect("assessments:proof", proof_id=made[0].pk)
    return render(request, "assessments/proof/new.html", {"unit": unit, "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def proof(request: HttpRequest, proof_id: int) -> HttpResponse:
    """One piece of evidence: facts, revisions, where it is used; a newer revision, withdrawal."""
    held = queries.proof_or_404(request.user, proof_id)
    may_edit = scope.can(request.user, EDIT, held.unit) and held.state == Proof.State.CURRENT
    posted = request.POST.get("go") if request.method == "POST" else ""
    form = SourceForm(
        request.POST if posted == "revise" else None,
        request.FILES if posted == "revise" else None,
        kind=held.kind,
    )
    if posted:
        scope.require(request.user, EDIT, held.unit)
    if posted == "withdraw":
        do = partial(services.withdraw, actor=request.user, proof=held)
        attempt(request, do, done=_("The evidence was withdrawn. What was shown with it stays."))
        return redirect("assessments:proof", proof_id=held.pk)
    if posted == "revise" and form.is_valid():
        do_revise = partial(
            services.add_revision, actor=request.user, proof=held, **form.cleaned_data
        )
        if attempt(request, do_revise, form=form, done=_("The newer revision was kept.")):
            return redirect("assessments:proof", proof_id=held.pk)
    revisions = list(held.revisions.select_related("file", "noted_by").order_by("-number"))
    uses = held.uses.select_related(
        "revision", "participation__round", "participation__unit", "campaign_unit__campaign"
    )
    return render(
        request,
        "assessments/proof/proof.html",
        {
            "proof": held,
            "revisions": revisions,
            "document": revisions[0].file.evidence_id if revisions[0].file else None,
            "uses": uses.order_by("-pk"),
            "visits": _visits(held, [r.url for r in revisions if r.url]),
            "form": form,
            "may_edit": may_edit,
        },
    )


def new_form(request: HttpRequest, **initial: Any) -> ProofForm:
    """An empty or posted form for a new piece of evidence."""
    year = request.work.fiscal_year  # type: ignore[attr-defined]
    return ProofForm(
        sent(request),
        request.FILES if request.method == "POST" else None,
        initial={"fiscal_year": year} | initial,
    )


def _visits(held: Proof, urls: list[str]) -> list[LinkVisit]:
    found = LinkVisit.objects.filter(unit=held.unit, url__in=urls)
    return list(found.select_related("copy", "participation__round")[:20])
