"""What plans hands to the registry; each room has its own ``showing`` and is called here."""

from __future__ import annotations


def register() -> None:
    """Hand everything in, room by room."""
    from sucharit.plans.areas import showing as areas
    from sucharit.plans.budget import showing as budget
    from sucharit.plans.indicators import showing as indicators
    from sucharit.plans.reports import showing as reports
    from sucharit.plans.rollout import showing as rollout
    from sucharit.plans.strategy import showing as strategy

    areas.register()
    budget.register()
    reports.register()
    rollout.register()
    indicators.register()
    strategy.register()
    from sucharit.plans.work import showing as work

    work.register()
