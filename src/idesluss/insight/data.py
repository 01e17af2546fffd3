"""The figures as data: one form for JSON, tables, the PDF's attachment and whoever compares.

Sums are whole minor units (öre, øre, cent) beside their currency. What is hidden, or not known, is
null. ``docs/open-data.md`` says what each field is; change both together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from idesluss.insight.reads.report import Given, Report
from idesluss.insight.reads.rounds import Chosen
from idesluss.insight.reads.spread import Group
from idesluss.insight.reads.years import Year, Years

Cell = str | int | None
Table = tuple[Sequence[str], list[Sequence[Cell]]]
"""Headings and rows; a heading that ends in ``_minor`` holds sums."""


def years_data(years: Years) -> dict[str, Any]:
    """The fields of ``years.json``."""
    return _about(years.chosen) | {"years": [year_data(one) for one in years.years]}


def report_data(report: Report, sentences: Sequence[str]) -> dict[str, Any]:
    """The fields of ``report.json``, which is also the file inside the PDF."""
    return _about(report.years.chosen) | {
        "language": report.years.chosen.organisation.language,
        "summary": list(sentences),
        "year": year_data(report.year),
        "before": year_data(report.before) if report.before else None,
        "granted": [_given(one) for one in report.granted],
        "not_listed": report.unlisted,
    }


def year_data(year: Year) -> dict[str, Any]:
    """One project year."""
    wait, people = year.wait, year.newcomers
    return {
        "project_year": year.year,
        "published": year.published,
        "invented": year.invented,
        "partly_invented": year.partly_invented,
        "rounds": [{"name": one.name, "slug": one.slug} for one in year.rounds],
        "received": year.received,
        "granted": year.granted,
        "not_granted": year.not_granted,
        "withdrawn": year.withdrawn,
        "undecided": year.undecided,
        "share_granted": _share(year.share),
        "asked_minor": None if year.asked is None else dict(year.asked),
        "granted_minor": dict(year.granted_sums),
        "pot_minor": dict(year.pot),
        "money_minor": {kind: dict(sums) for kind, sums in year.money.items()},
        "departments": [_group(one) for one in year.departments],
        "goals": [_group(one) for one in year.goals],
        "applicants": people.people if people else None,
        "first_time_applicants": people.new if people else None,
        "answered": wait.n if wait else None,
        "half_answered_within": wait.half if wait else None,
        "nine_of_ten_answered_within": wait.most if wait else None,
        "permanent": year.permanent,
        "share_permanent": _share(year.permanent_share),
        "reported": year.reported,
    }


def _about(chosen: Chosen) -> dict[str, Any]:
    organisation = chosen.organisation
    return {
        "organisation": {"name": organisation.name, "slug": organisation.slug},
        "programme": chosen.fund.name if chosen.fund else None,
        "invented": organisation.invented or any(one.invented for one in chosen.within),
        "hidden_below": 5,
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "name": group.name,
        "received": group.received,
        "granted": group.granted,
        "share_granted": _share(group.share),
        "granted_minor": dict(group.sums),
    }


def _given(one: Given) -> dict[str, Any]:
    became = one.became
    return {
        "title": one.title,
        "register_number": one.register_number,
        "department": one.unit,
        "outcome": one.outcome,
        "invented": one.invented,
        "round": one.round.slug,
        "granted_minor": dict(one.sums),
        "stage": became.stage if became else None,
        "permanent_since": became.since.isoformat() if became and became.since else None,
        "permanent_with": became.owner if became and became.since else None,
    }


def _share(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


# --- The same in tables --------------------------------------------------------------------

FIGURES = ("year", "figure", "group", "value", "currency")
"""The columns of the table that holds every figure, one a row."""
COUNTS = (
    "received", "granted", "not_granted", "withdrawn", "undecided", "applicants",
    "first_time_applicants", "answered", "half_answered_within", "nine_of_ten_answered_within",
    "permanent", "reported",
)  # fmt: skip
SUMS = ("asked_minor", "granted_minor", "pot_minor")


def figures(years: Iterable[Mapping[str, Any]]) -> list[Sequence[Cell]]:
    """One row for each figure of ``years`` (as ``year_data``); an empty value is hidden."""
    return [(one["project_year"], *row) for one in years for row in _figures(one)]


def _figures(year: Mapping[str, Any]) -> Iterator[tuple[Cell, ...]]:
    for name in COUNTS:
        yield (name, "", year[name], "")
    for name in SUMS:
        if year[name] is None:
            yield (name, "", None, "")
        for currency, minor in (year[name] or {}).items():
            yield (name, "", minor, currency)
    for kind, sums in year["money_minor"].items():
        for currency, minor in sums.items():
            yield (f"{kind}_minor", "", minor, currency)
    for kind in ("departments", "goals"):
        for group in year[kind]:
            word = kind[:-1]
            yield (f"{word}_received", group["name"], group["received"], "")
            yield (f"{word}_granted", group["name"], group["granted"], "")
            for currency, minor in group["granted_minor"].items():
                yield (f"{word}_granted_minor", group["name"], minor, currency)


GRANTED = (
    "title", "register_number", "department", "outcome", "granted_minor", "currency", "stage",
    "permanent_since", "permanent_with",
)  # fmt: skip


def granted(rows: Iterable[Mapping[str, Any]]) -> list[Sequence[Cell]]:
    """One row for each granted sum of ``rows`` (as in ``report_data``)."""
    return [
        (
            one["title"],
            one["register_number"],
            one["department"],
            one["outcome"],
            minor,
            currency,
            one["stage"],
            one["permanent_since"],
            one["permanent_with"],
        )
        for one in rows
        for currency, minor in one["granted_minor"].items()
    ]
