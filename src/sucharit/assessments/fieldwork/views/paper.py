"""Paper batches of a unit: the list, a new one, one batch with its next step."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sucharit.assessments.engine import MergeMode
from sucharit.assessments.engine.fill import fill
from sucharit.assessments.fieldwork.forms import BatchForm, Part2Form
from sucharit.assessments.fieldwork.queries import surveys_open
from sucharit.assessments.fieldwork.services import paper as services
from sucharit.assessments.fieldwork.services import settling
from sucharit.assessments.models import PaperBatch, Participation, ResponseCounter, Round
from sucharit.assessments.queries import rounds
from sucharit.assessments.queries.samples import samples_of
from sucharit.assessments.services.marking import stakes
from sucharit.assessments.services.steps import edition_of
from sucharit.assessments.views._shared import attempt, sent
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.orgs import scope

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

State = PaperBatch.State


def batch_or_404(user: Any, round_id: int, code: str, pk: int) -> PaperBatch:
    """A batch of the unit in the user's scope, if he may key its part (403 otherwise)."""
    p = rounds.participation_or_404(user, round_id, code)
    found = (
        PaperBatch.objects.filter(participation=p, pk=pk)
        .select_related("keyed_a__person", "keyed_b__person", "decided_by__person", "committed_by__person")
        .prefetch_related("entries")
        .first()
    )  # fmt: skip
    if found is None:
        raise NotFoundInScope(_("There is no such batch."))
    scope.require(user, services.permission_for(found.part), p.unit)
    found.participation = p
    return found


@login_required
@require_http_methods(["GET", "POST"])
def batches(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    """Paper forms of IIT and EIT part 1 of a unit."""
    p = rounds.participation_or_404(request.user, round_id, code)
    scope.require(request.user, "assessments.edit", p.unit)
    form = BatchForm(sent(request))
    if request.method == "POST" and form.is_valid():
        make = partial(
            services.open_batch, actor=request.user, participation=p, **form.cleaned_data
        )
        made: list[PaperBatch] = []
        if attempt(
            request, lambda: made.append(make()), form=form, done=_("The batch was opened.")
        ):
            return _to_batch(made[0], p)
    is_open = p.round.state == Round.State.OPEN and p.round.surveys_closed_at is None
    context = {
        "p": p, "round": p.round, "form": form, "batches": _batches(p, "1"), "is_open": is_open,
        "keyed": p.round.access == Round.Access.ONE_USE_KEYS, "samples": samples_of(p),
    }  # fmt: skip
    return render(request, "assessments/fieldwork/paper.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def part2(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    """Answers to part 2 of EIT, which assessors collect themselves."""
    p = rounds.participation_or_404(request.user, round_id, code)
    scope.require(request.user, "assessments.mark", p.unit)
    form = Part2Form(sent(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        make = partial(
            services.open_batch, actor=request.user, participation=p, instrument="EIT", part="2",
            forms=data["forms"], double=not data["single"],
        )  # fmt: skip
        made: list[PaperBatch] = []
        if attempt(
            request, lambda: made.append(make()), form=form, done=_("The batch was opened.")
        ):
            return _to_batch(made[0], p)
    edition = edition_of(p.round)
    counters = ResponseCounter.objects.filter(participation=p, instrument="EIT")
    counts = dict(counters.values_list("part", "n"))
    context = {
        "p": p, "round": p.round, "form": form, "batches": _batches(p, "2"),
        "stake": stakes(request.user, [p]).get(p.pk, ""),
        "is_open": p.round.state in (Round.State.OPEN, Round.State.REVIEW),
        "part1": fill(counts.get("1", 0), None, still_open=surveys_open(p.round)),
        "part2_n": counts.get("2", 0),
        "both": next((s for s in samples_of(p) if s.instrument == "EIT"), None),
        "merge": edition.eit_merge, "merge_words": _merge_words(edition),
        "merge_verified": edition.verified,
    }  # fmt: skip
    return render(request, "assessments/fieldwork/part2.html", context)


def _merge_words(edition: Any) -> str:
    """The rule by which both parts of EIT become one figure, in a sentence."""
    merge = edition.eit_merge
    if merge.mode is MergeMode.POOLED:
        return _("Pooled: all answers of both parts are averaged together, so each answer counts the same.")  # fmt: skip
    if merge.mode is MergeMode.WEIGHTS:
        weights = ", ".join(f"{part}: {share}" for part, share in sorted(merge.weights.items()))
        return _("Weighted: each part is averaged first, then weighted (%(weights)s).") % {"weights": weights}  # fmt: skip
    return _("Halves: each part is averaged first and counts one half.")


def _batches(p: Participation, part: str) -> list[PaperBatch]:
    found = PaperBatch.objects.filter(participation=p, part=part)
    return list(found.select_related("keyed_a__person", "keyed_b__person"))


def _to_batch(batch: PaperBatch, p: Participation) -> HttpResponse:
    return redirect(
        "assessments:fieldwork_batch", round_id=p.round_id, code=p.unit.code, pk=batch.pk
    )


@login_required
@require_GET
def batch(request: HttpRequest, round_id: int, code: str, pk: int) -> HttpResponse:
    """One batch: where it stands, who keyed, what comes next."""
    held = batch_or_404(request.user, round_id, code, pk)
    p = held.participation
    own = services.own_entry(held, request.user)  # type: ignore[arg-type]
    free = held.keyed_a_id is None or (held.double and held.keyed_b_id is None)
    entries = {e.side: e for e in held.entries.all()}
    context = {
        "p": p,
        "round": p.round,
        "batch": held,
        "own": own,
        "left": len(services.grid_of(held, own).unkeyed()) if own else held.forms,
        "may_key": held.state == State.KEYING and (not own.done if own else free),
        "sides": [
            (side, who, entries.get(side))
            for side, who in (("A", held.keyed_a), ("B", held.keyed_b))
            if side == "A" or held.double
        ],
    }
    return render(request, "assessments/fieldwork/batch.html", context)


@login_required
@require_POST
def step(request: HttpRequest, round_id: int, code: str, pk: int) -> HttpResponse:
    """Commit a batch, or give it up."""
    held = batch_or_404(request.user, round_id, code, pk)
    action = request.POST.get("action", "")
    if action == "commit":
        count: list[int] = []
        if attempt(request, lambda: count.append(settling.commit_batch(actor=request.user, batch=held))):  # fmt: skip
            from django.contrib import messages

            text = ngettext(
                "%(n)s form became an answer. The paper may be destroyed by the rules of your unit.",
                "%(n)s forms became answers. The paper may be destroyed by the rules of your unit.",
                count[0],
            )
            messages.success(request, text % {"n": count[0]})
    elif action == "drop":
        attempt(
            request,
            lambda: services.drop_batch(actor=request.user, batch=held),
            done=_("The batch was given up. What was keyed is deleted."),
        )
    else:
        raise Refusal(_("There is no such step."))
    return _to_batch(held, held.participation)
