"""What the tests of evidence share: a storage of their own, a small PDF, a quick way to add it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile

from sucharit.core.actors import System
from sucharit.core.evidence import services
from tests.core import files

if TYPE_CHECKING:
    from pathlib import Path

ACTOR = System("test")
KIND = "tests.owner"


class Store:
    def __init__(self, folder: Path, allowed: set[int]) -> None:
        self.folder, self.allowed = folder, allowed

    def files(self) -> list[Path]:
        return [p for p in self.folder.rglob("*") if p.is_file()]


def pdf(text: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile("รายงาน.pdf", files.pdf(text.encode()))


def add(unit, upload=None, **fields):
    actor = fields.pop("actor", ACTOR)
    given = {"title": "รายงานผล", "owner_kind": KIND, "owner_id": 7, "fiscal_year": 2567} | fields
    return services.add_evidence(actor=actor, unit=unit, upload=upload or pdf(), **given)
