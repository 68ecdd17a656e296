"""From a sent file to a stored one: judged, hashed, scanned and written before any transaction.

A file without a row is swept (``sucharit sweep-evidence``); a row without a file never exists,
because the file is on disk (fsync) before the row is made.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import DatabaseError
from django.utils.translation import gettext as _

from sucharit.core.errors import Refusal
from sucharit.core.evidence.filenames import clean_filename
from sucharit.core.evidence.scanning import scan
from sucharit.core.evidence.sniffing import sniff
from sucharit.core.ledger import record
from sucharit.core.models import EvidenceVersion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.files import File

log = logging.getLogger(__name__)
BLOCK = 64 * 1024
Scan = EvidenceVersion.Scan


@dataclass(frozen=True)
class StoredFile:
    """A file that lies in the evidence storage and has no row yet. ``size`` in bytes."""

    name: str  # random, in the storage
    filename: str  # as sent, cleaned
    media_type: str
    size: int
    sha256: str  # hex
    scan: str


def receive(upload: File[bytes], *, actor: Any) -> StoredFile:
    """Judge, hash, scan and store one sent file. Call it outside transactions.

    Refusal (``where="upload"``): too large, empty, unsafe, infected, scanner silent.
    """
    filename = clean_filename(upload.name or "")
    stream = cast("BinaryIO", upload)
    size, digest = _measure(stream)
    media_type = sniff(stream, filename)
    state = scan(stream)
    if state == Scan.INFECTED:
        record(actor=actor, action="core.evidence.infected", target=f"sha256:{digest}", size=size)
        raise Refusal(
            _("The virus scanner found a virus in the file. It was not taken."), where="upload"
        )
    return StoredFile(_store(upload, size), filename, media_type, size, digest, state)


@contextlib.contextmanager
def received(upload: File[bytes] | StoredFile, *, actor: Any) -> Iterator[StoredFile]:
    """``receive`` for the length of a block; the stored file goes when the block fails.

    A service with a transaction of its own opens it inside this block and hands the StoredFile on.
    """
    if isinstance(upload, StoredFile):
        # Whoever received it also tidies up after it.
        yield upload
        return
    stored = receive(upload, actor=actor)
    try:
        yield stored
    except BaseException:
        _discard_unless_kept(stored.name)
        raise


def _discard_unless_kept(name: str) -> None:
    """After a failed block: a commit that broke off may have happened all the same."""
    try:
        kept = EvidenceVersion.objects.filter(file=name).exists()
    except DatabaseError:
        log.warning("evidence file %s is left for the sweep", name)
        return
    if not kept:
        discard(name)


def discard(name: str) -> None:
    """Remove a stored file that has no row; what cannot be removed now is swept later."""
    try:
        storage().delete(name)
    except OSError:
        log.warning("evidence file %s is left for the sweep", name)


def storage() -> Storage:
    """Where evidence lies: a private folder or an S3 bucket."""
    return storages["evidence"]


def _measure(stream: BinaryIO) -> tuple[int, str]:
    """(bytes, SHA-256 hex) in one pass; stops at the limit."""
    stream.seek(0)
    digest = hashlib.sha256()
    size = 0
    while block := stream.read(BLOCK):
        size += len(block)
        if size > settings.EVIDENCE_MAX_BYTES:
            limit = settings.EVIDENCE_MAX_BYTES / 1024**2
            raise Refusal(
                _("The file is too large: at most %(limit)s MB. Make it smaller or split it.")
                % {"limit": f"{limit:g}"},
                where="upload",
            )
        digest.update(block)
    stream.seek(0)
    return size, digest.hexdigest()


def _store(upload: File[bytes], size: int) -> str:
    """Write under a random name and make it durable; gives the name."""
    key = uuid.uuid4().hex
    place = storage()
    name = place.save(f"{key[:2]}/{key}", upload)
    try:
        _make_durable(place, name)
        stored = place.size(name)
    except BaseException:
        discard(name)
        raise
    if stored != size:
        discard(name)
        raise Refusal(_("The file could not be stored whole. Send it again."), where="upload")
    return name


def _make_durable(place: Storage, name: str) -> None:
    """Force file and folder to disk, so that an acknowledged file survives a power loss."""
    if not isinstance(place, FileSystemStorage):
        return  # a bucket acknowledges only what it keeps
    path = Path(place.path(name))
    for each in (path, path.parent, path.parent.parent):
        handle = os.open(each, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
