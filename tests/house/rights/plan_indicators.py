"""Rules of strategies and indicators: the side's unit owns an indicator with a target and a figure."""

from __future__ import annotations

from tests.house.rights import EDIT, EXPORT, PUBLIC, SIGNED_IN, VIEW, Rule

ONE = ("pk:indicator",)
UNIT = ("code", "fiscal_year")
RULES: dict[str, Rule] = {
    "api:list_indicators": Rule(PUBLIC),
    "api:unit_figures": Rule(PUBLIC, ("code",)),
    "plans:strategies": Rule(PUBLIC),
    "plans:goal": Rule(PUBLIC, ("pk:goal",)),
    "plans:indicators": Rule(SIGNED_IN),
    "plans:indicators_verify": Rule(SIGNED_IN),
    "plans:indicator_new": Rule(EDIT),
    "plans:indicator": Rule(VIEW, ONE),
    "plans:indicator_version": Rule(EDIT, ONE),
    "plans:indicator_retire": Rule(EDIT, ONE, post=True),
    "plans:indicator_target": Rule(EDIT, ("pk:indicator", *UNIT)),
    "plans:figure": Rule(EDIT, ("pk:indicator", *UNIT, "seq")),
    "plans:figure_record": Rule(VIEW, ("pk:figure",)),
    "plans:indicators_unit": Rule(VIEW, UNIT),
    "plans:indicators_count": Rule(EDIT, UNIT, post=True),
    "plans:indicators_roll": Rule(VIEW, UNIT),
    "plans:indicators_files": Rule(EXPORT, (*UNIT, "form")),
}


def fill(make: object, side: dict[str, object]) -> dict[str, object]:
    """An indicator of the side's unit with a figure of the first quarter."""
    from sucharit.core.actors import System
    from sucharit.plans.indicators import services
    from sucharit.plans.models import Goal, Strategy

    unit, actor = side["unit"], System("test")
    one = services.create_indicator(
        actor=actor, owner_unit=unit, code=f"i-{side['code']}",
        values={"name_th": "จำนวน", "measure": "count", "direction": "increase"},
    )  # fmt: skip
    made = services.enter_actual(
        actor=actor, indicator=one, unit=unit, fiscal_year=2567, seq=1, entry=services.Entry(10_000)
    )
    strategy, _new = Strategy.objects.get_or_create(
        code="rights", version="1",
        defaults={"level": "master", "title_th": "แผน", "from_fy": 2561, "to_fy": 2580},
    )  # fmt: skip
    goal, _new = Goal.objects.get_or_create(
        strategy=strategy, code="1", defaults={"title_th": "เป้าหมาย"}
    )
    return {"pk:indicator": one.pk, "pk:figure": made.pk, "pk:goal": goal.pk, "seq": 1}
