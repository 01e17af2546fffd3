"""A round as everybody sees it: the call first, then who got what, as page and as data."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from idesluss.funding.models import Application, Grant, Meeting
from idesluss.funding.reads.results import results_of
from idesluss.people.vocab import Role
from tests.factories import (
    NOON,
    CriterionFactory,
    GoalFactory,
    PersonFactory,
    RoundFactory,
    person_as,
)
from tests.funding.meeting import AFTER, decided_room, room
from tests.web.funding.meeting_pages import text
from tests.web.funding.public_pages import announced, url

ROOT = Path(__file__).resolve().parents[3]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


# --- The call ------------------------------------------------------------------------------------


def test_the_call_tells_what_it_is(read):
    here = announced(
        room(pot=500_000, cap=100_000),
        introduction="För det som **annars** inte blir av.",
        closes_at=AFTER + timedelta(days=3),
        contact=PersonFactory(name="Karin Kontakt", email="karin@slusstad.example"),
        qualifying_needed=1,
    )
    CriterionFactory(round=here.round, name="Ny teknik", kind="qualifying")
    CriterionFactory(round=here.round, name="Nytta", weight=2, description="För vem?")
    CriterionFactory(round=here.round, name="Arbetsmiljö", kind="additional")

    page = read(here)

    shown = text(page)
    for words in (
        "För det som annars inte blir av.",
        "Open for applications until 17 November 2026 at 14:00.",
        "SEK 500,000",
        "SEK 100,000",
        here.round.programme.body.name,
        "Karin Kontakt karin@slusstad.example",
        "At least 1 of the criteria marked with “must” has to be met.",
        "Ny teknik must",
        "Nytta scale 1 to 5, weight 2 För vem?",
        "Arbetsmiljö adds weight",
        "Sign in to apply",
    ):
        assert words in shown
    assert "<strong>annars</strong>" in page.content.decode()


@pytest.mark.parametrize(
    ("opens", "closes", "words"),
    [
        (1, 2, "Opens for applications 15 November 2026 at 14:00."),
        (-2, None, "Open for applications."),
        (-2, -1, "Closed for applications. The decisions are not public yet."),
    ],
)
def test_the_call_tells_where_it_stands(read, opens, closes, words):
    here = announced(
        room(),
        opens_at=AFTER + timedelta(days=opens),
        closes_at=closes and AFTER + timedelta(days=closes),
    )

    assert words in text(read(here))


def test_those_who_may_apply_find_the_button(client, clock):
    clock(NOON)
    here = announced(room())
    address = f"/{here.organisation.slug}/rounds/{here.round.slug}/apply/"

    for person, found in (
        (person_as(Role.EMPLOYEE, here.organisation), True),
        (PersonFactory(), False),
    ):
        client.force_login(person)
        assert (address in client.get(url(here)).content.decode()) is found
    clock(AFTER)
    client.force_login(person_as(Role.EMPLOYEE, here.organisation))
    assert address not in client.get(url(here)).content.decode()


def test_offices_find_their_ways_in(client):
    here = announced(room())
    handle, meeting = url(here, "handle"), url(here, "meeting")

    client.force_login(here.administrator)
    ours = client.get(url(here)).content.decode()
    client.force_login(person_as(Role.EMPLOYEE, here.organisation))
    theirs = client.get(url(here)).content.decode()

    assert (handle in ours, meeting in ours) == (True, True)
    assert (handle in theirs, meeting in theirs) == (False, False)


@pytest.mark.parametrize(
    ("public", "announced_at", "who", "status"),
    [
        (True, NOON, None, 200),
        (True, AFTER + timedelta(days=1), None, 404),
        (True, None, None, 404),
        (False, NOON, None, 404),
        (False, NOON, Role.EMPLOYEE, 200),
        (False, AFTER + timedelta(days=1), Role.EMPLOYEE, 404),
        (False, None, Role.ADMINISTRATOR, 200),
        (False, None, Role.REGISTRAR, 200),
    ],
)
def test_who_sees_a_call_when(client, public, announced_at, who, status):
    here = announced(room(), public=public, announced_at=announced_at)
    if who:
        client.force_login(person_as(who, here.organisation))

    assert client.get(url(here)).status_code == status


def test_a_round_of_another_organisation_is_not_here(client):
    here, elsewhere = announced(room()), announced(room())

    address = reverse("funding:round", args=[here.organisation.slug, elsewhere.round.slug])
    assert client.get(address).status_code == 404


# --- The results ---------------------------------------------------------------------------------


def test_before_the_day_of_publication_nothing_is_shown_to_anybody(client, read):
    here = announced(decided_room())
    here.release()
    here.round.refresh_from_db()
    here.round.results_at = AFTER + timedelta(seconds=1)
    here.round.save()

    for person in (None, here.administrator, here.members[0]):
        if person:
            client.force_login(person)
        page = read(here)
        assert "Förslag 1" not in page.content.decode()
        assert "not public yet" in text(page)
        assert read(here, "round_csv").status_code == 404
        assert read(here, "round_json").status_code == 404


def test_the_granted_are_listed_and_the_others_only_counted(read):
    here = announced(decided_room())
    goal = GoalFactory(programme=here.round.programme, name="Trygghet")
    here.cases[0].idea.goals.add(goal)
    here.release()

    page = read(here)

    shown = text(page)
    for words in (
        "2 of 3 applications were granted money.",
        "Granted SEK 100,000 of the pot SEK 500,000 SEK 400,000 left",
        "Förslag 1",
        here.cases[0].idea.unit.name,
        "Trygghet",
        "Total, computed from the rows SEK 100,000",
        f"Decided by {here.round.programme.body} on 14 November 2026.",
        "1 not granted",
        "Last updated 14 November 2026 at 14:00.",
        f"http://testserver{url(here)}",
    ):
        assert words in shown + page.content.decode()  # the address stands in a field
    owners = [case.idea.involvements.get().person.name for case in here.cases]
    for hidden in ("Förslag 3", "Ryms i ordinarie", *owners):
        assert hidden not in page.content.decode()


def test_over_the_pot_the_reason_is_shown(read):
    here = announced(decided_room())
    here.pot.amount_minor = 90_000_00
    here.pot.save()
    Meeting.objects.update(overshoot_reason="Ledningsgruppen skjuter till.")
    here.release()

    shown = text(read(here))

    assert "SEK 10,000 over the pot" in shown
    assert "Why the pot is overspent: Ledningsgruppen skjuter till." in shown


def test_what_other_rounds_bound_in_the_pot_is_told_once_it_is_public(read):
    here = announced(decided_room())
    other = RoundFactory(programme=here.round.programme, results_at=AFTER)
    bound = here.case("Förra årets löfte")
    Application.objects.filter(pk=bound.pk).update(round=other)
    bound.grants.create(year=2027, amount_minor=30_000_00, currency="SEK")
    here.cases.remove(bound)
    here.release()

    assert "Of this, SEK 30,000 was bound by other rounds." in text(read(here))
    other.results_at = AFTER + timedelta(days=1)
    other.save()
    assert "bound by other rounds" not in text(read(here))


def test_several_sums_years_currencies_and_conditions_are_shown_as_they_are(read):
    here = announced(decided_room())
    here.release()
    case = here.cases[0]
    Application.objects.filter(pk=case.pk).update(
        outcome="granted_with_conditions", conditions="Rapport i maj."
    )
    case.grants.update(implementer="Norra skolan")
    case.grants.create(year=2028, amount_minor=5_000_00, currency="SEK")
    here.cases[1].grants.update(year=2028)

    page = read(here)

    shown = text(page)
    assert "Granted with conditions Conditions: Rapport i maj." in shown
    assert "SEK 60,000 Norra skolan, 2027 SEK 5,000 2028" in shown
    assert "SEK 40,000 from the pot of 2028" in shown
    assert "By department" in shown


def test_a_round_with_nothing_granted_says_so(read):
    here = announced(room())
    here.case("Förslag")
    here.all_declare_clear()
    here.open()
    here.choose(here.cases[0], "refused", reason="Nej.")
    here.release()

    shown = text(read(here))
    assert "0 of 1 applications were granted money." in shown
    assert "No application was granted money." in shown


def test_a_round_that_was_taken_in_from_a_table_has_results_without_a_meeting(read):
    here = announced(room(), results_at=AFTER)
    here.pot.delete()
    case = here.case("Gammalt förslag")
    Application.objects.filter(pk=case.pk).update(outcome="granted", decided_at=NOON)
    Grant.objects.create(application=case, year=2027, amount_minor=1_00, currency="SEK")

    results = results_of(here.round, at=AFTER)

    assert (results.pot, results.overshoot_minor, results.left_minor) == (None, 0, 0)
    assert (results.decided_by, results.decided_on) == (
        here.round.programme.body.name,
        NOON.date(),
    )
    assert "Decided by" in text(read(here))
    here.round.programme.body = None
    here.round.programme.save()
    Application.objects.filter(pk=case.pk).update(outcome="refused")
    bare = results_of(here.round, at=AFTER)
    assert (bare.decided_by, bare.decided_on) == ("", None)
    assert read(here, "round_json").json()["decided_on"] is None


def test_insiders_with_office_find_the_minutes_and_others_do_not(client, read):
    here = announced(decided_room())
    here.release()
    minutes = url(here, "minutes")

    assert minutes not in read(here).content.decode()
    client.force_login(here.members[1])
    assert minutes in client.get(url(here)).content.decode()
    client.force_login(person_as(Role.EMPLOYEE, here.organisation))
    assert minutes not in client.get(url(here)).content.decode()


def test_what_is_invented_is_marked(read):
    here = announced(decided_room(), invented=True)
    type(here.cases[0].idea).objects.filter(pk=here.cases[0].idea_id).update(invented=True)
    here.release()

    assert read(here).content.decode().count('class="invented"') == 2


# --- Cost ----------------------------------------------------------------------------------------


@pytest.mark.list_page("funding:round")
def test_more_granted_ask_no_more(client, count_queries):
    here = announced(decided_room())
    here.release()

    def add(count):
        for number in range(count):
            case = here.case(f"Till {number}")
            case.idea.goals.add(GoalFactory(programme=here.round.programme))
            Application.objects.filter(pk=case.pk).update(outcome="granted", decided_at=NOON)
            Grant.objects.create(application=case, year=2027, amount_minor=1, currency="SEK")

    assert count_queries(lambda: client.get(url(here)), add) == 12
