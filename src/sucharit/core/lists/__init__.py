"""List pages: filters, sorted table, pages and export over one queryset that is already limited.

Start at ``page.py`` (what an app says about its list), then ``rendering.py``.
How to make one: docs/lists-and-exports.md.
"""

from sucharit.core.lists.columns import (
    DateColumn,
    DateTimeColumn,
    ListTable,
    MoneyColumn,
    NumberColumn,
    ScoreColumn,
)
from sucharit.core.lists.page import ExportColumn, FirstStep, ListPage
from sucharit.core.lists.rendering import render_list

__all__ = [
    "DateColumn",
    "DateTimeColumn",
    "ExportColumn",
    "FirstStep",
    "ListPage",
    "ListTable",
    "MoneyColumn",
    "NumberColumn",
    "ScoreColumn",
    "render_list",
]
