"""Thai in Word: runs whose font is named for complex script, too, or Word would set Thai in another one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

FONT, SIZE = "TH Sarabun New", 16
MARGINS_CM = {"left_margin": 3.0, "right_margin": 2.0, "top_margin": 2.0, "bottom_margin": 2.0}
A4_CM = (21.0, 29.7)


def page(document: Any, *, landscape: bool = False) -> None:
    """A4 with the margins of official correspondence, the base font set."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    section = document.sections[0]
    width, height = A4_CM if not landscape else A4_CM[::-1]
    section.page_width, section.page_height = Cm(width), Cm(height)
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
    for side, breadth in MARGINS_CM.items():
        setattr(section, side, Cm(breadth))
    base_font(document)


def base_font(document: Any) -> None:
    """The font for Latin, and by name for complex script: Word sets Thai by w:cs and w:szCs only."""
    from docx.shared import Pt

    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(SIZE)
    complex_script(style.element.get_or_add_rPr(), SIZE, bold=False)
    style.paragraph_format.space_after = Pt(0)


def complex_script(properties: Any, size: int, *, bold: bool) -> None:
    """Font, size, weight and language of complex script in a w:rPr element."""
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


def write(paragraph: Any, text: str, size: int = SIZE, *, bold: bool = False) -> None:
    """Append a run."""
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.bold, run.font.size, run.font.name = bold or None, Pt(size), FONT
    complex_script(run._r.get_or_add_rPr(), size, bold=bold)  # noqa: SLF001 (no public way to w:cs)


def line(
    document: Any,
    runs: Sequence[tuple[str, int, bool]],
    *,
    centre: bool = False,
    after: int = 0,
    tab_cm: float = 0,
    left_cm: float = 0,
) -> Any:
    """A paragraph of runs (text, size, bold); gives it back."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    paragraph = document.add_paragraph()
    for text, size, bold in runs:
        write(paragraph, text, size, bold=bold)
    shape = paragraph.paragraph_format
    shape.space_after = Pt(after)
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if tab_cm:
        shape.tab_stops.add_tab_stop(Cm(tab_cm))
    if left_cm:
        shape.left_indent = Cm(left_cm)
    return paragraph
