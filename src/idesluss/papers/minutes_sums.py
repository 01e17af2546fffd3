"""The sums at the end of the minutes, each computed from its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from idesluss.funding.reads.minutes import Item, Minutes
from idesluss.logic.outcomes import COUNTS_AGAINST_POT, GIVES_MONEY
from idesluss.papers.look import Table, money


def sums_of(minutes: Minutes) -> list[dict[str, Any]]:
    """Tables of the pot, of each department and of each goal, with what is to be said below.

    Empty for a reader to whom some item is shut: the sums would tell what it holds.
    """
    totals, pot, currency = minutes["totals"], minutes["pot"], minutes["currency"]
    reason = minutes["overshoot_reason"]
    if totals is None:
        return []
    rows = [(_("Pot of %(year)s") % {"year": pot["year"]}, pot["amount_minor"])] if pot else []
    if totals["bound_minor"]:
        rows.append((_("Bound at earlier meetings"), totals["bound_minor"]))
    rows.append((_("Granted at this meeting"), totals["granted_minor"]))
    for year, minor in sorted(totals["later"].items()):
        rows.append((_("Promised from the pot of %(year)s") % {"year": year}, minor))
    over = totals["overshoot_minor"]
    left = (
        (_("Over the pot"), over) if over else (pgettext("minutes", "Left"), totals["left_minor"])
    )
    whole = Table(
        head=[_("The pot"), pgettext("minutes", "Sum")],
        sides="lr",
        rows=[[label, money(minor, currency)] for label, minor in rows],
        sums=[[label, money(minor, currency)] for label, minor in [left] if pot],
    )
    return [
        {"table": whole, "note": _note(_("Reason for going over the pot"), reason)},
        {"table": _spread(minutes, _("By department"), lambda item: [item["unit"]]), "note": []},
        *_by_goal(minutes),
    ]


def _by_goal(minutes: Minutes) -> list[dict[str, Any]]:
    if not any(item["goals"] for item in minutes["items"]):
        return []
    several = any(len(item["goals"]) > 1 for item in minutes["items"])
    note = _("A case with several goals is counted in each of them.") if several else ""
    table = _spread(minutes, _("By goal"), lambda item: item["goals"])
    return [{"table": table, "note": _note("", note)}]


def _note(label: str, text: str) -> list[str]:
    return [label, text] if text else []


def _spread(minutes: Minutes, heading: str, groups_of: Callable[[Item], Iterable[str]]) -> Table:
    """Cases, granted cases and sums from this pot, by what ``groups_of`` says of an item."""
    found: dict[str, list[int]] = {}
    for item in minutes["items"]:
        outcome = item["outcome"]
        for group in groups_of(item) or [""]:
            counts = found.setdefault(group or pgettext("minutes", "not said"), [0, 0, 0])
            counts[0] += 1
            counts[1] += outcome in GIVES_MONEY
            counts[2] += item["granted_minor"] if outcome in COUNTS_AGAINST_POT else 0
    rows = [
        [name, str(cases), str(granted), money(minor, minutes["currency"])]
        for name, (cases, granted, minor) in sorted(found.items(), key=lambda it: it[0].casefold())
    ]
    head = [
        heading,
        pgettext("minutes", "Cases"),
        pgettext("minutes", "Granted"),
        pgettext("minutes", "Sum"),
    ]
    return Table(head=head, sides="lrrr", rows=rows, sums=[])
