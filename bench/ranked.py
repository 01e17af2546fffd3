"""How good a ranking is: measures with graded relevance, and how well silence is kept."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

GOOD = 2  # the grade from which something counts as relevant
DEPTH = 10


def ndcg(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """Normalised discounted cumulative gain at ten (Järvelin & Kekäläinen 2002), 0 to 1.

    The gain is 2^grade - 1, the discount log2 of the place plus one; no relevant thing gives 0.
    """
    best = _gained(sorted(grades.values(), reverse=True)[:DEPTH])
    return _gained([grades.get(it, 0) for it in ranked[:DEPTH]]) / best if best else 0.0


def recall(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """The share of what is relevant that stands among the first ten, of at most ten."""
    relevant = {it for it, grade in grades.items() if grade >= GOOD}
    if not relevant:
        return 0.0
    return len(relevant.intersection(ranked[:DEPTH])) / min(DEPTH, len(relevant))


def reciprocal_rank(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """One over the place of the first relevant thing; 0 if there is none."""
    places = (place for place, it in enumerate(ranked, 1) if grades.get(it, 0) >= GOOD)
    return 1 / next(places, math.inf)


def told_apart(with_answer: Sequence[float], without: Sequence[float]) -> float:
    """The area under the curve: how often a question with an answer scores above one without."""
    pairs = [(high > low) + 0.5 * (high == low) for high in with_answer for low in without]
    return mean(pairs)


def mean(figures: Iterable[float]) -> float:
    """The mean; 0 of nothing."""
    listed = list(figures)
    return sum(listed) / len(listed) if listed else 0.0


def _gained(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1))
