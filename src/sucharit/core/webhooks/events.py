"""Events an app may tell the outside of: their names and exactly which facts they carry.

A fact is a whole number, or a short code in ASCII without spaces: names of people and sentences
cannot get in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TEST = "webhook.test"
UNIT = "unit"  # every event names the unit it is about, by its code
_CODE = re.compile(r"[\x21-\x7e]{0,200}")


@dataclass(frozen=True, slots=True)
class Event:
    """One kind of event.

    ``public``: everybody may know it, so webhooks of any unit hear it; else only those of the event's
    unit and of the units above it.
    """

    code: str
    label: Any  # lazy translation
    fields: Mapping[str, type[int | str]]
    public: bool = False


EVENTS: dict[str, Event] = {}


def declare(event: Event) -> None:
    """Make an event known (from an app's ``register``)."""
    if event.fields.get(UNIT) is not str:
        raise TypeError(f"event {event.code} must name its unit: {UNIT!r}")
    EVENTS[event.code] = event


def choices() -> list[tuple[str, Any]]:
    """(code, label) of all events, for a form."""
    return [(e.code, e.label) for e in EVENTS.values()]


def check(code: str, facts: Mapping[str, object]) -> Event:
    """The event, when the facts are exactly its fields.

    LookupError: no such event; TypeError: other fields or types; ValueError: a text that is no code.
    """
    event = EVENTS.get(code)
    if event is None:
        raise LookupError(f"no app has declared the event {code!r}")
    if set(facts) != set(event.fields):
        raise TypeError(f"{code} carries {sorted(event.fields)}, not {sorted(facts)}")
    for name, kind in event.fields.items():
        value = facts[name]
        if type(value) is not kind:
            raise TypeError(f"{code}: {name} must be {kind.__name__}")
        if isinstance(value, str) and not _CODE.fullmatch(value):
            raise ValueError(f"{code}: {name} holds text that is no code")
    return event
