"""Which cases look alike is kept up with the records: a few cases at a time, those that changed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from idesluss.ideas.models import Idea
from idesluss.ideas.reads.alike import held_against_others
from idesluss.ideas.usecases.alike import Near, keep_alike
from idesluss.insight.search.pairs import followed, pairs_of
from idesluss.jobs.models import Reading
from idesluss.logic.text.analysing import VERSION
from idesluss.records.models import Entry

NAME = f"likenesses {VERSION}"  # read otherwise, all cases are gone through again
CASES, LINES = 50, 500  # that are looked at in one turn
QUIET = (
    *("ideas.said", "ideas.supported", "ideas.support_taken_back", "ideas.followed"),
    *("ideas.unfollowed", "ideas.given", "ideas.next_set", "ideas.stepped", "ideas.moved"),
    *("ideas.rated", "ideas.promises_told", "ideas.match_offered", "ideas.code_given"),
    *("ideas.code_used", "ideas.attached", "ideas.found", "ideas.finding_changed"),
    *("ideas.question_answered", "ideas.set_apart", "ideas.set_apart_undone"),
)
"""What is noted about a case and changes neither its words, nor whether it goes on, nor who may
see it."""


def find_alike(at: datetime) -> int:
    """Look at cases that have changed, and keep what they look like; returns how many cases.

    The first time all cases are gone through, in the order of their numbers; then those that the
    records tell of, never ahead of the index. How far it has come is kept together with what was
    found, so that whoever dies in between begins at the same case again.
    """
    line = followed()
    if line is None:
        return 0
    last = Entry.objects.aggregate(last=Max("pk"))["last"] or 0
    place, _new = Reading.objects.get_or_create(
        name=NAME, defaults={"line": min(line, last), "case": 0}
    )
    if place.case is not None:
        return _go_through(place, at)
    return _follow(place, min(line, last), at)


def _go_through(place: Reading, at: datetime) -> int:
    """The next cases of the first time; after the last one, the records are followed."""
    rows = held_against_others(at).filter(pk__gt=place.case).order_by("pk")
    some = list(rows[:CASES])
    found = {it.pk: pairs_of(it, at=at) for it in some}
    place.case = some[-1].pk if len(some) == CASES else None
    return _keep(place, found, at)


def _follow(place: Reading, line: int, at: datetime) -> int:
    """The cases that the next lines of the records are about."""
    if line <= place.line:
        return 0
    lines = Entry.objects.filter(
        pk__gt=place.line, pk__lte=line, about_kind=Idea._meta.label_lower
    ).exclude(verb__in=QUIET)
    told = list(lines.order_by("pk").values_list("pk", "about_id")[:LINES])
    reached, numbers = line if len(told) < LINES else told[-1][0], set[int]()
    for number_of_line, case in told:
        if case not in numbers and len(numbers) == CASES:
            reached = number_of_line - 1
            break
        numbers.add(case)
    found: dict[int, list[Near]] = {it: [] for it in numbers}
    for idea in held_against_others(at).filter(pk__in=numbers):
        found[idea.pk] = pairs_of(idea, at=at)
    place.line = reached
    return _keep(place, found, at)


@transaction.atomic
def _keep(place: Reading, found: dict[int, list[Near]], at: datetime) -> int:
    keep_alike(found, at=at)
    place.save()
    return len(found)
