"""Ends as people say them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from idesluss.people.days import last_day, until

SWEDEN, GREENLAND = ZoneInfo("Europe/Stockholm"), ZoneInfo("America/Nuuk")
MIDNIGHT = datetime(2026, 10, 19, 22, 0, tzinfo=UTC)  # in Sweden, between the 19th and the 20th


@pytest.mark.parametrize(
    ("language", "end", "zone", "words"),
    [
        ("sv", MIDNIGHT, SWEDEN, "19 oktober 2026"),
        ("da", MIDNIGHT, SWEDEN, "19. oktober 2026"),
        ("sv", MIDNIGHT, GREENLAND, "19 oktober 2026 kl. 21.00"),
        ("sv", datetime(2026, 10, 19, 14, 0, tzinfo=UTC), SWEDEN, "19 oktober 2026 kl. 16.00"),
    ],
)
def test_an_end_at_midnight_is_the_day_before_it(language, end, zone, words):
    with translation.override(language):
        assert until(end, zone) == words


def test_the_last_day_is_that_of_the_last_moment():
    assert last_day(MIDNIGHT, SWEDEN) == date(2026, 10, 19)
    assert last_day(datetime(2026, 10, 19, 22, 1, tzinfo=UTC), SWEDEN) == date(2026, 10, 20)
