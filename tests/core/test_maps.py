"""The map: every province has its outline and code; rounding keeps the line; without the package no map."""

from __future__ import annotations

import re

import pytest

from sucharit.core import maps

have = pytest.mark.skipif(maps.thailand() is None, reason="npm packages are not installed")


@have
def test_all_77_have_their_code_and_only_the_lake_has_none():
    areas = maps.thailand().areas
    codes = [a.code for a in areas if a.code]
    assert len(codes) == len(set(codes)) == 77
    assert set(codes) == set(maps.province_codes().values())
    assert [a.name_en for a in areas if not a.code] == ["Lake Songkha"]
    known = {a.name_en: a.code for a in areas}
    assert known["Bangkok"] == "th-10"
    assert known["Bueng Kan"] == "th-38"
    assert known["Buriram"] == "th-31"
    assert known["Phichit"] == "th-66"


def ends(path: str) -> list[tuple[float, float]]:
    """The points of a path of relative m, l and z."""
    at, start, points = (0.0, 0.0), (0.0, 0.0), []
    first = True
    tokens = re.findall(r"[mlz]|-?\d+(?:\.\d+)?", path)
    while tokens:
        token = tokens.pop(0)
        if token in "ml":
            first = token == "m"
            continue
        if token == "z":
            at = start
            continue
        at = (at[0] + float(token), at[1] + float(tokens.pop(0)))
        if first:
            start, first = at, False
        points.append(at)
    return points


def test_rounding_does_not_wander():
    path = "m 10.04,20.06 " + " ".join(["0.333,0.333"] * 300) + " z m 5,5 1,1 z"
    got = ends(maps.rounded(path))
    whole = ends(path)
    assert abs(got[300][0] - whole[300][0]) <= 0.06
    assert abs(got[300][1] - whole[300][1]) <= 0.06
    assert abs(got[301][0] - whole[301][0]) <= 0.11


def test_without_the_package_there_is_no_map(settings, tmp_path):
    settings.NODE_MODULES = tmp_path
    assert maps.thailand() is None


@have
def test_a_province_without_a_result_is_drawn_but_leads_nowhere():
    shapes = maps.drawn(maps.thailand(), [maps.Marked("th-38", "x", "84.16 · ผ่าน", "/x/", 3)])
    assert len(shapes) == 78
    assert [s.look for s in shapes if s.marked] == ["map-band3"]
    assert shapes[-1].outline.code == "th-38"
