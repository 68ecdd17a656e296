"""Whose column is what: canonical fields, the names they go by, and which table a file holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Canonical field -> names seen in registers (compared without case, blanks, dashes, underscores).
SYNONYMS: dict[str, tuple[str, ...]] = {
    "code": ("code", "unit code", "org code", "รหัส", "รหัสหน่วยงาน"),
    "id": ("id", "ลำดับ"),
    "subdistrict": (
        "subdistrict id",
        "sub district id",
        "subdistrict code",
        "sub district code",
        "tambon id",
        "tambon code",
        "รหัสตำบล",
    ),
    "district": (
        "district id",
        "district code",
        "amphoe id",
        "amphoe code",
        "amphur id",
        "รหัสอำเภอ",
    ),
    "province": ("province id", "province code", "changwat id", "changwat code", "รหัสจังหวัด"),
    "parent": ("parent code", "parent", "parent id", "รหัสหน่วยงานต้นสังกัด", "สังกัด"),
    "geography": ("geography id", "region id", "region th", "region", "ภาค"),
    "name_th": (
        "name th",
        "name thai",
        "thai name",
        "name",
        "ชื่อ",
        "ชื่อหน่วยงาน",
        "ชื่อไทย",
        "ชื่อภาษาไทย",
        "province name th",
        "district name th",
        "subdistrict name th",
        "ชื่อจังหวัด",
        "ชื่ออำเภอ",
        "ชื่อตำบล",
    ),
    "name_en": (
        "name en",
        "name english",
        "english name",
        "ชื่ออังกฤษ",
        "ชื่อภาษาอังกฤษ",
        "province name en",
        "district name en",
        "subdistrict name en",
    ),
    "short_th": ("short th", "short name", "abbreviation", "ชื่อย่อ", "อักษรย่อ"),
    "kind": ("kind", "type", "unit type", "ประเภท", "ประเภทหน่วยงาน"),
    "valid_from": ("valid from", "start date", "effective from", "ตั้งแต่วันที่", "วันที่จัดตั้ง"),
    "valid_to": ("valid to", "end date", "effective to", "ถึงวันที่", "วันที่ยุบเลิก"),
    "deleted_at": ("deleted at", "removed at"),
    "postcode": ("zip code", "zip", "postcode", "postal code", "รหัสไปรษณีย์"),
    "lat": ("lat", "latitude", "ละติจูด"),
    "lon": ("long", "lon", "lng", "longitude", "ลองจิจูด"),
    "website": ("website", "url", "web", "เว็บไซต์"),
    "budget": ("budget code", "รหัสหน่วยงบประมาณ"),
    "egp": ("egp code", "e gp code"),
    "cgd": ("cgd code", "รหัสกรมบัญชีกลาง"),
    "dla": ("dla code", "รหัส อปท"),
    "iso3166-2": ("iso code", "iso 3166 2", "iso"),
    "ignored": ("created at", "updated at", "note", "status", "svg id", "synthetic"),
}
IDENTIFIERS = ("budget", "egp", "cgd", "dla", "iso3166-2")
_SQUEEZED = re.compile(r"[\s_\-./]+")


def squeeze(name: str) -> str:
    """A column name without case, blanks, dashes, dots and underscores."""
    return _SQUEEZED.sub("", str(name)).casefold()


_FIELD_OF = {squeeze(name): field for field, names in SYNONYMS.items() for name in names}


def map_columns(columns: Iterable[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """(canonical field -> the file's column, columns nobody knows).

    The first of two synonyms wins.
    """
    known: dict[str, str] = {}
    unknown: list[str] = []
    for column in columns:
        found = _FIELD_OF.get(squeeze(column))
        if found is None:
            unknown.append(column)
        elif found != "ignored":
            known.setdefault(found, column)
    return known, tuple(unknown)


def detect(mapping: dict[str, str], id_digits: frozenset[int] = frozenset()) -> str:
    """Which table a file is: an area level, "units", "regions", or "unknown".

    A table that points at districts lists subdistricts, one that points at provinces lists
    districts,
    one that points at regions lists provinces. ``id_digits``: how many digits its ids have, which
    tells
    an own code (id of four digits beside a province) from a mere running number.
    """
    if "parent" in mapping or ("kind" in mapping and not {"province", "district"} & set(mapping)):
        return "units" if "code" in mapping else "unknown"
    level = _area_level(mapping, id_digits)
    if level:
        return level
    if "code" in mapping:
        return "units"
    return "regions" if set(mapping) == {"id", "name_th"} else "unknown"


def _area_level(mapping: dict[str, str], id_digits: frozenset[int]) -> str:
    if "subdistrict" in mapping:
        return "subdistrict"
    for above, below, digits in (("district", "subdistrict", 6), ("province", "district", 4)):
        if above in mapping:
            return below if "code" in mapping or id_digits == {digits} else above
    return "province" if "geography" in mapping and {"code", "id"} & set(mapping) else ""


def own_column(mapping: dict[str, str], level: str) -> str:
    """The canonical field that holds a row's own code in a table of that level."""
    return next(f for f in ("code", level, "id") if f in mapping)


# Words for kinds, as people write them; the value is Unit.Kind.
KINDS: dict[str, str] = {
    "กระทรวง": "ministry",
    "กรม": "department",
    "ส่วนราชการ": "department",
    "รัฐวิสาหกิจ": "enterprise",
    "state enterprise": "enterprise",
    "จังหวัด": "province",
    "กรุงเทพมหานคร": "bangkok",
    "อำเภอ": "district",
    "amphoe": "district",
    "เขต": "khet",
    "อบจ": "pao",
    "องค์การบริหารส่วนจังหวัด": "pao",
    "เทศบาลนคร": "city_municipality",
    "เทศบาลเมือง": "town_municipality",
    "เทศบาลตำบล": "subdistrict_municipality",
    "อบต": "tao",
    "องค์การบริหารส่วนตำบล": "tao",
    "ตำบล": "subdistrict",
    "แขวง": "subdistrict",
    "tambon": "subdistrict",
    "khwaeng": "subdistrict",
    "สำนัก": "bureau",
    "กอง": "bureau",
    "อื่น ๆ": "other",
    "องค์กรปกครองส่วนท้องถิ่นรูปแบบพิเศษ": "special_lao",
}
KIND_NAMES = (
    "ministry",
    "department",
    "enterprise",
    "province",
    "bangkok",
    "district",
    "khet",
    "pao",
    "city_municipality",
    "town_municipality",
    "subdistrict_municipality",
    "tao",
    "special_lao",
    "subdistrict",
    "bureau",
    "other",
)
_KIND_OF = {squeeze(word): kind for word, kind in KINDS.items()} | {
    squeeze(k): k for k in KIND_NAMES
}


def kind_named(word: str) -> str | None:
    """The kind a word stands for, or None."""
    return _KIND_OF.get(squeeze(word))


def likely_kind(word: str) -> str:
    """The known word most like this one, "" when none is near (for the message)."""
    from rapidfuzz import process

    best = process.extractOne(squeeze(word), list(_KIND_OF), score_cutoff=70)
    return str(best[0]) if best else ""
