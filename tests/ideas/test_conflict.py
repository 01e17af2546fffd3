from datetime import timedelta

import pytest

from idesluss.ideas.models import Declaration, Idea
from idesluss.ideas.usecases import decide_conflict, declare, suspect
from idesluss.ideas.usecases.conflict import NothingToDecide, NotInvolved, OnlyByDecision
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.logic.refusals import AlreadyDone, Missing, NotAllowed, TooLong
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import (
    NOON,
    ApplicationFactory,
    AssessmentFactory,
    IdeaFactory,
    PersonFactory,
    SeatFactory,
    involve,
    person_as,
)
from tests.factories import declare as declared_before

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment():
    """An assessor who has not declared anything yet."""
    application = ApplicationFactory(stage="assessing")
    assessment = AssessmentFactory(idea=application.idea, round=application.round, involved=False)
    involve(assessment.idea, assessment.assessor, Part.ASSESSOR)
    return assessment


@pytest.fixture
def idea(assessment):
    return assessment.idea


@pytest.fixture
def assessor(assessment):
    return assessment.assessor


@pytest.fixture
def administrator(idea):
    return person_as(Role.ADMINISTRATOR, idea.programme.organisation)


def state(idea, person):
    return Declaration.objects.get(idea=idea, person=person).state


def sees(person, idea):
    return Idea.objects.visible_to(person, at=NOON).filter(pk=idea.pk).exists()


def entries(idea):
    return [(entry.verb, entry.data) for entry in Entry.objects.about(idea)]


def test_content_opens_when_the_assessor_says_there_is_no_conflict(idea, assessor):
    assert not sees(assessor, idea)

    declare(idea.pk, conflict=False, by=assessor, at=NOON)

    assert sees(assessor, idea)
    assert entries(idea) == [("ideas.conflict_denied", {"person": assessor.pk})]


def test_an_assessor_who_has_left_the_organisation_sees_nothing_there_any_more(idea, assessor):
    declare(idea.pk, conflict=False, by=assessor, at=NOON)
    assessor.appointments.update(ends=NOON.date())

    assert not sees(Person.objects.get(pk=assessor.pk), idea)


def test_a_declared_conflict_shuts_the_case_at_once(idea, assessor):
    declare(idea.pk, conflict=False, by=assessor, at=NOON)
    declare(idea.pk, conflict=True, ground="manager", note=" Min enhet ", by=assessor, at=NOON)

    assert not sees(assessor, idea)
    assert state(idea, assessor) == "declared"
    assert entries(idea)[1] == (
        "ideas.conflict_declared",
        {"person": assessor.pk, "ground": "manager", "note": "Min enhet"},
    )


@pytest.mark.parametrize("before", ["suspected", "declared", "decided"])
def test_what_is_known_is_not_waved_away_by_the_one_concerned(idea, assessor, before):
    declared_before(idea, assessor, ConflictState(before))
    with pytest.raises(OnlyByDecision):
        declare(idea.pk, conflict=False, by=assessor, at=NOON)

    assert (state(idea, assessor), entries(idea)) == (before, [])


@pytest.mark.parametrize("before", ["clear", "dismissed", "suspected"])
def test_a_conflict_can_be_declared_whenever_it_is_discovered(idea, assessor, before):
    declared_before(idea, assessor, ConflictState(before))

    declare(idea.pk, conflict=True, ground="party", by=assessor, at=NOON)

    assert state(idea, assessor) == "declared"


@pytest.mark.parametrize(
    ("before", "conflict"),
    [("clear", False), ("dismissed", False), ("declared", True), ("decided", True)],
)
def test_saying_the_same_again_changes_nothing(idea, assessor, before, conflict):
    declared_before(idea, assessor, ConflictState(before))
    row = Declaration.objects.get()

    declare(idea.pk, conflict=conflict, ground="party", by=assessor, at=NOON + timedelta(days=1))

    assert Declaration.objects.filter(state=before, at=row.at).count() == 1
    assert entries(idea) == []


@pytest.mark.parametrize(
    ("ground", "note", "refusal"),
    [
        ("", "", Missing(field="ground")),
        ("because", "", Missing(field="ground")),
        ("other", "  ", Missing(field="note")),
        ("party", "x" * 2001, TooLong(field="note", limit=2000)),
    ],
)
def test_a_conflict_has_its_ground(idea, assessor, ground, note, refusal):
    with pytest.raises(type(refusal)) as raised:
        declare(idea.pk, conflict=True, ground=ground, note=note, by=assessor, at=NOON)

    assert raised.value == refusal
    assert not Declaration.objects.exists()


def test_members_of_the_body_and_the_office_may_declare_too(idea, administrator):
    member = SeatFactory(body=idea.programme.body).person
    registrar = person_as(Role.REGISTRAR, idea.programme.organisation)
    for person in (member, administrator, registrar):
        declare(idea.pk, conflict=True, ground="party", by=person, at=NOON)

        assert not sees(person, idea)


def test_applicants_and_outsiders_have_nothing_to_declare(idea, assessor):
    applicant = PersonFactory()
    involve(idea, applicant, Part.OWNER)
    involve(idea, assessor, Part.CO_APPLICANT)
    for person in (applicant, assessor, PersonFactory()):
        with pytest.raises(NotAllowed):
            declare(idea.pk, conflict=False, by=person, at=NOON)


