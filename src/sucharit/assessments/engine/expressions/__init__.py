"""The one expression language of instruments: a small subset of ODK XPath, exact and total.

Names are always `${name}`, `.` is the value itself. `parse` gives a tree of frozen nodes, `check`
says what its types do not allow, `evaluate` computes with Fractions and never raises. Used for
relevance, constraints, calculations, choice filters and the conditions of bands. See
docs/instruments.md; the functions stand in `functions.py`.
"""

from .errors import ExpressionError
from .evaluation import Context, evaluate, truth
from .functions import FUNCTIONS
from .kinds import Clash, Kind, Type
from .nodes import Binary, Call, Column, Here, Name, Negative, Node, Number, Text
from .parser import parse
from .printing import columns, names, to_xpath, uses, walk
from .types import check, infer
from .values import Rows, Value, number_of, number_text, same, text_of

__all__ = [
    "FUNCTIONS",
    "Binary",
    "Call",
    "Clash",
    "Column",
    "Context",
    "ExpressionError",
    "Here",
    "Kind",
    "Name",
    "Negative",
    "Node",
    "Number",
    "Rows",
    "Text",
    "Type",
    "Value",
    "check",
    "columns",
    "evaluate",
    "infer",
    "names",
    "number_of",
    "number_text",
    "parse",
    "same",
    "text_of",
    "to_xpath",
    "truth",
    "uses",
    "walk",
]
