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

FONT, SIZE = "TH Sarabun New", 16
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MARGINS_CM = {"left_margin": 3.0, "right_margin": 2.0, "top_margin": 2.0, "bottom_margin": 2.0}
_A4_CM = (21.0, 29.7)
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
    from docx.shared import Cm

    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = (Cm(side) for side in _A4_CM)
    for side, width in MARGINS_CM.items():
        setattr(page, side, Cm(width))
    _base_font(document)
    _line(document, [("บันทึกข้อความ", 29, True)], centre=True)
    _line(document, [("ส่วนราชการ  ", 20, True), ("{{ office }}", SIZE, False)])
    _line(
        document,
        [
            ("ที่  ", 20, True),
            ("{{ number }}\t", SIZE, False),
            ("วันที่  ", 20, True),
            ("{{ date }}", SIZE, False),
        ],
        tab_cm=8,
    )
    _line(document, [("เรื่อง  ", 20, True), ("{{ subject }}", SIZE, False)], after=6)
    _line(document, [("เรียน  ", SIZE, False), ("{{ to }}", SIZE, False)], after=6)
    _loop(document, "paragraphs", indent=True)
    _line(document, [("{%p for table in tables %}", SIZE, False)])
    _line(document, [("{{ table.title }}", SIZE, True)])
    _table(document)
    _line(document, [("{%p endfor %}", SIZE, False)])
    _loop(document, "closing", indent=True)
    _line(document, [("", SIZE, False)])
    for text in ("(ลงชื่อ) " + "." * 40, "({{ signer }})", "{{ position }}"):
        _line(document, [(text, SIZE, False)], left_cm=7, centre=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _base_font(document: Any) -> None:
    """The font for Latin, and by name for complex script: Word sets Thai by w:cs and w:szCs only."""
    from docx.shared import Pt

    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(SIZE)
    _complex(style.element.get_or_add_rPr(), SIZE, bold=False)
    style.paragraph_format.space_after = Pt(0)


def _complex(properties: Any, size: int, *, bold: bool) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)
    made: list[tuple[str, dict[str, str]]] = []
    if bold:
        made.append(("w:bCs", {}))
    made += [
        ("w:szCs", {"w:val": str(2 * size)}),
        ("w:lang", {"w:val": "en-US", "w:bidi": "th-TH"}),
    ]
    for tag, attributes in made:
        for old in properties.findall(qn(tag)):
            properties.remove(old)
        element = OxmlElement(tag)
        for name, value in attributes.items():
            element.set(qn(name), value)
        _insert(properties, element, tag)


_AFTER = {  # what must stand behind each element in w:rPr (a part of the schema's order)
    "w:bCs": ("w:i", "w:color", "w:sz", "w:szCs", "w:lang"),
    "w:szCs": ("w:lang",),
    "w:lang": (),
}


def _insert(properties: Any, element: Any, tag: str) -> None:
    from docx.oxml.ns import qn

    later = {qn(name) for name in _AFTER[tag]}
    for at, child in enumerate(properties):
        if child.tag in later:
            properties.insert(at, element)
            return
    properties.append(element)


def _write(paragraph: Any, text: str, size: int, *, bold: bool) -> None:
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.bold, run.font.size, run.font.name = bold or None, Pt(size), FONT
    _complex(run._r.get_or_add_rPr(), size, bold=bold)  # noqa: SLF001 (no public way to w:cs)


def _line(
    document: Any,
    runs: Sequence[tuple[str, int, bool]],
    *,
    centre: bool = False,
    after: int = 0,
    tab_cm: float = 0,
    left_cm: float = 0,
) -> Any:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    paragraph = document.add_paragraph()
    for text, size, bold in runs:
        _write(paragraph, text, size, bold=bold)
    shape = paragraph.paragraph_format
    shape.space_after = Pt(after)
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if tab_cm:
        shape.tab_stops.add_tab_stop(Cm(tab_cm))
    if left_cm:
        shape.left_indent = Cm(left_cm)
    return paragraph


def _loop(document: Any, name: str, *, indent: bool) -> None:
    """One paragraph a text, the first line moved in 2.5 cm."""
    from docx.shared import Cm

    _line(document, [(f"{{%p for text in {name} %}}", SIZE, False)])
    paragraph = _line(document, [("{{ text }}", SIZE, False)], after=6)
    if indent:
        paragraph.paragraph_format.first_line_indent = Cm(2.5)
    _line(document, [("{%p endfor %}", SIZE, False)])


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
                _write(table.cell(at, place).paragraphs[0], text, 14, bold=at == 0)
