"""Charts as SVG drawn by the server: columns, bars, a line, dots. No script, no style attributes.

Each is 360 units wide, so that it can be read on a phone, and grows with its place. A drawing has
``role="img"`` and says its main point in words; a table with every figure stands beside it, so the
values written in it are for the eye. Colours come from classes (``source/charts.css``). What is
hidden or not known is None: a dash, never a nought.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape  # Django's own takes promises too, for three times the time
from itertools import pairwise

from django.utils.safestring import SafeString

WIDTH, EDGE = 360, 6
TOP, BASE, HEIGHT = 26, 172, 198  # of charts with years along the foot
MOST_VALUES = 8  # with more columns only every so-manieth label is written
ROW = 44  # between two bars
DASH = "–"


@dataclass(frozen=True, slots=True)
class Column:
    """A year, or another step along the foot: what stands on it, from below; and a mark.

    ``parts`` are numbers of any one unit; ``text`` is written above; ``mark`` is a level to be
    compared with, such as the pot.
    """

    label: str
    parts: Sequence[float | None]
    text: str = ""
    mark: float | None = None

    @property
    def sum(self) -> float:
        """How high it is."""
        return sum(part or 0 for part in self.parts)

    @property
    def known(self) -> bool:
        """Whether anything of it may be shown."""
        return any(part is not None for part in self.parts)


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: what it is, how long, and the words at its end. ``whole`` lies behind it."""

    label: str
    value: float | None
    text: str
    whole: float | None = None


def columns(columns: Sequence[Column], text: str) -> SafeString:
    """Columns of one or several parts each. ``text`` says the main point to who cannot see it."""
    highest = max((max(one.sum, one.mark or 0) for one in columns), default=0) or 1
    places = _places(len(columns))
    wide = round(min(40, places.step * 0.62), 1)
    drawn = []
    for place, one in enumerate(columns):
        x, y = places.at(place), float(BASE)
        for tone, part in enumerate(one.parts):
            tall = round((part or 0) / highest * (BASE - TOP), 1)
            y = round(y - tall, 1)
            if tall:
                drawn.append(
                    f'<path class="chart__part chart__part--{"abc"[tone]}" '
                    f'd="M{x - wide / 2:.1f} {y}h{wide}v{tall}h-{wide}z"/>'
                )
        if one.mark is not None:
            level = round(BASE - one.mark / highest * (BASE - TOP), 1)
            half = places.step * 0.46
            drawn.append(f'<path class="chart__mark" d="M{x - half:.1f} {level}h{2 * half:.1f}"/>')
        words = one.text if one.known else DASH
        drawn.append(places.value(place, min(y, BASE) - 6, words))
    return _framed(drawn, places, [one.label for one in columns], text)


def line(
    labels: Sequence[str], values: Sequence[float | None], texts: Sequence[str], text: str
) -> SafeString:
    """A line through ``values`` from nought to the highest; broken where one is not known."""
    places = _places(len(labels))
    highest = max((value for value in values if value is not None), default=0) or 1
    points = [
        None if value is None else (places.at(place), _level(value, highest))
        for place, value in enumerate(values)
    ]
    drawn = [
        f'<path class="chart__line" d="M{a[0]} {a[1]}L{b[0]} {b[1]}"/>'
        for a, b in pairwise(points)
        if a and b
    ]
    for place, point in enumerate(points):
        if point:
            drawn.append(f'<circle class="chart__dot" cx="{point[0]}" cy="{point[1]}" r="5"/>')
        drawn.append(places.value(place, point[1] - 11 if point else BASE - 6, texts[place]))
    return _framed(drawn, places, labels, text)


def spans(
    labels: Sequence[str], ends: Sequence[tuple[float, float] | None], text: str
) -> SafeString:
    """From a dot to a ring: what half of something is within, and what nearly all is within."""
    places = _places(len(labels))
    highest = max((end[1] for end in ends if end), default=0) or 1
    drawn = []
    for place, end in enumerate(ends):
        x = places.at(place)
        if end is None:
            drawn.append(places.value(place, BASE - 6, DASH))
            continue
        low, high = _level(end[0], highest), _level(end[1], highest)
        drawn.append(f'<path class="chart__line" d="M{x} {low}V{high}"/>')
        drawn.append(f'<circle class="chart__ring" cx="{x}" cy="{high}" r="5"/>')
        drawn.append(f'<circle class="chart__dot" cx="{x}" cy="{low}" r="5"/>')
        drawn.append(places.value(place, high - 11, f"{end[1]:g}"))
        if low - high > 24:
            drawn.append(places.value(place, low + 20, f"{end[0]:g}"))
    return _framed(drawn, places, labels, text)


def bars(bars: Sequence[Bar], text: str) -> SafeString:
    """Lying bars with their words above them, the longest as wide as the drawing."""
    longest = max((max(one.value or 0, one.whole or 0) for one in bars), default=0) or 1
    drawn = []
    for place, one in enumerate(bars):
        y = place * ROW
        drawn.append(f'<text class="chart__name" x="0" y="{y + 15}">{escape(_short(one))}</text>')
        words = escape(one.text if one.value is not None else DASH)
        drawn.append(f'<text class="chart__end" x="{WIDTH}" y="{y + 15}">{words}</text>')
        drawn.append(f'<path class="chart__basin" d="M0 {y + 22}h{WIDTH}v14h-{WIDTH}z"/>')
        for tone, value in (("b", one.whole), ("a", one.value)):
            long = round((value or 0) / longest * WIDTH, 1)
            if long:
                drawn.append(
                    f'<path class="chart__part chart__part--{tone}" '
                    f'd="M0 {y + 22}h{long}v14h-{long}z"/>'
                )
    return _svg(drawn, max(len(bars) * ROW - 4, 20), text)


# --- How they are put together -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Places:
    """Where ``count`` steps stand along the foot."""

    count: int
    step: float

    def at(self, place: int) -> float:
        return round(EDGE + self.step * (place + 0.5), 1)

    def written(self, place: int) -> bool:
        """Whether a step has its words: all of a few; of many the last, and every so-manieth."""
        every = -(-self.count // MOST_VALUES)
        return (self.count - 1 - place) % every == 0

    def value(self, place: int, y: float, words: str) -> str:
        if not self.written(place):
            return ""
        return f'<text class="chart__value" x="{self.at(place)}" y="{y:.1f}">{escape(words)}</text>'


def _places(count: int) -> _Places:
    return _Places(count, (WIDTH - 2 * EDGE) / max(count, 1))


def _level(value: float, highest: float) -> float:
    return round(BASE - value / highest * (BASE - TOP - 6), 1)


def _short(bar: Bar) -> str:
    """As much of the name as there is room for beside the words at the end."""
    room = 46 - len(bar.text)
    return bar.label if len(bar.label) <= room else f"{bar.label[: max(room - 1, 8)].rstrip()}…"


def _framed(drawn: Sequence[str], places: _Places, labels: Sequence[str], text: str) -> SafeString:
    foot = [f'<path class="chart__axis" d="M0 {BASE}h{WIDTH}"/>']
    foot += [
        f'<text class="chart__label" x="{places.at(place)}" y="{HEIGHT - 8}">{escape(label)}</text>'
        for place, label in enumerate(labels)
        if places.written(place)
    ]
    return _svg([*drawn, *foot], HEIGHT, text)


def _svg(drawn: Sequence[str], height: int, text: str) -> SafeString:
    # Numbers, and words that are escaped where they are put in.
    return SafeString(
        f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(text)}">{"".join(drawn)}</svg>'
    )
