"""Approval up a tree of units: seven states from two stored facts, and who may do what in each.

States, facts and authorities are those of DHIS2 (data approval), said in the words of a ministry. A
*workflow* is one campaign or round. Stored per unit: the level of the tree up to which its data is
approved (1 = top, None = not at all) and whether the level above has accepted it. Everything else is
computed here:

- a unit is approved only when all units below it are, and its own report is in;
- approval can be taken back until a level above has approved; nothing is ever taken back by itself;
- acceptance by a level above freezes a unit from below;
- whoever stands above sees data once the level just below his own has approved it.

Plain Python, no clock, no I/O. ``Board`` is the entry.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a unit's data stands in a workflow."""

    UNAPPROVABLE = "unapprovable"  # the workflow does not ask for this unit
    UNAPPROVED_ABOVE = "unapproved_above"  # this level does not approve; a level above will
    UNAPPROVED_WAITING = "unapproved_waiting"  # units below, or its own report, are not ready
    UNAPPROVED_READY = "unapproved_ready"
    APPROVED_ABOVE = "approved_above"  # approved at a level above, so also here
    APPROVED_HERE = "approved_here"
    ACCEPTED_HERE = "accepted_here"


@dataclass(frozen=True, slots=True)
class Flags:
    """Six booleans: two facts, four things that somebody could do next."""

    approved: bool = False
    approvable: bool = False
    unapprovable: bool = False
    accepted: bool = False
    acceptable: bool = False
    unacceptable: bool = False


FLAGS: Mapping[State, Flags] = {
    State.UNAPPROVABLE: Flags(),
    State.UNAPPROVED_ABOVE: Flags(),
    State.UNAPPROVED_WAITING: Flags(),
    State.UNAPPROVED_READY: Flags(approvable=True),
    State.APPROVED_ABOVE: Flags(approved=True),
    State.APPROVED_HERE: Flags(approved=True, unapprovable=True, acceptable=True),
    State.ACCEPTED_HERE: Flags(approved=True, unapprovable=True, accepted=True, unacceptable=True),
}


class Authority(StrEnum):
    """What somebody may do about one unit; which of them he holds depends on where his role lies."""

    APPROVE_OWN = "approve_own"  # a role at this very unit
    APPROVE_LOWER = "approve_lower"  # a role at a unit above
    ACCEPT_LOWER = "accept_lower"  # a role at a unit above
    VIEW_UNAPPROVED = "view_unapproved"


class Acceptance(StrEnum):
    """Whether the workflow has the second step, acceptance by the level above."""

    OFF = "off"
    OPTIONAL = "optional"
    REQUIRED = "required"  # a unit is ready only when all below it are accepted


_APPROVERS = frozenset({Authority.APPROVE_OWN, Authority.APPROVE_LOWER})


def allowed(
    state: State,
    authorities: Collection[Authority],
    *,
    acceptance: Acceptance = Acceptance.OPTIONAL,
) -> Flags:
    """The six booleans for somebody with these authorities over the unit.

    ``approved`` and ``accepted`` are facts; the other four are what *he* may do now. Accepted data
    is frozen from below: only who may accept it can give it back.
    """
    held, flags = frozenset(authorities), FLAGS[state]
    accepts = Authority.ACCEPT_LOWER in held
    may_take_back = accepts or (not flags.accepted and bool(held & _APPROVERS))
    return Flags(
        approved=flags.approved,
        accepted=flags.accepted,
        approvable=flags.approvable and bool(held & _APPROVERS),
        unapprovable=flags.unapprovable and may_take_back,
        acceptable=flags.acceptable and accepts and acceptance is not Acceptance.OFF,
        unacceptable=flags.unacceptable and accepts,
    )


@dataclass(frozen=True, slots=True)
class Facts:
    """The two stored facts of a unit."""

    approved_level: int | None = None
    accepted: bool = False

    def __post_init__(self) -> None:
        if self.accepted and self.approved_level is None:
            raise ValueError("what is not approved cannot be accepted")

    def covers(self, level: int) -> bool:
        """Whether the data is approved up to this level (1 = top)."""
        return self.approved_level is not None and self.approved_level <= level


NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class Node:
    """A unit in a workflow. ``parent``: the next unit above *within the workflow*, or None.

    ``level`` its level in the tree of units, ``approves`` whether this level signs, ``complete``
    whether its own report is in (True where none is expected of it).
    """

    key: Hashable
    parent: Hashable | None
    level: int
    approves: bool = True
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a unit waits for: its own report, and units below (their keys, in the board's order)."""

    own: bool = False
    below: tuple[Hashable, ...] = ()

    def __bool__(self) -> bool:
        return self.own or bool(self.below)


class NotNowError(Exception):
    """The step is not possible from the unit's present state."""

    def __init__(self, action: str, state: State) -> None:
        super().__init__(f"{action} is not possible in state {state}")
        self.action = action
        self.state = state


class Board:
    """All units of a workflow (or a whole branch of it with everything above) and their facts.

    O(n) to make; ``ValueError`` for a parent that is missing or a ring of parents. Immutable:
    ``after`` gives a new board.
    """

    def __init__(
        self,
        nodes: Iterable[Node],
        facts: Mapping[Hashable, Facts] | None = None,
        *,
        acceptance: Acceptance = Acceptance.OPTIONAL,
    ) -> None:
        self.nodes: dict[Hashable, Node] = {n.key: n for n in nodes}
        self.acceptance = acceptance
        self._facts = dict(facts or {})
        self._children: dict[Hashable | None, list[Hashable]] = {}
        for node in self.nodes.values():
            if node.parent is not None and node.parent not in self.nodes:
                raise ValueError(f"{node.key!r} lies under {node.parent!r}, which is not there")
            self._children.setdefault(node.parent, []).append(node.key)
        self._order = self._parents_first()
        self._above = self._approved_above()

    def facts(self, key: Hashable) -> Facts:
        """The stored facts of a unit; nothing stored: not approved."""
        return self._facts.get(key, NO_FACTS)

    def approved_at(self, key: Hashable) -> bool:
        """Whether the unit's own step is done."""
        return self.facts(key).covers(self.nodes[key].level)

    def signer_above(self, key: Hashable) -> Hashable | None:
        """The nearest unit above whose approval stands, or None: it has to be taken back first."""
        return self._above.get(key)

    def above(self, key: Hashable) -> list[Hashable]:
        """The units above, nearest first."""
        found: list[Hashable] = []
        at = self.nodes[key].parent
        while at is not None:
            found.append(at)
            at = self.nodes[at].parent
        return found

    def children(self, key: Hashable | None) -> list[Hashable]:
        """The units just below; of None: the tops."""
        return self._children.get(key, [])

    def waiting(self, key: Hashable) -> Waiting:
        """What the unit waits for; falsy when it is ready.

        Units that do not sign themselves are looked through: their reports must be in, and the
        signing units below them approved.
        """
        found, queue = [], list(reversed(self.children(key)))
        while queue:
            at = queue.pop()
            node = self.nodes[at]
            if node.approves:
                if not self._settled(at):
                    found.append(at)
                continue
            if not node.complete:
                found.append(at)
            queue.extend(reversed(self.children(at)))
        return Waiting(own=not self.nodes[key].complete, below=tuple(found))

    def state(self, key: Hashable) -> State:
        """The unit's state; a key that is not on the board is not asked for."""
        node = self.nodes.get(key)
        if node is None:
            return State.UNAPPROVABLE
        if key in self._above:
            return State.APPROVED_ABOVE
        if not node.approves:
            return State.UNAPPROVED_ABOVE
        facts = self.facts(key)
        if facts.covers(node.level):
            return State.ACCEPTED_HERE if facts.accepted else State.APPROVED_HERE
        return State.UNAPPROVED_WAITING if self.waiting(key) else State.UNAPPROVED_READY

    def after(self, action: str, key: Hashable, authorities: Collection[Authority]) -> Facts:
        """The unit's facts after "approve", "unapprove", "accept" or "unaccept".

        NotNowError when the state or the authorities do not allow it. No other unit changes.
        """
        state = self.state(key)
        may = allowed(state, authorities, acceptance=self.acceptance)
        if action == "approve" and may.approvable:
            return Facts(self.nodes[key].level)
        if action == "unapprove" and may.unapprovable:
            return NO_FACTS
        if action == "accept" and may.acceptable:
            return Facts(self.facts(key).approved_level, accepted=True)
        if action == "unaccept" and may.unacceptable:
            return Facts(self.facts(key).approved_level)
        raise NotNowError(action, state)

    def readable(
        self, key: Hashable, viewer: Hashable, authorities: Collection[Authority] = ()
    ) -> bool:
        """Whether somebody whose role lies at ``viewer`` sees the unit's data.

        His own unit always; a unit below him once the level just below his own on the way there has
        approved; everything with VIEW_UNAPPROVED. What is not below him: never.
        """
        if key == viewer or Authority.VIEW_UNAPPROVED in authorities:
            return True
        way = [key, *self.above(key)]
        if viewer not in way:
            return False
        between = [k for k in way[: way.index(viewer)] if self.nodes[k].approves]
        first = between[-1] if between else viewer
        return self.approved_at(first) or first in self._above

    def _settled(self, key: Hashable) -> bool:
        accepted = self.acceptance is not Acceptance.REQUIRED or self.facts(key).accepted
        return accepted and self.approved_at(key)

    def _parents_first(self) -> list[Hashable]:
        order: list[Hashable] = []
        queue = list(self.children(None))
        while queue:
            at = queue.pop()
            order.append(at)
            queue.extend(self.children(at))
        if len(order) != len(self.nodes):
            raise ValueError("units are each other's parents")
        return order

    def _approved_above(self) -> dict[Hashable, Hashable]:
        """Each unit that lies under a signed one → the nearest such unit."""
        found: dict[Hashable, Hashable] = {}
        for key in self._order:
            parent = self.nodes[key].parent
            if parent is None:
                continue
            if self.approved_at(parent):
                found[key] = parent
            elif parent in found:
                found[key] = found[parent]
        return found
