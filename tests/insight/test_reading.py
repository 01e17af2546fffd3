"""What may be sent to be translated, to whom, and what is kept: a grid of every case."""

from datetime import timedelta
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from idesluss.ideas.models import TranslationService
from idesluss.ideas.usecases.translating import Made, digest_of, keep_translation
from idesluss.insight.reading import readable, reading_of, width_of
from idesluss.people.vocab import Role
from idesluss.programmes.vocab import Visibility
from tests.factories import (
    NOON,
    ApplicationFactory,
    DoorFactory,
    OrganisationFactory,
    person_as,
    sluice_case,
)
from tests.ideas.test_challenges import posed
from tests.pilots.world import JUNE, Town

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def connect(organisation, **more):
    boss = person_as(Role.ADMINISTRATOR, organisation)
    facts = {"speaks": "libre", "address": f"https://{organisation.slug}.example"}
    return TranslationService.objects.create(
        organisation=organisation, connected_by=boss, connected_at=NOON, **facts | more
    )


@pytest.fixture
def place():
    return OrganisationFactory(slug="lyngby")


@pytest.fixture
def mine():
    return OrganisationFactory(slug="slusstad")


@pytest.fixture
def door(place):
    return DoorFactory(edition__programme__organisation=place)


def case(door, visibility="public", stage="received", **more):
    facts = {"language": "da", "title": "Lastcykler", "need": "Bakkerne er stejle."} | more
    return sluice_case(stage, door=door, visibility=visibility, **facts)


# Who reads × how wide the case is × which services there are → whose service may be asked.
READERS = ["nobody", "of the place", "of another", "of both"]
SERVICES = [
    (there, inside, own)
    for there, inside, own in product((False, True), (False, True), (False, True))
    if there or not inside
]


def expected(reader, width, there, inside, own):
    """The rule in words: public goes to the reader's own, else the place's; inside only there."""
    if width == "closed":
        return None
    if width == "inside":
        return "lyngby" if there and inside else None
    mine = []
    if reader in ("of the place", "of both") and there:
        mine.append("lyngby")
    if reader in ("of another", "of both") and own:
        mine.append("slusstad")
    if not mine and there:
        mine.append("lyngby")
    return mine[0] if mine else None


@pytest.mark.parametrize("width", [it.value for it in Visibility])
@pytest.mark.parametrize(("there", "inside", "own"), SERVICES)
def test_a_text_goes_where_it_may_and_nowhere_else(door, place, mine, width, there, inside, own):
    if there:
        connect(place, inside=inside)
    if own:
        connect(mine, inside=True)
    found = case(door, width)
    people = {
        "nobody": AnonymousUser(),
        "of the place": person_as(Role.EMPLOYEE, place),
        "of another": person_as(Role.EMPLOYEE, mine),
        "of both": person_as(Role.EMPLOYEE, place),
    }
    person_as_too(people["of both"], mine)
    for reader, person in people.items():
        reading = reading_of(found, person, "sv", at=NOON)
        sent_to = reading.service.organisation.slug if reading else None
        assert sent_to == expected(reader, width, there, inside, own), reader
        offered = readable([found], person, "sv", at=NOON)
        assert bool(offered) == (reading is not None), reader


def person_as_too(person, organisation):
    from tests.factories import AppointmentFactory

    AppointmentFactory(person=person, organisation=organisation, role=Role.EMPLOYEE.value)


@pytest.mark.parametrize("stage", ["draft", "withdrawn", "redirected"])
def test_what_is_never_shown_is_never_sent_however_wide_it_is(door, place, stage):
    connect(place, inside=True)
    found = case(door, stage=stage)
    assert width_of(found, at=NOON) is Visibility.CLOSED
    assert reading_of(found, door.receiver, "sv", at=NOON) is None
    assert readable([found], door.receiver, "sv", at=NOON) == set()


def test_an_application_to_a_fund_is_never_sent():
    application = ApplicationFactory(stage="deciding", idea__visibility="public")
    connect(application.round.programme.organisation, inside=True)
    assert width_of(application.idea, at=NOON) is Visibility.CLOSED


@pytest.mark.parametrize(
    ("opens", "public", "width"),
    [
        (None, True, "closed"),
        (NOON + DAY, True, "closed"),
        (NOON, False, "inside"),
        (NOON, True, "public"),
    ],
)
def test_a_challenge_is_as_wide_as_its_page(door, opens, public, width):
    from idesluss.ideas.models import Challenge
    from idesluss.ideas.usecases.challenges import pose

    boss = person_as(Role.MANAGER, door.organisation)
    found = pose(door.programme.pk, posed(boss), by=boss, at=NOON)
    Challenge.objects.update(opens_at=opens, public=public)
    found.refresh_from_db()
    assert width_of(found, at=NOON) is Visibility(width)


@pytest.mark.parametrize(
    ("since", "width"), [(None, "closed"), (JUNE + DAY, "closed"), (JUNE, "public")]
)
def test_a_project_is_public_once_its_page_is(since, width):
    project = Town().project
    project.published_at = since
    assert width_of(project, at=JUNE) is Visibility(width)


@pytest.mark.parametrize(("written", "wanted"), [("sv", "sv"), ("nn", "nb"), ("da-DK", "da")])
def test_what_is_in_the_readers_language_needs_nothing(door, place, written, wanted):
    connect(place)
    found = case(door, language=written[:5])
    assert reading_of(found, None, wanted, at=NOON) is None


def test_a_service_that_is_off_is_not_asked(door, place):
    connect(place, off_at=NOON)
    assert reading_of(case(door), None, "sv", at=NOON) is None


def test_what_was_made_of_these_very_words_is_read_again(door, place):
    connect(place)
    found = case(door)
    words = digest_of("Lastcykler", "Bakkerne er stejle.")
    kept = Made("sv", words, "lyngby.example", "Lådcyklar", "Backarna är branta.")
    keep_translation(place.pk, found, kept, by=None, at=NOON)
    reading = reading_of(found, None, "sv", at=NOON)
    assert (reading.digest, reading.host) == (words, "lyngby.example")
    assert reading.kept.title == "Lådcyklar"
    assert reading_of(found, None, "en", at=NOON).kept is None
    found.need = "Bakkerne er meget stejle."
    assert reading_of(found, None, "sv", at=NOON).kept is None


def test_what_the_service_of_the_place_has_made_is_not_sent_to_ones_own(door, place, mine):
    connect(place)
    connect(mine)
    found, reader = case(door), person_as(Role.EMPLOYEE, mine)
    assert reading_of(found, reader, "sv", at=NOON).service.organisation == mine
    words = digest_of("Lastcykler", "Bakkerne er stejle.")
    keep_translation(place.pk, found, Made("sv", words, "h", "Lådcyklar", ""), by=None, at=NOON)
    reading = reading_of(found, reader, "sv", at=NOON)
    assert (reading.service.organisation, reading.kept.title) == (place, "Lådcyklar")


def test_one_thing_asks_once_whatever_is_kept(door, place, django_assert_num_queries):
    connect(place)
    found = case(door)
    with django_assert_num_queries(1):
        assert reading_of(found, None, "sv", at=NOON).kept is None


def test_many_things_ask_once_and_those_in_the_readers_language_nothing(
    door, place, django_assert_num_queries
):
    connect(place)
    things = [case(door) for _ in range(3)]
    with django_assert_num_queries(1):
        assert len(readable(things, None, "sv", at=NOON)) == 3
    with django_assert_num_queries(0):
        assert readable(things, None, "da", at=NOON) == set()
        assert readable([], None, "sv", at=timezone.now()) == set()
