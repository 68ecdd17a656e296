"""The keys of an instrument document: what may stand where, and of which form."""

import re
from types import MappingProxyType

SCHEMA = "sucharit/instrument@1"
KINDS = ("survey", "checklist", "test", "evaluation", "self_assessment")
AGGREGATIONS = ("mean", "weighted_mean", "sum", "min", "max", "median")
MISSING = ("drop", "zero", "propagate")
UNIT_ORDERS = ("item_mean_first", "respondent_mean_first")
EXTERNAL_TYPES = ("integer", "decimal", "text", "date", "boolean")
EVIDENCE = ("none", "optional", "required")

MAX_ITEMS = 2000
MAX_OPTIONS = 1000
MAX_TEXT = 5000
MAX_TITLE = 300

ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,59}")
SLUG = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
CODE = re.compile(r"[A-Za-z0-9_.-]{1,60}")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?")

DOCUMENT = {
    "schema": "schema",
    "id": "slug",
    "version": "version",
    "fiscal_year": "year",
    "kind": "kind",
    "languages": "languages",
    "title": "short_label",
    "verified": "yesno",
    "source": "text",
    "profiles": "profiles",
    "external": "external",
    "scales": "scales",
    "items": "items",
    "scoring": "scoring",
    "bands": "bands",
}
DOCUMENT_NEEDS = ("schema", "id", "version", "kind", "languages", "title", "items")

ITEM = {
    "id": "id",
    "type": "item_type",
    "in": "id",
    "title": "label",
    "label": "label",
    "hint": "label",
    "scale": "id",
    "required": "yesno",
    "required_message": "label",
    "reverse": "yesno",
    "weight": "weight",
    "indicator": "id",
    "relevant": "expression",
    "constraint": "expression",
    "constraint_message": "label",
    "choice_filter": "filter",
    "calculation": "expression",
    "repeat_count": "expression",
    "evidence": "evidence",
    "profiles": "codes",
    "not_applicable": "yesno",
    "min": "bound",
    "max": "bound",
    "step": "number",
    "max_chars": "count",
    "default": "text",
    "allowed": "numbers",
    "correct": "codes",
    "points": "number",
    "appearance": "text",
    "read_only": "yesno",
}

_PLACED = ("id", "type", "in", "relevant", "profiles", "hint", "appearance")
_SCORED = ("weight", "indicator")
_ASKED = (
    *_PLACED,
    *("label", "required", "required_message", "constraint", "constraint_message", "evidence"),
    *("not_applicable", "default", "read_only"),
)
_OPTIONS = ("scale", "choice_filter")
_TESTED = ("correct", "points")

ITEM_KEYS = MappingProxyType(
    {
        "section": (*_PLACED, "title"),
        "repeat": (*_PLACED, "title", "min", "max", "repeat_count"),
        "note": (*_PLACED, "label"),
        "choice": (*_ASKED, *_SCORED, *_OPTIONS, *_TESTED, "reverse"),
        "choices": (*_ASKED, *_SCORED, *_OPTIONS, *_TESTED),
        "rank": (*_ASKED, *_OPTIONS),
        "integer": (*_ASKED, *_SCORED, *_TESTED, "min", "max", "step"),
        "decimal": (*_ASKED, *_SCORED, *_TESTED, "min", "max", "step"),
        "range": (*_ASKED, *_SCORED, "min", "max", "step", "reverse"),
        "points": (*_ASKED, *_SCORED, "allowed"),
        "text": (*_ASKED, "max_chars"),
        "date": (*_ASKED, "min", "max"),
        "time": _ASKED,
        "datetime": _ASKED,
        "file": _ASKED,
        "image": _ASKED,
        "geopoint": _ASKED,
        "acknowledge": _ASKED,
        "hidden": (*_PLACED, "label", "default"),
        "calculate": (*_PLACED, *_SCORED, "label", "calculation"),
    }
)
ITEM_NEEDS = MappingProxyType(
    {
        "section": ("title",),
        "repeat": ("title",),
        "calculate": ("calculation",),
        "hidden": (),
        "choice": ("label", "scale"),
        "choices": ("label", "scale"),
        "rank": ("label", "scale"),
        "range": ("label", "min", "max"),
        "points": ("label", "allowed"),
    }
)
"""What an item of a type must have besides id and type; ("label",) where nothing is said."""

OPTION = {"code": "code", "label": "label", "points": "number", "na": "yesno"}
PROFILE = {"title": "label", "unit_types": "codes"}
EXTERNAL = {"type": "external_type", "title": "label"}
SCORING = {"nodes": "nodes", "unit_order": "unit_order", "round": "round"}
NODE = {
    "title": "label",
    "agg": "aggregation",
    "of": "parts",
    "missing": "missing",
    "min_answered": "count",
}
BAND = {
    "code": "code",
    "title": "label",
    "min": "number",
    "requires": "expression",
    "passed": "yesno",
}
