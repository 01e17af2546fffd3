"""Each ready model carries a case from what comes in to what stays, and to a no."""

import pytest

from idesluss.ideas.reads.way import State, answers_of, way_of
from idesluss.ideas.usecases import end, take_to
from idesluss.ideas.usecases.moving import GateShut, Unanswered
from idesluss.ideas.usecases.step_answers import answer_question
from idesluss.logic.editions import problems
from idesluss.logic.lifecycle import Stage
from idesluss.programmes.sets.sluices import MODELS
from tests.factories import NOON
from tests.ideas.models_ready import open_sluice

pytestmark = pytest.mark.django_db
LANGUAGES = ("sv", "da", "en")


@pytest.mark.parametrize("model", MODELS)
def test_a_ready_model_can_be_opened_in_every_language_and_is_translated_whole(model):
    plans = [MODELS[model].plan(language) for language in LANGUAGES]
    assert [problems(plan) for plan in plans] == [[], [], []]
    for step in MODELS[model].steps:
        texts = (
            step.name,
            step.guidance,
            step.gate,
            step.tools,
            *(it.text for it in step.questions),
        )
        assert all(set(text) in (set(), set(LANGUAGES)) for text in texts)
        assert step.guidance["sv"]
    assert all(len(step.name) <= 60 for plan in plans for step in plan)
    assert all(len(ask.text) <= 300 for plan in plans for step in plan for ask in step.questions)


@pytest.mark.parametrize("model", MODELS)
def test_a_case_goes_all_the_way_through_its_gates_and_questions_and_stays(model):
    world = open_sluice(model)
    idea, coach = world.case(), world.coach
    way = way_of(idea)
    held = 0
    while way.next is not None and way.next.stage != Stage.PERMANENT:
        for asked in answers_of(idea).missing:
            with pytest.raises(Unanswered):
                take_to(idea.pk, way.next.pk, by=coach, at=NOON, gate_met=True)
            answer_question(idea.pk, asked.pk, "Ja.", seen=0, by=coach, at=NOON)
        if idea.at_step.gate:
            held += 1
            with pytest.raises(GateShut):
                take_to(idea.pk, way.next.pk, by=coach, at=NOON)
        idea = take_to(idea.pk, way.next.pk, by=coach, at=NOON, gate_met=True)
        assert idea.at_step == way.next
        assert idea.responsible == coach
        assert idea.next_on >= NOON.date()
        way = way_of(idea)
    ended = end(idea.pk, Stage.PERMANENT, answer="Det stannar.", by=coach, at=NOON)
    assert (ended.stage, ended.next_on, ended.answer) == ("permanent", None, "Det stannar.")
    assert {it.state for it in way_of(ended).steps} == {State.DONE}
    assert held >= 1


@pytest.mark.parametrize("model", MODELS)
def test_a_case_is_answered_no_at_once_with_a_reason(model):
    world = open_sluice(model)
    idea = world.case()
    ended = end(idea.pk, Stage.DECLINED, answer="Finns redan.", by=world.coach, at=NOON)
    assert (ended.stage, ended.answer, ended.next_on) == ("declined", "Finns redan.", None)
    assert [it.state for it in way_of(ended).steps][:2] == [State.STOPPED, State.LATER]


def test_aarhus_speaks_danish_in_a_danish_municipality():
    world = open_sluice("aarhus", country="DK", language="da")
    names = list(world.edition.steps.values_list("name", flat=True))
    assert names == [
        "Screening",
        "Beskriv",
        "Vurdér og kvalificér",
        "Indstilling",
        "Gennemfør",
        "Implementér",
        "I drift",
    ]
    assert world.step("screening").handler == "administrator"
