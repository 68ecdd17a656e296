"""Pages of published instruments: the list, one version with its tabs, differences of two versions."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sucharit.assessments.authoring import preview, queries, scoretree, services, words
from sucharit.assessments.authoring.forms import CopyForm
from sucharit.assessments.authoring.tables import (
    INSTRUMENT_EXPORT,
    InstrumentFilters,
    InstrumentTable,
)
from sucharit.assessments.engine.instruments import diff
from sucharit.assessments.models import Framework, InstrumentDraft
from sucharit.assessments.views._shared import attempt, sent
from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope
from sucharit.core.lists import FirstStep, ListPage, render_list
from sucharit.orgs import scope
from sucharit.orgs.tables import may_export

TABS = ("preview", "scoring", "versions", "translations")


def may_author(user: Any) -> bool:
    """Whether the user may write instruments anywhere."""
    return scope.can_somewhere(user, "assessments.manage")


@require_safe
@login_required
def instrument_list(request: HttpRequest) -> HttpResponseBase:
    """Published instruments, newest version each; above them the drafts one may work on."""
    queries.may_read(request.user)
    author = may_author(request.user)
    first = FirstStep(_("The ministry's anti-corruption centre publishes instruments."))
    if author:
        first = FirstStep(
            _("Take the template, write the questions in Excel, and bring the file in."),
            reverse("assessments:instrument_new"),
            _("New instrument"),
        )
    return render_list(
        request,
        ListPage(
            name="assessments.instruments",
            title=_("Instruments"),
            queryset=queries.latest(request.user),
            filterset_class=InstrumentFilters,
            table_class=InstrumentTable,
            export=INSTRUMENT_EXPORT,
            may_export=may_export("assessments.view"),
            first_step=first,
            template="assessments/authoring/list.html",
            context={
                "may_author": author,
                "drafts": list(queries.drafts(request.user)[:50]),
                "editions": queries.editions(request.user),
            },
        ),
    )


@login_required
@require_http_methods(["GET", "POST"])
def instrument(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """One published version. POST on the preview is a trial run that keeps nothing."""
    found = queries.version_or_404(request.user, code, version)
    asked = request.GET.get("tab", "")
    tab = asked if asked in TABS else TABS[0]
    if request.method == "POST":
        tab = "preview"
    context: dict[str, Any] = {
        "framework": found,
        "document": found.document,
        "kind": words.kind(found.kind),
        "tab": tab,
        "may_author": may_author(request.user),
        "newest": services.next_version(code) - 1,
        **_TABS[tab](request, found),
    }
    return render(request, "assessments/authoring/instrument.html", context)


def preview_context(request: HttpRequest, document: dict[str, Any]) -> dict[str, Any]:
    """What the preview needs: rows in the chosen language, and the trial run of a POST."""
    languages = list(document.get("languages") or ["th"])
    asked = request.GET.get("in", "")
    page = "th" if words.thai() else "en"
    language = asked if asked in languages else page if page in languages else languages[0]
    posted = request.POST if request.method == "POST" else None
    rows = preview.rows_of(document, language, posted)
    instrument = preview.instrument_of(document)
    trial = None
    if posted is not None and instrument is not None:
        trial = preview.try_out(
            instrument, rows, posted, today=clock.today(), language="th" if words.thai() else "en"
        )
    return {
        "rows": rows,
        "language": language,
        "languages": [(c, words.language(c)) for c in languages],
        "can_try": instrument is not None,
        "trial": trial,
    }


def _preview(request: HttpRequest, found: Framework) -> dict[str, Any]:
    return preview_context(request, found.document)


def scoring_context(document: dict[str, Any]) -> dict[str, Any]:
    """The tree of scores and the levels."""
    return {
        "tree": scoretree.tree_of(document),
        "levels": scoretree.levels_of(document),
        "digits": ((document.get("scoring") or {}).get("round") or {}).get("digits", "2"),
    }


def _scoring(_request: HttpRequest, found: Framework) -> dict[str, Any]:
    return scoring_context(found.document)


def _versions(request: HttpRequest, found: Framework) -> dict[str, Any]:
    versions = queries.versions_of(request.user, found.code)
    older = queries.before(found)
    return {
        "versions": [
            {"framework": v, "change": str(words.LEVELS.get(v.change, ""))} for v in versions
        ],
        "older": older,
    }


def _translations(_request: HttpRequest, found: Framework) -> dict[str, Any]:
    return {"translations": queries.translations_of(found.document)}


_TABS = {
    "preview": _preview,
    "scoring": _scoring,
    "versions": _versions,
    "translations": _translations,
}


@require_safe
@login_required
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """What two versions of an instrument differ in, and what that means for trends."""
    queries.may_read(request.user)
    versions = queries.versions_of(request.user, code)
    if not versions:
        raise NotFoundInScope(_("There is no such instrument."))
    by_number = {v.version: v for v in versions}
    new = _chosen(request, "to", by_number, versions[0])
    default = next((v for v in versions if v.version < new.version), versions[-1])
    old = _chosen(request, "from", by_number, default)
    found = diff(old.document, new.document)
    return render(
        request,
        "assessments/authoring/compare.html",
        {
            "framework": new,
            "old": old,
            "new": new,
            "compare_rows": [{"framework": v} for v in versions],
            "diff": diff_context(found),
        },
    )


def _chosen(
    request: HttpRequest, name: str, versions: dict[int, Framework], default: Framework
) -> Framework:
    text = request.GET.get(name, "")
    return versions.get(int(text), default) if text.isascii() and text.isdigit() else default


def diff_context(found: Any) -> dict[str, Any]:
    """A difference in words: level, what it means, each change."""
    level = str(found.level)
    return {
        "level": level,
        "level_word": str(words.LEVELS.get(level, level)),
        "meaning": str(words.CONSEQUENCES.get(level, "")),
        "changes": [
            {
                "level": str(change.level),
                "level_word": str(words.LEVELS.get(str(change.level), change.level)),
                "text": change.text_th if words.thai() else change.text_en,
            }
            for change in found.changes
        ],
    }


@login_required
@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """A new draft from a published version: its next version, or a new instrument of one's own."""
    found = queries.version_or_404(request.user, code, version)
    owner = queries.author_unit(request.user, request.work.unit)  # type: ignore[attr-defined]
    form = CopyForm(sent(request), own=found.owner_id == owner.pk)
    if request.method == "POST" and form.is_valid():
        document = {**found.document}
        if form.cleaned_data["code"]:
            document |= {"id": form.cleaned_data["code"], "verified": "no"}
        made: list[InstrumentDraft] = []
        create = partial(
            services.create_draft,
            actor=request.user,
            owner=owner,
            document=document,
            based_on=found,
        )
        if attempt(
            request, lambda: made.append(create()), form=form, done=_("The draft was made.")
        ):
            return redirect("assessments:instrument_draft", draft_id=made[0].pk)
    return render(
        request,
        "assessments/authoring/copy.html",
        {"form": form, "framework": found, "owner": owner},
    )
