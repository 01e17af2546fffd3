"""What a text may give away of somebody: illness, personal numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.sensitive import Hint, find, is_danish_number, is_swedish_number, luhn


def hints(text):
    return [(it.hint.value, text[it.start : it.end]) for it in find(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Min mamma har demens och går vilse.", [("illness", "demens")]),
        ("Vi behöver bättre demensvård.", []),
        ("Hennes bröstcancer kom tillbaka! Hon orkar inte.", [("illness", "bröstcancer")]),
        ("Eleven är sjuk ofta. Bussen är sen.", [("illness", "sjuk")]),
        ("Sjukhuset ligger långt bort från min gata.", []),
        ("Min far er syg og har fået kræft.", [("illness", "syg"), ("illness", "kræft")]),
        ("Personalet er sygemeldt for tit.", []),
        ("Naboen er sygemeldt.", [("illness", "sygemeldt")]),
        ("Ring 811228-9874 så vet ni.", [("number", "811228-9874")]),
        ("Ring 811228-9875 så vet ni.", []),
        ("Nr 198112289874", [("number", "198112289874")]),
        ("Nr 811288-9871", [("number", "811288-9871")]),
        ("CPR 070761-4285", [("number", "070761-4285")]),
        ("CPR 0707614285", [("number", "0707614285")]),
        ("Faktura 0707614286", []),
        ("Den 2026-10-05 kostade det 1 250 000 kr.", []),
        ("Ring 08-123 456 78 eller 0701234567.", []),
        ("", []),
    ],
)
def test_what_a_text_gives_away(text, found):
    assert hints(text) == found


def check_digit(nine):
    return next(digit for digit in "0123456789" if luhn(nine + digit))


BORN = st.dates(date(1901, 1, 1), date(2026, 1, 1))


@given(BORN, st.integers(0, 999), st.sampled_from(["", "-", "+"]), st.booleans(), st.booleans())
def test_every_swedish_personal_number_is_seen(born, serial, between, whole, coordination):
    day = born.day + (60 if coordination else 0)
    nine = f"{born:%y%m}{day:02}{serial:03}"
    digits = nine + check_digit(nine)
    century = f"{born:%Y}"[:2] if whole else ""
    written = f"{century}{digits[:6]}{between}{digits[6:]}"
    assert hints(f"Han heter {written} där.") == [("number", written)]


@given(BORN, st.integers(0, 9999))
def test_every_danish_personal_number_with_a_hyphen_is_seen(born, serial):
    written = f"{born:%d%m%y}-{serial:04}"
    assert hints(written) == [("number", written)]


def naive_luhn(digits):
    """By the book: double every other digit from the first, add the digits of what comes out."""
    doubled = [int(d) * (2 - at % 2) for at, d in enumerate(digits)]
    return sum(int(char) for number in doubled for char in str(number)) % 10 == 0


def naive_day(year, month, day):
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    lengths = [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return 1 <= month <= 12 and 1 <= day <= lengths[month - 1]


@given(st.from_regex(r"[0-9]{10}", fullmatch=True))
def test_ten_digits_are_what_a_naive_reader_says(ten):
    year, month, day = int(ten[:2]), int(ten[2:4]), int(ten[4:6])
    real = day - 60 if day > 60 else day
    swedish = any(naive_day(c + year, month, real) for c in (1900, 2000)) and naive_luhn(ten)
    assert is_swedish_number(ten) is swedish
    day, month, year = int(ten[:2]), int(ten[2:4]), int(ten[4:6])
    dated = any(naive_day(c + year, month, day) for c in (1900, 2000))
    weights = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1]
    check = sum(w * int(d) for w, d in zip(weights, ten, strict=True)) % 11 == 0
    assert is_danish_number(ten, parted=True) is dated
    assert is_danish_number(ten, parted=False) is (dated and check)


@given(st.text(max_size=200))
def test_no_text_is_too_odd_and_passages_lie_in_order_within_it(text):
    found = find(text)
    assert [it.start for it in found] == sorted(it.start for it in found)
    assert all(0 <= it.start < it.end <= len(text) for it in found)
    assert {it.hint for it in found} <= set(Hint)
