"""Pages of drafts: a new one from a workbook, one draft with its findings, editing, publishing."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sucharit.assessments import xlsform
from sucharit.assessments.authoring import queries, services, words
from sucharit.assessments.authoring.forms import PartForm, ReplaceForm, UploadForm, VersionForm
from sucharit.assessments.authoring.parts import fields_of, parts_of
from sucharit.assessments.authoring.views.instruments import (
    diff_context,
    preview_context,
    scoring_context,
)
from sucharit.assessments.models import Framework, InstrumentDraft
from sucharit.assessments.views._shared import attempt, sent
from sucharit.assessments.xlsform.package import LARGEST
from sucharit.core.errors import NotFoundInScope

_TOO_MUCH = LARGEST + 1  # enough to see that a file is too large


def _read(form: UploadForm) -> tuple[xlsform.Imported, str]:
    """What the sent workbook gave, and its SHA-256."""
    upload = form.cleaned_data["upload"]
    data = upload.read(_TOO_MUCH)
    return xlsform.read(data, upload.name), hashlib.sha256(data).hexdigest()


def _cells(imported: xlsform.Imported) -> dict[str, str]:
    return {
        queries.place_key(path): f"{sheet}!{cell}"
        for path, (sheet, cell) in imported.places.items()
    }


def _problems(imported: xlsform.Imported) -> list[dict[str, Any]]:
    language = "th" if words.thai() else "en"
    return [
        {"place": p.place, "error": p.is_error, "text": p.text(language)} for p in imported.problems
    ]


def _refuse(form: UploadForm, imported: xlsform.Imported) -> None:
    count = sum(p.is_error for p in imported.reading)
    form.add_error(
        "upload",
        ngettext(
            "The file has %(count)s place to mend; nothing was saved. See the list below.",
            "The file has %(count)s places to mend; nothing was saved. See the list below.",
            count,
        )
        % {"count": count},
    )


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new draft from an XLSForm workbook. With errors in its cells nothing is saved."""
    owner = queries.author_unit(request.user, request.work.unit)  # type: ignore[attr-defined]
    form = UploadForm(*_sent_file(request))
    problems: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        imported, digest = _read(form)
        problems = _problems(imported)
        if not imported.faithful:
            _refuse(form, imported)
        else:
            made: list[InstrumentDraft] = []
            create = partial(
                services.create_draft, actor=request.user, owner=owner,
                document=imported.document or {}, source_sha256=digest, places=_cells(imported),
            )  # fmt: skip
            if attempt(request, lambda: made.append(create()), form=form, done=_taken(imported)):
                _keep_notes(request, made[0], imported)
                return redirect("assessments:instrument_draft", draft_id=made[0].pk)
    return render(
        request,
        "assessments/authoring/new.html",
        {"form": form, "owner": owner, "problems": problems},
    )


