"""The promise board as charts, tables and data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from idesluss.insight.reads.promises import Board, Kept, Month, Rated
from idesluss.insight.words import number, percent
from idesluss.logic.disclosure import LEAST
from idesluss.web.frame import charts
from idesluss.web.frame.figures import Cell, Row
from idesluss.web.insight.drawn import Chart, hidden_cell

FIGURES = ("month", "promise", "due", "kept", "share")
"""The columns of the file with one row for each month and promise; empty is hidden."""


def promise_charts(board: Board) -> list[Chart]:
    """First answers and decisions on time by month, and the funnel."""
    return [
        _shares(board, "first", _("First answer on time")),
        _shares(board, "decision", _("Decision on time")),
        _funnel(board),
    ]


def _shares(board: Board, what: str, title: str) -> Chart:
    months = [(one.first_day, getattr(one, what)) for one in since_first(board)]
    labels = [formats.date_format(day, "M") for day, _kept in months]
    texts = [percent(kept.share) for _day, kept in months]
    rows: list[Row] = [
        (Cell(formats.date_format(day, "YEAR_MONTH_FORMAT")), _cells(kept)) for day, kept in months
    ]
    said = "; ".join(f"{row[0].text}: {text}" for row, text in zip(rows, texts, strict=True))
    return Chart(
        title,
        _("share of the promises whose day lay in the month"),
        charts.line(labels, [kept.share for _day, kept in months], texts, f"{title}. {said}"),
        [_("Month"), _("Promises"), _("Kept"), _("Share")],
        rows,
    )


def since_first(board: Board) -> Sequence[Month]:
    """The months from the first one in which a promise fell due; all of them if none did."""
    begun = [one.first.due != 0 or one.decision.due != 0 for one in board.months]
    return board.months[begun.index(True) :] if any(begun) else board.months


def _cells(kept: Kept) -> list[Cell]:
    if kept.due is None or kept.kept is None:
        return [hidden_cell(), hidden_cell(), hidden_cell()]
    return [Cell(number(kept.due)), Cell(number(kept.kept)), Cell(percent(kept.share))]


def funnel_names() -> Mapping[str, str]:
    """What each step of the funnel is called."""
    return {
        "received": pgettext("ideas", "Received"),
        "answered": pgettext("ideas", "Answered by a human being"),
        "developed": pgettext("ideas", "Developed"),
        "tested": pgettext("ideas", "Tested"),
        "introduced": pgettext("ideas", "Introduced"),
        "permanent": pgettext("ideas", "Permanent"),
    }


def _funnel(board: Board) -> Chart:
    title, names = _("How far ideas come"), funnel_names()
    received = board.funnel.received
    bars, rows = [], []
    for name, count in board.funnel.steps():
        share = percent(count / received if received else None)
        bars.append(charts.Bar(names[name], count, number(count), received))
        rows.append((Cell(names[name]), [Cell(number(count)), Cell(share)]))
    said = "; ".join(f"{bar.label}: {bar.text}" for bar in bars)
    return Chart(
        title,
        _("all that has been handed in, and how many came at least so far"),
        charts.bars(bars, f"{title}. {said}"),
        [_("Step"), _("Cases"), _("Share of what was received")],
        rows,
    )


def rated_rows(board: Board) -> list[tuple[str, str, str, str]]:
    """What givers thought of a yes and of a no: name, ratings, share and mean as people read."""
    rows = []
    for name, rated in (
        (pgettext("answer", "Yes"), board.yes),
        (pgettext("answer", "No"), board.no),
    ):
        count = _("hidden") if rated.ratings is None else number(rated.ratings)
        mean = "–" if rated.mean is None else formats.localize(rated.mean)
        rows.append((name, count, percent(rated.well), mean))
    return rows


def board_data(board: Board) -> dict[str, Any]:
    """The fields of ``promises.json``; what is hidden, or not known, is null."""
    there = board.programme.organisation
    return {
        "organisation": {"name": there.name, "slug": there.slug},
        "programme": board.programme.name,
        "invented": there.invented,
        "day": board.day.isoformat(),
        "hidden_below": LEAST,
        "first_answer": _kept(board.first),
        "decision": _kept(board.decision),
        "waiting": board.waiting,
        "late": board.late,
        "oldest_working_days": board.oldest,
        "months": [
            {
                "month": f"{one.first_day:%Y-%m}",
                "first_answer": _kept(one.first),
                "decision": _kept(one.decision),
            }
            for one in board.months
        ],
        "funnel": dict(board.funnel.steps()),
        "rated": {"yes": _rated(board.yes), "no": _rated(board.no)},
    }


def _kept(kept: Kept) -> dict[str, Any]:
    share = None if kept.share is None else round(kept.share, 4)
    return {"due": kept.due, "kept": kept.kept, "share": share}


def _rated(rated: Rated) -> dict[str, Any]:
    well = None if rated.well is None else round(rated.well, 4)
    return {"ratings": rated.ratings, "share_well": well, "mean": rated.mean}


def board_rows(data: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of ``promises.csv``, from ``board_data``."""
    for one in data["months"]:
        for what in ("first_answer", "decision"):
            kept = one[what]
            yield one["month"], what, kept["due"], kept["kept"], kept["share"]
