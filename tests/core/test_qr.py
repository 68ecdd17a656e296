"""QR codes: what is drawn is the code segno makes, at level M, without styles."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
import segno

from sucharit.core.qr import QUIET_ZONE, qr_png, qr_svg

ADDRESS = "https://sucharit.example.go.th/survey/2567/th-66?k=ABCDEF0123456789"


def drawn(svg: str) -> list[list[int]]:
    """The modules of an SVG, read back from its path."""
    root = ET.fromstring(svg)
    side = int(root.attrib["viewBox"].split()[2]) - 2 * QUIET_ZONE
    field = [[0] * side for _ in range(side)]
    path = root.findall("{http://www.w3.org/2000/svg}path")[1].attrib["d"]
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path):
        for column in range(int(x), int(x) + int(length)):
            field[int(y) - QUIET_ZONE][column - QUIET_ZONE] = 1
    return field


@pytest.mark.parametrize("text", [ADDRESS, "ก", "x" * 1000])
def test_the_modules_are_those_of_the_code_at_level_m(text):
    code = segno.make_qr(text, error="m", boost_error=False)
    assert code.error == "M"
    assert drawn(qr_svg(text, title="x")) == [list(row) for row in code.matrix]


def test_the_svg_has_a_name_and_no_style():
    svg = qr_svg(ADDRESS, title='แบบสำรวจ <b>"&')
    assert "style" not in svg
    assert ET.fromstring(svg).find("{http://www.w3.org/2000/svg}title").text == 'แบบสำรวจ <b>"&'


def test_the_png_is_as_wide_as_asked():
    png = qr_png(ADDRESS, scale=4)
    modules = segno.make_qr(ADDRESS, error="m", boost_error=False).symbol_size(border=QUIET_ZONE)[0]
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20]) == modules * 4


@pytest.mark.parametrize("scale", [0, 51])
def test_a_module_has_a_sensible_width(scale):
    with pytest.raises(ValueError, match="pixels"):
        qr_png("x", scale=scale)


def test_nothing_has_no_code_and_too_much_neither():
    with pytest.raises(ValueError, match="empty"):
        qr_svg("", title="x")
    with pytest.raises(ValueError, match=r"data|fit|large"):
        qr_svg("x" * 5000, title="x")
