"""Thresholds of the signals, from data/quality."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from sucharit.assessments.engine.quality import Code, Rule
from sucharit.assessments.library.strings import parse

FOLDER = Path(__file__).resolve().parents[1] / "data" / "quality"


@dataclass(frozen=True)
class RuleSet:
    """One version of the thresholds, with where they come from."""

    version: str
    verified: bool
    source_th: str
    source_en: str
    sha256: str
    rules: dict[Code, Rule]

    @property
    def source(self) -> str:
        """Where they come from, in the page's language."""
        return self.source_th if (get_language() or "th").startswith("th") else self.source_en


@cache
def rule_set() -> RuleSet:
    """The newest version."""
    path = max(FOLDER.glob("v[0-9][0-9][0-9].yaml"))
    text = path.read_text(encoding="utf-8")
    document = parse(text, path.name).document
    rules = {
        Code(code): Rule(
            Fraction(found["at_least"]), int(found["least_n"]), int(found.get("least_size", "0"))
        )
        for code, found in document["signals"].items()
    }
    return RuleSet(
        version=document["version"],
        verified=document["verified"] == "yes",
        source_th=document["source"]["th"],
        source_en=document["source"]["en"],
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        rules=rules,
    )
