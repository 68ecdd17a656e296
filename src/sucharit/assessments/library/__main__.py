"""`python -m sucharit.assessments.library check [FILE…] | lock | diff OLD NEW`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sucharit.assessments.library import (
    LibraryError,
    diff,
    is_instrument,
    list_frameworks,
    list_instruments,
    load,
    load_instrument,
    lock,
    lock_instruments,
    published,
)

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
    bundled = [str(found.path) for found in list_frameworks()]
    bundled += [str(found.path) for found in list_instruments()]
    wanted = [
        load_instrument(name) if is_instrument(name) else load(name) for name in files or bundled
    ]
    lines = [f"{one.id}@{one.version} {one.sha256}" for one in wanted]
    return lines if files else lines + [f"{file.id} {file.sha256}" for file in published()]


def _lock(_rest: Sequence[str]) -> list[str]:
    return [f"landed {name}" for name in [*lock(), *lock_instruments()]]


def _diff(names: Sequence[str]) -> list[str]:
    if len(names) != 2:
        return ["diff needs two files or ids"]
    if is_instrument(names[0]):
        return _diff_instruments(*names)
    found = diff(load(names[0]).document, load(names[1]).document)
    rows = [f"{c.level.name.lower()}: {c.key} {c.what} {c.old} → {c.new}" for c in found.changes]
    return [*rows, f"level: {found.level.name.lower()}"]


def _diff_instruments(old: str, new: str) -> list[str]:
    from sucharit.assessments.engine import instruments

    found = instruments.diff(load_instrument(old).document, load_instrument(new).document)
    return [*(f"{c.level}: {c.text_en}" for c in found.changes), f"level: {found.level}"]


_COMMANDS: dict[str, Callable[[Sequence[str]], list[str]]] = {
    "check": _check,
    "lock": _lock,
    "diff": _diff,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
