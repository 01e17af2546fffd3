"""Bodies have members in an order, one chair, deputies and a quorum that they can reach."""

from datetime import timedelta

import pytest

from idesluss.logic.refusals import AlreadyDone, Missing, NotAllowed, TooLong
from idesluss.people.models import Body, Seat
from idesluss.people.names import find_person
from idesluss.people.reads import seats_of
from idesluss.people.refusals import (
    AlreadySeated,
    BadQuorum,
    DeputyInTheChair,
    DeputyOfDeputy,
    EndedAlready,
    EndsTooEarly,
    NameTaken,
    NoMembers,
    OwnDeputy,
    QuorumTooLarge,
    SeveralPeople,
    UnknownPerson,
)
from idesluss.people.usecases import (
    add_body,
    archive_body,
    change_body,
    check_body,
    give_chair,
    move_seat,
    read_members,
    restore_body,
    seat,
    unseat,
)
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import (
    NOON,
    AppointmentFactory,
    BodyFactory,
    OrganisationFactory,
    SeatFactory,
    person_as,
)

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
DAY = timedelta(days=1)


@pytest.fixture
def here():
    return OrganisationFactory()


@pytest.fixture
def boss(here):
    return person_as(Role.ADMINISTRATOR, here, name="Bo Berg", email="bo@slusstad.example")


@pytest.fixture
def eva(here):
    return person_as(Role.MANAGER, here, name="Eva Ek")


@pytest.fixture
def group(here, boss, eva):
    """Bo (chair) and Eva, quorum two."""
    return add_body(here.pk, name="Ledningsgruppen", members=[boss, eva], quorum=2,
                    delegation="KS 2024/17 § 4", by=boss, at=NOON)  # fmt: skip


def order(body):
    return [(it.person.name, it.chair) for it in seats_of(body, at=NOON)]


def test_a_body_has_its_members_in_order_and_the_first_takes_the_chair(group, here):
    assert (group.organisation, group.quorum, group.delegation) == (here, 2, "KS 2024/17 § 4")
    assert order(group) == [("Bo Berg", True), ("Eva Ek", False)]
    entry = Entry.objects.about(group).get()
    assert entry.verb == "people.body_added"
    assert entry.data == {
        "name": "Ledningsgruppen",
        "quorum": 2,
        "delegation": "KS 2024/17 § 4",
        "members": ["Bo Berg", "Eva Ek"],
    }
    assert check_body(group, TODAY) is None


@pytest.mark.parametrize(
    ("given", "refusal", "field"),
    [
        ({"members": []}, NoMembers, "members"),
        ({"quorum": 3}, QuorumTooLarge, "quorum"),
        ({"quorum": 0}, BadQuorum, "quorum"),
        ({"name": ""}, Missing, "name"),
        ({"name": "Ledningsgruppen"}, NameTaken, "name"),
        ({"delegation": "x" * 201}, TooLong, "delegation"),
    ],
)
def test_a_body_that_could_not_decide_is_refused(given, refusal, field, group, boss):
    members = read_members("Eva Ek\nBo Berg", organisation_id=group.organisation_id, at=NOON)
    facts = {"name": "Nämnden", "members": members, "quorum": 2, "delegation": "", **given}

    with pytest.raises(refusal) as refused:
        add_body(group.organisation_id, **facts, by=boss, at=NOON)

    assert refused.value.field == field
    assert list(Body.objects.all()) == [group]


def test_the_refusal_says_how_many_members_there_are(here, boss):
    with pytest.raises(QuorumTooLarge) as refused:
        add_body(here.pk, name="Nämnden", members=[boss], quorum=3, by=boss, at=NOON)
    assert refused.value.params == {"quorum": 3, "members": 1}


def test_members_are_read_one_on_each_line_by_name_or_address(here, boss, eva):
    text = "Eva Ek\n\n Bo Berg, BO@slusstad.example \n"

    assert read_members(text, organisation_id=here.pk, at=NOON) == [eva, boss]


