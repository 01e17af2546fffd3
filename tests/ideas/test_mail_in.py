"""A mail becomes a case, a word on a case, or waits for somebody to look at it."""

from datetime import timedelta

import pytest
from django.utils import translation

from idesluss.ideas.models import Arrival, Idea
from idesluss.ideas.usecases.arriving import release
from idesluss.ideas.usecases.mail_in import take_mail
from idesluss.ideas.vocab import MESSAGE_LENGTH
from idesluss.logic.incoming import read
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.records.models import Entry, Letter
from idesluss.records.usecases import note, write_letter
from tests import nasty_mails as nasty
from tests.factories import NOON, DoorFactory, PersonFactory, person_as, sluice_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def door():
    return DoorFactory(address=nasty.DOOR, organisation__language="sv")


def take(raw: bytes, at=NOON):
    return take_mail(read(raw, own=nasty.OWN), raw, at=at)


def letter_about(idea, person) -> Letter:
    """One of our letters about a case."""
    from django.db import transaction

    with transaction.atomic():
        entry = note("ideas.said", about=idea, by=None, at=NOON)
        return write_letter(
            kind="ideas.said",
            to=person.reach_mail or person.email,
            subject="Vi undrar",
            text="Hur ofta?",
            language="sv",
            at=NOON,
            entry=entry,
            person_id=person.pk,
            organisation_id=idea.organisation_id,
        )


def test_a_mail_to_a_door_becomes_a_case_of_its_senders(door):
    arrival = take(nasty.wire(nasty.mail()))
    idea = Idea.objects.get()
    giver = idea.involvements.get().person
    assert (idea.title, idea.need, idea.channel) == (
        "Vantar",
        "Kan vi inte ha en låda för kvarglömda vantar?",
        "mail",
    )
    assert (giver.guest, giver.name, giver.reach_mail, giver.email) == (
        True,
        "Karin Öberg",
        "karin@hem.example",
        None,
    )
    assert (arrival.state, arrival.idea, arrival.text) == ("taken", idea, "")
    assert (idea.visibility, idea.responsible) == ("closed", door.receiver)
    with arrival.raw.open() as kept:
        assert kept.read() == nasty.wire(nasty.mail())


def test_the_same_mail_twice_is_one_case(door):
    raw = nasty.wire(nasty.mail())
    assert take(raw) == take(raw)
    assert Idea.objects.count() == 1


def test_a_second_mail_of_the_same_sender_is_another_case_of_the_same_guest(door):
    take(nasty.wire(nasty.mail()))
    take(nasty.wire(nasty.mail("En annan sak", subject="Skärmar", number="<2@hem.example>")))
    assert Idea.objects.count() == 2
    assert Person.objects.filter(guest=True).count() == 1


def test_somebody_of_the_organisation_owns_what_they_mail(door):
    anna = person_as(Role.EMPLOYEE, door.organisation, email="karin@hem.example")
    take(nasty.wire(nasty.mail()))
    assert Idea.objects.owned_by(anna).count() == 1


def test_somebody_of_another_organisation_is_a_guest_here(door):
    PersonFactory(email="karin@hem.example")
    take(nasty.wire(nasty.mail()))
    assert Idea.objects.get().involvements.get().person.guest


def test_files_are_kept_and_those_that_cannot_be_are_told_of(door):
    arrival = take(
        nasty.with_files(
            ("räkning åäö.pdf", nasty.pdf(), "application/pdf"),
            ("program.exe", b"MZ\x90\x00" + b"\0" * 100, "application/octet-stream"),
        )
    )
    idea = Idea.objects.get()
    assert list(idea.attachments.values_list("name", flat=True)) == ["räkning åäö.pdf"]
    assert arrival.reason == "Dessa filer kunde inte sparas: program.exe"
    told = Entry.objects.about(idea).get(verb="ideas.files_left_out").data["files"]
    assert [it["name"] for it in told] == ["program.exe"]


def test_a_film_of_40_megabytes_is_left_out_and_the_words_are_kept(door):
    arrival = take(nasty.huge(40))
    assert (arrival.state, arrival.reason) == ("taken", "Dessa filer kunde inte sparas: film.mov")
    assert Idea.objects.get().attachments.count() == 0


