"""The release: everything at once, only as it was looked at, and once."""

from datetime import date, timedelta

import pytest

from idesluss.funding.models import Application, Grant, Meeting, Recusal
from idesluss.funding.reads.agenda import agenda_of
from idesluss.funding.reads.minutes import for_eyes, shut_in
from idesluss.funding.reads.plan import (
    CasesLeft,
    NobodyPresent,
    NoDate,
    NotHeldYet,
    NothingDecided,
    SomethingShut,
    applicants_of,
    plan_of,
)
from idesluss.funding.usecases import recuse, release, save_choices, take_up, withdraw
from idesluss.funding.usecases.decide import Overshoot
from idesluss.funding.usecases.release import PublishedTooEarly
from idesluss.ideas.models import Idea
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.logic.lifecycle import NotInProgramme
from idesluss.logic.outcomes import OverPot
from idesluss.logic.refusals import ChangedMeanwhile, NotAllowed
from idesluss.mail.handlers import applicants
from idesluss.mail.letters import DecisionNews
from idesluss.people.vocab import Role
from idesluss.programmes.models import Step
from idesluss.records.models import Entry, Series
from tests.factories import PersonFactory, SeatFactory, declare, involve, person_as
from tests.funding.meeting import AFTER, LATER, decided_room, room

pytestmark = pytest.mark.django_db


def plan(here, person=None, at=AFTER):
    return plan_of(here.fresh(), person or here.administrator, at=at)


def kinds(refusals):
    return [type(one) for one in refusals]


def everything(here):
    """All that a release writes, to see that nothing of it was written."""
    return (
        list(Application.objects.order_by("pk").values_list("outcome", "decided_at")),
        list(Idea.objects.order_by("pk").values_list("stage", flat=True)),
        Grant.objects.count(),
        Recusal.objects.count(),
        list(Meeting.objects.values_list("released_at", "register_number", "minutes")),
        here.round.__class__.objects.get(pk=here.round.pk).results_at,
        Entry.objects.count(),
        list(Series.objects.values_list("key", "last")),
    )


# --- What it does --------------------------------------------------------------------------------


def test_every_outcome_goes_where_it_belongs():
    here = room()
    outcomes = {
        "granted": (60_000, {}, "testing"),
        "partly_granted": (20_000, {"reason": "En del."}, "testing"),
        "granted_with_conditions": (60_000, {"conditions": "Rapport i maj."}, "testing"),
        "granted_later_pot": (60_000, {"later_year": 2028}, "testing"),
        "refused": (0, {"reason": "Nej."}, "declined"),
        "postponed": (0, {"reason": "Nästa år."}, "parked"),
        "incomplete": (0, {"reason": "Budget saknas."}, "declined"),
    }
    for outcome in outcomes:
        here.case(outcome)
    gone = here.case("withdrawn")
    here.all_declare_clear()
    here.open()
    for case, (outcome, (granted, rest, _stage)) in zip(here.cases, outcomes.items(), strict=False):
        here.choose(case, outcome, granted, **rest)
    withdraw(gone.pk, reason="Löste sig.", by=gone.idea.involvements.get().person, at=LATER)

    assert here.release().first

    for case in here.cases:
        case.refresh_from_db()
        case.idea.refresh_from_db()
    expected = [*outcomes, "withdrawn"]
    assert [case.outcome for case in here.cases] == expected
    assert [case.idea.stage for case in here.cases] == [
        *(stage for _granted, _rest, stage in outcomes.values()),
        "withdrawn",
    ]
    assert [case.reason for case in here.cases] == [
        *(rest.get("reason", "") for _granted, rest, _stage in outcomes.values()),
        "Löste sig.",
    ]
    assert here.cases[2].conditions == "Rapport i maj."
    assert {case.decided_at for case in here.cases} == {LATER}
    grants = Grant.objects.order_by("pk").values_list("application", "year", "amount_minor")
    assert list(grants) == [
        (here.cases[0].pk, 2027, 60_000_00),
        (here.cases[1].pk, 2027, 20_000_00),
        (here.cases[2].pk, 2027, 60_000_00),
        (here.cases[3].pk, 2028, 60_000_00),
    ]
    told = Entry.objects.filter(verb="funding.decided").order_by("id")
    assert [entry.about_id for entry in told] == [case.pk for case in here.cases[:-1]]
    assert here.decision(gone).outcome == "withdrawn"


