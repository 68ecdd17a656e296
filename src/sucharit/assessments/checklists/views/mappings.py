"""Mappings between frameworks: the list, a new one, one taken away."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sucharit.assessments.checklists import services, values
from sucharit.assessments.checklists.forms import MappingForm
from sucharit.assessments.checklists.services.mappings import items_of
from sucharit.assessments.checklists.views._shared import nothing
from sucharit.assessments.checklists.words import WORDS
from sucharit.assessments.models import Framework, FrameworkMapping
from sucharit.assessments.views._shared import attempt, sent
from sucharit.core.errors import Forbidden
from sucharit.orgs import scope
from sucharit.orgs.models import Unit


@login_required
@require_http_methods(["GET", "POST"])
def mappings(request: HttpRequest) -> HttpResponse:
    """All mappings, and the form for a new one."""
    where = scope.paths(request.user, "assessments.manage")
    if not where:
        raise Forbidden(_("Mappings are kept by those who run assessments."))
    form = MappingForm(sent(request), codes=_codes(), relations=_relations())
    if request.method == "POST" and request.POST.get("remove"):
        do: Any = partial(
            services.remove_mapping, actor=request.user, mapping=_mapping(request.POST["remove"])
        )
        attempt(request, do, done=_("The mapping was taken away."))
        return redirect("assessments:checklists_mappings")
    if request.method == "POST" and form.is_valid():
        owner = Unit.objects.get(path=where[0])
        do = partial(services.save_mapping, actor=request.user, owner=owner, **form.cleaned_data)
        if attempt(request, do, form=form, done=_("The mapping was saved.")):
            return redirect("assessments:checklists_mappings")
    return render(request, "assessments/checklists/mappings.html", {"form": form, "rows": _rows()})


def _rows() -> list[dict[str, Any]]:
    titles: dict[str, dict[str, Any]] = {}
    found = []
    for m in FrameworkMapping.objects.select_related("owner"):
        for code in (m.source_code, m.target_code):
            if code not in titles:
                titles[code] = items_of(code) or {}
        found.append(
            {
                "m": m,
                "source": values.words(titles[m.source_code].get(m.source_item, {})),
                "target": values.words(titles[m.target_code].get(m.target_item, {})),
            }
        )
    return found


def _codes() -> list[tuple[str, str]]:
    rows = Framework.objects.order_by("code", "-version").values_list("code", "title_th")
    found = {code: f"{title} ({code})" for code, title in reversed(rows)}
    return sorted(found.items())


def _relations() -> list[tuple[str, Any]]:
    return [(r, WORDS["relation", r][1]) for r in FrameworkMapping.Relation.values]


def _mapping(pk: str) -> FrameworkMapping:
    found = FrameworkMapping.objects.filter(pk=pk if pk.isdigit() else 0).first()
    if found is None:
        raise nothing()
    return found
