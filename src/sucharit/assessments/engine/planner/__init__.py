"""From a unit's score to what it lacks: gaps to each level, leverage, what-if, cheapest mends, margin.

Start with `standing_of` (a scored unit) or `standing_from` (a stored explanation); then `gaps`,
`levers`, `what_if` and `plan`. Everything is exact; see docs/planner.md.
"""

from .gaps import FloorGap, LevelGap, gaps, least
from .levers import Lever, levers
from .margin import InstrumentMargin, TotalMargin, Verdict, total_margin
from .plan import Efforts, Mend, Option, Plan, Unmet, plan
from .respondents import (
    QuestionFact,
    Spread,
    option_points,
    question_facts,
    respondent_scores,
    spread,
)
from .standing import Outcome, Question, Standing, standing_from, standing_of, values_of, what_if

__all__ = [
    "Efforts",
    "FloorGap",
    "InstrumentMargin",
    "LevelGap",
    "Lever",
    "Mend",
    "Option",
    "Outcome",
    "Plan",
    "Question",
    "QuestionFact",
    "Spread",
    "Standing",
    "TotalMargin",
    "Unmet",
    "Verdict",
    "gaps",
    "least",
    "levers",
    "option_points",
    "plan",
    "question_facts",
    "respondent_scores",
    "spread",
    "standing_from",
    "standing_of",
    "total_margin",
    "values_of",
    "what_if",
]
