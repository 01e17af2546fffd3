"""The pages around a celebration: papers, invitation, news and slides, and who opens them."""

import io
from datetime import timedelta

import pikepdf
import pytest
from icalendar import Calendar

from idesluss.funding.models import Celebration
from idesluss.funding.reads.celebrating import told_of
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import person_as
from tests.funding.celebrating import LATER_ON, PARTY, feast
from tests.papers.reading import text_of
from tests.web.funding.celebrate_pages import more, url
from tests.web.funding.meeting_pages import text

pytestmark = pytest.mark.django_db

OFFICE = (
    "celebrate",
    "cheques",
    "diplomas",
    "gathering_plan",
    "invite",
    "call_off",
    "news",
)


@pytest.fixture(autouse=True)
def _an_hour_after_the_release(now):
    now.at = LATER_ON


def read_pdf(response):
    assert response["Content-Type"] == "application/pdf"
    return " ".join(text_of(pikepdf.open(io.BytesIO(response.content))).split())


# --- Who opens what ------------------------------------------------------------------------------


def test_what_belongs_to_the_office_is_not_there_for_others(use):
    party = feast()
    party.plan()
    party.invite()
    people = {
        "administrator": party.here.administrator,
        "registrar": person_as(Role.REGISTRAR, party.here.organisation),
        "member": party.here.members[0],
        "guest": party.owner,
        "stranger": feast().here.administrator,
    }
    answers = {
        (page, who): use(person).get(url(party, page)).status_code
        for who, person in people.items()
        for page in OFFICE
    }
    expected = {key: 200 if key[1] == "administrator" else 404 for key in answers}
    assert answers == expected


def test_the_gathering_is_shown_to_its_guests_only(use):
    party = feast()
    party.plan()
    for page in ("gathering", "gathering_ics"):
        assert use(party.owner).get(url(party, page)).status_code == 404
        assert use(party.here.administrator).get(url(party, page)).status_code == 200
    party.invite()
    for page in ("gathering", "gathering_ics"):
        assert use(party.owner).get(url(party, page)).status_code == 200
        assert use(party.elsewhere).get(url(party, page)).status_code == 404
        assert use(party.here.administrator).get(url(party, page)).status_code == 200


@pytest.mark.parametrize("public", [True, False])
def test_a_guest_without_any_role_opens_the_invitation_and_nothing_else(use, public):
    party = feast()
    if not public:
        party.here.round.results_at = LATER_ON + timedelta(days=3)
        party.here.round.save()
    guest = party.manager
    party.plan()
    party.invite()
    guest.appointments.all().delete()
    assert use(guest).get(url(party)).status_code == 404

    browser = use(guest)
    page = browser.get(url(party, "gathering"))
    assert page.status_code == 200
    assert "Medborgarhuset, stora salen" in text(page)
    assert (f'href="{url(party, "round")}"' in page.content.decode()) is public
    assert browser.get(url(party, "gathering_ics")).status_code == 200
    for office in OFFICE:
        assert browser.get(url(party, office)).status_code == 404


def test_a_guest_who_is_not_signed_in_is_asked_to(client):
    party = feast()
    party.plan()
    party.invite()
    for page in ("gathering", "gathering_ics"):
        answer = client.get(url(party, page))
        assert (answer.status_code, "/account/sign-in/" in answer.url) == (302, True)


def test_without_a_plan_there_is_no_gathering(use):
    party = feast()
    browser = use(party.here.administrator)
    assert browser.get(url(party, "gathering")).status_code == 404
    assert browser.get(url(party, "call_off")).status_code == 404
    assert browser.get(url(party, "invite")).url == url(party, "gathering_plan")


# --- Papers --------------------------------------------------------------------------------------


def test_the_page_links_to_every_cheque_with_the_decided_sum(use):
    party = feast()
    page = use(party.here.administrator).get(url(party))
    shown = text(page)
    assert "Elmotorer på cyklar Hemtjänsten SEK\xa060,900".replace("\xa0", " ") in shown
    assert "SEK 100,900" in shown
    assert "Anna Åkesson" not in shown
    first, second = party.here.cases[:2]
    body = page.content.decode()
    for case in (first, second):
        for kind in ("cheques", "diplomas"):
            assert f'{url(party, kind)}?project={case.pk}"' in body
    assert str(party.here.cases[2].pk) not in [
        part.split('"')[0] for part in body.split("?project=")[1:]
    ]


def test_names_are_chosen_and_follow_to_the_papers(use):
    party = feast()
    browser = use(party.here.administrator)
    assert "Anna Åkesson, Søren Bæk" in text(browser.get(url(party, query="?names=yes")))
    for kind in ("cheques", "diplomas"):
        assert "Anna" not in read_pdf(browser.get(url(party, kind)))
        named = read_pdf(browser.get(url(party, kind, "?names=yes")))
        assert "Anna Åkesson och Søren Bæk" in named
        assert "Läsfåtölj i korridoren" in named


def test_one_project_has_its_own_paper(use):
    party = feast()
    browser = use(party.here.administrator)
    first = party.here.cases[0]
    response = browser.get(url(party, "cheques", f"?project={first.pk}"))
    assert "Läsfåtölj" not in read_pdf(response)
    assert response["Content-Disposition"] == 'inline; filename="cheque-elmotorer-pa-cyklar.pdf"'
    assert response["Cache-Control"] == "private, no-store"
    for wrong in (party.here.cases[2].pk, "x"):
        assert browser.get(url(party, "cheques", f"?project={wrong}")).status_code == 404


