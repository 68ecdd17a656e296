"""What a signal means, in words: title, what was measured, and why it may be quite in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from sucharit.assessments.engine.quality import Code


@dataclass(frozen=True)
class SignalText:
    """``lawful``: explanations to look for before anything else."""

    title: Any
    measured: Any
    lawful: tuple[Any, ...]


TEXTS: dict[str, SignalText] = {
    Code.STRAIGHT_LINE: SignalText(
        _("Same option all the way down"),
        _("Share of respondents who took one and the same option at every question of the commonest scale."),
        (
            _("Respondents are content with everything, or answered in a hurry."),
            _("Few questions, so that the same option comes about by chance."),
        ),
    ),
    Code.SAME_ANSWERS: SignalText(
        _("Identical answer sheets"),
        _("Share of respondents whose whole sheet equals the commonest one."),
        (
            _("A small unit in which people agree."),
            _("Most took the best option throughout: see also the score at the ceiling."),
        ),
    ),
    Code.BURST: SignalText(
        _("Most answers in one week"),
        _("Share of the answers that came in the fullest week; nothing finer than a week is kept."),
        (
            _("A campaign week, a meeting or a service day at which the survey was announced."),
            _("A reminder from the ministry in that week."),
        ),
    ),
    Code.CEILING: SignalText(
        _("Score at the ceiling"),
        _("Score of the instrument: every respondent took the best option everywhere."),
        (_("A small unit that is trusted by those it serves."),),
    ),
    Code.PART_GAP: SignalText(
        _("Own answers and collected answers apart"),
        _("Points between what the public answered itself and what the assessors collected."),
        (
            _("Assessors asked at another service point or season."),
            _("Those who answer of their own accord are more content, or less."),
        ),
    ),
}  # fmt: skip


def title_of(code: str) -> str:
    """Title of a signal in the page's language."""
    return str(TEXTS[code].title)
