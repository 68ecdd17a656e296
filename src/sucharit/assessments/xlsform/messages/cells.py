"""Findings about sheets, columns and cells."""

from __future__ import annotations

E, W = "error", "warning"
MESSAGES: dict[str, tuple[str, str, str]] = {
    # sheets and columns
    "unknown_sheet": (
        E,
        "ไม่รู้จักแผ่นงาน “{name}” แผ่นงานที่ใช้ได้คือ {known} ถ้าเป็นบันทึกของท่าน ให้ขึ้นต้นชื่อด้วย _",
        'Unknown sheet "{name}"; known: {known}. If it holds notes of yours, begin its name with _.',
    ),
    "odk_sheet": (
        E,
        "ระบบนี้ไม่มีสิ่งที่แผ่นงาน “{name}” กำหนด ลบแผ่นงานนี้ออก",
        'What the sheet "{name}" sets does not exist here. Delete the sheet.',
    ),
    "notes_sheet": (
        W,
        "แผ่นงาน “{name}” เป็นบันทึกของท่าน ไม่ได้นำเข้า",
        'The sheet "{name}" holds your notes; it is not taken over.',
    ),
    "sheet_twice": (
        E,
        "มีแผ่นงาน “{name}” ซ้ำกัน เหลือไว้แผ่นเดียว",
        'The sheet "{name}" is there twice. Keep one.',
    ),
    "no_heads": (
        E,
        "แถวที่ 1 ต้องเป็นชื่อคอลัมน์ แต่แถวนี้ว่าง",
        "Row 1 must hold the names of the columns, but it is empty.",
    ),
    "unknown_column": (
        E,
        "ไม่รู้จักคอลัมน์ “{name}” ตรวจตัวสะกด คอลัมน์ที่ใช้ได้คือ {known}",
        'Unknown column "{name}". Check its spelling; known: {known}.',
    ),
    "column_not_kept": (
        W,
        "คอลัมน์ “{name}” ไม่มีความหมายในระบบนี้ ค่า {count} เซลล์ไม่ได้นำเข้า",
        'The column "{name}" means nothing here; its {count} cells are not taken over.',
    ),
    "column_refused": (
        E,
        "ระบบนี้ทำตามคอลัมน์ “{name}” ไม่ได้ ลบคอลัมน์หรือค่าในคอลัมน์ออก",
        'What the column "{name}" asks for does not exist here. Delete it or empty its cells.',
    ),
    "column_twice": (
        E,
        "คอลัมน์ “{name}” มีซ้ำ (ครั้งแรกที่ {first}) ลบออกหนึ่งคอลัมน์",
        'The column "{name}" is there twice (first in {first}). Delete one.',
    ),
    "no_head_for_cell": (
        E,
        "เซลล์มีค่า แต่คอลัมน์นี้ไม่มีชื่อในแถวที่ 1 ใส่ชื่อคอลัมน์หรือลบค่าออก",
        "The cell has a value, but its column has no name in row 1. Name it or empty the cell.",
    ),
    "column_missing": (
        E,
        "ไม่มีคอลัมน์ “{name}” เพิ่มคอลัมน์นี้ในแถวที่ 1",
        'The column "{name}" is missing. Add it in row 1.',
    ),
    "unknown_language": (
        E,
        "ไม่รู้ว่า “{name}” คือภาษาใด เขียนแบบ label::ไทย (th) หรือ label::English (en)",
        'Which language is "{name}"? Write it like label::ไทย (th) or label::English (en).',
    ),
    "no_thai": (
        E,
        "ไม่มีข้อความภาษาไทย เพิ่มคอลัมน์ label::ไทย (th)",
        "There is no Thai. Add the column label::ไทย (th).",
    ),
    "not_translatable": (
        E,
        "คอลัมน์ “{name}” ไม่แยกตามภาษา ลบส่วนหลัง :: ออก",
        'The column "{name}" has no languages. Take away what stands behind ::.',
    ),
    # cells
    "formula": (
        E,
        "เซลล์นี้เป็นสูตร คัดลอกแล้ววางเป็นค่า (Paste values)",
        "The cell holds a formula. Copy it and paste it as values.",
    ),
    "merged": (
        E,
        "เซลล์ {range} ถูกผสานไว้ ยกเลิกการผสานแล้วใส่ค่าให้ครบทุกแถว",
        "The cells {range} are merged. Unmerge them and fill in each row.",
    ),
    "error_cell": (
        E,
        "เซลล์มีค่าผิดพลาด {value} แก้ไขหรือลบออก",
        "The cell holds the error {value}. Mend or empty it.",
    ),
    "date_cell": (
        E,
        "Excel เปลี่ยนค่านี้เป็นวันที่ ({value}) จัดรูปแบบเซลล์เป็นข้อความแล้วพิมพ์ใหม่",
        "Excel made a date of this ({value}). Format the cell as text and type it again.",
    ),
    "not_yes_no": (
        E,
        "ใส่ได้เฉพาะ yes หรือ no แต่พบ “{value}”",
        'Only yes or no can stand here, not "{value}".',
    ),
    "one_of": (
        E,
        "“{value}” ใช้ไม่ได้ ใส่ได้เฉพาะ {known}",
        '"{value}" is not known here; use one of: {known}.',
    ),
    "not_number": (
        E,
        "“{value}” ไม่ใช่ตัวเลข เขียนเช่น 2, 0.5 หรือ 100/3",
        '"{value}" is not a number. Write 2, 0.5 or 100/3.',
    ),
    "not_whole": (
        E,
        "“{value}” ไม่ใช่จำนวนเต็ม",
        '"{value}" is not a whole number.',
    ),
    "needed": (
        E,
        "ต้องใส่ค่าในคอลัมน์ {name}",
        "The column {name} must be filled in here.",
    ),
    "not_here": (
        E,
        "คอลัมน์ {name} ใช้กับชนิด {type} ไม่ได้ ลบค่าออก",
        "The column {name} has no meaning for the type {type}. Empty the cell.",
    ),
    "bad_name": (
        E,
        "ชื่อ “{value}” ใช้ไม่ได้ ขึ้นต้นด้วยตัวอักษรอังกฤษ ตามด้วยตัวอักษรอังกฤษ ตัวเลข _ - หรือ . โดยไม่มีช่องว่าง",
        (
            'The name "{value}" can\'t be used: begin with an English letter, then letters, digits, _ - '
            "or ., no spaces."
        ),
    ),
    "name_twice": (
        E,
        "ชื่อ “{value}” มีแล้วที่ {first} ตั้งชื่ออื่น",
        'The name "{value}" is used already in {first}. Choose another.',
    ),
    "bad_expression": (
        E,
        "อ่านนิพจน์ “{value}” ไม่ได้ ที่ตัวอักษรที่ {position}: {reason}",
        'The expression "{value}" can\'t be read at character {position}: {reason}',
    ),
    "quotes_mended": (
        W,
        "เปลี่ยนเครื่องหมายคำพูดแบบโค้งเป็นแบบตรงแล้ว",
        "Curly quotation marks were made straight.",
    ),
}
