"""The forms of a word have one stem, also where Snowball leaves two."""

import pytest

from idesluss.logic.text.stems import stems_of_all


@pytest.mark.parametrize(
    ("lang", "forms"),
    [
        ("sv", "cykel cykeln cyklar cyklarna"),
        ("sv", "möbel möbler möblerna"),
        ("sv", "nyckel nycklar"),
        ("sv", "himmel himlar"),
        ("sv", "skola skolan skolans skolor"),
        ("da", "møbel møbler møblerne"),
        ("da", "hjælpemiddel hjælpemidler"),
        ("da", "cykel cykler"),
        ("nb", "sykkel sykler syklene"),
        ("nb", "nøkkel nøkler"),
    ],
)
def test_forms_that_lose_a_vowel_have_the_stem_of_the_others(lang, forms):
    assert len(set(stems_of_all(forms.split(), lang))) == 1


@pytest.mark.parametrize(
    ("lang", "word", "stem"),
    [
        ("sv", "tävla", "tävl"),
        ("sv", "ödla", "ödl"),
        ("sv", "skolla", "skoll"),
        ("sv", "åla", "åla"),
    ],
)
def test_what_has_lost_no_vowel_is_left_alone(lang, word, stem):
    assert stems_of_all([word], lang) == [stem]
