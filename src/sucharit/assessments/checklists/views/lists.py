"""Campaigns, their units, the verification sample, the difference report, the mappings."""

from __future__ import annotations

from functools import partial
from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from sucharit.assessments.checklists import services
from sucharit.assessments.checklists.forms import SampleForm
from sucharit.assessments.checklists.queries import differences as diffs
from sucharit.assessments.checklists.queries import reading
from sucharit.assessments.checklists.words import WORDS
from sucharit.assessments.engine.checklists import workflow
from sucharit.assessments.models import Campaign, CampaignUnit, ChecklistSample, ChecklistState
from sucharit.assessments.templatetags.checklists import cstate, cword
from sucharit.assessments.templatetags.ita import name
from sucharit.assessments.views._shared import attempt, sent
from sucharit.core import clock
from sucharit.core.errors import Forbidden
from sucharit.core.exports import Hundredths, csv_response
from sucharit.core.ledger import record
from sucharit.core.lists import (
    DateColumn,
    ExportColumn,
    FirstStep,
    ListPage,
    ListTable,
    NumberColumn,
    ScoreColumn,
    render_list,
)
from sucharit.orgs import labels, scope
from sucharit.orgs.models import Unit


class CampaignTable(ListTable):
    """Campaigns in which units of the reader take part."""

    title = tables.Column(
        verbose_name=gettext_lazy("Checklist campaign"),
        linkify=("assessments:checklists_campaign", {"campaign_id": tables.A("pk")}),
        orderable=False,
    )
    fiscal_year = tables.Column(verbose_name=gettext_lazy("Fiscal year (B.E.)"))
    state = tables.Column(verbose_name=gettext_lazy("Stage of the campaign"))
    closes_on = DateColumn(verbose_name=gettext_lazy("Answers until"))
    n_units = NumberColumn(verbose_name=gettext_lazy("Units taking part"))
    n_approved = NumberColumn(verbose_name=gettext_lazy("Approved by the head"))
    n_final = NumberColumn(verbose_name=gettext_lazy("Results final"))

    def render_state(self, value: str, record: Campaign) -> str:  # noqa: ARG002 (django-tables2's names)
        return cstate("campaign", record.state)


class UnitTable(ListTable):
    """Units of a campaign."""

    unit = tables.Column(verbose_name=gettext_lazy("Unit"), order_by=("unit__sort_key",))
    state = tables.Column(verbose_name=gettext_lazy("Where it stands"))
    awaits = tables.Column(verbose_name=gettext_lazy("Who acts next"))
    answered = NumberColumn(verbose_name=gettext_lazy("Items answered"))
    hundredths = ScoreColumn(verbose_name=gettext_lazy("Result so far"))
    result_stage = tables.Column(verbose_name=gettext_lazy("Judged by"))

    def render_unit(self, record: CampaignUnit) -> str:
        from django.urls import reverse
        from django.utils.html import format_html

        url = reverse("assessments:checklists_unit", args=[record.campaign_id, record.unit.code])
        return format_html('<a href="{}">{}</a>', url, name(record.unit))

    def render_state(self, value: str) -> str:
        return cstate("checklist", value)

    def render_awaits(self, value: str) -> str:
        return cword("awaits", value)

    def render_result_stage(self, value: str) -> str:
        return cword("stage", value)


class UnitFilter(filters.FilterSet):
    """Units by name, state and kind."""

    q = filters.CharFilter(
        label=gettext_lazy("Name of the unit"), field_name="unit__name_th", lookup_expr="icontains"
    )
    state = filters.ChoiceFilter(
        label=gettext_lazy("Where it stands"),
        choices=[(s, WORDS["checklist", s][1]) for s in workflow.STATES],
        empty_label=gettext_lazy("All states"),
    )
    kind = filters.ChoiceFilter(
        label=gettext_lazy("Kind of unit"),
        field_name="unit__kind",
        choices=list(labels.KINDS.items()),
    )


@login_required
@require_GET
def campaigns(request: HttpRequest) -> HttpResponseBase:
    """Checklist campaigns in the reader's scope."""
    return render_list(
        request,
        ListPage(
            name="assessments.checklists",
            title=_("Checklists"),
            queryset=reading.campaigns_of(request.user),
            table_class=CampaignTable,
            first_step=FirstStep(
                _(
                    "No checklist takes place in your units yet. A campaign's owner opens one under Campaigns."
                )
            ),
        ),
    )


@login_required
@require_GET
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponseBase:
    """A campaign: where its units stand; for its owner the sample and the final step."""
    found = reading.campaign_or_404(request.user, campaign_id)
    manages = scope.can(request.user, "assessments.manage", found.owner)
    return render_list(
        request,
        ListPage(
            name="assessments.checklists.units",
            title=found.title,
            queryset=_seen(request, found),
            table_class=UnitTable,
            filterset_class=UnitFilter,
            template="assessments/checklists/campaign.html",
            first_step=FirstStep(_("No unit takes part yet: the campaign's owner adds units.")),
            export=_unit_columns(),
            may_export=lambda user: scope.can_somewhere(user, "export"),
            unit=found.owner,
            fiscal_year=found.fiscal_year,
            context={
                "campaign": found,
                "counts": [
                    (s, n) for s, n in reading.state_counts(request.user, found).items() if n
                ],
                "manages": manages,
                "due": _due(found) if manages else 0,
                "sample": ChecklistSample.objects.filter(campaign=found).first(),
                "compares": _compares(request, found),
            },
        ),
    )


