import pytest

from idesluss.ideas.models import Idea
from idesluss.ideas.usecases.step import step
from idesluss.logic.lifecycle import AlreadyThere, Ended, NotInProgramme, Stage
from idesluss.programmes.models import Step
from idesluss.records.models import Entry
from tests.factories import NOON, IdeaFactory, PersonFactory

pytestmark = pytest.mark.django_db


def test_a_step_moves_the_case_and_leaves_a_line_that_says_where_it_came_from():
    idea, by = IdeaFactory(stage="received"), PersonFactory()

    step(idea, Stage.ASSESSING, by=by, at=NOON)

    kept = Idea.objects.get(pk=idea.pk)
    assert (kept.stage, kept.stage_at) == ("assessing", NOON)
    entry = Entry.objects.about(idea).get()
    assert (entry.verb, entry.by_id, entry.at) == ("ideas.stepped", by.pk, NOON)
    assert entry.data == {"stage": "received", "to": "assessing"}
    assert entry.organisation_id == idea.programme.organisation_id


def test_the_clock_may_move_a_case_too():
    idea = IdeaFactory(stage="received")

    step(idea, Stage.PARKED, by=None, at=NOON)

    assert Entry.objects.about(idea).get().by_id is None


@pytest.mark.parametrize(
    ("stage", "to", "refusal"),
    [
        ("received", Stage.RECEIVED, AlreadyThere),
        ("withdrawn", Stage.RECEIVED, Ended),
        ("received", Stage.EXPLORING, NotInProgramme),
    ],
)
def test_a_step_that_does_not_exist_changes_nothing(stage, to, refusal):
    idea = IdeaFactory(stage=stage)
    Step.objects.create(programme=idea.programme, stage="deciding", name="Beslut", position=1)

    with pytest.raises(refusal):
        step(idea, to, by=None, at=NOON)

    assert Idea.objects.get(pk=idea.pk).stage == stage
    assert not Entry.objects.about(idea).exists()


def test_a_programme_without_steps_of_its_own_uses_them_all():
    idea = IdeaFactory(stage="received")

    step(idea, Stage.EXPLORING, by=None, at=NOON)

    assert idea.stage == "exploring"
