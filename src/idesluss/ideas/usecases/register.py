"""The next register number of an organisation."""

from __future__ import annotations

from datetime import datetime

from idesluss.logic import registers
from idesluss.people.models import Organisation
from idesluss.records.usecases import next_number


def register_number(organisation: Organisation, *, at: datetime, series: str = "A") -> str:
    """Take the next number, written by the organisation's own pattern. For use cases only.

    The year is that of ``at`` (aware) in the organisation's zone, and numbers begin again with
    it if the pattern writes the year. ``series`` is letters: "A" for applications, "M" for
    minutes; where the pattern does not write it, all share one series, so that no two records
    ever bear the same number. The series stays locked until the caller's transaction ends:
    call this as late as possible.

    Raises:
        BadPattern: the organisation's pattern cannot be used.
    """
    pattern = organisation.register_pattern
    year = at.astimezone(organisation.timezone).year
    name = series if registers.has_series(pattern) else "register"
    key = f"{name}:{year}" if registers.is_yearly(pattern) else name
    number = next_number(organisation_id=organisation.pk, key=key)
    return registers.write(pattern, number=number, year=year, series=series)
