"""The minutes of a meeting as a document to file: one § for each case, sums from their rows.

What is printed was frozen when the decisions were released (``funding.reads.minutes``); nothing
is looked up again. The same data travels inside the document as JSON for machines to read.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, TypedDict

from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from idesluss.assessment.vocab import Advice
from idesluss.funding.reads.minutes import Item, Judged, Minutes, Present
from idesluss.funding.vocab import OutcomeName
from idesluss.logic.outcomes import GIVES_MONEY, Outcome
from idesluss.papers.look import Table, brand, capital, day, money, time_of_day
from idesluss.papers.minutes_answers import answer_told
from idesluss.papers.minutes_sums import sums_of
from idesluss.papers.typeset import Attachment, typeset

ATTACHMENT = "beslut.json"

Pair = tuple[str, str]
"""A label and what it stands for; an empty text leaves the pair out."""


class PrintedItem(TypedDict):
    """One § as the template shows it."""

    heading: str
    about: str  # register number, department, goals
    facts: list[Pair]
    decision: list[str]  # what was decided, and what belongs beside it; empty: shut
    reasons: list[Pair]
    after: list[Pair]
    long: bool  # may be divided between pages


def minutes_pdf(minutes: Minutes) -> bytes:
    """Return the minutes as a tagged PDF (PDF/UA-1, PDF/A-3a) in their own language.

    ``minutes`` is what the release froze, or what ``for_eyes`` left of it; the attachment
    ``beslut.json`` is equal to it. The same minutes give the same bytes.

    Raises:
        FontsMissing: the build has not run.
    """
    with translation.override(minutes["language"]):
        page = {**brand(minutes["colour"]), **_page(minutes)}
        description = _("The decisions in a form for machines to read")
    data = json.dumps(minutes, ensure_ascii=False, indent=2, sort_keys=True)
    return typeset("minutes.typ", page, Attachment(ATTACHMENT, data, description))


def _page(minutes: Minutes) -> dict[str, Any]:
    held = datetime.fromisoformat(minutes["held_at"])
    released = _moment(minutes["released_at"])
    kind = pgettext("minutes", "Minutes")
    number = minutes["register_number"]
    made = (released or held).date()
    return {
        "language": minutes["language"],
        "region": minutes["country"],
        "date": [made.year, made.month, made.day],
        "title": " · ".join(filter(None, [kind, number, minutes["body"], minutes["organisation"]])),
        "keywords": [word for word in (number, minutes["programme"], minutes["round"]) if word],
        "organisation": minutes["organisation"],
        "kind": kind,
        "number": number or pgettext("minutes", "Draft"),
        "running": " · ".join(filter(None, [minutes["body"], day(held), number])),
        "foot": f"{kind} · {minutes['round']}",
        "page_of": _page_of(),
        "heading": _("Minutes %(day)s") % {"day": day(held)},
        "subtitle": minutes["body"],
        "invented": _("Demonstration. The cases marked as invented never took place.")
        if minutes["invented"] or any(item.get("invented") for item in minutes["items"])
        else "",
        "facts": _facts(minutes, held),
        "people": _people(minutes),
        "brief": {"heading": _("The decisions in brief"), "table": _brief(minutes)},
        "items_heading": pgettext("minutes", "Cases"),
        "items": [_item(minutes, item) for item in minutes["items"]],
        "decision_label": pgettext("minutes", "Decision"),
        "sums_heading": pgettext("minutes", "Sums"),
        "sums": sums_of(minutes),
        "signatures": _signatures(minutes),
    }


def _page_of() -> list[str]:
    words = _("Page %(page)s of %(pages)s") % {"page": "\0", "pages": "\0"}
    before, between, after = words.split("\0")
    return [before, between, after]


def _facts(minutes: Minutes, held: datetime) -> list[Pair]:
    currency, pot = minutes["currency"], minutes["pot"]
    released = _moment(minutes["released_at"])
    sent = ""
    if released:
        sent = f"{day(released)} {time_of_day(released)}, {minutes['released_by']}".rstrip(", ")
    return [
        (pgettext("minutes", "Time"), f"{day(held)} {time_of_day(held)}"),
        (pgettext("minutes", "Place"), minutes["place"]),
        (pgettext("minutes", "Round"), f"{minutes['programme']}, {minutes['round']}"),
        (_("Project year"), str(minutes["project_year"])),
        (
            pgettext("minutes", "Pot"),
            money(pot["amount_minor"], currency) if pot else "",
        ),
        (
            _("Cap for one project"),
            money(pot["cap_minor"], currency) if pot and pot["cap_minor"] else "",
        ),
        (_("Right to decide"), minutes["delegation"]),
        (_("Decisions released"), sent),
    ]


def _people(minutes: Minutes) -> dict[str, Any]:
    rows: list[list[Any]] = [[one["name"], _seat(one)] for one in minutes["present"]]
    if minutes["secretary"]:
        rows.append([minutes["secretary"], capital(pgettext("minutes", "secretary"))])
    absent = [_absent(one) for one in minutes["absent"]]
    return {
        "heading": pgettext("minutes", "Present"),
        "table": Table(
            head=[pgettext("minutes", "Name"), pgettext("minutes", "Part")],
            sides="ll",
            rows=rows,
            sums=[],
        ),
        "absent": [
            (pgettext("minutes", "Absent"), ", ".join(absent)),
            (pgettext("minutes", "Quorum"), str(minutes["quorum"])),
        ],
    }


def _seat(one: Present) -> str:
    parts = [pgettext("minutes", "chair")] if one["chairs"] else []
    if one["deputy_for"]:
        parts.append(_("deputy for %(name)s") % {"name": one["deputy_for"]})
    return capital(", ".join(parts) or pgettext("minutes", "member"))


def _absent(one: Present) -> str:
    if not one["deputy_for"]:
        return one["name"]
    part = _("deputy for %(name)s") % {"name": one["deputy_for"]}
    return f"{one['name']} ({part})"


def _brief(minutes: Minutes) -> Table:
    currency, totals = minutes["currency"], minutes["totals"]
    rows: list[list[Any]] = []
    for item in minutes["items"]:
        if item.get("shut"):
            rows.append([f"§ {item['number']}", _shut(), "", "", ""])
            continue
        outcome = item["outcome"]
        granted = money(item["granted_minor"], currency) if outcome in GIVES_MONEY else "–"
        rows.append(
            [
                f"§ {item['number']}",
                [_title(item), item["unit"]],
                _outcome(outcome),
                _asked(item, currency),
                granted,
            ]
        )
    sums: list[list[Any]] = []
    if totals:
        granted_in_all = totals["granted_minor"] + sum(totals["later"].values())
        asked, granted = (money(it, currency) for it in (totals["asked_minor"], granted_in_all))
        sums.append(["", pgettext("minutes", "In all"), "", asked, granted])
    head = [
        "§",
        pgettext("minutes", "Case"),
        pgettext("minutes", "Outcome"),
        pgettext("minutes", "Asked for"),
        pgettext("minutes", "Granted"),
    ]
    return Table(head=head, sides="lllrr", rows=rows, sums=sums)


def _item(minutes: Minutes, item: Item) -> PrintedItem:
    number = f"§ {item['number']}"
    if item.get("shut"):
        shut = f"{number}  {_shut()}"
        return PrintedItem(
            heading=shut, about="", facts=[], decision=[], reasons=[], after=[], long=False
        )
    currency = minutes["currency"]
    reasons = [
        (pgettext("minutes", "Reason"), item["reason"]),
        (pgettext("minutes", "Conditions"), item["conditions"]),
        (_("Reason for going over the cap"), item["over_cap_reason"]),
    ]
    told = [(label, text) for label, text in reasons if text]
    decision, beside = _decision(item, currency, minutes["quorum"])
    asked = _asked(item, currency)  # need not be said again where the decision says it
    return PrintedItem(
        heading=f"{number}  {_title(item)}",
        about=" · ".join(filter(None, [item["register_number"], item["unit"], *item["goals"]])),
        facts=[
            (
                pgettext("minutes", "Asked for"),
                "" if item["asked_minor"] is None or asked in beside else asked,
            ),
            (pgettext("minutes", "Proposed"), _proposed(item, currency)),
            (pgettext("minutes", "Manager"), _managers(item)),
            (pgettext("minutes", "Assessment"), _judged(item["judged"])),
        ],
        decision=[decision, beside],
        reasons=told,
        after=_procedure(minutes, item),
        long=sum(len(text) for _label, text in told) > 1200,
    )


def _decision(item: Item, currency: str, quorum: int) -> Pair:
    """What was decided, and what belongs beside it."""
    if not item["outcome"]:
        too_few = item["voting"] < quorum
        return _("Not decided"), _("Too few members could take part.") if too_few else ""
    outcome = Outcome(item["outcome"])
    said = _outcome(outcome)
    if outcome not in GIVES_MONEY:
        return said, ""
    said = f"{said}: {money(item['granted_minor'], currency)}"
    beside = []
    asked = item["asked_minor"]
    if asked is not None and asked != item["granted_minor"]:
        beside.append(_("of %(sum)s asked for") % {"sum": money(asked, currency)})
    if item["later_year"]:
        beside.append(_("from the pot of %(year)s") % {"year": item["later_year"]})
    return said, ", ".join(beside)


def _procedure(minutes: Minutes, item: Item) -> list[Pair]:
    """Who stepped aside and why, who led instead, how many took part."""
    aside = [
        f"{one['name']}: {ground_told(one['ground'])}" + (f". {one['note']}" if one["note"] else "")
        for one in item["recused"]
    ]
    took_part = ""
    if aside or item["chair"] or item["voting"] != len(minutes["present"]):
        took_part = ngettext(
            "%(count)s member (quorum %(quorum)s)",
            "%(count)s members (quorum %(quorum)s)",
            item["voting"],
        ) % {"count": item["voting"], "quorum": minutes["quorum"]}
    if item["outcome"] == Outcome.WITHDRAWN:
        took_part = ""  # nobody decided: the applicant took it back
    return [
        (_("Conflict of interest, took no part"), "\n".join(aside)),
        (_("Chair of the item"), item["chair"]),
        (_("Took part in the decision"), took_part),
    ]


def _managers(item: Item) -> str:
    """What the managers said, one on each line; minutes before shape 3 do not tell it."""
    return "\n".join(answer_told(one) for one in item.get("managers", ()))


def _judged(judged: Judged | None) -> str:
    if judged is None:
        return ""
    said = []
    mean, low, high = judged["mean"], judged["low"], judged["high"]
    if mean is not None:
        points = _("%(points)s of 100 points") % {"points": _number(mean)}
        if low is not None and high is not None and low != high:
            points += f" ({_number(low)}–{_number(high)})"
        said.append(points)
    if judged["qualifies"] is not None:
        said.append(
            pgettext("minutes", "qualifies")
            if judged["qualifies"]
            else pgettext("minutes", "does not qualify")
        )
    advice = [f"{count} {Advice(key).label}" for key, count in judged["advice"].items() if count]
    if advice:
        said.append(_("advice: %(advice)s") % {"advice": ", ".join(advice)})
    count = judged["assessors"]
    said.append(ngettext("%(count)s assessor", "%(count)s assessors", count) % {"count": count})
    return "; ".join(said)


def _signatures(minutes: Minutes) -> dict[str, Any]:
    lines = [(capital(pgettext("minutes", "chair")), minutes["chair"])]
    if minutes["secretary"]:
        lines.append((capital(pgettext("minutes", "secretary")), minutes["secretary"]))
    lines.append((capital(_("adjuster of the minutes")), minutes["adjuster"]))
    return {
        "heading": _("Signatures"),
        "text": _("The minutes have been read and are confirmed."),
        "day": pgettext("minutes", "Date"),
        "lines": lines,
    }


def _title(item: Item) -> str:
    mark = pgettext("minutes", "invented")
    says_so = mark[:-1].casefold() in item["title"].casefold()  # in any of its forms
    return f"{item['title']} ({mark})" if item["invented"] and not says_so else item["title"]


def _proposed(item: Item, currency: str) -> str:
    minor = item.get("recommended_minor")
    return "" if minor is None else money(minor, currency)


def _asked(item: Item, currency: str) -> str:
    return "–" if item["asked_minor"] is None else money(item["asked_minor"], currency)


def _outcome(outcome: str) -> str:
    return capital(str(OutcomeName(outcome).label)) if outcome else _("Not decided")


def ground_told(ground: str) -> str:
    """The ground as others tell it; the form where it is declared speaks in the first person."""
    return {
        "party": _("party in the case, close to a party, or affected by it"),
        "representative": _("represents or has represented a party"),
        "earlier": _("took part in an earlier decision on the case elsewhere"),
        "manager": _("manages the unit that applies, or works in it"),
        "other": _("another circumstance that could make impartiality doubted"),
    }.get(ground, ground)


def _number(value: float) -> str:
    return formats.number_format(value, decimal_pos=0 if value == int(value) else 1)


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _shut() -> str:
    return _("Closed to you because of a conflict of interest")
