"""Bringing published results in: figures announced elsewhere, at any node, with their source."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from sucharit.assessments import library
from sucharit.assessments.library import LibraryError, PublishedFile
from sucharit.assessments.library.tables import read_table
from sucharit.assessments.models import NodeScore, ScoreRun, UnitResult
from sucharit.assessments.services.published_rows import Entry, Figures, plan
from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope
from sucharit.orgs.models import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Imported:
    """What an import did, or would do: figures by their fate, and units that are not known here."""

    file: str
    added: int
    changed: int
    unchanged: int
    removed: int
    skipped: tuple[str, ...]
    runs: tuple[ScoreRun, ...] = ()

    @property
    def alters(self) -> bool:
        """Whether anything is different from what is stored."""
        return bool(self.added or self.changed or self.removed)


def preview_published(*, actor: Any, path: str | Path, name: str = "") -> Imported:
    """What `load_published` would do with the file; nothing is written. Raises as it does."""
    file = _read(path, name)
    entries, skipped = plan(file)
    _require(entries, actor=actor)
    return _compare(file, entries, skipped)


def load_published(*, actor: Any, path: str | Path, name: str = "") -> Imported:
    """Import a YAML, CSV or XLSX file of published results; the same file again does nothing.

    A new revision of a file (same `name`) replaces the figures of the one before it: earlier runs
    are kept but no longer current. Raises Refusal with every finding (file, row, cell) and writes
    nothing then; NotFoundInScope or Forbidden for units out of the actor's right.
    """
    return _load(_read(path, name), actor=actor)


def load_bundled(*, actor: Any) -> list[Imported]:
    """Import the published results that come with the program."""
    return [_load(file, actor=actor) for file in library.published()]


def _load(file: PublishedFile, *, actor: Any) -> Imported:
    entries, skipped = plan(file)
    _require(entries, actor=actor)
    with transaction.atomic():
        # One import at a time: the roots of the tree are the lock.
        list(Unit.objects.select_for_update().filter(depth=1))
        done = _compare(file, entries, skipped)
        if not done.alters:
            return done
        _refuse_contradictions(file, entries)
        _current(file.id).update(current=False)
        runs = tuple(_store(file, entries))
        record(
            actor=actor,
            action="assessments.published.loaded",
            target=f"assessments.published:{file.id}",
            sha256=file.sha256,
            added=done.added,
            changed=done.changed,
            removed=done.removed,
            skipped=len(skipped),
            runs=[run.pk for run in runs],
        )
    return Imported(**{**done.__dict__, "runs": runs})


def _read(path: str | Path, name: str) -> PublishedFile:
    path = Path(path)
    try:
        if path.suffix.lower() in {".yaml", ".yml"}:
            return library.read_published(path)
        if path.suffix.lower() in {".csv", ".xlsx"}:
            return read_table(path, name)
    except LibraryError as error:
        raise Refusal(str(error), where=str(error.problems[0]).split(": ")[0]) from error
    raise Refusal(f"{path.name}: give a .yaml, .csv or .xlsx file.")


def _require(entries: Iterable[Entry], *, actor: Any) -> None:
    if not isinstance(actor, System) and not scope.can_somewhere(actor, "assessments.publish"):
        raise Forbidden("Your role does not publish results.")
    for entry in entries:
        if entry.unit is not None:
            scope.require(actor, "assessments.publish", entry.unit)


def _current(file_id: str) -> Any:
    published = ScoreRun.objects.filter(kind=ScoreRun.Kind.PUBLISHED, current=True)
    return published.filter(parameters__file=file_id)


def _stored(runs: Any) -> Figures:
    """(unit code or group, year, node) → (exact, level, scheme, source, verified) of the runs."""
    rows = NodeScore.objects.filter(result__run__in=runs).values_list(
        "result__unit__code",
        "result__group",
        "result__fiscal_year",
        "node",
        "exact",
        "result__level",
        "result__scheme",
        "result__run__source",
        "result__run__verified",
    )
    return {
        (code or f"group:{group}", year, node): tuple(figure)
        for code, group, year, node, *figure in rows.iterator(chunk_size=5000)
    }


def _wanted(entries: Iterable[Entry]) -> Figures:
    return {key: figure for entry in entries for key, figure in entry.figures().items()}


def _compare(file: PublishedFile, entries: list[Entry], skipped: tuple[str, ...]) -> Imported:
    stored, wanted = _stored(_current(file.id)), _wanted(entries)
    both = stored.keys() & wanted.keys()
    changed = sum(stored[key] != wanted[key] for key in both)
    return Imported(
        file=file.id,
        added=len(wanted.keys() - stored.keys()),
        changed=changed,
        unchanged=len(both) - changed,
        removed=len(stored.keys() - wanted.keys()),
        skipped=skipped,
    )


def _refuse_contradictions(file: PublishedFile, entries: list[Entry]) -> None:
    """Two files that say different things about one figure need a person's decision."""
    others = ScoreRun.objects.filter(kind=ScoreRun.Kind.PUBLISHED, current=True)
    stored = _stored(others.exclude(parameters__file=file.id))
    wanted = _wanted(entries)
    clashes = [
        f"{code} {year} {node}: {wanted[code, year, node][0]} here, {stored[code, year, node][0]} "
        f"in {stored[code, year, node][3]}"
        for code, year, node in sorted(stored.keys() & wanted.keys())
        if stored[code, year, node][0] != wanted[code, year, node][0]
    ]
    if clashes:
        raise Refusal("Another file of published results says otherwise:\n" + "\n".join(clashes))


def _store(file: PublishedFile, entries: list[Entry]) -> Iterable[ScoreRun]:
    """One run per year, source and mark, so that each result stands under its own source."""
    groups: dict[tuple[int, str, bool], list[Entry]] = {}
    for entry in entries:
        groups.setdefault((entry.year, entry.source, entry.verified), []).append(entry)
    for (year, source, verified), members in sorted(groups.items()):
        run = ScoreRun.objects.create(
            kind=ScoreRun.Kind.PUBLISHED,
            framework=members[0].framework,
            fiscal_year=year,
            public=True,
            source=source,
            verified=verified,
            sha256=file.sha256,
            parameters={"file": file.id},
        )
        results = UnitResult.objects.bulk_create([e.result(run) for e in members], batch_size=500)
        pairs = zip(members, results, strict=True)
        nodes = [node for entry, result in pairs for node in entry.nodes(result)]
        NodeScore.objects.bulk_create(nodes, batch_size=500)
        yield run
