from datetime import date, timedelta

import pytest

from idesluss.ideas.models import Idea
from idesluss.ideas.usecases import accept, ask_completion, redirect, take_back, undo_accept
from idesluss.ideas.usecases.check import AlreadyAssessed, AlreadyTold
from idesluss.ideas.usecases.locked import CheckOver
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.logic.refusals import Disqualified, Missing, NotAllowed, TooLong
from idesluss.people.vocab import Role
from idesluss.programmes.models import Step
from idesluss.records.models import Entry
from idesluss.records.usecases import write_letter
from tests.factories import (
    NOON,
    ApplicationFactory,
    AssessmentFactory,
    IdeaFactory,
    OrganisationFactory,
    declare,
    involve,
    person_as,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def idea():
    return ApplicationFactory(stage="received").idea


@pytest.fixture
def administrator(idea):
    return person_as(Role.ADMINISTRATOR, idea.programme.organisation)


def stage_of(idea):
    return Idea.objects.get(pk=idea.pk).stage


def verbs(idea):
    return [entry.verb for entry in Entry.objects.about(idea)]


def test_a_complete_application_goes_on_to_assessment(idea, administrator):
    accept(idea.pk, by=administrator, at=NOON)

    assert stage_of(idea) == "assessing"
    assert verbs(idea) == ["ideas.stepped", "ideas.accepted"]
    assert Entry.objects.about(idea).last().data == {"stage": "assessing"}


def test_where_nobody_assesses_it_goes_on_to_decision(idea, administrator):
    Step.objects.create(programme=idea.programme, stage="deciding", name="Beslut", position=1)

    accept(idea.pk, by=administrator, at=NOON)

    assert stage_of(idea) == "deciding"


def test_going_on_ends_an_open_request_and_starts_the_clock(idea, administrator):
    ask_completion(idea.pk, what="Budget?", due=date(2026, 10, 9), by=administrator, at=NOON)

    accept(idea.pk, by=administrator, at=NOON + timedelta(days=1))

    assert idea.completions.get().answered_at == NOON + timedelta(days=1)
    assert Idea.objects.get(pk=idea.pk).paused_at is None
    assert verbs(idea)[1:] == ["ideas.completion_ended", "ideas.stepped", "ideas.accepted"]


def test_nothing_is_accepted_twice(idea, administrator):
    accept(idea.pk, by=administrator, at=NOON)
    with pytest.raises(CheckOver):
        accept(idea.pk, by=administrator, at=NOON)

    assert verbs(idea) == ["ideas.stepped", "ideas.accepted"]


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.ASSESSOR, Role.REGISTRAR, Role.MANAGER])
def test_only_the_administrator_checks(idea, role):
    somebody = person_as(role, idea.programme.organisation)
    with pytest.raises(NotAllowed):
        accept(idea.pk, by=somebody, at=NOON)

    assert (stage_of(idea), verbs(idea)) == ("received", [])


def test_the_administrator_of_another_organisation_does_not_check(idea):
    stranger = person_as(Role.ADMINISTRATOR, OrganisationFactory())
    with pytest.raises(NotAllowed):
        accept(idea.pk, by=stranger, at=NOON)


def test_no_administrator_checks_an_application_of_their_own(idea, administrator):
    involve(idea, administrator, Part.CO_APPLICANT)
    with pytest.raises(Disqualified):
        accept(idea.pk, by=administrator, at=NOON)


@pytest.mark.parametrize("state", [ConflictState.DECLARED, ConflictState.DECIDED])
def test_a_conflict_of_interest_keeps_the_administrator_out(idea, administrator, state):
    declare(idea, administrator, state)
    with pytest.raises(Disqualified):
        redirect(idea.pk, to="IT", message="Hej", by=administrator, at=NOON)


