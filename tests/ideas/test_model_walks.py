"""Whatever is tried, in whatever order: a live case has a step, somebody and a date."""

from contextlib import suppress
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from idesluss.ideas.models import LIVE, Idea
from idesluss.ideas.usecases import end, take_to, wake
from idesluss.ideas.usecases.editions import move_back, move_cases
from idesluss.ideas.usecases.step_answers import answer_question
from idesluss.ideas.vocab import ANSWERS
from idesluss.logic.refusals import Refusal
from idesluss.programmes.models import StepQuestion
from idesluss.programmes.usecases.model import begin_edition, open_edition, remove_step
from idesluss.records.models import Entry
from tests.factories import NOON
from tests.ideas.models_ready import World, open_sluice

ACTS = st.one_of(
    st.tuples(st.just("take"), st.integers(0, 12), st.booleans()),
    st.tuples(st.just("answer"), st.integers(0, 6), st.booleans()),
    st.tuples(st.just("end"), st.sampled_from(ANSWERS), st.booleans()),
    st.tuples(st.just("wake"), st.just(0), st.booleans()),
    st.tuples(st.just("edition"), st.integers(0, 1), st.booleans()),
    st.tuples(st.just("back"), st.just(0), st.booleans()),
)


def two_editions() -> World:
    """Lerum's way, and a second edition of it without two of its steps."""
    world = open_sluice("lerum")
    second = begin_edition(world.edition.programme_id, "newest", by=world.boss, at=NOON)
    for key in ("sprida", "utveckla"):
        remove_step(world.step(key, second).pk, by=world.boss, at=NOON)
    open_edition(second.pk, by=world.boss, at=NOON)
    return world


class Walks(TestCase):
    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(st.lists(ACTS, min_size=1, max_size=10))
    def test_a_live_case_is_never_without_step_owner_and_date(self, acts):
        world = two_editions()
        idea = world.case()
        for number, act in enumerate(acts):
            with suppress(Refusal):
                attempt(world, idea.pk, act, NOON + timedelta(days=number))
            now = Idea.objects.select_related("at_step").get(pk=idea.pk)
            open_stays = now.passages.filter(left_at=None)
            if now.stage in LIVE:
                assert now.responsible_id
                assert now.next_on
                assert now.at_step.edition_id == now.edition_id
                assert now.at_step.stage == now.stage
                assert [it.step_id for it in open_stays] == [now.at_step_id]
            else:
                assert now.answer
                assert not open_stays


def attempt(world: World, pk: int, act: tuple, at) -> None:
    """Try one act; it may be refused."""
    verb, which, yes = act
    coach, editions = world.coach, list(world.edition.programme.editions.order_by("number"))
    idea = Idea.objects.get(pk=pk)
    if verb == "take":
        steps = [step for edition in editions for step in edition.steps.all()]
        why = "Därför" if yes else ""
        take_to(pk, steps[which % len(steps)].pk, by=coach, at=at, why=why, gate_met=yes)
    elif verb == "answer":
        asked = list(StepQuestion.objects.filter(step__edition=idea.edition_id))
        answer_question(pk, asked[which % len(asked)].pk, "Ja", seen=0, by=coach, at=at)
    elif verb == "end":
        end(pk, which, answer="Därför" if yes else "", by=coach, at=at)
    elif verb == "wake":
        wake(pk, responsible=coach, next_on=at.date(), why="Nu" if yes else "", by=coach, at=at)
    elif verb == "edition":
        to = editions[which]
        target = to.steps.filter(stage="testing").first()
        places = {idea.at_step_id: target.pk} if yes else {}
        move_cases(to.pk, places, why="Enklare", by=world.boss, at=at)
    elif last := Entry.objects.filter(verb="ideas.cases_moved").last():
        move_back(last.pk, by=world.boss, at=at)
