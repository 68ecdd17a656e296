"""Which change is patch, minor or major: one table, read from the top."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Level: TypeAlias = Literal["patch", "minor", "major"]


@dataclass(frozen=True, slots=True)
class Rule:
    """How much a change matters, and what it is a change of."""

    level: Level
    noun_en: str
    noun_th: str


_WORDING = {"label", "title", "hint", "required_message", "constraint_message"}
_PLAIN: dict[str, tuple[Level, str, str]] = {
    "schema": ("patch", "schema", "รูปแบบเอกสาร"),
    "source": ("patch", "source", "แหล่งที่มา"),
    "verified": ("patch", "verification", "สถานะการตรวจทาน"),
    "fiscal_year": ("patch", "fiscal year", "ปีงบประมาณ"),
    "languages": ("minor", "languages", "ภาษา"),
    "kind": ("major", "kind", "ประเภท"),
}
_ITEM: dict[str, tuple[Level, str, str]] = {
    "appearance": ("patch", "appearance", "รูปแบบการแสดงผล"),
    "default": ("patch", "default", "ค่าเริ่มต้น"),
    "read_only": ("patch", "read-only mark", "การอ่านอย่างเดียว"),
    "in": ("patch", "section of an item", "หมวดของข้อ"),
    "max_chars": ("minor", "length of a text", "ความยาวข้อความ"),
    "constraint": ("minor", "constraint", "เงื่อนไขของคำตอบ"),
}
_KEYS_TH = {
    "type": "ชนิดของข้อ",
    "scale": "ชุดตัวเลือกของข้อ",
    "reverse": "การกลับคะแนน",
    "weight": "น้ำหนัก",
    "indicator": "ตัวชี้วัดของข้อ",
    "relevant": "เงื่อนไขการแสดงข้อ",
    "choice_filter": "การกรองตัวเลือก",
    "calculation": "สูตรคำนวณ",
    "repeat_count": "จำนวนรายการ",
    "profiles": "กลุ่มหน่วยงานของข้อ",
    "not_applicable": "การยกเว้นข้อ",
    "min": "ค่าต่ำสุด",
    "max": "ค่าสูงสุด",
    "step": "ช่วงห่าง",
    "allowed": "คะแนนที่ให้ได้",
    "correct": "เฉลย",
    "points": "คะแนน",
}


def rule_of(
    steps: tuple[str, ...],
    what: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    document: Mapping[str, Any] | None = None,
) -> Rule:
    """The rule for a change. old, new: the item (or entry) before and after; document: the new one."""
    first = steps[0]
    if what == "moved":
        return Rule("major" if first == "bands" else "patch", "order", "ลำดับ")
    if any(step in _WORDING for step in steps[1:]) or first == "title":
        added = what == "added" and steps[-1] != "th"
        return Rule("minor" if added else "patch", "wording", "ข้อความ")
    if first == "items":
        return _item_rule(steps, what, old, new, document or {})
    if first == "scales":
        return _scale_rule(steps, what, document or {})
    return _top_rule(steps, what)


def _top_rule(steps: tuple[str, ...], what: str) -> Rule:
    first = steps[0]
    if first in _PLAIN:
        return Rule(*_PLAIN[first])
    if first in {"profiles", "external"}:
        level: Level = "minor" if what == "added" and len(steps) == 2 else "major"
        return Rule(level, first, "กลุ่มหน่วยงาน" if first == "profiles" else "ค่าภายนอก")
    if first == "bands":
        return Rule("major", "band", "เกณฑ์ระดับ")
    return Rule("major", "scoring", "การคิดคะแนน")


def _item_rule(
    steps: tuple[str, ...],
    what: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    document: Mapping[str, Any],
) -> Rule:
    if len(steps) == 2:
        return Rule(_whole_item(what, new if what == "added" else old, document), "item", "ข้อ")
    key = steps[2]
    rule = Rule("major", f"{key} of an item", _KEYS_TH.get(key, key))
    if key == "required":
        demanded = new.get("required") == "yes"
        rule = Rule("major" if demanded else "minor", "required mark", "การบังคับตอบ")
    elif key == "evidence":
        demanded = new.get("evidence") == "required"
        rule = Rule("major" if demanded else "minor", "evidence", "หลักฐานประกอบ")
    elif key in {"min", "max", "step"} and new.get("type") not in {"range", "repeat"}:
        rule = Rule("minor", f"{key} of an item", _KEYS_TH[key])
    elif key in _ITEM and not (
        key == "in" and "repeat" in (_type(old, document), _type(new, document))
    ):
        rule = Rule(*_ITEM[key])
    return rule


def _type(item: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    parent = item.get("in")
    found = (one.get("type", "") for one in document.get("items", []) if one.get("id") == parent)
    return str(next(found, ""))


def _whole_item(what: str, item: Mapping[str, Any], document: Mapping[str, Any]) -> Level:
    if item.get("type") == "note":
        return "patch"
    if what == "removed":
        return "patch" if item.get("type") == "section" else "major"
    demanding = item.get("required") == "yes" or item.get("evidence") == "required"
    scored = any(
        item.get("id") in node.get("of", [item["id"]] if item.get("indicator") == code else [])
        for code, node in document.get("scoring", {}).get("nodes", {}).items()
    )
    return "major" if demanding or scored else "minor"


def _scale_rule(steps: tuple[str, ...], what: str, document: Mapping[str, Any]) -> Rule:
    if len(steps) == 2:
        return Rule("minor" if what == "added" else "major", "scale", "ชุดตัวเลือก")
    # A new option moves the ends of a scale, and with them every answer of a reversed item.
    turned = any(
        item.get("scale") == steps[1] and item.get("reverse") == "yes"
        for item in document.get("items", [])
    )
    added = len(steps) == 4 and what == "added" and not turned
    return Rule("minor" if added else "major", "option", "ตัวเลือก")
