"""A text is asked with as its title and first sentences, and only if these say something."""

import pytest

from idesluss.logic.text.gist import gist, plain, sentences


@pytest.mark.parametrize(
    ("title", "text", "asked"),
    [
        ("", "", ""),
        ("Möbler", "Och det är så.", ""),
        ("Återbruk av möbler", "", ""),
        ("Återbruk av gamla möbler", "", "återbruk av gamla möbler"),
        ("", "Vi slänger stolar. Det kostar! Mer. Ut!", "vi slänger stolar det kostar mer"),
        ("", "Bänkar slängs\nhelt i onödan\nvarje år\nnu", "bänkar slängs helt i onödan varje år"),
        ('"Gamla" möbler', "- slängs -alltid", "gamla möbler slängs alltid"),
        ("", "2026 12 33", ""),
        ("", "🪑 🪑 🪑 \u202e", ""),
    ],
)  # fmt: skip
def test_only_the_beginning_is_asked_with_and_only_when_it_says_something(title, text, asked):
    assert gist(title, text, "sv") == asked


def test_a_long_first_sentence_is_enough_and_no_more_words_than_needed_are_asked():
    long = (
        "Cykelställen vid norra skolan fylls varje morgon med trasiga övergivna barncyklar, "
        "rostiga sparkcyklar och punkterade däck, som vaktmästaren städar undan."
    )
    assert gist("", f"{long} Hissen luktar.", "sv").endswith("städar undan")
    assert len(gist("", "ord " * 9 + " ".join(f"sak{n}x" for n in range(99)), "sv").split()) == 40


def test_no_sign_of_a_text_means_anything_when_it_is_asked_with():
    assert plain('"Mörkt" -vid NEAR/3 * :') == "mörkt vid near 3"


def test_a_sentence_ends_with_its_sign_or_its_line():
    assert sentences("Hej! Det regnar… Ja?\r\n\n- ute\n ") == [
        "Hej!",
        "Det regnar…",
        "Ja?",
        "- ute",
    ]
    assert sentences(" \n") == []
