"""Opening the meeting, its facts, cases that come later, who is present and who steps aside."""

from datetime import timedelta

import pytest

from idesluss.funding.models import Meeting
from idesluss.funding.usecases.meeting import facts_of
from idesluss.ideas.models import Declaration
from idesluss.ideas.vocab import ConflictState
from idesluss.people.models import Seat
from tests.factories import AssessmentFactory, PersonFactory, SeatFactory, declare
from tests.funding.meeting import AFTER, LATER, room
from tests.web.funding.meeting_pages import open_room, text, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def ready_room(**fields):
    here = room(**fields)
    here.case("Klart förslag")
    return here


FACTS = {"held_at": "2026-11-14T11:00", "place": " Sal 3 ", "adjuster": "Berit"}


def test_the_page_before_the_meeting_tells_what_is_ready_and_what_is_missing(use):
    here = ready_room()
    here.round.assessors_wanted = 1
    here.round.save()
    AssessmentFactory(idea=here.cases[0].idea, round=here.round, locked_at=LATER)
    unassessed = here.case("Utan bedömning")
    unchecked = here.case("Ogranskat", stage="received")
    here.pot.delete()

    page = use(here.administrator).get(url(here))

    shown = text(page)
    for words in (
        "1 assessed, ready to decide",
        "1 not fully assessed",
        "1 not checked yet",
        "3 members of the body",
        "There is no pot for 2027 yet.",
        "0 of 1 assessments done",
        f"{here.round.programme.body} decides this round.",
        "Not everybody has declared their interests in every case:",
    ):
        assert words in shown
    assert f"/applications/{unchecked.pk}/check/" in page.content.decode()
    assert page.context["cases"].initial["applications"] == [here.cases[0].pk]
    offered = [value for value, _label in page.context["cases"]["applications"].field.choices]
    assert offered == [here.cases[0].pk, unassessed.pk]
    assert page.context["facts"].initial == {
        "chair": here.members[0].pk,
        "secretary": here.administrator.pk,
    }


def test_the_meeting_is_opened_with_its_cases_and_facts(use):
    here = ready_room()
    typed = {
        **FACTS,
        "applications": [here.cases[0].pk],
        "chair": here.members[1].pk,
        "secretary": here.administrator.pk,
    }

    answer = use(here.administrator).post(url(here), typed, follow=True)

    meeting = Meeting.objects.get()
    assert answer.redirect_chain == [(url(here), 302)]
    assert "The meeting is open. The members have been told." in text(answer)
    facts = facts_of(meeting)
    assert (facts.held_at, facts.place, facts.chair_id, facts.adjuster) == (
        LATER,
        "Sal 3",
        here.members[1].pk,
        "Berit",
    )
    assert meeting.decisions.get().application == here.cases[0]


def test_an_opening_that_is_refused_keeps_what_was_typed(use):
    here = ready_room()
    browser = use(here.administrator)

    nothing = browser.post(url(here), FACTS)
    nonsense = browser.post(url(here), {"held_at": "i morgon", "applications": [999_999]})

    assert (nothing.status_code, nonsense.status_code) == (422, 422)
    assert "Choose at least one case to take up." in text(nothing)
    assert 'value=" Sal 3 "' in nothing.content.decode()
    assert "i morgon" in nonsense.content.decode()
    assert not Meeting.objects.exists()


def test_without_a_body_or_any_case_the_page_says_so(use):
    here = room()
    programme = here.round.programme
    programme.body = None
    programme.save()
    browser = use(here.administrator)

    shown = text(browser.get(url(here)))
    assert "No deciding body is set for this fund yet." in shown
    assert "No case is ready to come up." in shown
    refused = browser.post(url(here), FACTS)
    assert "Nobody is set to decide in this fund." in text(refused)


def test_facts_can_be_changed_until_the_release(use):
    here = open_room()
    browser = use(here.administrator)
    page = browser.get(url(here, "meeting_facts"))
    assert page.context["form"]["held_at"].value() is not None

    typed = {**FACTS, "held_at": "2026-11-15T09:30", "version": 0}
    answer = browser.post(url(here, "meeting_facts"), typed)
    assert (answer.status_code, answer.url) == (302, url(here))
    assert facts_of(Meeting.objects.get()).held_at == LATER + timedelta(hours=22, minutes=30)

    stale = browser.post(url(here, "meeting_facts"), {**typed, "place": "Annan sal"})
    assert stale.status_code == 422
    assert "Somebody else changed this while you were working." in text(stale)
    wrong = browser.post(url(here, "meeting_facts"), {**typed, "chair": 999_999, "version": 1})
    assert wrong.status_code == 422


def test_a_chair_without_a_seat_on_that_day_is_told_at_the_field(use):
    here = open_room()
    Seat.objects.filter(person=here.members[2]).update(ends=(AFTER + timedelta(days=1)).date())

    answer = use(here.administrator).post(
        url(here, "meeting_facts"),
        {"held_at": "2026-11-30T09:00", "chair": here.members[2].pk, "version": 0},
    )

    assert answer.context["form"].errors == {
        "chair": ["That person has no seat in the deciding body on that day."]
    }


