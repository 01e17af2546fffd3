"""Endings with their reasons, cases that wake, and what givers thought of their answer."""

from datetime import date, timedelta

import pytest

from idesluss.ideas.models import Passage, Rating
from idesluss.ideas.rules import may_rate
from idesluss.ideas.usecases import Given, end, hand_in, rate, say, take_to, wake, withdraw
from idesluss.ideas.usecases.answering import endings
from idesluss.ideas.usecases.owning import CannotHaveIt
from idesluss.ideas.usecases.rating import NoSuchScore, RatedLongAgo
from idesluss.ideas.usecases.worked import NextDatePassed, NotAtWork
from idesluss.ideas.vocab import ConflictState
from idesluss.logic.lifecycle import NoSuchStep, Stage
from idesluss.logic.reading import BlankLeft
from idesluss.logic.refusals import Missing, NotAllowed, TooLong
from idesluss.people.vocab import Role
from idesluss.programmes.models import Step
from idesluss.records.models import Entry
from tests.factories import NOON, DoorFactory, PersonFactory, declare, person_as, sluice_case

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ANSWER = "Regionen köper in lyftar i vår."


def woken(idea, **how):
    coach = idea.responsible
    given = {"responsible": coach, "next_on": NOON.date() + DAY, "why": "Ny utmaning"} | how
    return wake(idea.pk, **given, by=coach, at=NOON)


@pytest.mark.parametrize(
    ("stage", "possible"),
    [
        ("received", {"declined", "redirected", "parked"}),
        ("exploring", {"declined", "redirected", "parked"}),
        ("testing", {"permanent", "stopped"}),
        ("adopting", {"permanent", "stopped"}),
        ("declined", set()),
        ("parked", set()),
        ("withdrawn", set()),
    ],
)
def test_only_the_endings_that_there_are_from_here_are_offered(stage, possible):
    assert set(endings(sluice_case(stage))) == possible


def test_a_blank_of_a_ready_wording_is_never_sent():
    idea = sluice_case()
    with pytest.raises(BlankLeft, match=r"\[hur\]"):
        end(idea.pk, Stage.DECLINED, answer="Gör så: [hur].", by=idea.responsible, at=NOON)


@pytest.mark.parametrize(("answer", "why"), [(" ", Missing), ("x" * 3001, TooLong)])
def test_an_answer_has_words_and_not_too_many(answer, why):
    idea = sluice_case()
    with pytest.raises(why):
        end(idea.pk, Stage.DECLINED, answer=answer, by=idea.responsible, at=NOON)


def test_what_follows_from_another_act_is_no_answer():
    idea = sluice_case()
    with pytest.raises(ValueError, match="is not an answer"):
        end(idea.pk, Stage.MERGED, answer=ANSWER, by=idea.responsible, at=NOON)


def test_of_two_who_answer_at_once_the_second_learns_of_it():
    idea = sluice_case()
    how = {"answer": ANSWER, "by": idea.responsible, "at": NOON}
    end(idea.pk, Stage.DECLINED, **how)
    with pytest.raises(NotAtWork):
        end(idea.pk, Stage.PARKED, **how)


def test_giver_and_coach_end_it_each_in_their_own_way():
    giver = PersonFactory()
    idea = sluice_case(owner=giver)
    with pytest.raises(NotAllowed):
        end(idea.pk, Stage.DECLINED, answer=ANSWER, by=giver, at=NOON)
    with pytest.raises(NotAllowed):
        withdraw(idea.pk, why="Nej", by=idea.responsible, at=NOON)
    with pytest.raises(Missing):
        withdraw(idea.pk, why=" ", by=giver, at=NOON)
    with pytest.raises(TooLong):
        withdraw(idea.pk, why="x" * 3001, by=giver, at=NOON)
    assert withdraw(idea.pk, why="Löst", by=giver, at=NOON).stage == "withdrawn"
    with pytest.raises(NotAtWork):
        withdraw(idea.pk, why="Löst", by=giver, at=NOON)


def test_what_has_gone_too_far_is_not_taken_back():
    giver = PersonFactory()
    idea = sluice_case("testing", owner=giver)
    with pytest.raises(NoSuchStep):
        withdraw(idea.pk, why="Ångrar mig", by=giver, at=NOON)


def test_a_case_that_wakes_is_promised_a_decision_anew_and_the_step_its_own():
    idea = sluice_case("parked", answered_at=NOON - 90 * DAY, answer_by=date(2026, 7, 1))
    Step.objects.filter(edition=idea.edition, stage="received").update(promise_days=5)
    up = woken(idea)
    assert (up.answer_by, up.answered_at, up.offer) == (date(2026, 11, 16), None, "")
    assert Passage.objects.get(idea=idea, left_at=None).promised_by == date(2026, 10, 12)


