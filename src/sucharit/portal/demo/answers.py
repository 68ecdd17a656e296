"""Synthetic answers with known character: high means, a ceiling, unit and person effects. Assumptions are named here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sucharit.assessments.engine import Edition, NodeKind

# Assumptions (no source): chosen so that the ministry's mean lies near the published 92 of 2567.
MEAN = 0.925
UNIT_SD = 0.035
INDICATOR_SD = 0.025
PERSON_SD = 0.07
BRIBE_FLOOR = 0.955  # yes/no questions on bribes: nearly everybody says no
OIT_PASS = 0.955

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Character:
    """A unit's latent levels: one per indicator, 0–1, and its share of published OIT items."""

    indicators: dict[str, float]
    oit: float


def character(edition: Edition, seed: int, place: int, lift: float = 0.0) -> Character:
    """The latent levels of the ``place``-th unit. ``lift`` moves all of them (planted weak or strong units)."""
    rng = np.random.default_rng([seed, place, 1])
    own = rng.normal(MEAN + lift, UNIT_SD)
    codes = [g.code for g in edition.indicators]
    levels = {c: float(np.clip(own + rng.normal(0, INDICATOR_SD), 0.35, 0.99)) for c in codes}
    return Character(levels, float(np.clip(OIT_PASS + lift + rng.normal(0, 0.03), 0.4, 1.0)))


def people(
    edition: Edition, instrument: str, who: Character, n: int, seed: int, place: int
) -> Bytes:
    """Packed answers of ``n`` respondents, uint8[n, columns]; every question is compulsory, so none is missing."""
    rng = np.random.default_rng([seed, place, 2, sum(map(ord, instrument))])
    mood = rng.normal(0, PERSON_SD, n)
    columns = []
    for item in edition.items_of(instrument):
        indicator = next(
            c for c in edition.path(item.code) if edition.node_kind[c] is NodeKind.INDICATOR
        )
        for question in item.subquestions:
            points = np.array([float(o.points) for o in question.scale.options])
            by_rank = np.argsort(points, kind="stable")
            level = np.clip(who.indicators[indicator] + mood, 0.02, 0.995)
            if len(points) == 2:
                level = np.maximum(level, BRIBE_FLOOR)
            rank = rng.binomial(len(points) - 1, level)
            columns.append(by_rank[rank].astype(np.uint8))
    return np.stack(columns, axis=1) if columns else np.empty((n, 0), np.uint8)


def marks(edition: Edition, who: Character, seed: int, place: int) -> dict[str, str]:
    """Assessor's points per OIT item: the full or the least allowed points."""
    rng = np.random.default_rng([seed, place, 3])
    given = {}
    for item in edition.items_of("OIT"):
        allowed = sorted(item.allowed_points)
        given[item.code] = str(allowed[-1] if rng.random() < who.oit else allowed[0])
    return given