def test_nobody_declares_in_a_draft():
    draft = IdeaFactory()
    administrator = person_as(Role.ADMINISTRATOR, draft.programme.organisation)
    with pytest.raises(NotAllowed):
        declare(draft.pk, conflict=True, ground="party", by=administrator, at=NOON)


def test_a_suspicion_closes_the_case_for_an_assessor_until_it_is_decided(
    idea, assessor, administrator
):
    declare(idea.pk, conflict=False, by=assessor, at=NOON)

    suspect(
        idea.pk, person_id=assessor.pk, ground="other", note=" Syskon ", by=administrator, at=NOON
    )
    assert not sees(assessor, idea)
    decide_conflict(
        idea.pk,
        person_id=assessor.pk,
        conflict=False,
        reason=" Namnlika ",
        by=administrator,
        at=NOON,
    )

    assert sees(assessor, idea)
    assert entries(idea)[1:] == [
        (
            "ideas.conflict_suspected",
            {"person": assessor.pk, "ground": "other", "note": "Syskon"},
        ),
        (
            "ideas.conflict_decided",
            {
                "person": assessor.pk,
                "was": "suspected",
                "state": "dismissed",
                "reason": "Namnlika",
            },
        ),
    ]
    kept = Declaration.objects.get()
    assert (kept.ground, kept.note, kept.by) == ("other", "Syskon", administrator)


def test_a_decided_conflict_shuts_the_case(idea, assessor, administrator):
    suspect(idea.pk, person_id=assessor.pk, ground="party", note="Bror", by=administrator, at=NOON)
    decide_conflict(
        idea.pk, person_id=assessor.pk, conflict=True, reason="Ja", by=administrator, at=NOON
    )

    assert state(idea, assessor) == "decided"
    assert not sees(assessor, idea)


def test_a_declared_conflict_is_taken_back_by_decision_only(idea, assessor, administrator):
    declare(idea.pk, conflict=True, ground="manager", by=assessor, at=NOON)

    decide_conflict(
        idea.pk, person_id=assessor.pk, conflict=False, reason="Slutat", by=administrator, at=NOON
    )

    assert sees(assessor, idea)


def test_nobody_suspects_or_decides_about_themselves(idea, administrator):
    with pytest.raises(NotAllowed):
        suspect(
            idea.pk,
            person_id=administrator.pk,
            ground="party",
            note="Jag",
            by=administrator,
            at=NOON,
        )
    with pytest.raises(NotAllowed):
        decide_conflict(
            idea.pk,
            person_id=administrator.pk,
            conflict=False,
            reason="Nej",
            by=administrator,
            at=NOON,
        )


def test_an_administrator_with_a_conflict_decides_nothing_but_another_one_does(
    idea, assessor, administrator
):
    other = person_as(Role.ADMINISTRATOR, idea.programme.organisation)
    declare(idea.pk, conflict=True, ground="party", by=administrator, at=NOON)
    with pytest.raises(NotAllowed):
        suspect(idea.pk, person_id=assessor.pk, ground="party", note="?", by=administrator, at=NOON)

    decide_conflict(
        idea.pk, person_id=administrator.pk, conflict=False, reason="Nej", by=other, at=NOON
    )

    assert sees(administrator, idea)


def test_only_those_who_have_to_do_with_the_case_are_suspected(idea, administrator):
    with pytest.raises(NotInvolved):
        suspect(
            idea.pk,
            person_id=PersonFactory().pk,
            ground="party",
            note="?",
            by=administrator,
            at=NOON,
        )


@pytest.mark.parametrize("before", ["suspected", "declared", "decided"])
def test_what_is_known_is_not_suspected_again(idea, assessor, administrator, before):
    declared_before(idea, assessor, ConflictState(before))
    with pytest.raises(AlreadyDone):
        suspect(idea.pk, person_id=assessor.pk, ground="party", note="?", by=administrator, at=NOON)


def test_a_suspicion_says_why(idea, assessor, administrator):
    with pytest.raises(Missing) as raised:
        suspect(idea.pk, person_id=assessor.pk, ground="party", note="", by=administrator, at=NOON)

    assert raised.value.field == "note"


@pytest.mark.parametrize("before", ["clear", None])
def test_there_is_nothing_to_decide_where_nothing_is_suspected(
    idea, assessor, administrator, before
):
    if before:
        declared_before(idea, assessor, ConflictState(before))
    with pytest.raises(NothingToDecide):
        decide_conflict(
            idea.pk, person_id=assessor.pk, conflict=True, reason="Ja", by=administrator, at=NOON
        )


@pytest.mark.parametrize(
    ("reason", "refusal"),
    [(" ", Missing(field="reason")), ("x" * 2001, TooLong(field="reason", limit=2000))],
)
def test_a_decision_has_its_reason(idea, assessor, administrator, reason, refusal):
    declared_before(idea, assessor, ConflictState.DECLARED)
    with pytest.raises(type(refusal)) as raised:
        decide_conflict(
            idea.pk,
            person_id=assessor.pk,
            conflict=True,
            reason=reason,
            by=administrator,
            at=NOON,
        )

    assert raised.value == refusal
    assert state(idea, assessor) == "declared"


def test_the_same_decision_twice_is_refused(idea, assessor, administrator):
    declared_before(idea, assessor, ConflictState.DECIDED)
    with pytest.raises(AlreadyDone):
        decide_conflict(
            idea.pk, person_id=assessor.pk, conflict=True, reason="Ja", by=administrator, at=NOON
        )