def test_the_news_holds_all_that_the_letter_says():
    here = decided_room()
    here.round.contact = here.administrator
    here.round.save()
    here.release()

    refused = Entry.objects.filter(verb="funding.decided").order_by("id").last()
    case = here.cases[2]
    assert refused.organisation_id == here.organisation.pk
    assert refused.data == {
        "title": "Förslag 3",
        "register_number": case.idea.register_number,
        "round": here.round.name,
        "body": here.round.programme.body.name,
        "decided_on": LATER.date().isoformat(),
        "outcome": "refused",
        "asked_minor": 50_000_00,
        "granted_minor": 0,
        "currency": "SEK",
        "reason": "Ryms i ordinarie verksamhet.",
        "conditions": "",
        "later_year": None,
        "project_year": 2027,
        "contact_name": "Astrid Ahl",
        "contact_mail": here.administrator.email,
        "path": f"/{here.organisation.slug}/applications/{case.pk}/",
    }
    assert set(refused.data) == set(DecisionNews.__annotations__)


def test_the_case_has_its_own_contact_and_without_anybody_the_organisation_answers():
    here = decided_room()
    here.round.contact = None
    here.round.save()
    here.organisation.contact_mail = "fraga@slusstad.example"
    here.organisation.save()
    contact = PersonFactory(email=None)
    Idea.objects.filter(pk=here.cases[0].idea_id).update(contact=contact)

    first, second, _third = plan(here).told
    assert (first.news["contact_name"], first.news["contact_mail"]) == (contact.name, "")
    assert (second.news["contact_name"], second.news["contact_mail"]) == (
        "",
        "fraga@slusstad.example",
    )


def test_the_minutes_are_frozen_under_a_register_number():
    here = decided_room()
    member = here.members[2]
    recuse(
        here.meeting.pk,
        application_id=here.cases[0].pk,
        person_id=member.pk,
        ground="manager",
        note="Är chef för enheten.",
        by=member,
        at=LATER,
    )
    here.release()

    meeting = here.fresh()
    minutes = meeting.minutes
    assert (meeting.register_number, meeting.released_by) == ("INN 2026/0001", here.administrator)
    assert (minutes["register_number"], minutes["released_by"]) == ("INN 2026/0001", "Astrid Ahl")
    assert minutes["held_at"] == "2026-11-14T11:00+01:00"
    assert minutes["released_at"] == "2026-11-14T14:00+01:00"
    assert [one["name"] for one in minutes["present"]] == [one.name for one in here.members]
    assert (minutes["chair"], minutes["secretary"], minutes["adjuster"]) == (
        here.members[0].name,
        "Astrid Ahl",
        "Berit Nilsson",
    )
    first = minutes["items"][0]
    assert first["recused"] == [
        {"name": member.name, "ground": "manager", "note": "Är chef för enheten."}
    ]
    assert (first["number"], first["title"], first["outcome"], first["voting"], first["chair"]) == (
        1,
        "Förslag 1",
        "granted",
        2,
        "",
    )
    assert minutes["totals"] == {
        "handled": 3,
        "granted": 2,
        "asked_minor": 150_000_00,
        "granted_minor": 100_000_00,
        "later": {},
        "bound_minor": 0,
        "left_minor": 400_000_00,
        "overshoot_minor": 0,
    }
    [recusal] = Recusal.objects.all()
    assert (recusal.person, recusal.ground, recusal.decision.application) == (
        member,
        "manager",
        here.cases[0],
    )


def test_the_released_page_reads_who_stepped_aside_from_what_was_written_down():
    here = decided_room()
    member = here.members[2]
    here.cases[0].idea.declarations.filter(person=member).delete()
    declare(here.cases[0].idea, member, ConflictState.DECLARED)
    here.release()
    here.cases[0].idea.declarations.filter(person=member).update(
        state=ConflictState.DISMISSED.value
    )

    first = agenda_of(here.fresh(), here.administrator, at=AFTER).cases[0]
    assert [one.person_id for one in first.recused] == [member.pk]


