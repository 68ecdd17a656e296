"""Office Open XML and OpenDocument packages, judged by their directory: type, macros, bombs.

Only two small members are ever read (the content-type list and ``mimetype``), with a limit.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from typing import BinaryIO

from django.utils.translation import gettext as _

from sucharit.core.errors import Refusal

MAX_ENTRIES = 10_000
MAX_UNPACKED = 1024**3  # bytes, the sum the directory states
MAX_RATIO = 250  # unpacked to packed; ordinary sheets stay below 100
RATIO_FROM = 10 * 1024**2  # below this an unpacked size harms nobody
MAX_TYPES_FILE = 2 * 1024**2
MAX_DIRECTORY = 4 * 1024**2  # bytes; read into memory whole, therefore checked before

# What the standard library raises on damaged packages, whichever field is damaged.
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, RuntimeError, LookupError,
    ValueError, EOFError, OSError,
)  # fmt: skip
_END = struct.Struct("<4sHHHHIIH")  # a zip's end record, without a comment
_MAIN_PART = re.compile(rb"""ContentType=["']application/vnd\.([^"']+)\.main\+xml["']""")
_OPEN_XML = {
    b"openxmlformats-officedocument.wordprocessingml.document",
    b"openxmlformats-officedocument.spreadsheetml.sheet",
    b"openxmlformats-officedocument.presentationml.presentation",
}
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text",
    b"application/vnd.oasis.opendocument.spreadsheet",
    b"application/vnd.oasis.opendocument.presentation",
}
_PROGRAMS = re.compile(
    r"\.(exe|dll|com|scr|msi|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|jar|sh|lnk|chm|html?)$",
    re.IGNORECASE,
)
_MACROS = re.compile(
    r"(^|/)(vbaproject\.bin|vbadata\.xml|activex/.*|macrosheets/.*)$|^(basic|scripts)/",
    re.IGNORECASE,
)


def package_type(stream: BinaryIO) -> str | None:
    """Media type of an office package; None for any other zip file. Refusal: unsafe or broken."""
    try:
        _refuse_strange_end(stream)
        with zipfile.ZipFile(stream) as package:
            entries = package.infolist()
            if not entries or min(e.header_offset for e in entries) != 0:
                raise _strange()
            _refuse_bomb(entries)
            _refuse_members(entries)
            return _open_xml(package) or _open_document(package)
    except _UNREADABLE:
        raise Refusal(
            _("The file is damaged and cannot be read. Save it again and send it."), where="upload"
        ) from None


def _refuse_strange_end(stream: BinaryIO) -> None:
    """The directory ends the file, is of a sane size and lies where the end record says.

    Office programs write no comment behind it and, below 4 GB, no ZIP64 records.
    """
    size = stream.seek(0, 2)
    if size < _END.size:
        raise zipfile.BadZipFile
    stream.seek(size - _END.size)
    mark, _disk, _start, _here, count, length, offset, _comment = _END.unpack(
        stream.read(_END.size)
    )
    if mark != b"PK\x05\x06" or offset + length != size - _END.size:
        raise _strange()
    if count > MAX_ENTRIES or length > MAX_DIRECTORY:
        raise _bomb()


def _strange() -> Refusal:
    return Refusal(
        _(
            "The file is damaged or holds data outside the document. "
            "Save it again from Office and send it."
        ),
        where="upload",
    )


def _bomb() -> Refusal:
    return Refusal(
        _("The document would grow far beyond its size when opened and is refused for safety."),
        where="upload",
    )


def _refuse_bomb(entries: list[zipfile.ZipInfo]) -> None:
    packed = sum(e.compress_size for e in entries)
    unpacked = sum(e.file_size for e in entries)
    swollen = unpacked > RATIO_FROM and unpacked > MAX_RATIO * max(packed, 1)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or swollen:
        raise _bomb()


def _refuse_members(entries: list[zipfile.ZipInfo]) -> None:
    names = [e.filename for e in entries]
    if any(e.flag_bits & 0x1 for e in entries):
        raise Refusal(_("The document has a password. Send it without one."), where="upload")
    if any(_MACROS.search(name) for name in names):
        raise Refusal(
            _("The document holds macros. Save it without macros and send it again."),
            where="upload",
        )
    climbing = any(
        n.startswith("/") or ".." in n.split("/") or "\\" in n or "\0" in n for n in names
    )
    if (
        climbing
        or len({n.lower() for n in names}) != len(names)
        or any(_PROGRAMS.search(n) for n in names)
    ):
        raise Refusal(
            _("The document holds parts that do not belong in it and is refused for safety."),
            where="upload",
        )


def _open_xml(package: zipfile.ZipFile) -> str | None:
    if "[Content_Types].xml" not in package.namelist():
        return None
    listed = _small(package, "[Content_Types].xml")
    if b"macroEnabled" in listed or b"vbaProject" in listed:
        raise Refusal(
            _("The document holds macros. Save it without macros and send it again."),
            where="upload",
        )
    kinds = set(_MAIN_PART.findall(listed)) & _OPEN_XML
    return "application/vnd." + kinds.pop().decode() if len(kinds) == 1 else None


def _open_document(package: zipfile.ZipFile) -> str | None:
    if package.namelist()[0] != "mimetype":
        return None
    stated = _small(package, "mimetype").strip()
    return stated.decode() if stated in _OPEN_DOCUMENT else None


def _small(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as member:
        content = member.read(MAX_TYPES_FILE + 1)
    if len(content) > MAX_TYPES_FILE:
        raise _bomb()
    return content
