"""The workbook people start from: small, readable as it is, one item of each common kind."""

from __future__ import annotations

from typing import Any

_AGREE = (
    ("5", "มากที่สุด", "Very much", "100"),
    ("4", "มาก", "Much", "75"),
    ("3", "ปานกลาง", "Somewhat", "50"),
    ("2", "น้อย", "Little", "25"),
    ("1", "น้อยที่สุด", "Very little", "0"),
)
TEMPLATE: dict[str, Any] = {
    "schema": "sucharit/instrument@1",
    "id": "my-unit.example",
    "version": "1",
    "kind": "evaluation",
    "languages": ["th", "en"],
    "title": {"th": "ตัวอย่างแบบประเมิน", "en": "Example of an evaluation"},
    "verified": "no",
    "source": "ตัวอย่างของระบบ ไม่ใช่แบบทางการ (example of the platform, not official)",
    "scales": {
        "agree5": {
            "options": [
                *({"code": c, "label": {"th": t, "en": e}, "points": p} for c, t, e, p in _AGREE),
                {"code": "na", "label": {"th": "ไม่ทราบ", "en": "Don't know"}, "na": "yes"},
            ]
        },
        "role": {
            "options": [
                {"code": "officer", "label": {"th": "ข้าราชการ", "en": "Government officer"}},
                {"code": "citizen", "label": {"th": "ประชาชน", "en": "Citizen"}},
                {"code": "other", "label": {"th": "อื่น ๆ", "en": "Other"}},
            ]
        },
    },
    "items": [
        {
            "id": "about",
            "type": "section",
            "title": {"th": "ข้อมูลทั่วไป", "en": "About you"},
        },
        {
            "id": "role",
            "type": "choice",
            "in": "about",
            "scale": "role",
            "label": {"th": "ท่านเข้าร่วมในฐานะใด", "en": "In which role do you take part?"},
            "required": "yes",
        },
        {
            "id": "role_other",
            "type": "text",
            "in": "about",
            "label": {"th": "โปรดระบุ", "en": "Please say which"},
            "relevant": "${role} = 'other'",
            "max_chars": "200",
        },
        {
            "id": "content",
            "type": "section",
            "title": {"th": "เนื้อหา", "en": "Content"},
        },
        {
            "id": "q1",
            "type": "choice",
            "in": "content",
            "scale": "agree5",
            "label": {"th": "เนื้อหานำไปใช้ในงานได้", "en": "I can use the content in my work"},
            "required": "yes",
            "indicator": "content_score",
        },
        {
            "id": "q2",
            "type": "choice",
            "in": "content",
            "scale": "agree5",
            "label": {"th": "วิทยากรอธิบายเข้าใจง่าย", "en": "The speaker explained clearly"},
            "hint": {"th": "นึกถึงช่วงเช้าและช่วงบ่าย", "en": "Think of morning and afternoon"},
            "required": "yes",
            "indicator": "content_score",
        },
        {
            "id": "days",
            "type": "integer",
            "label": {"th": "ท่านเข้าร่วมกี่วัน", "en": "How many days did you take part?"},
            "min": "1",
            "max": "5",
        },
        {
            "id": "wish",
            "type": "text",
            "label": {"th": "ข้อเสนอแนะ", "en": "Suggestions"},
            "max_chars": "1000",
        },
    ],
    "scoring": {
        "nodes": {
            "content_score": {
                "title": {"th": "เนื้อหา", "en": "Content"},
                "agg": "mean",
                "of": ["q1", "q2"],
                "missing": "drop",
                "min_answered": "1",
            },
            "total": {
                "title": {"th": "คะแนนรวม", "en": "Total"},
                "agg": "mean",
                "of": ["content_score"],
            },
        },
        "unit_order": "item_mean_first",
        "round": {"digits": "2"},
    },
    "bands": [
        {"code": "good", "title": {"th": "ดี", "en": "Good"}, "min": "75", "passed": "yes"},
        {"code": "fair", "title": {"th": "พอใช้", "en": "Fair"}, "min": "0", "passed": "no"},
    ],
}
