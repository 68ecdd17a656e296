"""What can be wrong with a form, and in which cell; every text in Thai and English."""

from __future__ import annotations

from dataclasses import dataclass, field

from sucharit.assessments.xlsform.messages import MESSAGES

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: where (sheet and cell; both empty: the whole file), how grave, what to do."""

    sheet: str
    cell: str
    severity: str  # "error" | "warning"
    code: str  # key of messages.MESSAGES; "document" for findings of the engine
    th: str
    en: str

    @property
    def place(self) -> str:
        """Where to look, as spreadsheet users write it: "survey!C14"; "" for the whole file."""
        return f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet

    @property
    def is_error(self) -> bool:
        """Whether the form can't be taken as it is."""
        return self.severity == ERROR

    def text(self, language: str) -> str:
        """The finding in Thai ("th…") or English."""
        return self.th if language.startswith("th") else self.en

    def __str__(self) -> str:
        return f"{self.place}: {self.en}" if self.place else self.en


def problem(code: str, sheet: str = "", cell: str = "", **values: object) -> Problem:
    """The finding ``code`` with its values put in. KeyError: no such message."""
    severity, th, en = MESSAGES[code]
    # Lists of what is known are shown whole.
    shown = {name: short(value, 600 if name == "known" else 80) for name, value in values.items()}
    return Problem(sheet, cell, severity, code, th.format(**shown), en.format(**shown))


def short(value: object, most: int = 80) -> str:
    """A value as it is quoted in a message: one line, cut when long."""
    text = " ".join(str(value).split())
    return text if len(text) <= most else text[: most - 1] + "…"


class FormError(Exception):
    """The file as a whole can't be read; ``problem`` says why and what to do."""

    def __init__(self, code: str, sheet: str = "", cell: str = "", **values: object) -> None:
        self.problem = problem(code, sheet, cell, **values)
        super().__init__(str(self.problem))


@dataclass
class Findings:
    """Collects findings of one file; at most ``most``, so that a broken file stays readable."""

    most: int = 200
    found: list[Problem] = field(default_factory=list)

    def add(self, code: str, sheet: str = "", cell: str = "", **values: object) -> None:
        """Note a finding."""
        self.put(problem(code, sheet, cell, **values))

    def put(self, one: Problem) -> None:
        """Note a finding made elsewhere; beyond the limit only that there are more."""
        if len(self.found) < self.most:
            self.found.append(one)
        elif len(self.found) == self.most:
            self.found.append(problem("more_problems", most=self.most))
