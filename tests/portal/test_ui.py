"""Icons, chips, bands, charts."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.template import Context, Template

from sucharit.core.charts import Chart
from sucharit.core.icons import ICONS
from sucharit.core.states import BANDS, STATES
from sucharit.core.templatetags import ui

CHART = Chart(
    "years",
    "line",
    "คะแนน",
    ("ปี", "คะแนน"),
    ("2566", "2567"),
    (("รวม", (None, 91.5)),),
    (("2566", "–"), ("2567", "=91")),
    top=100,
)


def render(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


def test_icon_is_decoration_only_and_unknown_names_do_not_break():
    assert 'aria-hidden="true"' in ui.icon("check")
    assert ICONS["dot"] in ui.icon("no such")


def test_templates_ask_for_icons_that_exist():
    sources = [p for p in Path(settings.PACKAGE).rglob("*.html") if "node_modules" not in p.parts]
    asked = {
        (p.name, name)
        for p in sources
        for name in re.findall(r'{% icon "([\w-]+)"', p.read_text(encoding="utf-8"))
    }
    assert asked
    assert {a for a in asked if a[1] not in ICONS} == set()


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_icon_and_word(state):
    made = ui.chip(state)
    assert "<svg" in made
    assert re.sub(r"<svg.*?</svg>|<[^>]+>", "", made, flags=re.DOTALL).strip()


def test_the_four_unknowns_look_and_read_differently():
    made = [str(ui.chip(s)) for s in ("missing", "not_applicable", "insufficient", "not_allowed")]
    assert len({re.search(r"chip-\w+", m)[0] for m in made}) == 4
    assert len({re.search(r'd="([^"]+)"', m)[1] for m in made}) == 4
    assert len({re.sub(r"<[^>]+>", "", m).strip() for m in made}) == 4


def test_bands_differ_by_icon_not_by_colour_alone():
    assert len({drawing for _tone, drawing in BANDS.values()}) == 5
    assert "ผ่านดีเยี่ยม" in ui.band("ผ่านดีเยี่ยม", 5)


def test_labels_are_escaped():
    assert "<b>" not in ui.chip("draft", "<b>")


def test_chart_has_table_csv_and_data_with_gaps():
    page = render("{% chart data %}", data=CHART)
    assert '<th scope="row">2567</th>' in page
    assert '"values": [null, 91.5]' in page
    link = re.search(r'href="data:text/csv;charset=utf-8,([^"]+)"', page)[1]
    text = unquote(link)
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:])))
    assert rows == [["ปี", "คะแนน"], ["2566", "–"], ["2567", "'=91"]]


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("-12.5", "-12.5"),
        ("-", "-"),
        ("=1+1", "'=1+1"),
        ("+cmd", "'+cmd"),
        ("ก", "ก"),
        ("@x", "'@x"),
        ("–", "–"),
    ],
)
def test_csv_cells_are_never_formulas(cell, kept):
    assert ui._safe_cell(cell) == kept


def test_a_csv_address_of_the_page_is_used_as_it_is():
    page = render('{% chart data "/x.csv" %}', data=CHART)
    assert 'href="/x.csv"' in page
    assert "download=" not in page
