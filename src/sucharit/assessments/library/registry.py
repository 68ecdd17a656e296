"""The bundled frameworks: find, load and check them; landed versions never change."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sucharit.assessments.library import places
from sucharit.assessments.library.canonical import sha256_of
from sucharit.assessments.library.checks import (
    calendar_problems,
    duplicate_problems,
    invariant_problems,
    provenance_problems,
)
from sucharit.assessments.library.problems import FileProblem, LibraryError
from sucharit.assessments.library.problems import Path as Place
from sucharit.assessments.library.shape import shape_problems
from sucharit.assessments.library.strings import Parsed, parse

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class LoadedFramework:
    """A framework file that passed every check.

    `document` is shared between callers: read it, never change it. `lines` gives the line (from 1)
    of every place, a place being a tuple of keys and positions.
    """

    id: str
    version: str
    document: Mapping[str, Any]
    sha256: str
    path: Path
    lines: Mapping[Place, int]

    @property
    def complete(self) -> bool:
        """Whether every instrument has its items, so that answers can be scored."""
        return bool(self.document.get("complete", "yes") == "yes")


@dataclass(frozen=True, slots=True)
class FrameworkFile:
    """A bundled framework by id and version, not read yet."""

    id: str
    version: str
    path: Path


def list_frameworks() -> list[FrameworkFile]:
    """Every bundled framework file, by id, then version."""
    found = [
        FrameworkFile(path.parent.name, str(int(path.stem[1:])), path)
        for path in places.FRAMEWORKS.glob("*/v[0-9][0-9][0-9].yaml")
    ]
    return sorted(found, key=lambda file: (file.id, int(file.version)))


def load(id_or_path: str | Path, version: str | int | None = None) -> LoadedFramework:
    """Load a framework by id (latest version unless given) or by the path of a YAML file.

    Raises LibraryError with every finding (`file:line: key: message`).
    """
    path = _path_of(id_or_path, version)
    try:
        stat = path.stat()
    except OSError as error:
        raise LibraryError([_whole(path, f"the file cannot be read ({error.strerror})")]) from error
    return _load(path, stat.st_mtime_ns, stat.st_size)


def load_text(text: str, file: str = "framework.yaml") -> LoadedFramework:
    """Check and load framework YAML that is not (yet) a file, for previews and tests."""
    return _made(_checked(parse(text, file)), Path(file))


def landed_hashes() -> dict[str, dict[str, str]]:
    """The lock file: id → version → SHA-256 of the landed content."""
    if not places.HASHES.exists():
        return {}
    locked: dict[str, dict[str, str]] = json.loads(places.HASHES.read_text(encoding="utf-8"))
    return locked


def lock() -> list[str]:
    """Enter new framework versions into the lock file; returns the `id@version` entered.

    Raises LibraryError when a landed version has changed: such a change needs a new version.
    """
    locked, entered = landed_hashes(), []
    for file in list_frameworks():
        loaded = load(file.path)
        known = locked.setdefault(file.id, {}).setdefault(file.version, loaded.sha256)
        if known != loaded.sha256:
            raise LibraryError([_whole(file.path, "a landed version has changed; add a new one")])
        if file.version not in landed_hashes().get(file.id, {}):
            entered.append(f"{file.id}@{file.version}")
    text = json.dumps(locked, indent=2, sort_keys=True) + "\n"
    places.HASHES.write_text(text, encoding="utf-8")
    return entered


@lru_cache(maxsize=64)
def _load(path: Path, _changed: int, _size: int) -> LoadedFramework:
    text = _text(path)
    parsed = _checked(parse(text, places.display_name(path)))
    misplaced = _misplaced(parsed, path)
    if misplaced:
        raise LibraryError(misplaced)
    return _made(parsed, path)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise LibraryError([_whole(path, "the file is not UTF-8")]) from error


def _checked(parsed: Parsed) -> Parsed:
    problems = shape_problems(parsed, "framework")
    if not problems:
        # References and invariants only make sense once the shape is right.
        problems += provenance_problems(parsed)
        problems += calendar_problems(parsed)
        problems += duplicate_problems(parsed)
        problems += invariant_problems(parsed)
    if problems:
        raise LibraryError(problems)
    return parsed


def _made(parsed: Parsed, path: Path) -> LoadedFramework:
    document = parsed.document
    return LoadedFramework(
        id=document["id"],
        version=document["version"],
        document=document,
        sha256=sha256_of(document),
        path=path,
        lines=parsed.lines,
    )


def _misplaced(parsed: Parsed, path: Path) -> list[FileProblem]:
    """A bundled file stands at <id>/v<NNN>.yaml; what it says of itself must agree."""
    if not path.resolve().is_relative_to(places.FRAMEWORKS):
        return []
    problems = []
    if parsed.document["id"] != path.parent.name:
        problems.append(parsed.problem(("id",), f"the folder is named {path.parent.name}"))
    if f"v{int(parsed.document['version']):03d}" != path.stem:
        problems.append(parsed.problem(("version",), f"the file is named {path.name}"))
    return problems


def _path_of(id_or_path: str | Path, version: str | int | None) -> Path:
    if isinstance(id_or_path, Path) or id_or_path.endswith((".yaml", ".yml")):
        return Path(id_or_path)
    wanted = None if version is None else str(version)
    for file in reversed(list_frameworks()):
        if file.id == id_or_path and wanted in (None, file.version):
            return file.path
    known = ", ".join(sorted({file.id for file in list_frameworks()}))
    name = id_or_path if wanted is None else f"{id_or_path} version {wanted}"
    raise LibraryError([FileProblem("frameworks", 0, name, f"no such framework; known: {known}")])


def _whole(path: Path, message: str) -> FileProblem:
    return FileProblem(places.display_name(path), 0, "(document)", message)
