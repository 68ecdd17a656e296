"""The verification sample: drawn by anybody from the same seed with the same result."""

import hashlib
from collections.abc import Iterable

ALGORITHM = "sha256(seed|unit|item), lowest n"


def verification_sample(
    units: Iterable[str], items: Iterable[str], seed: str, n: int
) -> tuple[tuple[str, str], ...]:
    """``n`` of all (unit, item) pairs: those with the lowest SHA-256 of "seed|unit|item" (UTF-8).

    In the order of their digests; the order and doubles of the input do not matter. All pairs where
    ``n`` is larger. ValueError: negative ``n``, an empty seed, or a "|" in a part (two pairs could
    then share a text).
    """
    wanted = sorted(set(items))
    return sample_pairs(((u, i) for u in sorted(set(units)) for i in wanted), seed, n)


def sample_pairs(
    pairs: Iterable[tuple[str, str]], seed: str, n: int
) -> tuple[tuple[str, str], ...]:
    """The same, where units have different items (profiles, items that do not apply)."""
    if n < 0:
        raise ValueError("a sample has no negative size")
    if not seed or "|" in seed:
        raise ValueError("a seed has at least one sign, and no '|'")
    population = set(pairs)
    for unit, item in population:
        if "|" in unit or "|" in item:
            raise ValueError("codes may not hold '|'")
    ranked = sorted((_digest(seed, unit, item), unit, item) for unit, item in population)
    return tuple((unit, item) for _, unit, item in ranked[:n])


def _digest(seed: str, unit: str, item: str) -> bytes:
    return hashlib.sha256(f"{seed}|{unit}|{item}".encode()).digest()
