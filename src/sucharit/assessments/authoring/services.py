"""Drafts of instruments: made, replaced from a workbook, edited in small things, published, discarded."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sucharit.assessments.authoring import parts
from sucharit.assessments.engine.instruments import SCHEMA, check_document
from sucharit.assessments.models import Framework, InstrumentDraft
from sucharit.assessments.services import instruments
from sucharit.assessments.services.steps import account
from sucharit.core import clock, fiscal
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope
from sucharit.orgs.models import Unit

AUTHOR = "assessments.manage"
State = InstrumentDraft.State


class StaleDraftError(Refusal):
    """Somebody else changed the draft meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody else changed this draft while you were working. Look at it again, then "
                "repeat your change."
            )
        )


def create_draft(
    *,
    actor: Any,
    owner: Unit,
    document: Mapping[str, Any],
    source_sha256: str = "",
    places: Mapping[str, str] | None = None,
    based_on: Framework | None = None,
) -> InstrumentDraft:
    """A new draft of a unit. Refusal: its id belongs to others, or there is a draft of it already."""
    with transaction.atomic():
        scope.require(actor, AUTHOR, owner)
        _may_continue(owner, str(document.get("id", "")))
        draft = InstrumentDraft(owner=owner, based_on=based_on, created_by=account(actor))
        _take(draft, document, actor=actor, source_sha256=source_sha256, places=places)
        if InstrumentDraft.objects.alive().filter(owner=owner, code=draft.code).exists():
            raise _twice()
        try:
            with transaction.atomic():
                draft.save()
        except IntegrityError:
            raise _twice() from None
        _note(draft, "created", actor=actor)
    return draft


def replace_document(
    *,
    actor: Any,
    draft: InstrumentDraft,
    version: int,
    document: Mapping[str, Any],
    source_sha256: str = "",
    places: Mapping[str, str] | None = None,
) -> InstrumentDraft:
    """Put a corrected workbook's document in the draft's place. The id stays what it is."""
    with transaction.atomic():
        held = _locked(draft, version, actor=actor)
        if document.get("id") != held.code:
            raise Refusal(
                _("The file is of another instrument: its form_id is %(found)s, not %(wanted)s.")
                % {"found": document.get("id", "–"), "wanted": held.code},
                where="upload",
            )
        _take(held, document, actor=actor, source_sha256=source_sha256, places=places)
        _keep(held, "replaced", actor=actor)
    return held


def edit_part(
    *, actor: Any, draft: InstrumentDraft, version: int, part: str, values: Mapping[str, str]
) -> InstrumentDraft:
    """Change titles, labels, translations or points of one part (see ``parts``).

    ValidationError by field name; NotFoundInScope when the draft has no such part.
    """
    with transaction.atomic():
        held = _locked(draft, version, actor=actor)
        try:
            document = parts.changed(held.document, part, values)
        except KeyError:
            raise NotFoundInScope(_("There is no such part in this instrument.")) from None
        except parts.PartError as error:
            raise ValidationError({n: _why(w) for n, w in error.wrong.items()}) from None
        _take(held, document, actor=actor, source_sha256=held.source_sha256, places=held.places)
        _keep(held, "edited", actor=actor, part=part.partition(":")[0])
    return held


def publish(*, actor: Any, draft: InstrumentDraft, version: int) -> Framework:
    """Publish the draft as the instrument's next version; it can't be changed from then on.

    Refusal: the document has errors, changes nothing, or its id belongs to others.
    """
    with transaction.atomic():
        held = _locked(draft, version, actor=actor)
        _may_continue(held.owner, held.code)
        if any(p.severity == "error" for p in check_document(held.document)):
            raise Refusal(_("The draft still has errors. Mend them first; they are listed below."))
        document = _numbered(held.document)
        framework = instruments.publish_document(actor=actor, document=document, owner=held.owner)
        held.state, held.published_as, held.document = State.PUBLISHED, framework, document
        _keep(held, "published", actor=actor, number=framework.version)
    return framework


