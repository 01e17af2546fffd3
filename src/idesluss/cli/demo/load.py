"""Fill the demonstration: Burlöv with its real figures, and Slusstad, which does not exist."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from idesluss.cli.demo import (
    asking,
    burlov,
    burlov_years,
    celebrating,
    endorsing,
    money,
    projects,
    rules,
    sluice,
    sluice_towns,
    slusstad,
)
from idesluss.cli.demo.play import Town
from idesluss.jobs.deliver import deliver, deliver_one, handlers
from idesluss.people import usecases as people
from idesluss.people.models import Organisation, Person
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from idesluss.records.usecases.invented import mark_invented

BURLOV = people.Facts(
    name="Burlövs kommun",
    slug="burlov",
    country="SE",
    language="sv",
    currency="SEK",
    zone="Europe/Stockholm",
    colour="#0b5d8a",
    register_pattern="KS {year}/{number:04}",
    contact_mail="innovation@burlov.example",
)
SLUSSTAD = people.Facts(
    name="Slusstad",
    slug="slusstad",
    country="SE",
    language="sv",
    currency="SEK",
    zone="Europe/Stockholm",
    colour="#1f6f4a",
    register_pattern="INN {year}/{number:04}",
    contact_mail="innovation@slusstad.example",
)


def load(say: Callable[[str], None]) -> None:
    """Play both municipalities, telling ``say`` how it goes."""
    say("playing Burlöv's round of 2023, and years that are invented")
    first = datetime(2022, 8, 1, 7, 0, tzinfo=UTC)
    installer = people.redeem(
        people.installer_link(at=first),
        name="Maria Lind (påhittad)",
        email="maria.lind@burlov.example",
        organisation=BURLOV,
        at=first,
    )
    mark_invented(installer)
    town = Town(Organisation.objects.get(slug="burlov"), installer)
    burlov.play(town)
    burlov_years.play(town, [2019, 2020, 2021, 2022], datetime(2023, 1, 9, 8, 0, tzinfo=UTC))
    burlov_years.play(town, [2024], datetime(2024, 1, 8, 8, 0, tzinfo=UTC))
    projects.stop("2024", "Möte utan papper (påhittat)", datetime(2024, 9, 2, 8, tzinfo=UTC))
    say("playing Slusstad, with a round in each stage")
    now = timezone.now()
    slusstad.play(_slusstad(installer, now - timedelta(days=210)), now)
    celebrating.play("trygg-hemma", now)
    projects.play("trygg-hemma", now)
    money.play("trygg-hemma", now)
    endorsing.play(now)
    asking.play("motet-med-invanaren", now)
    rules.play("grona-arbetsplatser", now)
    sluice.play(now)
    say("playing Lerum, Kungsbacka and Sundsvall, with a few invented cases")
    sluice_towns.play(installer, now)
    say("writing the letters")
    write_letters(now)


def write_letters(now: datetime) -> None:
    """Everything that follows from what happened, each at the time when it happened."""
    listed = handlers()
    told = Entry.objects.filter(delivered_at=None, verb__in=listed).order_by("pk")
    for pk, at in list(told.values_list("pk", "at")):
        deliver_one(pk, listed, at)
    while deliver(now):
        pass


def _slusstad(installer: Person, at: datetime) -> Town:
    organisation = people.add_organisation(SLUSSTAD, by=installer, at=at)
    mark_invented(organisation)
    administrator = people.add_person(
        organisation.pk,
        name="Maja Strand",
        email="maja.strand@slusstad.example",
        roles=[Role.ADMINISTRATOR.value],
        by=installer,
        at=at,
    )
    mark_invented(administrator)
    return Town(organisation, administrator)
