"""Findings about the file as a whole."""

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
        (
            "This is an old Excel file (.xls) or one with a password. Open it in Excel and save it as "
            ".xlsx without a password."
        ),
    ),
    "not_xlsx": (
        E,
        "ไฟล์นี้ไม่ใช่สมุดงาน .xlsx (อาจเป็น CSV หรือข้อความที่เปลี่ยนนามสกุล) เปิดด้วย Excel แล้วบันทึกเป็น .xlsx",
        (
            "This is not an .xlsx workbook (perhaps CSV or text under another name). Open it in Excel "
            "and save it as .xlsx."
        ),
    ),
    "broken": (
        E,
        "ไฟล์ชำรุด อ่านไม่ได้ บันทึกใหม่จาก Excel หรือ LibreOffice แล้วส่งอีกครั้ง",
        "The file is damaged and can't be read. Save it again from Excel or LibreOffice.",
    ),
    "bomb": (
        E,
        "เมื่อคลายแล้วไฟล์จะใหญ่ผิดปกติ จึงไม่รับเพื่อความปลอดภัย คัดลอกเฉพาะเซลล์ที่ใช้ไปยังสมุดงานใหม่",
        (
            "Unpacked, the file would grow out of all proportion; it is refused for safety. Copy the "
            "cells you need into a new workbook."
        ),
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
        (
            'There is no sheet named "survey". Start from the template, or rename the sheet with the '
            "questions."
        ),
    ),
    "more_problems": (
        E,
        "มีจุดที่ต้องแก้มากกว่า {most} จุด แก้ตามรายการนี้ก่อนแล้วส่งใหม่",
        "There are more than {most} findings. Mend these first and send the file again.",
    ),
}
