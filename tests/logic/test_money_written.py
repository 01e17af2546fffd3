import pytest
from hypothesis import given
from hypothesis import strategies as st

from idesluss.logic.money import (
    CURRENCIES,
    LARGEST_MINOR,
    Amount,
    MixedCurrencies,
    Money,
    UnknownCurrency,
    format_amount,
    known_currency,
    parse_amount,
    totals,
)

LANGUAGES = ("sv", "da", "nb", "fi", "en")
currencies = st.sampled_from(sorted(CURRENCIES))
minors = st.integers(0, LARGEST_MINOR)


# --- Writing -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minor", "currency", "language", "shown"),
    [
        (6_090_000, "SEK", "sv", "60_900_kr"),
        (6_090_050, "SEK", "sv", "60_900,50_kr"),
        (6_090_005, "SEK", "sv-SE", "60_900,05_kr"),
        (6_090_000, "DKK", "sv", "60_900_DKK"),
        (6_090_000, "EUR", "sv", "60_900_EUR"),
        (6_090_000, "DKK", "da", "60.900_kr."),
        (123_450, "DKK", "da", "1.234,50_kr."),
        (6_090_000, "SEK", "da", "60.900_SEK"),
        (6_090_000, "NOK", "nb", "60_900_kr"),
        (6_090_000, "NOK", "no", "60_900_kr"),
        (6_090_000, "NOK", "nn_NO", "60_900_kr"),
        (6_090_000, "SEK", "nb", "60_900_SEK"),
        (6_090_000, "EUR", "fi", "60_900_€"),
        (6_090_000, "SEK", "en", "SEK_60,900"),
        (6_090_050, "EUR", "en-gb", "EUR_60,900.50"),
        (6_090_000, "SEK", "de", "SEK_60,900"),
        (0, "SEK", "sv", "0_kr"),
        (99_900, "SEK", "sv", "999_kr"),
        (5, "DKK", "da", "0,05_kr."),
        (-440_000, "SEK", "sv", "−4_400_kr"),
        (-440_050, "SEK", "en", "SEK_−4,400.50"),
        (-5, "DKK", "da", "−0,05_kr."),
    ],
)
def test_a_sum_is_written_as_its_language_writes_it(minor, currency, language, shown):
    expected = shown.replace("_", "\N{NO-BREAK SPACE}")
    assert format_amount(minor, currency, language) == expected


def test_a_sum_in_an_unknown_currency_is_not_written():
    with pytest.raises(UnknownCurrency) as caught:
        format_amount(1, "USD", "sv")
    assert caught.value == UnknownCurrency(text="USD", known="SEK, DKK, NOK, EUR")


@given(minors, currencies, st.sampled_from(LANGUAGES))
def test_what_is_written_is_read_back(minor, currency, language):
    assert parse_amount(format_amount(minor, currency, language), currency) == Amount(
        minor, currency
    )


# --- Adding --------------------------------------------------------------------------------


def test_burlovs_seven_grants_are_504_400_kronor():
    granted = [10_000_000, 10_000_000, 10_000_000, 7_500_000, 6_090_000, 4_350_000, 2_500_000]
    assert totals(Money(minor, "SEK") for minor in granted) == {"SEK": 50_440_000}
    assert format_amount(50_440_000, "SEK", "sv").replace("\N{NO-BREAK SPACE}", " ") == "504 400 kr"


def test_baerums_rows_are_30_000_kroner_less_than_its_headline():
    rows = [50, 30, 26, 30, 3.5, 20, 25, 10, 30, 30]
    total = totals(Money(int(row * 1_000_000), "NOK") for row in rows)
    assert total == {"NOK": 254_500_000}
    assert Money(257_500_000, "NOK") - Money(total["NOK"], "NOK") == Money(3_000_000, "NOK")


def test_no_sums_have_no_total():
    assert totals([]) == {}


@given(st.lists(st.builds(Money, st.integers(-(10**12), 10**12), currencies)))
def test_totals_keep_currencies_apart_and_come_sorted(amounts):
    naive = {
        code: sum(m.minor for m in amounts if m.currency == code)
        for code in sorted({m.currency for m in amounts})
    }
    assert list(totals(amounts).items()) == list(naive.items())


def test_money_of_one_currency_is_added_and_taken_away():
    assert Money(150, "SEK") + Money(50, "SEK") == Money(200, "SEK")
    assert Money(150, "SEK") - Money(200, "SEK") == Money(-50, "SEK")


@pytest.mark.parametrize("act", ["__add__", "__sub__"])
def test_money_of_two_currencies_is_never_added(act):
    with pytest.raises(MixedCurrencies) as caught:
        getattr(Money(1, "SEK"), act)(Money(1, "DKK"))
    assert caught.value == MixedCurrencies(one="SEK", other="DKK")


def test_money_has_a_currency_that_exists():
    with pytest.raises(UnknownCurrency):
        Money(1, "XXX")


def test_money_says_itself_in_english():
    assert str(Money(6_090_050, "SEK")) == "SEK\N{NO-BREAK SPACE}60,900.50"


def test_the_four_currencies_are_known():
    assert [known_currency(code).sign for code in ("SEK", "DKK", "NOK", "EUR")] == [
        "kr",
        "kr.",
        "kr",
        "€",
    ]
