"""What figures and rows of the ledger are called on the pages and in the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from idesluss.funding.reads.ledger import (
    APPLIED,
    DECIDED,
    RECOMMENDED,
    SET_ASIDE,
    UNKNOWN,
    Line,
)
from idesluss.funding.vocab import Posted
from idesluss.logic.money import MINOR_PER_UNIT
from idesluss.logic.sheets.plain import Cell

NAMES: Mapping[str, str | Promise] = {
    SET_ASIDE: _("Set aside for the year"),
    "carried_in": _("Carried over from the year before"),
    "added": _("Added"),
    "carried_out": _("Carried over to the year after"),
    "handed_back": _("Handed back to the municipality"),
    "total": _("The pot in all"),
    "bound": _("Bound by projects"),
    "free": _("Free in the pot"),
    APPLIED: pgettext_lazy("figure of the ledger", "Applied for"),
    RECOMMENDED: pgettext_lazy("figure of the ledger", "Recommended"),
    DECIDED: _("Granted, as decided"),
    "changed": _("Changed later"),
    "granted": _("Granted now"),
    "released": _("Released to projects"),
    "unreleased": _("Not released yet"),
    UNKNOWN: _("Granted, and nothing more known"),
    "used": pgettext_lazy("figure of the ledger", "Used"),
    "returned": pgettext_lazy("figure of the ledger", "Returned"),
    "unused": _("Left with projects"),
    "later": _("Committed for later years"),
}
"""What each figure is called."""

OF_POT = (SET_ASIDE, "carried_in", "added", "carried_out", "handed_back", "total", "bound", "free")
OF_PROJECTS = (
    APPLIED, RECOMMENDED, DECIDED, "changed", "granted", UNKNOWN, "released", "unreleased", "used",
    "returned", "unused", "later",
)  # fmt: skip
SUMS = ("total", "free", "granted", "unused")  # what others above them come to
ALWAYS = (SET_ASIDE, "total", "bound", "free", DECIDED, "granted", "released", "used", "unused")

ROWS: Mapping[str, str | Promise] = {
    SET_ASIDE: NAMES[SET_ASIDE],
    APPLIED: NAMES[APPLIED],
    RECOMMENDED: NAMES[RECOMMENDED],
    DECIDED: NAMES[DECIDED],
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it is shown: minor units, None when it is not told to this reader."""

    key: str
    name: str
    minor: int | None
    is_sum: bool
    url: str


def figure_list(
    keys: Iterable[str], sums: Mapping[str, int], url: str, *, whole: bool
) -> list[Figure]:
    """The figures worth showing, in their order; those of nothing are left out.

    Unless ``whole``, what is free is not told: it would give away what is shut.
    """
    found = []
    for key in keys:
        told = whole or key not in ("bound", "free")
        if key in ALWAYS or sums[key]:
            minor = sums[key] if told else None
            found.append(Figure(key, str(NAMES[key]), minor, key in SUMS, f"{url}?of={key}"))
    return found


def called(line: Line) -> str:
    """What a row says, in words."""
    if line.what in ROWS:
        return str(ROWS[line.what])
    return capfirst(str(Posted(line.what).label))


def head() -> Sequence[str]:
    """The headings of a file of rows."""
    return (
        gettext("Day"),
        gettext("What"),
        gettext("Project"),
        gettext("Register number"),
        gettext("Year"),
        gettext("Sum"),
        gettext("Currency"),
        gettext("Reason"),
        gettext("Written by"),
    )


def cells(line: Line, currency: str, day: str) -> Sequence[Cell]:
    """A row as the cells of a file; whole kronor or euro, with decimals where there are any."""
    idea = line.application.idea if line.application else None
    whole, part = divmod(line.minor, MINOR_PER_UNIT)
    return (
        day,
        called(line),
        " · ".join(filter(None, [idea.title if idea else "", line.implementer])),
        idea.register_number if idea else "",
        line.year,
        line.minor / MINOR_PER_UNIT if part else whole,
        currency,
        line.reason,
        line.by.name if line.by else "",
    )
