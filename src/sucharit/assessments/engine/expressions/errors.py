"""What can be wrong with the text of an expression, in both languages."""

_MESSAGES = {
    "empty": ("the expression is empty", "นิพจน์ว่างเปล่า"),
    "too_long": (
        "the expression is longer than {limit} characters",
        "นิพจน์ยาวเกิน {limit} ตัวอักษร",
    ),
    "too_deep": (
        "the expression is nested too deeply; put a part of it into a calculation of its own",
        "นิพจน์ซ้อนกันลึกเกินไป โปรดแยกบางส่วนเป็นข้อคำนวณต่างหาก",
    ),
    "character": (
        "{found} has no meaning here",
        "ไม่รู้จัก {found} ในตำแหน่งนี้",
    ),
    "path": (
        "{found}: paths are not supported; write ${{name}} for an item",
        "{found}: ไม่รองรับเส้นทาง (path) โปรดอ้างข้อด้วย ${{ชื่อข้อ}}",
    ),
    "quote": ("the text that begins here has no end", "ข้อความที่เริ่มตรงนี้ไม่มีเครื่องหมายปิด"),
    "name": (
        "${{…}} needs the id of an item: letters, digits, _ . -",
        "ใน ${{…}} ต้องเป็นรหัสข้อ: ตัวอักษรอังกฤษ ตัวเลข _ . -",
    ),
    "bare": (
        "{found} alone has no meaning; write ${{{found}}} for the item",
        "{found} ลำพังไม่มีความหมาย หากหมายถึงข้อให้เขียน ${{{found}}}",
    ),
    "function": (
        "there is no function {found}(); known: {known}",
        "ไม่มีฟังก์ชัน {found}() ที่ใช้ได้คือ {known}",
    ),
    "arguments": (
        "{found}() takes {wanted}, here are {count}",
        "{found}() ต้องมี {wanted} แต่พบ {count}",
    ),
    "value": ("a value is missing here", "ขาดค่าตรงนี้"),
    "close": ("a closing bracket is missing", "ขาดวงเล็บปิด"),
    "rest": ("{found} does not belong here", "{found} ไม่ควรอยู่ตรงนี้"),
    "number": ("the number is too long", "ตัวเลขยาวเกินไป"),
    "pattern": ("the pattern of regex(): {why}", "รูปแบบใน regex(): {why}"),
    "pattern_text": (
        "the pattern of regex() must be written out between quotes",
        "รูปแบบของ regex() ต้องเขียนเป็นข้อความในเครื่องหมายคำพูด",
    ),
}


class ExpressionError(ValueError):
    """The text is no expression of this language.

    `position` counts characters from 0; `message` is English, `message_th` Thai, `code` for
    programs.
    """

    def __init__(self, code: str, position: int, **details: object) -> None:
        english, thai = _MESSAGES.get(code, (code, code))
        self.code = code
        self.position = position
        self.message = english.format(**details)
        self.message_th = thai.format(**details)
        super().__init__(f"{self.message} (character {position + 1})")
