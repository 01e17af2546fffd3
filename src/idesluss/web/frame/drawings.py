"""Small drawings: the pot (as numbers for a template), the spread, the gauge. No style attributes.

What is drawn once for each row is put together here: a template takes fifty times as long.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.html import escape
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Bar:
    """The pot as a bar 1000 wide: what is granted inside it, what lies over, where it ends."""

    inside: int
    over: int
    limit: int


SEEN = 15  # what lies over the pot is never drawn so thin that it cannot be seen


def bar(granted_minor: int, pot_minor: int) -> Bar:
    """Lengths for a bar of ``granted_minor`` against ``pot_minor`` (whole minor units)."""
    if granted_minor > pot_minor:
        limit = min(1000 * pot_minor // granted_minor, 1000 - SEEN)
        return Bar(inside=limit, over=1000 - limit, limit=limit)
    return Bar(inside=1000 * granted_minor // max(pot_minor, 1), over=0, limit=1000)


@dataclass(frozen=True, slots=True)
class Dot:
    """One judgement in the drawing: centre, and whether it is the reader's own."""

    x: float
    y: float
    own: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """Dots on a scale; equal ones are stacked. ``mean`` is an x, or None without dots."""

    width: int
    height: int
    base: int
    ticks: list[tuple[int, float]]
    dots: list[Dot]
    mean: float | None


PITCH = 30  # between two steps of the scale
DOT = 11  # between two stacked dots


def spread(points: Sequence[int], low: int, high: int, own: int | None = None) -> Spread:
    """Place ``points`` on the scale from ``low`` to ``high``; ``own`` marks one of that value."""
    steps = high - low
    pitch = PITCH if steps <= 6 else PITCH * 6 / steps
    tallest = max(Counter(points).values(), default=1)
    base = DOT * tallest + 4

    def x(value: int | Fraction) -> float:
        return round(12 + float(value - low) * pitch, 1)

    placed: Counter[int] = Counter()
    dots = []
    for point in sorted(points):
        mine = point == own and placed[point] == 0
        dots.append(Dot(x(point), base - 7 - DOT * placed[point], mine))
        placed[point] += 1
    mean = x(Fraction(sum(points), len(points))) if points else None
    every = 1 if steps <= 10 else steps // 5
    ticks = [(value, x(value)) for value in range(low, high + 1, every)]
    return Spread(round(24 + steps * pitch), base + 24, base, ticks, dots, mean)


def spread_svg(drawing: Spread, text: str) -> SafeString:
    """The drawing; ``text`` says the same to those who do not see it."""
    width, height, base = drawing.width, drawing.height, drawing.base
    ticks = "".join(
        f'<text class="spread__tick" x="{x}" y="{height - 3}">{value}</text>'
        for value, x in drawing.ticks
    )
    mean = ""
    if drawing.mean is not None:
        mean = f'<path class="spread__mean" d="M{drawing.mean} {base + 2}l4.5 6h-9z"/>'
    dots = "".join(
        f'<circle class="spread__dot{" spread__own" if dot.own else ""}" '
        f'cx="{dot.x}" cy="{dot.y}" r="5"/>'
        for dot in drawing.dots
    )
    # Numbers, and words that are escaped here.
    return SafeString(
        f'<svg class="spread" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="{escape(text)}"><path class="spread__axis" '
        f'd="M6 {base}h{width - 12}"/>{ticks}{mean}{dots}</svg>'
    )


# How far a stage or an outcome has come, in eighths of the gauge, and the colour of its tag.
TONES: dict[str, tuple[int, str]] = {
    "draft": (0, "neutral"),
    "received": (2, "info"),
    "exploring": (3, "info"),
    "assessing": (4, "info"),
    "deciding": (5, "warning"),
    "testing": (6, "success"),
    "adopting": (7, "success"),
    "permanent": (8, "success"),
    "declined": (0, "neutral"),
    "withdrawn": (0, "neutral"),
    "merged": (0, "neutral"),
    "redirected": (0, "neutral"),
    "parked": (2, "neutral"),
    "stopped": (4, "neutral"),
    "granted": (8, "success"),
    "partly_granted": (5, "success"),
    "granted_with_conditions": (8, "success"),
    "granted_later_pot": (6, "success"),
    "refused": (0, "danger"),
    "postponed": (3, "info"),
    "incomplete": (1, "warning"),
}
ENDED = frozenset({"declined", "withdrawn", "merged", "redirected", "parked", "stopped", "refused"})


def gauge_svg(level: int) -> SafeString:
    """The gauge filled to ``level`` eighths."""
    depth = level * 1.5
    return SafeString(
        '<svg class="gauge" viewBox="0 0 11 15" aria-hidden="true" focusable="false">'
        f'<path class="gauge__water" d="M2 {13 - depth}h7v{depth}h-7z"/>'
        '<path class="gauge__wall" d="M.75 1v13.25h9.5V1"/></svg>'
    )
