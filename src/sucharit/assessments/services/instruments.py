"""Publishing instruments: from bundled files, or documents that people wrote.

Besides `services.frameworks` the only writer of `Framework`. A published version never changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sucharit.assessments import library
from sucharit.assessments.engine.instruments import SCHEMA, check_document, diff
from sucharit.assessments.library import LibraryError, sha256_of
from sucharit.assessments.models import Framework
from sucharit.core import clock, fiscal
from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope

if TYPE_CHECKING:
    from pathlib import Path

    from sucharit.assessments.engine.instruments import DocumentProblem
    from sucharit.orgs.models import Unit


class ProblemsRefusal(Refusal):
    """A document that may not be published; `problems` are all its findings, in both languages."""

    def __init__(self, problems: list[DocumentProblem]) -> None:
        self.problems = problems
        first = next(one for one in problems if one.severity == "error")
        super().__init__(f"{first.place}: {first.message}", where=first.place)


def load_instrument(
    *, actor: Any, path_or_id: str | Path, version: int | None = None
) -> tuple[Framework, bool]:
    """Load an instrument by id (latest version unless given) or file; gives (row, whether it is new).

    Loading it again does nothing. Raises Refusal when the file is broken (every finding with file,
    line and key), when a loaded version has other content, when a new version changes nothing, or
    when a unit owns the id; Forbidden without the right.
    """
    if not isinstance(actor, System) and not scope.can_somewhere(actor, "assessments.manage"):
        raise Forbidden("Only the ministry's centre loads instruments.")
    try:
        loaded = library.load_instrument(path_or_id, version)
    except LibraryError as error:
        raise Refusal(str(error), where=str(error.problems[0]).split(": ")[0]) from error
    with transaction.atomic():
        there = _versions(loaded.id).filter(version=int(loaded.version)).first()
        if there is not None and there.owner_id is None and there.sha256 == loaded.sha256:
            return there, False
        if there is not None:
            raise Refusal(
                f"{loaded.id} version {loaded.version} is loaded already with other content. A "
                f"loaded version never changes: put the change into version "
                f"{int(loaded.version) + 1}.",
                where=str(loaded.path.name),
            )
        return _store(loaded.document, actor=actor, owner=None), True


def load_bundled_instruments(*, actor: Any) -> list[tuple[Framework, bool]]:
    """Load every instrument that comes with the program, older versions first."""
    files = library.list_instruments()
    return [load_instrument(actor=actor, path_or_id=file.path) for file in files]


def publish_document(*, actor: Any, document: Mapping[str, Any], owner: Unit | None) -> Framework:
    """Publish a document as a new version of an instrument that `owner` has (None: everybody's).

    Raises ProblemsRefusal (a Refusal) with every finding of `check_document`; Refusal when the
    version is not above the last one, when nothing but the version changed, or when the id belongs
    to somebody else; NotFoundInScope or Forbidden without assessments.manage at the owner.
    """
    if owner is None and not isinstance(actor, System):
        raise Forbidden("Only the program itself publishes for everybody.")
    with transaction.atomic():
        if isinstance(document, Mapping) and isinstance(document.get("id"), str):
            list(_versions(document["id"]).values_list("pk"))  # the rows are locked from here
        if owner is not None:
            scope.require(actor, "assessments.manage", owner)
        problems = check_document(document)
        if any(one.severity == "error" for one in problems):
            raise ProblemsRefusal(problems)
        return _store(document, actor=actor, owner=owner)


def _versions(code: str) -> Any:
    return Framework.objects.select_for_update().filter(code=code).order_by("-version")


def _store(document: Mapping[str, Any], *, actor: Any, owner: Unit | None) -> Framework:
    last = _versions(document["id"]).first()
    change = _change(last, document, owner)
    try:
        with transaction.atomic():
            framework = Framework.objects.create(
                code=document["id"],
                version=int(document["version"]),
                owner=owner,
                change=change,
                **_fields(document),
            )
    except IntegrityError as error:
        # Another process published this version between our look and our write.
        raise _too_late(document, int(document["version"])) from error
    record(
        actor=actor,
        action="assessments.instrument.published",
        target=framework,
        unit=owner,
        fiscal_year=framework.fiscal_year,
        code=framework.code,
        version=framework.version,
        sha256=framework.sha256,
        change=change,
    )
    return framework


def _change(last: Framework | None, document: Mapping[str, Any], owner: Unit | None) -> str:
    """The level of the change against the last version, "" for a first one."""
    if last is None:
        return ""
    if last.schema != SCHEMA or last.owner_id != (owner.pk if owner else None):
        raise Refusal(
            _("The id %(code)s is used by somebody else. Choose another id.") % {"code": last.code},
            where="id",
        )
    if int(document["version"]) <= last.version:
        raise _too_late(document, last.version)
    if content_hash(document) == content_hash(last.document):
        raise Refusal(
            _("%(code)s version %(new)s is the same as version %(old)s: nothing to publish.")
            % {"code": last.code, "new": document["version"], "old": last.version},
            where="version",
        )
    level = diff(last.document, document).level
    # Content that differs in layout alone (an empty list against none) is wording, nothing more.
    return "patch" if level == "none" else level


def _too_late(document: Mapping[str, Any], last: int) -> Refusal:
    return Refusal(
        _(
            "Version %(new)s of %(code)s is not above the last published one (%(old)s). Give it "
            "version %(next)s."
        )
        % {"new": document["version"], "code": document["id"], "old": last, "next": last + 1},
        where="version",
    )


def content_hash(document: Mapping[str, Any]) -> str:
    """SHA-256 of a document without its version: equal for equal content."""
    return sha256_of({key: value for key, value in document.items() if key != "version"})


def _fields(document: Mapping[str, Any]) -> dict[str, Any]:
    # An instrument that names no year is filed under the year in which it was published.
    year = document.get("fiscal_year")
    return {
        "schema": SCHEMA,
        "kind": document["kind"],
        "fiscal_year": int(year) if year else fiscal.fiscal_year_be(clock.today()),
        "title_th": document["title"]["th"],
        "title_en": document["title"].get("en", ""),
        "complete": True,
        "verified": document.get("verified") == "yes",
        "document": dict(document),
        "sha256": sha256_of(document),
    }
