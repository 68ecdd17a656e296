"""Pages of the signals: the queue of a round, and one signal with its findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sucharit.assessments.models import QualityReview, QualitySignal
from sucharit.assessments.quality import queries, services, tables, texts
from sucharit.assessments.quality.rules import rule_set
from sucharit.assessments.queries.rounds import round_or_404
from sucharit.assessments.views._shared import attempt, sent
from sucharit.core.errors import NotFoundInScope
from sucharit.core.lists import FirstStep, ListPage, render_list
from sucharit.orgs import scope

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    from sucharit.assessments.models import Round


class FindingForm(forms.Form):
    """What was found, and a sentence about it."""

    finding = forms.ChoiceField(
        label=gettext_lazy("What was found"),
        choices=lambda: [(k, v) for k, v in tables.FINDINGS.items() if k],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the three findings.")},
    )
    note = forms.CharField(
        label=gettext_lazy("What you looked at"),
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"}),
        max_length=services.LONGEST_NOTE,
        help_text=gettext_lazy("One or two sentences. No names of persons."),
        error_messages={
            "required": gettext_lazy("Say in a sentence what you looked at and what you found.")
        },
    )


@require_safe
@login_required
def queue(request: HttpRequest, round_id: int) -> HttpResponseBase:
    """The signals of a round; those that ask for a look first."""
    round_ = _readable(request, round_id)
    run = queries.current_run(round_)
    may_compute = scope.can(request.user, "assessments.manage", round_.owner)
    return render_list(
        request,
        ListPage(
            name="assessments.quality",
            title=_("Quality of answers"),
            queryset=queries.signals_of(request.user, round_),
            table_class=tables.SignalTable,
            filterset_class=tables.SignalFilters,
            export=tables.EXPORT,
            may_export=lambda user: scope.can(user, "export", round_.owner),
            unit=round_.owner,
            fiscal_year=round_.fiscal_year,
            first_step=FirstStep(
                _("Compute the signals once the surveys are closed.")
                if run is None
                else _("No signal fits what you chose.")
            ),
            template="assessments/quality/queue.html",
            context={
                "round": round_, "run": run, "may_compute": may_compute, "rules": rule_set(),
                "closed": round_.surveys_closed_at is not None,
            },
        ),
    )  # fmt: skip


@require_POST
@login_required
def compute(request: HttpRequest, round_id: int) -> HttpResponse:
    """Compute the signals anew."""
    round_ = _readable(request, round_id)
    attempt(
        request,
        lambda: services.compute_signals(actor=request.user, round=round_),
        done=_("The signals were computed."),
    )
    return redirect(reverse("assessments:quality", args=[round_id]) + "?status=triggered")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def signal(request: HttpRequest, round_id: int, signal_id: int) -> HttpResponse:
    """One signal: how it was measured, what may explain it, and what was found."""
    round_ = _readable(request, round_id)
    found = queries.signals_of(request.user, round_).filter(pk=signal_id).first()
    if found is None:
        raise NotFoundInScope(_("There is no such signal."))
    may_review = scope.can(request.user, "assessments.manage", found.participation.unit)
    form = FindingForm(sent(request))
    if request.method == "POST":
        scope.require(request.user, "assessments.manage", found.participation.unit)
        if form.is_valid() and attempt(
            request,
            lambda: services.review(actor=request.user, signal=found, **form.cleaned_data),
            form=form,
            done=_("Your finding is kept."),
        ):
            return redirect("assessments:quality_signal", round_id, signal_id)
    return render(request, "assessments/quality/signal.html", _facts(found, round_) | {
        "form": form, "may_review": may_review,
    })  # fmt: skip


def _facts(found: QualitySignal, round_: Round) -> dict[str, object]:
    return {
        "round": round_,
        "signal": found,
        "text": texts.TEXTS[found.code],
        "value": tables.value_text(found.code, found.value),
        "at_least": tables.value_text(found.code, found.at_least),
        "status": tables.STATUSES[found.status],
        "facts": tables.fact_texts(found),
        "reviews": [
            {"review": r, "finding": tables.FINDINGS[r.finding]} for r in queries.reviews_of(found)
        ],
        "follow_up": QualityReview.Finding.FOLLOW_UP,
        "rules": rule_set(),
    }


def _readable(request: HttpRequest, round_id: int) -> Round:
    """The round, for who runs it or audits it; the units themselves have no such page."""
    round_ = round_or_404(request.user, round_id)
    if not scope.can(request.user, "ledger.view", round_.owner):
        scope.require(request.user, "assessments.manage", round_.owner)
    return round_
