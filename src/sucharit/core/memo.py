"""The official memo (บันทึกข้อความ) as DOCX, filled into a template of ours or of the ministry's own.

The layout follows the Office of the Prime Minister's rule on correspondence as far as it is known here
(from memory, not verified): TH Sarabun New 16 pt, margins 3 cm left, 2 cm right, 2 cm top and bottom.
The emblem (ตราครุฑ) is not drawn: a ministry's own template carries it. docs/reports.md has the placeholders.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sucharit.core import thaidate
from sucharit.core.errors import Refusal
from sucharit.core.papers.runs import SIZE, line, page, write

_MACROS = ("vbaProject", "vbaData", "activeX", "embeddings/")


@dataclass(frozen=True)
class MemoTable:
    """A table of a memo: head and rows as shown text; every row is as long as the head."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Memo:
    """What a memo says. ``number`` and the signature may stay empty, to be filled in by hand."""

    office: str  # ส่วนราชการ
    subject: str  # เรื่อง
    to: str  # เรียน
    day: dt.date | None
    paragraphs: Sequence[str]
    tables: Sequence[MemoTable] = ()
    closing: Sequence[str] = ()  # paragraphs after the tables
    number: str = ""  # ที่
    signer: str = ""
    position: str = ""

    def placeholders(self) -> dict[str, Any]:
        """The values by the names templates use."""
        return {
            "office": self.office,
            "number": self.number or "." * 30,
            "date": thaidate.long(self.day, thai_digits=True) if self.day else "." * 30,
            "subject": self.subject,
            "to": self.to,
            "paragraphs": list(self.paragraphs),
            "tables": [
                {"title": t.title, "columns": list(t.columns), "rows": [list(r) for r in t.rows]}
                for t in self.tables
            ],
            "closing": list(self.closing),
            "signer": self.signer or "." * 40,
            "position": self.position or "ตำแหน่ง " + "." * 30,
        }


def memo_docx(memo: Memo, template: Path | None = None) -> bytes:
    """The memo as DOCX; ``template``: a ministry's own, None: SUCHARIT_MEMO_TEMPLATE, else the default.

    Values are filled in as text: nothing in them is run or taken for markup. Refusal: the template
    cannot be read or filled, or carries macros or embedded objects.
    """
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    chosen = template or configured()
    source = _own(chosen) if chosen else io.BytesIO(default_template())
    document = DocxTemplate(source)
    out = io.BytesIO()
    try:
        environment = SandboxedEnvironment(autoescape=True)
        document.render(memo.placeholders(), jinja_env=environment)
        document.save(out)
    except (TemplateError, KeyError, ValueError) as error:
        raise Refusal(
            f"The memo template {chosen.name if chosen else ''} cannot be filled: {error}. "
            "See docs/reports.md for its placeholders."
        ) from error
    return out.getvalue()


def configured() -> Path | None:
    """The template named by SUCHARIT_MEMO_TEMPLATE; None: the default is used."""
    from django.conf import settings

    named = getattr(settings, "MEMO_TEMPLATE", "")
    return Path(named) if named else None


def _own(path: Path) -> io.BytesIO:
    """The bytes of a ministry's template, looked at first."""
    try:
        data = path.read_bytes()
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = parts.namelist()
    except (OSError, zipfile.BadZipFile) as error:
        raise Refusal(f"The memo template {path.name} cannot be read as DOCX.") from error
    if "word/document.xml" not in names or any(m in n for n in names for m in _MACROS):
        raise Refusal(
            f"The memo template {path.name} is no plain DOCX: save it without macros and objects."
        )
    return io.BytesIO(data)


def default_template() -> bytes:
    """The template used where a ministry has none: the plain form with placeholders, made in memory."""
    from docx import Document

    document = Document()
    page(document)
    line(document, [("บันทึกข้อความ", 29, True)], centre=True)
    line(document, [("ส่วนราชการ  ", 20, True), ("{{ office }}", SIZE, False)])
    line(
        document,
        [
            ("ที่  ", 20, True),
            ("{{ number }}\t", SIZE, False),
            ("วันที่  ", 20, True),
            ("{{ date }}", SIZE, False),
        ],
        tab_cm=8,
    )
    line(document, [("เรื่อง  ", 20, True), ("{{ subject }}", SIZE, False)], after=6)
    line(document, [("เรียน  ", SIZE, False), ("{{ to }}", SIZE, False)], after=6)
    _loop(document, "paragraphs", indent=True)
    line(document, [("{%p for table in tables %}", SIZE, False)])
    line(document, [("{{ table.title }}", SIZE, True)])
    _table(document)
    line(document, [("{%p endfor %}", SIZE, False)])
    _loop(document, "closing", indent=True)
    line(document, [("", SIZE, False)])
    for text in ("(ลงชื่อ) " + "." * 40, "({{ signer }})", "{{ position }}"):
        line(document, [(text, SIZE, False)], left_cm=7, centre=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _loop(document: Any, name: str, *, indent: bool) -> None:
    """One paragraph a text, the first line moved in 2.5 cm."""
    from docx.shared import Cm

    line(document, [(f"{{%p for text in {name} %}}", SIZE, False)])
    paragraph = line(document, [("{{ text }}", SIZE, False)], after=6)
    if indent:
        paragraph.paragraph_format.first_line_indent = Cm(2.5)
    line(document, [("{%p endfor %}", SIZE, False)])


def _table(document: Any) -> None:
    """Head and rows with as many columns as the memo's table has."""
    table = document.add_table(rows=4, cols=3)
    table.style = "Table Grid"
    cells = (
        ("{%tc for c in table.columns %}", "{{ c }}", "{%tc endfor %}"),
        ("{%tr for row in table.rows %}", "", ""),
        ("{%tc for c in row %}", "{{ c }}", "{%tc endfor %}"),
        ("{%tr endfor %}", "", ""),
    )
    for at, row in enumerate(cells):
        for place, text in enumerate(row):
            if text:
                write(table.cell(at, place).paragraphs[0], text, 14, bold=at == 0)