def _sent_file(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _taken(imported: xlsform.Imported) -> str:
    items = len((imported.document or {}).get("items") or ())
    return ngettext(
        "The file was read: %(count)s row of the survey.",
        "The file was read: %(count)s rows of the survey.",
        items,
    ) % {"count": items}


def _keep_notes(request: HttpRequest, draft: InstrumentDraft, imported: xlsform.Imported) -> None:
    """What the file held and the draft does not: shown once, on the draft's page."""
    notes = [[p.place, p.th, p.en] for p in imported.reading if not p.is_error]
    request.session[_notes_key(draft)] = notes[:50]


def _notes_key(draft: InstrumentDraft) -> str:
    return f"instrument_notes_{draft.pk}"


@require_safe
@login_required
def draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """One draft: what is wrong with it, what publishing it would mean, and the steps."""
    held = queries.draft_or_404(request.user, draft_id)
    return render(request, "assessments/authoring/draft.html", _draft_context(request, held))


def _draft_context(request: HttpRequest, held: InstrumentDraft) -> dict[str, Any]:
    last, found = queries.against(held.document, held.code)
    findings = queries.findings_of(held)
    level = str(found.level) if found else ""
    at = 1 if words.thai() else 2
    return {
        "draft": held,
        "document": held.document,
        "kind": words.kind(held.kind),
        "findings": findings,
        "errors": sum(f.error for f in findings),
        "notes": [(n[0], n[at]) for n in request.session.get(_notes_key(held), [])],
        "last": last,
        "level": level,
        "level_word": str(words.LEVELS.get(level, "")),
        "meaning": str(words.CONSEQUENCES.get(level, "")),
        "changes": len(found.changes) if found else 0,
        "translations": queries.translations_of(held.document),
        "open": held.state == InstrumentDraft.State.DRAFT,
        "next_version": services.next_version(held.code),
        "replace_form": ReplaceForm(initial={"version": held.version}),
    }


@login_required
@require_http_methods(["GET", "POST"])
def replace(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Bring a corrected workbook in, in the draft's place."""
    held = queries.draft_or_404(request.user, draft_id)
    form = ReplaceForm(*_sent_file(request), initial={"version": held.version})
    problems: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        imported, digest = _read(form)
        problems = _problems(imported)
        if not imported.faithful:
            _refuse(form, imported)
        else:
            do = partial(
                services.replace_document, actor=request.user, draft=held,
                version=form.cleaned_data["version"], document=imported.document or {},
                source_sha256=digest, places=_cells(imported),
            )  # fmt: skip
            if attempt(request, do, form=form, done=_taken(imported)):
                _keep_notes(request, held, imported)
                return redirect("assessments:instrument_draft", draft_id=held.pk)
    return render(
        request,
        "assessments/authoring/replace.html",
        {"form": form, "draft": held, "problems": problems},
    )


@login_required
@require_http_methods(["GET", "POST"])
def draft_preview(request: HttpRequest, draft_id: int) -> HttpResponse:
    """The draft as respondents would see it; POST is a trial run that keeps nothing."""
    held = queries.draft_or_404(request.user, draft_id)
    context = {
        "draft": held,
        "document": held.document,
        **scoring_context(held.document),
        **preview_context(request, held.document),
    }
    return render(request, "assessments/authoring/draft_preview.html", context)


@require_safe
@login_required
def draft_diff(request: HttpRequest, draft_id: int) -> HttpResponse:
    """What the draft changes against the newest published version."""
    held = queries.draft_or_404(request.user, draft_id)
    last, found = queries.against(held.document, held.code)
    context = {"draft": held, "last": last, "diff": diff_context(found) if found else None}
    return render(request, "assessments/authoring/draft_diff.html", context)


@require_safe
@login_required
def texts(request: HttpRequest, draft_id: int) -> HttpResponse:
    """All parts that can be edited on the web, with the languages each lacks."""
    held = queries.draft_or_404(request.user, draft_id)
    lacking: dict[str, list[str]] = {}
    for one in queries.translations_of(held.document):
        for _place, part in one.missing:
            if one.name not in lacking.setdefault(part, []):
                lacking[part].append(one.name)
    rows = [
        {
            "part": part,
            "title": words.part_title(part, held.document),
            "lacks": lacking.get(part, []),
        }
        for part in parts_of(held.document)
    ]
    if request.GET.get("lacking"):
        rows = [row for row in rows if row["lacks"]]
    return render(request, "assessments/authoring/texts.html", {"draft": held, "rows": rows})


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, draft_id: int, part: str) -> HttpResponse:
    """Titles, labels, translations, points of one part."""
    held = queries.draft_or_404(request.user, draft_id)
    try:
        fields = fields_of(held.document, part)
    except KeyError:
        raise NotFoundInScope(_("There is no such part in this instrument.")) from None
    form = PartForm(sent(request), parts=fields, initial={"version": held.version})
    if request.method == "POST" and form.is_valid():
        do = partial(
            services.edit_part, actor=request.user, draft=held,
            version=form.cleaned_data["version"], part=part, values=form.values,
        )  # fmt: skip
        if attempt(request, do, form=form, done=_("The text was saved.")):
            return _after_edit(request, held, part)
    return render(
        request,
        "assessments/authoring/edit.html",
        {
            "form": form,
            "draft": held,
            "part": part,
            "part_title": words.part_title(part, held.document),
        },
    )


def _after_edit(request: HttpRequest, held: InstrumentDraft, part: str) -> HttpResponse:
    """On to the next part, or back to the list of parts."""
    parts = parts_of(held.document)
    at = parts.index(part) if part in parts else len(parts)
    if request.POST.get("go") == "next" and at + 1 < len(parts):
        return redirect("assessments:instrument_edit", draft_id=held.pk, part=parts[at + 1])
    return redirect("assessments:instrument_texts", draft_id=held.pk)


@login_required
@require_POST
def publish(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Publish; the page of the new version follows."""
    held = queries.draft_or_404(request.user, draft_id)
    form = VersionForm(request.POST)
    made: list[Framework] = []
    if form.is_valid():
        do = partial(
            services.publish, actor=request.user, draft=held, version=form.cleaned_data["version"]
        )
        done = _("Published. Campaigns can use this version from now on.")
        if attempt(request, lambda: made.append(do()), done=done):
            return redirect("assessments:instrument", code=made[0].code, version=made[0].version)
    return redirect("assessments:instrument_draft", draft_id=held.pk)


@login_required
@require_POST
def discard(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Put the draft away."""
    held = queries.draft_or_404(request.user, draft_id)
    form = VersionForm(request.POST)
    if form.is_valid():
        do = partial(
            services.discard, actor=request.user, draft=held, version=form.cleaned_data["version"]
        )
        if attempt(request, do, done=_("The draft was discarded.")):
            return redirect("assessments:instruments")
    return redirect("assessments:instrument_draft", draft_id=held.pk)
