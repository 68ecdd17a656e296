"""PDF with Thai set right: WeasyPrint where the system has Pango, the print page everywhere else.

Start at ``render.py``. Templates extend core/pdf_base.html; its look is static core/pdf.css.
"""

from sucharit.core.pdf.render import pdf_available, pdf_response, render_pdf
from sucharit.core.pdf.thai import decompose, recompose

__all__ = ["decompose", "pdf_available", "pdf_response", "recompose", "render_pdf"]
