"""The gathering: exactly those are invited who should be, once, and they hear of every change."""

from datetime import timedelta
from uuid import UUID

import pytest

from idesluss.funding.models import Celebration, Grant
from idesluss.funding.reads.celebrating import (
    celebration_of,
    guests_of,
    occasion_of,
    told_of,
)
from idesluss.funding.usecases import call_off
from idesluss.funding.usecases.celebrating import (
    AlreadyInvited,
    IsCalledOff,
    NothingToCelebrate,
    invite,
)
from idesluss.funding.vocab import Invited
from idesluss.ideas.vocab import ConflictState
from idesluss.logic.refusals import AlreadyDone, ChangedMeanwhile
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import (
    AppointmentFactory,
    BodyFactory,
    MeetingFactory,
    PersonFactory,
    SeatFactory,
    UnitFactory,
    declare,
)
from tests.funding.celebrating import LATER_ON, PARTY, feast
from tests.funding.meeting import AFTER

pytestmark = pytest.mark.django_db


def verbs(celebration):
    return list(Entry.objects.about(celebration).values_list("verb", flat=True))


def told(celebration):
    return Entry.objects.about(celebration).last().data


# --- What there is to celebrate ------------------------------------------------------------------


def test_what_is_celebrated_is_what_was_decided():
    party = feast()
    occasion = occasion_of(party.here.round, person=party.here.administrator, at=LATER_ON)

    assert [(one.title, dict(one.sums)) for one in occasion.projects] == [
        ("Elmotorer på cyklar", {"SEK": 60_900_00}),
        ("Läsfåtölj i korridoren", {"SEK": 40_000_00}),
    ]
    assert occasion.projects[0].people == ("Anna Åkesson", "Søren Bæk")
    assert occasion.projects[0].department == "Hemtjänsten"
    assert occasion.totals == {"SEK": 100_900_00}
    assert occasion.hidden == 0


def test_several_grants_of_a_project_are_added_for_each_currency():
    party = feast()
    for currency, minor in (("SEK", 100_00), ("DKK", 5_00), ("EUR", 0)):
        Grant.objects.create(
            application=party.here.cases[0], year=2030, amount_minor=minor, currency=currency
        )
    [first, _] = occasion_of(
        party.here.round, person=party.here.administrator, at=LATER_ON
    ).projects
    assert first.sums == {"DKK": 5_00, "SEK": 61_000_00}


def test_there_is_nothing_to_celebrate_before_the_release():
    party = feast(released=False)
    occasion = occasion_of(party.here.round, person=party.here.administrator, at=LATER_ON)
    assert (occasion.projects, occasion.hidden, occasion.totals) == ((), 0, {})
    with pytest.raises(NothingToCelebrate):
        party.plan()
    assert not Celebration.objects.exists()


def test_a_shut_case_is_hidden_until_public_and_then_names_nobody():
    party = feast()
    here = party.here
    declare(here.cases[0].idea, here.administrator, ConflictState.DECLARED)

    public = occasion_of(here.round, person=here.administrator, at=LATER_ON)
    assert public.projects[0].people == ()
    assert [bool(one.people) for one in public.projects] == [False, True]

    here.round.results_at = LATER_ON + timedelta(days=3)
    hidden = occasion_of(here.round, person=here.administrator, at=LATER_ON)
    assert [one.title for one in hidden.projects] == ["Läsfåtölj i korridoren"]
    assert hidden.hidden == 1


def test_who_hands_in_without_an_account_is_named_all_the_same():
    party = feast()
    idea = party.here.cases[1].idea
    idea.involvements.all().delete()
    type(idea).objects.filter(pk=idea.pk).update(applicant_name="Elsa på torget")
    [_, second] = occasion_of(
        party.here.round, person=party.here.administrator, at=LATER_ON
    ).projects
    assert second.people == ("Elsa på torget",)


# --- Who is invited ------------------------------------------------------------------------------


