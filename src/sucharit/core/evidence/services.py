"""Writes of evidence: add, add a version, withdraw. Files are never overwritten or deleted.

Rights: core stands below the apps and does not know who may do what. Either the calling service
has checked, or it passes ``check``: called without arguments before the file is read and again
inside the transaction, raising Forbidden or NotFoundInScope. ``upload`` is a sent file, or the
StoredFile of ``receiving.received`` when the caller has a transaction of his own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.evidence.receiving import StoredFile, received
from sucharit.core.ledger import record
from sucharit.core.models import Evidence, EvidenceVersion
from sucharit.core.registry import registry

if TYPE_CHECKING:
    from django.db.models import Model

Check = Callable[[], object]
Upload = File[bytes] | StoredFile


def add_evidence(
    *,
    actor: Any,
    unit: Model,
    fiscal_year: int,
    title: str,
    owner_kind: str,
    owner_id: object,
    upload: Upload,
    check: Check | None = None,
) -> Evidence:
    """A new document with its first file. ``fiscal_year`` BE; ``owner_kind`` as in the registry.

    Refusal (bad file), ValidationError (title, year), LookupError (no app answers for the kind).
    """
    if owner_kind not in registry.evidence:
        raise LookupError(f"no app answers for evidence of {owner_kind!r}; register it in apps.py")
    evidence = Evidence(
        unit=unit,  # type: ignore[misc]  # core knows units by their table only
        fiscal_year=fiscal_year,
        title=title.strip(),
        owner_kind=owner_kind,
        owner_id=str(owner_id),
        created_by=_account(actor=actor),
    )
    _clean_title(evidence.title)
    evidence.full_clean(exclude=["unit", "created_by", "withdrawn_at"])
    _ask(check)
    with received(upload, actor=actor) as stored, transaction.atomic():
        _ask(check)
        evidence.save(force_insert=True)
        version = _save_version(evidence, 1, stored, actor=actor)
        _note("core.evidence.added", version, actor=actor)
    return evidence


def add_version(
    *, actor: Any, evidence: Evidence, upload: Upload, check: Check | None = None
) -> EvidenceVersion:
    """A newer file of the same document; numbers run 1, 2, 3 … without gaps.

    Refusal: bad file, withdrawn, or the very same file as the one in force.
    """
    _ask(check)
    with received(upload, actor=actor) as stored, transaction.atomic():
        locked = _locked(evidence)
        _ask(check)
        last = locked.versions.aggregate(last=Max("number"))["last"] or 0
        if locked.versions.filter(number=last, sha256=stored.sha256).exists():
            raise Refusal(
                _("This is the very same file as the one that is already there."), where="upload"
            )
        version = _save_version(locked, last + 1, stored, actor=actor)
        _note("core.evidence.version_added", version, actor=actor)
    return version


def withdraw(*, actor: Any, evidence: Evidence, check: Check | None = None) -> Evidence:
    """Take a document out of use; its files stay for the record. Refusal: already withdrawn."""
    with transaction.atomic():
        locked = _locked(evidence)
        _ask(check)
        locked.withdrawn_at = clock.now()
        locked.save(update_fields=["withdrawn_at"])
        record(
            actor=actor,
            action="core.evidence.withdrawn",
            target=locked,
            unit=locked.unit,
            fiscal_year=locked.fiscal_year,
            owner=f"{locked.owner_kind}:{locked.owner_id}",
        )
    return locked


def _clean_title(title: str) -> None:
    if any(unicodedata.category(c) in {"Cc", "Cs"} for c in title):
        raise ValidationError(
            {"title": _("The title holds invisible control characters. Type it again.")}
        )


def _locked(evidence: Evidence) -> Evidence:
    """The row under lock; refuses what is withdrawn."""
    found = (
        Evidence.objects.select_for_update(of=("self",))
        .select_related("unit")
        .filter(pk=evidence.pk)
        .first()
    )
    if found is None:
        raise NotFoundInScope("No such document.")
    if found.withdrawn_at is not None:
        raise Refusal(_("The document has been withdrawn and takes no more changes."))
    return found


def _save_version(
    evidence: Evidence, number: int, stored: StoredFile, *, actor: Any
) -> EvidenceVersion:
    version = EvidenceVersion(
        evidence=evidence,
        number=number,
        file=stored.name,
        filename=stored.filename,
        media_type=stored.media_type,
        size=stored.size,
        sha256=stored.sha256,
        scan=stored.scan,
        uploaded_by=_account(actor=actor),
    )
    version.save(force_insert=True)
    return version


def _note(action: str, version: EvidenceVersion, *, actor: Any) -> None:
    evidence = version.evidence
    record(
        actor=actor,
        action=action,
        target=evidence,
        unit=evidence.unit,
        fiscal_year=evidence.fiscal_year,
        owner=f"{evidence.owner_kind}:{evidence.owner_id}",
        number=version.number,
        media_type=version.media_type,
        size=version.size,
        sha256=version.sha256,
        scan=str(version.scan),
    )


def _account(*, actor: Any) -> Any:
    """The account to name on a row; the system and the public have none."""
    return actor if getattr(actor, "pk", None) else None


def _ask(check: Check | None) -> None:
    if check is not None:
        check()