def test_minutes_and_applications_share_the_register_unless_the_pattern_tells_them_apart():
    here = decided_room()
    here.organisation.register_pattern = "INN {series} {year}/{number:03}"
    here.organisation.save()
    here.release()

    assert here.fresh().register_number == "INN M 2026/001"


def test_results_are_public_at_once_or_on_a_day():
    now, later = decided_room(), decided_room()
    now.release()
    release(
        later.meeting.pk,
        fingerprint=later.fingerprint(),
        publish_at=AFTER + timedelta(days=7),
        by=later.administrator,
        at=AFTER,
    )

    for here, shown in ((now, AFTER), (later, AFTER + timedelta(days=7))):
        here.round.refresh_from_db()
        assert here.round.results_at == shown
        [entry] = Entry.objects.filter(verb="funding.released", about_id=here.meeting.pk)
        assert entry.data["results_at"] == shown.isoformat()
        assert (entry.data["told"], entry.data["granted"]) == (3, 2)


def test_results_that_are_public_already_stay_so():
    here = decided_room()
    here.round.results_at = LATER
    here.round.save()
    here.release()

    here.round.refresh_from_db()
    assert here.round.results_at == LATER


def test_nothing_is_shown_before_it_is_released():
    here = decided_room()

    with pytest.raises(PublishedTooEarly):
        release(
            here.meeting.pk,
            fingerprint=here.fingerprint(),
            publish_at=AFTER - timedelta(seconds=1),
            by=here.administrator,
            at=AFTER,
        )


def test_a_fund_without_a_test_step_takes_granted_cases_straight_into_use():
    here = decided_room()
    for position, stage in enumerate(("received", "deciding", "adopting", "permanent")):
        Step.objects.create(
            programme=here.round.programme, stage=stage, name=stage, position=position
        )
    here.release()

    assert {Idea.objects.get(pk=case.idea_id).stage for case in here.cases[:2]} == {"adopting"}


def test_a_fund_that_ends_with_the_decision_cannot_release_a_grant():
    here = decided_room()
    Step.objects.create(programme=here.round.programme, stage="deciding", name="Beslut", position=1)
    before = everything(here)

    with pytest.raises(NotInProgramme):
        here.release()
    assert everything(here) == before


def test_what_too_few_could_decide_waits_for_another_meeting():
    here = decided_room()
    case = here.cases[2]
    row = here.decision(case)
    row.outcome, row.reason = "", ""
    row.save()
    for member in here.members[:2]:
        case.idea.declarations.filter(person=member).delete()
        declare(case.idea, member, ConflictState.DECLARED)

    shown = plan(here)
    assert (shown.problems, [one.decision for one in shown.silent]) == ((), [row])
    here.release()

    case.refresh_from_db()
    case.idea.refresh_from_db()
    assert (case.outcome, case.idea.stage) == ("", "deciding")
    assert here.fresh().minutes["items"][2]["outcome"] == ""
    here.cases = [case]
    assert here.open(at=AFTER).decisions.get().application == case


# --- Once, and only as previewed -----------------------------------------------------------------


def test_a_second_release_changes_nothing_and_tells_who_was_first():
    here = decided_room()
    fingerprint = here.fingerprint()
    here.release()
    before = everything(here)

    again = release(
        here.meeting.pk,
        fingerprint=fingerprint,
        publish_at=AFTER,
        by=here.members[0],
        at=AFTER + timedelta(minutes=1),
    )

    assert (again.first, again.meeting.released_by) == (False, here.administrator)
    assert everything(here) == before


def change_choice(here):
    here.choose(here.cases[2], "refused", reason="Ett annat skäl.")


def change_presence(here):
    here.meeting.presences.filter(person=here.members[2]).delete()


def change_recusal(here):
    here.cases[0].idea.declarations.filter(person=here.members[2]).delete()
    declare(here.cases[0].idea, here.members[2], ConflictState.DECLARED)


def change_withdrawal(here):
    owner = here.cases[0].idea.involvements.get(part=Part.OWNER.value).person
    withdraw(here.cases[0].pk, reason="", by=owner, at=AFTER)


def change_pot(here):
    here.pot.amount_minor += 1
    here.pot.save()


def change_place(here):
    Meeting.objects.update(place="Ett annat rum")