def test_exactly_the_people_around_the_granted_projects_are_invited():
    party = feast()
    guests = guests_of(party.here.round, None, at=LATER_ON)

    assert {one.person for one in guests} == party.guests
    assert party.refused not in party.guests
    grounds = {one.person: one.grounds for one in guests}
    assert grounds[party.owner] == (Invited.APPLICANT,)
    assert grounds[party.manager] == (Invited.MANAGER,)
    assert grounds[party.here.members[0]] == (Invited.MEMBER,)
    names = [one.person.name.casefold() for one in guests]
    assert names == sorted(names)


def test_somebody_with_two_grounds_is_invited_once():
    party = feast()
    AppointmentFactory(
        person=party.owner,
        organisation=party.here.organisation,
        role=Role.MANAGER.value,
        unit=party.here.cases[0].idea.unit,
    )
    [guest] = [
        one for one in guests_of(party.here.round, None, at=LATER_ON) if one.person == party.owner
    ]
    assert guest.grounds == (Invited.APPLICANT, Invited.MANAGER)


def test_managers_of_departments_that_take_part_are_invited_too():
    party = feast()
    above = UnitFactory(organisation=party.here.organisation)
    partner = UnitFactory(organisation=party.here.organisation, parent=above)
    people = {}
    for unit in (above, partner):
        people[unit] = PersonFactory()
        AppointmentFactory(
            person=people[unit],
            organisation=party.here.organisation,
            role=Role.MANAGER.value,
            unit=unit,
        )
    refused = UnitFactory(organisation=party.here.organisation)
    AppointmentFactory(organisation=party.here.organisation, role=Role.MANAGER.value, unit=refused)
    party.here.cases[0].partners.add(partner)
    party.here.cases[2].partners.add(refused)

    guests = guests_of(party.here.round, None, at=LATER_ON)

    assert {one.person for one in guests} == party.guests | set(people.values())
    grounds = {one.person: one.grounds for one in guests}
    assert grounds[people[above]] == grounds[people[partner]] == (Invited.MANAGER,)


def test_the_body_that_decided_by_mandate_is_invited_too():
    party = feast()
    by_mandate = SeatFactory(body=BodyFactory(organisation=party.here.organisation))
    SeatFactory(body=BodyFactory(organisation=party.here.organisation))  # decides elsewhere
    meeting = MeetingFactory(round=party.here.round, body=by_mandate.body)
    assert {one.person for one in guests_of(party.here.round, None, at=LATER_ON)} == party.guests
    meeting.released_at, meeting.register_number = LATER_ON, "2/2027"
    meeting.save()

    guests = guests_of(party.here.round, None, at=LATER_ON)

    assert {one.person for one in guests} == party.guests | {by_mandate.person}
    [found] = [one for one in guests if one.person == by_mandate.person]
    assert found.grounds == (Invited.MEMBER,)


@pytest.mark.parametrize("leave", ["involvement", "role", "account"])
def test_whoever_has_left_is_not_invited(leave):
    party = feast()
    if leave == "involvement":
        party.here.cases[0].idea.involvements.filter(person=party.together).update(ended_at=AFTER)
        gone = party.together
    elif leave == "role":
        party.manager.appointments.update(ends=AFTER.date())
        gone = party.manager
    else:
        gone = party.owner
        gone.is_active = False
        gone.save()
    invited = {one.person for one in guests_of(party.here.round, None, at=LATER_ON)}
    assert invited == party.guests - {gone}


# --- Planned, invited, changed, called off -------------------------------------------------------


def test_planning_tells_nobody():
    party = feast()
    celebration = party.plan()

    assert (celebration.sequence, celebration.version, celebration.invited_at) == (0, 1, None)
    assert isinstance(celebration.number, UUID)
    assert verbs(celebration) == ["funding.celebration_planned"]
    assert told(celebration)["people"] == []


def test_the_invitation_goes_to_each_once_however_often_one_clicks():
    party = feast()
    celebration = party.plan()

    assert party.invite() == len(party.guests)
    with pytest.raises(AlreadyInvited):
        party.invite()

    celebration.refresh_from_db()
    assert celebration.invited_at == LATER_ON
    assert verbs(celebration) == ["funding.celebration_planned", "funding.celebration_invited"]
    assert told(celebration)["people"] == sorted(one.pk for one in party.guests)
    assert told_of(celebration) == {one.pk for one in party.guests}


