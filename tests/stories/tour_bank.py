"""The start page of a sluice, its lists, challenges, and an idea that asks for money."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils import timezone

from idesluss.ideas.models import Challenge, Match
from idesluss.ideas.usecases.challenges import Posed, pose
from idesluss.programmes.models import Programme
from tests.stories.stops import APPLICANT, NOBODY, OFFICE, TOWN, Stop, office, person
from tests.stories.tour_ties import COACH, LIFT, TOOLS, sluiced

SLUICE = "idesluss"
LETTERS = "Brev som ingen förstår"


def titled(start: str) -> Callable[[], str]:
    """The address of a challenge."""
    return lambda: Challenge.objects.get(title__startswith=start).slug


CYCLING, EATING = titled("Fler ska kunna cykla"), titled("Färre ska äta ensamma")


def draft() -> str:
    """The address of a challenge that is not opened yet, which is written if there is none."""
    found = Challenge.objects.filter(opens_at=None).first()
    if found is None:
        boss = person(OFFICE)
        sluice = Programme.objects.get(organisation__slug=TOWN, slug=SLUICE)
        words = {"resources": "Tio timmar", "afterwards": "Vi provar ett svar."}
        said = Posed("Tystare matsal", "Ingen hör vad någon säger.", owner=boss, **words)
        found = pose(sluice.pk, said, by=boss, at=timezone.now())
    return found.slug


def offered() -> int:
    """The number of the offer to the applicant's parked case."""
    own = Match.objects.filter(idea__involvements__person__email=APPLICANT, taken=None)
    return own.latest("pk").pk


def listed(*more: str) -> tuple[Stop, ...]:
    """A list of the sluice, as everybody, an employee and the coach see it."""
    return tuple(Stop(who, (TOWN, SLUICE, *more)) for who in (NOBODY, APPLICANT, COACH))


BANK: Mapping[str, tuple[Stop, ...]] = {
    "ideas:sluice": listed(),
    "ideas:cases": listed(),
    "ideas:needs": listed(),
    "ideas:challenges": listed(),
    "ideas:challenge": (
        *(Stop(who, (TOWN, CYCLING)) for who in (NOBODY, COACH)),
        Stop(APPLICANT, (TOWN, EATING)),
        office(draft),
    ),
    "ideas:challenge_pose": (office(SLUICE, title=""),),
    "ideas:challenge_reword": (office(draft, title=""),),
    "ideas:challenge_open": (office(draft, closes_at="2020-01-01T12:00"),),
    "ideas:challenge_end": (office(CYCLING, result=""),),
    "ideas:challenge_offer": (Stop(COACH, (TOWN, CYCLING)),),
    "ideas:match": (Stop(APPLICANT, (TOWN, CYCLING, offered)),),
    "ideas:mine": (Stop(APPLICANT), Stop(OFFICE)),
    "ideas:link": (Stop(COACH, (TOWN, sluiced(TOOLS))),),
    "ideas:answer_need": (Stop(NOBODY, (TOWN, sluiced("Ingen vet vem som är ensam"))),),
    "ideas:carry": (Stop(APPLICANT, (TOWN, sluiced(LIFT))),),
}
