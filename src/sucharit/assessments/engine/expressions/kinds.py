"""The kinds of values an expression can have, and the clashes between them."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of values; ANY is a value nothing is known about, EMPTY the text ''."""

    NUMBER = "number"
    TEXT = "text"
    SET = "set"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    ROWS = "rows"
    EMPTY = "empty"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Type:
    """A kind; `codes` are all texts the value can be (options), None when it is free."""

    kind: Kind
    codes: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """A place where types do not go together; `never` says that a condition can't come true."""

    code: str
    message: str
    message_th: str

    @property
    def never(self) -> bool:
        """Whether it is about a value that cannot occur."""
        return self.code == "never"


MESSAGES = {
    "number": ("{part} is no number", "{part} ไม่ใช่ตัวเลข"),
    "order": (
        "{part}: these two have no order; only numbers and dates have",
        "{part}: เปรียบเทียบมากน้อยไม่ได้ ใช้ได้เฉพาะตัวเลขและวันที่",
    ),
    "equal": (
        "{part}: the two sides are of different types",
        "{part}: สองข้างเป็นค่าคนละชนิดกัน",
    ),
    "never": (
        "{part}: a value that cannot occur",
        "{part}: เป็นค่าที่ไม่มีทางเกิดขึ้น",
    ),
    "set": (
        "{part}: several options may be chosen; use selected()",
        "{part}: ข้อนี้เลือกได้หลายคำตอบ โปรดใช้ selected()",
    ),
    "rows": (
        "{part} stands in a repeat; outside of it use sum(), count(), min(), max() or join()",
        "{part} อยู่ในกลุ่มที่ทำซ้ำ เมื่ออยู่นอกกลุ่มให้ใช้ sum(), count(), min(), max() หรือ join()",
    ),
    "condition": (
        "{part} is no condition; compare it with something",
        "{part} ไม่ใช่เงื่อนไข โปรดเปรียบเทียบกับค่าใดค่าหนึ่ง",
    ),
    "chosen": (
        "{part} is no choice; selected() and count-selected() look at choices",
        "{part} ไม่ใช่ข้อแบบเลือกตอบ selected() และ count-selected() ใช้กับข้อแบบเลือกตอบ",
    ),
    "text": ("{part} is no text", "{part} ไม่ใช่ข้อความ"),
    "mixed": (
        "{part}: the results are of different types",
        "{part}: ผลลัพธ์แต่ละทางเป็นค่าคนละชนิดกัน",
    ),
}
