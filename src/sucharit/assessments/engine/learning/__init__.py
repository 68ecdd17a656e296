"""Figures of tests and evaluations: marks, attempts, pre and post, items, five-level means.

Plain functions over exact Fractions; start with `mark` (one test paper) and `summary`. Pass marks,
bands and the smallest group that may be shown are arguments: they are data of a campaign or of
`data/learning/`. Formulas and sources: docs/instruments.md.
"""

from .attempts import Attempt, counting_attempts
from .description import Description, Level, LevelBand, describe, level_of
from .items import ItemFigures, item_figures
from .marks import ItemMark, Marked, Summary, is_passed, mark, summary
from .numbers import mean, root, variance
from .pairing import Gain, Pair, Pairing, Taker, gain, pair

__all__ = [
    "Attempt",
    "Description",
    "Gain",
    "ItemFigures",
    "ItemMark",
    "Level",
    "LevelBand",
    "Marked",
    "Pair",
    "Pairing",
    "Summary",
    "Taker",
    "counting_attempts",
    "describe",
    "gain",
    "is_passed",
    "item_figures",
    "level_of",
    "mark",
    "mean",
    "pair",
    "root",
    "summary",
    "variance",
]
