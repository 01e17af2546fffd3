"""Small groups: which counts of a table are hidden, so that no figure points out a person.

A count below ``LEAST`` (and above nought) is hidden. Where the total stands beside the counts one
hidden count could be subtracted out, so others are hidden with it: primary and complementary
suppression (Willenborg & de Waal, Elements of Statistical Disclosure Control, 2001, ch. 6;
Hundepool et al., Statistical Disclosure Control, 2012, ch. 4). Greedy, for one row of counts with
a public total. It holds also against whoever knows the method and tries all tables that it would
answer like this (Wong et al., Minimality attack in privacy preserving data publishing, 2007).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

LEAST: Final = 5
"""The fewest people that a shown count may stand for."""
FEWEST_EACH: Final = 2
"""Fewer than so many for each group, on average: the whole spread is hidden."""


def hidden(counts: Sequence[int], *, least: int = LEAST) -> frozenset[int]:
    """Return the places of ``counts`` that must not be shown beside their total.

    ``counts`` (0 or more) are whole numbers of people in groups that leave nobody out; their sum
    is known to everybody. A thin spread is hidden whole, whatever it is. Else small counts are
    hidden, and with them the next larger ones (all that are equal) until the hidden ones are at
    least ``least`` people and not all the same number: then any of them may stand in the place of
    any other. Nothing is hidden that this does not need.

    Raises:
        ValueError: a negative count, or fewer than two groups, which a total would give away.
    """
    if any(count < 0 for count in counts):
        raise ValueError("counts must not be negative")
    if len(counts) < 2:
        raise ValueError("a spread has at least two groups")
    everything = frozenset(range(len(counts)))
    if 0 < sum(counts) < FEWEST_EACH * len(counts):
        return everything
    shut = {place for place, count in enumerate(counts) if 0 < count < least}
    if not shut:
        return frozenset()
    for next_larger in sorted({count for count in counts if count >= least}):
        if _safe(counts, shut, least):
            break
        shut |= {place for place, count in enumerate(counts) if count == next_larger}
    return frozenset(shut) if _safe(counts, shut, least) else everything


def _safe(counts: Sequence[int], shut: set[int], least: int) -> bool:
    values = [counts[place] for place in shut]
    return len(set(values)) > 1 and sum(values) >= least


def hidden_in_any(parts: Iterable[Sequence[int]], *, least: int = LEAST) -> frozenset[int]:
    """Return the places to hide in the sum of ``parts``, spreads over the same groups.

    Each part (one round of a year) has a public total of its own and may have been shown before
    the next was there: what is hidden in one of them is hidden in the sum.
    """
    return frozenset().union(*(hidden(part, least=least) for part in parts))


def small(count: int, *, least: int = LEAST) -> bool:
    """Whether a count of people, or a sum over so many, stands for too few to be shown."""
    return 0 < count < least
