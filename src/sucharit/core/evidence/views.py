"""The one way to an evidence file: ask the owner's app, write the ledger, hand the file over."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.evidence.queries import may_read
from sucharit.core.evidence.receiving import storage
from sucharit.core.ledger import record
from sucharit.core.models import Evidence, EvidenceVersion

if TYPE_CHECKING:
    import uuid

log = logging.getLogger(__name__)


@require_safe
@login_required
def read(request: HttpRequest, evidence_id: uuid.UUID, number: int | None = None) -> FileResponse:
    """A version's file (the newest without ``number``) as a download.

    404, and a row in the ledger, when the reader may not have it.
    """
    evidence = Evidence.objects.select_related("unit").filter(pk=evidence_id).first()
    if evidence is None:
        raise NotFoundInScope("No such document.")
    if not may_read(request.user, evidence):
        _note(request, evidence, "core.evidence.refused", number)
        raise NotFoundInScope("No such document.")
    versions = evidence.versions.order_by("-number")
    version = (versions if number is None else versions.filter(number=number)).first()
    if version is None:
        raise NotFoundInScope("No such version.")
    if version.scan == EvidenceVersion.Scan.INFECTED:
        raise Refusal(
            _("The virus scanner found a virus in the file. It is kept, but not handed out.")
        )
    try:
        handle = storage().open(str(version.file.name))
    except OSError:
        log.exception("evidence %s version %s has no file", evidence.pk, version.number)
        raise Refusal(
            _(
                "The file is missing from the storage. "
                "Tell the administrator; a backup will have it."
            )
        ) from None
    _note(request, evidence, "core.evidence.read", version.number)
    response = FileResponse(
        handle, as_attachment=True, filename=version.filename, content_type=version.media_type
    )
    response["Content-Length"] = str(version.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def _note(request: HttpRequest, evidence: Evidence, action: str, number: int | None) -> None:
    record(
        actor=request.user,
        action=action,
        target=evidence,
        unit=evidence.unit,
        fiscal_year=evidence.fiscal_year,
        number=number,
    )
