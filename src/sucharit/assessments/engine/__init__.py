"""The arithmetic of an assessment, in plain Python: editions, answers, counts, scores, reasons.

Imports no Django and touches no file. Start with `Edition.from_document` and `score_unit`; a whole
nation is scored from a `CountCube` by `score_units`. See docs/scoring.md.
"""

from .bulk import NOT_APPLICABLE, NOT_SUBMITTED, STATUSES, BulkInput, BulkScores, score_units
from .check import Problem, check_edition
from .cube import CountCube, unit_counts
from .document import DocumentError
from .exact import display, exact, fraction_text, half_up, units_text
from .explain import Explanation, explain
from .groups import (
    Change,
    Decomposition,
    GroupStatistics,
    comparable,
    decompose,
    dense_ranks,
    group_statistics,
    passes,
)
from .inputs import InputError, Response, UnitCounts, UnitInput, check_mark, check_value
from .layout import Layout
from .leverage import Gain, gains, leverage
from .model import (
    TOTAL,
    Band,
    Edition,
    EitMerge,
    Group,
    Instrument,
    Item,
    Label,
    MergeMode,
    NodeKind,
    Option,
    Rounding,
    SampleRule,
    Scale,
    ShortfallMode,
    SubQuestion,
)
from .packing import MISSING, AnswerError, pack, unpack
from .results import NOT_SCORED, Level, NodeScore, Note, PartScore, Status, UnitScore, level_of
from .rollup import GroupTable, rollup
from .rules import NOTES, RULES
from .sample import Margin, SurveyError, margin_of_error, respondent_sd, sample_size
from .scoring import require_items, score_unit

__all__ = [
    "MISSING",
    "NOTES",
    "NOT_APPLICABLE",
    "NOT_SCORED",
    "NOT_SUBMITTED",
    "RULES",
    "STATUSES",
    "TOTAL",
    "AnswerError",
    "Band",
    "BulkInput",
    "BulkScores",
    "Change",
    "CountCube",
    "Decomposition",
    "DocumentError",
    "Edition",
    "EitMerge",
    "Explanation",
    "Gain",
    "Group",
    "GroupStatistics",
    "GroupTable",
    "InputError",
    "Instrument",
    "Item",
    "Label",
    "Layout",
    "Level",
    "Margin",
    "MergeMode",
    "NodeKind",
    "NodeScore",
    "Note",
    "Option",
    "PartScore",
    "Problem",
    "Response",
    "Rounding",
    "SampleRule",
    "Scale",
    "ShortfallMode",
    "Status",
    "SubQuestion",
    "SurveyError",
    "UnitCounts",
    "UnitInput",
    "UnitScore",
    "check_edition",
    "check_mark",
    "check_value",
    "comparable",
    "decompose",
    "dense_ranks",
    "display",
    "exact",
    "explain",
    "fraction_text",
    "gains",
    "group_statistics",
    "half_up",
    "level_of",
    "leverage",
    "margin_of_error",
    "pack",
    "passes",
    "require_items",
    "respondent_sd",
    "rollup",
    "sample_size",
    "score_unit",
    "score_units",
    "unit_counts",
    "units_text",
    "unpack",
]
