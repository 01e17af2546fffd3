"""Brand colours: the same scale as Designsystemet's own tool, and contrast whatever is chosen."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import idesluss
from idesluss.logic.themes import (
    DEFAULT,
    LUMINANCE,
    NotAColour,
    contrast,
    fingerprint,
    luminance,
    scale,
    stylesheet,
    with_luminance,
)

REST = ("background-default", "background-tinted", "surface-default", "surface-tinted")
SURFACES = (*REST, "surface-hover", "surface-active")
BUTTON = ("base-default", "base-hover", "base-active")
colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
schemes = st.sampled_from(["light", "dark"])

# What Designsystemet's token generator, version 1.15.0, makes of these colours.
TOOL = {
    ("#005b70", "light"): (
        "#ffffff #eff5f6 #ffffff #dfebed #cbdde2 #b4cfd5 #9fc1c9 #3d8292 #11667a #11667a #00303b "
        "#005b70 #004657 #003440 #ebf2f4 #ffffff"
    ),
    ("#005b70", "dark"): (
        "#0c1a1e #102227 #142b32 #173139 #1b3942 #224853 #295663 #658791 #94acb3 #94acb3 #e8edef "
        "#73a5b1 #92b9c2 #b1cdd3 #0c1112 #000000"
    ),
    ("#ffd200", "light"): (
        "#ffffff #fff4c2 #ffffff #ffe981 #ffd71d #f0c600 #dfb800 #907700 #6f5c00 #6f5c00 #342b00 "
        "#ffd200 #e5bc00 #cba700 #493c00 #000000"
    ),
    ("#c8102e", "dark"): (
        "#2a1010 #371415 #461a1b #501d1f #5d2224 #742b2d #8a3335 #c0676a #d4989a #d4989a #f6e9ea "
        "#db6377 #e38393 #e9a0ac #241014 #000000"
    ),
}


@pytest.mark.parametrize(("brand", "scheme"), TOOL)
def test_the_scale_is_the_one_that_the_design_systems_own_tool_makes(brand, scheme):
    assert list(scale(brand, scheme).values())[:16] == TOOL[brand, scheme].split()


@settings(max_examples=300, deadline=None)
@given(colours, schemes)
@example("#a04bdc", "light")  # the design system's own maths loses the button's text here
def test_every_brand_colour_can_be_read(brand, scheme):
    tones = scale(brand, scheme)
    text = tones["base-contrast-default"]

    assert min(contrast(tones[it], text) for it in BUTTON) >= 4.5
    assert min(contrast(tones[it], tones["text-default"]) for it in SURFACES) >= 7
    assert min(contrast(tones[it], tones["text-subtle"]) for it in REST) >= 4.5
    assert min(contrast(tones[it], tones["border-default"]) for it in REST) >= 3
    assert min(contrast(tones[it], tones["border-strong"]) for it in SURFACES) >= 3
    assert contrast(tones["base-edge"], tones["background-default"]) >= 3
    assert contrast(tones["base-edge"], tones["background-tinted"]) >= 3


@settings(max_examples=100, deadline=None)
@given(colours, st.floats(0, 1))
def test_a_mixed_colour_has_the_wanted_luminance_to_half_a_step_of_255(colour, wanted):
    assert luminance(with_luminance(colour, wanted)) == pytest.approx(wanted, abs=0.006)


def test_black_and_white_are_as_far_apart_as_colours_can_be():
    assert contrast("#000000", "#ffffff") == contrast("#ffffff", "#000000") == 21
    assert contrast("#777777", "#777777") == 1


def test_without_light_everything_is_black_and_with_all_of_it_white():
    assert with_luminance("#c8102e", 0) == "#000000"
    assert with_luminance("#c8102e", 1) == "#ffffff"


def test_in_the_light_a_button_at_rest_is_exactly_the_brand_colour():
    assert scale("#c8102e", "light")["base-default"] == "#c8102e"


def test_a_light_brand_colour_stays_light_in_the_dark():
    assert scale("#ffd200", "dark")["base-default"] == "#ffd200"
    assert scale("#ffd200", "dark")["base-contrast-default"] == "#000000"


def test_a_shape_that_would_melt_into_the_page_gets_an_edge():
    assert scale("#005b70", "light")["base-edge"] == "#005b70"
    assert scale("#ffd200", "light")["base-edge"] == scale("#ffd200", "light")["border-default"]


def test_the_stylesheet_gives_every_tone_in_light_dark_and_by_the_system():
    css = stylesheet("#c8102e")

    assert css.count("--ds-color-accent-") == 3 * 17
    assert css.startswith(":root,[data-color-scheme=light]{--ds-color-accent-background-default:")
    assert "[data-color-scheme=dark]{" in css
    assert "@media (prefers-color-scheme:dark){[data-color-scheme=auto]{" in css
    assert css.count("{") == css.count("}") == 4


def test_both_schemes_name_the_same_tones():
    assert list(LUMINANCE["light"]) == list(LUMINANCE["dark"])
    assert list(scale(DEFAULT, "light")) == list(scale(DEFAULT, "dark"))


@pytest.mark.parametrize("text", ["", "red", "#abc", "#12345g", "#1234567", "#123456;}", "123456"])
def test_what_is_not_a_colour_never_reaches_a_stylesheet(text):
    with pytest.raises(NotAColour):
        stylesheet(text)


def test_the_fingerprint_tells_two_colours_apart_and_is_the_same_next_time():
    assert fingerprint("#c8102e") == fingerprint("#c8102e")
    assert fingerprint("#c8102e") != fingerprint("#c8102f")
    assert len(fingerprint(DEFAULT)) == 12


def test_the_colours_that_the_build_starts_from_are_the_default_ones():
    source = Path(idesluss.__file__).parent / "web/frame/source/default-theme.css"
    assert source.read_text().splitlines(keepends=True)[1:] == [stylesheet(DEFAULT)]