@pytest.mark.parametrize(
    "raw",
    [
        nasty.only_html(),
        nasty.nested(),
        nasty.wrong_charset(),
        nasty.broken_multipart(),
        nasty.winmail(),
    ],
)
def test_strange_mails_become_ordinary_cases(door, raw):
    assert take(raw).state == "taken"
    idea = Idea.objects.get()
    assert idea.need
    assert "<" not in idea.need


def test_a_text_too_long_for_the_need_is_kept_whole_in_a_file(door):
    take(nasty.wire(nasty.mail("Ord " * 3000)))
    idea = Idea.objects.get()
    assert len(idea.need) <= 4000
    assert [it.name for it in idea.attachments.all()] == ["hela mejlet.txt"]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (nasty.vacation(), "Ett autosvar, eller ett mejl som ett program har skickat."),
        (nasty.bounce(), "En rapport om att ett av våra brev inte kom fram."),
        (
            nasty.wire(nasty.mail(sender=nasty.OWN)),
            "Ett av våra egna brev har kommit tillbaka.",
        ),
    ],
)
def test_what_a_program_sent_is_noted_and_becomes_nothing(door, raw, reason):
    arrival = take(raw.replace(b"To: " + nasty.OWN.encode(), b"To: " + nasty.DOOR.encode()))
    assert (arrival.state, arrival.reason, Idea.objects.count()) == ("ignored", reason, 0)


def test_the_givers_answer_to_our_letter_becomes_a_word_on_the_case(door):
    giver = PersonFactory(guest=True, email=None, reach_mail="karin@hem.example")
    idea = sluice_case(door=door, owner=giver, waits_for_giver=True, paused_at=NOON)
    letter = letter_about(idea, giver)
    arrival = take(nasty.reply(f"{letter.message_id}@slusstad.example"), NOON + timedelta(days=1))
    message = idea.messages.get()
    assert (message.text, message.by, message.channel) == ("Varje dag.", giver, "mail")
    idea.refresh_from_db()
    assert (idea.waits_for_giver, arrival.idea, arrival.state) == (False, idea, "taken")


def test_an_answer_of_somebody_else_is_held_back_with_the_case_it_is_about(door):
    idea = sluice_case(door=door)
    letter = letter_about(idea, PersonFactory())
    arrival = take(nasty.reply(letter.message_id + "@slusstad.example"))
    assert (arrival.state, arrival.idea, idea.messages.count()) == ("waiting", idea, 0)
    assert "inte lämnat in" in arrival.reason


def test_nobody_speaks_for_the_municipality_by_mail(door):
    idea = sluice_case(door=door)
    coach = idea.responsible
    letter = letter_about(idea, coach)
    raw = nasty.reply(letter.message_id).replace(b"karin@hem.example", coach.email.encode())
    assert take(raw).state == "waiting"
    assert idea.messages.count() == 0


def test_an_answer_with_files_alone_says_that_there_are_files(door):
    giver = PersonFactory(email="karin@hem.example")
    idea = sluice_case(door=door, owner=giver)
    number = letter_about(idea, giver).message_id
    raw = nasty.with_files(
        ("kvitto.pdf", nasty.pdf(), "application/pdf"), text="", In_Reply_To=f"<{number}@x>"
    )
    take(raw)
    assert idea.messages.get().text == "(Bara filer kom med det här mejlet.)"
    assert idea.attachments.count() == 1


def test_an_answer_with_nothing_but_a_signature_is_held_back(door):
    giver = PersonFactory(email="karin@hem.example")
    idea = sluice_case(door=door, owner=giver)
    arrival = take(nasty.signature_only(letter_about(idea, giver).message_id))
    assert arrival.state == "waiting"
    assert arrival.reason.startswith("Det säger inget")


def test_a_bounce_is_noted_on_the_case_that_the_letter_was_about(door):
    idea = sluice_case(door=door)
    number = letter_about(idea, PersonFactory()).message_id
    take(nasty.bounce(f"{number}@slusstad.example"))
    assert Entry.objects.about(idea).filter(verb="ideas.bounced").count() == 1