def change_agenda(here):
    late = here.case("Sent")
    take_up(here.meeting.pk, applications=[late.pk], by=here.administrator, at=AFTER)


@pytest.mark.parametrize(
    "change",
    [
        change_choice,
        change_presence,
        change_recusal,
        change_withdrawal,
        change_pot,
        change_place,
        change_agenda,
    ],
)
def test_whatever_changed_since_the_preview_stops_the_release(change):
    here = decided_room()
    fingerprint = here.fingerprint()
    change(here)
    before = everything(here)

    with pytest.raises(ChangedMeanwhile):
        release(
            here.meeting.pk,
            fingerprint=fingerprint,
            publish_at=AFTER,
            by=here.administrator,
            at=AFTER,
        )
    assert everything(here) == before


def test_time_alone_changes_nothing_of_what_was_previewed():
    here = decided_room()

    assert here.fingerprint(at=AFTER) == here.fingerprint(at=AFTER + timedelta(hours=5))


# --- What stops it -------------------------------------------------------------------------------


def stopped(here, *, by=None, at=AFTER):
    """The refusals of the plan; the release raises the first and writes nothing."""
    shown = plan(here, by, at)
    before = everything(here)
    with pytest.raises(type(shown.problems[0])):
        release(
            here.meeting.pk,
            fingerprint=shown.fingerprint,
            publish_at=at,
            by=by or here.administrator,
            at=at,
        )
    assert everything(here) == before
    return shown.problems


def test_a_meeting_without_a_day_or_anybody_present_is_not_released():
    here = decided_room()
    Meeting.objects.update(held_at=None)
    here.meeting.presences.all().delete()

    assert kinds(stopped(here)) == [NoDate, NobodyPresent]
    assert plan(here).minutes["held_at"] == ""
    assert plan(here).told[0].news["decided_on"] == ""


def test_a_meeting_to_come_is_not_released():
    here = decided_room()

    assert kinds(stopped(here, at=LATER - timedelta(seconds=1))) == [NotHeldYet]


def test_cases_without_an_outcome_are_told_by_their_numbers():
    here = decided_room()
    for case in here.cases[1:]:
        row = here.decision(case)
        row.outcome, row.granted_minor, row.reason = "", 0, ""
        row.save()

    [problem] = stopped(here)
    assert (type(problem), problem.params) == (CasesLeft, {"numbers": "2, 3", "count": 2})


def test_an_agenda_where_nothing_is_decided_is_not_released():
    here = decided_room(asked=(60_000, 40_000))
    for case in here.cases:
        owner = case.idea.involvements.get(part=Part.OWNER.value).person
        withdraw(case.pk, reason="", by=owner, at=AFTER)

    assert kinds(stopped(here)) == [NothingDecided]


def test_over_the_pot_only_with_a_reason_that_ends_up_in_the_minutes():
    here = decided_room()
    here.pot.amount_minor = 90_000_00
    here.pot.save()

    [problem] = stopped(here)
    assert (type(problem), problem.params) == (OverPot, {"overshoot_minor": 10_000_00})
    save_choices(
        here.meeting.pk,
        rows=[],
        overshoot=Overshoot("Ledningsgruppen skjuter till.", ""),
        by=here.administrator,
        at=AFTER,
    )
    here.release()
    assert here.fresh().minutes["overshoot_reason"] == "Ledningsgruppen skjuter till."
    assert here.fresh().minutes["totals"]["overshoot_minor"] == 10_000_00


def test_a_reason_that_is_no_longer_needed_is_not_in_the_minutes():
    here = decided_room()
    Meeting.objects.update(overshoot_reason="Behövdes inte.")
    here.release()

    assert here.fresh().minutes["overshoot_reason"] == ""


def test_over_the_cap_with_a_reason_and_that_is_in_the_minutes():
    here = decided_room(asked=(150_000, 40_000))
    assert kinds(stopped(here)) == [CasesLeft]

    here.choose(here.cases[0], "granted", 150_000, over_cap_reason="Tre skolor.")
    here.choose(here.cases[1], "refused", reason="Nej.", over_cap_reason="Hör inte hit.")
    here.release()
    items = here.fresh().minutes["items"]
    assert [item["over_cap_reason"] for item in items] == ["Tre skolor.", ""]


