"""A member steps aside at the meeting, and what that does to who decides."""

import pytest

from idesluss.funding.models import Application
from idesluss.funding.reads.agenda import agenda_of
from idesluss.funding.usecases import recuse
from idesluss.funding.usecases.meeting import AlreadyReleased, NotAMember
from idesluss.ideas.models import Declaration
from idesluss.ideas.usecases import suspect
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.logic.refusals import Missing, NotAllowed
from idesluss.people.models import Seat
from idesluss.people.vocab import Role
from tests.factories import PersonFactory, SeatFactory, declare, involve, person_as
from tests.funding.meeting import AFTER, LATER, decided_room, room

pytestmark = pytest.mark.django_db


def meeting_of(count=2, **fields):
    here = room(**fields)
    for number in range(count):
        here.case(f"Förslag {number + 1}")
    here.all_declare_clear()
    here.open()
    return here


def step_aside(here, person, *, by=None, case=0, ground="party", note="Min bror söker."):
    recuse(
        here.meeting.pk,
        application_id=here.cases[case].pk,
        person_id=person.pk,
        ground=ground,
        note=note,
        by=by or person,
        at=LATER,
    )


def agenda(here, person=None):
    return agenda_of(here.fresh(), person or here.administrator, at=LATER)


def known(here, person, case=0):
    return Declaration.objects.get(idea=here.cases[case].idea, person=person)


def test_a_member_steps_aside_and_the_case_closes_at_once():
    here = meeting_of()
    member = here.members[1]

    step_aside(here, member, note="")

    rows = agenda(here, member).rows
    assert [row.is_open for row in rows] == [False, True]
    assert (rows[0].number, rows[0].recused) == (1, True)
    assert known(here, member).state == ConflictState.DECLARED
    assert not Application.objects.visible_to(member, at=LATER).filter(pk=here.cases[0].pk).exists()
    [aside] = agenda(here).cases[0].recused
    assert (aside.person_id, aside.ground, aside.note) == (member.pk, "party", "")


def test_the_administrator_writes_down_what_somebody_said():
    here = meeting_of()
    member = here.members[1]

    step_aside(here, member, by=here.administrator)

    declared = known(here, member)
    assert (declared.state, declared.note) == (ConflictState.DECIDED, "Min bror söker.")


def test_a_suspicion_becomes_a_decision():
    here = meeting_of()
    member = here.members[1]
    Declaration.objects.filter(person=member).delete()
    suspect(
        here.cases[0].idea_id,
        person_id=member.pk,
        ground="manager",
        note="Är chef där.",
        by=here.administrator,
        at=LATER,
    )

    step_aside(here, member, by=here.administrator, note="Bekräftat på mötet.")

    declared = known(here, member)
    assert (declared.state, declared.ground) == (ConflictState.DECIDED, "manager")


def test_a_conflict_that_was_dismissed_can_come_up_again():
    here = meeting_of()
    member = here.members[1]
    Declaration.objects.filter(person=member).delete()
    declare(here.cases[0].idea, member, ConflictState.DISMISSED)

    step_aside(here, member, by=here.administrator)

    assert known(here, member).state == ConflictState.DECIDED


def test_somebody_elses_recusal_takes_an_administrator_and_words():
    here = meeting_of()

    with pytest.raises(NotAllowed):
        step_aside(here, here.members[1], by=here.members[0])
    with pytest.raises(Missing) as missing:
        step_aside(here, here.members[1], by=here.administrator, note=" ")
    assert missing.value.field == "note"
    assert known(here, here.members[1]).state == ConflictState.CLEAR


def test_only_members_step_aside_and_only_in_cases_of_the_meeting():
    here, elsewhere = meeting_of(), meeting_of()

    with pytest.raises(NotAMember):
        step_aside(here, here.administrator)
    with pytest.raises(NotAllowed):
        recuse(
            here.meeting.pk,
            application_id=elsewhere.cases[0].pk,
            person_id=here.members[0].pk,
            ground="party",
            note="",
            by=here.members[0],
            at=LATER,
        )
    with pytest.raises(NotAllowed):
        step_aside(here, here.members[0], by=person_as(Role.REGISTRAR, here.organisation))


