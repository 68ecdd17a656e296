"""The pyramid as plain data: how many units reached which level?"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from django.utils.translation import gettext as _

from sucharit.assessments.checklists.values import words
from sucharit.assessments.engine import display
from sucharit.assessments.moral.data import TITLES
from sucharit.assessments.moral.queries import Overview
from sucharit.core.charts import Chart

COLUMNS = ("level", "name_th", "units", "of_assessed_percent", "of_all_percent")


def percent(share: Fraction | None) -> str:
    """A share with two places, half up for the eye only; a dash where there is none."""
    return "–" if share is None else f"{display(share * 100)} %"


def level_name(found: Overview, level: int) -> str:
    """A level's number and name."""
    name = words(found.titles.get(level, {}))
    return f"{level} {name}".strip()


def pyramid_chart(found: Overview) -> Chart | None:
    """The chart and its table; None while nothing was assessed."""
    counts, whole = found.pyramid.counts, found.pyramid
    if not whole.assessed:
        return None
    names = [level_name(found, c.level) for c in counts]
    rows = [
        (name, str(c.n), percent(whole.of_assessed(c.n)), percent(whole.of_all(c.n)))
        for name, c in zip(names, counts, strict=True)
    ]
    return Chart(
        f"moral-{found.code.replace('.', '-')}",
        "bar",
        f"{TITLES.get(found.code, found.code)}: {_('units by level')}",
        (_("Level reached"), _("Units"), _("Of those assessed"), _("Of all units")),
        names,
        [(_("Units"), [float(c.n) for c in counts])],
        rows,
    )


def csv_rows(found: Overview) -> Iterable[tuple[str, ...]]:
    """The pyramid for files."""
    whole = found.pyramid
    for c in whole.counts:
        shares = (whole.of_assessed(c.n), whole.of_all(c.n))
        yield (
            str(c.level),
            found.titles.get(c.level, {}).get("th", ""),
            str(c.n),
            *("" if s is None else display(s * 100) for s in shares),
        )
