from datetime import date

import pytest

from idesluss.funding.models import Application
from idesluss.funding.usecases.incomplete import close_incomplete
from idesluss.ideas.models import Idea
from idesluss.ideas.usecases import ask_completion
from idesluss.ideas.usecases.locked import CheckOver
from idesluss.logic.refusals import AlreadyDone, Missing, NotAllowed, TooLong
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import NOON, ApplicationFactory, person_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return ApplicationFactory(stage="received")


@pytest.fixture
def administrator(application):
    return person_as(Role.ADMINISTRATOR, application.round.programme.organisation)


def test_an_incomplete_application_is_closed_with_its_reason(application, administrator):
    ask_completion(
        application.idea_id, what="Budget?", due=date(2026, 10, 9), by=administrator, at=NOON
    )

    close_incomplete(application.pk, reason=" Ingen budget. ", by=administrator, at=NOON)

    kept = Application.objects.get(pk=application.pk)
    assert (kept.outcome, kept.reason, kept.decided_at) == ("incomplete", "Ingen budget.", NOON)
    idea = Idea.objects.get(pk=application.idea_id)
    assert (idea.stage, idea.paused_at) == ("declined", None)
    assert idea.completions.get().answered_at == NOON
    entry = Entry.objects.about(application).get()
    assert (entry.verb, entry.data) == ("funding.incomplete", {"reason": "Ingen budget."})


@pytest.mark.parametrize(
    ("reason", "refusal"),
    [(" ", Missing(field="reason")), ("x" * 3001, TooLong(field="reason", limit=3000))],
)
def test_nobody_is_turned_away_without_a_reason(application, administrator, reason, refusal):
    with pytest.raises(type(refusal)) as raised:
        close_incomplete(application.pk, reason=reason, by=administrator, at=NOON)

    assert raised.value == refusal
    assert Idea.objects.get(pk=application.idea_id).stage == "received"
    assert not Entry.objects.exists()


def test_an_application_with_an_outcome_keeps_it(application, administrator):
    Application.objects.update(outcome="postponed", decided_at=NOON)
    with pytest.raises(AlreadyDone):
        close_incomplete(application.pk, reason="Nej", by=administrator, at=NOON)


def test_once_it_is_up_for_decision_the_meeting_decides(application, administrator):
    Idea.objects.update(stage="deciding")
    with pytest.raises(CheckOver):
        close_incomplete(application.pk, reason="Nej", by=administrator, at=NOON)


def test_only_the_administrator_closes(application):
    registrar = person_as(Role.REGISTRAR, application.round.programme.organisation)
    with pytest.raises(NotAllowed):
        close_incomplete(application.pk, reason="Nej", by=registrar, at=NOON)
