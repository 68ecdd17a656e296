"""Which level a total reaches, and which it misses by what."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sucharit.assessments.engine.exact import display, half_up
from sucharit.assessments.engine.expressions import Context, Value, names, text_of, to_xpath, truth

from .model import Band, Instrument
from .results import NodeResult, results_json

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class BandTrial:
    """One band that was looked at: what it asks for, what there is, whether it holds.

    `reads` are the values of what its condition names.
    """

    code: str
    holds: bool
    min: str
    total: str
    min_holds: bool
    requires: str
    requires_holds: bool
    reads: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Scored:
    """All scores of an instrument, the band, and the bands that were tried from the best down."""

    nodes: Mapping[str, NodeResult]
    items: Mapping[str, NodeResult]
    band: Band | None
    band_reason: tuple[BandTrial, ...]

    @property
    def total(self) -> NodeResult | None:
        """The score named total, when there is one."""
        return self.nodes.get(TOTAL)

    def as_json(self) -> dict[str, Any]:
        """Everything, to be stored beside a result."""
        return {
            "nodes": results_json(self.nodes),
            "items": results_json(self.items),
            "band": self.band.code if self.band else "",
            "band_reason": [
                {name: getattr(trial, name) for name in BandTrial.__dataclass_fields__}
                for trial in self.band_reason
            ],
        }


def leveled(
    instrument: Instrument,
    nodes: Mapping[str, NodeResult],
    items: Mapping[str, NodeResult],
    values: Mapping[str, Value],
) -> Scored:
    """The band: the first that holds, best first. Compared is the total as displayed.

    Without a total (missing, not applicable) no band holds that asks for one.
    """
    known: dict[str, Value] = {**values, **{code: one.value for code, one in nodes.items()}}
    total = nodes[TOTAL].value if TOTAL in nodes else None
    trials: list[BandTrial] = []
    for band in instrument.bands:
        trials.append(_try(band, total, instrument.digits, known))
        if trials[-1].holds:
            return Scored(nodes, items, band, tuple(trials))
    return Scored(nodes, items, None, tuple(trials))


def _try(band: Band, total: Fraction | None, digits: int, known: Mapping[str, Value]) -> BandTrial:
    reaches = total is not None
    if reaches and band.min is not None and total is not None:
        # The published level goes with the published figure: both sides as they are displayed.
        reaches = Fraction(half_up(total, digits), 10**digits) >= band.min
    fulfils = band.requires is None or truth(band.requires, Context(known))
    asked = sorted(names(band.requires)) if band.requires is not None else []
    return BandTrial(
        code=band.code,
        holds=reaches and fulfils,
        min="" if band.min is None else display(band.min, digits),
        total=display(total, digits),
        min_holds=reaches,
        requires="" if band.requires is None else to_xpath(band.requires),
        requires_holds=fulfils,
        reads={name: text_of(known.get(name)) for name in asked},
    )
