"""Loading frameworks into the database: the only writer of `Framework`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from sucharit.assessments import library
from sucharit.assessments.library import Level, LibraryError, LoadedFramework
from sucharit.assessments.models import Framework
from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Loaded:
    """A framework as it now stands in the database.

    `created` is False when it was there already; `change` is what it changes against the version
    before it (NONE for a first version): MAJOR means that figures must not be joined by a line.
    """

    framework: Framework
    created: bool
    change: Level


def load_framework(*, actor: Any, path_or_id: str | Path, version: int | None = None) -> Loaded:
    """Load a framework by id (latest version unless given) or file; loading it again does nothing.

    Raises Refusal when the file is broken (every finding with file, line and key), when a loaded
    version has other content, or when a new version changes nothing; Forbidden without the right.
    """
    if not isinstance(actor, System) and not scope.can_somewhere(actor, "assessments.manage"):
        raise Forbidden("Only the ministry's centre loads frameworks.")
    try:
        loaded = library.load(path_or_id, version)
    except LibraryError as error:
        raise Refusal(str(error), where=str(error.problems[0]).split(": ")[0]) from error
    with transaction.atomic():
        return _store(loaded, actor=actor)


def load_bundled(*, actor: Any) -> list[Loaded]:
    """Load every framework that comes with the program, older versions first."""
    files = library.list_frameworks()
    return [load_framework(actor=actor, path_or_id=file.path) for file in files]


def _store(loaded: LoadedFramework, *, actor: Any) -> Loaded:
    versions = Framework.objects.select_for_update().filter(code=loaded.id)
    before = versions.filter(version__lt=int(loaded.version)).order_by("-version").first()
    change = _change(before, loaded)
    # get_or_create also survives another process that loads the same file at this moment.
    framework, created = Framework.objects.get_or_create(
        code=loaded.id, version=int(loaded.version), defaults=_fields(loaded)
    )
    if framework.sha256 != loaded.sha256:
        raise Refusal(
            f"{loaded.id} version {loaded.version} is loaded already with other content. A loaded "
            f"version never changes: put the change into version {int(loaded.version) + 1}.",
            where=str(loaded.path.name),
        )
    if created:
        record(
            actor=actor,
            action="assessments.framework.loaded",
            target=framework,
            fiscal_year=framework.fiscal_year,
            code=loaded.id,
            version=framework.version,
            sha256=loaded.sha256,
            change=change.name.lower(),
        )
    return Loaded(framework, created, change)


def _change(before: Framework | None, loaded: LoadedFramework) -> Level:
    if before is None:
        return Level.NONE
    found = library.diff(before.document, loaded.document)
    if {change.key for change in found.changes} <= {"version"}:
        raise Refusal(
            f"{loaded.id} version {loaded.version} is the same as version {before.version}: "
            "nothing to load.",
            where=str(loaded.path.name),
        )
    return found.level


def _fields(loaded: LoadedFramework) -> dict[str, Any]:
    document = loaded.document
    return {
        "fiscal_year": int(document["fiscal_year"]),
        "kind": document["kind"],
        "title_th": document["title"]["th"],
        "title_en": document["title"]["en"],
        "complete": loaded.complete,
        "verified": document["verified"] == "yes",
        "document": document,
        "sha256": loaded.sha256,
    }
