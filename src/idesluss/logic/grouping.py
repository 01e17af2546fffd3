"""Small groups of what is alike, from weighed pairs: the strongest pairs first, weak links cut.

Kruskal's way to a spanning forest (Kruskal 1956), with groups that may grow to a size and no
further: a chain of things each a little like the next never becomes one heap.
"""

from __future__ import annotations

from collections.abc import Iterable

Pair = tuple[int, int, float]
"""Two numbers, and how alike they are."""


def groups(pairs: Iterable[Pair], most: int) -> list[tuple[int, ...]]:
    """Return the groups of two to ``most`` numbers that ``pairs`` bind together.

    A pair that would make a group larger than ``most`` is left out; so is one of a number with
    itself. Each number stands in at most one group; groups, and the numbers in them, are in
    order. Pairs equally strong are taken in the order of their numbers, so that the result does
    not depend on the order they come in, and numbers that no pair connects never matter to each
    other.
    """
    home: dict[int, list[int]] = {}
    ordered = sorted((-weight, min(a, b), max(a, b)) for a, b, weight in pairs if a != b)
    for _, a, b in ordered:
        one, two = home.setdefault(a, [a]), home.setdefault(b, [b])
        if one is two or len(one) + len(two) > most:
            continue
        if len(one) < len(two):
            one, two = two, one
        one.extend(two)
        for number in two:
            home[number] = one
    found = {id(it): tuple(sorted(it)) for it in home.values() if len(it) > 1}
    return sorted(found.values())
