from datetime import timedelta

import pytest

from idesluss.ideas.models import Idea
from idesluss.ideas.usecases import accept, ask_completion, go_on_without
from idesluss.ideas.usecases.locked import CheckOver
from idesluss.ideas.vocab import Part
from idesluss.jobs.deliver import deliver
from idesluss.jobs.rehearse import rehearse
from idesluss.people.vocab import Role
from idesluss.records.models import Entry, Letter
from tests.factories import NOON, ApplicationFactory, PersonFactory, involve, person_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea():
    idea = ApplicationFactory(stage="received", owner=PersonFactory(name="Siv")).idea
    involve(idea, PersonFactory(name="Åke", email=None), Part.CO_APPLICANT)
    return idea


@pytest.fixture
def administrator(idea):
    return person_as(Role.ADMINISTRATOR, idea.programme.organisation)


def test_a_rehearsal_tells_word_for_word_what_would_be_told_and_leaves_no_trace(
    idea, administrator
):
    def act():
        accept(idea.pk, by=administrator, at=NOON)

    letters = rehearse(act, by=administrator, at=NOON)

    assert [(it.text.partition(",")[0], bool(it.to)) for it in letters] == [
        ("Hej Siv", True),
        ("Hej Åke", False),
    ]
    assert (Entry.objects.count(), Letter.objects.count()) == (0, 0)
    assert Idea.objects.get(pk=idea.pk).stage == "received"
    act()
    deliver(NOON)
    assert [(it.subject, it.text) for it in Letter.objects.order_by("pk")] == [
        (it.subject, it.text) for it in letters
    ]


def test_what_tells_nobody_has_no_letters(idea, administrator):
    due = (NOON + timedelta(days=5)).date()
    ask_completion(idea.pk, what="Budget?", due=due, by=administrator, at=NOON)

    letters = rehearse(
        lambda: go_on_without(idea.pk, by=administrator, at=NOON), by=administrator, at=NOON
    )

    assert letters == []
    assert idea.completions.get().answered_at is None


def test_a_refusal_in_the_rehearsal_is_a_refusal(idea, administrator):
    accept(idea.pk, by=administrator, at=NOON)
    with pytest.raises(CheckOver):
        rehearse(lambda: accept(idea.pk, by=administrator, at=NOON), by=administrator, at=NOON)

    assert Entry.objects.filter(verb="ideas.accepted").count() == 1


def test_the_news_of_others_is_not_in_it(idea, administrator):
    other = ApplicationFactory(stage="received", owner=PersonFactory(name="Bo")).idea
    other_administrator = person_as(Role.ADMINISTRATOR, other.programme.organisation)

    def act():
        accept(idea.pk, by=administrator, at=NOON)
        accept(other.pk, by=other_administrator, at=NOON)  # at the same moment, by somebody else

    letters = rehearse(act, by=administrator, at=NOON)

    assert [it.text.partition(",")[0] for it in letters] == ["Hej Siv", "Hej Åke"]
