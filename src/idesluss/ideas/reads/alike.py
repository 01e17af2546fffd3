"""Cases that look alike: which are held against each other, and what pages show of the pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Q, QuerySet

from idesluss.ideas.models import LIVE, OWN, Alike, Idea, Involvement, opened_to
from idesluss.ideas.reads.names import Reader, may_know
from idesluss.logic.lifecycle import Stage
from idesluss.logic.text.folding import words
from idesluss.people.models import Organisation, Person

SHOWN = 20  # pairs that were set apart, and cases that were put together, that a page shows


def held_against_others(at: datetime) -> QuerySet[Idea]:
    """Cases of sluices that are held against others: those that go on, and those shown to all."""
    shown = opened_to(None, at=at) & ~Q(stage=Stage.MERGED.value)
    found = Idea.objects.sluiced().filter(Q(stage__in=LIVE) | shown)
    return found.select_related("programme")


def partners(idea: Idea, *, at: datetime) -> QuerySet[Idea]:
    """Cases that ``idea`` may be a pair with.

    If it goes on, those that go on in the same organisation; if everybody may read it, those that
    everybody may read, wherever they are. Never those that it is bound up with already: the need
    that it is an idea for, what it was parted from.
    """
    near = Q(pk__in=[])
    if idea.stage in LIVE:
        near |= Q(stage__in=LIVE, programme__organisation=idea.organisation_id)
    shown = opened_to(None, at=at) & ~Q(stage=Stage.MERGED.value)
    if Idea.objects.filter(shown, pk=idea.pk).exists():
        near |= shown
    bound = Q(answers_to=idea.pk) | Q(split_from=idea.pk)
    known = filter(None, (idea.pk, idea.answers_to_id, idea.split_from_id))
    found = Idea.objects.sluiced().filter(near).exclude(pk__in=known)
    return found.exclude(bound).select_related("programme")


PAIR = (
    *(f"{one}__{it}" for one in ("idea", "other") for it in ("at_step", "unit", "responsible")),
    "set_apart_by",
)


def pairs_here(person: Person, organisation: Organisation, *, at: datetime) -> QuerySet[Alike]:
    """Probable duplicates among the cases of ``organisation`` that ``person`` handles.

    Both go on, and nobody has said that they are not the same. The most alike first.
    """
    seen = Alike.objects.visible_to(person, at=at).waiting().filter(organisation=organisation)
    return seen.select_related(*PAIR).order_by("-score", "pk")


def set_apart_here(person: Person, organisation: Organisation, *, at: datetime) -> QuerySet[Alike]:
    """Pairs that were said not to be the same, of cases that ``person`` handles; latest first."""
    seen = Alike.objects.visible_to(person, at=at).filter(organisation=organisation)
    return (
        seen.filter(set_apart_at__isnull=False)
        .select_related("idea", "other", "set_apart_by")
        .order_by("-set_apart_at", "-pk")
    )


def joined_here(person: Person, organisation: Organisation, *, at: datetime) -> QuerySet[Idea]:
    """Cases that ``person`` handles and that go on in another one, the latest first."""
    handled = Idea.objects.handled_by(person, at=at).sluiced()
    here = handled.filter(programme__organisation=organisation, stage=Stage.MERGED.value)
    return here.select_related("merged_into").order_by("-stage_at", "-pk")


def why_still(pair: Alike) -> list[tuple[str, str]]:
    """Why the two look alike, as far as both still say it: a word of the one, and of the other.

    What was masked or changed a second ago is not told any more.
    """
    first, second = (
        set(words(f"{it.title}\n{it.need}\n{it.answer}")) for it in (pair.idea, pair.other)
    )
    return [(one, other) for one, other in pair.why if one in first and other in second]


def givers_of_all(ideas: Iterable[Idea]) -> Mapping[int, list[str]]:
    """By case, the names of those who hand it in, for whoever handles all of them; one query.

    Somebody who gave no name is "".
    """
    numbers = [it.pk for it in ideas]
    parts = Involvement.objects.filter(idea__in=numbers, part__in=OWN, ended_at=None)
    shown = ("idea__name_shown", "person__name", "person__guest", "part", "since")
    rows = parts.select_related("person", "idea").only(*shown).order_by("pk")
    found: dict[int, list[str]] = defaultdict(list)
    for one in rows:
        known = may_know(Reader.OFFICE, one.idea.name_shown)
        found[one.idea_id].append(one.person.name if known else "")
    return found
