"""What an import would change: records against the register.

The same file again gives an empty plan.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sucharit.orgs.engine.names import fold
from sucharit.orgs.engine.register.checks import finding
from sucharit.orgs.engine.register.shapes import ERROR, WARNING, Change, Finding, Kept, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Fields a file may fill in or bring up to date without history; Thai name, kind and parent have
# history.
PLAIN = ("name_en", "short_th", "website", "postcode", "lat_e6", "lon_e6")


def plan(
    records: Sequence[Record],
    kept: Mapping[str, Kept],
    *,
    root: str | None,
    prefer_file: bool = False,
    complete: bool = False,
) -> tuple[list[Change], list[Finding]]:
    """Changes in the order in which they can be made, and findings.

    ``root``: our code of the unit above records without a parent. ``prefer_file``: a differing
    English name,
    website or place is taken from the file instead of being reported. ``complete``: living units
    of the file's
    kinds that the file lacks are ended.
    """
    changes: list[Change] = []
    findings: list[Finding] = []
    for r in records:
        parent = r.parent or (root if r.code != root else None)
        known = kept.get(r.code)
        if known is None:
            changes.append(Change("create", r.code, r, fields={"parent": parent}, after=r.name_th))
            continue
        if known.valid_to is not None and r.valid_to is None:
            findings.append(
                finding(r, "ended_here", WARNING, "valid_to", known.valid_to.isoformat())
            )
            continue
        if known.valid_to is not None:
            continue
        changes += _differences(r, known, parent, findings, prefer_file=prefer_file)
    if complete:
        changes += _missing(records, kept)
    changes, more = _ends_in_order(changes, kept)
    return changes, findings + more


def _differences(
    r: Record, known: Kept, parent: str | None, findings: list[Finding], *, prefer_file: bool
) -> Iterator[Change]:
    if r.valid_to is not None:
        yield Change("end", r.code, r, before=known.name_th, after=r.valid_to.isoformat())
        return
    fields, kept_ours = _plain(r, known, prefer_file=prefer_file)
    findings += [
        finding(r, "differs_kept", WARNING, f, str(getattr(r, f)), ours=str(getattr(known, f)))
        for f in kept_ours
    ]
    if r.kind != known.kind:
        yield Change(
            "upgrade",
            r.code,
            r,
            before=f"{known.kind} {known.name_th}",
            after=f"{r.kind} {r.name_th}",
        )
    elif r.name_th != known.name_th and fold(r.name_th) == fold(known.name_th):
        fields["name_th"] = (
            r.name_th
        )  # another spelling of the same name is a correction, not a renaming
    elif r.name_th != known.name_th:
        yield Change("rename", r.code, r, before=known.name_th, after=r.name_th)
    if fields:
        yield Change("fill", r.code, r, fields=fields, after=", ".join(sorted(fields)))
    if parent != known.parent and r.parent is not None:
        yield Change(
            "move",
            r.code,
            r,
            fields={"parent": parent},
            before=known.parent or "",
            after=parent or "",
        )
    new_codes = [pair for pair in r.identifiers if pair not in known.identifiers]
    if new_codes:
        yield Change(
            "identify",
            r.code,
            r,
            fields={"identifiers": new_codes},
            after=", ".join(f"{s}:{c}" for s, c in new_codes),
        )


def _plain(r: Record, known: Kept, *, prefer_file: bool) -> tuple[dict[str, Any], list[str]]:
    """(fields to fill, fields where file and register differ and ours is kept)."""
    fields: dict[str, Any] = {}
    ours: list[str] = []
    for f in PLAIN:
        theirs, mine = getattr(r, f), getattr(known, f)
        if theirs in {None, ""} or theirs == mine:
            continue
        if mine in {None, ""} or prefer_file:
            fields[f] = theirs
        elif f != "lon_e6":  # said once for the pair of coordinates
            ours.append(f)
    return fields, ours


def _missing(records: Sequence[Record], kept: Mapping[str, Kept]) -> Iterator[Change]:
    kinds, listed = {r.kind for r in records}, {r.code for r in records}
    for k in kept.values():
        if k.kind in kinds and k.valid_to is None and k.code not in listed:
            yield Change("end", k.code, None, before=k.name_th)


def _ends_in_order(
    changes: Sequence[Change], kept: Mapping[str, Kept]
) -> tuple[list[Change], list[Finding]]:
    """Ends last, children before parents; an end that would leave living children is an error."""
    ends = {c.code: c for c in changes if c.what == "end"}
    moved = {c.code: c.fields["parent"] for c in changes if c.what == "move"}
    above = {k.code: moved.get(k.code, k.parent) for k in kept.values() if k.valid_to is None}
    above |= {c.code: c.fields["parent"] for c in changes if c.what == "create"}
    findings: list[Finding] = []
    while True:
        holding = {parent for code, parent in above.items() if code not in ends and parent in ends}
        if not holding:
            break
        for code in sorted(h for h in holding if h):
            end = ends.pop(code)
            where = end.record or Record("", 0, code, "", end.before)
            findings.append(finding(where, "end_with_children", ERROR, "valid_to", code))
    ordered = sorted(ends.values(), key=lambda c: (-_depth(c.code, above), c.code))
    return [c for c in changes if c.what != "end"] + ordered, findings


def _depth(code: str, above: Mapping[str, str | None]) -> int:
    depth, at, seen = 0, above.get(code), {code}
    while at and at not in seen:
        seen.add(at)
        depth, at = depth + 1, above.get(at)
    return depth


def end_day(change: Change, on: dt.date) -> dt.date:
    """The first day an ended unit no longer exists.

    The day after the file's last day, else ``on``.
    """
    if change.record is not None and change.record.valid_to is not None:
        return change.record.valid_to + dt.timedelta(days=1)
    return on