def test_a_line_that_names_nobody_here_or_two_people_is_refused(here, boss, eva):
    person_as(Role.COACH, here, name="Eva Ek")
    AppointmentFactory(organisation=here, person__name="Ada Ask", invited_as="Ada")
    stranger = person_as(Role.EMPLOYEE, OrganisationFactory())
    for text, refusal in [
        ("Eva Ek", SeveralPeople),
        ("Ada Ask", UnknownPerson),
        (stranger.email, UnknownPerson),
        ("", NoMembers),
        ("Bo Berg\nbo@slusstad.example", AlreadySeated),
    ]:
        with pytest.raises(refusal) as refused:
            read_members(text, organisation_id=here.pk, at=NOON)
        assert refused.value.field == "members"


def test_nobody_is_named_by_nothing(here):
    with pytest.raises(Missing) as refused:
        find_person("  ", organisation_id=here.pk, at=NOON)
    assert refused.value.field == "person"


def test_a_body_is_changed_within_what_its_members_can_do(group, boss):
    change_body(group.pk, name="Gruppen", quorum=1, delegation="", by=boss, at=NOON)

    group.refresh_from_db()
    assert (group.name, group.quorum, group.delegation) == ("Gruppen", 1, "")
    assert Entry.objects.about(group).last().verb == "people.body_changed"
    with pytest.raises(QuorumTooLarge):
        change_body(group.pk, name="Gruppen", quorum=3, delegation="", by=boss, at=NOON)


def test_a_deputy_sits_after_their_member_and_does_not_count_for_the_quorum(group, here, boss, eva):
    ada = person_as(Role.MANAGER, here, name="Ada Ask")
    own = group.seats.get(person=boss)

    given = seat(group.pk, person=ada, deputy_for_id=own.pk, by=boss, at=NOON)

    assert order(group) == [("Bo Berg", True), ("Ada Ask", False), ("Eva Ek", False)]
    assert Entry.objects.about(group).last().data == {"person": "Ada Ask", "deputy_for": "Bo Berg"}
    with pytest.raises(QuorumTooLarge):
        change_body(group.pk, name="G", quorum=3, delegation="", by=boss, at=NOON)
    with pytest.raises(DeputyInTheChair):
        give_chair(given.pk, by=boss, at=NOON)
    with pytest.raises(AlreadySeated):
        seat(group.pk, person=ada, deputy_for_id=own.pk, by=boss, at=NOON)
    with pytest.raises(DeputyOfDeputy):
        seat(group.pk, person=eva, deputy_for_id=given.pk, by=boss, at=NOON)
    with pytest.raises(OwnDeputy):
        seat(group.pk, person=boss, deputy_for_id=own.pk, by=boss, at=NOON)


def test_a_new_member_comes_last_and_only_once(group, here, boss):
    ada = person_as(Role.MANAGER, here, name="Ada Ask")

    given = seat(group.pk, person=ada, starts=TODAY + DAY, ends=TODAY + 9 * DAY, by=boss, at=NOON)

    assert (given.order, given.starts, given.ends) == (2, TODAY + DAY, TODAY + 9 * DAY)
    with pytest.raises(AlreadySeated):
        seat(group.pk, person=ada, by=boss, at=NOON)
    with pytest.raises(EndsTooEarly):
        seat(group.pk, person=ada, starts=TODAY, ends=TODAY, by=boss, at=NOON)


def test_the_first_seat_of_a_body_without_any_comes_first(here, boss):
    body = BodyFactory(organisation=here)
    assert check_body(body, TODAY) == NoMembers()

    assert seat(body.pk, person=boss, by=boss, at=NOON).order == 0

    assert check_body(body, TODAY) == QuorumTooLarge(quorum=2, members=1)


