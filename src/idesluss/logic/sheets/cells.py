"""One cell at a time: text, sums, years, currencies and outcomes as people write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from typing import Final

from idesluss.logic.money import AmbiguousAmount, Amount, known_currency, parse_amount
from idesluss.logic.outcomes import Outcome
from idesluss.logic.sheets.outcome_words import outcome_of
from idesluss.logic.sheets.problems import BadYear, SheetError, TooMuchText, UnknownOutcome
from idesluss.logic.sheets.tables import Value

LIMITS: Final = {
    "title": 160,
    "department": 120,
    "applicant": 120,
    "implementer": 160,
    "reason": 10_000,
}
"""The most characters of each text."""

_ERRORS: Final = frozenset(
    {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
)
_NOTHING: Final = frozenset({"", "-", "\N{EN DASH}", "\N{EM DASH}", "\N{MINUS SIGN}"})
_EARLIEST, _LATEST = 1900, 2200

# What a spreadsheet program would take for a formula; written to csv with an apostrophe before.
GUARDED: Final = re.compile(r"'*[=+\-@\t\r]")


def read_text(value: Value, field: str, *, guarded: bool) -> str:
    """Return the text of a cell without stray blanks and control characters.

    Only reasons keep their line breaks. ``guarded``: the file is csv, where an apostrophe before
    a formula sign is the mark of a guard and not part of the text.

    Raises:
        SheetError: the cell shows an error.
        TooMuchText: longer than ``LIMITS``.
    """
    text = _shown(value)
    if guarded and text.startswith("'") and GUARDED.match(text):
        text = text[1:]
    lines = text.splitlines() if field == "reason" else [text]
    clean = "\n".join(" ".join(_printable(line).split()) for line in lines).strip("\n")
    if clean in _ERRORS:
        raise SheetError(text=clean)
    if len(clean) > LIMITS[field]:
        raise TooMuchText(limit=LIMITS[field], length=len(clean))
    return clean


def read_sum(value: Value, *, factor: int, currency: str | None) -> Amount | None:
    """Return the sum in a cell, None for an empty cell or a dash.

    ``factor`` is what the heading says that sums are in (1000: thousands), ``currency`` the one
    that the row or the heading names, None when neither does.

    Raises:
        BadAmount: or the subclass that says why.
        SheetError: the cell shows an error.
    """
    shown = value.strip() if isinstance(value, str) else value
    if shown is None or shown in _NOTHING:
        return None
    if isinstance(shown, float):
        shown = round(shown, 6)  # what a computation leaves behind the sixth decimal is noise
    if isinstance(shown, str):
        if shown in _ERRORS:
            raise SheetError(text=shown)
        if factor > 1 and any(letter.isalpha() for letter in shown):
            raise AmbiguousAmount(text=shown)  # "100 kr" under a heading in thousands
    amount = parse_amount(shown, currency)
    return Amount(amount.minor * factor, amount.currency)


def read_year(value: Value) -> int | None:
    """Return the year in a cell (2023, "2023", a date in it), None when empty. Raises BadYear."""
    if value is None:
        return None
    if isinstance(value, date):
        return value.year
    shown = _shown(value).strip()
    if not re.fullmatch(r"[0-9]{4}", shown) or not _EARLIEST <= int(shown) <= _LATEST:
        raise BadYear(text=shown)
    return int(shown)


def read_currency(value: Value) -> str | None:
    """Return the ISO code in a cell, None when empty or only "kr". Raises UnknownCurrency."""
    shown = _shown(value).strip().upper()
    if shown in ("", "KR", "KR."):
        return None
    return known_currency("EUR" if shown in ("€", "EURO") else shown).code


def read_outcome(value: Value) -> Outcome | None:
    """Return the outcome that a cell names, None when empty. Raises UnknownOutcome."""
    shown = _shown(value).strip()
    if shown in _NOTHING:
        return None
    outcome = outcome_of(shown)
    if outcome is None:
        raise UnknownOutcome(text=shown)
    return outcome


def _shown(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _printable(line: str) -> str:
    """Tabs become blanks; other control characters and halves of letters go."""
    return "".join(
        letter
        for letter in line.replace("\t", " ").replace("\r", " ").replace("\n", " ")
        if unicodedata.category(letter) not in ("Cc", "Cs")
    )
