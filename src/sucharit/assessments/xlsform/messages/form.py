"""Findings about types, choices, settings and the other sheets."""

from __future__ import annotations

E, W = "error", "warning"
MESSAGES: dict[str, tuple[str, str, str]] = {
    # types
    "no_type": (
        E,
        "แถวนี้มีค่า แต่ไม่มี type",
        "The row has values but no type.",
    ),
    "unknown_type": (
        E,
        "ไม่รู้จักชนิด “{value}” ชนิดที่ใช้ได้คือ {known}",
        'Unknown type "{value}"; known: {known}.',
    ),
    "refused_type": (
        E,
        "ระบบนี้ไม่รับชนิด “{value}” ({why_th}) ลบแถวนี้หรือเปลี่ยนชนิด",
        'The type "{value}" is not taken here ({why_en}). Delete the row or change its type.',
    ),
    "list_missing": (
        E,
        "ชนิด {type} ต้องบอกชื่อชุดตัวเลือก เช่น {type} yesno",
        "{type} needs the name of a list of choices, for example: {type} yesno.",
    ),
    "unknown_list": (
        E,
        "ไม่มีชุดตัวเลือก “{value}” ในแผ่นงาน choices",
        'There is no list "{value}" in the sheet choices.',
    ),
    "or_other": (
        E,
        "or_other ใช้ไม่ได้ เพิ่มตัวเลือก “อื่น ๆ” ในแผ่นงาน choices และคำถามข้อความที่แสดงเมื่อเลือกตัวเลือกนั้น",
        (
            'or_other is not taken. Add a choice "other" to the sheet choices and a text question that '
            "is relevant when it was chosen."
        ),
    ),
    "nothing_open": (
        E,
        "{value} นี้ไม่มีจุดเริ่มต้นที่คู่กัน",
        "This {value} closes nothing.",
    ),
    "wrong_end": (
        E,
        "{value} ปิดผิดตัว: ที่เปิดอยู่คือ {open} ({first})",
        "{value} closes the wrong one: {open} ({first}) is open.",
    ),
    "not_closed": (
        E,
        "{type} “{name}” ไม่มีแถวปิด เพิ่มแถว {end}",
        '{type} "{name}" is never closed. Add a row {end}.',
    ),
    "bad_parameters": (
        E,
        "อ่าน parameters “{value}” ไม่ได้ เขียนเช่น start=1 end=5 step=1",
        'The parameters "{value}" can\'t be read. Write them like start=1 end=5 step=1.',
    ),
    "parameter_not_kept": (
        W,
        "พารามิเตอร์ {name} ไม่มีความหมายในระบบนี้ ไม่ได้นำเข้า",
        "The parameter {name} means nothing here; it is not taken over.",
    ),
    "parameter_refused": (
        E,
        "ระบบนี้ทำตามพารามิเตอร์ {name} ไม่ได้ ลบออก",
        "What the parameter {name} asks for does not exist here. Delete it.",
    ),
    # choices
    "list_unused": (
        W,
        "ชุดตัวเลือก “{value}” ไม่มีคำถามใดใช้",
        'No question uses the list "{value}".',
    ),
    "option_twice": (
        E,
        "ตัวเลือก “{value}” ซ้ำในชุดเดียวกัน (ครั้งแรกที่ {first})",
        'The choice "{value}" is in its list twice (first in {first}).',
    ),
    "bad_option": (
        E,
        "รหัสตัวเลือก “{value}” มีช่องว่าง ใช้รหัสที่ไม่มีช่องว่าง",
        'The name of the choice "{value}" has a space in it. Use one without.',
    ),
    "filter_unused": (
        W,
        "คอลัมน์ “{name}” ไม่มี choice_filter ใดใช้ ไม่ได้นำเข้า ({count} เซลล์)",
        'No choice_filter uses the column "{name}"; its {count} cells are not taken over.',
    ),
    # settings and the other sheets
    "bad_id": (
        E,
        "form_id “{value}” ใช้ไม่ได้ ใช้อักษรอังกฤษตัวเล็ก ตัวเลข และจุดคั่น เช่น moi.fair-hr",
        'The form_id "{value}" can\'t be used: lower-case letters, digits, dots, like moi.fair-hr.',
    ),
    "no_id": (
        E,
        "แผ่นงาน settings ต้องมี form_id เช่น moi.fair-hr",
        "The sheet settings must hold a form_id, like moi.fair-hr.",
    ),
    "no_title": (
        E,
        "แผ่นงาน settings ต้องมี form_title (ชื่อแบบภาษาไทย)",
        "The sheet settings must hold a form_title (the title in Thai).",
    ),
    "one_settings_row": (
        E,
        "แผ่นงาน settings มีค่าได้แถวเดียว (แถวที่ 2) ลบแถวนี้",
        "The sheet settings has one row of values (row 2). Delete this row.",
    ),
    "setting_replaced": (
        W,
        "version “{value}” ไม่ใช่จำนวนเต็ม ระบบจะให้เลขรุ่นเองเมื่อประกาศใช้",
        'The version "{value}" is not a whole number. The platform numbers versions by itself.',
    ),
    "bad_of": (
        E,
        "อ่าน of “{value}” ไม่ได้ เขียนเช่น q1 q2 หรือ q1=2 q2=1",
        'This "of" can\'t be read: "{value}". Write q1 q2 or q1=2 q2=1.',
    ),
    "bad_more": (
        E,
        "แถวนี้ในแผ่นงาน more อ่านไม่ได้ ลบแถวนี้ถ้าไม่ได้แก้เอง",
        "This row of the sheet more can't be read. Delete it unless you know what it holds.",
    ),
    "more_place": (
        W,
        "ไม่มี “{value}” ในแบบแล้ว ไม่ได้นำเข้าแถวนี้",
        'There is no "{value}" in the form any more; the row is not taken over.',
    ),
}
