"""An .xlsx file as a zip package, judged before anything is unpacked; then its few parts, bounded.

Office writes neither encryption flags, nor macros in .xlsx, nor hundreds of megabytes for a form.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from sucharit.assessments.xlsform.problems import FormError

LARGEST = 10 * 1024 * 1024  # bytes of the file as sent
MOST_PARTS = 1_000  # entries in the package
MOST_UNPACKED = 48 * 1024 * 1024  # bytes, the sum the directory states
MOST_RATIO = 200  # unpacked to packed; ordinary sheets stay below 60
RATIO_FROM = 4 * 1024 * 1024  # below this an unpacked size harms nobody
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and .xlsx with a password
_ENCRYPTED = 0x1
_STORED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MACROS = re.compile(
    r"(^|/)(vbaproject\.bin|vbadata\.xml|activex/.*|macrosheets/.*)$", re.IGNORECASE
)
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, LookupError,
    ValueError, EOFError, OSError,  # RuntimeError: an unknown way of packing, too
)  # fmt: skip


class Package:
    """The parts of a workbook by name; opened only when its directory is harmless.

    Raises FormError with one clear finding for everything that is not an ordinary .xlsx file.
    """

    def __init__(self, data: bytes) -> None:
        _refuse_by_head(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._entries = {e.filename.lstrip("/"): e for e in self._zip.infolist()}
        except _UNREADABLE:
            raise FormError("broken") from None
        self._judge()

    def _judge(self) -> None:
        entries = self._zip.infolist()
        if len(entries) > MOST_PARTS:
            raise FormError("bomb")
        packed = sum(e.compress_size for e in entries)
        unpacked = sum(e.file_size for e in entries)
        swollen = unpacked > RATIO_FROM and unpacked > MOST_RATIO * max(packed, 1)
        if unpacked > MOST_UNPACKED or swollen:
            raise FormError("bomb")
        if any(e.flag_bits & _ENCRYPTED for e in entries):
            raise FormError("old_excel")
        if len(self._entries) != len(entries) or any(
            e.compress_type not in _STORED for e in entries
        ):
            raise FormError("broken")
        if any(_MACROS.search(e.filename) for e in entries):
            raise FormError("macros")
        self._judge_types()

    def _judge_types(self) -> None:
        types = self.part("[Content_Types].xml")
        if types is None:
            raise FormError("not_xlsx")
        if b"macroEnabled" in types or b"vbaProject" in types:
            raise FormError("macros")
        if b"spreadsheetml.sheet.main+xml" not in types:
            raise FormError("not_xlsx")

    def part(self, name: str) -> bytes | None:
        """One part's bytes, never more than its directory entry says; None: no such part."""
        entry = self._entries.get(name)
        if entry is None:
            return None
        try:
            with self._zip.open(entry) as stream:
                content = stream.read(entry.file_size + 1)
        except _UNREADABLE:
            raise FormError("broken") from None
        if len(content) > entry.file_size:
            raise FormError("bomb")
        return content


def _refuse_by_head(data: bytes) -> None:
    if not data:
        raise FormError("empty_file")
    if len(data) > LARGEST:
        raise FormError("too_large", limit=LARGEST // 1024**2)
    if data.startswith(_OLE):
        raise FormError("old_excel")
    if not data.startswith(b"PK"):
        raise FormError("not_xlsx")
