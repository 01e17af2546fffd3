"""Choosing what is mailed, turning a kind off by its link, and the calendar's address."""

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from idesluss.logic.refusals import Refusal
from idesluss.mail.kinds import CHOSEN
from idesluss.people import usecases
from idesluss.people.models import MailPreference
from idesluss.people.usecases.told import SALT
from idesluss.records.models import Entry
from tests.factories import NOON, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return PersonFactory(name="Anna Ek")


@pytest.fixture
def careful():
    """Somebody who is not signed in, at a server that insists on its own forms."""
    return Client(enforce_csrf_checks=True, headers={"accept-language": "sv"})


def chosen(person):
    return dict(MailPreference.objects.filter(person=person).values_list("kind", "wish"))


def off(person, *kinds):
    return reverse("people:mail_off", args=[usecases.mail_off_link(person.pk, kinds)])


def test_every_kind_has_its_choice_and_the_choice_is_kept(client, anna):
    client.force_login(anna)
    page = client.get("/account/mail/")
    assert list(page.context["form"].fields) == [kind.name for kind in CHOSEN]
    wishes = {kind.name: kind.usual.value for kind in CHOSEN} | {"accepted": "never"}
    assert client.post("/account/mail/", wishes).status_code == 302
    assert chosen(anna) == wishes
    again = client.get("/account/mail/").context["form"]
    assert again.initial["accepted"].value == "never"


def test_a_wish_that_does_not_exist_is_answered_422(client, anna):
    client.force_login(anna)
    wishes = {kind.name: "daily" for kind in CHOSEN} | {"accepted": "sometimes"}
    assert client.post("/account/mail/", wishes).status_code == 422
    assert chosen(anna) == {}


def test_urgent_kinds_cannot_be_chosen_about(client, anna):
    client.force_login(anna)
    wishes = {kind.name: "daily" for kind in CHOSEN} | {"decided": "never"}
    client.post("/account/mail/", wishes)
    assert "decided" not in chosen(anna)


def test_opening_the_link_changes_nothing_and_one_button_turns_it_off(careful, anna):
    link = off(anna, "accepted")
    page = careful.get(link)
    assert "Anna Ek" in page.text
    assert "Att din ansökan är komplett och går vidare" in page.text
    assert chosen(anna) == {}

    assert careful.post(link, {"kind": "accepted"}).url == link
    assert chosen(anna) == {"accepted": "never"}
    after = careful.get(link)
    assert [kind.name for kind in after.context["off"]] == ["accepted"]
    assert "<form" not in after.text.split("<main")[1].split("</main")[0]


def test_of_several_kinds_only_those_that_are_ticked_are_turned_off(careful, anna):
    link = off(anna, "accepted", "assigned")
    careful.post(link, {"kind": ["assigned", "meeting_opened"]})
    assert chosen(anna) == {"assigned": "never"}
    page = careful.get(link)
    assert [kind.name for kind in page.context["on"]] == ["accepted"]


def test_a_mail_program_turns_it_off_with_one_post_and_no_cookie(careful, anna):
    """RFC 8058: https POST, nothing but the link and these words; no redirect."""
    answer = careful.post(off(anna, "accepted", "assigned"), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert chosen(anna) == {"accepted": "never", "assigned": "never"}


def test_a_link_that_is_not_ours_turns_nothing_off(careful, anna):
    mine = off(anna, "accepted")
    nobody = signing.Signer(salt=SALT).sign_object([0, "accepted"], compress=True)
    other_salt = signing.Signer(salt="x").sign_object([anna.pk, "accepted"])
    for link in (
        mine[:-2] + "x/",
        reverse("people:mail_off", args=["abc"]),
        reverse("people:mail_off", args=[nobody]),
        reverse("people:mail_off", args=[other_salt]),
    ):
        for answer in (careful.get(link), careful.post(link, {"List-Unsubscribe": "One-Click"})):
            assert answer.status_code == 410
    assert not MailPreference.objects.exists()


def test_a_link_about_what_may_not_be_turned_off_turns_nothing_off(careful, anna):
    careful.post(off(anna, "decided"), {"List-Unsubscribe": "One-Click"})
    assert chosen(anna) == {}


def test_turning_off_is_in_the_records_and_reaches_only_the_links_own_kinds(anna):
    link = usecases.mail_off_link(anna.pk, ["accepted"])
    usecases.turn_mail_off(link, ["accepted", "assigned"], at=NOON)
    assert chosen(anna) == {"accepted": "never"}
    entry = Entry.objects.get(verb="people.mail_chosen")
    assert (entry.about_id, entry.by_id, entry.data) == (
        anna.pk,
        anna.pk,
        {"wishes": {"accepted": "never"}},
    )
    with pytest.raises(Refusal):
        usecases.read_mail_off_link("x")


def test_the_calendars_address_is_made_renewed_and_ended(client, anna):
    client.force_login(anna)
    assert "ds-button" in client.get("/account/calendar/").text
    client.post("/account/calendar/", {"do": "make"})
    anna.refresh_from_db()
    first = anna.calendar_key
    assert len(first) == 43
    page = client.get("/account/calendar/").text
    assert f"http://localhost:8000/calendar/{first}.ics" in page
    assert f"webcal://localhost:8000/calendar/{first}.ics" in page

    client.post("/account/calendar/", {"do": "renew"})
    anna.refresh_from_db()
    assert anna.calendar_key not in (first, None)
    assert client.get(f"/calendar/{first}.ics").status_code == 404

    client.post("/account/calendar/", {"do": "end"})
    anna.refresh_from_db()
    assert anna.calendar_key is None
    verbs = Entry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [
        "people.calendar_opened",
        "people.calendar_opened",
        "people.calendar_closed",
    ]


@pytest.mark.parametrize("path", ["/account/mail/", "/account/calendar/", "/mine/"])
def test_ones_own_pages_are_for_those_who_are_signed_in(client, path):
    assert client.get(path).url == f"/account/sign-in/?next={path}"
