"""Thai text for PDF: ``ำ`` set apart, so that what is copied or read aloud is what was written.

Shaping splits the letter into a mark and a vowel and the PDF then remembers neither; written apart
the page looks the same and the text can be put together again.
"""

from __future__ import annotations

import re

_SARA_AM = re.compile("([\u0e48-\u0e4b]?)\u0e33")  # with the tone mark before it
_APART = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
# Tags with their attributes, and what is no visible text: addresses and the document's title.
_KEPT = re.compile(r"(<title\b.*?</title\s*>|<!--.*?-->|<[^>]*>)", re.DOTALL | re.IGNORECASE)


def decompose(text: str) -> str:
    """น้ำ → น ํ ้ า, in the order the page is drawn."""
    return _SARA_AM.sub("\u0e4d\\1\u0e32", text)


def recompose(text: str) -> str:
    """The way back, for text taken out of a PDF."""
    return _APART.sub("\\1\u0e33", text)


def decompose_html(html: str) -> str:
    """``decompose`` on the text of a page; tags, attributes and the title stay as they are."""
    parts = _KEPT.split(html)
    return "".join(part if at % 2 else decompose(part) for at, part in enumerate(parts))