def test_somebody_to_whom_a_case_is_shut_cannot_release_and_sees_no_preview():
    here = decided_room()
    declare(here.cases[0].idea, here.administrator, ConflictState.DECLARED)

    shown = plan(here)
    assert (shown.told, shown.minutes, shown.fingerprint) == ((), None, "")
    assert kinds(stopped(here)) == [SomethingShut]
    assert here.release(by=here.members[0]).first


def test_who_releases():
    here = decided_room()
    chair, member = here.members[:2]
    registrar = person_as(Role.REGISTRAR, here.organisation)
    fingerprint = here.fingerprint()

    for person in (member, registrar, PersonFactory(), person_as(Role.EMPLOYEE, here.organisation)):
        with pytest.raises(NotAllowed):
            release(here.meeting.pk, fingerprint=fingerprint, publish_at=AFTER, by=person, at=AFTER)
    chair.seats.update(ends=LATER.date() + timedelta(days=1))
    with pytest.raises(NotAllowed):
        release(
            here.meeting.pk,
            fingerprint=fingerprint,
            publish_at=AFTER + timedelta(days=2),
            by=type(chair).objects.get(pk=chair.pk),
            at=AFTER + timedelta(days=2),
        )


def test_the_secretary_releases():
    here = decided_room()
    registrar = person_as(Role.REGISTRAR, here.organisation)
    Meeting.objects.update(secretary=registrar)

    assert here.release(by=registrar).first


# --- Minutes for those who may not see everything -------------------------------------------------


def test_the_minutes_hide_a_shut_case_and_every_total_from_its_reader():
    here = decided_room()
    member = here.members[1]
    here.cases[0].idea.declarations.filter(person=member).delete()
    declare(here.cases[0].idea, member, ConflictState.DECLARED)
    here.release()
    minutes = here.fresh().minutes

    seen = for_eyes(minutes, shut_in(here.fresh(), member, at=AFTER))

    assert seen["items"][0] == {"number": 1, "shut": True}
    assert seen["items"][1:] == minutes["items"][1:]
    assert (seen["totals"], seen["overshoot_reason"]) == (None, "")
    assert for_eyes(minutes, shut_in(here.fresh(), here.administrator, at=AFTER)) == minutes


def test_a_member_who_took_the_chair_and_deputies_are_in_the_minutes():
    here = decided_room()
    here.meeting.presences.filter(person=here.members[0]).delete()
    deputy = PersonFactory(name="Didrik Ek")
    SeatFactory(
        body=here.round.programme.body,
        person=deputy,
        deputy_for=here.members[0].seats.get(),
        order=9,
    )
    here.meeting.presences.create(person=deputy)

    minutes = plan(here).minutes
    assert minutes["chair"] == here.members[1].name
    assert minutes["present"][-1] == {
        "name": "Didrik Ek",
        "deputy_for": here.members[0].name,
        "chairs": False,
    }
    assert [one["name"] for one in minutes["absent"]] == [here.members[0].name]


def test_a_case_led_by_somebody_else_names_them():
    here = decided_room()
    here.cases[0].idea.declarations.filter(person=here.members[0]).delete()
    declare(here.cases[0].idea, here.members[0], ConflictState.DECLARED)

    items = plan(here).minutes["items"]
    assert [item["chair"] for item in items] == [here.members[1].name, "", ""]


# --- Who gets a letter ---------------------------------------------------------------------------


def test_those_who_are_previewed_are_those_who_get_the_letter():
    here = decided_room()
    second = PersonFactory()
    involve(here.cases[0].idea, second, Part.CO_APPLICANT)
    here.cases[1].idea.involvements.filter(part=Part.OWNER.value).delete()

    found = applicants_of(plan(here))

    for case in here.cases:
        assert found.get(case.idea_id, []) == applicants(case.idea)
    assert [len(found.get(case.idea_id, [])) for case in here.cases] == [2, 0, 1]


def test_a_decision_is_dated_by_the_day_of_the_meeting_where_it_was_held():
    here = decided_room()
    late_evening = LATER.replace(hour=23, minute=30) - timedelta(days=1)
    Meeting.objects.update(held_at=late_evening)  # past midnight in Stockholm

    assert plan(here).told[0].news["decided_on"] == date(2026, 11, 14).isoformat()
