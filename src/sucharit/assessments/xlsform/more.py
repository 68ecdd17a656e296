"""What a document holds and no column can: by path, so that it survives the way through Excel.

A path names list elements by their id or code, as in ``items/q1/source`` or
``scales/agree5/options/3/note``; "~1" stands for "/" and "~0" for "~" (as in JSON pointers).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_NAMING = ("id", "code")


def _escape(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")


def _unescape(step: str) -> str:
    return step.replace("~1", "/").replace("~0", "~")


def leftovers(whole: Any, held: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """(path, value) of everything in ``whole`` that ``held`` lacks or holds otherwise."""
    if isinstance(whole, Mapping) and isinstance(held, Mapping):
        for key, value in whole.items():
            here = f"{path}/{_escape(str(key))}".lstrip("/")
            if key not in held:
                yield here, value
            else:
                yield from leftovers(value, held[key], here)
    elif _named_alike(whole, held):
        for one, other in zip(whole, held, strict=True):
            yield from leftovers(one, other, f"{path}/{_escape(_name(one))}")
    elif whole != held:
        yield path, whole


def _named_alike(whole: Any, held: Any) -> bool:
    """Two lists of the same named elements in the same order."""
    if not (isinstance(whole, list) and isinstance(held, list) and len(whole) == len(held)):
        return False
    names = [_name(element) for element in whole]
    return (
        all(names)
        and len(set(names)) == len(names)
        and names == [_name(element) for element in held]
    )


def _name(element: Any) -> str:
    if not isinstance(element, Mapping):
        return ""
    return next((str(element[key]) for key in _NAMING if element.get(key)), "")


def put_at(document: dict[str, Any], path: str, value: Any) -> bool:
    """Set the value at a path whose parent is there; False when there is no such place."""
    if not path:
        return False
    *above, last = [_unescape(step) for step in path.split("/")]
    here: Any = document
    for step in above:
        here = _inside(here, step)
    if isinstance(here, dict):
        here[last] = value
        return True
    return False


def _inside(here: Any, step: str) -> Any:
    if isinstance(here, dict):
        return here.get(step)
    if isinstance(here, list):
        return next((element for element in here if _name(element) == step), None)
    return None
