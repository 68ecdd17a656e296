"""Large documents: what a checklist of hundreds of items costs, and that chains don't overflow."""

from __future__ import annotations

import time

from sucharit.assessments.engine.instruments import (
    Instrument,
    check_document,
    diff,
    evaluate,
    score,
)

from .documents import TODAY, small

COUNT = 1000
SCALE = {"s": {"options": [{"code": c, "label": {"th": c}, "points": c} for c in "0123"]}}


def chain():
    """Every item hangs on the one before it: the longest way relevance can go."""
    items = [
        {"id": f"q{n}", "type": "choice", "scale": "s", **({"relevant": f"${{q{n - 1}}} > 1"} if n else {})}
        for n in range(COUNT)
    ]  # fmt: skip
    of = [one["id"] for one in items]
    node = {"title": {"th": "รวม"}, "agg": "sum", "of": of}
    return small(*items, scales=SCALE, scoring={"nodes": {"total": node}})


def test_a_thousand_items_in_a_chain():
    document = chain()
    started = time.perf_counter()
    assert check_document(document) == []
    instrument = Instrument.from_document(document)
    answers = {item.id: "3" for item in instrument.items}
    full = evaluate(instrument, answers, today=TODAY)
    assert score(instrument, full).total.value == 3 * COUNT
    # The first one falls, and with it everything behind.
    cut = evaluate(instrument, answers | {"q0": "1"}, today=TODAY)
    assert len(cut.dropped) == COUNT - 1
    assert score(instrument, cut).total.value == 1
    other = chain()
    other["items"] = other["items"][: COUNT // 2]
    other["scoring"]["nodes"]["total"]["of"] = other["scoring"]["nodes"]["total"]["of"][
        : COUNT // 2
    ]
    assert diff(document, other).level == "major"
    assert time.perf_counter() - started < 20
