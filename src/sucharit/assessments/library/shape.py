"""The shape of data files: JSON Schema (draft 2020-12), findings with line and key."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator, FormatChecker

from sucharit.assessments.library.places import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema.exceptions import ValidationError

    from sucharit.assessments.library.problems import FileProblem
    from sucharit.assessments.library.strings import Parsed


def shape_problems(parsed: Parsed, schema: str) -> list[FileProblem]:
    """Every place where the document leaves `data/schema/<schema>.schema.json`."""
    errors = _validator(schema).iter_errors(parsed.document)
    return [problem for error in errors for problem in _read(parsed, error)]


@cache
def _validator(schema: str) -> Draft202012Validator:
    text = (SCHEMAS / f"{schema}.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text), format_checker=FormatChecker(("date",)))


def _read(parsed: Parsed, found: ValidationError) -> Iterator[FileProblem]:
    error: Any = found  # its attributes are declared as possibly unset
    path = tuple(error.absolute_path)
    if error.validator == "additionalProperties":
        known = set(error.schema.get("properties", {}))
        for key in error.instance:
            if key not in known:
                yield parsed.problem((*path, key), f"unknown key; known here: {_list(known)}")
    elif error.validator == "required":
        for key in error.validator_value:
            if key not in error.instance:
                yield parsed.problem(path, f"the key {key} is missing")
    elif "propertyNames" in error.absolute_schema_path:
        yield parsed.problem((*path, str(error.instance)), _explain(error))
    else:
        yield parsed.problem(path, _explain(error))


def _explain(error: ValidationError) -> str:
    wanted = error.schema.get("description") if isinstance(error.schema, dict) else None
    short = repr(error.instance)
    short = short if len(short) <= 60 else short[:57] + "…"
    if error.validator == "type":
        return f"{short} should be {_type(error.validator_value)}"
    if wanted:
        return f"{short} is not {wanted}"
    if error.validator in {"minLength", "minItems", "minProperties"}:
        return "must not be empty"
    if error.validator == "enum":
        return f"{short} is not one of {_list(error.validator_value)}"
    return error.message


def _type(wanted: Any) -> str:
    return {"object": "a mapping", "array": "a list", "string": "text"}.get(wanted, str(wanted))


def _list(values: Any) -> str:
    return ", ".join(sorted(str(value) for value in values))
