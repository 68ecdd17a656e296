"""Filling the search documents from what the apps hand to the registry."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from django.db import transaction

from sucharit.core.models import SearchDoc
from sucharit.core.registry import registry
from sucharit.core.search.fold import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    Row = tuple[str, str, str, str, str, bool]

T = TypeVar("T")
BATCH = 500  # rows a transaction: every other writer waits meanwhile on SQLite
_HEAD = 40
_CHANGED = ["org_path", "public", "title", "body", "text", "head", "url"]


def document(kind: str, row: Row) -> SearchDoc:
    """An unsaved document of one row (object_id, org_path, title, body, url, public)."""
    object_id, org_path, title, body, url, public = row
    title, body = title.replace("\x00", ""), body.replace("\x00", "")
    folded = fold(title)
    return SearchDoc(
        kind=kind,
        object_id=str(object_id),
        org_path=org_path,
        public=public,
        title=title[:300],
        body=body,
        text=f"{folded}\n{fold(body)}",
        head=folded[:_HEAD],
        url=url,
    )


def index(kind: str, rows: Iterable[Row]) -> int:
    """Write documents of one kind, new or changed; gives how many rows there were.

    A service calls this with the few rows it changed; ``rebuild`` with all of a source.
    """
    return len(_write(kind, rows))


def forget(kind: str, object_ids: Collection[str]) -> int:
    """Drop documents of things that are gone; gives how many there were."""
    gone = SearchDoc.objects.filter(kind=kind, object_id__in=[str(i) for i in object_ids])
    return gone.delete()[0]


def rebuild() -> int:
    """Fill everything anew from the registry, in batches; gives how many documents there are.

    Documents stay findable meanwhile; those whose thing or source is gone are dropped at the end.
    """
    for source in registry.search:
        seen = _write(source.kind, source.rows())
        have = SearchDoc.objects.filter(kind=source.kind).values_list("object_id", flat=True)
        stale = [object_id for object_id in have.iterator() if object_id not in seen]
        for batch in _batches(stale):
            with transaction.atomic():
                forget(source.kind, batch)
    SearchDoc.objects.exclude(kind__in=[s.kind for s in registry.search]).delete()
    return SearchDoc.objects.count()


def _write(kind: str, rows: Iterable[Row]) -> set[str]:
    seen: set[str] = set()
    for batch in _batches(rows):
        # One row a thing: PostgreSQL refuses to update the same row twice in one statement.
        documents = {str(row[0]): document(kind, row) for row in batch}
        with transaction.atomic():
            SearchDoc.objects.bulk_create(
                documents.values(),
                update_conflicts=True,
                unique_fields=["kind", "object_id"],
                update_fields=_CHANGED,
            )
        seen |= documents.keys()
    return seen


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch
