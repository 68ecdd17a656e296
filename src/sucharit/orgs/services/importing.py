"""Bringing a register of units in: preview, then all of it or nothing.

``prepare`` reads and compares and writes nothing. ``apply`` does the whole import in one
transaction, so a break
in the middle leaves the register as it was; measured, 8,500 new units hold the write lock for a
few seconds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core.errors import Refusal
from sucharit.core.ledger import record as ledger_record
from sucharit.orgs import scope
from sucharit.orgs.engine.register import checks, records
from sucharit.orgs.engine.register.plan import plan
from sucharit.orgs.engine.register.shapes import (
    ERROR,
    WARNING,
    Change,
    Finding,
    Kept,
    Record,
    Table,
)
from sucharit.orgs.models import Unit, UnitIdentifier
from sucharit.orgs.services import tree
from sucharit.orgs.services.import_writes import Options, write

__all__ = ["Options", "Preview", "apply", "kept_units", "prepare"]

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True)
class Preview:
    """What was found and what would change."""

    records: int
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...]
    sound: tuple[Record, ...] = field(repr=False, default=())

    @property
    def errors(self) -> int:
        """Rows that are not taken in."""
        return len({(f.file, f.row) for f in self.findings if f.severity == ERROR})

    def counts(self) -> dict[str, int]:
        """Number of changes by what they do."""
        return dict(Counter(c.what for c in self.changes))


def kept_units() -> dict[str, Kept]:
    """The register as plain data, by code. Three queries."""
    by_path = dict(Unit.objects.values_list("path", "code"))
    codes: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for pk, scheme, code in UnitIdentifier.objects.filter(valid_to=None).values_list(
        "unit_id", "scheme", "code"
    ):
        codes[pk].add((scheme, code))
    return {
        u.code: Kept(
            u.code,
            u.kind,
            u.name_th,
            u.name_en,
            u.short_th,
            u.website,
            u.postcode,
            u.lat_e6,
            u.lon_e6,
            u.valid_from,
            u.valid_to,
            by_path.get(u.path[: -Unit.steplen]),
            frozenset(codes[u.pk]),
        )
        for u in Unit.objects.all()
    }


def prepare(tables: Sequence[Table], options: Options) -> Preview:
    """Read, check and compare; writes nothing."""
    reading = records.read_tables(tables)
    return _compare(reading, kept_units(), options)


def _compare(reading: records.Reading, kept: Mapping[str, Kept], options: Options) -> Preview:
    all_records = reading.records
    findings = reading.findings + checks.run(all_records, kept)
    sound = checks.sound(all_records, findings)
    if not options.subdistricts:
        sound = [r for r in sound if r.kind != Unit.Kind.SUBDISTRICT]
    changes, more = plan(
        sound,
        kept,
        root=options.root,
        prefer_file=options.prefer_file,
        complete=_complete(options, findings),
    )
    order = {"error": 0, "warning": 1, "note": 2}
    found = sorted(findings + more, key=lambda f: (order[f.severity], f.file, f.row or 0, f.code))
    return Preview(len(all_records), tuple(found), tuple(changes), tuple(sound))


def _complete(options: Options, findings: list[Finding]) -> bool:
    """Whether missing units may be ended.

    A row that could not be read might have been any of them.
    """
    if options.complete and any(f.severity == ERROR for f in findings):
        findings.append(Finding("complete_in_doubt", WARNING))
        return False
    return options.complete


def apply(
    *,
    actor: Any,
    tables: Sequence[Table],
    options: Options,
    sums: Mapping[str, str] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Preview:
    """Make the changes, all or none. Refusal when there are errors and they are not accepted.

    ``sums``: SHA-256 of the files, for the ledger. Gives the preview that was carried out.
    """
    reading = records.read_tables(tables)
    with transaction.atomic():
        tree.lock()
        root = Unit.objects.filter(code=options.root).first()
        if root is None:
            raise Refusal(
                _(
                    "There is no unit %(code)s to put this register under; "
                    "load the bundled register first."
                )
                % {"code": options.root}
            )
        scope.require(actor, "orgs.manage", root)
        done = _compare(reading, kept_units(), options)
        if done.errors and not options.accept_faulty_rows:
            raise Refusal(
                _("%(count)s rows have errors; nothing was written.") % {"count": done.errors}
            )
        if done.changes:
            write(done.changes, options, progress=progress)
            _note(actor=actor, root=root, done=done, sums=sums or {})
    return done


def _note(*, actor: Any, root: Unit, done: Preview, sums: Mapping[str, str]) -> None:
    severities = Counter(f.severity for f in done.findings)
    ledger_record(
        actor=actor,
        action="orgs.units.imported",
        target=root,
        unit=root,
        changes=done.counts(),
        findings=dict(severities),
        rows=done.records,
        left_out=done.errors,
        files=sorted(sums.values()),
    )
