"""What somebody has to declare, and what is known in one case."""

import pytest

from idesluss.assessment.reads.conflicts import headlines, known_conflicts
from idesluss.ideas.models import Declaration, Idea
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from tests.factories import (
    NOON,
    ApplicationFactory,
    PersonFactory,
    RoundFactory,
    SeatFactory,
    declare,
    involve,
    person_as,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    return RoundFactory()


@pytest.fixture
def assessor(round):
    return person_as(Role.ASSESSOR, round.programme.organisation)


def case(round, person=None, stage="assessing", **fields):
    idea = ApplicationFactory(round=round, stage=stage, **fields).idea
    if person:
        involve(idea, person, Part.ASSESSOR)
    return idea


def test_an_assessor_has_to_declare_in_their_own_cases_of_the_round(round, assessor):
    mine = case(round, assessor, owner=PersonFactory(name="Siv"))
    involve(mine, PersonFactory(name="Åke"), Part.CO_APPLICANT)
    case(round)
    case(RoundFactory(programme=round.programme), assessor)

    (found,) = headlines(round, assessor, at=NOON)

    assert (found.idea, found.applicants, found.answered) == (mine, ("Siv", "Åke"), False)


def test_a_member_of_the_body_has_to_declare_in_every_case_on_its_way_to_decision(round):
    member = SeatFactory(body=round.programme.body).person
    for stage in ("draft", "received"):
        case(round, stage=stage)
    seen = case(round, stage="deciding")

    assert [it.idea for it in headlines(round, member, at=NOON)] == [seen]


@pytest.mark.parametrize("state", ["declared", "decided", "suspected"])
def test_what_a_conflict_shuts_is_not_among_the_headlines(round, assessor, state):
    declare(case(round, assessor), assessor, ConflictState(state))

    assert headlines(round, assessor, at=NOON) == []


@pytest.mark.parametrize("state", ["clear", "dismissed"])
def test_answered_cases_come_after_those_that_wait(round, assessor, state):
    answered, waiting = case(round, assessor), case(round, assessor)
    declare(answered, assessor, ConflictState(state))

    found = headlines(round, assessor, at=NOON)

    assert [(it.idea, it.answered) for it in found] == [(waiting, False), (answered, True)]


def test_applicants_and_strangers_have_nothing_to_declare(round, assessor):
    involve(case(round, assessor), assessor, Part.OWNER)

    assert headlines(round, assessor, at=NOON) == []
    assert headlines(round, PersonFactory(), at=NOON) == []


def test_a_blind_round_hides_the_applicants_from_its_assessors_only(round, assessor):
    round.blind = True
    round.save()
    case(round, assessor, owner=PersonFactory(name="Siv"))
    member = SeatFactory(body=round.programme.body).person

    assert [it.applicants for it in headlines(round, assessor, at=NOON)] == [None]
    assert [it.applicants for it in headlines(round, member, at=NOON)] == [("Siv",)]


def test_an_applicant_without_an_account_is_named_and_so_is_whoever_it_is_for(round, assessor):
    idea = case(round, assessor)
    Idea.objects.filter(pk=idea.pk).update(applicant_name="Byalaget", on_behalf_of="Simsällskapet")

    (found,) = headlines(round, assessor, at=NOON)

    assert found.applicants == ("Simsällskapet", "Byalaget")


def test_the_headlines_take_as_many_queries_however_many(round, assessor, count_queries):
    def add(number):
        for _ in range(number):
            case(round, assessor, owner=PersonFactory())

    def read():
        headlines(round, Person.objects.get(pk=assessor.pk), at=NOON)

    assert count_queries(read, add) == 4  # two of them find the reader


def test_everybody_who_has_to_do_with_the_case_is_known_with_what_they_said(round, assessor):
    idea = case(round, assessor, owner=PersonFactory())
    here = round.programme.organisation
    administrator = person_as(Role.ADMINISTRATOR, here, name="Bo")
    member = SeatFactory(body=round.programme.body, person__name="Eva").person
    gone = PersonFactory(name="Dan")
    Person.objects.filter(pk=assessor.pk).update(name="Ali")
    declare(idea, gone, ConflictState.DECIDED)
    declare(idea, assessor, ConflictState.CLEAR)
    involve(idea, administrator, Part.ASSESSOR)

    found = known_conflicts(idea, at=NOON)

    assert [(it.person.name, it.parts, it.state) for it in found] == [
        ("Ali", ("assessor",), "clear"),
        ("Bo", ("assessor", "office"), ""),
        ("Dan", (), "decided"),
        ("Eva", ("member",), ""),
    ]
    assert found[2].declaration == Declaration.objects.get(person=gone)
    assert member.pk


def test_an_applicant_is_not_among_them(round):
    applicant = person_as(Role.ADMINISTRATOR, round.programme.organisation)
    idea = case(round, owner=applicant)

    assert known_conflicts(idea, at=NOON) == []


@pytest.mark.parametrize(("stage", "known"), [("received", []), ("deciding", ["Eva"])])
def test_the_body_has_to_do_with_a_case_once_it_is_on_its_way_to_decision(round, stage, known):
    SeatFactory(body=round.programme.body, person__name="Eva")

    found = known_conflicts(case(round, stage=stage), at=NOON)

    assert [it.person.name for it in found] == known
