"""A paper as DOCX (python-docx); every text goes in as text."""

from __future__ import annotations

import io
import unicodedata
from functools import singledispatch
from typing import Any

from sucharit.core.papers import blocks as b
from sucharit.core.papers.runs import SIZE, line, page, write

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MIDDLE_CM, INDENT_CM, STEP_CM = 8.0, 2.5, 1.25
LABEL_CM, LONG_LABEL_CM, LABEL_LETTERS = 1.6, 3.2, 8  # เรื่อง · สิ่งที่ส่งมาด้วย
ASIDE_CM = (1.25, 6.75, 8.0)
DOTS = "." * 40
SMALL = 14
NARROWEST, WIDEST = 4, 26  # characters a column is wide at least and at most


def paper_docx(paper: b.Paper) -> bytes:
    """The paper as a Word file: A4, TH Sarabun New 16 pt, Thai set as complex script."""
    from docx import Document

    document = Document()
    document.core_properties.title = paper.title
    document.core_properties.author = ""
    page(document, landscape=paper.landscape)
    if paper.draft:
        line(document, [(paper.draft, SIZE, True)], centre=True, after=6)
    for block in paper.blocks:
        _set(block, document)
    if paper.contact:
        line(document, [("", SIZE, False)])
        for text in paper.contact:
            line(document, [(text, SIZE, False)])
    if paper.foot:
        line(document, [("", SIZE, False)])
        line(document, [(paper.foot, 12, False)])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@singledispatch
def _set(block: Any, document: Any) -> None:  # noqa: ARG001 (the shape of the others)
    raise TypeError(f"a paper has no block {type(block).__name__}")


@_set.register
def _(block: b.Heading, document: Any) -> None:
    top = block.level == 1
    made = line(document, [(block.text, 18 if top else SIZE, True)], centre=top, after=4)
    made.paragraph_format.keep_with_next = True


@_set.register
def _(block: b.Centre, document: Any) -> None:
    line(document, [(block.text, SIZE, False)], centre=True)


@_set.register
def _(block: b.Right, document: Any) -> None:
    for text in block.lines:
        line(document, [(text, SIZE, False)], left_cm=MIDDLE_CM)


@_set.register
def _(block: b.Split, document: Any) -> None:
    line(document, [(f"{block.left}\t{block.right}", SIZE, False)], tab_cm=MIDDLE_CM + 1)


@_set.register
def _(block: b.Labelled, document: Any) -> None:
    from docx.shared import Cm

    left = LONG_LABEL_CM if len(block.label) > LABEL_LETTERS else LABEL_CM
    first, *more = block.lines or [""]
    made = line(document, [(f"{block.label}\t{first}", SIZE, False)], tab_cm=left, after=4)
    made.paragraph_format.left_indent = Cm(left)
    made.paragraph_format.first_line_indent = Cm(-left)
    for text in more:
        line(document, [(text, SIZE, False)], left_cm=left, after=2)


@_set.register
def _(block: b.Text, document: Any) -> None:
    from docx.shared import Cm

    for text in block.text.splitlines() or [""]:
        made = line(document, [(text, SIZE, block.strong)], after=4)
        if block.indent:
            made.paragraph_format.first_line_indent = Cm(INDENT_CM)


@_set.register
def _(block: b.Item, document: Any) -> None:
    from docx.shared import Cm

    if block.aside:
        _columns(document, block)
        return
    left = STEP_CM * (block.depth + 1)
    made = line(document, [(f"{block.number}\t{block.text}", SIZE, block.strong)], after=2)
    shape = made.paragraph_format
    shape.left_indent, shape.first_line_indent = Cm(left), Cm(-STEP_CM)
    shape.tab_stops.add_tab_stop(Cm(left))


def _columns(document: Any, block: b.Item) -> None:
    """Number, text and what stands beside it in columns without lines: long ones fold within theirs."""
    from docx.shared import Cm

    row = document.add_table(rows=1, cols=3)
    row.autofit = False
    for column, width in zip(row.columns, ASIDE_CM, strict=True):
        column.width = Cm(width)
    for cell, width, text in zip(
        row.rows[0].cells, ASIDE_CM, (block.number, block.text, block.aside), strict=True
    ):
        cell.width = Cm(width)
        write(cell.paragraphs[0], text, SIZE, bold=block.strong)


@_set.register
def _(block: b.Grid, document: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement

    if block.title:
        made = line(document, [(block.title, SIZE, True)], after=2)
        made.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(block.columns))
    table.style = "Table Grid"
    table.autofit = False
    head = table.rows[0]
    for cell, text in zip(head.cells, block.columns, strict=True):
        write(cell.paragraphs[0], text, SMALL, bold=True)
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 (no public way)
    for row in block.rows:
        for at, (cell, text) in enumerate(zip(table.add_row().cells, row, strict=True)):
            write(cell.paragraphs[0], text, SMALL)
            if at in block.numeric:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for column, width in zip(table.columns, _widths(block, document.sections[-1]), strict=True):
        for cell in column.cells:
            cell.width = width
    line(document, [(block.note, 12, False)], after=4)


def _widths(block: b.Grid, section: Any) -> list[int]:
    """Widths of columns (EMU) by their longest text, so that numbers stay on one line and long texts wrap."""
    room = section.page_width - section.left_margin - section.right_margin
    heads = [max(map(_length, text.split())) if text else 0 for text in block.columns]
    cells = [max((_length(row[at]) for row in block.rows), default=0) for at in range(len(heads))]
    shares = [min(max(h, c, NARROWEST), WIDEST) for h, c in zip(heads, cells, strict=True)]
    return [room * share // sum(shares) for share in shares]


def _length(text: str) -> int:
    """Characters that take room: marks above and below do not."""
    return sum(unicodedata.category(c) != "Mn" for c in text)


@_set.register
def _(block: b.Signature, document: Any) -> None:
    line(document, [("", SIZE, False)])
    if block.closing:
        line(document, [(block.closing, SIZE, False)], left_cm=MIDDLE_CM - 1, centre=True, after=36)
    else:
        line(document, [("(ลงชื่อ) " + DOTS, SIZE, False)], left_cm=MIDDLE_CM - 1, centre=True)
    for text in (f"({block.name or DOTS})", block.position, block.role):
        if text:
            line(document, [(text, SIZE, False)], left_cm=MIDDLE_CM - 1, centre=True)
