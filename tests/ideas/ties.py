"""Two cases of one sluice, and what each of them holds."""

from __future__ import annotations

from idesluss.ideas.models import OWN, Idea, Passage
from idesluss.people.models import Person
from idesluss.programmes.models import Door
from tests.factories import DoorFactory, PersonFactory, sluice_case


def guest(name: str = "") -> Person:
    return PersonFactory(name=name, email=None, guest=True)


def pair(door: Door | None = None, **fields: object) -> tuple[Idea, Idea]:
    """Two received cases with the same responsible coach."""
    door = door or DoorFactory()
    return sluice_case(door=door, **fields), sluice_case(door=door, **fields)


def state(idea: Idea) -> dict[str, object]:
    """Everything that a merging may touch, as it is in the database."""
    row = Idea.objects.filter(pk=idea.pk).values().get()
    row.pop("stage_at")
    return {
        "row": row,
        "supports": sorted(idea.supports.values_list("person", "reason", "came_from", "at")),
        "follows": sorted(idea.follows.values_list("person", "at")),
        "givers": sorted(
            idea.involvements.filter(part__in=OWN, ended_at=None).values_list("person", "part")
        ),
        "passages": list(Passage.objects.filter(idea=idea).values_list("pk", "left_at")),
    }
