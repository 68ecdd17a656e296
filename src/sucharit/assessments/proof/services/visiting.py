"""Looks at the links of a self-report, kept as history: checks before submission, copies at approval.

Pages are fetched outside any transaction, a few at a time; each result is then one row. A page that
cannot be had is a row that says why, never an error.
"""

from __future__ import annotations

import hashlib
import io
import os
import uuid
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments.models import LinkVisit, OitLink, Participation, ProofRevision
from sucharit.assessments.proof import fetching
from sucharit.assessments.proof.queries import COPY_OWNER
from sucharit.core import clock
from sucharit.core.errors import Refusal
from sucharit.core.evidence import services as files
from sucharit.core.evidence.receiving import StoredFile, discard, storage
from sucharit.core.evidence.scanning import scan
from sucharit.core.evidence.sniffing import sniff
from sucharit.core.ledger import record
from sucharit.core.models import EvidenceVersion
from sucharit.orgs import scope

AT_ONCE = 4
Purpose = LinkVisit.Purpose
# Kept as what it is when its content agrees; anything else is kept byte by byte as plain text.
_NAMES = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}


def ask_for_check(*, actor: Any, participation: Participation) -> int:
    """Have all present links of a self-report looked at in the background; gives how many there are.

    Refusal where this installation fetches nothing, or there is no link.
    """
    from sucharit.assessments.proof import tasks

    scope.require(actor, "assessments.edit", participation.unit)
    if not fetching.switched_on():
        raise Refusal(
            _(
                "This installation does not open web pages. Open each link yourself before you submit."
            )
        )
    number = OitLink.objects.filter(entry__participation=participation).count()
    if not number:
        raise Refusal(_("There is no link yet to be checked."))
    with transaction.atomic():
        record(
            actor=actor, action="assessments.links.check_asked", target=participation,
            unit=participation.unit, fiscal_year=participation.round.fiscal_year, links=number,
        )  # fmt: skip
        transaction.on_commit(partial(tasks.check_links.enqueue, participation.pk), robust=True)
    return number


def check_links(*, actor: Any, participation: Participation) -> list[LinkVisit]:
    """Look at all present links; nothing is kept but what was seen."""
    rows = OitLink.objects.filter(entry__participation=participation)
    wanted = rows.order_by("entry__item", "position").values_list("entry__item", "url")
    return _visit(participation, wanted, Purpose.CHECK, actor=actor)


def keep_copies(*, actor: Any, participation: Participation) -> list[LinkVisit]:
    """Fetch the frozen links and keep what came as evidence; what has its copy is not fetched again."""
    there = set(
        LinkVisit.objects.filter(participation=participation, purpose=Purpose.COPY).values_list(
            "item", "url"
        )
    )
    entries = participation.entries.exclude(frozen_at=None).order_by("item")
    wanted = [
        (entry.item, link["url"]) for entry in entries for link in (entry.frozen or {})["links"]
    ]
    return _visit(participation, [w for w in wanted if w not in there], Purpose.COPY, actor=actor)


def _visit(
    participation: Participation, wanted: Iterable[tuple[str, str]], purpose: str, *, actor: Any
) -> list[LinkVisit]:
    pairs = list(wanted)
    urls = list(dict.fromkeys(url for _item, url in pairs))
    limits = fetching.rules()
    see = partial(fetching.look, limits=limits, keep=purpose == Purpose.COPY)
    made: list[LinkVisit] = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        # In blocks, so that few bodies are held at a time.
        for start in range(0, len(urls), AT_ONCE):
            for found in pool.map(see, urls[start : start + AT_ONCE]):
                items = [item for item, url in pairs if url == found.url]
                made += [_keep(participation, i, found, purpose, actor=actor) for i in items]
    with transaction.atomic():
        record(
            actor=actor, action=f"assessments.links.{purpose}", target=participation,
            unit=participation.unit, fiscal_year=participation.round.fiscal_year,
            links=len(made), failed=sum(not v.ok for v in made),
        )  # fmt: skip
    return made


def _keep(
    participation: Participation, item: str, found: fetching.Look, purpose: str, *, actor: Any
) -> LinkVisit:
    """One row of history, with its copy where there is one."""
    visit = LinkVisit(
        unit=participation.unit, participation=participation, item=item, purpose=purpose, url=found.url,
        at=clock.now(), ok=found.ok, http_status=found.status, reason=found.reason,
        final_url=found.final_url[:2000], content_type=found.content_type,
    )  # fmt: skip
    if found.body is None:
        with transaction.atomic():
            visit.save()
            _note_revision(visit)
        return visit
    visit.size, visit.sha256 = len(found.body), hashlib.sha256(found.body).hexdigest()
    state, wrong = _scanned(found.body)
    if wrong:
        visit.ok, visit.reason = False, wrong
        visit.save()
        return visit
    stored = _store(found.body, item, visit.sha256, state)
    try:
        with transaction.atomic():
            visit.save()
            document = files.add_evidence(
                actor=actor, unit=participation.unit, fiscal_year=participation.round.fiscal_year,
                title=found.url[:300], owner_kind=COPY_OWNER, owner_id=visit.pk, upload=stored,
            )  # fmt: skip
            visit.copy = document.versions.get()
            visit.save(update_fields=["copy"])
            _note_revision(visit)
    except BaseException:
        discard(stored.name)
        raise
    return visit


def _scanned(body: bytes) -> tuple[str, str]:
    """(state of the scan, reason not to keep the bytes or "")."""
    try:
        state = scan(io.BytesIO(body))
    except Refusal:
        return "", str(fetching.Reason.SCANNER)
    infected = state == EvidenceVersion.Scan.INFECTED
    return str(state), str(fetching.Reason.INFECTED) if infected else ""


def _store(body: bytes, item: str, digest: str, state: str) -> StoredFile:
    """The bytes as they came, on disk. A page is handed out as text: nobody's browser shall run it."""
    media_type, suffix = _kind(body)
    place, key = storage(), uuid.uuid4().hex
    name = place.save(f"{key[:2]}/{key}", ContentFile(body))
    if isinstance(place, FileSystemStorage):
        with open(place.path(name), "rb") as handle:  # noqa: PTH123 (a descriptor is needed)
            os.fsync(handle.fileno())
    return StoredFile(name, f"{item}-{digest[:8]}{suffix}", media_type, len(body), digest, state)


def _kind(body: bytes) -> tuple[str, str]:
    for media_type, suffix in _NAMES.items():
        try:
            if sniff(io.BytesIO(body), f"x{suffix}") == media_type:
                return media_type, suffix
        except Refusal:
            continue
    return "text/plain", ".txt"


def _note_revision(visit: LinkVisit) -> None:
    """The library's newest word on this address: whether it opened, and the copy's hash."""
    status = ProofRevision.Check.OK if visit.ok else ProofRevision.Check.FAILED
    fields: dict[str, Any] = {"check_status": status, "checked_at": visit.at}
    if visit.sha256:
        fields["sha256"] = visit.sha256
    ProofRevision.objects.filter(proof__unit=visit.unit, url=visit.url).update(**fields)
