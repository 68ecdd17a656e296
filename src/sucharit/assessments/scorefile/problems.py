"""What is wrong with a file, said once with file, line and column."""

from dataclasses import dataclass, field
from pathlib import Path

SHOWN = 20
"""Problems named before reading stops."""


class ScoreFileError(Exception):
    """Nothing was scored; the text says why and is meant for a person."""


@dataclass
class Problems:
    """Collects the problems of one file; reading stops at the twentieth."""

    path: Path
    unit: str = "line"
    """What a record's number counts: lines of a text file, rows of a Parquet file."""
    found: list[str] = field(default_factory=list)

    def add(self, line: int | None, column: str, message: str) -> None:
        """Note a problem; `line` None = the whole file. Raises ScoreFileError at the twentieth."""
        place = self.path.name
        if line is not None:
            place += f", {self.unit} {line}"
        if column:
            place += f", column {column}"
        self.found.append(f"{place}: {message}")
        if len(self.found) >= SHOWN:
            self.stop()

    def stop(self) -> None:
        """Raise ScoreFileError when there is any problem."""
        if not self.found:
            return
        more = " (reading stopped there)" if len(self.found) >= SHOWN else ""
        if len(self.found) == 1:
            raise ScoreFileError(self.found[0])
        listing = "\n  ".join(self.found)
        raise ScoreFileError(f"{len(self.found)} problems{more}; nothing was scored\n  {listing}")


def shorten(text: str) -> str:
    """A cell's text as quoted in a message; long ones are cut."""
    return repr(text if len(text) <= 40 else text[:40] + "…")
