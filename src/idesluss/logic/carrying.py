"""What a case that others are merged into holds of theirs, besides its own.

A case that is merged keeps what it had, untouched; the one that goes on gets a copy of what it
lacks. So it can be told at any time, from what each of them has, what must be there: taking one
out again leaves exactly what would be there if it had never come.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence


def carried(
    own: Collection[int], joined: Sequence[tuple[int, Collection[int]]]
) -> Mapping[int, int]:
    """Return whom each merged case adds: from person to the case that brings them.

    ``own`` are the people that the case has by itself, ``joined`` the merged cases in the order in
    which they came, each with its people. Somebody who is in several is brought by the first.
    """
    brought: dict[int, int] = {}
    for case, people in joined:
        for person in people:
            if person not in own:
                brought.setdefault(person, case)
    return brought
