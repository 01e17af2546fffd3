"""The first set-up in steps: a fund from a ready set, its deciders, its first round."""

from datetime import UTC, datetime, timedelta

import pytest

from idesluss.funding.models import Pot
from idesluss.funding.usecases.guide import first_round, found_fund, seat_deciders
from idesluss.logic.refusals import Missing, NotAllowed
from idesluss.people.models import Appointment, Body, Person
from idesluss.people.refusals import (
    AlreadySeated,
    NoMembers,
    NotAnAddress,
    QuorumTooLarge,
    SeveralPeople,
)
from idesluss.people.vocab import Role
from idesluss.programmes.models import Programme, Round
from idesluss.programmes.sets import SETS
from idesluss.programmes.usecases import RoundFacts
from idesluss.records.models import Entry
from tests.factories import OrganisationFactory, ProgrammeFactory, person_as

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 8, 20, 9, tzinfo=UTC)


@pytest.fixture
def here():
    return OrganisationFactory(slug="slusstad")


@pytest.fixture
def boss(here):
    return person_as(Role.ADMINISTRATOR, here, name="Bo Berg", email="bo@slusstad.example")


def found(here, boss, ready="burlov", **changes):
    given = {"name": "Anslaget", "year": 2027, "amount_minor": 50_000_000, "cap_minor": 10_000_000}
    return found_fund(here.pk, ready=ready, **{**given, **changes}, by=boss, at=NOW)


def seats(body):
    return [(seat.person.name, seat.chair) for seat in body.seats.select_related("person")]


def test_a_fund_is_founded_with_its_pot_and_the_goals_of_the_ready_set(here, boss):
    fund = found(here, boss)
    pot = Pot.objects.get()
    assert (pot.programme, pot.year, pot.amount_minor) == (fund, 2027, 50_000_000)
    assert [goal.name for goal in fund.goals.all()] == list(SETS["burlov"].goals)


@pytest.mark.parametrize(
    ("ready", "release", "goals"),
    [("helsinki", "staged", 0), ("tarnby", "at_once", 0), ("berum", "at_once", 0)],
)
def test_a_fund_releases_money_as_its_ready_set_does(ready, release, goals, here, boss):
    fund = Programme.objects.get(pk=found(here, boss, ready).pk)
    assert (fund.release_rule, fund.goals.count()) == (release, goals)


def test_a_fund_without_a_sum_is_not_founded_at_all(here, boss):
    with pytest.raises(Missing) as refused:
        found(here, boss, amount_minor=None)
    assert refused.value.field == "amount_minor"


def test_only_the_fund_administrator_founds_a_fund(here):
    with pytest.raises(NotAllowed):
        found(here, person_as(Role.MANAGER, here))
    assert not Programme.objects.exists()


def test_deciders_are_added_when_they_are_not_here_and_the_first_is_the_chair(here, boss):
    fund = ProgrammeFactory(organisation=here)
    lines = "Eva Ek; eva@slusstad.example\nBo Berg\n\nIda Is\tida@slusstad.example"
    body = seat_deciders(fund.pk, name="Ledningsgruppen", members=lines, by=boss, at=NOW)
    fund.refresh_from_db()
    assert seats(body) == [("Eva Ek", True), ("Bo Berg", False), ("Ida Is", False)]
    assert (fund.body, body.quorum) == (body, 2)
    roles = Appointment.objects.exclude(person=boss).values_list("role", flat=True)
    assert list(roles) == ["employee", "employee"]
    assert Entry.objects.filter(verb="people.invited").count() == 2


def test_the_quorum_and_the_reference_may_be_said(here, boss):
    fund = ProgrammeFactory(organisation=here)
    body = seat_deciders(
        fund.pk,
        name="Ledningsgruppen",
        members="Bo Berg",
        quorum=1,
        delegation="KS 2024/17 § 4",
        by=boss,
        at=NOW,
    )
    assert (body.quorum, body.delegation) == (1, "KS 2024/17 § 4")


@pytest.mark.parametrize(
    ("lines", "quorum", "refusal"),
    [
        ("", None, NoMembers),
        ("Bo Berg\nbo berg; BO@slusstad.example", None, AlreadySeated),
        ("Eva Ek; eva", None, NotAnAddress),
        ("Eva Ek; eva@slusstad.example", 2, QuorumTooLarge),
    ],
)
def test_deciders_that_cannot_be_used_leave_nothing_behind(lines, quorum, refusal, here, boss):
    fund = ProgrammeFactory(organisation=here, body=None)
    with pytest.raises(refusal) as refused:
        seat_deciders(fund.pk, name="Gruppen", members=lines, quorum=quorum, by=boss, at=NOW)
    assert refused.value.field in {"members", "quorum"}
    assert not Body.objects.exists()
    assert not Person.objects.filter(name="Eva Ek").exists()


def test_two_of_the_same_name_are_asked_about(here, boss):
    fund = ProgrammeFactory(organisation=here)
    for _ in range(2):
        person_as(Role.EMPLOYEE, here, name="Eva Ek")
    with pytest.raises(SeveralPeople) as refused:
        seat_deciders(fund.pk, name="Gruppen", members="Eva Ek", by=boss, at=NOW)
    assert refused.value.field == "members"


def test_only_the_fund_administrator_says_who_decides(here):
    fund = ProgrammeFactory(organisation=here)
    with pytest.raises(NotAllowed):
        seat_deciders(fund.pk, name="Gruppen", members="Bo", by=person_as(Role.COACH, here), at=NOW)


@pytest.mark.parametrize("endorsed", [True, False])
def test_the_first_round_asks_and_demands_as_its_ready_set(endorsed, here, boss):
    fund = ProgrammeFactory(organisation=here)
    facts = RoundFacts(
        name="Omgång 2027",
        project_year=2027,
        opens_at=NOW,
        closes_at=NOW + timedelta(weeks=6),
        contact_id=boss.pk,
    )
    made = first_round(fund.pk, facts, ready="burlov", endorsed=endorsed, by=boss, at=NOW)
    round = Round.objects.get(pk=made.pk)
    assert (round.criteria.count(), round.questions.count(), round.endorsed) == (5, 7, endorsed)
    assert (round.must_end_in_year, round.asks_otherwise) == (True, True)
