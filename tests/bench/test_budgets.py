"""The budgets of ``python -m bench``, on two small sizes: queries to the letter, time roughly.

Time is that of this thread alone, so that a busy machine does not fail us. How long it takes to
write is not judged here: most of that is to make it last, and nothing lasts in a test. The whole,
by the clock on the wall and at 100 000 applications, is what ``python -m bench`` measures.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.utils import timezone

from bench.measure import measure
from bench.pages import Pages
from bench.seed import World

pytestmark = pytest.mark.django_db

SIZES = (100, 2_000)
MARGIN = 1.75  # few repetitions, perhaps on a busy machine
WRITES = ("submit", "assess: save")  # most of their time is the database's, which no test waits for

QUERIES = {
    "list: administrator's": 8,
    "list: administrator's, last page": 8,
    "list: applicant's": 7,
    "list: assessor's": 7,
    "detail: office, to be checked": 8,
    "detail: office, closed": 8,
    "detail: applicant": 9,
    "public round page": 12,
    "case: coach": 11,
    "case: giver": 11,
    "case: everybody": 7,
    "years: side by side": 9,
    "years: yearly report": 12,
    "submit": 11,
    "assess: form": 10,
    "assess: save": 27,
    "meeting: 16 cases": 11,
    "meeting: 100 cases": 11,
}


@contextmanager
def one_connection() -> Iterator[None]:
    """Requests that do not close it: what is seeded lies in a transaction that is taken back."""
    ends = (request_started, request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield
    for end in ends:
        end.connect(close_old_connections)


@pytest.fixture(scope="module")
def measured(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), one_connection(), transaction.atomic():
        world = World(timezone.now())
        rows = [row for size in SIZES for row in measured_at(world, size)]
        transaction.set_rollback(True)
    return rows


def measured_at(world, size):
    world.grow(size)
    for page in Pages(world).all():
        if page.name in QUERIES:
            judged = replace(page, times=None) if page.name in WRITES else page
            yield measure(judged, size, seconds=0.2, margin=MARGIN, clock="cpu")


def test_every_page_asks_as_many_queries_at_every_size(measured):
    for size in SIZES:
        assert {one.page: one.queries for one in measured if one.n == size} == QUERIES


def test_no_page_takes_much_more_than_twice_the_time_of_a_bare_one(measured):
    read = [one for one in measured if one.page not in WRITES]
    assert [words for one in read for words in one.broken(MARGIN)] == []
