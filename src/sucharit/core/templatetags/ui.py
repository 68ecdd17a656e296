"""Pieces of the look: ``{% load ui %}`` gives icon, chip, band, chart and again. See docs/look.md."""

from __future__ import annotations

import csv
import io
import re
from typing import Any
from urllib.parse import quote

from django import template
from django.template.base import NodeList
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockNode
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from sucharit.core.exports import safe_text
from sucharit.core.icons import ICONS
from sucharit.core.states import BANDS, STATES

register = template.Library()
_NUMBER = re.compile(r"[+-]?[\d,]*\.?\d+ ?%?")


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    """An icon drawn beside a word; screen readers skip it. An unknown name gives a dot."""
    return format_html(
        '<svg class="icon" width="{0}" height="{0}" viewBox="0 0 24 24" fill="none" stroke="currentColor" '
        'stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
        '<path d="{1}"/></svg>',
        size,
        ICONS.get(name, ICONS["dot"]),
    )


@register.simple_tag
def chip(state: Any, label: Any = "") -> SafeString:
    """A state as icon and word; ``label`` replaces the word. Unknown states show as they are called."""
    tone, drawing, word = STATES.get(str(state), ("plain", "dot", str(state)))
    return format_html(
        '<span class="chip chip-{}">{} {}</span>', tone, icon(drawing, 16), label or word
    )


@register.simple_tag
def band(label: Any, level: int) -> SafeString:
    """A result band, ``level`` 1 (worst) to 5 (best): colour, icon and the band's own name."""
    tone, drawing = BANDS[min(5, max(1, int(level)))]
    return format_html('<span class="chip chip-{}">{} {}</span>', tone, icon(drawing, 16), label)


@register.simple_tag(takes_context=True)
def again(context: template.Context, name: str) -> SafeString:
    """What the page put into the block, a second time (the title is also the heading)."""
    if BLOCK_CONTEXT_KEY not in context.render_context:
        return mark_safe("")
    return BlockNode(name, NodeList()).render(context)


def _safe_cell(cell: Any) -> str:
    """A spreadsheet must not take text for a formula; figures shown as text stay figures."""
    text = str(cell)
    return text if len(text) < 2 or _NUMBER.fullmatch(text) else safe_text(text)


def _csv_link(columns: Any, rows: Any) -> str:
    """The table as a data: address (with a byte-order mark, so that spreadsheets read Thai)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_safe_cell(c) for c in columns])
    writer.writerows([_safe_cell(c) for c in row] for row in rows)
    return "data:text/csv;charset=utf-8," + quote("\ufeff" + out.getvalue())


@register.inclusion_tag("includes/chart.html")
def chart(data: Any, csv_url: str = "", level: int = 2) -> dict[str, Any]:
    """A chart (core.charts.Chart or alike) with its table and CSV; ``csv_url`` replaces the made CSV."""
    return {
        "chart": data,
        "csv": csv_url or _csv_link(data.columns, data.rows),
        "csv_name": "" if csv_url else f"{data.key}.csv",
        "heading": f"h{level}",
        "block_id": f"chart-{data.key}",
        "drawing": {
            "kind": data.kind,
            "labels": list(data.labels),
            "series": [{"name": name, "values": list(values)} for name, values in data.series],
            "top": getattr(data, "top", None),
        },
    }