def test_before_the_release_there_is_nothing_to_print(use):
    party = feast(released=False)
    browser = use(party.here.administrator)
    assert "Nothing to celebrate yet" in text(browser.get(url(party)))
    assert browser.get(url(party, "cheques")).status_code == 404


@pytest.mark.list_page("funding:celebrate")
def test_more_projects_ask_no_more(use, count_queries):
    party = feast()
    party.plan()
    party.invite()
    browser = use(party.here.administrator)
    assert count_queries(lambda: browser.get(url(party)), more(party)) == 11


@pytest.mark.list_page("funding:invite")
def test_more_guests_ask_no_more(use, count_queries):
    party = feast()
    party.plan()
    browser = use(party.here.administrator)
    assert count_queries(lambda: browser.get(url(party, "invite")), more(party)) == 12


# --- The invitation ------------------------------------------------------------------------------


def planned(browser, party, **typed):
    form = browser.get(url(party, "gathering_plan")).context["form"]
    sent = {
        "starts_at": "2026-11-28T14:00",
        "ends_at": "2026-11-28T16:00",
        "place": "Medborgarhuset",
        "words": "Välkommen!",
        "version": form["version"].value(),
    }
    return browser.post(url(party, "gathering_plan"), {**sent, **typed})


def test_planned_previewed_and_sent_once(use):
    party = feast()
    browser = use(party.here.administrator)
    assert planned(browser, party).url == url(party, "invite")

    page = browser.get(url(party, "invite"))
    assert "Exactly these 7 people get this invitation, once." in text(page)
    assert {one.person for one in page.context["new"]} == party.guests
    sent = {name: page.context["form"][name].value() for name in ("version", "people")}
    once = browser.post(url(party, "invite"), sent)
    twice = browser.post(url(party, "invite"), sent, follow=True)

    assert once.url == url(party)
    assert "Everybody has been invited already. Nothing was sent again." in text(twice)
    assert "7 people are invited" in text(twice)
    assert Entry.objects.filter(verb="funding.celebration_invited").count() == 1


def test_the_time_typed_is_the_towns_own(use):
    party = feast()
    planned(use(party.here.administrator), party)
    assert Celebration.objects.get().starts_at == PARTY  # 14.00 in Stockholm


def test_words_are_proposed_in_the_organisations_language(use):
    party = feast()
    form = use(party.here.administrator).get(url(party, "gathering_plan")).context["form"]
    assert form["words"].value().startswith(f"Välkommen! {party.here.round.name} är avgjord")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"place": ""}, "This field is required."),
        ({"starts_at": "2026-01-01T10:00"}, "That time has passed. Choose a later one."),
        ({"ends_at": "2026-11-28T14:00"}, "It must end after it begins."),
        ({"starts_at": "i morgon"}, "Enter a valid date/time."),
    ],
)
def test_a_wrong_gathering_comes_back_with_everything_typed(use, typed, told):
    party = feast()
    answer = planned(use(party.here.administrator), party, **typed)
    assert answer.status_code == 422
    assert told in text(answer)
    assert "Välkommen!" in answer.content.decode()
    assert not Celebration.objects.exists()


def test_somebody_new_since_the_preview_stops_the_sending(use):
    party = feast()
    party.plan()
    browser = use(party.here.administrator)
    answer = browser.post(url(party, "invite"), {"version": 1, "people": str(party.owner.pk)})
    assert answer.status_code == 409
    assert "Somebody else changed this while you were working." in text(answer)
    assert told_of(Celebration.objects.get()) == set()
    assert browser.post(url(party, "invite"), {"version": 1, "people": "x"}).status_code == 409
    assert browser.post(url(party, "invite"), {"people": ""}).status_code == 409


def test_a_guest_without_an_address_is_pointed_out(use):
    party = feast()
    party.manager.email = None
    party.manager.save()
    party.plan()
    page = text(use(party.here.administrator).get(url(party, "invite")))
    assert "1 person has no e-mail address." in page


def test_a_change_warns_first_and_is_told(use):
    party = feast()
    party.plan()
    party.invite()
    browser = use(party.here.administrator)
    assert "7 people are invited already." in text(browser.get(url(party, "gathering_plan")))
    answer = planned(browser, party, place="Biblioteket")
    assert answer.url == url(party)
    assert Entry.objects.latest("pk").verb == "funding.celebration_changed"


def test_called_off_from_its_page(use):
    party = feast()
    party.plan()
    party.invite()
    browser = use(party.here.administrator)
    page = text(browser.get(url(party, "call_off")))
    assert "7 people who were invited get a letter that it does not take place" in page
    too_long = browser.post(url(party, "call_off"), {"reason": "x" * 501})
    assert too_long.status_code == 422
    once = browser.post(url(party, "call_off"), {"reason": "Snöstorm."}, follow=True)
    twice = browser.post(url(party, "call_off"), {"reason": "Snöstorm."}, follow=True)
    assert "Called off. Everybody who was invited is told." in text(once)
    assert "This has already been done. Nothing was changed." in text(twice)
    assert Entry.objects.filter(verb="funding.celebration_called_off").count() == 1
    guest = text(use(party.owner).get(url(party, "gathering")))
    assert "The gathering is called off." in guest


def test_the_event_can_be_fetched_and_taken_away_again(use):
    party = feast()
    celebration = party.plan()
    party.invite()
    response = use(party.owner).get(url(party, "gathering_ics"))
    assert response["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    [event] = Calendar.from_ical(response.content).walk("VEVENT")
    assert str(event["UID"]) == str(celebration.number)
    assert event["DTSTART"].dt == PARTY
    celebration.called_off_at = LATER_ON
    celebration.save()
    again = use(party.owner).get(url(party, "gathering_ics"))
    assert b"METHOD:CANCEL" in again.content
