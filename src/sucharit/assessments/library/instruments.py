"""The bundled instruments: find, load and check them; landed versions never change.

The same care as for frameworks (`registry.py`), for documents of schema `sucharit/instrument@1`:
the shape by JSON Schema, the meaning by the engine, every finding with file, line and key.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sucharit.assessments.library import places
from sucharit.assessments.library.canonical import sha256_of
from sucharit.assessments.library.problems import FileProblem, LibraryError
from sucharit.assessments.library.problems import Path as Place
from sucharit.assessments.library.shape import shape_problems
from sucharit.assessments.library.strings import Parsed, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class LoadedInstrument:
    """An instrument file that passed every check; `document` is shared: read it, never change it.

    `warnings` are findings that don't keep it from being published.
    """

    id: str
    version: str
    document: Mapping[str, Any]
    sha256: str
    path: Path
    lines: Mapping[Place, int]
    warnings: tuple[FileProblem, ...]


@dataclass(frozen=True, slots=True)
class InstrumentFile:
    """A bundled instrument by id and version, not read yet."""

    id: str
    version: str
    path: Path


def list_instruments() -> list[InstrumentFile]:
    """Every bundled instrument file, by id, then version."""
    found = [
        InstrumentFile(path.parent.name, str(int(path.stem[1:])), path)
        for path in places.INSTRUMENTS.glob("*/v[0-9][0-9][0-9].yaml")
    ]
    return sorted(found, key=lambda file: (file.id, int(file.version)))


def is_instrument(id_or_path: str | Path) -> bool:
    """Whether a name means an instrument: a bundled id, or a file that says so itself."""
    if isinstance(id_or_path, Path) or id_or_path.endswith((".yaml", ".yml")):
        try:
            return "sucharit/instrument@" in _text(Path(id_or_path))
        except (LibraryError, OSError):
            return False
    return any(file.id == id_or_path for file in list_instruments())


def load_instrument(id_or_path: str | Path, version: str | int | None = None) -> LoadedInstrument:
    """Load an instrument by id (latest version unless given) or by the path of a YAML file.

    Raises LibraryError with every finding (`file:line: key: message`).
    """
    path = _path_of(id_or_path, version)
    try:
        stat = path.stat()
    except OSError as error:
        raise LibraryError([_whole(path, f"the file cannot be read ({error.strerror})")]) from error
    return _load(path, stat.st_mtime_ns, stat.st_size)


def load_instrument_text(text: str, file: str = "instrument.yaml") -> LoadedInstrument:
    """Check and load instrument YAML that is not (yet) a file, for previews and tests."""
    return _made(parse(text, file), Path(file))


def landed_instruments() -> dict[str, dict[str, str]]:
    """The lock file: id → version → SHA-256 of the landed content."""
    path = places.INSTRUMENT_HASHES
    if not path.exists():
        return {}
    locked: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return locked


def lock_instruments() -> list[str]:
    """Enter new instrument versions into the lock file; returns the `id@version` entered.

    Raises LibraryError when a landed version has changed: such a change needs a new version.
    """
    before, locked = landed_instruments(), landed_instruments()
    for file in list_instruments():
        loaded = load_instrument(file.path)
        known = locked.setdefault(file.id, {}).setdefault(file.version, loaded.sha256)
        if known != loaded.sha256:
            raise LibraryError([_whole(file.path, "a landed version has changed; add a new one")])
    text = json.dumps(locked, indent=2, sort_keys=True) + "\n"
    places.INSTRUMENT_HASHES.write_text(text, encoding="utf-8")
    return [
        f"{code}@{version}"
        for code, versions in locked.items()
        for version in versions
        if version not in before.get(code, {})
    ]


@lru_cache(maxsize=64)
def _load(path: Path, _changed: int, _size: int) -> LoadedInstrument:
    parsed = parse(_text(path), places.display_name(path))
    loaded = _made(parsed, path)
    misplaced = list(_misplaced(parsed, path))
    if misplaced:
        raise LibraryError(misplaced)
    return loaded


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise LibraryError([_whole(path, "the file is not UTF-8")]) from error


def _made(parsed: Parsed, path: Path) -> LoadedInstrument:
    # Late: the library also reads published figures, which need no engine (and no numpy).
    from sucharit.assessments.engine.instruments import check_document

    problems = shape_problems(parsed, "instrument")
    warnings: list[FileProblem] = []
    # The meaning only makes sense once the shape is right.
    for found in [] if problems else check_document(parsed.document):
        place = parsed.problem(found.path, found.message)
        (problems if found.severity == "error" else warnings).append(place)
    if problems:
        raise LibraryError(problems)
    return LoadedInstrument(
        id=parsed.document["id"],
        version=parsed.document["version"],
        document=parsed.document,
        sha256=sha256_of(parsed.document),
        path=path,
        lines=parsed.lines,
        warnings=tuple(warnings),
    )


def _misplaced(parsed: Parsed, path: Path) -> Iterator[FileProblem]:
    """A bundled file stands at <id>/v<NNN>.yaml; what it says of itself must agree."""
    if not path.resolve().is_relative_to(places.INSTRUMENTS):
        return
    if parsed.document["id"] != path.parent.name:
        yield parsed.problem(("id",), f"the folder is named {path.parent.name}")
    if f"v{int(parsed.document['version']):03d}" != path.stem:
        yield parsed.problem(("version",), f"the file is named {path.name}")


def _path_of(id_or_path: str | Path, version: str | int | None) -> Path:
    if isinstance(id_or_path, Path) or id_or_path.endswith((".yaml", ".yml")):
        return Path(id_or_path)
    wanted = None if version is None else str(version)
    for file in reversed(list_instruments()):
        if file.id == id_or_path and wanted in (None, file.version):
            return file.path
    known = ", ".join(sorted({file.id for file in list_instruments()}))
    name = id_or_path if wanted is None else f"{id_or_path} version {wanted}"
    raise LibraryError([FileProblem("instruments", 0, name, f"no such instrument; known: {known}")])


def _whole(path: Path, message: str) -> FileProblem:
    return FileProblem(places.display_name(path), 0, "(document)", message)
