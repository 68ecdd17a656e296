"""Official papers (หนังสือราชการ, ระเบียบวาระ, รายงานการประชุม, รายงาน): one list of blocks, set as DOCX and as PDF.

An app says what stands on the paper (``blocks.py``); both files come from the same blocks, so they never differ.
The layout follows the Office of the Prime Minister's rule on correspondence as far as it is known here (from memory,
not verified): 16 pt, margins 3 cm left, 2 cm right; the emblem (ตราครุฑ) is not drawn.
"""

from sucharit.core.papers.blocks import (
    Block,
    Centre,
    Grid,
    Heading,
    Item,
    Labelled,
    Paper,
    Right,
    Signature,
    Split,
    Text,
)
from sucharit.core.papers.pdf import paper_pdf
from sucharit.core.papers.word import DOCX, paper_docx

__all__ = [
    "DOCX",
    "Block",
    "Centre",
    "Grid",
    "Heading",
    "Item",
    "Labelled",
    "Paper",
    "Right",
    "Signature",
    "Split",
    "Text",
    "paper_docx",
    "paper_pdf",
]
