"""A page rendered once, with holes; a request only fills the holes, in its gzip form, too."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_HOLE = re.compile(r"\x02(\w+)\x03")
_BLANKS = re.compile(r"\s*\n\s*")
# RFC 1952: magic, deflate, no flags, no time, no hint, unknown system.
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_GZIP_END = b"\x03\x00"  # an empty last block with fixed codes


def hole(name: str) -> str:
    """What a template gets in place of a value that differs between requests."""
    return f"\x02{name}\x03"


@dataclass(frozen=True, slots=True)
class Page:
    """``pieces[0] names[0] pieces[1] …``; ``packed``: the pieces as independent deflate blocks."""

    pieces: tuple[bytes, ...]
    names: tuple[str, ...]
    packed: tuple[bytes, ...]

    @classmethod
    def cut(cls, html: str) -> Page:
        """Cut a rendered page at its holes; line ends and indentation go."""
        parts = _HOLE.split(_BLANKS.sub("\n", html.strip()))
        pieces = tuple(p.encode() for p in parts[::2])
        return cls(pieces, tuple(parts[1::2]), tuple(map(_deflated, pieces)))

    def plain(self, values: Mapping[str, str]) -> bytes:
        """The page as it is; values are escaped."""
        filled = [self.pieces[0]]
        for name, piece in zip(self.names, self.pieces[1:], strict=True):
            filled += (escape(values[name]).encode(), piece)
        return b"".join(filled)

    def gzipped(self, values: Mapping[str, str]) -> bytes:
        """The same bytes as one gzip member, at the price of a checksum: only the holes are new."""
        crc, size = zlib.crc32(self.pieces[0]), len(self.pieces[0])
        out = [_GZIP_HEAD, self.packed[0]]
        for name, piece, packed in zip(self.names, self.pieces[1:], self.packed[1:], strict=True):
            value = escape(values[name]).encode()
            out += (_stored(value), packed)
            crc = zlib.crc32(piece, zlib.crc32(value, crc))
            size += len(value) + len(piece)
        out += (_GZIP_END, struct.pack("<II", crc, size & 0xFFFFFFFF))
        return b"".join(out)


def _deflated(piece: bytes) -> bytes:
    """Blocks that end on a byte and look back at nothing outside themselves (a full flush)."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)


def _stored(value: bytes) -> bytes:
    """A block without compression (RFC 1951 §3.2.4); values are far below its 64 kB."""
    return b"\x00" + struct.pack("<HH", len(value), len(value) ^ 0xFFFF) + value
