"""Filters of {% load thai %} in both languages."""

from __future__ import annotations

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import translation

DAY = dt.date(2024, 3, 18)
EVENING_UTC = dt.datetime(2024, 9, 30, 18, 30, tzinfo=dt.UTC)  # already 1 October in Thailand


def shown(expression: str, language: str, **values) -> str:
    with translation.override(language):
        return Template("{% load thai %}{{ " + expression + " }}").render(Context(values))


@pytest.mark.parametrize(
    ("expression", "thai", "english"),
    [
        ("day|thaidate", "18 มี.ค. 2567", "18 Mar 2024 (2567)"),
        ("day|thaidate_long", "18 มีนาคม 2567", "18 March 2024 (2567)"),
        ("at|thaidate", "1 ต.ค. 2567", "1 Oct 2024 (2567)"),
        ("at|thaidatetime", "1 ต.ค. 2567 01:30 น.", "1 Oct 2024 (2567) 01:30"),
        ("at|fiscal_year", "ปีงบประมาณ พ.ศ. 2568", "Fiscal year 2568 (Oct 2024 – Sep 2025)"),
        ("2567|fiscal_year", "ปีงบประมาณ พ.ศ. 2567", "Fiscal year 2567 (Oct 2023 – Sep 2024)"),
        ("day|thaidate|thai_digits", "๑๘ มี.ค. ๒๕๖๗", "18 Mar 2024 (2567)"),
        ("money|baht", "1,234.50", "1,234.50"),
        ("points|score", "84.16", "84.16"),
    ],
)
def test_values_in_both_languages(expression, thai, english):
    values = {"day": DAY, "at": EVENING_UTC, "money": 123450, "points": 8416}
    assert shown(expression, "th", **values) == thai
    assert shown(expression, "en", **values) == english


@pytest.mark.parametrize("language", ["th", "en"])
def test_unknown_is_not_zero_and_says_why(language):
    statuses = ("missing", "not_applicable", "insufficient", "hidden")
    texts = {shown("x|score:s", language, x=None, s=s) for s in statuses}
    assert len(texts) == 4
    assert all(t.startswith("– (") for t in texts)
    assert shown("x|score", language, x=0) == "0.00"
    assert shown("x|baht", language, x=None) == "–"


@pytest.mark.parametrize("name", ["thaidate", "thaidate_long", "thaidatetime", "fiscal_year"])
def test_no_date_shows_nothing(name):
    assert shown(f"x|{name}", "th", x=None) == ""
