"""What can be wrong with an instrument document, and where; every sentence in both languages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

Path: TypeAlias = tuple[str | int, ...]
Severity: TypeAlias = Literal["error", "warning"]

UNREADABLE = frozenset(
    {
        *("unknown_key", "missing_key", "type", "empty", "form", "duplicate", "too_many"),
        *("unknown_scale", "unknown_parent", "parent_later", "nested_repeat", "expression"),
        *("unknown_name", "node_name", "cycle", "node_cycle", "unknown_part", "unknown_column"),
        *("correct_unknown", "unscored_part", "no_total"),
    }
)
"""Findings with which a document cannot even be read (the others only keep it from publishing)."""

_MESSAGES = {
    "unknown_key": (
        "unknown key; known here: {known}",
        "ไม่รู้จักคีย์นี้ คีย์ที่ใช้ได้ตรงนี้คือ {known}",
    ),
    "missing_key": ("the key {key} is missing", "ขาดคีย์ {key}"),
    "type": ("{found} should be {wanted}", "{found} ต้องเป็น {wanted}"),
    "empty": ("must not be empty", "ต้องไม่ว่าง"),
    "form": ("{found} is not {wanted}", "{found} ไม่ใช่ {wanted}"),
    "too_many": ("more than {limit}", "เกิน {limit} รายการ"),
    "duplicate": ("{code} is used already", "ใช้รหัส {code} ซ้ำ"),
    "language": (
        "{language} is not one of the languages of this instrument",
        "{language} ไม่อยู่ในภาษาของแบบประเมินนี้",
    ),
    "thai_first": ("the first language must be th", "ภาษาแรกต้องเป็น th"),
    "missing_th": (
        "the Thai text is missing; Thai must be complete",
        "ยังไม่มีข้อความภาษาไทย ข้อความภาษาไทยต้องครบทุกแห่ง",
    ),
    "missing_translation": (
        "the text in {language} is missing; the Thai one is shown instead",
        "ยังไม่มีข้อความภาษา {language} ระบบจะแสดงภาษาไทยแทน",
    ),
    "unknown_scale": ("there is no scale {code}", "ไม่มีชุดตัวเลือก {code}"),
    "unused_scale": ("no item uses this scale", "ไม่มีข้อใดใช้ชุดตัวเลือกนี้"),
    "points_mixed": (
        "some options have points and some have none (mark the latter `na: yes`)",
        "บางตัวเลือกมีคะแนน บางตัวเลือกไม่มี (หากไม่นับคะแนนให้ระบุ na: yes)",
    ),
    "na_points": ("an option with na: yes has no points", "ตัวเลือกที่ระบุ na: yes ต้องไม่มีคะแนน"),
    "only_na": ("no option counts", "ไม่มีตัวเลือกใดที่นับคะแนน"),
    "unknown_parent": (
        "{code} is not a section or repeat",
        "{code} ไม่ใช่หมวดหรือกลุ่มที่ทำซ้ำ",
    ),
    "parent_later": (
        "{code} must stand before what is in it",
        "{code} ต้องอยู่ก่อนข้อที่อยู่ภายใน",
    ),
    "nested_repeat": (
        "a repeat within a repeat is not supported",
        "ไม่รองรับกลุ่มที่ทำซ้ำซ้อนในกลุ่มที่ทำซ้ำ",
    ),
    "empty_group": ("nothing stands in it", "ไม่มีข้อใดอยู่ภายใน"),
    "unknown_profile": ("there is no profile {code}", "ไม่มีกลุ่มหน่วยงาน (profile) {code}"),
    "expression": ("{why} (character {at})", "{why} (ตัวอักษรที่ {at})"),
    "unknown_name": (
        "${{{name}}} is no item and no external value",
        "${{{name}}} ไม่ใช่ข้อหรือค่าภายนอกที่กำหนดไว้",
    ),
    "node_name": (
        "${{{name}}} is a score; only bands may ask for scores",
        "${{{name}}} เป็นคะแนน ใช้ได้เฉพาะในเกณฑ์ระดับ (bands)",
    ),
    "unknown_column": (
        "not every option of the scale has the column {name}",
        "ตัวเลือกบางรายการไม่มีคอลัมน์ {name}",
    ),
    "clash": ("{why}", "{why}"),
    "unreachable": (
        "this can never hold, so nobody would see it: {why}",
        "เงื่อนไขนี้ไม่มีทางเป็นจริง จึงไม่มีใครเห็นข้อนี้: {why}",
    ),
    "cycle": (
        "these depend on each other in a circle: {codes}",
        "ข้อเหล่านี้อ้างถึงกันเป็นวงกลม: {codes}",
    ),
    "node_cycle": (
        "these scores are made of each other: {codes}",
        "คะแนนเหล่านี้อ้างถึงกันเป็นวงกลม: {codes}",
    ),
    "bounds": ("the least is greater than the most", "ค่าต่ำสุดมากกว่าค่าสูงสุด"),
    "step": ("the step must be above 0", "ค่าช่วงห่าง (step) ต้องมากกว่า 0"),
    "reverse": (
        "only a scale with points, or a range, can be turned round",
        "กลับคะแนนได้เฉพาะชุดตัวเลือกที่มีคะแนนหรือช่วงตัวเลข",
    ),
    "correct_unknown": (
        "{code} is not a possible answer of this item",
        "{code} ไม่ใช่คำตอบที่เป็นไปได้ของข้อนี้",
    ),
    "correct_one": (
        "exactly one answer can be correct here",
        "ข้อนี้ต้องมีคำตอบที่ถูกเพียงหนึ่งคำตอบ",
    ),
    "points_alone": ("points need `correct`", "คะแนน (points) ต้องมีเฉลย (correct) กำกับ"),
    "default": ("{found} cannot be an answer of this item", "{found} ใช้เป็นคำตอบของข้อนี้ไม่ได้"),
    "indicator": ("there is no scoring node {code}", "ไม่มีตัวชี้วัด {code} ในการคิดคะแนน"),
    "unscored_item": (
        "has points but counts in no score",
        "ข้อนี้มีคะแนนแต่ไม่ถูกนำไปคิดในตัวชี้วัดใด",
    ),
    "unknown_part": (
        "{code} is neither an item nor a scoring node",
        "{code} ไม่ใช่ข้อและไม่ใช่ตัวชี้วัด",
    ),
    "unscored_part": (
        "{code} has no points, so no score can be made of it",
        "{code} ไม่มีคะแนน จึงนำมาคิดคะแนนไม่ได้",
    ),
    "weights_use": (
        "weights are for weighted_mean and sum only",
        "น้ำหนักใช้ได้เฉพาะ weighted_mean และ sum",
    ),
    "weights_zero": ("the weights add up to 0", "น้ำหนักรวมเป็น 0"),
    "weight_negative": ("a weight must not be below 0", "น้ำหนักต้องไม่ติดลบ"),
    "min_answered": (
        "asks for more answers than there are parts",
        "กำหนดจำนวนคำตอบขั้นต่ำมากกว่าจำนวนข้อ",
    ),
    "no_total": ("bands need a scoring node named total", "เกณฑ์ระดับต้องมีตัวชี้วัดชื่อ total"),
    "unused_node": ("this score is in no other and not in total", "คะแนนนี้ไม่ได้นำไปรวมที่ใด"),
    "band_never": (
        "a band above already takes everything this one asks for",
        "ระดับที่อยู่ก่อนหน้าครอบคลุมเกณฑ์ของระดับนี้ทั้งหมดแล้ว",
    ),
    "profile_empty": ("no item belongs to this profile", "ไม่มีข้อใดสำหรับกลุ่มหน่วยงานนี้"),
    "source": ("verified: yes needs a source", "หากระบุ verified: yes ต้องมีแหล่งที่มา (source)"),
    "test_key": (
        "a test has at least one item with a correct answer",
        "แบบทดสอบต้องมีข้อที่กำหนดเฉลยอย่างน้อยหนึ่งข้อ",
    ),
}


@dataclass(frozen=True, slots=True)
class DocumentProblem:
    """A finding: `path` leads to the place (keys, and positions in lists)."""

    path: Path
    message: str
    severity: Severity
    message_th: str = ""
    code: str = ""

    @property
    def place(self) -> str:
        """The path as text: `items[3].label.th`."""
        text = ""
        for step in self.path:
            text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
        return text or "(document)"


def problem(
    path: Path, code: str, severity: Severity = "error", /, **details: object
) -> DocumentProblem:
    """A finding from the table of sentences."""
    english, thai = _MESSAGES[code]
    shown = {name: _short(value) for name, value in details.items()}
    return DocumentProblem(path, english.format(**shown), severity, thai.format(**shown), code)


def explained(
    path: Path, code: str, why: str, why_th: str, /, **details: object
) -> DocumentProblem:
    """A finding whose reason comes in both languages from elsewhere (an expression)."""
    english, thai = _MESSAGES[code]
    return DocumentProblem(
        path,
        english.format(why=why, **details),
        "error",
        thai.format(why=why_th, **details),
        code,
    )


class DocumentError(ValueError):
    """The document cannot be read as an instrument; `problems` holds every finding."""

    def __init__(self, problems: Iterable[DocumentProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{one.place}: {one.message}" for one in self.problems))


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:77]}…"
