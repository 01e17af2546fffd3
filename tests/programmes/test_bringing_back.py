"""What was taken away comes back out of the records, once, as it was."""

import pytest

from idesluss.logic.refusals import AlreadyDone, ChangedMeanwhile, NotAllowed
from idesluss.people.vocab import Role
from idesluss.programmes.limits import RulesFixed, SameSum
from idesluss.programmes.reads import taken_away
from idesluss.programmes.refusals import HandedIn
from idesluss.programmes.usecases import (
    bring_back,
    remove_criterion,
    remove_level,
    remove_mandate,
    remove_question,
)
from idesluss.records.models import Entry
from tests.factories import (
    NOON,
    ApplicationFactory,
    CriterionFactory,
    LevelFactory,
    MandateFactory,
    QuestionFactory,
    RoundFactory,
    SeatFactory,
    person_as,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    return RoundFactory()


@pytest.fixture
def boss(round):
    return person_as(Role.ADMINISTRATOR, round.programme.organisation)


def entries(thing):
    return [it.entry for it in taken_away(thing)]


def test_criteria_questions_and_levels_come_back_last_of_their_kind(round, boss):
    kept = {"weight": 7, "low": 2, "high": 9, "description": "Hur mycket?", "key": "nytta"}
    CriterionFactory(round=round, name="Nytta", **kept)
    CriterionFactory(round=round, position=1)
    question = QuestionFactory(round=round, text="Varför?", required=False, max_length=99)
    level = LevelFactory(round=round, name="Liten", asks="En sida")
    remove_criterion(round.criteria.first().pk, by=boss, at=NOON)
    remove_question(question.pk, by=boss, at=NOON)
    remove_level(level.pk, by=boss, at=NOON)
    assert [it.name for it in taken_away(round)] == ["Liten", "Varför?", "Nytta"]
    assert taken_away(round)[0].at == NOON

    for entry in entries(round):
        bring_back(entry, about=round, by=boss, at=NOON)

    back = round.criteria.last()
    assert {name: getattr(back, name) for name in kept} == kept
    asked = round.questions.get()
    assert (asked.key, asked.text, asked.required, asked.max_length) == (
        question.key, "Varför?", False, 99,
    )  # fmt: skip
    assert round.levels.get().asks == "En sida"
    assert taken_away(round) == []
    assert Entry.objects.about(round).last().verb == "programmes.brought_back"


def test_a_mandate_comes_back_unless_another_body_has_its_sum(round, boss):
    fund = round.programme
    mandate = MandateFactory(programme=fund)
    SeatFactory(body=mandate.body)
    remove_mandate(mandate.pk, by=boss, at=NOON)
    [away] = taken_away(fund)
    assert away.name == mandate.body.name
    other = MandateFactory(programme=fund)
    with pytest.raises(SameSum):
        bring_back(away.entry, about=fund, by=boss, at=NOON)
    other.delete()

    bring_back(away.entry, about=fund, by=boss, at=NOON)

    assert fund.mandates.get().reference == mandate.reference
    assert taken_away(fund) == []


def test_twice_is_once_and_taken_away_again_is_listed_again(round, boss):
    remove_level(LevelFactory(round=round).pk, by=boss, at=NOON)
    [first] = entries(round)
    bring_back(first, about=round, by=boss, at=NOON)
    with pytest.raises(AlreadyDone):
        bring_back(first, about=round, by=boss, at=NOON)
    remove_level(round.levels.get().pk, by=boss, at=NOON)
    [second] = entries(round)
    assert second > first
    bring_back(second, about=round, by=boss, at=NOON)
    assert round.levels.count() == 1


def test_what_says_nothing_or_belongs_elsewhere_brings_nothing_back(round, boss):
    elsewhere = RoundFactory(programme=round.programme)
    remove_level(LevelFactory(round=elsewhere).pk, by=boss, at=NOON)
    [other] = entries(elsewhere)
    for entry in (other, 0):
        with pytest.raises(ChangedMeanwhile):
            bring_back(entry, about=round, by=boss, at=NOON)
    old = Entry.objects.create(
        verb="programmes.level_removed", about_kind="programmes.round", about_id=round.pk, at=NOON
    )
    assert taken_away(round) == []
    with pytest.raises(ChangedMeanwhile):
        bring_back(old.pk, about=round, by=boss, at=NOON)


def test_nothing_comes_back_once_somebody_has_handed_in(round, boss):
    remove_level(LevelFactory(round=round).pk, by=boss, at=NOON)
    remove_criterion(CriterionFactory(round=round).pk, by=boss, at=NOON)
    ApplicationFactory(round=round, stage="received")
    criterion, level = entries(round)
    with pytest.raises(HandedIn):
        bring_back(criterion, about=round, by=boss, at=NOON)
    with pytest.raises(RulesFixed):
        bring_back(level, about=round, by=boss, at=NOON)
    assert len(entries(round)) == 2


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_fund_administrators_bring_back(role, round, boss):
    remove_level(LevelFactory(round=round).pk, by=boss, at=NOON)
    [entry] = entries(round)
    with pytest.raises(NotAllowed):
        bring_back(entry, about=round, by=person_as(role, round.programme.organisation), at=NOON)
