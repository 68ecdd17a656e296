"""Taking evidence into a unit's library, its newer revisions, and out of use again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments.engine import links as addresses
from sucharit.assessments.models import Proof, ProofRevision
from sucharit.assessments.proof.queries import FILE_OWNER
from sucharit.assessments.services.answers import fault_text
from sucharit.assessments.services.steps import account
from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.evidence import services as files
from sucharit.core.evidence.receiving import received
from sucharit.core.ledger import record
from sucharit.core.models import Evidence, EvidenceVersion
from sucharit.orgs import scope
from sucharit.orgs.models import Unit


def add_proof(
    *,
    actor: Any,
    unit: Unit,
    fiscal_year: int,
    title: str,
    url: str = "",
    upload: Any = None,
    document_date: dt.date | None = None,
    expires_on: dt.date | None = None,
) -> Proof:
    """A new piece of evidence of a unit: an address or a file, not both. ``fiscal_year`` BE, of origin.

    The dates are the document's own; leave out what it does not say. ValidationError by field,
    Refusal for a bad file (``where="upload"``), NotFoundInScope or Forbidden without the right.
    """
    scope.require(actor, "assessments.edit", unit)
    clean = _check(title, url, upload, document_date, expires_on)
    kind = Proof.Kind.FILE if upload else Proof.Kind.LINK
    if not upload:
        with transaction.atomic():
            _refuse_double(unit, clean)
            proof = _save(
                actor=actor, unit=unit, kind=kind, fiscal_year=fiscal_year, title=title,
                document_date=document_date, expires_on=expires_on,
            )  # fmt: skip
            _revise(proof, 1, actor=actor, url=clean)
            _note("added", proof, actor=actor, kind=str(kind))
        return proof
    with received(upload, actor=actor) as stored, transaction.atomic():
        scope.require(actor, "assessments.edit", unit)
        proof = _save(
                actor=actor, unit=unit, kind=kind, fiscal_year=fiscal_year, title=title,
                document_date=document_date, expires_on=expires_on,
            )  # fmt: skip
        document = files.add_evidence(
            actor=actor, unit=unit, fiscal_year=fiscal_year, title=proof.title,
            owner_kind=FILE_OWNER, owner_id=proof.pk, upload=stored,
        )  # fmt: skip
        _revise(proof, 1, actor=actor, file=document.versions.get())
        _note("added", proof, actor=actor, kind=str(kind))
    return proof


def add_revision(*, actor: Any, proof: Proof, url: str = "", upload: Any = None) -> ProofRevision:
    """A newer state of a proof, of the same kind. What uses an older one keeps it until attached anew.

    ValidationError by field, Refusal: withdrawn, bad file, or the very same as the one in force.
    """
    scope.require(actor, "assessments.edit", proof.unit)
    if proof.kind == Proof.Kind.LINK:
        clean = _address(url)
        with transaction.atomic():
            held = _locked(proof)
            last = held.revisions.order_by("-number").first()
            assert last is not None
            if last.url == clean:
                raise ValidationError({"url": _("This is the address that is there already.")})
            made = _revise(held, last.number + 1, actor=actor, url=clean)
            _note("revised", held, actor=actor, revision=made.number)
        return made
    if not upload:
        raise ValidationError({"upload": _("Choose a file.")})
    with received(upload, actor=actor) as stored, transaction.atomic():
        held = _locked(proof)
        scope.require(actor, "assessments.edit", held.unit)
        version = files.add_version(actor=actor, evidence=_document(held), upload=stored)
        made = _revise(held, held.revisions.count() + 1, actor=actor, file=version)
        _note("revised", held, actor=actor, revision=made.number)
    return made


def withdraw(*, actor: Any, proof: Proof) -> Proof:
    """Take a proof out of use: nothing new can be attached to it; past uses and files stay."""
    with transaction.atomic():
        held = _locked(proof)
        scope.require(actor, "assessments.edit", held.unit)
        held.state, held.withdrawn_at = Proof.State.WITHDRAWN, clock.now()
        held.save(update_fields=["state", "withdrawn_at"])
        if held.kind == Proof.Kind.FILE:
            files.withdraw(actor=actor, evidence=_document(held))
        _note("withdrawn", held, actor=actor, uses=held.uses.count())
    return held


def _check(
    title: str,
    url: str,
    upload: Any,
    document_date: dt.date | None,
    expires_on: dt.date | None,
) -> str:
    """The address in its one spelling ("" for a file), or ValidationError with every wrong field."""
    wrong: dict[str, Any] = {}
    clean = ""
    if not title.strip():
        wrong["title"] = _("Give the evidence a name.")
    if bool(url.strip()) == bool(upload):
        wrong["url"] = _("Give an address or a file, one of the two.")
    elif not upload:
        try:
            clean = _address(url)
        except ValidationError as error:
            wrong |= error.message_dict
    if document_date and expires_on and expires_on < document_date:
        wrong["expires_on"] = _("This lies before the date of the document.")
    if wrong:
        raise ValidationError(wrong)
    return clean


def _address(url: str) -> str:
    try:
        return addresses.normalise(url).url
    except addresses.LinkError as error:
        raise ValidationError({"url": fault_text(error.fault)}) from None


def _refuse_double(unit: Unit, url: str) -> None:
    there = Proof.objects.usable().filter(unit=unit, revisions__url=url).first()
    if there is not None:
        raise ValidationError(
            {"url": _("This address is in the library already: %(title)s") % {"title": there.title}}
        )


def _save(
    *,
    actor: Any,
    unit: Unit,
    kind: str,
    fiscal_year: int,
    title: str,
    document_date: dt.date | None,
    expires_on: dt.date | None,
) -> Proof:
    proof = Proof(
        unit=unit, kind=kind, title=" ".join(title.split()), fiscal_year=fiscal_year,
        document_date=document_date, expires_on=expires_on, created_by=account(actor),
    )  # fmt: skip
    proof.full_clean(exclude=["unit", "created_by", "withdrawn_at"])
    proof.save(force_insert=True)
    return proof


def _revise(
    proof: Proof, number: int, *, actor: Any, url: str = "", file: EvidenceVersion | None = None
) -> ProofRevision:
    return ProofRevision.objects.create(
        proof=proof,
        number=number,
        url=url,
        file=file,
        sha256=file.sha256 if file else "",
        noted_by=account(actor),
    )


def _document(proof: Proof) -> Evidence:
    return Evidence.objects.get(owner_kind=FILE_OWNER, owner_id=str(proof.pk))


def _locked(proof: Proof) -> Proof:
    found = (
        Proof.objects.select_for_update(of=("self",))
        .select_related("unit")
        .filter(pk=proof.pk)
        .first()
    )
    if found is None:
        raise NotFoundInScope(_("There is no such evidence."))
    if found.state == Proof.State.WITHDRAWN:
        raise Refusal(_("This evidence has been withdrawn: it takes no more changes."))
    return found


def _note(what: str, proof: Proof, *, actor: Any, **data: Any) -> None:
    record(
        actor=actor, action=f"assessments.proof.{what}", target=proof, unit=proof.unit,
        fiscal_year=proof.fiscal_year, **data,
    )  # fmt: skip
