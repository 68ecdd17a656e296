"""How far two stages differ: agreement, mean difference, Cohen's kappa; exact, and silent where n is too small.

Kappa (Cohen 1960): (po - pe) / (1 - pe); po = observed agreement, pe = agreement expected from the two
stages' own shares of each value. Undefined where pe = 1 (both always say the same one thing).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

NOT_APPLICABLE = "n/a"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One item of one unit, judged at two stages. ``first_points``: None for a plain number or "n/a"."""

    unit: str
    item: str
    first: str  # value, or NOT_APPLICABLE
    second: str
    first_points: Fraction | None = None
    second_points: Fraction | None = None

    @property
    def agrees(self) -> bool:
        return self.first == self.second


@dataclass(frozen=True, slots=True)
class Difference:
    """Two stages compared over some judgements. ``mean_difference``: second minus first, in points."""

    key: str  # item, unit, or "" for all
    n: int
    agreed: int
    agreement: Fraction | None  # share 0–1; None when n = 0
    n_points: int  # judgements with points on both sides
    mean_difference: Fraction | None
    lowered: int
    raised: int
    kappa: Fraction | None
    kappa_why: str  # "" | "few" (n below enough) | "one_value" (undefined)


def kappa(pairs: Sequence[tuple[str, str]]) -> Fraction | None:
    """Cohen's kappa of two judges over the same things; None where it is undefined."""
    n = len(pairs)
    if n == 0:
        return None
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    observed = Fraction(sum(a == b for a, b in pairs), n)
    expected = Fraction(sum(first[v] * second[v] for v in first), n * n)
    return None if expected == 1 else (observed - expected) / (1 - expected)


def compare(rows: Iterable[Judgement], *, enough: int) -> Difference:
    """Compare over all rows. ``enough``: kappa is shown from that many categorical judgements on."""
    return _one("", list(rows), enough)


def by(
    rows: Iterable[Judgement], key: Callable[[Judgement], str], *, enough: int
) -> tuple[Difference, ...]:
    """Compare group by group, in the order in which the keys first appear."""
    groups: dict[str, list[Judgement]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return tuple(_one(k, found, enough) for k, found in groups.items())


def _one(key: str, rows: Sequence[Judgement], enough: int) -> Difference:
    n = len(rows)
    agreed = sum(r.agrees for r in rows)
    steps = [
        r.second_points - r.first_points
        for r in rows
        if r.first_points is not None and r.second_points is not None
    ]
    # Plain numbers are no categories: their values hardly ever meet by chance.
    judged = [(r.first, r.second) for r in rows if _categorical(r)]
    value, why = None, "few"
    if judged and len(judged) >= enough:
        value = kappa(judged)
        why = "" if value is not None else "one_value"
    return Difference(
        key=key,
        n=n,
        agreed=agreed,
        agreement=Fraction(agreed, n) if n else None,
        n_points=len(steps),
        mean_difference=sum(steps, Fraction(0)) / len(steps) if steps else None,
        lowered=sum(s < 0 for s in steps),
        raised=sum(s > 0 for s in steps),
        kappa=value,
        kappa_why=why,
    )


def _categorical(row: Judgement) -> bool:
    return all(
        points is not None or value == NOT_APPLICABLE
        for value, points in ((row.first, row.first_points), (row.second, row.second_points))
    )
