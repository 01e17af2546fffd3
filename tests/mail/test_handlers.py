"""What is told to whom, word for word, in the reader's own language."""

from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse

from idesluss.ideas.vocab import Part
from idesluss.jobs.deliver import deliver
from idesluss.mail.letters import decision_letter
from idesluss.people.vocab import Role
from idesluss.records.models import Entry, Letter
from idesluss.records.usecases import note
from tests.factories import (
    NOON,
    ApplicationFactory,
    AssessmentFactory,
    MeetingFactory,
    OrganisationFactory,
    PersonFactory,
    SeatFactory,
    involve,
    person_as,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    """Received by Slusstad, from Anna and a co-applicant who reads Danish; Bo is the contact."""
    organisation = OrganisationFactory(name="Slusstad", slug="slusstad")
    application = ApplicationFactory(
        round__programme__organisation=organisation,
        round__name="Vardagsfonden 2027",
        stage="received",
        owner=PersonFactory(name="Anna Åkesson", email="anna@slusstad.example"),
        idea__title="Elcyklar & <lås>",
        idea__register_number="INN 2026/0001",
        idea__answer_by=date(2026, 12, 18),
        idea__contact=PersonFactory(name="Bo Ek", email="bo@slusstad.example"),
    )
    involve(
        application.idea,
        PersonFactory(name="Søren Bæk", email="soren@slusstad.example", language="da"),
        Part.CO_APPLICANT,
    )
    return application


def told(verb, about, **data):
    """Note, deliver twice over, and return the letters by address."""
    with transaction.atomic():
        entry = note(verb, about=about, by=None, at=NOON, **data)
    deliver(NOON)
    Entry.objects.filter(pk=entry.pk).update(delivered_at=None)
    deliver(NOON)
    letters = list(Letter.objects.filter(entry=entry))
    assert len({letter.to for letter in letters}) == len(letters)
    return {letter.to: letter for letter in letters}


def test_the_receipt_says_number_date_and_contact(application):
    letters = told("funding.submitted", application)

    assert sorted(letters) == ["anna@slusstad.example", "soren@slusstad.example"]
    swedish = letters["anna@slusstad.example"]
    assert swedish.subject == "Vi har tagit emot din ansökan INN 2026/0001"
    assert swedish.text == (
        "Hej Anna Åkesson,\n\n"
        "Tack! Din ansökan ”Elcyklar & <lås>” till Vardagsfonden 2027 har kommit in och fått "
        "diarienummer INN 2026/0001.\n\n"
        "Du får svar senast 18 december 2026.\n\n"
        "Du kan ändra den tills omgången stänger, 4 november 2026 kl. 11.00. Sedan granskas och "
        "bedöms den, och därefter fattas beslut.\n\n"
        "Läs mer och följ ärendet här:\n"
        f"http://localhost:8000/slusstad/applications/{application.pk}/\n\n"
        "Undrar du något? Fråga Bo Ek, bo@slusstad.example.\n\n"
        "Slusstad\n"
    )
    danish = letters["soren@slusstad.example"]
    assert danish.subject == "Vi har modtaget din ansøgning INN 2026/0001"
    assert danish.language == "da"
    assert "Du får svar senest 18. december 2026." in danish.text


@pytest.mark.parametrize(
    ("verb", "data", "words"),
    [
        ("funding.withdrawn", {}, "är återtagen, som du bad om"),
        ("ideas.accepted", {}, "Den är komplett och går nu vidare till bedömning"),
        (
            "ideas.completion_asked",
            {"what": "Vilka enheter?", "due": "2026-11-01"},
            "Vilka enheter?",
        ),
        (
            "ideas.redirected",
            {"to": "IT-supporten", "message": "De byter skärmen."},
            "IT-supporten",
        ),
        ("funding.incomplete", {"reason": "Budgeten saknas."}, "Budgeten saknas."),
    ],
)
def test_the_applicants_hear_of_every_turn(application, verb, data, words):
    about = application if verb.startswith("funding") else application.idea
    letters = told(verb, about, **data)
    assert sorted(letters) == ["anna@slusstad.example", "soren@slusstad.example"]
    assert words in letters["anna@slusstad.example"].text
    for fact in data.values():
        if fact != "2026-11-01":
            assert fact in letters["soren@slusstad.example"].text


def test_a_new_co_applicant_hears_who_asked(application):
    [anna, soren] = [it.person for it in application.idea.involvements.order_by("pk")]
    with transaction.atomic():
        note("ideas.involved", about=application.idea, by=anna, at=NOON, person=soren.pk)
    deliver(NOON)
    letter = Letter.objects.get(kind="involved")
    assert letter.to == "soren@slusstad.example"
    assert letter.subject == "Anna Åkesson vil søge sammen med dig"
    assert "„Elcyklar & <lås>“ i Vardagsfonden 2027" in letter.text


def test_a_completion_is_told_to_the_contact_person(application):
    letters = told("ideas.completed", application.idea)
    assert list(letters) == ["bo@slusstad.example"]
    assert letters["bo@slusstad.example"].subject == "INN 2026/0001 har kompletterats"


def test_an_assessor_hears_of_the_case_by_number_only():
    assessment = AssessmentFactory(idea__title="Hemlig titel")
    letters = told("assessment.assigned", assessment, cases=3)
    [letter] = letters.values()
    assert letter.to == assessment.assessor.email
    assert "Hemlig titel" not in letter.subject + letter.text
    assert told("assessment.assigned", assessment, cases=0) == {}


def test_a_reopened_assessment_is_told_with_its_reason():
    assessment = AssessmentFactory()
    [letter] = told("assessment.reopened", assessment, reason="Kriteriet var fel.").values()
    assert "Kriteriet var fel." in letter.text


def test_everybody_with_a_seat_hears_that_the_meeting_is_prepared():
    meeting = MeetingFactory(held_at=NOON, place="Rådhuset")
    seats = SeatFactory.create_batch(2, body=meeting.body)
    SeatFactory()
    letters = told("funding.meeting_opened", meeting)
    assert sorted(letters) == sorted(seat.person.email for seat in seats)
    assert "5 oktober 2026 kl. 12.00, Rådhuset" in letters[seats[0].person.email].text


NEWS = {
    "title": "Elcyklar & <lås>",
    "register_number": "INN 2026/0001",
    "round": "Vardagsfonden 2027",
    "body": "Ledningsgruppen",
    "decided_on": "2026-12-08",
    "outcome": "granted",
    "asked_minor": 60_900_00,
    "granted_minor": 60_900_00,
    "currency": "SEK",
    "reason": "",
    "conditions": "",
    "later_year": None,
    "project_year": 2027,
    "contact_name": "Bo Ek",
    "contact_mail": "bo@slusstad.example",
    "path": "/slusstad/applications/1/",
}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Grattis! Ledningsgruppen har beviljat 60 900 kr till ”Elcyklar & <lås>”"),
        (
            {"outcome": "partly_granted", "granted_minor": 20_000_00, "reason": "Potten räcker."},
            "en del av det du sökte: 20 000 kr av 60 900 kr",
        ),
        (
            {"outcome": "granted_with_conditions", "conditions": "Cheferna ska vara med."},
            "Villkor: Cheferna ska vara med.",
        ),
        ({"outcome": "granted_later_pot", "later_year": 2028}, "ur 2028 års pott"),
        ({"outcome": "refused", "granted_minor": 0, "reason": "Redan prövat."}, "Redan prövat."),
        ({"outcome": "postponed", "granted_minor": 0}, "bordlagt beslutet"),
        ({"outcome": "incomplete", "granted_minor": 0, "reason": "Saknar mål."}, "ofullständig"),
        ({"outcome": "withdrawn", "granted_minor": 0}, "återtogs"),
    ],
)
def test_every_outcome_has_its_own_letter(application, changes, words):
    news = NEWS | changes
    [anna, _] = [it.person for it in application.idea.involvements.order_by("pk")]
    previewed = decision_letter(
        news, person=anna, organisation=application.round.programme.organisation
    )
    letters = told("funding.decided", application, **news)
    sent = letters["anna@slusstad.example"]
    assert (sent.subject, sent.text) == (previewed.subject, previewed.text)
    assert words in sent.text.replace("\N{NO-BREAK SPACE}", " ")
    offered = "coach" in sent.text
    assert offered == (news["outcome"] in ("refused", "incomplete", "partly_granted", "postponed"))


def test_somebody_new_is_told_how_to_sign_in(application):
    organisation = application.round.programme.organisation
    boss = person_as(Role.ADMINISTRATOR, organisation, name="Maja Strand")
    new = PersonFactory(name="Nils", email="nils@slusstad.example")
    with transaction.atomic():
        note(
            "people.invited",
            about=new,
            by=boss,
            at=NOON,
            organisation_id=organisation.pk,
            roles=["assessor"],
        )
    deliver(NOON)
    letter = Letter.objects.get(to="nils@slusstad.example")
    assert "Maja Strand har gett dig tillgång till innovationsarbetet i Slusstad" in letter.text
    assert "(bedömare)" in letter.text
    assert f"http://localhost:8000{reverse('account_login')}" in letter.text
