"""Downloads of a meeting's papers; who may read which item is decided by committees.access."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sucharit.committees import access
from sucharit.committees.documents import papers
from sucharit.committees.documents.gather import facts
from sucharit.committees.models import Meeting
from sucharit.core.errors import Refusal
from sucharit.core.exports import disposition
from sucharit.core.ledger import record
from sucharit.core.papers import DOCX, paper_docx, paper_pdf

MAKERS = {"invitation": papers.invitation, "agenda": papers.agenda, "minutes": papers.minutes}
_BEFORE = {Meeting.State.PLANNED, Meeting.State.INVITED, Meeting.State.CANCELLED}


@require_safe
@login_required
def paper(request: HttpRequest, pk: int, kind: str, form: str) -> HttpResponse:
    """One paper as DOCX or PDF. Minutes are there once the meeting was opened."""
    meeting = access.meeting(request.user, pk)
    minutes = kind == "minutes"
    if minutes and meeting.state in _BEFORE:
        raise Refusal(_("There are minutes as soon as the meeting has been opened."))
    made = MAKERS[kind](facts(request.user, meeting, minutes=minutes))
    makers: dict[str, tuple[Any, str]] = {
        "pdf": (paper_pdf, "application/pdf"),
        "docx": (paper_docx, DOCX),
    }
    make, media = makers[form]
    data = make(made)
    record(
        actor=request.user, action="committees.paper.made", target=meeting,
        unit=meeting.committee.unit, fiscal_year=meeting.fiscal_year, kind=kind, format=form,
    )  # fmt: skip
    response = HttpResponse(data, content_type=media)
    name = f"{kind}-{meeting.committee.code}-{meeting.number}-{meeting.be_year}.{form}"
    response["Content-Disposition"] = disposition(name)
    return response
