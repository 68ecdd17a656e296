"""A ListPage as a page, as the part htmx swaps, or as a file of the same rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from sucharit.core import exports
from sucharit.core.errors import Forbidden, Refusal
from sucharit.core.ledger import record
from sucharit.core.lists.ordering import stable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponseBase

    from sucharit.core.lists.page import ListPage

PER_PAGE = (25, 50, 100, 200)
FORMATS = ("csv", "xlsx", "json")
RESULTS_ID = "list-results"  # what htmx swaps
_NOT_FILTERS = frozenset({"page", "per_page", "sort", "export"})


def render_list(request: HttpRequest, page: ListPage) -> HttpResponseBase:
    """The list for ``?<filters>&sort=&page=&per_page=``; ``&export=csv|xlsx|json`` gives a file.

    A filter that makes no sense shows nothing and says why: it never widens what is shown.
    Forbidden: export without the right. Refusal: more rows than an XLSX sheet holds.
    """
    filters = _filters(request, page)
    rows = _rows(page, filters)
    table = page.table_class(rows)
    table.request = request
    table.caption = table.caption or page.title
    if order := request.GET.getlist("sort"):
        table.order_by = order  # columns that are unknown or not orderable are passed over
    if isinstance(table.data.data, QuerySet):
        table.data.data = stable(table.data.data)
    if wanted := request.GET.get("export", ""):
        return _export(request, page, table.data.data, wanted, _active(request, filters))
    return _show(request, page, filters, table)


def _filters(request: HttpRequest, page: ListPage) -> Any:
    """The bound filter set with the look's classes on its fields; None without one."""
    if page.filterset_class is None:
        return None
    filters = page.filterset_class(request.GET, queryset=page.queryset, request=request)
    for field in filters.form.fields.values():
        kind = getattr(field.widget, "input_type", "")
        look = {"select": "form-select", "checkbox": "form-check-input"}.get(kind, "form-control")
        field.widget.attrs.setdefault("class", look)
    return filters


def _rows(page: ListPage, filters: Any) -> Any:
    """The rows that are left; none where the filters make no sense."""
    if filters is None:
        return page.queryset
    return filters.qs if filters.form.is_valid() else page.queryset.none()


def _active(request: HttpRequest, filters: Any) -> list[str]:
    """Names of the filters in use (never their values: those may be names of people)."""
    if filters is None:
        return []
    known = {
        f"{name}{end}"
        for name in filters.form.fields
        for end in ("", "_min", "_max", "_after", "_before")
    }
    return sorted(
        k for k in request.GET if k in known - _NOT_FILTERS and any(request.GET.getlist(k))
    )


def _show(request: HttpRequest, page: ListPage, filters: Any, table: Any) -> HttpResponseBase:
    table.paginate(page=1, per_page=_per_page(request, page))
    # get_page mends what is no page number, and takes the last one for what lies beyond.
    table.page = table.paginator.get_page(request.GET.get("page", "1"))
    may_export = bool(page.export) and page.may_export is not None and page.may_export(request.user)
    context = {
        **page.context,
        "page": page,
        "table": table,
        "filters": filters,
        "filters_active": _active(request, filters),
        "found": table.paginator.count,
        "shown": table.page,
        "formats": FORMATS if may_export else (),
        "kept": [(k, v) for k in ("sort", "per_page") for v in request.GET.getlist(k)],
    }
    swap = request.headers.get("HX-Target") == RESULTS_ID
    answer = render(request, "core/list_results.html" if swap else page.template, context)
    patch_vary_headers(answer, ["HX-Request", "HX-Target"])
    return answer


def _per_page(request: HttpRequest, page: ListPage) -> int:
    """One of the offered lengths, so that no address asks for a million rows."""
    asked = request.GET.get("per_page", "")
    return int(asked) if asked in {str(n) for n in PER_PAGE} else page.per_page


def _export(
    request: HttpRequest, page: ListPage, rows: Any, wanted: str, active: list[str]
) -> HttpResponseBase:
    note: dict[str, Any] = {
        "actor": request.user if request.user.is_authenticated else None,
        "target": f"list:{page.name}",
        "unit": page.unit,
        "fiscal_year": page.fiscal_year,
        "format": wanted if wanted in FORMATS else "",
    }
    if not page.export or page.may_export is None or not page.may_export(request.user):
        record(action="core.export.refused", **note)
        raise Forbidden(_("Your role does not include exporting this list."))
    if wanted not in FORMATS:
        raise Refusal(_("Lists are exported as CSV, XLSX or JSON."), where="export")
    count = Paginator(rows, 1).count
    if wanted == "xlsx" and count > exports.XLSX_ROWS:
        raise Refusal(
            _("An XLSX sheet holds 1,048,575 rows. Narrow the list or take CSV."), where="export"
        )
    record(action="core.export", rows=count, filters=active, **note)
    titles = [str(c.title) for c in page.export]
    cells = _cells(page, rows)
    name = page.name.replace(".", "-")
    if wanted == "xlsx":
        return exports.xlsx_response(f"{name}.xlsx", str(page.title), titles, cells)
    if wanted == "json":
        return exports.json_response(f"{name}.json", titles, cells)
    return exports.csv_response(f"{name}.csv", titles, cells)


def _cells(page: ListPage, rows: Any) -> Iterator[list[Any]]:
    """Rows of cells, read in blocks: an export never holds the whole list in memory."""
    source = rows.iterator(chunk_size=500) if isinstance(rows, QuerySet) else iter(rows)
    for row in source:
        yield [column.of(row) for column in page.export]
