"""Pages of second readings: the samples of a round, one sample, one item read a second time."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sucharit.assessments.models import Mark, OitEntry, SecondReading, SecondReadingSample
from sucharit.assessments.proof import pages, tables
from sucharit.assessments.proof.forms import DrawForm, ReadingForm
from sucharit.assessments.proof.services import sampling
from sucharit.assessments.queries import report as reports
from sucharit.assessments.queries import rounds as queries
from sucharit.assessments.services.marking import stakes
from sucharit.assessments.views._points import choices
from sucharit.assessments.views._shared import attempt, sent
from sucharit.core.errors import NotFoundInScope
from sucharit.core.lists import FirstStep, ListPage, render_list
from sucharit.orgs import scope

MANAGE, MARK = "assessments.manage", "assessments.mark"


@login_required
@require_http_methods(["GET", "POST"])
def samples(request: HttpRequest, round_id: int) -> HttpResponse:
    """The samples of a round with what came of them; draw another."""
    round_ = queries.round_or_404(request.user, round_id)
    scope.require(request.user, MANAGE, round_.owner)
    form = DrawForm(sent(request))
    if request.method == "POST" and form.is_valid():
        made: list[SecondReadingSample] = []
        do = partial(
            sampling.second_reading_sample, actor=request.user, round=round_, **form.cleaned_data
        )
        if attempt(request, lambda: made.append(do()), form=form, done=_("The sample was drawn.")):
            return redirect("assessments:proof_sample", sample_id=made[0].pk)
    found = [(s, pages.tally(s.readings.all())) for s in pages.samples_of(round_)]
    marked = Mark.objects.filter(participation__round=round_, turn=1).count()
    return render(
        request,
        "assessments/proof/samples.html",
        {"round": round_, "samples": found, "form": form, "marked": marked},
    )


@login_required
@require_safe
def sample(request: HttpRequest, sample_id: int) -> HttpResponseBase:
    """The items of a sample, in the order of the draw; CSV for who may export."""
    found = SecondReadingSample.objects.filter(pk=sample_id).select_related("round__owner").first()
    rows = pages.readings_of(request.user, found) if found else SecondReading.objects.none()
    if found is None or not (scope.can(request.user, MANAGE, found.round.owner) or rows.exists()):
        raise NotFoundInScope(_("There is no such sample."))
    owner = found.round.owner
    return render_list(
        request,
        ListPage(
            name="assessments.second_reading",
            title=_("Second reading"),
            queryset=rows,
            table_class=tables.ReadingTable,
            export=tables.READING_EXPORT,
            may_export=lambda user: (
                scope.can(user, MANAGE, owner) and scope.can(user, "export", owner)
            ),
            unit=owner,
            fiscal_year=found.round.fiscal_year,
            first_step=FirstStep(_("Nothing was drawn.")),
            template="assessments/proof/sample.html",
            context={
                "round": found.round,
                "sample": found,
                "tally": pages.tally(rows),
                "may_manage": scope.can(request.user, MANAGE, owner),
            },
        ),
    )


@login_required
@require_http_methods(["GET", "POST"])
def reading(request: HttpRequest, reading_id: int) -> HttpResponse:
    """One drawn item as it was frozen; the second reader's points. The first mark is not shown before."""
    row = (
        SecondReading.objects.filter(pk=reading_id)
        .select_related(
            "sample", "read_by", "participation__unit", "participation__round__framework"
        )
        .first()
    )
    if row is None:
        raise NotFoundInScope(_("There is no such item."))
    p = queries.participation_or_404(
        request.user, row.participation.round_id, row.participation.unit.code
    )
    if not scope.can(request.user, MANAGE, p.unit):
        scope.require(request.user, MARK, p.unit)
    first = Mark.objects.filter(participation=p, item=row.item).order_by("-turn").first()
    form = ReadingForm(sent(request), allowed=choices(p, row.item))
    if request.method == "POST":
        scope.require(request.user, MARK, p.unit)
        if form.is_valid():
            do = partial(
                sampling.note_second_reading, actor=request.user, reading=row, **form.judgement
            )
            if attempt(request, do, form=form, done=_("The second reading was noted.")):
                return redirect("assessments:proof_sample", sample_id=row.sample_id)
    entry = OitEntry.objects.filter(participation=p, item=row.item).exclude(frozen_at=None).first()
    found = reports.report_of(p).row(row.item)
    stake = stakes(request.user, [p]).get(p.pk, "")
    own = first is not None and first.assessor_id == request.user.pk
    return render(
        request,
        "assessments/proof/reading.html",
        {
            "p": p, "round": p.round, "row": found, "reading": row, "form": form, "stake": stake, "own": own,
            "entry": pages.with_copies(p, entry.frozen or {}, row.item) if entry else None,
            "elements": [reports.text(e) for e in found.item.elements],
            "may_read": scope.can(request.user, MARK, p.unit)
            and not stake and not own and row.read_at is None,
            "first": tables.points_text(row.points, row.not_applicable),
            "second": tables.points_text(row.second_points, row.second_not_applicable),
        },
    )  # fmt: skip
