"""The keying screens: the grid, a pasted table, and the differences of two entries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sucharit.assessments.engine.keying import NOT_KEYED, RowError, digit_of, read_table
from sucharit.assessments.fieldwork.forms import PasteForm
from sucharit.assessments.fieldwork.services import paper as services
from sucharit.assessments.fieldwork.services import settling
from sucharit.assessments.fieldwork.views.paper import batch_or_404
from sucharit.assessments.models import PaperBatch
from sucharit.assessments.views._shared import attempt, sent
from sucharit.core.errors import Refusal

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

FORMS_A_PAGE = 10
MOST_DECISIONS = 300  # more than that is no keying error: the piles are in another order
State = PaperBatch.State


@dataclass(frozen=True)
class Question:
    """A column as the keyer sees it."""

    place: int
    code: str
    text: str
    options: list[str]  # printed order: key 1, 2, …


def questions_of(batch: PaperBatch) -> list[Question]:
    """The questions in the page's language."""
    language = "th" if (get_language() or "th").startswith("th") else "en"
    found = services.questionnaire_of(batch.participation, batch.instrument)
    every = [q for s in found.sections for item in s.items for q in item.subquestions]
    return [
        Question(
            place, q.code, getattr(q.text, language),
            [getattr(o.label, language) for o in q.scale.options],
        )
        for place, q in enumerate(every)
    ]  # fmt: skip


def _legend(questions: list[Question]) -> list[tuple[str, list[str]]]:
    """Which keys mean what: the few questions with options of their own, then ("", …) for all others."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for q in questions:
        groups.setdefault(tuple(q.options), []).append(q.code)
    by_size = sorted(groups.items(), key=lambda group: len(group[1]))
    most = by_size.pop()
    return [(", ".join(codes), list(options)) for options, codes in by_size] + [("", list(most[0]))]


def _place(batch: PaperBatch, name: str) -> str:
    p = batch.participation
    return reverse(f"assessments:{name}", args=[p.round_id, p.unit.code, batch.pk])


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def key(request: HttpRequest, round_id: int, code: str, pk: int) -> HttpResponse:
    """Ten forms at a time; every page is saved on the way, the last one finishes the entry."""
    batch = batch_or_404(request.user, round_id, code, pk)
    first = _first(request.POST.get("from") or request.GET.get("from", "1"), batch.forms)
    typed: dict[int, list[str]] = {}
    wrong: list[tuple[int, int]] = []
    if request.method == "POST":
        typed = {n: request.POST.getlist(f"f{n}") for n in _page(first, batch.forms)}
        saved: list[services.Saved] = []
        save = partial(services.save_rows, actor=request.user, batch=batch, rows=typed)
        if attempt(request, lambda: saved.append(save())):
            wrong = saved[0].wrong
            if not wrong:
                return _onward(request, batch, first)
        elif batch.state != State.KEYING:
            return redirect(_place(batch, "fieldwork_batch"))
    own = services.own_entry(batch, request.user)  # type: ignore[arg-type]
    if batch.state != State.KEYING or (own and own.done):
        return redirect(_place(batch, "fieldwork_batch"))
    questions = questions_of(batch)
    grid = services.grid_of(batch, own)
    rows = [
        (n, list(zip(questions, _digits(typed.get(n), grid.digits(n)), strict=True)))
        for n in _page(first, batch.forms)
    ]
    context = {
        "p": batch.participation, "round": batch.participation.round, "batch": batch,
        "questions": questions, "legend": _legend(questions), "rows": rows, "first": first,
        "last": rows[-1][0], "wrong": set(wrong),
        "problems": [(n, questions[c]) for n, c in wrong],
        "before": max(1, first - FORMS_A_PAGE) if first > 1 else None,
        "is_last": rows[-1][0] == batch.forms, "left": len(grid.unkeyed()),
    }  # fmt: skip
    return render(request, "assessments/fieldwork/key.html", context, status=422 if wrong else 200)


def _first(text: str, forms: int) -> int:
    """First form of the page that holds the asked one."""
    number = int(text) if text.isdecimal() and len(text) < 6 else 1
    number = min(max(number, 1), forms)
    return (number - 1) // FORMS_A_PAGE * FORMS_A_PAGE + 1


def _page(first: int, forms: int) -> range:
    return range(first, min(first + FORMS_A_PAGE, forms + 1))


def _digits(typed: list[str] | None, kept: list[str]) -> list[str]:
    return typed if typed is not None and len(typed) == len(kept) else kept


def _onward(request: HttpRequest, batch: PaperBatch, first: int) -> HttpResponse:
    """Where the pressed button leads: another page of the grid, or the end of the entry."""
    go = request.POST.get("go", "")
    here = _place(batch, "fieldwork_key")
    if go == "finish":
        try:
            services.finish_entry(actor=request.user, batch=batch)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(f"{here}?from={refusal.where or first}")
        messages.success(request, _("Your entry is finished."))
        return redirect(_place(batch, "fieldwork_batch"))
    to = {"next": first + FORMS_A_PAGE, "before": first - FORMS_A_PAGE}.get(go, first)
    if go in ("", "stay"):
        messages.success(request, _("Saved."))
    return redirect(f"{here}?from={to}")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def paste(request: HttpRequest, round_id: int, code: str, pk: int) -> HttpResponse:
    """One's own entry from a spreadsheet: nothing is taken while a row has a fault."""
    batch = batch_or_404(request.user, round_id, code, pk)
    own = services.own_entry(batch, request.user)  # type: ignore[arg-type]
    if batch.state != State.KEYING or (own and own.done):
        return redirect(_place(batch, "fieldwork_batch"))
    form = PasteForm(sent(request))
    faults: list[tuple[int, str]] = []
    if request.method == "POST" and form.is_valid():
        rows, errors = read_table(
            form.cleaned_data["table"], services.columns_of(batch), batch.forms
        )
        faults = [(e.line, _fault_words(e, batch)) for e in errors]
        if not rows and not errors:
            form.add_error("table", _("There is no row of answers in it."))
        elif not errors:
            save = partial(services.save_rows, actor=request.user, batch=batch, rows=rows)
            done = _("%(n)s forms were taken over. Look at them, then finish your entry.")
            if attempt(request, save, form=form, done=done % {"n": len(rows)}):
                return redirect(_place(batch, "fieldwork_key"))
    questions = questions_of(batch)
    context = {
        "p": batch.participation, "round": batch.participation.round, "batch": batch, "form": form,
        "faults": faults, "questions": questions, "legend": _legend(questions),
        "head": ",".join(["form", *(q.code for q in questions)]),
    }  # fmt: skip
    return render(
        request, "assessments/fieldwork/paste.html", context, status=422 if faults else 200
    )


