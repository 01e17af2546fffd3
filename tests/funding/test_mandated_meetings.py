"""Several bodies decide in one programme: the smallest that may, each within its mandate."""

import pytest

from idesluss.assessment.reads.conflicts import headlines, known_conflicts
from idesluss.funding.models import Application, Meeting
from idesluss.funding.reads.agenda import agenda_of
from idesluss.funding.reads.meetings import readiness_of
from idesluss.funding.reads.minutes import minutes_of
from idesluss.funding.reads.rulebook import mandate_of, mandates_of, rulebook_of
from idesluss.funding.usecases.decide import save_choices
from idesluss.funding.usecases.meeting import (
    AlreadyOpened,
    Facts,
    NobodyDecides,
    NotItsToDecide,
    open_meeting,
    take_up,
)
from idesluss.ideas.models import DECIDERS_SEE, Idea
from idesluss.ideas.vocab import ConflictState
from idesluss.logic.mandates import NoMandate, OverTheMandate
from idesluss.logic.money import Money
from idesluss.logic.refusals import NotAllowed
from idesluss.people.vocab import Role
from idesluss.programmes.models import Mandate, Round
from tests.factories import (
    NOON,
    BodyFactory,
    PersonFactory,
    RoundFactory,
    SeatFactory,
    declare,
    person_as,
)
from tests.funding.meeting import AFTER, LATER, room

pytestmark = pytest.mark.django_db
REFERENCE = "KS 2026-03-01 § 12"


def shared_room(*asked):
    """A room whose programme also has a small body (25 000 kr) with one member, ``small[1]``."""
    here = room(cap=None)
    body = BodyFactory(organisation=here.organisation, name="Ordföranden", quorum=1)
    member = PersonFactory(name="Sonja Små")
    SeatFactory(body=body, person=member, chair=True)
    Mandate.objects.create(
        programme=here.round.programme, body=body, up_to_minor=25_000_00, reference=REFERENCE
    )
    for number, kronor in enumerate(asked, start=1):
        here.case(f"Förslag {number}", kronor)
    return here, body, member


def opened(here, body, *cases, **fields):
    here.meeting = open_meeting(
        here.round.pk,
        applications=[case.pk for case in cases],
        facts=Facts(held_at=LATER),
        body_id=body.pk if body else None,
        by=here.administrator,
        at=LATER,
        **fields,
    )
    return here.meeting


def on_agenda(meeting):
    return [one.application.asked_minor for one in meeting.decisions.order_by("pk")]


def test_a_case_falls_under_the_smallest_mandate_and_the_largest_body_gets_the_rest():
    here, body, _member = shared_room(25_000, 25_001, None)
    main = here.round.programme.body

    rulebook = rulebook_of(here.round)

    assert [it.body for it in rulebook.mandates] == [body.pk, main.pk]
    assert rulebook.mandates == mandates_of(here.round.programme)
    assert [rulebook.mandate(case).body for case in here.cases] == [body.pk, main.pk, main.pk]


def test_before_the_meeting_the_cases_of_the_body_are_told_from_the_others():
    here, body, member = shared_room(25_000, 60_000)

    of_small = readiness_of(here.round, here.administrator, body=body.pk, at=LATER)
    of_main = readiness_of(here.round, here.administrator, at=LATER)
    of_another = readiness_of(here.round, here.administrator, body=BodyFactory().pk, at=LATER)

    assert [(it.here, it.covered) for it in of_small.candidates] == [(True, True), (False, False)]
    assert [(it.here, it.covered) for it in of_main.candidates] == [(False, True), (True, True)]
    assert of_small.people == (member,)
    assert of_main.people == tuple(here.members)
    assert of_another == of_main


def test_one_body_meets_after_the_other_and_the_round_has_one_open_meeting():
    here, body, _member = shared_room(20_000, 60_000)
    small, large = here.cases

    meeting = opened(here, body, small)
    with pytest.raises(AlreadyOpened):
        opened(here, None, large)

    assert (meeting.body, on_agenda(meeting)) == (body, [20_000_00])


def test_a_body_without_the_right_does_not_meet():
    here, _body, _member = shared_room(20_000)
    other = BodyFactory(organisation=here.organisation)
    with pytest.raises(NotItsToDecide):
        opened(here, other, *here.cases)
    assert not Meeting.objects.exists()


def test_without_a_body_of_its_own_a_programme_is_decided_by_the_largest_mandate():
    here, body, _member = shared_room(20_000)
    here.round.programme.body = None
    here.round.programme.save()

    assert opened(here, None, *here.cases).body == body


def test_without_any_body_nobody_meets():
    other = room()
    other.round.programme.body = None
    other.round.programme.save()
    other.case("Ett")
    with pytest.raises(NobodyDecides):
        opened(other, None, *other.cases)


def test_a_case_shut_to_who_opens_comes_up_where_it_falls():
    here, body, _member = shared_room(20_000, 21_000, 60_000)
    seen, shut_small, shut_large = here.cases
    for case in (shut_small, shut_large):
        declare(case.idea, here.administrator, ConflictState.DECLARED)

    before = readiness_of(here.round, here.administrator, body=body.pk, at=LATER)
    meeting = opened(here, body, seen)

    assert before.shut_ready == 1
    assert on_agenda(meeting) == [20_000_00, 21_000_00]


def test_cases_that_come_later_are_taken_up_the_same_way():
    here, body, _member = shared_room(20_000)
    meeting = opened(here, body, *here.cases)
    later, shut = here.case("Sen", 10_000), here.case("Stängd", 90_000)
    declare(shut.idea, here.administrator, ConflictState.DECLARED)

    taken = take_up(meeting.pk, applications=[later.pk], by=here.administrator, at=LATER)

    assert (taken, on_agenda(meeting)) == (1, [20_000_00, 10_000_00])


