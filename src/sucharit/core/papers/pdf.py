"""A paper as PDF: the same blocks through a template, set by WeasyPrint."""

from __future__ import annotations

from sucharit.core.papers.blocks import Paper
from sucharit.core.pdf import render_pdf


def paper_pdf(paper: Paper) -> bytes:
    """The paper as A4 PDF with text that can be copied. Refusal where this server cannot make PDF files."""
    blocks = [(type(block).__name__.lower(), block) for block in paper.blocks]
    return render_pdf("core/papers/paper_pdf.html", {"paper": paper, "blocks": blocks})
