"""Finding documents: substrings by trigrams, within the scope of whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import StrIndex

from sucharit.core.models import SearchDoc
from sucharit.core.search.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

SHORTEST = 3  # characters a trigram needs; shorter queries look at the beginning of titles
LONGEST = 200  # characters of a query that count
MOST_TERMS = 8
_AFTER_ALL = "\U0010ffff"  # sorts after every character on both databases


def within(user_paths: Iterable[str]) -> Q:
    """What may be found: public documents, and those of units under one of the tree paths."""
    allowed = Q(public=True)
    for path in user_paths:
        # Never the empty path: it would cover every unit, and documents without one.
        if path:
            allowed |= Q(org_path__gte=path, org_path__lt=path + "~")
    return allowed


def matching(user_paths: Iterable[str], text: str) -> QuerySet[SearchDoc]:
    """Documents that hold every term of ``text``, title hits first; none for a blank text."""
    query = fold(text)[:LONGEST].strip()
    terms = query.split()[:MOST_TERMS]
    found = SearchDoc.objects.filter(within(user_paths))
    long_terms = [term for term in terms if len(term) >= SHORTEST]
    if not terms:
        return found.none()
    if not long_terms:
        beginning = found.filter(head__gte=query, head__lt=query + _AFTER_ALL)
        return beginning.order_by("head", "kind", "object_id")
    found = _holding(found, terms)
    # The folded title stands before the body, so the earlier hit is the better one.
    place = StrIndex("text", Value(long_terms[0]))
    return found.alias(place=place).order_by("place", "head", "kind", "object_id")


def search(user_paths: Iterable[str], text: str, limit: int = 50) -> list[SearchDoc]:
    """The first ``limit`` documents for a person with these tree paths ([]: the public)."""
    return list(matching(user_paths, text)[:limit])


def _holding(found: QuerySet[SearchDoc], terms: list[str]) -> QuerySet[SearchDoc]:
    """Those that hold every term as a substring of the folded text, through the trigram index."""
    if connection.vendor == "sqlite":
        phrases = ['"' + t.replace('"', '""') + '"' for t in terms if len(t) >= SHORTEST]
        rows = "SELECT rowid FROM core_searchdoc_trigrams WHERE text MATCH %s"
        # The phrases are one bound parameter; side by side they must all occur.
        found = found.filter(pk__in=RawSQL(rows, [" ".join(phrases)]))  # noqa: S611
        terms = [t for t in terms if len(t) < SHORTEST]
    for term in terms:
        # PostgreSQL: UPPER(text) LIKE UPPER('%term%'), which the index on upper(text) serves.
        found = found.filter(text__icontains=term)
    return found
