"""Every finding of the reader: severity, Thai, English. Each says what is wrong and what to do."""

from __future__ import annotations

E, W = "error", "warning"
MESSAGES: dict[str, tuple[str, str, str]] = {
    # the file
    "too_large": (
        E,
        "ไฟล์ใหญ่เกิน {limit} MB ลบภาพและแผ่นงานที่ไม่ใช้ออกแล้วส่งใหม่",
        "The file is larger than {limit} MB. Take out pictures and unused sheets and send it again.",
    ),
    "empty_file": (E, "ไฟล์ว่างเปล่า", "The file is empty."),
    "old_excel": (
        E,
        "เป็นไฟล์ Excel รุ่นเก่า (.xls) หรือมีรหัสผ่าน เปิดด้วย Excel แล้วบันทึกเป็น .xlsx โดยไม่ใส่รหัสผ่าน",
        "This is an old Excel file (.xls) or one with a password. Open it in Excel and save it as "
        ".xlsx without a password.",
    ),
    "not_xlsx": (
        E,
        "ไฟล์นี้ไม่ใช่สมุดงาน .xlsx (อาจเป็น CSV หรือข้อความที่เปลี่ยนนามสกุล) เปิดด้วย Excel แล้วบันทึกเป็น .xlsx",
        "This is not an .xlsx workbook (perhaps CSV or text under another name). Open it in Excel "
        "and save it as .xlsx.",
    ),
    "broken": (
        E,
        "ไฟล์ชำรุด อ่านไม่ได้ บันทึกใหม่จาก Excel หรือ LibreOffice แล้วส่งอีกครั้ง",
        "The file is damaged and can't be read. Save it again from Excel or LibreOffice.",
    ),
    "bomb": (
        E,
        "เมื่อคลายแล้วไฟล์จะใหญ่ผิดปกติ จึงไม่รับเพื่อความปลอดภัย คัดลอกเฉพาะเซลล์ที่ใช้ไปยังสมุดงานใหม่",
        "Unpacked, the file would grow out of all proportion; it is refused for safety. Copy the "
        "cells you need into a new workbook.",
    ),
    "macros": (
        E,
        "ไฟล์มีมาโคร บันทึกเป็น .xlsx (ไม่มีมาโคร) แล้วส่งใหม่",
        "The file holds macros. Save it as .xlsx (without macros) and send it again.",
    ),
    "unsafe_xml": (
        E,
        "ไฟล์มีส่วน DOCTYPE หรือ ENTITY ซึ่ง Excel ไม่เขียน จึงไม่รับเพื่อความปลอดภัย",
        "The file holds a DOCTYPE or ENTITY, which Excel never writes; it is refused for safety.",
    ),
    "too_many_rows": (
        E,
        "แผ่นงานมีข้อมูลเกินแถวที่ {most} ลบแถวที่ไม่ใช้",
        "The sheet has data below row {most}. Delete the rows you don't use.",
    ),
    "too_many_columns": (
        E,
        "แผ่นงานมีข้อมูลเกินคอลัมน์ที่ {most} ลบคอลัมน์ที่ไม่ใช้",
        "The sheet has data beyond column {most}. Delete the columns you don't use.",
    ),
    "too_much_text": (
        E,
        "ไฟล์มีข้อความมากเกินไป แบ่งเป็นหลายแบบ",
        "The file holds too much text. Split it into several forms.",
    ),
    "no_survey": (
        E,
        "ไม่มีแผ่นงานชื่อ survey เริ่มจากแม่แบบหรือเปลี่ยนชื่อแผ่นงานที่มีคำถามเป็น survey",
        'There is no sheet named "survey". Start from the template, or rename the sheet with the '
        "questions.",
    ),
    "more_problems": (
        E,
        "มีจุดที่ต้องแก้มากกว่า {most} จุด แก้ตามรายการนี้ก่อนแล้วส่งใหม่",
        "There are more than {most} findings. Mend these first and send the file again.",
    ),
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
        'The name "{value}" can\'t be used: begin with an English letter, then letters, digits, _ - '
        "or ., no spaces.",
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
        'or_other is not taken. Add a choice "other" to the sheet choices and a text question that '
        "is relevant when it was chosen.",
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
    "repeat_count": (
        E,
        "repeat_count ใส่ได้เฉพาะจำนวนเต็ม หรือใช้คอลัมน์ min และ max",
        "repeat_count takes a whole number only; or use the columns min and max.",
    ),
    "counts_differ": (
        E,
        "repeat_count ({value}) ไม่ตรงกับ min/max ({other}) ลบออกอย่างใดอย่างหนึ่ง",
        "repeat_count ({value}) and min/max ({other}) differ. Empty one of them.",
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