def test_a_promise_that_lies_later_already_is_kept_when_it_wakes():
    idea = sluice_case("parked", answer_by=date(2027, 3, 1))
    assert woken(idea).answer_by == date(2027, 3, 1)
    without_door = sluice_case("redirected", answer_by=date(2026, 7, 1), door=DoorFactory())
    without_door.door = None
    without_door.save()
    assert woken(without_door).answer_by == date(2026, 7, 1)


@pytest.mark.parametrize("stage", ["received", "declined", "withdrawn", "stopped", "permanent"])
def test_only_what_is_parked_or_sent_on_wakes(stage):
    with pytest.raises(NoSuchStep):
        woken(sluice_case(stage))


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"next_on": NOON.date() - DAY}, NextDatePassed),
        ({"why": " "}, Missing),
        ({"why": "x" * 301}, TooLong),
    ],
)
def test_a_case_wakes_with_a_reason_and_a_date_to_come(how, why):
    with pytest.raises(why):
        woken(sluice_case("parked"), **how)


def test_a_case_wakes_in_the_hands_of_somebody_who_can_have_it():
    idea = sluice_case("parked")
    other = person_as(Role.COACH, idea.programme.organisation)
    for person in (other, PersonFactory()):
        if person == other:
            declare(idea, other, ConflictState.DECLARED)
        with pytest.raises(CannotHaveIt):
            woken(idea, responsible=person)


def test_a_yes_is_the_decision_once_and_an_earlier_first_word_stands():
    idea = sluice_case()
    steps = {one.stage: one.pk for one in idea.edition.steps.all()}
    how = {"by": idea.responsible, "why": "Vi provar"}
    say(idea.pk, "Tack!", by=idea.responsible, at=NOON)
    take_to(idea.pk, steps["testing"], at=NOON + DAY, **how)
    take_to(idea.pk, steps["adopting"], at=NOON + 2 * DAY, **how)
    idea.refresh_from_db()
    assert (idea.first_at, idea.answered_at) == (NOON, NOON + DAY)


def test_the_first_step_gives_its_promise_from_the_first_day():
    door = DoorFactory()
    door.programme.steps.filter(stage="received").update(promise_days=2)
    idea = hand_in(door, Given(need="Lyften saknas"), by=PersonFactory(), at=NOON)
    assert Passage.objects.get(idea=idea).promised_by == date(2026, 10, 7)


# --- What the giver thought of it ----------------------------------------------------------------


@pytest.fixture
def giver():
    return PersonFactory()


@pytest.fixture
def answered(giver):
    return sluice_case("declined", owner=giver, answered_at=NOON)


def test_a_giver_rates_the_answer_and_may_change_it_for_thirty_days(giver, answered):
    rate(answered.pk, score=4, words=" Snabbt! ", by=giver, at=NOON)
    rate(answered.pk, score=5, by=giver, at=NOON + 29 * DAY)
    rating = Rating.objects.get()
    assert (rating.score, rating.words, rating.stage, rating.at) == (5, "", "declined", NOON)
    with pytest.raises(RatedLongAgo):
        rate(answered.pk, score=1, by=giver, at=NOON + 30 * DAY)
    entries = Entry.objects.about(answered).filter(verb="ideas.rated")
    assert [entry.data["score"] for entry in entries] == [4, 5]


@pytest.mark.parametrize(
    ("score", "words", "why"),
    [(0, "", NoSuchScore), (6, "", NoSuchScore), (3, "x" * 1001, TooLong)],
)
def test_a_rating_keeps_to_the_scale(giver, answered, score, words, why):
    with pytest.raises(why):
        rate(answered.pk, score=score, words=words, by=giver, at=NOON)


@pytest.mark.parametrize(
    ("stage", "is_answered", "may"),
    [
        ("received", False, False),
        ("testing", True, True),
        ("declined", True, True),
        ("permanent", True, True),
        ("withdrawn", True, False),
    ],
)
def test_only_what_was_answered_is_rated(giver, stage, is_answered, may):
    idea = sluice_case(stage, owner=giver, answered_at=NOON if is_answered else None)
    assert may_rate(giver, idea) is may
    assert may_rate(idea.responsible, idea) is False


def test_whoever_answered_does_not_rate_it(answered):
    with pytest.raises(NotAllowed):
        rate(answered.pk, score=5, by=answered.responsible, at=NOON)


def test_another_answer_is_rated_anew(giver, answered):
    rate(answered.pk, score=1, by=giver, at=NOON)
    later = NOON + 90 * DAY
    answered.answered_at, answered.stage = later, "parked"
    answered.save()
    rating = rate(answered.pk, score=5, by=giver, at=later + DAY)
    assert (rating.at, rating.stage, Rating.objects.count()) == (later + DAY, "parked", 1)
