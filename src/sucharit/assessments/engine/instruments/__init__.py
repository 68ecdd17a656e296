"""Instruments: surveys, checklists, tests, evaluations and self-assessments as data.

One document (schema `sucharit/instrument@1`) says what is asked, when, of whom, and how it is
scored. Start with `Instrument.from_document`, then `evaluate` and `score`. `check_document` finds
what must not be published, `diff` what a new version changes. See docs/instruments.md.
"""

from .answers import blank, read_answer
from .bands import BandTrial, Scored
from .checks import check_document
from .checks.wording import missing_translations
from .evaluation import AnswerProblem, Evaluation
from .filling import defaults
from .filling import evaluate_answers as evaluate
from .keys import KINDS, SCHEMA
from .many import score_many
from .model import (
    Band,
    External,
    Instrument,
    Item,
    Label,
    Option,
    Profile,
    Scale,
    ScoreNode,
    said,
)
from .points import points_of
from .problems import DocumentError, DocumentProblem
from .results import MISSING, NOT_APPLICABLE, OK, NodeResult, Part
from .scoring import ScoringError, score
from .versions import Change, DocumentDiff, diff

__all__ = [
    "KINDS",
    "MISSING",
    "NOT_APPLICABLE",
    "OK",
    "SCHEMA",
    "AnswerProblem",
    "Band",
    "BandTrial",
    "Change",
    "DocumentDiff",
    "DocumentError",
    "DocumentProblem",
    "Evaluation",
    "External",
    "Instrument",
    "Item",
    "Label",
    "NodeResult",
    "Option",
    "Part",
    "Profile",
    "Scale",
    "ScoreNode",
    "Scored",
    "ScoringError",
    "blank",
    "check_document",
    "defaults",
    "diff",
    "evaluate",
    "missing_translations",
    "points_of",
    "read_answer",
    "said",
    "score",
    "score_many",
]
