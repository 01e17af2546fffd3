"""Follow-up codes: written, read back however they are typed, spelled for the telephone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.codes import ALPHABET, read, spelled, write

SECRETS = st.binary(min_size=16, max_size=16)


@given(SECRETS)
def test_a_code_is_seven_groups_of_four_and_means_its_secret(secret):
    code = write(secret)
    assert [len(group) for group in code.split("-")] == [4] * 7
    assert read(code) == secret


@given(SECRETS)
def test_it_is_read_however_it_is_typed(secret):
    code = write(secret)
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert read(f" {typed}\n") == secret


@given(SECRETS, st.integers(0, 27), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_another_code_or_none(secret, place, char):
    chars = list(write(secret).replace("-", ""))
    wrong = char != chars[place]
    chars[place] = char
    assert (read("".join(chars)) != secret) is wrong


@pytest.mark.parametrize("text", ["", "4F7K", "U" * 28, "é" * 28, "0" * 27, "0" * 29, "1" * 28])
def test_what_is_no_code_is_nothing(text):
    assert read(text) is None


def test_a_code_is_made_of_sixteen_bytes():
    with pytest.raises(ValueError, match="16 bytes"):
        write(b"short")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", [["Adam", "7"], ["Zäta", "Qvintus"]]),
        ("da", [["Anna", "7"], ["Zackarias", "Quintus"]]),
        ("en", [["Alfa", "7"], ["Zulu", "Quebec"]]),
        ("fi", [["Alfa", "7"], ["Zulu", "Quebec"]]),
    ],
)
def test_letters_are_spelled_in_the_readers_language(language, words):
    assert spelled("A7-ZQ", language) == words


@pytest.mark.parametrize("language", ["sv", "da", "en"])
def test_every_letter_of_a_code_has_its_word(language):
    letters = [char for char in ALPHABET if char.isalpha()]
    [words] = spelled("".join(letters), language)
    assert [word[0] for word in words] == letters
