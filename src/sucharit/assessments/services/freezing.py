"""What a self-report looked like when the head approved it: links, words, files by their hash."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from sucharit.assessments.models import OitEntry, Participation, ProofUse
from sucharit.assessments.services.steps import edition_of, oit_items
from sucharit.core.models import Evidence, EvidenceVersion

OWNER_KIND = "assessments.oit_entry"


def files_of(entries: Iterable[OitEntry]) -> dict[int, list[EvidenceVersion]]:
    """The newest version of each file behind the entries, by entry id (two queries at most)."""
    ids = [str(e.pk) for e in entries if e.pk]
    if not ids:
        return {}
    held = Evidence.objects.filter(owner_kind=OWNER_KIND, owner_id__in=ids, withdrawn_at=None)
    versions = (
        EvidenceVersion.objects.filter(evidence__in=held)
        .select_related("evidence")
        .order_by("evidence__created_at", "number")
    )
    newest: dict[Any, EvidenceVersion] = {v.evidence_id: v for v in versions}
    found: dict[int, list[EvidenceVersion]] = {}
    for version in newest.values():
        found.setdefault(int(version.evidence.owner_id), []).append(version)
    return found


def fingerprint(frozen: dict[str, Any]) -> str:
    """SHA-256 over all frozen items of a unit, as the ledger keeps it (hex)."""
    text = json.dumps(frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def freeze(held: Participation, now: dt.datetime) -> dict[str, Any]:
    """Make what stands unchangeable; items never touched get an empty entry."""
    there = {e.item: e for e in held.entries.prefetch_related("links")}
    files = files_of(there.values())
    uses = _uses(held)
    frozen: dict[str, Any] = {}
    for code in oit_items(edition_of(held.round)):
        entry = there.get(code) or OitEntry(participation=held, item=code)
        behind = uses.get(code, [])
        proofs = {u.revision.url: u for u in behind if u.revision.url}
        links = (
            [
                {"url": link.url, "label": link.label} | _proof(proofs.get(link.url))
                for link in entry.links.all()
            ]
            if entry.pk
            else []
        )
        entry.frozen = frozen[code] = {
            "links": links,
            "explanation": entry.explanation,
            "nothing_to_show": entry.nothing_to_show,
            "answered": bool(links) or entry.nothing_to_show,
            "evidence": [_file(v) for v in files.get(entry.pk or 0, [])]
            + [_file(u.revision.file) | _proof(u) for u in behind if u.revision.file],
        }
        entry.frozen_at, entry.returned_note, entry.returned_version = now, "", None
        there[code] = entry
    OitEntry.objects.bulk_create([e for e in there.values() if e.pk is None])
    OitEntry.objects.bulk_update(
        [e for e in there.values() if e.frozen_at == now],
        ["frozen", "frozen_at", "returned_note", "returned_version"],
        batch_size=100,
    )
    return frozen


def _file(version: EvidenceVersion) -> dict[str, Any]:
    return {
        "id": str(version.evidence_id), "version": version.number, "title": version.evidence.title,
        "filename": version.filename, "media_type": version.media_type, "size": version.size, "sha256": version.sha256,
    }  # fmt: skip


def _uses(held: Participation) -> dict[str, list[ProofUse]]:
    """Evidence of the library behind each item."""
    found: dict[str, list[ProofUse]] = {}
    rows = held.proof_uses.select_related("revision__file__evidence").order_by("pk")
    for use in rows:
        found.setdefault(use.item, []).append(use)
    return found


def _proof(use: ProofUse | None) -> dict[str, int]:
    """Which proof of the library a link or file is, and in which revision."""
    return {"proof": use.proof_id, "revision": use.revision.number} if use else {}
