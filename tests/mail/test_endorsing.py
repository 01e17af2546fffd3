"""What managers, applicants and the office are told, word for word, in their own language."""

from datetime import timedelta

import pytest

from idesluss.funding.models import Endorsement
from idesluss.funding.usecases import withdraw
from idesluss.funding.usecases.endorse import Reply, answer, name_manager, pass_on
from idesluss.ideas.usecases import redirect, take_back
from idesluss.jobs.deliver import deliver
from idesluss.jobs.endorsing import follow_silence, remind_managers
from idesluss.records.models import Entry, Letter
from tests.factories import NOON
from tests.funding.endorsing import LAST_DAY, asked, hand_in, place

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)
URL = "http://localhost:8000/slusstad"


def told(at=NOON):
    """Deliver, twice over, and return the new letters as (kind, address): letter."""
    before = set(Letter.objects.values_list("pk", flat=True))
    fresh = list(Entry.objects.filter(delivered_at=None).values_list("pk", flat=True))
    while deliver(at):
        pass
    Entry.objects.filter(pk__in=fresh).update(delivered_at=None)
    while deliver(at):
        pass
    letters = Letter.objects.exclude(pk__in=before)
    found = {(it.kind, it.to.partition("@")[0]): it for it in letters}
    assert len(found) == len(letters)
    return found


@pytest.fixture
def it():
    it = asked()
    it.bo.language = "sv"
    it.bo.save()
    it.letters = told()
    return it


def test_the_manager_gets_three_links_that_open_the_page_with_the_answer_chosen(it):
    assert sorted(it.letters) == [("endorse_asked", "bo"), ("received", "siv")]
    letter = it.letters["endorse_asked", "bo"]
    page = f"{URL}/endorse/{it.one.pk}/"

    assert letter.subject == (
        "Vad säger Hemtjänst om ”Elcykel”? Svara senast 25 oktober 2026 kl. 11.00"
    )
    assert letter.text.replace("\xa0", " ") == (
        "Hej Bo Ek,\n\n"
        "En ansökan, ”Elcykel” (INN 2026/0001), behöver något av Hemtjänst. Innan den avgörs "
        "tillfrågas du om vad Hemtjänst säger.\n\n"
        "Siv Sökande söker 35 000 kr ur Hösten. Den slutar 5 oktober 2027.\n\n"
        "Svara senast 25 oktober 2026 kl. 11.00. Kommer inget svar till dess tillfrågas chefen "
        "ovanför.\n\n"
        f"Ja:\n{page}?answer=yes\n\n"
        f"Ja, med förbehåll:\n{page}?answer=limits\n\n"
        f"Nej:\n{page}?answer=no\n\n"
        "Länken öppnar sidan med det svaret valt. Inget skickas innan du har sett igenom det och "
        "skickat det där.\n\n"
        f"Läs ansökan, svara eller lämna frågan vidare här:\n{page}\n\n"
        "Undrar du något? Fråga Maja Strand, maja@slusstad.example.\n\n"
        "Slusstad\n"
    )


def test_the_receipt_says_where_the_question_rests_and_what_silence_means(it):
    assert (
        "Bo Ek tillfrågas om vad Hemtjänst säger om den, och svarar senast 25 oktober 2026 "
        "kl. 11.00. Kommer inget svar till dess tillfrågas chefen ovanför."
    ) in it.letters["received", "siv"].text


def test_what_it_asks_of_the_unit_stands_in_the_letter():
    it = asked()
    it.application.budget_lines.create(what="Tid", amount_minor=900_00, kind="work", hours=30)
    type(it.application).objects.update(cofinanced_minor=4_000_00)
    text = told()["endorse_asked", "bo"].text.replace("\xa0", " ")

    assert "Den kräver 30 timmars eget arbete av dem som är med." in text
    assert "Andra än fonden ska betala 4 000 kr." in text


def test_a_question_that_concerns_no_department_asks_what_the_manager_says():
    asked()
    Endorsement.objects.update(unit=None)
    letters = told()

    asked_letter, receipt = letters["endorse_asked", "bo"], letters["received", "siv"]
    assert asked_letter.subject.startswith("Vad säger du om ”Elcykel”? Svara senast")
    assert "Innan den avgörs tillfrågas du som chef om vad du säger." in asked_letter.text
    assert "Bo Ek tillfrågas som chef, och svarar senast" in receipt.text


def test_both_reminders_have_the_links(it):
    remind_managers(LAST_DAY - timedelta(days=10))
    letters = told(LAST_DAY - timedelta(days=10))

    assert list(letters) == [("endorse_reminder", "bo")]
    letter = letters["endorse_reminder", "bo"]
    assert letter.subject == (
        "Påminnelse: ”Elcykel” väntar på ditt svar, senast 25 oktober 2026 kl. 11.00"
    )
    assert f"{URL}/endorse/{it.one.pk}/?answer=yes" in letter.text


def test_an_answer_is_told_to_the_applicant_and_the_office(it):
    answer(it.one.pk, Reply("no", "Vi har inte tid."), version=0, by=it.bo, at=LATER)
    letters = told(LATER)

    assert sorted(letters) == [("endorse_answered", "maja"), ("endorse_answered", "siv")]
    applicant, office = letters["endorse_answered", "siv"], letters["endorse_answered", "maja"]
    assert applicant.subject == "Chefen säger nej till ”Elcykel”"
    for letter in (applicant, office):
        assert "Bo Ek har sagt nej till ”Elcykel” (INN 2026/0001)." in letter.text
        assert "Gäller: Hemtjänst." in letter.text
        assert "Vi har inte tid." in letter.text
    assert "Din ansökan kastas inte bort." in applicant.text
    assert f"{URL}/applications/{it.application.pk}/check/" in office.text
    assert "kräver ett skäl" in office.text


