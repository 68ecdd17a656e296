"""Pages of looks at links: the check before submission, and a stored copy beside its facts."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sucharit.assessments.proof import fetching, pages
from sucharit.assessments.proof.reading import MOST, visible_text
from sucharit.assessments.proof.services import visiting
from sucharit.assessments.queries import rounds as queries
from sucharit.assessments.views._shared import attempt
from sucharit.core.evidence.receiving import storage
from sucharit.orgs import scope


@login_required
@require_http_methods(["GET", "POST"])
def links(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    """The links of a self-report, each with its newest look; ask for a new one."""
    p = queries.participation_or_404(request.user, round_id, code)
    if request.method == "POST":
        do = partial(visiting.ask_for_check, actor=request.user, participation=p)
        attempt(
            request,
            do,
            done=_(
                "The links are being looked at. Reload this page in a minute to see the result."
            ),
        )
        return redirect("assessments:proof_links", round_id=round_id, code=code)
    rows = pages.checks_of(p)
    return render(
        request,
        "assessments/proof/links.html",
        {
            "p": p,
            "round": p.round,
            "rows": rows,
            "failed": sum(visit is not None and not visit.ok for _link, visit in rows),
            "on": fetching.switched_on(),
            "may_ask": scope.can(request.user, "assessments.edit", p.unit),
        },
    )


@login_required
@require_safe
def stored(request: HttpRequest, round_id: int, code: str, visit_id: int) -> HttpResponse:
    """A stored copy: when, from where, its hash, the file, and the words on the page."""
    p = queries.participation_or_404(request.user, round_id, code)
    visit = pages.visit_or_404(p, visit_id)
    text = ""
    if visit.copy is not None:
        try:
            with storage().open(str(visit.copy.file.name)) as handle:
                text = visible_text(handle.read(), visit.content_type)
        except OSError:
            text = ""
    return render(
        request,
        "assessments/proof/stored.html",
        {"p": p, "round": p.round, "visit": visit, "text": text, "cut": len(text) >= MOST},
    )
