"""Which cases look alike: kept as the search finds them, and set apart by those who know better."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from idesluss.ideas.models import APART_LENGTH, Alike, Idea, Together
from idesluss.ideas.rules import may_work
from idesluss.logic.grouping import groups
from idesluss.logic.refusals import TooLong, require
from idesluss.people.models import Person
from idesluss.records.usecases import note

TOGETHER = 0.22  # how much alike two public cases are, to be told of together
LARGEST = 12  # cases of a group
WORDS = 8  # that are kept of why two look alike


@dataclass(frozen=True, slots=True)
class Near:
    """A case that looks like another: its number, how much (of 1), and which words met which."""

    idea: int
    score: float
    why: Sequence[tuple[str, str]] = ()  # a word of the one that was looked at, and of this one


@transaction.atomic
def keep_alike(found: Mapping[int, Sequence[Near]], *, at: datetime) -> int:
    """Keep what each case of ``found`` looks like now, in place of what was found before.

    A pair that was set apart stays so, and is never forgotten. Then the groups of public cases
    are made anew where something may have changed. Done twice, it changes nothing the second
    time. Returns how many pairs there are of these cases.
    """
    kept = sum(_keep(number, near, at=at) for number, near in found.items())
    regroup(found, at=at)
    return kept


def _keep(number: int, near: Sequence[Near], *, at: datetime) -> int:
    cases = Idea.objects.select_related("programme").in_bulk([number, *(it.idea for it in near)])
    here = cases[number].organisation_id
    kept = []
    for one in near:
        first, second = sorted((number, one.idea))
        why = [list(it if number == first else it[::-1]) for it in one.why[:WORDS]]
        there = cases[one.idea].organisation_id
        told = {"score": one.score, "why": why, "organisation_id": here if here == there else None}
        row, _new = Alike.objects.update_or_create(
            idea_id=first,
            other_id=second,
            defaults=told,
            create_defaults={**told, "found_at": at},
        )
        kept.append(row.pk)
    stale = Alike.objects.filter(Q(idea=number) | Q(other=number), set_apart_at=None)
    stale.exclude(pk__in=kept).delete()
    return len(kept)


# --- Groups of public cases -----------------------------------------------------------------------


def regroup(touched: Iterable[int], *, at: datetime) -> None:
    """Make the groups anew of everything that is connected with ``touched``, now or until now.

    What is connected with nothing of it stays as it is: nothing there has changed.
    """
    numbers = set(touched)
    before = Together.objects.filter(idea__in=numbers).values("group")
    numbers |= set(Together.objects.filter(group__in=before).values_list("idea", flat=True))
    numbers, links = _connected(numbers, at=at)
    found = {number: group[0] for group in groups(links, LARGEST) for number in group}
    Together.objects.filter(idea__in=numbers - set(found)).delete()
    rows = [Together(idea_id=number, group=group) for number, group in found.items()]
    Together.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["idea"], update_fields=["group"]
    )


def _connected(
    start: Collection[int], *, at: datetime
) -> tuple[set[int], set[tuple[int, int, float]]]:
    """All that strong pairs of public cases connect with ``start``, and those pairs."""
    strong = Alike.objects.public(at).filter(score__gte=TOGETHER, set_apart_at=None)
    seen, ahead = set(start), set(start)
    links: set[tuple[int, int, float]] = set()
    while ahead:
        met = strong.filter(Q(idea__in=ahead) | Q(other__in=ahead))
        new = set(met.values_list("idea", "other", "score"))
        links |= new
        ahead = {it for one, other, _ in new for it in (one, other)} - seen
        seen |= ahead
    return seen, links


# --- Not the same ---------------------------------------------------------------------------------


@transaction.atomic
def set_apart(alike_id: int, *, reason: str, by: Person, at: datetime) -> Alike:
    """Say that two cases are not the same, so that the pair does not come back.

    Said again, the first word stands. Notes ``ideas.set_apart`` about both.

    Raises:
        Alike.DoesNotExist: the pair is gone.
        NotAllowed: ``by`` does not work with both.
        TooLong: the reason.
    """
    pair = _locked(alike_id, by=by, at=at)
    reason = reason.strip()
    require(len(reason) <= APART_LENGTH, TooLong(field="reason", limit=APART_LENGTH))
    if pair.set_apart_at is not None:
        return pair
    pair.set_apart_by, pair.set_apart_at, pair.reason = by, at, reason
    pair.save(update_fields=["set_apart_by", "set_apart_at", "reason"])
    _note("ideas.set_apart", pair, by=by, at=at, reason=reason)
    regroup([pair.idea_id, pair.other_id], at=at)
    return pair


@transaction.atomic
def undo_set_apart(alike_id: int, *, by: Person, at: datetime) -> Alike:
    """Take back that two cases are not the same; they are listed again while both go on.

    A second time changes nothing. Notes ``ideas.set_apart_undone`` about both.

    Raises:
        Alike.DoesNotExist: there is no such pair.
        NotAllowed: ``by`` does not work with both.
    """
    pair = _locked(alike_id, by=by, at=at)
    if pair.set_apart_at is None:
        return pair
    pair.set_apart_by, pair.set_apart_at, pair.reason = None, None, ""
    pair.save(update_fields=["set_apart_by", "set_apart_at", "reason"])
    _note("ideas.set_apart_undone", pair, by=by, at=at)
    regroup([pair.idea_id, pair.other_id], at=at)
    return pair


def _locked(alike_id: int, *, by: Person, at: datetime) -> Alike:
    found = Alike.objects.select_for_update(of=("self",))
    pair = found.select_related("idea__programme", "other__programme").get(pk=alike_id)
    require(may_work(by, pair.idea, at=at) and may_work(by, pair.other, at=at))
    return pair


def _note(verb: str, pair: Alike, *, by: Person, at: datetime, **said: Any) -> None:
    for one, other in ((pair.idea, pair.other), (pair.other, pair.idea)):
        note(verb, about=one, by=by, at=at, other=other.pk, number=other.register_number, **said)