def test_more_than_the_mandate_is_refused_and_named_and_a_part_may_be_granted():
    here, body, member = shared_room(60_000)
    [case] = here.cases
    opened(here, body, case)
    declare(case.idea, member, ConflictState.CLEAR)
    limit = Money(25_000_00, "SEK")

    over = here.row(case, "partly_granted", 25_001, reason="En del.")
    result = save_choices(here.meeting.pk, rows=[over], by=member, at=LATER)

    refusal = OverTheMandate(body="Ordföranden", limit=limit, reference=REFERENCE)
    assert result.refused == {over.decision_id: (refusal,)}
    assert REFERENCE in refusal.message
    here.choose(case, "partly_granted", 25_000, reason="En del.")
    assert here.decision(case).granted_minor == 25_000_00


def test_the_programmes_own_body_grants_whatever_is_asked_for():
    here, _body, _member = shared_room(90_000)
    opened(here, None, *here.cases)
    here.choose(here.cases[0], "granted", 90_000)
    assert here.decision(here.cases[0]).granted_minor == 90_000_00


def test_a_mandate_that_is_lowered_or_taken_back_stops_the_release():
    here, body, _member = shared_room(20_000)
    [case] = here.cases
    opened(here, body, case)
    here.choose(case, "granted", 20_000)

    def problems():
        agenda = agenda_of(here.fresh(), here.administrator, at=AFTER)
        return [one for row in agenda.cases for one in row.problems]

    assert problems() == []
    Mandate.objects.update(up_to_minor=19_999_99, reference="")
    assert [type(one).__name__ for one in problems()] == ["OverTheLimit"]
    Mandate.objects.all().delete()
    assert problems() == [NoMandate(body="Ordföranden")]


def test_the_minutes_name_the_decision_that_gave_the_mandate():
    here, body, _member = shared_room(20_000)
    opened(here, body, *here.cases)

    def delegation():
        agenda = agenda_of(here.fresh(), here.administrator, at=AFTER)
        return minutes_of(agenda, at=AFTER)["delegation"]

    assert delegation() == REFERENCE
    Mandate.objects.update(reference="")
    body.delegation = "Delegationsordningen 4.2"
    body.save()
    assert delegation() == "Delegationsordningen 4.2"
    assert mandate_of(here.fresh()).reference == "Delegationsordningen 4.2"


# --- Who sees what -------------------------------------------------------------------------------

SEEN = {
    "rounds": lambda it, at: Round.objects.visible_to(it, at=at),
    "decided rounds": lambda it, at: Round.objects.decided_by(it, at=at),
    "cases": lambda it, at: Application.objects.visible_to(it, at=at),
    "handled cases": lambda it, at: Application.objects.handled_by(it, at=at),
    "headlines": lambda it, at: Idea.objects.declarable_by(it, at=at),
}


@pytest.mark.parametrize("stage", ["draft", "received", "assessing", "deciding", "testing"])
@pytest.mark.parametrize("state", [None, *ConflictState])
@pytest.mark.parametrize("what", SEEN)
def test_a_member_of_a_mandated_body_sees_what_a_member_of_the_main_one_does(what, stage, state):
    here, _body, member = shared_room()
    case = here.case("Förslag", 60_000, stage=stage)
    for person in (member, here.members[0]):
        if state is not None:
            declare(case.idea, person, state)

    seen = [set(SEEN[what](person, LATER)) for person in (member, here.members[0])]

    assert seen[0] == seen[1]
    if what == "cases":
        open_to_them = state in (ConflictState.CLEAR, ConflictState.DISMISSED)
        assert (case in seen[0]) == (open_to_them and stage in DECIDERS_SEE)


def test_a_member_of_a_mandated_body_sees_nothing_of_other_programmes():
    here, _body, member = shared_room()
    other = RoundFactory(programme__organisation=here.organisation, announced_at=None)
    elsewhere, _other_body, _other_member = shared_room()
    for round_ in (other, elsewhere.round):
        here.round, kept = round_, here.round
        case = here.case("Annat", stage="deciding")
        declare(case.idea, member, ConflictState.CLEAR)
        here.round = kept

    assert not Application.objects.visible_to(member, at=LATER).exists()
    assert not Idea.objects.declarable_by(member, at=LATER).exists()
    assert list(Round.objects.decided_by(member, at=LATER)) == [here.round]
    assert headlines(other, member, at=LATER) == []


def test_the_meeting_is_its_own_bodys():
    here, body, member = shared_room(20_000)
    meeting = opened(here, body, *here.cases)

    def seers():
        people = [member, here.members[0], here.administrator]
        return [it for it in people if Meeting.objects.visible_to(it, at=LATER).exists()]

    assert seers() == [member, here.administrator]
    with pytest.raises(NotAllowed):
        save_choices(meeting.pk, rows=[], by=here.members[0], at=LATER)


def test_conflicts_of_the_members_of_both_bodies_are_asked_about():
    here, _body, member = shared_room(20_000)
    [case] = here.cases
    opened(here, None, case)
    registrar = person_as(Role.REGISTRAR, here.organisation)

    case.idea.refresh_from_db()
    known = {it.person: it.parts for it in known_conflicts(case.idea, at=NOON)}

    assert known == {
        **dict.fromkeys([member, *here.members], ("member",)),
        **dict.fromkeys([here.administrator, registrar], ("office",)),
    }
