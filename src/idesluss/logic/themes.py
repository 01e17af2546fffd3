"""One brand colour becomes a whole colour scale, light and dark, with contrast guaranteed.

The steps and their luminances are those of Designsystemet, the Norwegian public sector's design
system, and the maths is ported from its token generator (``@digdir/designsystemet``) and from
what that uses of chroma.js and HSLuv. Ours differs in three things:

- Where a button's text would lose contrast while hovered or pressed, the button goes the other way.
- In the dark a light brand colour stays as it is, where the generator makes it a dark one that
  cannot be told from the page.
- ``base-edge`` is ours: what to draw around a filled shape so that it stands out from the page.

Designsystemet is under the MIT licence: Copyright Digitaliseringsdirektoratet (Digdir). The whole
notice stands in the file NOTICE beside LICENSE.

A colour is ``#rrggbb``. Luminance is relative luminance as in WCAG 2.2, 0 to 1; lightness is CIE
L*, 0 to 100; contrast is a ratio, 1 to 21.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

Scheme = Literal["light", "dark"]
Scale = Mapping[str, str]
Rgb = tuple[float, float, float]  # 0 to 255 each

DEFAULT = "#005b70"  # Idésluss' own: deep water

LUMINANCE: Mapping[Scheme, Mapping[str, float]] = MappingProxyType(
    {
        "light": {
            "background-default": 1.0,
            "background-tinted": 0.9,
            "surface-default": 1.0,
            "surface-tinted": 0.81,
            "surface-hover": 0.7,
            "surface-active": 0.59,
            "border-subtle": 0.5,
            "border-default": 0.19,
            "border-strong": 0.11,
            "text-subtle": 0.11,
            "text-default": 0.0245,
        },
        "dark": {
            "background-default": 0.009,
            "background-tinted": 0.014,
            "surface-default": 0.021,
            "surface-tinted": 0.027,
            "surface-hover": 0.036,
            "surface-active": 0.056,
            "border-subtle": 0.08,
            "border-default": 0.22,
            "border-strong": 0.39,
            "text-subtle": 0.39,
            "text-default": 0.84,
        },
    }
)
DARK_CHROMA = 0.7  # colours glow in the dark: take some of it away
STEP = 8  # lightness between a button at rest, hovered and pressed
READABLE = 4.5
VISIBLE = 3


class NotAColour(ValueError):
    """Not of the form ``#rrggbb``."""


@cache
def scale(brand: str, scheme: Scheme) -> Scale:
    """Return the colours made of ``brand``: sixteen by Designsystemet's names, and ``base-edge``.

    Raises:
        NotAColour: ``brand`` is not ``#rrggbb``.
    """
    ink = brand if scheme == "light" else _muted(brand)
    steps = {name: with_luminance(ink, value) for name, value in LUMINANCE[scheme].items()}
    base = _base(brand, scheme)
    seen = contrast(base["base-default"], steps["background-tinted"]) >= VISIBLE
    edge = base["base-default"] if seen else steps["border-default"]
    return MappingProxyType({**steps, **base, "base-edge": edge})


def stylesheet(brand: str) -> str:
    """Return CSS that gives Designsystemet's accent colour the scale of ``brand``.

    Raises:
        NotAColour: ``brand`` is not ``#rrggbb``.
    """
    light, dark = (
        ";".join(f"--ds-color-accent-{name}:{value}" for name, value in scale(brand, it).items())
        for it in ("light", "dark")
    )
    return (
        f":root,[data-color-scheme=light]{{{light}}}"
        f"[data-color-scheme=dark]{{{dark}}}"
        f"@media (prefers-color-scheme:dark){{[data-color-scheme=auto]{{{dark}}}}}\n"
    )


@cache
def fingerprint(brand: str) -> str:
    """Return twelve letters that change whenever the stylesheet of ``brand`` does."""
    return hashlib.sha256(stylesheet(brand).encode()).hexdigest()[:12]


