"""`python -m sucharit.assessments.library check [FILE…] | lock | diff OLD NEW`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sucharit.assessments.library import LibraryError, diff, list_frameworks, load, lock, published

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def main(arguments: Sequence[str]) -> int:
    """Run one command; prints findings as `file:line: key: message` and returns the exit code."""
    name, *rest = arguments or ("check",)
    command = _COMMANDS.get(name)
    if command is None:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    try:
        lines = command(rest)
    except LibraryError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return 0


def _check(files: Sequence[str]) -> list[str]:
    wanted = [load(file) for file in files or [str(found.path) for found in list_frameworks()]]
    lines = [f"{one.id}@{one.version} {one.sha256}" for one in wanted]
    return lines if files else lines + [f"{file.id} {file.sha256}" for file in published()]


def _lock(_rest: Sequence[str]) -> list[str]:
    return [f"landed {name}" for name in lock()]


def _diff(names: Sequence[str]) -> list[str]:
    if len(names) != 2:
        return ["diff needs two files or ids"]
    found = diff(load(names[0]).document, load(names[1]).document)
    rows = [f"{c.level.name.lower()}: {c.key} {c.what} {c.old} → {c.new}" for c in found.changes]
    return [*rows, f"level: {found.level.name.lower()}"]


_COMMANDS: dict[str, Callable[[Sequence[str]], list[str]]] = {
    "check": _check,
    "lock": _lock,
    "diff": _diff,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
