"""An order that is whole: equal rows keep their place from page to page, on both databases."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, QuerySet


def stable(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The queryset's order with unknown values last and the key as the last word."""
    names = list(rows.query.order_by or rows.model._meta.ordering or ())  # noqa: SLF001 (Django's _meta)
    if any(name in {"pk", "-pk", "?"} for name in names):
        return rows
    return rows.order_by(*(_nulls_last(rows, name) for name in names), "pk")


def _nulls_last(rows: QuerySet[Any], name: Any) -> Any:
    """A plain field name as an expression; expressions and relations stay as they are."""
    if not isinstance(name, str):
        return name
    bare = name.lstrip("-")
    try:
        if rows.model._meta.get_field(bare).is_relation:  # noqa: SLF001
            return name
    except FieldDoesNotExist:
        pass  # an annotation, or a path over a relation
    return F(bare).desc(nulls_last=True) if name.startswith("-") else F(bare).asc(nulls_last=True)
