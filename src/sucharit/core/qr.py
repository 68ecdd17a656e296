"""QR codes as SVG (pages, PDF) or PNG (posters), error correction M, drawn by segno."""

from __future__ import annotations

import io

import segno
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

QUIET_ZONE = 4  # modules, the least ISO/IEC 18004 asks for


def qr_code(text: str) -> segno.QRCode:
    """The code of a text (usually an address). ValueError: too long for a QR code, or empty."""
    if not text:
        raise ValueError("an empty text has no QR code")
    # boost_error would choose a higher level by itself; M is what was asked for.
    return segno.make_qr(text, error="m", boost_error=False)


def qr_svg(text: str, *, title: str) -> SafeString:
    """Inline SVG without style attributes; ``title`` is what screen readers say.

    Its size comes from the style sheet (class ``qr``).
    """
    code = qr_code(text)
    side = code.symbol_size(border=QUIET_ZONE)[0]
    # One path of whole rows: a dark run is "move there, draw across".
    path = "".join(
        f"M{start + QUIET_ZONE} {y + QUIET_ZONE}h{length}v1h-{length}z"
        for y, row in enumerate(code.matrix)
        for start, length in _runs(row)
    )
    # Everything put in is a number, our own path, or escaped.
    return mark_safe(  # noqa: S308
        f'<svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" '
        f'role="img" shape-rendering="crispEdges"><title>{escape(title)}</title>'
        f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/><path fill="#000" d="{path}"/></svg>'
    )


def qr_png(text: str, *, scale: int = 10) -> bytes:
    """PNG, ``scale`` pixels a module (1-50)."""
    if not 1 <= scale <= 50:
        raise ValueError("a module is 1 to 50 pixels wide")
    out = io.BytesIO()
    qr_code(text).save(out, kind="png", scale=scale, border=QUIET_ZONE)
    return out.getvalue()


def _runs(row: bytearray) -> list[tuple[int, int]]:
    """(start, length) of each run of dark modules."""
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs
