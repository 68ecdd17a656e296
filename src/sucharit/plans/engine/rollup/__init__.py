"""Roll-up of figures over time and over units: parts are carried, percentages are never averaged.

Start at ``parts.py`` (what is carried, and how two of it become one), then ``time.py`` (a unit's periods
become its year), ``space.py`` (units become one figure) and ``tree.py`` (every unit of a tree at once).
"""

from sucharit.plans.engine.rollup.parts import Figure, Part, Rolled, Rule, join, result
from sucharit.plans.engine.rollup.space import roll_up
from sucharit.plans.engine.rollup.time import over_time
from sucharit.plans.engine.rollup.tree import Years, subtree_parts

__all__ = [
    "Figure",
    "Part",
    "Rolled",
    "Rule",
    "Years",
    "join",
    "over_time",
    "result",
    "roll_up",
    "subtree_parts",
]
