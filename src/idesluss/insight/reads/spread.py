"""How a year spreads over departments or goals, with small groups hidden.

What was granted is public record, group by group. How many others there were in a group is not:
it, and with it how many came in, is hidden where it would point people out. It is decided round
by round, so that what a later round adds to a year cannot be subtracted out either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from idesluss.insight.reads.counts import Tally
from idesluss.insight.reads.rounds import Told
from idesluss.logic.disclosure import hidden_in_any
from idesluss.logic.outcomes import GIVES_MONEY


@dataclass(frozen=True, slots=True)
class Group:
    """A department or a goal. ``key`` None: the case does not say. ``received`` None: hidden."""

    key: int | None
    name: str
    received: int | None
    granted: int
    sums: Mapping[str, int]

    @property
    def share(self) -> float | None:
        """Granted of received, 0 to 1; None when hidden, or when nothing came in."""
        return self.granted / self.received if self.received else None


def spread(
    rounds: Sequence[Told],
    counted: Sequence[Tally],
    kinds: tuple[str, str],
    names: Mapping[int, str],
    *,
    group_of: Mapping[int, int] | None,
    current: frozenset[tuple[str, int]],
) -> tuple[Group, ...]:
    """Return the groups of one year in the order of ``names``, those with nothing left out.

    ``kinds`` are the tallies of cases and of grants; ``group_of`` what a key belongs to (None:
    itself). Nothing when everybody belongs to one group: then there is no spread.
    """
    word = kinds[0]
    received: Counter[tuple[int, int | None]] = Counter()
    granted: Counter[tuple[int, int | None]] = Counter()
    sums: dict[int | None, Counter[str]] = {}
    for one in counted:
        if one.kind not in kinds:
            continue
        key = one.key if group_of is None or one.key is None else group_of[one.key]
        if one.kind == word:
            received[one.round, key] += one.n
            granted[one.round, key] += one.n if one.what in GIVES_MONEY else 0
        else:
            sums.setdefault(key, Counter())[one.currency] += one.minor
    there = {key for _, key in received}
    groups: list[int | None] = [it for it in names if it in there or (word, it) in current]
    groups += [None] if None in there else []
    if len(groups) < 2:
        return ()
    others = [[received[r.pk, it] - granted[r.pk, it] for it in groups] for r in rounds]
    shut = hidden_in_any(others)
    return tuple(
        Group(
            key=key,
            name=names[key] if key is not None else "",
            received=None if place in shut else sum(received[r.pk, key] for r in rounds),
            granted=sum(granted[r.pk, key] for r in rounds),
            sums=dict(sorted(sums.get(key, Counter()).items())),
        )
        for place, key in enumerate(groups)
        if place in shut or any(received[r.pk, key] for r in rounds)
    )
