"""What a finding says to a person: the sentence and what to do, in the page's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from sucharit.orgs.finding_texts import TEXTS

if TYPE_CHECKING:
    from sucharit.orgs.engine.register.shapes import Finding


def sentence(finding: Finding) -> str:
    """What is the matter."""
    return gettext(TEXTS[finding.code][0]) % finding.data


def advice(finding: Finding) -> str:
    """What to do."""
    return gettext(TEXTS[finding.code][1])
