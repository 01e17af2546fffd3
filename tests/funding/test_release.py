"""The release: everything at once, only as it was looked at, and once."""

from datetime import timedelta

import pytest

from idesluss.funding.models import Grant, Meeting
from idesluss.funding.reads.agenda import agenda_of
from idesluss.funding.usecases import release, take_up, withdraw
from idesluss.funding.usecases.release import PublishedTooEarly
from idesluss.ideas.models import Idea
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.logic.lifecycle import NotInProgramme
from idesluss.logic.refusals import ChangedMeanwhile
from idesluss.mail.letters import DecisionNews
from idesluss.programmes.models import Step
from idesluss.records.models import Entry
from tests.factories import PersonFactory, declare
from tests.funding.meeting import AFTER, LATER, decided_room, everything, plan, room

pytestmark = pytest.mark.django_db


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