@login_required
@require_http_methods(["POST"])
def finalise(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Make the results final that nobody can object to any more."""
    found = reading.campaign_or_404(request.user, campaign_id)
    n = services.finalise_due(actor=request.user, campaign=found)
    messages.success(request, _("Results made final: %(n)s units.") % {"n": n})
    return redirect("assessments:checklists_campaign", campaign_id=found.pk)


@login_required
@require_http_methods(["GET", "POST"])
def sample(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The verification sample: drawn once, shown with what is needed to draw it again."""
    found = reading.campaign_or_404(request.user, campaign_id)
    scope.require(request.user, "assessments.manage", found.owner)
    drawn = ChecklistSample.objects.filter(campaign=found).select_related("by").first()
    form = SampleForm(sent(request))
    if request.method == "POST" and form.is_valid():
        do = partial(services.draw_sample, actor=request.user, campaign=found, **form.cleaned_data)
        if attempt(request, do, form=form, done=_("The sample was drawn and stored.")):
            return redirect("assessments:checklists_sample", campaign_id=found.pk)
    return render(
        request,
        "assessments/checklists/sample.html",
        {"campaign": found, "sample": drawn, "form": form, "names": _names(drawn)},
    )


@login_required
@require_GET
def differences(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """How far the unit, the province and the ministry differ."""
    found = _compared(request, campaign_id)
    report = diffs.report(request.user, found, *_pair(request))
    return render(
        request,
        "assessments/checklists/differences.html",
        {"campaign": found, "report": report, "pairs": diffs.PAIRS, "pair": _pair(request)},
    )


@login_required
@require_GET
def differences_csv(request: HttpRequest, campaign_id: int) -> HttpResponseBase:
    """The same as a file; one ledger row."""
    found = _compared(request, campaign_id)
    if not scope.can_somewhere(request.user, "export"):
        raise Forbidden(_("Your role does not include exporting."))
    report = diffs.report(request.user, found, *_pair(request))
    rows = list(diffs.csv_rows(report))
    record(
        actor=request.user, action="core.export", target=f"assessments.differences:{found.pk}",
        unit=found.owner, fiscal_year=found.fiscal_year, format="csv", rows=len(rows),
    )  # fmt: skip
    titles = ["cut", "key", "title", *(name for name, _value in diffs.COLUMNS)]
    return csv_response(f"differences-{found.pk}-{report.first}-{report.second}.csv", titles, rows)


def _unit_columns() -> list[ExportColumn]:
    return [
        ExportColumn(_("Code of the unit"), "unit.code"),
        ExportColumn(_("Unit"), "unit.name_th"),
        ExportColumn(_("Where it stands"), "state"),
        ExportColumn(_("Who acts next"), "awaits"),
        ExportColumn(_("Items answered"), "answered"),
        ExportColumn(
            _("Result so far"),
            lambda row: None if row.hundredths is None else Hundredths(row.hundredths),
        ),
        ExportColumn(_("Judged by"), "result_stage"),
    ]


def _seen(request: HttpRequest, found: Campaign) -> Any:
    """Units with their results; who only answers sees his own word until the ministry has finished."""
    return reading.units_of(request.user, found, insider=_insider(request, found))


def _insider(request: HttpRequest, found: Campaign) -> bool:
    return any(
        scope.can_somewhere(request.user, p) for p in ("assessments.mark", "assessments.manage")
    ) and (
        scope.can(request.user, "assessments.manage", found.owner)
        or scope.can_somewhere(request.user, "assessments.mark")
    )


def _due(found: Campaign) -> int:
    return ChecklistState.objects.filter(
        campaign_unit__campaign=found,
        state=workflow.MINISTRY_MARKED,
        objections_to__lt=clock.today(),
    ).count()


def _compares(request: HttpRequest, found: Campaign) -> bool:
    """Who may see how far judges differ: those who judge or manage, and auditors; units when it is final."""
    return (
        found.state == Campaign.State.FINAL
        or _insider(request, found)
        or scope.can_somewhere(request.user, "ledger.view")
    )


def _compared(request: HttpRequest, campaign_id: int) -> Campaign:
    found = reading.campaign_or_404(request.user, campaign_id)
    if not _compares(request, found):
        raise Forbidden(
            _("This report is for those who judge, and for everybody once it is final.")
        )
    return found


def _pair(request: HttpRequest) -> tuple[str, str]:
    asked = (request.GET.get("first", ""), request.GET.get("second", ""))
    return asked if asked in diffs.PAIRS else diffs.PAIRS[-1]


def _names(drawn: ChecklistSample | None) -> list[tuple[str, str, str]]:
    """(code, unit, item) of the sample."""
    if drawn is None:
        return []
    codes = {u for u, _i in drawn.pairs}
    names = dict(Unit.objects.filter(code__in=codes).values_list("code", "name_th"))
    return [(u, names.get(u, u), i) for u, i in drawn.pairs]
