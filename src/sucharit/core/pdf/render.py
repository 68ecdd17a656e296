"""Rendering a template to PDF. Never call it inside a transaction."""

from __future__ import annotations

import functools
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from sucharit.core.errors import Refusal
from sucharit.core.exports import disposition
from sucharit.core.pdf.files import BASE, fetcher, font_faces, fonts_available
from sucharit.core.pdf.thai import decompose_html


@functools.cache
def pdf_available() -> bool:
    """Whether this machine has what a PDF needs: Pango, which WeasyPrint loads, and the fonts."""
    try:
        import weasyprint  # noqa: F401
    except (OSError, ImportError):
        return False
    return fonts_available()


def render_pdf(template: str, context: dict[str, Any]) -> bytes:
    """The template (best one that extends core/pdf_base.html) as A4 PDF, tagged for readers.

    Refusal: Pango or the fonts are missing; it says how to get them.
    """
    if not pdf_available():
        raise Refusal(
            _(
                "This server cannot make PDF files yet: the system library Pango or the fonts are "
                "missing. The administrator gets them with “apt install libpango-1.0-0 "
                "libpangoft2-1.0-0” and “npm ci”. Until then, print the page and choose "
                "“Save as PDF”."
            )
        )
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    html = decompose_html(render_to_string(template, context))
    own_files, fonts = fetcher(), FontConfiguration()
    faces = CSS(string=font_faces(), font_config=fonts, url_fetcher=own_files, base_url=BASE)
    page = HTML(string=html, base_url=BASE, url_fetcher=own_files)
    return bytes(page.write_pdf(stylesheets=[faces], font_config=fonts, pdf_tags=True))


def pdf_response(filename: str, template: str, context: dict[str, Any]) -> HttpResponse:
    """A PDF download."""
    response = HttpResponse(render_pdf(template, context), content_type="application/pdf")
    response["Content-Disposition"] = disposition(filename)
    return response
