"""Asking a clamd daemon (INSTREAM) whether a file carries a known virus; off by default."""

from __future__ import annotations

import socket
import struct
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from sucharit.core.errors import Refusal
from sucharit.core.models import EvidenceVersion

BLOCK = 64 * 1024
TIMEOUT_SECONDS = 60
State = EvidenceVersion.Scan


def scan(stream: BinaryIO) -> EvidenceVersion.Scan:
    """Clean, infected, or unscanned when ``settings.CLAMD`` ("host:port") is empty.

    A scanner that is set but gives no answer refuses the file: silence is not "clean".
    """
    if not settings.CLAMD:
        return State.UNSCANNED
    host, _colon, port = settings.CLAMD.rpartition(":")
    stream.seek(0)
    try:
        reply = _ask(host.strip("[]"), int(port), stream)
    except (OSError, ValueError):
        reply = b""
    finally:
        stream.seek(0)
    if reply.endswith(b" OK"):
        return State.CLEAN
    if reply.endswith(b" FOUND"):
        return State.INFECTED
    raise Refusal(
        _(
            "The virus scanner gave no answer, so the file was not taken. "
            "Try again later or tell the administrator."
        ),
        where="upload",
    )


def _ask(host: str, port: int, stream: BinaryIO) -> bytes:
    """The daemon's answer line. Each block goes with its length (4 bytes, big-endian); 0 ends."""
    with socket.create_connection((host, port), timeout=TIMEOUT_SECONDS) as wire:
        wire.sendall(b"zINSTREAM\0")
        while block := stream.read(BLOCK):
            wire.sendall(struct.pack("!I", len(block)) + block)
        wire.sendall(struct.pack("!I", 0))
        reply = b""
        while not reply.endswith(b"\0") and len(reply) < 4096 and (part := wire.recv(1024)):
            reply += part
    return reply.rstrip(b"\0\r\n ")
