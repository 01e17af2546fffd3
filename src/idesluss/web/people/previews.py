"""What an organisation's colour and register numbers look like before they are saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from idesluss.logic.registers import BadPattern, has_series, write
from idesluss.logic.themes import contrast, scale
from idesluss.people.refusals import BadColour
from idesluss.people.usecases.organisations import check_colour
from idesluss.web.frame.formats import say


@dataclass(frozen=True, slots=True)
class Sample:
    """The colour in one scheme: a button on a page, and the contrast of each pair (1 to 21)."""

    scheme: str
    page: str
    button: str
    words: str  # on the button
    link: str  # on the page
    on_button: str
    on_page: str


@dataclass(frozen=True, slots=True)
class Preview:
    """``problem`` and ``number_problem`` say why there is nothing to show."""

    samples: list[Sample]
    problem: str
    number: str
    number_problem: str


def preview_of(given: Mapping[str, Any], *, year: int) -> Preview:
    """Preview the ``colour`` and the ``register_pattern`` of a form, as they are typed."""
    samples, problem = _samples(str(given.get("colour", "")))
    number, number_problem = _number(str(given.get("register_pattern", "")).strip(), year)
    return Preview(samples, problem, number, number_problem)


def _samples(typed: str) -> tuple[list[Sample], str]:
    try:
        colour = check_colour(typed)
    except BadColour as refusal:
        return [], say(refusal)
    return [_sample(colour, "light"), _sample(colour, "dark")], ""


def _sample(colour: str, scheme: Any) -> Sample:
    shades = scale(colour, scheme)
    page, button = shades["background-default"], shades["base-default"]
    words, link = shades["base-contrast-default"], shades["text-subtle"]
    return Sample(
        scheme=scheme,
        page=page,
        button=button,
        words=words,
        link=link,
        on_button=f"{contrast(button, words):.1f}",
        on_page=f"{contrast(page, link):.1f}",
    )


def _number(pattern: str, year: int) -> tuple[str, str]:
    try:
        series = "A" if has_series(pattern) else ""
        return write(pattern, number=1, year=year, series=series), ""
    except BadPattern as refusal:
        return "", say(refusal)
