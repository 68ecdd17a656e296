"""Whatever is created, moved and closed: ranges of paths say the same as walking the parents."""

from __future__ import annotations

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from sucharit.core.actors import System
from sucharit.core.errors import Refusal
from sucharit.orgs.models import Unit
from sucharit.orgs.queries import units as queries
from sucharit.orgs.services import units

BY = System("test")
START = dt.date(2000, 1, 1)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["create", "create", "move", "close"]),
        st.integers(0, 30),
        st.integers(0, 30),
    ),
    max_size=14,
)


def walked(parents: dict[str, str | None], code: str) -> set[str]:
    """The code and everything below it, by parent links alone."""
    found = {code}
    while True:
        more = {c for c, p in parents.items() if p in found} - found
        if not more:
            return found
        found |= more


class Tree(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(steps=STEPS)
    def test_ranges_equal_walking(self, steps):
        made = [units.create_unit(actor=BY, code="r", kind="ministry", name_th="ราก", on=START)]
        parents: dict[str, str | None] = {"r": None}
        history = [(START, dict(parents))]
        ended: set[str] = set()
        for n, (step, a, b) in enumerate(steps, start=1):
            day = START + dt.timedelta(days=n)
            one, other = made[a % len(made)], made[b % len(made)]
            legal = True
            try:
                if step == "create":
                    code = f"u{n}"
                    made.append(
                        units.create_unit(
                            actor=BY,
                            code=code,
                            kind="other",
                            name_th=f"หน่วย {n}",
                            parent=one,
                            on=day,
                        )
                    )
                    parents[code] = one.code
                elif step == "move":
                    units.move_unit(actor=BY, unit=one, parent=other, on=day)
                    parents[one.code] = other.code
                else:
                    units.close_unit(actor=BY, unit=one, on=day)
                    ended.add(one.code)
            except Refusal:
                legal = False
            self._refusals_are_right(legal, step, one.code, other.code, parents, ended)
            history.append((day, {c: p for c, p in parents.items() if c not in ended}))
        self._same(made, parents, history)

    def _refusals_are_right(self, legal, step, one, other, parents, ended):
        if step == "move" and not legal:
            assert (
                other in walked(parents, one)
                or parents[one] == other
                or one in ended
                or other in ended
            )
        if step == "create" and not legal:
            assert one in ended

    def _same(self, made, parents, history):
        for unit in made:
            now = Unit.objects.get(pk=unit.pk)
            assert set(Unit.objects.under(now).values_list("code", flat=True)) == walked(
                parents, now.code
            )
        assert all(not problem for problem in Unit.objects.find_problems())
        codes = {u.pk: u.code for u in made}
        for day, expected in history:
            assert {p.code: codes.get(p.parent) for p in queries.tree_on(day)} == expected
