"""Reads of evidence: the documents of an owner, access, files without a row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sucharit.core.errors import Forbidden, NotFoundInScope
from sucharit.core.models import Evidence, EvidenceVersion
from sucharit.core.registry import registry

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from django.core.files.storage import Storage

_FOLDER = re.compile(r"[0-9a-f]{2}")
_NAME = re.compile(r"[0-9a-f]{32}\w*")


def documents_of(owner_kind: str, owner_id: object, *, withdrawn: bool = False) -> list[Evidence]:
    """Documents of one owner, oldest first, with their versions loaded (two queries).

    The caller has already decided that the reader may see the owner.
    """
    found = Evidence.objects.filter(owner_kind=owner_kind, owner_id=str(owner_id))
    if not withdrawn:
        found = found.filter(withdrawn_at=None)
    return list(found.order_by("created_at", "pk").prefetch_related("versions"))


def may_read(user: Any, evidence: Evidence) -> bool:
    """Whether the owner's app lets the user read it; no app, no access.

    What is withdrawn stays readable to the same people: past figures stand on it.
    """
    decide = registry.evidence.get(evidence.owner_kind)
    if decide is None:
        return False
    try:
        return bool(decide(user, evidence.owner_id))
    except (NotFoundInScope, Forbidden):
        return False


def orphans(storage: Storage, *, before: dt.datetime) -> Iterator[str]:
    """Names of stored files older than ``before`` that no version points at."""
    for folder in sorted(f for f in storage.listdir("")[0] if _FOLDER.fullmatch(f)):
        # Only names that receiving makes: other files in the folder are not ours to remove.
        names = [f"{folder}/{n}" for n in storage.listdir(folder)[1] if _NAME.fullmatch(n)]
        for start in range(0, len(names), 500):
            block = names[start : start + 500]
            known = set(
                EvidenceVersion.objects.filter(file__in=block).values_list("file", flat=True)
            )
            for name in block:
                if name not in known and storage.get_modified_time(name) < before:
                    yield name