def test_nobody_writes_a_recusal_in_a_case_that_is_shut_to_them():
    here = meeting_of()
    declare(here.cases[0].idea, here.administrator, ConflictState.DECLARED)

    with pytest.raises(NotAllowed):
        step_aside(here, here.members[1], by=here.administrator)


def test_after_the_release_nobody_steps_aside():
    here = decided_room()
    here.release()

    with pytest.raises(AlreadyReleased):
        recuse(
            here.meeting.pk,
            application_id=here.cases[0].pk,
            person_id=here.members[0].pk,
            ground="party",
            note="",
            by=here.members[0],
            at=AFTER,
        )


# --- What it does to the item ----------------------------------------------------------------


def test_the_recused_are_counted_out_and_the_next_in_order_leads():
    here = meeting_of()
    chair, second, third = here.members

    step_aside(here, chair)

    first, other = agenda(here).cases
    assert first.item.voting == (second.pk, third.pk)
    assert (first.item.chair, first.item.substituted) == (second.pk, True)
    assert (other.item.chair, other.item.substituted) == (chair.pk, False)
    assert not first.too_few


def test_too_few_cannot_decide_and_it_says_so():
    here = meeting_of()
    here.choose(here.cases[0], "granted", 60_000)

    step_aside(here, here.members[0])
    step_aside(here, here.members[1])

    first = agenda(here).cases[0]
    assert first.too_few
    assert [problem.params for problem in first.problems] == [{"voting": 1, "quorum": 2}]


def test_an_owner_in_the_body_is_a_party_without_declaring():
    here = room()
    case = here.case("Eget förslag", owner=here.members[2])
    here.case("Annat")
    here.all_declare_clear()
    involve(here.cases[1].idea, here.members[1], Part.CO_APPLICANT)
    here.open()

    shown = agenda(here)
    assert [[one.person_id for one in row.recused] for row in shown.cases] == [
        [here.members[2].pk],
        [here.members[1].pk],
    ]
    assert shown.cases[0].recused[0].ground == "party"
    assert case.pk == shown.cases[0].decision.application_id


def test_a_party_is_recused_whatever_else_is_suspected_or_declared():
    here = room()
    for number, state in enumerate((ConflictState.SUSPECTED, ConflictState.DECLARED)):
        case = here.case(f"Förslag {number}", owner=here.members[2])
        declare(case.idea, here.members[2], state, "representative")
    here.all_declare_clear()
    here.open()

    first, second = agenda(here).cases
    assert ([one.ground for one in first.recused], first.suspected) == (["party"], ())
    assert [one.ground for one in second.recused] == ["party"]


def test_a_deputy_serves_for_a_member_who_steps_aside():
    here = meeting_of(quorum=3)
    deputy = PersonFactory()
    SeatFactory(
        body=here.round.programme.body,
        person=deputy,
        order=9,
        deputy_for=Seat.objects.get(person=here.members[0]),
    )
    here.meeting.presences.create(person=deputy)

    step_aside(here, here.members[0])

    first = agenda(here).cases[0]
    assert first.item.serving == ((deputy.pk, here.members[0].pk),)
    assert (len(first.item.voting), first.too_few) == (3, False)


def test_a_suspected_conflict_of_a_voter_must_be_decided():
    here = meeting_of()
    here.choose(here.cases[0], "granted", 60_000)
    member = here.members[1]
    Declaration.objects.filter(person=member, idea=here.cases[0].idea).update(
        state=ConflictState.SUSPECTED.value, ground="manager"
    )

    [problem] = agenda(here).cases[0].problems
    assert problem.params == {"name": member.name}
    here.meeting.presences.filter(person=member).delete()
    assert agenda(here).cases[0].problems == ()


def test_without_any_seat_nobody_can_decide():
    here = meeting_of(count=1)
    Seat.objects.all().delete()

    shown = agenda(here)
    assert (shown.members, shown.counted, shown.cases[0].item) == ((), False, None)
    assert shown.cases[0].too_few
