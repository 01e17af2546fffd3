"""The minutes as they are frozen, and as those may read them to whom a case is shut."""

from datetime import date, timedelta

import pytest

from idesluss.funding.models import Meeting, Recusal
from idesluss.funding.reads.minutes import for_eyes, shut_in
from idesluss.funding.reads.plan import (
    applicants_of,
)
from idesluss.funding.usecases import recuse
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.mail.handlers import applicants
from tests.factories import PersonFactory, SeatFactory, declare, involve
from tests.funding.meeting import AFTER, LATER, decided_room, plan

pytestmark = pytest.mark.django_db


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


def test_without_a_pot_the_minutes_have_none():
    here = decided_room()
    for case in here.cases[:2]:
        here.choose(case, "refused", reason="Ingen pott.")
    here.pot.delete()
    here.release()

    assert (here.fresh().minutes["pot"], here.fresh().minutes["totals"]["granted"]) == (None, 0)
