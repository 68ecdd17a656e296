"""Names of sent files: kept for the download only, never used on disk."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from sucharit.core.errors import Refusal

MAX_LENGTH = 200
# Marks that turn the reading direction make "exe.pdf" out of "fdp.exe".
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean_filename(sent: str) -> str:
    """The last part of a sent name, NFC, at most 200 characters with its extension kept.

    Refusal: no name is left, no extension, control characters or direction marks in it.
    """
    name = unicodedata.normalize("NFC", sent).replace("\\", "/").rsplit("/", 1)[-1].strip()
    if any(unicodedata.category(c) in {"Cc", "Cs"} or c in _DIRECTION for c in name):
        raise Refusal(
            _(
                "The file name holds invisible control characters. "
                "Rename the file and send it again."
            ),
            where="upload",
        )
    suffix = extension(name)
    if not suffix or not name.strip(". "):
        raise Refusal(
            _("The file name has no ending such as .pdf. Rename the file and send it again."),
            where="upload",
        )
    return (
        name[: MAX_LENGTH - len(suffix)].removesuffix(suffix) + suffix
        if len(name) > MAX_LENGTH
        else name
    )


def extension(name: str) -> str:
    """Like ".pdf", lower case; "" when there is none."""
    return PurePosixPath(name).suffix.lower()
