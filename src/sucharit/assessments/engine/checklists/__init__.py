"""Checklists a unit answers as a body: the path of the work, who judges, what holds, how far judges differ.

Start with ``workflow`` (whose turn it is), then ``sheet`` (what a unit sees of an instrument document),
``holding`` (which mark counts), ``differences`` and ``sample``. Plain Python, no clock, no I/O.
"""

from sucharit.assessments.engine.checklists.differences import (
    Difference,
    Judgement,
    compare,
    kappa,
)
from sucharit.assessments.engine.checklists.holding import Answered, Found, Held, hold
from sucharit.assessments.engine.checklists.sample import ALGORITHM, verification_sample
from sucharit.assessments.engine.checklists.sheet import Option, Sheet, SheetItem

__all__ = [
    "ALGORITHM",
    "Answered",
    "Difference",
    "Found",
    "Held",
    "Judgement",
    "Option",
    "Sheet",
    "SheetItem",
    "compare",
    "hold",
    "kappa",
    "verification_sample",
]