def luminance(colour: str) -> float:
    """Return the relative luminance of ``colour`` (WCAG 2.2)."""
    return _luminance(_rgb(colour))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2), 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def with_luminance(colour: str, wanted: float) -> str:
    """Return ``colour`` mixed with black or white until its luminance is ``wanted``."""
    if wanted in (0, 1):
        return "#000000" if wanted == 0 else "#ffffff"
    rgb = _rgb(colour)
    darker = _luminance(rgb) > wanted
    low: Rgb = (0, 0, 0) if darker else rgb
    high: Rgb = rgb if darker else (255, 255, 255)
    middle = rgb
    for _ in range(21):  # twenty halvings and a last look, as in chroma.js
        middle = tuple((a + b) / 2 for a, b in zip(low, high, strict=True))  # type: ignore[assignment]
        found = _luminance(middle)
        if abs(found - wanted) < 1e-7:
            break
        low, high = (low, middle) if found > wanted else (middle, high)
    return _hex(middle)


def _base(brand: str, scheme: Scheme) -> dict[str, str]:
    """The colours of a filled button: at rest, hovered, pressed, and what is written on it."""
    lightness = _lightness(brand)
    rest = brand
    if scheme == "dark" and lightness < 50:
        lightness = 70 if lightness <= 30 else 100 - lightness
        rest = with_luminance(brand, _luminance_of(lightness))
    text = "#ffffff" if contrast(rest, "#ffffff") >= contrast(rest, "#000000") else "#000000"
    lighter = lightness <= 30 or 49 <= lightness <= 65
    away = STEP if lighter else -STEP
    pressed = with_luminance(brand, _luminance_of(lightness + 2 * away))
    if contrast(pressed, text) < READABLE:
        away = -away
        pressed = with_luminance(brand, _luminance_of(lightness + 2 * away))
    shift = 60 if not 40 < _lightness(rest) < 60 else 50
    soft = _lightness(rest) + (shift if text == "#ffffff" else -shift)
    return {
        "base-default": rest,
        "base-hover": with_luminance(brand, _luminance_of(lightness + away)),
        "base-active": pressed,
        "base-contrast-subtle": with_luminance(rest, _luminance_of(soft)),
        "base-contrast-default": text,
    }


def _muted(colour: str) -> str:
    """The colour with less chroma, in OKLCH (Björn Ottosson's matrices)."""
    red, green, blue = (_linear(value) for value in _rgb(colour))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    light = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = DARK_CHROMA * (1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short)
    b = DARK_CHROMA * (0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short)
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return _hex(
        (
            _gamma(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
            _gamma(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
            _gamma(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
        )
    )


def _rgb(colour: str) -> Rgb:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise NotAColour(colour)
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(rgb: Rgb) -> str:
    whole = (min(255, max(0, math.floor(value + 0.5))) for value in rgb)
    return "#" + "".join(f"{value:02x}" for value in whole)


def _linear(value: float) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.03928 else math.pow((share + 0.055) / 1.055, 2.4)


def _gamma(share: float) -> float:
    if share <= 0.0031308:
        return 255 * 12.92 * share
    return 255 * (1.055 * math.pow(share, 1 / 2.4) - 0.055)


def _luminance(rgb: Rgb) -> float:
    red, green, blue = (_linear(value) for value in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _lightness(colour: str) -> float:
    """CIE L* of the colour, which is HSLuv's lightness too."""
    y = luminance(colour)
    return 903.2962962 * y if y <= 0.0088564516 else 116 * math.cbrt(y) - 16


def _luminance_of(lightness: float) -> float:
    """Luminance of the grey of that lightness, as it comes out in whole steps of 255."""
    bounded = min(100.0, max(0.0, lightness))
    y = bounded / 903.2962962 if bounded <= 8 else ((bounded + 16) / 116) ** 3
    grey = _gamma(y)
    return luminance(_hex((grey, grey, grey)))
