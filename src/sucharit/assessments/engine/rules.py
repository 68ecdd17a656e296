"""The rules a score names, with a stable key and a sentence in Thai and English.

Sentences are data of the field and travel with an explanation; `{…}` is filled from the node.
"""

from .model import Label

RULES: dict[str, Label] = {
    "total_weighted": Label(
        "ผลรวมของคะแนนแต่ละเครื่องมือคูณด้วยน้ำหนักของเครื่องมือนั้น",
        "Sum of the instrument scores, each times its weight",
    ),
    "group_mean": Label(
        "ค่าเฉลี่ยอย่างง่ายของ {used} รายการที่อยู่ภายใต้",
        "Plain mean of the {used} entries below it",
    ),
    "item_mean": Label(
        "ค่าเฉลี่ยของผู้ตอบ {n} คน (ข้อย่อยที่แต่ละคนตอบ เฉลี่ยภายในคนก่อน)",
        "Mean over {n} respondents of each one's mean over the sub-questions answered",
    ),
    "item_pooled": Label(
        "ค่าเฉลี่ยของผู้ตอบทุกส่วนรวมกัน {n} คน",
        "Mean over all {n} respondents of every part together",
    ),
    "item_halves": Label(
        "ค่าเฉลี่ยของคะแนนแต่ละส่วน โดยให้ทุกส่วนมีน้ำหนักเท่ากัน",
        "Mean of the part scores, each part counting the same",
    ),
    "item_weights": Label(
        "ผลรวมถ่วงน้ำหนักของคะแนนแต่ละส่วน",
        "Weighted mean of the part scores",
    ),
    "item_mark": Label("คะแนนที่ผู้ประเมินให้", "Points given by the assessor"),
    "item_not_submitted": Label("ไม่ได้ส่งข้อมูล จึงได้ 0 คะแนน", "Nothing was submitted, which counts 0"),
    "published": Label(
        "ใช้ค่าที่ประกาศ แทนการคำนวณจากรายการภายใต้",
        "The published figure stands in for everything below it",
    ),
    "missing": Label("ไม่มีข้อมูล จึงไม่นำมาคำนวณ", "No data, therefore left out"),
    "not_applicable": Label(
        "ไม่เกี่ยวข้องกับหน่วยงาน จึงไม่นำมาคำนวณ", "Does not apply to the unit, left out"
    ),
    "shortfall_not_scored": Label(
        "ผู้ตอบไม่ถึงจำนวนขั้นต่ำ จึงไม่ประมวลผล", "Too few respondents: not scored"
    ),
    "shortfall_zero": Label("ผู้ตอบไม่ถึงจำนวนขั้นต่ำ จึงได้ 0 คะแนน", "Too few respondents: counts 0"),
}

NOTES: dict[str, Label] = {
    "excluded": Label("ไม่นำมาคำนวณ: {codes}", "Left out of the mean: {codes}"),
    "part_missing": Label(
        "ส่วนที่ไม่มีผู้ตอบ: {parts} จึงใช้เฉพาะส่วนที่มีผู้ตอบ",
        "Nobody answered in part {parts}; the other parts stand alone",
    ),
    "shortfall": Label(
        "ผู้ตอบ {n} คน น้อยกว่าจำนวนขั้นต่ำ {needed} คน (จากทั้งหมด {population} คน)",
        "{n} respondents, fewer than the {needed} required of {population}",
    ),
    "sample_unknown": Label(
        "ไม่ทราบจำนวนผู้มีสิทธิตอบ จึงตรวจจำนวนขั้นต่ำไม่ได้",
        "The population is not known, so the least sample cannot be checked",
    ),
}
