"""Ideas of a file of cases, as they lie in a sluice that everybody may read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from idesluss.ideas.models import Idea
from idesluss.people.models import Organisation, Person
from idesluss.programmes.models import Edition, Programme, Step
from idesluss.programmes.vocab import ProgrammeKind, Visibility

DAY = timedelta(days=1)
BATCH = 2_000


@transaction.atomic
def load(
    told: Sequence[Mapping[str, Any]], others: Iterable[tuple[str, str, str]] = ()
) -> Mapping[int, str]:
    """Put ideas in as public cases of their municipality; return their names in the file by pk.

    ``others``: titles, texts and languages of further ideas, in the same municipalities.
    """
    towns: dict[str, Town] = {}
    made = []
    for number, it in enumerate(told):
        name = it["municipality"]
        town = towns.get(name) or towns.setdefault(name, Town(name, len(towns)))
        made.append(town.idea(number, it["title"], it["text"], it["lang"]))
    Idea.objects.all().delete()
    rows = Idea.objects.bulk_create(made)
    places = list(towns.values())
    further = (
        places[number % len(places)].idea(len(told) + number, *it)
        for number, it in enumerate(others)
    )
    while batch := list(islice(further, BATCH)):
        Idea.objects.bulk_create(batch)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself after a while
    return {row.pk: it["id"] for row, it in zip(rows, told, strict=True)}


class Town:
    """A municipality with one open sluice and one who handles it."""

    def __init__(self, name: str, number: int) -> None:
        self.now = timezone.now()
        organisation = Organisation.objects.create(name=name, slug=f"{slugify(name)}-{number}")
        self.coach = Person.objects.create(
            name="Carin Coach", email=f"coach{number}@{slugify(name)}.example"
        )
        self.programme = Programme.objects.create(
            organisation=organisation,
            name="Idéslussen",
            slug="ideslussen",
            kind=ProgrammeKind.SLUICE.value,
            public=True,
        )
        self.edition = Edition.objects.create(
            programme=self.programme,
            number=1,
            made_by=self.coach,
            made_at=self.now - DAY,
            opened_at=self.now - DAY,
        )
        self.step = Step.objects.create(
            programme=self.programme,
            edition=self.edition,
            key="in",
            stage="received",
            name="Inkommen",
            position=1,
        )

    def idea(self, number: int, title: str, text: str, language: str) -> Idea:
        """A live case that everybody may read, not saved yet."""
        return Idea(
            programme=self.programme,
            edition=self.edition,
            at_step=self.step,
            title=title,
            need=text,
            language=language,
            stage="received",
            visibility=Visibility.PUBLIC.value,
            stage_at=self.now,
            created_at=self.now,
            received_at=self.now,
            register_number=f"S {self.now.year}/{number + 1:06}",
            responsible=self.coach,
            contact=self.coach,
            next_on=(self.now + 9 * DAY).date(),
        )