def test_a_draft_is_nobody_elses_business():
    draft = IdeaFactory()
    administrator = person_as(Role.ADMINISTRATOR, draft.programme.organisation)
    with pytest.raises(NotAllowed):
        accept(draft.pk, by=administrator, at=NOON)


def test_accepting_can_be_undone_before_anybody_is_told(idea, administrator):
    accept(idea.pk, by=administrator, at=NOON)

    undo_accept(idea.pk, by=administrator, at=NOON)

    assert stage_of(idea) == "received"
    news = Entry.objects.get(verb="ideas.accepted")
    assert news.delivered_at == NOON  # nothing follows from it any more
    assert verbs(idea)[2:] == ["ideas.stepped", "ideas.accept_undone"]


def test_what_had_no_reader_can_still_be_undone_after_delivery(idea, administrator):
    accept(idea.pk, by=administrator, at=NOON)
    Entry.objects.filter(verb="ideas.accepted").update(delivered_at=NOON)

    undo_accept(idea.pk, by=administrator, at=NOON + timedelta(minutes=1))

    assert Entry.objects.get(verb="ideas.accepted").delivered_at == NOON
    assert stage_of(idea) == "received"


def test_what_has_been_told_cannot_be_undone(idea, administrator):
    accept(idea.pk, by=administrator, at=NOON)
    write_letter(
        kind="accepted",
        person_id=1,
        to="anna@slusstad.example",
        subject="Komplett",
        text="Hej",
        language="sv",
        at=NOON,
        entry=Entry.objects.get(verb="ideas.accepted"),
    )
    with pytest.raises(AlreadyTold):
        undo_accept(idea.pk, by=administrator, at=NOON)

    assert stage_of(idea) == "assessing"


def test_work_that_has_begun_is_not_undone(idea, administrator):
    accept(idea.pk, by=administrator, at=NOON)
    AssessmentFactory(idea=idea, round=idea.applications.get().round, version=1)
    with pytest.raises(AlreadyAssessed):
        undo_accept(idea.pk, by=administrator, at=NOON)


def test_what_was_never_accepted_cannot_be_undone():
    idea = IdeaFactory(stage="assessing")
    administrator = person_as(Role.ADMINISTRATOR, idea.programme.organisation)
    with pytest.raises(CheckOver):
        undo_accept(idea.pk, by=administrator, at=NOON)


def test_a_case_at_the_wrong_door_is_sent_on_with_a_message(idea, administrator):
    redirect(idea.pk, to=" Felanmälan ", message=" Tack! ", by=administrator, at=NOON)

    assert stage_of(idea) == "redirected"
    told = Entry.objects.get(verb="ideas.redirected")
    assert told.data == {"to": "Felanmälan", "message": "Tack!"}


@pytest.mark.parametrize(
    ("to", "message", "refusal"),
    [
        (" ", "Tack", Missing(field="to")),
        ("IT", "", Missing(field="message")),
        ("x" * 161, "Tack", TooLong(field="to", limit=160)),
        ("IT", "x" * 3001, TooLong(field="message", limit=3000)),
    ],
)
def test_sending_on_says_where_and_why(idea, administrator, to, message, refusal):
    with pytest.raises(type(refusal)) as raised:
        redirect(idea.pk, to=to, message=message, by=administrator, at=NOON)

    assert raised.value == refusal
    assert (stage_of(idea), verbs(idea)) == ("received", [])


def test_a_decided_case_is_not_sent_on(administrator, idea):
    Idea.objects.filter(pk=idea.pk).update(stage="testing")
    with pytest.raises(CheckOver):
        redirect(idea.pk, to="IT", message="Tack", by=administrator, at=NOON)


def test_a_case_that_was_sent_on_can_come_back(idea, administrator):
    redirect(idea.pk, to="IT", message="Tack", by=administrator, at=NOON)

    take_back(idea.pk, by=administrator, at=NOON)

    assert stage_of(idea) == "received"
    assert verbs(idea)[-1] == "ideas.came_back"
