"""Register numbers by each organisation's own pattern, written and read back.

A pattern is text with fields in braces: ``{number}`` (must be there; ``{number:04}`` fills with
zeros), ``{year}`` (four digits) and ``{series}`` (letters). "INN {year}/{number:04}" gives
"INN 2023/0007"; "KS 2023.{number}" gives "KS 2023.412". What is written can be read back in one
way only. Numbering without gaps belongs to whoever gives the numbers out; form is free if it is
consistent (offentlighets- och sekretesslagen 2009:400, 5 kap.).
"""

import re
from dataclasses import dataclass
from functools import cache
from string import Formatter

from idesluss.logic.refusals import Refusal, gettext_noop

LONGEST_PATTERN = 40
"""Characters; what it writes then fits in 60."""
FIELDS = ("number", "year", "series")
LARGEST_NUMBER = 999_999_999


class BadPattern(Refusal):
    """A pattern that cannot be used. Needs ``pattern``."""

    sentence = gettext_noop(
        "“%(pattern)s” cannot be used for register numbers. "
        "Write text with the fields {number}, {year} and {series}, for example INN {year}/{number}."
    )
    field = "register_pattern"


class NumberMissing(BadPattern):
    """Without the number all register numbers would be the same."""

    sentence = gettext_noop(
        "“%(pattern)s” has no {number}, so all register numbers would be the same. Add {number}."
    )


class UnknownField(BadPattern):
    """A field that does not exist. Needs ``pattern`` and ``name``."""

    sentence = gettext_noop(
        "“%(pattern)s” has a field that is not known: %(name)s. "
        "Use only {number}, {year} and {series}."
    )


class RepeatedField(BadPattern):
    """A field twice. Needs ``pattern`` and ``name``."""

    sentence = gettext_noop("“%(pattern)s” has the field %(name)s twice. Remove one of them.")


class PatternTooLong(BadPattern):
    """Longer than register numbers may be. Needs ``pattern`` and ``limit``."""

    sentence = gettext_noop(
        "“%(pattern)s” is too long. Shorten it to at most %(limit)s characters."
    )


class NotThisPattern(Refusal):
    """A register number written in another way. Needs ``text`` and ``example``."""

    sentence = gettext_noop(
        "“%(text)s” is not a register number here. They look like %(example)s; check the spelling."
    )


@dataclass(frozen=True, slots=True)
class RegisterNumber:
    """The parts of a register number; None where the pattern has no such field."""

    number: int
    year: int | None = None
    series: str | None = None


def check_pattern(pattern: str) -> None:
    """Go on when ``pattern`` can write register numbers.

    Raises:
        BadPattern: or the subclass that says why.
    """
    _pieces(pattern)


def is_yearly(pattern: str) -> bool:
    """Return whether the year is written, so that numbers may begin again each year."""
    return any(field == "year" for _, field in _pieces(pattern))


def has_series(pattern: str) -> bool:
    """Return whether the series is written, so that two series may use the same numbers."""
    return any(field == "series" for _, field in _pieces(pattern))


def write(pattern: str, *, number: int, year: int, series: str = "") -> str:
    """Return the register number that ``pattern`` gives.

    Raises:
        BadPattern: the pattern cannot be used.
        ValueError: a number below 1 or with more than nine digits; a year without four digits;
            a series, where the pattern writes one, that is not 1 to 10 letters.
    """
    if not 1 <= number <= LARGEST_NUMBER:
        raise ValueError(f"number {number} is not from 1 to {LARGEST_NUMBER}")
    if not 1000 <= year <= 9999:
        raise ValueError(f"year {year} does not have four digits")
    if has_series(pattern) and not re.fullmatch(_SERIES, series):
        raise ValueError(f"series {series!r} is not 1 to 10 letters")
    return pattern.format(number=number, year=year, series=series)


def read(pattern: str, text: str) -> RegisterNumber:
    """Return the parts of the register number ``text``; spaces around it are ignored.

    Raises:
        BadPattern: the pattern cannot be used.
        NotThisPattern: ``text`` is not what the pattern writes.
    """
    pieces = _pieces(pattern)
    shape = "".join(
        re.escape(literal) + (f"(?P<{field}>{_SHAPES[field]})" if field else "")
        for literal, field in pieces
    )
    found = re.fullmatch(shape, text.strip())
    if found is not None and int(found["number"]):
        parts = found.groupdict()
        # Only the very spelling that is written counts: not 7 where 0007 belongs.
        if pattern.format(**{**parts, "number": int(parts["number"])}) == text.strip():
            year = int(parts["year"]) if "year" in parts else None
            return RegisterNumber(int(parts["number"]), year, parts.get("series"))
    example = pattern.format(number=7, year=2023, series="KS")
    raise NotThisPattern(text=text, example=example)


_SERIES = "[A-Za-zÀ-ÖØ-öø-ÿ]{1,10}"
_SHAPES = {"number": "[0-9]{1,9}", "year": "[1-9][0-9]{3}", "series": _SERIES}
_WIDTH = re.compile("0[1-9]")


@cache
def _pieces(pattern: str) -> tuple[tuple[str, str | None], ...]:
    """Split a pattern into (text, the field after it), and check it."""
    if pattern != pattern.strip():
        raise BadPattern(pattern=pattern)
    if len(pattern) > LONGEST_PATTERN:
        raise PatternTooLong(pattern=pattern, limit=LONGEST_PATTERN)
    try:
        pieces = tuple(Formatter().parse(pattern))
    except ValueError:  # a brace without its other half
        raise BadPattern(pattern=pattern) from None
    fields = [field for _, field, _, _ in pieces if field is not None]
    for literal, field, width, conversion in pieces:
        _check_piece(pattern, literal, field, width, conversion)
    for field in fields:
        if fields.count(field) > 1:
            raise RepeatedField(pattern=pattern, name=f"{{{field}}}")
    if "number" not in fields:
        raise NumberMissing(pattern=pattern)
    return tuple((literal, field) for literal, field, _, _ in pieces)


def _check_piece(
    pattern: str, literal: str, field: str | None, width: str | None, conversion: str | None
) -> None:
    if not literal.isprintable() or set(literal) & set("{}"):
        raise BadPattern(pattern=pattern)
    if field is not None and field not in FIELDS:
        raise UnknownField(pattern=pattern, name=f"{{{field}}}")
    filled = field == "number" and _WIDTH.fullmatch(width or "")
    if conversion or (width and not filled):
        raise BadPattern(pattern=pattern)
