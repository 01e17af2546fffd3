from datetime import date, timedelta

import pytest

from idesluss.ideas.models import Completion
from idesluss.ideas.usecases import ask_completion, complete, go_on_without
from idesluss.ideas.usecases.complete import NothingToComplete
from idesluss.ideas.vocab import Part
from idesluss.logic.refusals import Missing, NotAllowed, TooLong
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import NOON, ApplicationFactory, involve, person_as

pytestmark = pytest.mark.django_db
ASKED, DUE = NOON, date(2026, 10, 12)
A_WEEK_LATER = NOON + timedelta(days=7)


@pytest.fixture
def case():
    """A case where completion is asked for: (idea, owner, administrator)."""
    application = ApplicationFactory(stage="received")
    idea, organisation = application.idea, application.round.programme.organisation
    owner = person_as(Role.EMPLOYEE, organisation)
    involve(idea, owner, Part.OWNER)
    idea.answer_by = date(2026, 12, 18)
    idea.save(update_fields=["answer_by"])
    administrator = person_as(Role.ADMINISTRATOR, organisation)
    ask_completion(idea.pk, what="Budget saknas.", due=DUE, by=administrator, at=ASKED)
    return idea, owner, administrator


def test_an_answer_lets_the_clock_run_again_and_moves_the_promise(case):
    idea, owner, _ = case

    complete(idea.pk, answer=" Budgeten är\r\nmed nu. ", by=owner, at=A_WEEK_LATER)

    asked = Completion.objects.get()
    assert (asked.answer, asked.answered_at) == ("Budgeten är\nmed nu.", A_WEEK_LATER)
    idea.refresh_from_db()
    assert (idea.paused_at, idea.answer_by) == (None, date(2026, 12, 28))
    entry = Entry.objects.about(idea).last()
    assert (entry.verb, entry.by_id) == ("ideas.completed", owner.pk)
    assert entry.data == {"answer": "Budgeten är\nmed nu.", "answer_by": "2026-12-28"}


def test_a_late_answer_is_taken_while_the_request_is_open(case):
    idea, owner, administrator = case

    complete(idea.pk, answer="Sent.", by=owner, at=NOON + timedelta(days=30))

    assert Completion.objects.get().answer == "Sent."
    ask_completion(idea.pk, what="Mer.", due=DUE, by=administrator, at=NOON)
    go_on_without(idea.pk, by=administrator, at=NOON)
    with pytest.raises(NothingToComplete):
        complete(idea.pk, answer="För sent.", by=owner, at=NOON)


def test_answering_twice_changes_nothing(case):
    idea, owner, _ = case
    complete(idea.pk, answer="Först.", by=owner, at=A_WEEK_LATER)

    with pytest.raises(NothingToComplete):
        complete(idea.pk, answer="Sen.", by=owner, at=A_WEEK_LATER)

    assert Completion.objects.get().answer == "Först."


def test_a_case_without_a_promised_date_keeps_none(case):
    idea, owner, _ = case
    idea.answer_by = None
    idea.save(update_fields=["answer_by"])

    complete(idea.pk, answer="Nu.", by=owner, at=A_WEEK_LATER)

    assert Entry.objects.about(idea).last().data["answer_by"] is None


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [(" ", Missing(field="answer")), ("x" * 3001, TooLong(field="answer", limit=3000))],
)
def test_an_answer_says_something_and_not_too_much(case, answer, refusal):
    idea, owner, _ = case

    with pytest.raises(type(refusal)) as refused:
        complete(idea.pk, answer=answer, by=owner, at=A_WEEK_LATER)

    assert refused.value == refusal
    assert Completion.objects.get().answered_at is None


def test_only_those_who_hand_in_answer_while_they_belong_here(case):
    idea, owner, administrator = case
    bo = person_as(Role.EMPLOYEE, idea.programme.organisation)
    involve(idea, bo, Part.CO_APPLICANT)

    with pytest.raises(NotAllowed):
        complete(idea.pk, answer="Nej.", by=administrator, at=NOON)
    owner.appointments.update(ends=NOON.date())
    with pytest.raises(NotAllowed):
        complete(idea.pk, answer="Nej.", by=owner, at=NOON)
    complete(idea.pk, answer="Ja.", by=bo, at=NOON)

    assert Completion.objects.get().answer == "Ja."


def test_a_case_that_has_ended_is_not_completed(case):
    idea, owner, _ = case
    type(idea).objects.filter(pk=idea.pk).update(stage="declined")

    with pytest.raises(NotAllowed):
        complete(idea.pk, answer="Nej.", by=owner, at=NOON)
