"""The doors of a sluice: opened with sensible rules, changed, closed, opened again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from idesluss.logic.refusals import AlreadyDone, Missing, NotAllowed, TooLong
from idesluss.people.refusals import NotAnAddress
from idesluss.people.vocab import Role
from idesluss.programmes.models import Door, Edition
from idesluss.programmes.refusals import BadSlug
from idesluss.programmes.usecases.doors import (
    BadHourlyLimit,
    BadPromise,
    CannotReceive,
    DecisionBeforeAnswer,
    DoorAddressTaken,
    DoorFacts,
    DoorSlugTaken,
    StepsFirst,
    change_door,
    close_door,
    open_again,
    open_door,
    usual_facts,
)
from idesluss.programmes.vocab import Audience
from idesluss.records.models import Entry
from tests.factories import (
    NOON,
    DoorFactory,
    EditionFactory,
    PersonFactory,
    ProgrammeFactory,
    person_as,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def sluice():
    return EditionFactory().programme


@pytest.fixture
def boss(sluice):
    return person_as(Role.ADMINISTRATOR, sluice.organisation)


@pytest.fixture
def facts(sluice):
    coach = person_as(Role.COACH, sluice.organisation)
    return usual_facts(sluice, Audience.RESIDENTS, name="Invånare", receiver=coach)


def opened(sluice, facts, boss, audience=Audience.RESIDENTS):
    return open_door(sluice.pk, audience, facts, by=boss, at=NOON)


def test_a_door_opens_with_the_usual_rules(sluice, facts, boss):
    door = opened(sluice, facts, boss)
    door.refresh_from_db()
    assert (door.slug, door.visibility, door.signed_in) == ("invanare", "closed", False)
    assert (door.first_days, door.decision_days, door.hourly_limit) == (5, 30, 20)
    assert (door.opened_at, door.closed_at, door.receiver) == (NOON, None, facts.receiver)
    entry = Entry.objects.about(door).get()
    assert (entry.verb, entry.data["audience"], entry.data["slug"]) == (
        "programmes.door_opened",
        "residents",
        "invanare",
    )


def test_what_employees_hand_in_is_open_inside(sluice):
    assert usual_facts(sluice, Audience.STAFF, name="x", receiver=None).visibility == "inside"


def test_the_same_group_of_a_second_sluice_gets_a_link_of_its_own(sluice, facts, boss):
    opened(sluice, facts, boss)
    other = EditionFactory(programme__organisation=sluice.organisation).programme
    wished = usual_facts(other, Audience.RESIDENTS, name="Invånare", receiver=None)
    assert wished.slug == f"{other.slug}-invanare"


def test_one_door_for_each_group(sluice, facts, boss):
    opened(sluice, facts, boss)
    with pytest.raises(AlreadyDone):
        opened(sluice, replace(facts, slug="annan"), boss)
    assert opened(sluice, replace(facts, slug="annan"), boss, Audience.STAFF).slug == "annan"


def test_a_sluice_without_steps_takes_nothing_in(sluice, facts, boss):
    Edition.objects.update(opened_at=None)
    with pytest.raises(StepsFirst):
        opened(sluice, facts, boss)


def test_a_fund_has_no_doors(facts, boss, sluice):
    fund = ProgrammeFactory(organisation=sluice.organisation)
    with pytest.raises(type(fund).DoesNotExist):
        opened(fund, facts, boss)


@pytest.mark.parametrize(
    ("wrong", "refusal", "field"),
    [
        ({"slug": "Å å"}, BadSlug, "slug"),
        ({"slug": "a" * 41}, TooLong, "slug"),
        ({"slug": "upptagen"}, DoorSlugTaken, "slug"),
        ({"welcome": "a" * 4001}, TooLong, "welcome"),
        ({"visibility": "alla"}, Missing, "visibility"),
        ({"first_days": None}, BadPromise, "first_days"),
        ({"first_days": 0}, BadPromise, "first_days"),
        ({"decision_days": 251}, BadPromise, "decision_days"),
        ({"first_days": 10, "decision_days": 9}, DecisionBeforeAnswer, "decision_days"),
        ({"hourly_limit": 0}, BadHourlyLimit, "hourly_limit"),
        ({"hourly_limit": None}, BadHourlyLimit, "hourly_limit"),
        ({"address": "ideer"}, NotAnAddress, "address"),
        ({"address": "Ideer@Slusstad.example"}, DoorAddressTaken, "address"),
        ({"receiver": None}, Missing, "receiver"),
    ],
)
def test_what_cannot_be_used_is_refused_at_its_field(sluice, facts, boss, wrong, refusal, field):
    DoorFactory(programme=sluice, organisation=sluice.organisation, slug="upptagen")
    DoorFactory(address="ideer@slusstad.example")
    with pytest.raises(refusal) as caught:
        opened(sluice, replace(facts, **wrong), boss)
    assert caught.value.field == field
    assert Door.objects.filter(programme=sluice, audience="residents").count() == 0


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.ASSESSOR, Role.REGISTRAR])
def test_only_those_who_can_have_a_case_receive(sluice, facts, boss, role):
    somebody = person_as(role, sluice.organisation)
    with pytest.raises(CannotReceive):
        opened(sluice, replace(facts, receiver=somebody), boss)


def test_a_door_is_changed_and_keeps_its_own_link_and_address(sluice, facts, boss):
    door = opened(sluice, replace(facts, address="ideer@slusstad.example"), boss)
    now = replace(DoorFacts.of(door), welcome="Hej!\r\n", first_days=3)
    change_door(door.pk, now, by=boss, at=NOON)
    door.refresh_from_db()
    assert (door.welcome, door.first_days, door.slug) == ("Hej!", 3, "invanare")
    assert door.address == "ideer@slusstad.example"


def test_a_door_is_closed_and_opened_again(sluice, facts, boss):
    door = opened(sluice, facts, boss)
    with pytest.raises(AlreadyDone):
        open_again(door.pk, by=boss, at=NOON)
    close_door(door.pk, by=boss, at=NOON + HOUR)
    assert not Door.objects.open(NOON + HOUR).exists()
    with pytest.raises(AlreadyDone):
        close_door(door.pk, by=boss, at=NOON + HOUR)
    open_again(door.pk, by=boss, at=NOON + 2 * HOUR)
    assert Door.objects.open(NOON + 2 * HOUR).get() == door
    verbs = Entry.objects.about(door).values_list("verb", flat=True)
    assert [verb.split("_")[1] for verb in verbs] == ["opened", "closed", "opened"]


def test_a_door_whose_receiver_has_left_is_not_opened_again(sluice, facts, boss):
    door = opened(sluice, facts, boss)
    close_door(door.pk, by=boss, at=NOON)
    facts.receiver.appointments.update(ends=NOON.date())
    with pytest.raises(CannotReceive):
        open_again(door.pk, by=boss, at=NOON)


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("verb", ["open", "change", "close", "again"])
def test_only_administrators_of_the_organisation_set_up_doors(sluice, facts, role, verb):
    person = person_as(role, sluice.organisation) if role else PersonFactory()
    door = DoorFactory(programme=sluice, organisation=sluice.organisation)
    if verb == "again":
        Door.objects.update(closed_at=NOON)
    who = {"by": person, "at": NOON}
    act = {
        "open": lambda: open_door(sluice.pk, Audience.RESIDENTS, facts, **who),
        "change": lambda: change_door(door.pk, DoorFacts.of(door), **who),
        "close": lambda: close_door(door.pk, **who),
        "again": lambda: open_again(door.pk, **who),
    }[verb]
    if role is Role.ADMINISTRATOR:
        assert act().organisation == sluice.organisation
    else:
        with pytest.raises(NotAllowed):
            act()


def test_a_door_for_the_signed_in_is_known_inside_only():
    door = DoorFactory(signed_in=True)
    inside = person_as(Role.EMPLOYEE, door.organisation)
    for person, sees in ((inside, True), (PersonFactory(), False), (None, False)):
        assert Door.objects.known_to(person, at=NOON).exists() is sees
        assert Door.objects.visible_to(person, at=NOON).exists() is sees
