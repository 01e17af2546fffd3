"""The way of a case through a sluice: handed in, answered, taken on, ended with a reason."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from idesluss.ideas.models import Idea
from idesluss.ideas.usecases import Given, end, give, hand_in, say, set_next, take_to, wake
from idesluss.ideas.usecases.hand_in import NoModelYet
from idesluss.ideas.usecases.moving import NotOfThisModel
from idesluss.ideas.usecases.step_answers import answer_question
from idesluss.ideas.vocab import Offer, Reply
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import Missing, NotAllowed
from idesluss.people.vocab import Role
from idesluss.programmes.models import Edition, StepQuestion
from idesluss.records.models import Entry
from tests.factories import NOON, DoorFactory, PersonFactory, person_as, sluice_case

pytestmark = pytest.mark.django_db

NEED = "Vi springer efter lyften. Det tar tjugo minuter varje pass, och alla blir irriterade."


def verbs(idea):
    return list(Entry.objects.about(idea).values_list("verb", flat=True))


def test_what_is_handed_in_is_received_numbered_and_in_somebodys_hands():
    door, giver = DoorFactory(first_days=3, decision_days=10), PersonFactory()
    idea = hand_in(door, Given(need=NEED), by=giver, at=NOON)
    idea.refresh_from_db()
    assert (idea.stage, idea.at_step.stage, idea.title) == (
        "received",
        "received",
        "Vi springer efter lyften. Det tar tjugo minuter varje pass …",
    )
    assert idea.responsible == idea.contact == door.receiver
    assert (idea.first_by, idea.answer_by) == (date(2026, 10, 8), date(2026, 10, 19))
    assert idea.next_on == idea.first_by
    assert verbs(idea) == ["ideas.stepped", "ideas.handed_in"]
    assert Idea.objects.owned_by(giver).get() == idea


@pytest.mark.parametrize("field", ["responsible", "next_on", "at_step"])
def test_the_database_refuses_a_live_case_without_somebody_and_a_date(field):
    idea = sluice_case()
    with pytest.raises(IntegrityError), transaction.atomic():
        Idea.objects.filter(pk=idea.pk).update(**{field: None})


@pytest.mark.parametrize("stage", ["declined", "parked", "stopped", "permanent", "withdrawn"])
def test_the_database_refuses_an_ended_case_without_an_answer(stage):
    idea = sluice_case(stage)
    with pytest.raises(IntegrityError), transaction.atomic():
        Idea.objects.filter(pk=idea.pk).update(answer="")


def test_the_first_open_word_is_the_first_human_answer_and_a_note_is_not():
    idea = sluice_case()
    coach = idea.responsible
    say(idea.pk, "Hör ihop med förra veckans?", by=coach, at=NOON, inside=True)
    idea.refresh_from_db()
    assert idea.first_at is None
    later = NOON + timedelta(hours=1)
    say(idea.pk, "Tack! Kan vi ses på torsdag?", by=coach, at=later, reply=Reply.TURN)
    idea.refresh_from_db()
    assert (idea.first_at, idea.reply) == (later, "turn")


def test_the_promise_stands_still_while_the_giver_is_asked():
    owner = PersonFactory()
    idea = sluice_case(owner=owner)
    say(idea.pk, "Hur ofta händer det?", by=idea.responsible, at=NOON, asks_giver=True)
    idea.refresh_from_db()
    assert (idea.waits_for_giver, idea.paused_at) == (True, NOON)
    week = NOON + timedelta(days=7)
    say(idea.pk, "Varje dag.", by=owner, at=week)
    idea.refresh_from_db()
    assert (idea.waits_for_giver, idea.paused_at) == (False, None)
    assert idea.answer_by == date(2026, 11, 23)


def test_a_case_goes_on_step_by_step_and_past_one_only_with_a_reason():
    idea = sluice_case()
    coach, steps = idea.responsible, {it.stage: it for it in idea.edition.steps.all()}
    take_to(idea.pk, steps["exploring"].pk, by=coach, at=NOON)
    with pytest.raises(Missing):
        take_to(idea.pk, steps["adopting"].pk, by=coach, at=NOON)
    moved = take_to(idea.pk, steps["adopting"].pk, by=coach, at=NOON, why="Finns redan i Lerum")
    assert (moved.stage, moved.at_step.stage, moved.next_on) == (
        "adopting",
        "adopting",
        date(2026, 10, 19),
    )
    assert list(idea.passages.values_list("step__stage", "why")) == [
        ("received", ""),
        ("exploring", ""),
        ("adopting", "Finns redan i Lerum"),
    ]


def test_an_ending_carries_its_reason_and_nothing_is_owed_any_more():
    idea = sluice_case()
    with pytest.raises(Missing):
        end(idea.pk, Stage.DECLINED, answer="  ", by=idea.responsible, at=NOON)
    ended = end(
        idea.pk,
        Stage.DECLINED,
        answer="Lyftar köps in av regionen.",
        offer=Offer.COACH,
        by=idea.responsible,
        at=NOON,
    )
    assert (ended.stage, ended.next_on, ended.answered_at) == ("declined", None, NOON)
    assert verbs(idea) == ["ideas.stepped", "ideas.answered"]


def test_a_parked_case_wakes_with_somebody_and_a_date():
    idea = sluice_case("parked")
    day = NOON.date() + timedelta(days=3)
    coach = idea.responsible
    woken = wake(idea.pk, responsible=coach, next_on=day, why="Utmaning", by=coach, at=NOON)
    assert (woken.stage, woken.next_on, woken.answer) == ("received", day, "")


def test_a_case_is_given_to_another_coach_and_never_to_just_anybody():
    idea = sluice_case()
    other = person_as(Role.COACH, idea.programme.organisation)
    employee = person_as(Role.EMPLOYEE, idea.programme.organisation)
    assert give(idea.pk, other, by=idea.responsible, at=NOON).responsible == other
    with pytest.raises(Exception, match="cannot have this case"):
        give(idea.pk, employee, by=other, at=NOON)
    with pytest.raises(NotAllowed):
        set_next(idea.pk, NOON.date(), what="", by=employee, at=NOON)


def test_nothing_is_handed_in_where_no_model_is_opened():
    door = DoorFactory()
    Edition.objects.filter(programme=door.programme).update(opened_at=None)
    with pytest.raises(NoModelYet):
        hand_in(door, Given(need=NEED), by=PersonFactory(), at=NOON)


def test_a_question_of_another_model_is_not_answered():
    idea, other = sluice_case(), sluice_case()
    question = StepQuestion.objects.create(step=other.at_step, key="vad", text="Vad?")
    with pytest.raises(NotOfThisModel):
        answer_question(idea.pk, question.pk, "Svar", seen=0, by=idea.responsible, at=NOON)
