"""What a PDF may load: our own static files and data: addresses. No network, no other file."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.utils._os import safe_join

# Never looked up: every address below it is answered from the static files.
BASE = "http://static.invalid"
FONTS = "sarabun/files"
WEIGHTS = (400, 700)
# Two families, one per script: under one family name the second subset prints wrong glyphs.
FAMILIES = {"Sarabun Thai": "thai", "Sarabun Latin": "latin"}


def static_file(path: str) -> Path | None:
    """A file of the static folders, in a checkout or collected; None when there is none."""
    try:
        found = finders.find(path)
        collected = Path(safe_join(settings.STATIC_ROOT, path))
    except SuspiciousFileOperation:
        return None
    if found:
        return Path(found)
    return collected if collected.is_file() else None


def font_name(subset: str, weight: int) -> str:
    """The static path of one face."""
    return f"{FONTS}/sarabun-{subset}-{weight}-normal.woff2"


def fonts_available() -> bool:
    """Whether every face a PDF needs is installed."""
    return all(static_file(font_name(s, w)) for s in FAMILIES.values() for w in WEIGHTS)


def font_faces() -> str:
    """The @font-face rules of both scripts."""
    return "\n".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; '
        f'src: url("{BASE}{settings.STATIC_URL}{font_name(subset, weight)}"); }}'
        for family, subset in FAMILIES.items()
        for weight in WEIGHTS
    )


def fetcher() -> Any:
    """A WeasyPrint fetcher that knows static files and data: addresses only."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        def __init__(self) -> None:
            super().__init__(allowed_protocols=("data",), allow_redirects=False)

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url[:5].lower() == "data:":
                return super().fetch(url, headers)
            path = _static_path(url)
            file = static_file(path) if path else None
            if file is None:
                raise ValueError(f"a PDF may not load {url}")
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": kind})

    return OwnFiles()


def _static_path(url: str) -> str:
    """The path below the static address; "" for any other address."""
    parts = urlsplit(url)
    prefix = settings.STATIC_URL
    if f"{parts.scheme}://{parts.netloc}" != BASE or not parts.path.startswith(prefix):
        return ""
    return unquote(parts.path.removeprefix(prefix))
