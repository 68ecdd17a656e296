"""How the columns, types and settings of XLSForm correspond to an instrument document.

One place for both directions: the reader and the writer take their names from here.
"""

from __future__ import annotations

import re

# --- languages -------------------------------------------------------------------------------
LANGUAGE_NAMES = {
    "th": "ไทย", "en": "English", "ms": "Melayu", "my": "မြန်မာ", "km": "ខ្មែរ", "lo": "ລາວ", "zh": "中文",
}  # fmt: skip
_SPOKEN = {name.lower(): code for code, name in LANGUAGE_NAMES.items()} | {
    "thai": "th",
    "ภาษาไทย": "th",
    "อังกฤษ": "en",
    "ภาษาอังกฤษ": "en",
    "malay": "ms",
}
_CODE = re.compile(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?$")
_IN_BRACKETS = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)\)\s*$")


def language_of(text: str) -> str | None:
    """What language "ไทย (th)", "th" or "Thai" says (th); None when nobody can tell."""
    text = text.strip()
    if found := _IN_BRACKETS.search(text):
        return _code(found[1])
    if text.lower() in _SPOKEN:
        return _SPOKEN[text.lower()]
    return _code(text) if _CODE.match(text) else None


def _code(text: str) -> str:
    """A language's code: the language in small letters, script or region as written."""
    language, sign, rest = text.partition("-")
    return f"{language.lower()}{sign}{rest}"


def language_name(code: str) -> str:
    """How the heads of columns name a language: "ไทย (th)" for th."""
    return f"{LANGUAGE_NAMES.get(code, code)} ({code})"


# --- sheets ----------------------------------------------------------------------------------
SHEETS = ("survey", "choices", "settings", "scoring", "bands", "profiles", "more")
ODK_SHEETS = ("external_choices", "entities", "osm")

# --- columns: canonical name → what it is called elsewhere -----------------------------------
ALIASES = {
    "caption": "label",
    "relevance": "relevant",
    "constraining_message": "constraint_message",
    "requiredmsg": "required_message",
    "calculate": "calculation",
    "readonly": "read_only",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "tag": "name",
    "command": "type",
}
CHOICE_ALIASES = {"caption": "label", "value": "name", "list name": "list_name", "points": "score"}
SETTING_ALIASES = {
    "id_string": "form_id",
    "set_form_id": "form_id",
    "set_form_title": "form_title",
    "title": "form_title",
}

TRANSLATED = frozenset(
    {"label", "hint", "constraint_message", "required_message", "guidance_hint", "title"}
)
MEDIA = frozenset({"image", "big-image", "audio", "video"})
# Columns of the sheet survey that mean something here.
SURVEY = (
    "type", "name", "label", "hint", "required", "required_message", "relevant", "constraint", "constraint_message",
    "default", "calculation", "choice_filter", "parameters", "repeat_count", "appearance", "read_only",
    "score", "correct", "reverse", "weight", "indicator", "evidence", "not_applicable", "profiles",
    "min", "max", "step", "max_chars", "item_type", "external",
)  # fmt: skip
# What ODK or Kobo know and what changes nothing in an answer: named, not taken over.
SURVEY_IGNORED = frozenset(
    {"guidance_hint", "note", "autoplay", "rows", *MEDIA}
)  # fmt: skip
# What would change the answers if it were left out.
SURVEY_REFUSED = frozenset({"trigger", "save_to", "disabled", "noapperrorstring"})
CHOICES = ("list_name", "name", "label", "score", "na")
CHOICES_IGNORED = frozenset({*MEDIA, "order"})
SETTINGS = (
    "form_title", "form_id", "version", "default_language",
    "kind", "fiscal_year", "verified", "source", "unit_order", "round_digits",
)  # fmt: skip
SETTINGS_IGNORED = frozenset(
    {
        "style", "instance_name", "public_key", "submission_url", "auto_send", "auto_delete", "allow_choice_duplicates",
        "name", "sms_keyword", "sms_separator", "namespaces", "client_editable", "prefix", "delimiter", "attribute",
    }
)  # fmt: skip
SCORING = ("node", "title", "agg", "of", "missing", "min_answered")
BANDS = ("code", "title", "min", "requires", "passed")
PROFILES = ("code", "title", "unit_types")
MORE = ("path", "value")

