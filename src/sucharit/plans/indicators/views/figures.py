"""A period's figure: the form it is entered in, and its record with versions, evidence and verification."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.evidence.forms import EvidenceForm
from sucharit.core.evidence.queries import documents_of
from sucharit.orgs import scope
from sucharit.plans.engine import periods
from sucharit.plans.indicators import services, words
from sucharit.plans.indicators.forms import FigureForm, WhyForm
from sucharit.plans.indicators.services.base import lock_of
from sucharit.plans.indicators.services.figures import EVIDENCE_KIND
from sucharit.plans.indicators.services.verifying import reviewer
from sucharit.plans.indicators.views.shared import attempt, indicator_or_404, own_unit
from sucharit.plans.models import Actual

EDIT = "plans.edit"


@login_required
@require_http_methods(["GET", "POST"])
def figure(request: HttpRequest, pk: int, code: str, fiscal_year: int, seq: int) -> HttpResponse:
    """Enter a figure: kept as a draft, or handed in at once."""
    found, unit = indicator_or_404(request, pk), own_unit(request, code, EDIT)
    if seq not in range(1, periods.PARTS[found.frequency] + 1):
        raise NotFoundInScope(_("The fiscal year has no such period."))
    before = Actual.objects.filter(
        indicator=found,
        unit=unit,
        fiscal_year=fiscal_year,
        period=found.frequency,
        seq=seq,
        latest=True,
    ).first()
    lock = lock_of(unit, fiscal_year, found.frequency, seq)
    late = lock is not None or (before is not None and before.status == Actual.Status.VERIFIED)
    form = FigureForm(
        request.POST if request.method == "POST" else None, indicator=found, late=late,
        initial=_initial(before),
    )  # fmt: skip
    made: list[Actual] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def do() -> None:
            made.append(
                services.enter_actual(
                    actor=request.user, indicator=found, unit=unit, fiscal_year=fiscal_year, seq=seq,
                    entry=_entry(data), reason=data.get("reason", ""), seen=data["seen"],
                )
            )  # fmt: skip

        if attempt(request, do, form=form, done=_("The figure was saved as a draft.")):
            if request.POST.get("go") == "submit":
                attempt(
                    request,
                    lambda: services.submit_actual(actor=request.user, actual=made[0]),
                    done=_("The figure was handed in."),
                )
            return redirect("plans:figure_record", pk=made[0].pk)
    context = {
        "indicator": found, "unit": unit, "fiscal_year": fiscal_year, "seq": seq, "form": form,
        "before": before, "lock": lock, "late": late,
        "period": words.period(found.frequency, seq, fiscal_year),
        "back": f"{reverse('plans:indicator', args=[pk])}?unit={code}&year={fiscal_year}",
    }  # fmt: skip
    return render(request, "plans/indicators/figure.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """One figure with all its versions and documents; hand in, verify, return, attach."""
    rows = scope.limit(Actual.objects.order_by(), request.user, path_field="unit__path")
    actual = scope.get_or_404(
        rows.select_related("unit", "indicator__owner_unit", "indicator__reviewer_unit", "entered_by", "verified_by"),
        pk=pk,
    )  # fmt: skip
    assert isinstance(actual, Actual)
    steps = _steps(request, actual)
    document = EvidenceForm(None)
    why = WhyForm(request.POST if request.POST.get("go") == "return" else None)
    if request.method == "POST":
        go = request.POST.get("go", "")
        if go == "attach" or request.FILES:
            document = EvidenceForm(request.POST, request.FILES)
            done = document.is_valid() and _attach(request, actual, document)
        else:
            done = _step(request, actual, go, why)
        if done:
            return redirect("plans:figure_record", pk=pk)
    context = {
        "actual": actual,
        "indicator": actual.indicator,
        "unit": actual.unit,
        "period": words.period(actual.period, actual.seq, actual.fiscal_year),
        "versions": _versions(actual),
        "documents": documents_of(EVIDENCE_KIND, actual.pk),
        "document_form": document,
        "why": why,
        "steps": steps,
        "reviewer": reviewer(actual.indicator),
        "back": f"{reverse('plans:indicator', args=[actual.indicator_id])}?unit={actual.unit.code}&year={actual.fiscal_year}",
    }
    return render(request, "plans/indicators/figure_record.html", context)


def _steps(request: HttpRequest, actual: Actual) -> set[str]:
    """What the reader may do with the figure now."""
    user: Any = request.user
    found = set()
    edits = scope.can(user, EDIT, actual.unit) and actual.latest
    if edits and actual.status in {"draft", "returned"}:
        found |= {"submit", "edit", "attach"}
    if edits and actual.status == "submitted":
        found.add("attach")
    if edits and actual.status == "verified" and not actual.counted:
        found.add("edit")
    verifies = scope.can(user, "indicators.verify", reviewer(actual.indicator))
    if verifies and actual.status == "submitted":
        found |= {"own"} if actual.entered_by_id == user.pk else {"verify", "return"}
    return found


def _step(request: HttpRequest, actual: Actual, go: str, why: WhyForm) -> bool:
    actor: Any = request.user
    if go == "submit":
        return attempt(
            request, lambda: services.submit_actual(actor=actor, actual=actual),
            done=_("The figure was handed in."),
        )  # fmt: skip
    if go == "verify":
        return attempt(
            request, lambda: services.verify_actual(actor=actor, actual=actual),
            done=_("The figure is verified."),
        )  # fmt: skip
    if go == "return" and why.is_valid():
        return attempt(
            request,
            lambda: services.return_actual(actor=actor, actual=actual, why=why.cleaned_data["why"]),
            form=why,
            done=_("The figure was sent back."),
        )
    return False


def _attach(request: HttpRequest, actual: Actual, form: EvidenceForm) -> bool:
    try:
        services.add_evidence_to(
            actor=request.user, actual=actual, title=form.cleaned_data["title"],
            upload=form.cleaned_data["upload"],
        )  # fmt: skip
    except (Refusal, ValidationError) as error:
        messages = error.messages if isinstance(error, ValidationError) else [str(error)]
        form.add_error(None, " ".join(messages))
        return False
    return True


def _versions(actual: Actual) -> list[Actual]:
    rows = Actual.objects.filter(
        indicator=actual.indicator, unit=actual.unit, fiscal_year=actual.fiscal_year,
        period=actual.period, seq=actual.seq,
    )  # fmt: skip
    return list(rows.select_related("verified_by", "entered_by").order_by("-version"))


def _initial(before: Actual | None) -> dict[str, Any]:
    if before is None:
        return {"seen": ""}
    return {
        "numerator": before.numerator_e4, "denominator": before.denominator_e4, "value": before.value_e4,
        "text": before.text, "note": before.note, "seen": services.token(before),
    }  # fmt: skip


def _entry(data: dict[str, Any]) -> services.Entry:
    return services.Entry(
        data.get("value"), data.get("numerator"), data.get("denominator"), data.get("text", ""), data["note"]
    )  # fmt: skip
