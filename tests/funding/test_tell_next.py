"""Owners of drafts that were left behind are told once that the next round is open."""

from datetime import timedelta

import pytest

from idesluss.funding.usecases import tell_next
from idesluss.funding.usecases.carry import carry_draft
from idesluss.funding.usecases.tell_next import TOLD, tell_of_next_round
from idesluss.ideas.models import Idea, Involvement
from idesluss.ideas.vocab import Part
from idesluss.people.models import Appointment, Person
from idesluss.people.vocab import Role
from idesluss.programmes.models import Round
from idesluss.records.models import Entry
from tests.factories import (
    NOON,
    ApplicationFactory,
    ProgrammeFactory,
    RoundFactory,
    involve,
    person_as,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
AFTER = NOON + 31 * DAY  # the first round has closed


@pytest.fixture
def first():
    return RoundFactory(name="2027:1", flows_on=True)


@pytest.fixture
def anna(first):
    return person_as(Role.EMPLOYEE, first.programme.organisation, name="Anna")


@pytest.fixture
def draft(first, anna):
    return ApplicationFactory(round=first, owner=anna)


def following(first, **given):
    usual = {
        "name": "2027:2",
        "opens_at": first.closes_at,
        "closes_at": first.closes_at + 60 * DAY,
        "flows_on": True,
    }
    return RoundFactory(**{"programme": first.programme, **usual, **given})


def hand_in():
    Idea.objects.update(stage="received", register_number="INN 1", received_at=NOON)


def told():
    """Whom the notes name, and where they can go on."""
    entries = Entry.objects.filter(verb=TOLD).order_by("pk")
    return [(Person.objects.get(pk=one.data["person"]).name, one.data["to"]) for one in entries]


def test_the_owner_is_told_once_and_nobody_else(first, draft, anna):
    following(first)
    involve(draft.idea, person_as(Role.EMPLOYEE, first.programme.organisation), Part.CO_APPLICANT)

    assert [tell_of_next_round(at=at) for at in (AFTER, AFTER, AFTER + 9 * DAY)] == [1, 0, 0]

    assert told() == [("Anna", "2027:2")]
    entry = Entry.objects.get(verb=TOLD)
    assert (entry.by_id, entry.about_id, entry.data["round"]) == (None, draft.pk, "2027:1")
    assert entry.data["closes"] == (first.closes_at + 60 * DAY).isoformat()


def test_nothing_is_said_while_the_round_is_open_or_before_the_next_one_is(first, draft):
    following(first, opens_at=AFTER + DAY)

    assert tell_of_next_round(at=first.closes_at - timedelta(seconds=1)) == 0
    assert tell_of_next_round(at=AFTER) == 0
    assert tell_of_next_round(at=AFTER + DAY) == 1  # the next one opens later


def test_a_draft_that_went_on_is_told_again_when_that_round_closes_too(first, draft, anna):
    second = following(first)
    tell_of_next_round(at=first.closes_at)
    carry_draft(draft.pk, by=anna, at=AFTER)
    following(second, name="2027:3")

    assert tell_of_next_round(at=AFTER) == 0
    assert tell_of_next_round(at=second.closes_at) == 1
    assert told() == [("Anna", "2027:2"), ("Anna", "2027:3")]


@pytest.mark.parametrize(
    "given",
    [
        {"announced_at": None},
        {"archived_at": NOON},
        {"currency": "DKK"},
        {"applicants": "managers"},  # Anna is none
        {"programme": ProgrammeFactory},
    ],
)
def test_a_round_that_cannot_take_the_draft_is_not_told_of(given, first, draft):
    fields = {name: it() if name == "programme" else it for name, it in given.items()}
    following(first, **fields)
    assert tell_of_next_round(at=AFTER) == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda first: Round.objects.filter(pk=first.pk).update(flows_on=False),
        lambda first: hand_in(),
        lambda first: Involvement.objects.update(ended_at=NOON),  # thrown away
        lambda first: Person.objects.filter(name="Anna").update(is_active=False),
        lambda first: Appointment.objects.all().delete(),  # works here no more
    ],
)
def test_what_is_no_draft_left_behind_is_left_alone(change, first, draft):
    following(first)
    change(first)
    assert tell_of_next_round(at=AFTER) == 0


def test_what_is_handed_in_in_the_same_moment_is_not_told_of(first, draft, anna, monkeypatch):
    """Found as a draft, handed in before its turn came."""
    following(first)

    def held(number):
        hand_in()
        return tell_next.Application.objects.get(pk=number)

    monkeypatch.setattr(tell_next, "held", held)
    assert tell_of_next_round(at=AFTER) == 0
    assert told() == []
