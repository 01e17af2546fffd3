"""The pages of a sluice's model, and who goes there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils import timezone

from idesluss.ideas.models import Idea
from idesluss.programmes.models import Edition, Programme, Step
from idesluss.programmes.usecases.model import NEWEST, begin_edition
from tests.stories.stops import OFFICE, TOWN, Stop, office, person

COACH = "kalle.bro@slusstad.example"
WAITING = "Anhöriga väntar utanför låst dörr"


def sluice() -> int:
    """The number of Slusstad's sluice."""
    return Programme.objects.get(organisation__slug=TOWN, slug="idesluss").pk


def sluice_case(title: str) -> Callable[[], int]:
    """The number of one of its cases."""
    return lambda: Idea.objects.get(title=title, edition__programme=sluice()).pk


def number() -> int:
    """The number of the edition that is being written, which is begun if there is none."""
    found = Edition.objects.filter(programme=sluice(), opened_at=None).first()
    made = found or begin_edition(sluice(), NEWEST, by=person(OFFICE), at=timezone.now())
    return made.number


def written(key: str) -> Callable[[], int]:
    """The number of a step of that edition."""
    return lambda: (
        Step.objects.get(edition__programme=sluice(), edition__number=number(), key=key).pk
    )


MODEL: Mapping[str, tuple[Stop, ...]] = {
    "programmes:sluice": (office(sluice),),
    "programmes:sluice_add": (office(name=""),),
    "programmes:sluice_change": (office(sluice, slug="Å"),),
    "programmes:sluice_model": (office(sluice),),
    "programmes:sluice_edition": (office(sluice, 1), office(sluice, number)),
    "programmes:sluice_step_add": (office(sluice, number, name=""),),
    "programmes:sluice_step": (office(sluice, written("helhetsbild"), name=""),),
    "programmes:sluice_open": (office(sluice, number),),
    "programmes:sluice_drop": (office(sluice, number),),
    "programmes:sluice_cases": (office(sluice, 1),),
    "ideas:step": (
        Stop(COACH, (TOWN, sluice_case(WAITING)), {"next_on": "2020-01-01"}),
        Stop(COACH, (TOWN, sluice_case("Ring före hemgången"))),
    ),
    "ideas:questions": (Stop(COACH, (TOWN, sluice_case(WAITING))),),
}