def test_what_was_not_previewed_is_not_sent():
    party = feast()
    celebration = party.plan()
    previewed = party.new()
    AppointmentFactory(
        person=PersonFactory(),
        organisation=party.here.organisation,
        role=Role.MANAGER.value,
        unit=party.here.cases[0].idea.unit,
    )
    for people, version in ((previewed, 1), (party.new(), 0)):
        with pytest.raises(ChangedMeanwhile):
            invite(
                party.here.round.pk,
                people=people,
                version=version,
                by=party.here.administrator,
                at=LATER_ON,
            )
    assert told_of(celebration) == set()


def test_whoever_comes_later_is_invited_later_and_the_others_not_again():
    party = feast()
    celebration = party.plan()
    party.invite()
    late = PersonFactory()
    AppointmentFactory(
        person=late,
        organisation=party.here.organisation,
        role=Role.MANAGER.value,
        unit=party.here.cases[0].idea.unit,
    )

    assert party.invite(at=LATER_ON + timedelta(hours=1)) == 1

    assert told(celebration)["people"] == [late.pk]
    celebration.refresh_from_db()
    assert celebration.invited_at == LATER_ON


def test_a_change_is_told_to_everybody_invited_under_the_same_number():
    party = feast()
    before = party.plan()
    party.invite()

    after = party.plan(version=1, place="Biblioteket")

    assert (after.number, after.sequence, after.version) == (before.number, 1, 2)
    assert verbs(after)[-1] == "funding.celebration_changed"
    data = told(after)
    assert data["people"] == sorted(one.pk for one in party.guests)
    assert (data["place"], data["sequence"]) == ("Biblioteket", 1)


def test_saving_the_same_again_tells_nobody():
    party = feast()
    celebration = party.plan()
    party.invite()
    before = verbs(celebration)
    assert party.plan(version=1).sequence == 0
    assert verbs(celebration) == before


def test_changing_before_anybody_is_invited_counts_no_change():
    party = feast()
    party.plan()
    assert party.plan(version=1, place="Biblioteket").sequence == 0


def test_two_who_change_at_once_do_not_overwrite_each_other():
    party = feast()
    party.plan()
    party.plan(version=1, place="Biblioteket")
    with pytest.raises(ChangedMeanwhile):
        party.plan(version=1, place="Skolan")
    assert celebration_of(party.here.round).place == "Biblioteket"


def test_called_off_everybody_hears_and_nothing_more_is_sent():
    party = feast()
    celebration = party.plan()
    party.invite()

    call_off(party.here.round.pk, reason="Snöstorm.", by=party.here.administrator, at=LATER_ON)

    celebration.refresh_from_db()
    assert (celebration.called_off_at, celebration.sequence) == (LATER_ON, 1)
    data = told(celebration)
    assert data["people"] == sorted(one.pk for one in party.guests)
    assert data["reason"] == "Snöstorm."
    with pytest.raises(IsCalledOff):
        party.invite()
    with pytest.raises(AlreadyDone):
        call_off(party.here.round.pk, reason="", by=party.here.administrator, at=LATER_ON)


def test_a_new_time_after_calling_off_is_invited_to_anew():
    party = feast()
    celebration = party.plan()
    party.invite()
    call_off(party.here.round.pk, reason="", by=party.here.administrator, at=LATER_ON)

    again = party.plan(
        version=2, starts_at=PARTY + timedelta(days=7), ends_at=PARTY + timedelta(days=8)
    )

    assert (again.number, again.sequence) == (celebration.number, 2)
    assert (again.called_off_at, again.invited_at) == (None, None)
    assert told_of(again) == set()
    assert told_of(again, ever=True) == {one.pk for one in party.guests}
    assert party.invite() == len(party.guests)


def test_whoever_left_after_the_invitation_still_hears_of_changes():
    party = feast()
    party.plan()
    party.invite()
    party.manager.appointments.update(ends=AFTER.date())

    celebration = party.plan(version=1, place="Biblioteket")

    assert party.manager.pk in told(celebration)["people"]
    guests = guests_of(party.here.round, celebration, at=LATER_ON)
    assert {one.person: one.grounds for one in guests}[party.manager] == (Invited.BEFORE,)