def discard(*, actor: Any, draft: InstrumentDraft, version: int) -> InstrumentDraft:
    """Put a draft away for good; what was published stays."""
    with transaction.atomic():
        held = _locked(draft, version, actor=actor)
        held.state = State.DISCARDED
        _keep(held, "discarded", actor=actor)
    return held


def next_version(code: str) -> int:
    """The number the instrument's next published version gets."""
    last = Framework.objects.filter(code=code).order_by("-version").first()
    return last.version + 1 if last else 1


def _locked(draft: InstrumentDraft, version: int, *, actor: Any) -> InstrumentDraft:
    held = (
        InstrumentDraft.objects.select_for_update(of=("self",))
        .select_related("owner")
        .filter(pk=draft.pk)
        .first()
    )
    if held is None:
        raise NotFoundInScope(_("There is no such draft."))
    scope.require(actor, AUTHOR, held.owner)
    if held.state != State.DRAFT:
        raise Refusal(_("This draft is closed: it was published or discarded."))
    if held.version != version:
        raise StaleDraftError
    return held


def _may_continue(owner: Unit, code: str) -> None:
    """An id belongs to the unit that published it first; what came with the program is copied."""
    last = Framework.objects.filter(code=code).order_by("-version").first()
    if last is None:
        return
    if last.schema != SCHEMA:
        raise Refusal(_("This id belongs to an ITA edition. Choose another."), where="code")
    if last.owner_id is None:
        raise Refusal(
            _("This instrument came with the program. Copy it under an id of your own."),
            where="code",
        )
    if last.owner_id != owner.pk:
        raise Refusal(
            _("This id belongs to another unit's instrument. Choose another."), where="code"
        )


def _numbered(document: Mapping[str, Any]) -> dict[str, Any]:
    return {**document, "version": str(next_version(str(document.get("id", ""))))}


def _take(
    draft: InstrumentDraft,
    document: Mapping[str, Any],
    *,
    actor: Any,
    source_sha256: str,
    places: Mapping[str, str] | None,
) -> None:
    """Put a document into the row, with the columns lists are made from."""
    taken = _numbered(copy.deepcopy(dict(document)))
    title = taken.get("title") or {}
    code, year = str(taken.get("id", "")), str(taken.get("fiscal_year", ""))
    if not code or len(code) > 60:
        raise Refusal(_("The instrument needs an id of at most 60 characters."), where="code")
    draft.document = taken
    draft.code, draft.kind = code, str(taken.get("kind", ""))[:30]
    draft.title_th = str(title.get("th", ""))[:300] or code
    draft.title_en = str(title.get("en", ""))[:300]
    draft.fiscal_year = int(year) if year.isdigit() else fiscal.fiscal_year_be(clock.today())
    draft.source_sha256, draft.places = source_sha256, dict(places or {})
    draft.updated_by = account(actor)


def _keep(draft: InstrumentDraft, what: str, *, actor: Any, **data: Any) -> None:
    draft.version += 1
    draft.updated_by = account(actor)
    draft.save()
    _note(draft, what, actor=actor, **data)


def _note(draft: InstrumentDraft, what: str, *, actor: Any, **data: Any) -> None:
    record(
        actor=actor, action=f"assessments.draft.{what}", target=draft, unit=draft.owner,
        fiscal_year=draft.fiscal_year, code=draft.code, version=draft.version,
        source_sha256=draft.source_sha256, **data,
    )  # fmt: skip


def _twice() -> Refusal:
    return Refusal(
        _("There is a draft of this instrument already. Open it and replace its file there."),
        where="code",
    )


def _why(code: str) -> str:
    return {
        "number": _("Write a number such as 2, 0.5 or 100/3."),
        "year": _("Write a Buddhist year such as 2567."),
        "yes_no": _("Choose yes or no."),
        "long": _("This text is too long."),
        "needed": _("The Thai text can't be empty."),
    }[code]