def test_a_door_for_the_organisation_alone_holds_back_what_outsiders_mail(door):
    door.signed_in = True
    door.save()
    assert take(nasty.wire(nasty.mail())).state == "waiting"
    person_as(Role.EMPLOYEE, door.organisation, email="bo@slusstad.example")
    inside = nasty.mail(sender="bo@slusstad.example", number="<in@slusstad.example>")
    assert take(nasty.wire(inside)).state == "taken"


def test_a_shut_door_holds_back_and_says_so(door):
    door.closed_at = NOON - timedelta(days=1)
    door.save()
    arrival = take(nasty.wire(nasty.mail()))
    assert (arrival.state, Idea.objects.count()) == ("waiting", 0)
    assert arrival.text == "Kan vi inte ha en låda för kvarglömda vantar?"


def test_many_mails_of_one_sender_wait_from_the_limit_on(door):
    door.hourly_limit = 2
    door.save()
    states = [
        take(nasty.wire(nasty.mail(f"Nummer {n}", number=f"<{n}@hem.example>"))).state
        for n in range(3)
    ]
    assert states == ["taken", "taken", "waiting"]
    later = nasty.wire(nasty.mail("Nästa timme", number="<9@hem.example>"))
    assert take(later, NOON + timedelta(minutes=61)).state == "taken"


def test_a_mail_without_a_sender_waits(door):
    raw = nasty.wire(nasty.mail()).replace(b"karin@hem.example", b"karin at hem")
    assert take(raw).reason == "Det framgår inte vem som har skickat det."


def test_a_mail_to_nobody_of_ours_is_nobodys_record(door):
    assert take(nasty.wire(nasty.mail(to="hej@annan.example"))) is None
    assert Arrival.objects.count() == 0


def test_a_mail_that_was_held_back_is_let_in_with_its_files(door):
    door.signed_in = True
    door.save()
    held = take(nasty.with_files(("karta.pdf", nasty.pdf(), "application/pdf")))
    idea = release(held.pk, why="Vi känner henne", by=door.receiver, at=NOON)
    assert [it.name for it in idea.attachments.all()] == ["karta.pdf"]


def test_a_strangers_answer_that_is_let_in_is_a_note_on_the_case_that_it_answers(door):
    idea = sluice_case(door=door)
    held = take(nasty.reply(letter_about(idea, PersonFactory()).message_id + "@slusstad.example"))
    with translation.override("en"):  # whoever lets it in reads English
        assert release(held.pk, why="Hennes mamma", by=idea.responsible, at=NOON) == idea
    message = idea.messages.get()
    assert message.text == "E-post från karin@hem.example:\n\nVarje dag."
    assert (message.inside, message.by, message.channel) == (True, idea.responsible, "mail")
    held.refresh_from_db()
    assert (held.state, held.idea, held.handled_by) == ("taken", idea, idea.responsible)
    assert Idea.objects.count() == 1


def test_the_givers_own_answer_that_was_held_back_becomes_their_word(door):
    giver = PersonFactory(email="karin@hem.example")
    idea = sluice_case(door=door, owner=giver)
    held = take(nasty.signature_only(letter_about(idea, giver).message_id))
    release(held.pk, why="Hon svarar", by=idea.responsible, at=NOON)
    message = idea.messages.get()
    assert (message.inside, message.by) == (False, giver)
    assert message.text.startswith("--\nKarin Öberg")


def test_a_long_answer_that_is_let_in_lies_whole_in_a_file_beside_its_own(door):
    idea = sluice_case(door=door)
    number = letter_about(idea, PersonFactory()).message_id
    karta = ("karta.pdf", nasty.pdf(), "application/pdf")
    long = {"text": "ord " * 2000, "In_Reply_To": f"<{number}@x>"}
    held = take(nasty.with_files(karta, **long))
    release(held.pk, why="Bra karta", by=idea.responsible, at=NOON)
    assert len(idea.messages.get().text) <= MESSAGE_LENGTH
    names = sorted(it.name for it in idea.attachments.all())
    assert names == ["hela mejlet.txt", "karta.pdf"]