# --- types -----------------------------------------------------------------------------------
SELECTS = {"select_one": "choice", "select_multiple": "choices", "rank": "rank"}
PLAIN = (
    "text", "integer", "decimal", "date", "time", "datetime", "note", "calculate", "range",
    "file", "image", "geopoint", "acknowledge", "hidden",
)  # fmt: skip
TYPES = (*PLAIN, *SELECTS, "begin_group", "end_group", "begin_repeat", "end_repeat")
TYPE_ALIASES = {
    "int": "integer", "string": "text", "photo": "image", "datetime": "datetime", "dateTime": "datetime",
    "begin group": "begin_group", "end group": "end_group", "begin repeat": "begin_repeat",
    "end repeat": "end_repeat", "trigger": "acknowledge", "location": "geopoint", "gps": "geopoint",
}  # fmt: skip
SELECT_ALIASES = {
    "select one from": "select_one", "select one": "select_one", "select1": "select_one", "select_one": "select_one",
    "select all that apply from": "select_multiple", "select all that apply": "select_multiple",
    "select multiple": "select_multiple", "select_multiple": "select_multiple", "rank": "rank",
}  # fmt: skip
_PERSON = (
    "บันทึกข้อมูลของผู้ตอบหรือเครื่องโดยไม่แจ้ง",
    "it records the person or the device behind the answers",
)
_FOREIGN = ("ต้องใช้ข้อมูลหรือแอปภายนอก", "it needs outside data or an app")
REFUSED_TYPES: dict[str, tuple[str, str]] = {
    **dict.fromkeys(
        ("start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username",
         "email", "audit", "start-geopoint", "imei"),
        _PERSON,
    ),
    **dict.fromkeys(
        ("barcode", "background-audio", "background-geopoint", "audio", "video", "geotrace", "geoshape", "xml-external",
         "csv-external", "select_one_from_file", "select_multiple_from_file", "select_one_external", "loop", "osm"),
        _FOREIGN,
    ),
}  # fmt: skip

NAME = re.compile(r"^[A-Za-z_][A-Za-z0-9_.-]*$")
_DAY = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
WHOLE = re.compile(r"^[0-9]+$")
YES_NO = {
    **dict.fromkeys(("yes", "true", "true()", "ใช่", "y"), "yes"),
    **dict.fromkeys(("no", "false", "false()", "ไม่ใช่", "ไม่", "n"), "no"),
}


def bounds(low: str, high: str, longest: str) -> str:
    """Least and greatest value and longest text as an ODK constraint; "" when none is set.

    The document keeps them apart; ODK knows only ``constraint``. The reader takes exactly this
    text off again.
    """
    parts = [f". {sign} {_literal(side)}" for sign, side in ((">=", low), ("<=", high)) if side]
    if longest:
        parts.append(f"string-length(.) <= {longest}")
    return " and ".join(parts)


def _literal(bound: str) -> str:
    """A bound as XPath writes it: a number, a division, or a date."""
    if _DAY.match(bound):
        return f"date('{bound}')"
    return bound.replace("/", " div ")


def with_bounds(constraint: str, limits: str) -> str:
    """A constraint of one's own together with the bounds."""
    if not limits:
        return constraint
    return f"({constraint}) and {limits}" if constraint else limits


def without_bounds(constraint: str, limits: str) -> str:
    """What ``with_bounds`` was given; the text as it is when it wasn't made by it."""
    if not limits or constraint == limits:
        return "" if limits and constraint == limits else constraint
    end = f") and {limits}"
    whole = constraint.startswith("(") and constraint.endswith(end)
    return constraint[1 : -len(end)] if whole else constraint