def test_a_seat_ends_with_its_deputies_while_the_quorum_can_be_reached(group, here, boss, eva):
    own = group.seats.get(person=boss)
    ada = person_as(Role.MANAGER, here)
    deputy = seat(group.pk, person=ada, deputy_for_id=own.pk, starts=TODAY + 5 * DAY,
                  by=boss, at=NOON)  # fmt: skip
    gone = SeatFactory(body=group, person=eva, deputy_for=own, ends=TODAY - DAY)
    with pytest.raises(QuorumTooLarge):
        unseat(own.pk, by=boss, at=NOON)
    change_body(group.pk, name="G", quorum=1, delegation="", by=boss, at=NOON)

    unseat(own.pk, ends=TODAY + DAY, by=boss, at=NOON)

    for it in (own, deputy, gone):
        it.refresh_from_db()
    assert (own.ends, deputy.ends, gone.ends) == (TODAY + DAY, TODAY + 5 * DAY, TODAY - DAY)
    assert Entry.objects.about(group).last().data == {"person": "Bo Berg"}
    with pytest.raises(AlreadyDone):
        unseat(own.pk, ends=TODAY + DAY, by=boss, at=NOON)
    with pytest.raises(EndedAlready):
        unseat(own.pk, ends=TODAY - DAY, by=boss, at=NOON)


def test_a_deputys_seat_ends_whatever_the_quorum(group, here, boss):
    ada = person_as(Role.MANAGER, here)
    deputy = seat(group.pk, person=ada, deputy_for_id=group.seats.first().pk, by=boss, at=NOON)

    unseat(deputy.pk, by=boss, at=NOON)

    assert order(group) == [("Bo Berg", True), ("Eva Ek", False)]


def test_the_order_and_the_chair_are_changed(group, boss, eva):
    hers = group.seats.get(person=eva)

    move_seat(hers.pk, up=True, by=boss, at=NOON)
    move_seat(hers.pk, up=True, by=boss, at=NOON)  # first already
    assert order(group) == [("Eva Ek", False), ("Bo Berg", True)]
    move_seat(hers.pk, up=False, by=boss, at=NOON)
    assert order(group) == [("Bo Berg", True), ("Eva Ek", False)]

    give_chair(hers.pk, by=boss, at=NOON)

    assert order(group) == [("Bo Berg", False), ("Eva Ek", True)]
    assert Entry.objects.about(group).last().verb == "people.chair_given"


def test_a_body_is_laid_aside_and_brought_back(group, boss):
    archive_body(group.pk, by=boss, at=NOON)
    with pytest.raises(AlreadyDone):
        archive_body(group.pk, by=boss, at=NOON)

    restore_body(group.pk, by=boss, at=NOON)

    group.refresh_from_db()
    assert group.archived_at is None
    assert [it.verb for it in Entry.objects.about(group)][1:] == [
        "people.body_archived",
        "people.body_restored",
    ]


def test_only_fund_administrators_of_that_organisation_arrange_bodies(group, here, eva):
    own = Seat.objects.first()
    for by in (eva, person_as(Role.ADMINISTRATOR, OrganisationFactory())):
        for act in (
            lambda by: add_body(here.pk, name="x", members=[eva], quorum=1, by=by, at=NOON),
            lambda by: change_body(group.pk, name="x", quorum=1, delegation="", by=by, at=NOON),
            lambda by: seat(group.pk, person=eva, by=by, at=NOON),
            lambda by: unseat(own.pk, by=by, at=NOON),
            lambda by: move_seat(own.pk, up=False, by=by, at=NOON),
            lambda by: give_chair(own.pk, by=by, at=NOON),
            lambda by: archive_body(group.pk, by=by, at=NOON),
            lambda by: restore_body(group.pk, by=by, at=NOON),
        ):
            with pytest.raises(NotAllowed):
                act(by)
    assert Entry.objects.count() == 1


def test_bodies_are_seen_by_members_and_changed_by_fund_administrators(group, boss, eva):
    stranger = person_as(Role.ADMINISTRATOR, OrganisationFactory())

    assert list(Body.objects.visible_to(eva, at=NOON)) == [group]
    assert list(Body.objects.set_up_by(eva, at=NOON)) == []
    assert list(Body.objects.set_up_by(boss, at=NOON)) == [group]
    assert list(Body.objects.visible_to(stranger, at=NOON)) == []
