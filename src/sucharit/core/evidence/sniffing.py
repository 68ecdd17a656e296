"""What a sent file really is, told by its content; the name must agree.

Plain reading, nothing is unpacked or run. Accepted: PDF, JPEG, PNG, WebP, Office Open XML and
OpenDocument without macros, CSV and text in UTF-8. Everything else is refused with what to do.
"""

from __future__ import annotations

import codecs
import zipfile
from typing import BinaryIO

import puremagic
from django.utils.translation import gettext as _

from sucharit.core.errors import Refusal
from sucharit.core.evidence.filenames import extension
from sucharit.core.evidence.packages import package_type

HEAD = 4096  # bytes read to recognise a type
BLOCK = 64 * 1024

ACCEPTED: dict[str, str] = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".csv": "text/csv",
    ".txt": "text/plain",
}
_TEXT = frozenset({"text/csv", "text/plain"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A browser or shell that is handed one of these would run it, whatever else the file also is.
_ACTIVE = (b"<script", b"<html", b"<!doctype html", b"<svg", b"<?php", b"<iframe", b"<body")
_TEXT_STARTS = (b"<", b"#!", b"{\\rtf", b"%!ps", b"%pdf-", b"mz\x90", b"@echo off")
_PUREMAGIC_NAMES = {
    "application/pdf": {".pdf"},
    "image/jpeg": {".jpg", ".jpeg", ".jfif"},
    "image/png": {".png"},
    "image/webp": {".webp"},
}


def sniff(stream: BinaryIO, filename: str) -> str:
    """Media type by content of a seekable stream; leaves it at the start.

    Refusal: type not accepted, name and content disagree, two types at once, macros, unreadable.
    """
    suffix = extension(filename)
    promised = ACCEPTED.get(suffix)
    stream.seek(0)
    head = stream.read(HEAD)
    _refuse_plainly_wrong(head, suffix, promised)
    found = _text_type(stream, promised) if promised in _TEXT else _binary_type(stream, head)
    stream.seek(0)
    if found is None or found != promised:
        raise Refusal(
            _(
                "The file is named %(name)s but its content is something else. "
                "Save it again in the right format and send it."
            )
            % {"name": f"*{suffix}"},
            where="upload",
        )
    return found


def _refuse_plainly_wrong(head: bytes, suffix: str, promised: str | None) -> None:
    if not head:
        raise Refusal(_("The file is empty (0 bytes)."), where="upload")
    if head.startswith(_OLE):
        raise Refusal(
            _(
                "Old Office files (.doc, .xls, .ppt) and files with a password cannot be checked. "
                "Save as .docx, .xlsx, .pptx or PDF without a password."
            ),
            where="upload",
        )
    if promised is None:
        raise Refusal(
            _("Files ending in %(suffix)s are not accepted. Accepted: %(accepted)s.")
            % {"suffix": suffix, "accepted": ", ".join(sorted(ACCEPTED))},
            where="upload",
        )


def _binary_type(stream: BinaryIO, head: bytes) -> str | None:
    """One binary type, or None; two at once is refused."""
    if head.startswith(b"PK\x03\x04"):
        if b"%PDF-" in head[:1024]:
            raise _two_in_one()
        stream.seek(0)
        return package_type(stream)
    found = _signature(head)
    if found is None:
        return None
    stream.seek(0)
    if _holds_active_content(head) or zipfile.is_zipfile(stream):
        raise _two_in_one()
    if found != "application/pdf" and b"%PDF-" in head[:1024]:
        raise _two_in_one()
    if found == "application/pdf" and b"%%EOF" not in _tail(stream, 4096):
        raise Refusal(
            _("The PDF is cut off: its end is missing. Send the whole file."), where="upload"
        )
    return found


def _signature(head: bytes) -> str | None:
    """Our own check of the first bytes; puremagic must see the same."""
    found = None
    if head.startswith(b"%PDF-"):
        found = "application/pdf"
    elif head.startswith(b"\xff\xd8\xff"):
        found = "image/jpeg"
    elif head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR":
        found = "image/png"
    elif head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        found = "image/webp"
    if found is None:
        return None
    try:
        seen = {m.extension for m in puremagic.magic_string(head)}
    except puremagic.PureError:
        seen = set()
    return found if seen & _PUREMAGIC_NAMES[found] else None


def _text_type(stream: BinaryIO, promised: str | None) -> str | None:
    """UTF-8 without control characters and without the start of a page or script."""
    stream.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    first = True
    while block := stream.read(BLOCK):
        if first and _starts_active(block):
            return None
        first = False
        _refuse_control(block)
        _decode(decoder, block, final=False)
    _decode(decoder, b"", final=True)
    return promised


def _decode(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool) -> None:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        raise Refusal(
            _(
                "The text is not in UTF-8. In Excel choose “CSV UTF-8”, "
                "in Notepad the encoding UTF-8."
            ),
            where="upload",
        ) from None


def _refuse_control(block: bytes) -> None:
    if any(byte < 0x20 and byte not in b"\t\n\r\f" for byte in set(block)):
        raise Refusal(_("The file holds binary data, not text."), where="upload")


def _starts_active(block: bytes) -> bool:
    start = block[:HEAD].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    return start.startswith(_TEXT_STARTS) or _holds_active_content(start)


def _holds_active_content(head: bytes) -> bool:
    lowered = head[:1024].lower()
    return any(mark in lowered for mark in _ACTIVE)


def _tail(stream: BinaryIO, length: int) -> bytes:
    size = stream.seek(0, 2)
    stream.seek(max(0, size - length))
    return stream.read(length)


def _two_in_one() -> Refusal:
    return Refusal(
        _(
            "The file is two kinds of file in one and is refused for safety. "
            "Save it again from the original program."
        ),
        where="upload",
    )
