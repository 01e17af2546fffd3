"""Several people write the same case at once, and nobody's words are lost.

Whoever writes sends, beside the new values, fingerprints of the values they had before them. From
that it can be told, field by field, who changed what: what only one changed is kept, and where
both changed the same field to different things, a person chooses.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

Value: TypeAlias = (
    str | int | date | tuple[int, ...] | tuple[tuple[str, int, str, int | None], ...] | None
)
"""What one field may hold: text, a number, a day, several numbers, the lines of a budget."""


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that both changed: what lies there now, and what the writer wanted."""

    theirs: Value
    mine: Value


@dataclass(frozen=True, slots=True)
class Merged:
    """What to write, and what a person has to choose between; both by field."""

    changes: Mapping[str, Value] = field(default_factory=dict)
    clashes: Mapping[str, Clash] = field(default_factory=dict)


def fingerprint(value: Value) -> str:
    """Return twelve letters that tell ``value`` from others (a 48-bit SHA-256)."""
    written = json.dumps(value, ensure_ascii=False, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:12]


def fingerprints(values: Mapping[str, Value]) -> dict[str, str]:
    """Return the fingerprint of every field."""
    return {name: fingerprint(value) for name, value in values.items()}


def merge(now: Mapping[str, Value], wanted: Mapping[str, Value], seen: Mapping[str, str]) -> Merged:
    """Return what of ``wanted`` to write over ``now``.

    ``seen`` holds the fingerprints of what the writer had before them. A field without one counts
    as unseen: it clashes unless both agree. Fields that are not in ``wanted`` are left alone.

    Raises:
        KeyError: a wanted field that ``now`` does not have.
    """
    changes: dict[str, Value] = {}
    clashes: dict[str, Clash] = {}
    for name, mine in wanted.items():
        theirs = now[name]
        before = seen.get(name)
        if mine == theirs or before == fingerprint(mine):
            continue  # the same already, or not touched by the writer
        if before == fingerprint(theirs):
            changes[name] = mine
        else:
            clashes[name] = Clash(theirs=theirs, mine=mine)
    return Merged(changes, clashes)