def _fault_words(error: RowError, batch: PaperBatch) -> str:
    texts: dict[str, Any] = {
        "form": _("“%(detail)s” is no form number from 1 to %(forms)s."),
        "twice": _("Form %(detail)s stands in two rows."),
        "columns": _("%(detail)s answers, but the survey has %(width)s questions."),
        "digit": _("No valid answer to %(detail)s."),
    }
    width = len(services.columns_of(batch))
    return texts[error.code] % {"detail": error.detail, "forms": batch.forms, "width": width}


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, round_id: int, code: str, pk: int) -> HttpResponse:
    """Cells on which two entries differ, form by form; the paper decides each."""
    batch = batch_or_404(request.user, round_id, code, pk)
    if batch.state != State.DIFFERS:
        return redirect(_place(batch, "fieldwork_batch"))
    found = services.differences(batch)
    questions = questions_of(batch)
    chosen = {(d.form, d.column): request.POST.get(f"d{d.form}-{d.column}", "") for d in found}
    status = 200
    if request.method == "POST":
        try:
            settling.decide(actor=request.user, batch=batch, decided=chosen)
        except Refusal as refusal:
            status = 422
            if all(chosen.values()):  # nothing left open: it says what else is wrong
                messages.error(request, str(refusal))
        else:
            messages.success(request, _("All differences are settled. The batch can be committed."))
            return redirect(_place(batch, "fieldwork_batch"))
    rows = [
        {
            "form": d.form, "question": questions[d.column], "field": f"d{d.form}-{d.column}",
            "a": _said(d.first, questions[d.column]), "b": _said(d.second, questions[d.column]),
            "chosen": chosen[d.form, d.column],
            "wrong": request.method == "POST" and not chosen[d.form, d.column],
        }
        for d in found
    ]  # fmt: skip
    context = {
        "p": batch.participation, "round": batch.participation.round, "batch": batch,
        "rows": rows, "open_rows": [row for row in rows if row["wrong"]],
        "too_many": len(rows) > MOST_DECISIONS,
    }  # fmt: skip
    return render(request, "assessments/fieldwork/decide.html", context, status=status)  # fmt: skip


def _said(byte: int, question: Question) -> str:
    """What an entry says, as digit and words."""
    if byte == NOT_KEYED:
        return "–"
    digit = digit_of(byte)
    return f"{digit} {question.options[byte] if digit != '0' else _('left blank')}"