def test_what_is_pledged_and_that_it_is_a_second_answer_is_told(it):
    answer(it.one.pk, Reply("yes"), version=0, by=it.bo, at=LATER)
    told(LATER)
    answer(
        it.one.pk,
        Reply("limits", "Inga helger.", 40, 5_000_00),
        version=1,
        by=it.bo,
        at=LATER + timedelta(hours=1),
    )
    text = told(LATER)["endorse_answered", "siv"].text.replace("\xa0", " ")

    assert "Bo Ek har sagt ja, med förbehåll, till ”Elcykel”" in text
    assert "Utlovat: 40 timmar." in text
    assert "Utlovat: 5 000 kr." in text
    assert "Det ersätter ett tidigare svar." in text


def test_passed_on_it_says_who_and_why_and_the_applicant_is_told(it):
    pass_on(it.one.pk, to=it.eva, why="Eva leder det här.", version=0, by=it.bo, at=LATER)
    letters = told(LATER)

    assert sorted(letters) == [("endorse_asked", "eva"), ("endorse_moved", "siv")]
    eva = letters["endorse_asked", "eva"].text
    assert "Bo Ek har lämnat en fråga vidare till dig: Eva leder det här." in eva
    moved = letters["endorse_moved", "siv"]
    assert moved.subject == "Eva Lund tillfrågas nu om din ansökan INN 2026/0001"
    assert "Bo Ek har lämnat frågan om ”Elcykel” vidare till Eva Lund." in moved.text
    assert "Svaret väntas senast 25 oktober 2026 kl. 11.00." in moved.text


def test_silence_is_told_to_all_three(it):
    follow_silence(LAST_DAY)
    letters = told(LAST_DAY)

    assert sorted(letters) == [
        ("endorse_asked", "eva"), ("endorse_moved", "siv"), ("endorse_taken_over", "bo"),
    ]  # fmt: skip
    eva = letters["endorse_asked", "eva"]
    assert eva.subject == "Vad säger Hemtjänst om ”Elcykel”? Svara senast 30 oktober 2026"
    assert "Bo Ek har inte svarat i tid, så du tillfrågas i stället." in eva.text
    bo = letters["endorse_taken_over", "bo"].text
    assert "Vill du säga något, prata med Eva Lund." in bo
    assert "Siv" not in bo


def test_an_answer_by_silence_says_that_nobody_gave_it():
    it = asked(silence="no")
    told()
    follow_silence(LAST_DAY)
    letters = told(LAST_DAY)

    assert sorted(letters) == [("endorse_answered", "maja"), ("endorse_answered", "siv")]
    assert (
        "Bo Ek har inte svarat i tid om ”Elcykel” (INN 2026/0001). I den här omgången räknas "
        "det som ett nej."
    ) in letters["endorse_answered", "siv"].text
    assert it.one.manager == it.bo


@pytest.mark.parametrize(
    ("rule", "words"),
    [("wait", "I den här omgången väntar ärendet då."), ("escalate", "ingen chef ovanför")],
)
def test_the_office_hears_when_nobody_answers(rule, words):
    it = asked(silence=rule)
    it.eva.appointments.update(role="employee")
    it.ali.appointments.update(role="employee")
    told()
    follow_silence(LAST_DAY)
    letters = told(LAST_DAY)

    assert list(letters) == [("endorse_unasked", "maja")]
    assert words in letters["endorse_unasked", "maja"].text
    assert "Det gäller Hemtjänst." in letters["endorse_unasked", "maja"].text


def test_where_there_is_no_contact_every_administrator_hears():
    it = place()
    type(it.round).objects.update(contact=None)
    for person in (it.bo, it.eva, it.ali):
        person.appointments.update(role="employee")
    hand_in(it)
    letters = told()

    assert sorted(letters) == [("endorse_unasked", "maja"), ("received", "siv")]
    assert "Vi hittar ingen chef att fråga" in letters["endorse_unasked", "maja"].text


def test_somebody_named_by_the_office_is_told_who_asked(it):
    name_manager(
        it.application.pk, unit_id=it.ward.pk, person=it.ali, why="Bo är sjuk.",
        by=it.administrator, at=LATER,
    )  # fmt: skip
    letters = told(LATER)

    assert sorted(letters) == [
        ("endorse_asked", "ali"), ("endorse_moved", "siv"), ("endorse_taken_over", "bo"),
    ]  # fmt: skip
    assert (
        "Fondadministratören har bett att du svarar. Bo är sjuk."
        in letters["endorse_asked", "ali"].text
    )


def test_what_is_withdrawn_is_told_to_whoever_had_not_answered(it):
    withdraw(it.application.pk, reason="", by=it.owner, at=LATER)
    letters = told(LATER)

    assert sorted(letters) == [("endorse_ended", "bo"), ("withdrawn", "siv")]
    assert letters["endorse_ended", "bo"].subject == "Du behöver inte längre svara om ”Elcykel”"


def test_whoever_has_answered_is_not_bothered_when_it_is_withdrawn(it):
    answer(it.one.pk, Reply("yes"), version=0, by=it.bo, at=LATER)
    told(LATER)
    withdraw(it.application.pk, reason="", by=it.owner, at=LATER)

    assert sorted(told(LATER)) == [("withdrawn", "siv")]


def test_sent_on_and_come_back_the_manager_is_asked_again(it):
    redirect(it.application.idea_id, to="IT", message="Tack.", by=it.administrator, at=LATER)
    assert sorted(told(LATER)) == [("endorse_ended", "bo"), ("redirected", "siv")]
    take_back(it.application.idea_id, by=it.administrator, at=LATER)

    assert sorted(told(LATER)) == [("endorse_asked", "bo")]
