"""Money: whole minor units (öre, øre, cent) and a currency; how people write it and read it.

No floats. Sums of different currencies are never added. Reading is generous with the ways that
Nordic offices write sums ("60 900:-", "60.900,50", "2,5 mnkr", "5 mio. kr.") and refuses,
with a sentence, what could mean two things.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from idesluss.logic.refusals import Refusal, gettext_noop

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
MINOR_PER_UNIT = 100
"""Öre to the krona, øre to the krone, cent to the euro: two decimals in every currency here."""
LARGEST_MINOR = 10**15
"""More minor units than this is taken for a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency: ISO code, and the language that signs it with ``sign`` instead of the code."""

    code: str
    language: str
    sign: str


CURRENCIES: Mapping[str, Currency] = MappingProxyType(
    {
        "SEK": Currency("SEK", "sv", "kr"),
        "DKK": Currency("DKK", "da", "kr."),
        "NOK": Currency("NOK", "nb", "kr"),
        "EUR": Currency("EUR", "fi", "€"),
    }
)


class BadAmount(Refusal):
    """A sum that cannot be used. Needs ``text``, as it was written."""

    sentence = gettext_noop(
        "“%(text)s” cannot be read as a sum of money. "
        "Write it in digits, for example 60 900 or 60 900,50."
    )


class NoAmount(BadAmount):
    """Nothing was written."""

    sentence = gettext_noop("No sum is given. Write it in digits, for example 60 900.")


class NegativeAmount(BadAmount):
    """Less than zero."""

    sentence = gettext_noop("“%(text)s” is less than zero. Write the sum without a minus sign.")


class TooManyDecimals(BadAmount):
    """Finer than the minor unit."""

    sentence = gettext_noop("“%(text)s” has more than two decimals. Round it to two or to none.")


class AmbiguousAmount(BadAmount):
    """Could be read in two ways."""

    sentence = gettext_noop(
        "“%(text)s” can be read in two ways. Write the whole sum in digits, for example 1 250 000."
    )


class AmountTooBig(BadAmount):
    """More than any municipality has."""

    sentence = gettext_noop("“%(text)s” is too large a sum. Check the number of zeros.")


class OtherCurrency(BadAmount):
    """Written in another currency. Needs ``text`` and ``currency``."""

    sentence = gettext_noop(
        "“%(text)s” is not in %(currency)s, which is used here. Convert it and write it again."
    )


class UnknownCurrency(BadAmount):
    """Not in the table. Needs ``text`` (the code) and ``known``."""

    sentence = gettext_noop("“%(text)s” is not a currency used here. Choose one of %(known)s.")


class MixedCurrencies(BadAmount):
    """Sums of different currencies. Needs ``one`` and ``other``."""

    sentence = gettext_noop(
        "Sums in %(one)s and in %(other)s cannot be added together. Give a total for each."
    )


def known_currency(code: str) -> Currency:
    """Return the currency with the ISO ``code``. Raises UnknownCurrency."""
    if code not in CURRENCIES:
        raise UnknownCurrency(text=code, known=", ".join(CURRENCIES))
    return CURRENCIES[code]


@dataclass(frozen=True, slots=True)
class Money:
    """``minor`` whole minor units (may be negative: a difference) of ``currency``."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        known_currency(self.currency)

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise MixedCurrencies(one=self.currency, other=other.currency)

    def __str__(self) -> str:
        return format_amount(self.minor, self.currency, "en")


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum as read: ``minor`` units, and the currency when it was given or could be told."""

    minor: int
    currency: str | None


def totals(amounts: Iterable[Money]) -> dict[str, int]:
    """Return the sum in minor units for each currency that occurs, sorted by its code."""
    sums: dict[str, int] = {}
    for money in amounts:
        sums[money.currency] = sums.get(money.currency, 0) + money.minor
    return dict(sorted(sums.items()))


# --- Writing -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Style:
    thousands: str
    decimal: str
    code_first: bool = False


_STYLES = {
    "sv": _Style(NBSP, ","),
    "da": _Style(".", ","),
    "nb": _Style(NBSP, ","),
    "fi": _Style(NBSP, ","),
    "en": _Style(",", ".", code_first=True),
}
_SAME_AS = {"no": "nb", "nn": "nb"}


def format_amount(minor: int, currency: str, language: str) -> str:
    """Return ``minor`` units of ``currency`` as ``language`` writes them, decimals if not zero.

    "60 900 kr" (sv, nb), "1.234,50 kr." (da), "60 900 €" (fi), "SEK 60,900" (en and others).
    A currency that is not the language's own is written with its code. Spaces do not break.

    Raises:
        UnknownCurrency: not in the table.
    """
    money = known_currency(currency)
    spoken = language.replace("_", "-").partition("-")[0].lower()
    spoken = _SAME_AS.get(spoken, spoken)
    style = _STYLES.get(spoken, _STYLES["en"])
    whole, part = divmod(abs(minor), MINOR_PER_UNIT)
    number = f"{whole:,}".replace(",", style.thousands)
    if part:
        number += f"{style.decimal}{part:02d}"
    if minor < 0:
        number = MINUS + number
    if style.code_first:
        return f"{money.code}{NBSP}{number}"
    return f"{number}{NBSP}{money.sign if money.language == spoken else money.code}"


# --- Reading -------------------------------------------------------------------------------

_KRONOR = frozenset({"SEK", "DKK", "NOK"})
_CURRENCY_WORDS: Mapping[str, frozenset[str]] = {
    **{code.lower(): frozenset({code}) for code in CURRENCIES},
    **dict.fromkeys(("€", "euro", "euros", "euroa"), frozenset({"EUR"})),
    **dict.fromkeys(("kronor", "krona", "skr"), frozenset({"SEK"})),
    "dkr": frozenset({"DKK"}),
    "nkr": frozenset({"NOK"}),
    **dict.fromkeys(("kroner", "krone"), frozenset({"DKK", "NOK"})),
    "kr": _KRONOR,
}
_FOREIGN = frozenset({"usd", "gbp", "chf", "isk", "pln", "$", "£"})
_MULTIPLIERS: Mapping[str, int] = {
    **dict.fromkeys(("t", "tusen", "tusind", "tuhatta"), 10**3),
    **dict.fromkeys(("mn", "milj", "mio", "mill"), 10**6),
    **dict.fromkeys(("miljon", "miljoner", "million", "millioner"), 10**6),
    **dict.fromkeys(("miljoona", "miljoonaa"), 10**6),
    **dict.fromkeys(("md", "mdr", "mrd", "miljard", "miljarder"), 10**9),
    **dict.fromkeys(("milliard", "milliarder"), 10**9),
}
# Multiplier and currency written as one word: tkr, mnkr, mkr, kSEK, MSEK, TDKK, M€ …
_GLUED: Mapping[str, tuple[int, frozenset[str]]] = {
    **{
        prefix + word: (factor, currencies)
        for prefix, factor in (("t", 10**3), ("m", 10**6), ("mn", 10**6), ("md", 10**9))
        for word, currencies in _CURRENCY_WORDS.items()
    },
    **{f"k{word}": (10**3, _CURRENCY_WORDS[word]) for word in ("sek", "dkk", "nok", "eur", "€")},
}
_LONGEST = 60  # characters; no sum is longer, and reading thousands of digits is slow
_DASHES = str.maketrans("\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}\N{NON-BREAKING HYPHEN}", "----")
_WRITTEN = re.compile(r"([^0-9]*)([0-9](?:[0-9 .,:]*[0-9])?)([^0-9]*)")
_PRICE_DASH = re.compile(r" ?[:,.]-")  # "60 900:-", "60.900,-"
_GROUPED = r"[1-9][0-9]{0,2}(?:(?P<by>[ .,])[0-9]{3})(?:(?P=by)[0-9]{3})*"
_THOUSANDS = re.compile(_GROUPED)
_NUMBER = re.compile(rf"(?P<whole>[0-9]+|{_GROUPED})(?:(?P<point>[.,:])(?P<part>[0-9]+))?")


def parse_amount(text: object, currency: str | None = None) -> Amount:
    """Return the sum that ``text`` says: a string as people write it, or a number from a sheet.

    Numbers are whole units of the currency (kronor) with at most two decimals; a float counts
    only if what it shows is that exact. A single separator before three digits parts thousands
    ("60.900" and "60,900" are sixty thousand nine hundred, "60.9" is 60.90). ``currency`` is the
    one expected, or None; then the result names it if the text tells ("SEK", "€", "kronor"; not
    "kr" or "kroner", which several countries have).

    Raises:
        BadAmount: or the subclass that says why.
    """
    if currency is not None:
        known_currency(currency)
    if text is None:
        raise NoAmount(text="")
    shown = str(text).strip()
    if isinstance(text, str):
        value, factor, possible = _read(shown)
    elif isinstance(text, int | float | Decimal) and not isinstance(text, bool):
        value, factor, possible = Decimal(shown), 1, frozenset(CURRENCIES)
    else:
        raise BadAmount(text=shown)
    minor = _minor(value, factor, shown)
    if currency is None:
        return Amount(minor, next(iter(possible)) if len(possible) == 1 else None)
    if currency not in possible:
        raise OtherCurrency(text=shown, currency=currency)
    return Amount(minor, currency)


def _minor(value: Decimal, factor: int, shown: str) -> int:
    """Return ``value`` times ``factor`` in minor units, exactly."""
    if not value.is_finite():
        raise BadAmount(text=shown)
    if value < 0:
        raise NegativeAmount(text=shown)
    if value > LARGEST_MINOR:  # before anything is computed with it
        raise AmountTooBig(text=shown)
    if value and value < Decimal("1e-99"):
        raise TooManyDecimals(text=shown)
    minor = Fraction(value) * factor * MINOR_PER_UNIT
    if minor > LARGEST_MINOR:
        raise AmountTooBig(text=shown)
    if minor.denominator != 1:
        raise TooManyDecimals(text=shown)
    return int(minor)


def _read(shown: str) -> tuple[Decimal, int, frozenset[str]]:
    """Return the number, what it is to be multiplied by, and the currencies it may be in."""
    if not shown:
        raise NoAmount(text=shown)
    if len(shown) > _LONGEST:
        raise BadAmount(text=f"{shown[:_LONGEST]}…")
    written = _WRITTEN.fullmatch(_cleaned(shown))
    if written is None:
        raise BadAmount(text=shown)
    before, digits, after = written.groups()
    after = _PRICE_DASH.sub("", after, count=1) if _PRICE_DASH.match(after) else after
    negative = before.count("-") == 1
    if negative:
        before = before.replace("-", " ")
    elif before.startswith("(") and after.endswith(")"):  # how ledgers write it
        before, after, negative = before[1:], after[:-1], True
    factor, possible = _words(f"{before} {after}", shown)
    number = _number(digits, factor, shown)
    return -number if negative else number, factor, possible


def _cleaned(shown: str) -> str:
    """Every kind of space one space, every dash a hyphen, invisible marks gone, lower case."""
    visible = (char for char in shown.translate(_DASHES) if unicodedata.category(char) != "Cf")
    spaced = "".join(" " if unicodedata.category(char) == "Zs" else char for char in visible)
    return spaced.lower().strip()


def _words(text: str, shown: str) -> tuple[int, frozenset[str]]:
    """Return the multiplier and the possible currencies that the words around a number tell."""
    factors: list[int] = []
    possible = frozenset(CURRENCIES)
    for word in text.replace(".", " ").split():
        if word in _FOREIGN:
            raise UnknownCurrency(text=word.upper(), known=", ".join(CURRENCIES))
        if word in _CURRENCY_WORDS:
            possible &= _CURRENCY_WORDS[word]
        elif word in _MULTIPLIERS:
            factors.append(_MULTIPLIERS[word])
        elif word in _GLUED:
            factor, currencies = _GLUED[word]
            factors.append(factor)
            possible &= currencies
        else:
            raise BadAmount(text=shown)
    if len(factors) > 1 or not possible:
        raise BadAmount(text=shown)
    return (factors or [1])[0], possible


def _number(digits: str, factor: int, shown: str) -> Decimal:
    """Return what the digits and their separators say."""
    thousands = _THOUSANDS.fullmatch(digits)
    if thousands is not None:
        # "1,250 mnkr": one and a quarter million, or a milliard and a quarter? Ask.
        if factor > 1 and thousands["by"] != " " and digits.count(thousands["by"]) == 1:
            raise AmbiguousAmount(text=shown)
        return Decimal(digits.replace(thousands["by"], ""))
    number = _NUMBER.fullmatch(digits)
    if number is None or number["by"] == number["point"] is not None:
        raise BadAmount(text=shown)
    if number["point"] == ":" and len(number["part"]) != 2:
        raise BadAmount(text=shown)
    part = number["part"] or ""
    if factor == 1 and len(part) > 2:
        raise TooManyDecimals(text=shown)
    whole = number["whole"].replace(number["by"] or " ", "")
    return Decimal(f"{whole}.{part}" if part else whole)
