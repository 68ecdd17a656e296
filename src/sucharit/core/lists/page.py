"""What an app says about one list page."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True)
class ExportColumn:
    """One column of the export: its head and how a row gives the cell.

    ``value``: a path such as "unit.name_th" (None on the way gives None) or a callable(row). Cells
    are what ``core.exports`` takes: text, int, Hundredths, Satang, dates, None.
    """

    title: Any
    value: str | Callable[[Any], Any]

    def of(self, row: Any) -> Any:
        """The cell of a row."""
        if not isinstance(self.value, str):
            return self.value(row)
        return reduce(
            lambda thing, name: None if thing is None else getattr(thing, name),
            self.value.split("."),
            row,
        )


@dataclass(frozen=True)
class FirstStep:
    """What to do first where a list is still empty; ``url`` empty: nothing to press."""

    text: Any
    url: str = ""
    label: Any = ""


@dataclass(frozen=True)
class ListPage:
    """A list page. ``queryset`` is already limited to what the reader may see.

    ``name`` is its name in the ledger and in file names ("assessments.rounds"). ``may_export``
    gets the user; without it nothing can be exported. Only orderable columns of the table sort.
    """

    name: str
    title: Any
    queryset: Any
    table_class: type[Any]
    first_step: FirstStep
    filterset_class: type[Any] | None = None
    export: Sequence[ExportColumn] = ()
    may_export: Callable[[Any], bool] | None = None
    unit: Any = None  # of the ledger row of an export
    fiscal_year: int | None = None  # BE, the same
    template: str = "core/list.html"
    per_page: int = 50
    context: Mapping[str, Any] = field(default_factory=dict)  # for the page's own template
