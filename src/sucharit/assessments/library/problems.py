"""What can be wrong with a data file, and where: file, line, key, message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: A place in a document: mapping keys are strings, list positions are integers.
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One finding: `file:line: key.path: message`; line counts from 1, 0 means the whole file."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        """The finding as compilers print it, so that editors can jump to it."""
        return f"{self.file}:{self.line}: {self.key}: {self.message}"


class LibraryError(ValueError):
    """A data file was refused; `problems` holds every finding, not only the first."""

    def __init__(self, problems: Iterable[FileProblem]) -> None:
        self.problems = tuple(sorted(set(problems), key=lambda p: (p.file, p.line, p.key)))
        super().__init__("\n".join(str(problem) for problem in self.problems))
