"""Reads for the pages of instruments: what is published, what is being drafted, what differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from sucharit.assessments.authoring import words
from sucharit.assessments.authoring.parts import mendable, part_of
from sucharit.assessments.engine.instruments import (
    SCHEMA,
    DocumentDiff,
    check_document,
    diff,
    missing_translations,
)
from sucharit.assessments.engine.instruments.checks.wording import labels
from sucharit.assessments.models import Framework, InstrumentDraft
from sucharit.assessments.services.instruments import content_hash
from sucharit.core.errors import Forbidden, NotFoundInScope
from sucharit.orgs import scope
from sucharit.orgs.models import Unit


def may_read(user: Any) -> None:
    """Published instruments are open to everybody who sees assessments; others are refused."""
    if not scope.can_somewhere(user, "assessments.view"):
        raise Forbidden(_("Your role does not include assessments."))


def published(user: Any) -> QuerySet[Framework]:
    """All published versions of instruments; nothing without the right to see assessments."""
    found = Framework.objects.filter(schema=SCHEMA).select_related("owner")
    return found if scope.can_somewhere(user, "assessments.view") else found.none()


def latest(user: Any) -> QuerySet[Framework]:
    """The newest version of each instrument."""
    last = Framework.objects.filter(code=OuterRef("code")).order_by("-version").values("pk")[:1]
    return published(user).filter(pk=Subquery(last))


def version_or_404(user: Any, code: str, version: int) -> Framework:
    """One published version."""
    may_read(user)
    found = published(user).filter(code=code, version=version).first()
    if found is None:
        raise NotFoundInScope(_("There is no such instrument."))
    return found


def versions_of(user: Any, code: str) -> list[Framework]:
    """All versions of an instrument, newest first."""
    return list(published(user).filter(code=code).order_by("-version"))


def before(framework: Framework) -> Framework | None:
    """The version published before this one."""
    return (
        Framework.objects.filter(code=framework.code, version__lt=framework.version)
        .order_by("-version")
        .first()
    )


def editions(user: Any) -> list[Framework]:
    """ITA editions whose surveys are known, newest year first: they leave as XLSForm, too."""
    if not scope.can_somewhere(user, "assessments.view"):
        return []
    last = Framework.objects.filter(code=OuterRef("code")).order_by("-version").values("pk")[:1]
    rows = Framework.objects.filter(kind="ita", complete=True, pk=Subquery(last))
    return list(rows.order_by("-fiscal_year"))


def drafts(user: Any) -> QuerySet[InstrumentDraft]:
    """Drafts under way that the user may work on."""
    return (
        InstrumentDraft.objects.visible_to(user)
        .alive()
        .select_related("owner", "updated_by", "based_on")
    )


def draft_or_404(user: Any, pk: int) -> InstrumentDraft:
    """One draft, also a closed one, of a unit at which the user may author."""
    found = (
        InstrumentDraft.objects.visible_to(user)
        .select_related("owner", "updated_by", "based_on", "published_as")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise NotFoundInScope(_("There is no such draft."))
    return found


def author_unit(user: Any, work_unit: Unit | None) -> Unit:
    """The unit a new draft belongs to: the one being worked in, else the topmost with the right."""
    if work_unit is not None and scope.can(user, "assessments.manage", work_unit):
        return work_unit
    paths = scope.paths(user, "assessments.manage")
    found = Unit.objects.filter(path=paths[0]).first() if paths else None
    if found is None:
        raise Forbidden(_("Your role does not include making instruments."))
    return found


def against(document: Mapping[str, Any], code: str) -> tuple[Framework | None, DocumentDiff | None]:
    """The newest published version of an instrument, and what the document changes against it."""
    last = Framework.objects.filter(code=code, schema=SCHEMA).order_by("-version").first()
    if last is None:
        return None, None
    found = diff(last.document, document)
    if found.level == "none" and content_hash(last.document) != content_hash(document):
        # A layout change alone (an empty list against none) is published as wording.
        found = DocumentDiff("patch", ())
    return last, found


@dataclass(frozen=True)
class Finding:
    """A problem of a draft as its page shows it."""

    error: bool
    place: str
    cell: str  # of the workbook it was read from; "" when edited since, or never in one
    text: str
    part: str  # where it can be mended on the web; "" only in the workbook


def findings_of(draft: InstrumentDraft) -> list[Finding]:
    """Everything that keeps a draft from being published, then what is worth a look."""
    found = []
    for one in check_document(draft.document):
        path = tuple(one.path)
        found.append(
            Finding(
                error=one.severity == "error",
                place=words.place_words(path, draft.document),
                cell=_cell(path, draft.places),
                text=(one.message_th if words.thai() else "") or one.message,
                part=part_of(path, draft.document) if mendable(path) else "",
            )
        )
    return sorted(found, key=lambda f: not f.error)


def place_key(path: tuple[str | int, ...]) -> str:
    """A path as the text under which a draft keeps its cell."""
    return "/".join(str(step) for step in path)


def _cell(path: tuple[str | int, ...], places: Mapping[str, str]) -> str:
    for end in range(len(path), 0, -1):
        if cell := places.get(place_key(path[:end])):
            return cell
    return ""


@dataclass(frozen=True)
class Translation:
    """How far one language of an instrument is: texts in it, texts in all, and what is missing."""

    code: str
    name: str
    done: int
    total: int
    missing: list[tuple[str, str]]  # (place in words, part)

    @property
    def percent(self) -> int:
        """Texts there are, in whole percent rounded down: 100 only when nothing is missing."""
        return 100 * self.done // self.total if self.total else 100


def translations_of(document: Mapping[str, Any]) -> list[Translation]:
    """Completeness of each language, Thai first."""
    total = sum(1 for _found in labels(document))
    lacking = missing_translations(document)
    return [
        Translation(
            code,
            words.language(code),
            total - len(lacking.get(code, ())),
            total,
            [
                (words.place_words(tuple(path), document), part_of(tuple(path), document))
                for path in lacking.get(code, ())
            ],
        )
        for code in document.get("languages") or ()
    ]