def test_cases_that_became_ready_later_are_taken_up(use):
    here = open_room()
    late = here.case("Sent förslag")
    unchecked = here.case("Ogranskat", stage="received")
    browser = use(here.administrator)

    page = browser.get(url(here, "meeting_cases"))
    assert f"/applications/{unchecked.pk}/check/" in page.content.decode()
    nothing = browser.post(url(here, "meeting_cases"), {})
    assert nothing.status_code == 422
    answer = browser.post(url(here, "meeting_cases"), {"applications": [late.pk]}, follow=True)

    assert "1 case comes up too." in text(answer)
    assert [one.application for one in here.meeting.decisions.order_by("pk")][-1] == late
    assert "Every case is on the agenda" in text(browser.get(url(here, "meeting_cases")))


# --- Present and recused -------------------------------------------------------------------------


def test_who_is_present_is_noted_and_shown(use):
    here = open_room()
    browser = use(here.members[1])
    typed = {"do": "present", "present": [member.pk for member in here.members[:2]]}

    answer = browser.post(url(here, "present"), typed, follow=True)

    assert "Noted who is present." in text(answer)
    assert answer.context["agenda"].present == 2
    assert "2 present" in text(browser.get(url(here)))


def test_nobody_without_a_seat_can_be_ticked(use):
    here = open_room()

    answer = use(here.administrator).post(
        url(here, "present"), {"do": "present", "present": [here.administrator.pk]}
    )

    assert answer.status_code == 422
    assert here.meeting.presences.count() == 3


def test_a_seat_that_ends_in_the_very_moment_is_told(use, monkeypatch):
    here = open_room()
    from idesluss.web.funding.views import present

    note = present.set_presence

    def seat_ends(*args, **kwargs):
        Seat.objects.filter(person=here.members[0]).delete()
        return note(*args, **kwargs)

    monkeypatch.setattr(present, "set_presence", seat_ends)
    answer = use(here.administrator).post(
        url(here, "present"), {"do": "present", "present": [here.members[0].pk]}
    )

    assert answer.context["room"].errors == {
        "present": ["That person has no seat in the deciding body on that day."]
    }


def test_deputies_and_the_chair_are_told_apart(use):
    here = open_room()
    deputy = PersonFactory(name="Didrik Ek")
    SeatFactory(
        body=here.round.programme.body, person=deputy, deputy_for=here.members[0].seats.get()
    )

    shown = text(use(here.administrator).get(url(here, "present")))

    assert f"{here.members[0].name} chair of the body" in shown
    assert f"Didrik Ek serves for {here.members[0].name}" in shown


def recusal(here, person, **typed):
    return {
        "do": "recuse",
        "case": here.cases[0].pk,
        "person": person.pk,
        "ground": "manager",
        "note": "Är chef där.",
        **typed,
    }


def test_a_member_steps_aside_for_themselves_only(use):
    here = open_room()
    one, other = here.members[:2]
    browser = use(one)

    answer = browser.post(url(here, "present"), recusal(here, one), follow=True)
    assert f"{one.name} steps aside in the case." in text(answer)
    assert "§ 1 You are recused." in text(answer)
    refused = browser.post(url(here, "present"), recusal(here, other))
    assert refused.status_code == 422
    declared = Declaration.objects.get(idea=here.cases[0].idea, person=one)
    assert declared.state == ConflictState.DECLARED


def test_the_administrator_writes_it_down_for_somebody_else(use):
    here = open_room()
    member = here.members[1]
    browser = use(here.administrator)

    silent = browser.post(url(here, "present"), recusal(here, member, note=""))
    answer = browser.post(url(here, "present"), recusal(here, member), follow=True)

    assert silent.status_code == 422
    assert silent.context["recusal"].errors == {"note": ["This has to be filled in."]}
    assert "manages the unit that applies, or works in it" in text(answer)
    declared = Declaration.objects.get(idea=here.cases[0].idea, person=member)
    assert declared.state == ConflictState.DECIDED


def test_a_suspected_conflict_and_too_few_are_shown(use):
    here = open_room(quorum=3)
    Declaration.objects.filter(idea=here.cases[0].idea, person=here.members[1]).update(
        state=ConflictState.SUSPECTED.value, ground="manager"
    )
    Declaration.objects.filter(idea=here.cases[1].idea, person=here.members[2]).delete()
    declare(here.cases[1].idea, here.members[2], ConflictState.DECLARED)

    shown = text(use(here.administrator).get(url(here, "present")))

    assert f"A conflict is suspected for {here.members[1].name}." in shown
    assert "too few to decide" in shown


def test_a_body_without_seats_on_the_day_is_told(use):
    here = open_room()
    Seat.objects.all().delete()

    shown = text(use(here.administrator).get(url(here, "present")))

    assert "Nobody has a seat in the deciding body on the day of the meeting." in shown
    assert "Somebody steps aside" not in shown


@pytest.mark.list_page("funding:meeting_cases")
def test_more_cases_ask_no_more(use, count_queries):
    here = open_room()
    browser = use(here.administrator)

    def add(count):
        for _ in range(count):
            here.case("Ett till")

    assert count_queries(lambda: browser.get(url(here, "meeting_cases")), add) == 10


def test_more_cases_before_the_meeting_ask_no_more(use, count_queries):
    here = ready_room()
    browser = use(here.administrator)

    def add(count):
        for _ in range(count):
            here.case("Ett till")

    assert count_queries(lambda: browser.get(url(here)), add) == 13
