"""The formal check: choose an answer, see what is told, do it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from idesluss.funding.models import Application
from idesluss.ideas.models import Answer, Attachment, Idea
from idesluss.ideas.usecases import accept, ask_completion
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.jobs.deliver import deliver
from idesluss.people.vocab import Role
from idesluss.records.models import Entry, Letter
from tests.factories import (
    GoalFactory,
    PersonFactory,
    QuestionFactory,
    declare,
    involve,
    person_as,
)
from tests.web.assessment.world import NUMBER, TITLE, assessor, case, client_of, world

pytestmark = pytest.mark.django_db

ASK = {"do": "ask", "ask-what": "Budgeten saknar moms.", "ask-due": "2099-02-03"}
CLOSE = {"do": "close", "close-reason": "Ingen budget."}
SEND_ON = {"do": "send_on", "send_on-to": "Felanmälan", "send_on-message": "Tack!"}


@pytest.fixture
def it():
    it = world()
    Idea.objects.update(stage="received", contact=it.administrator)
    it.idea.refresh_from_db()
    it.page = f"/slusstad/applications/{it.application.pk}/check/"
    return it


@pytest.fixture
def client(it):
    return client_of(it.administrator)


def stage(it):
    return Idea.objects.get(pk=it.idea.pk).stage


def ways(page):
    return [way.name for way in page.context["ways"]]


def test_the_page_shows_all_that_the_application_says(it, client):
    question = QuestionFactory(round=it.round, part="plan", text="Hur vet ni?")
    QuestionFactory(round=it.round, part="idea", text="Vad vill ni?")
    Answer.objects.create(idea=it.idea, question=question, text="Vi mäter.\n\n<b>Noga</b>")
    it.application.budget_lines.create(what="Cyklar", amount_minor=50_000_00)
    it.idea.goals.set([GoalFactory(programme=it.round.programme, name="Hållbart")])
    it.idea.on_behalf_of = "Simsällskapet"
    it.idea.save()
    Attachment.objects.create(
        idea=it.idea,
        name="Karta.pdf",
        content_type="application/pdf",
        size=2048,
        sha256="x",
        added_by=it.owner,
        added_at=timezone.now(),
    )

    page = client.get(it.page).text

    for words in (
        TITLE,
        NUMBER,
        "Siv Sökande<br>for Simsällskapet",
        "Backarna gör att",
        "Vi mäter.",
        "&lt;b&gt;Noga&lt;/b&gt;",
        "Not answered",
        "Cyklar",
        "SEK\xa050,000",
        "not what the budget adds up to",
        "Hållbart",
        "Karta.pdf",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("at", "offered"),
    [
        ("received", ["accept", "ask", "close", "send_on"]),
        ("exploring", ["accept", "ask", "close", "send_on"]),
        ("assessing", ["ask", "close", "send_on", "undo"]),
        ("deciding", ["ask"]),
        ("redirected", ["take_back"]),
        ("testing", []),
        ("withdrawn", []),
    ],
)
def test_the_page_offers_what_can_be_done_at_that_stage(it, client, at, offered):
    Idea.objects.update(stage=at)

    page = client.get(it.page)

    assert ways(page) == offered
    assert ("Nothing to check" in page.text) is (offered == [])


def test_an_open_request_can_be_gone_past_but_not_doubled(it, client):
    ask_completion(
        it.idea.pk, what="Moms?", due=date(2099, 2, 3), by=it.administrator, at=timezone.now()
    )

    page = client.get(it.page)

    assert ways(page) == ["accept", "go_on", "close", "send_on"]
    for words in ("The clock stands still", "Waits for the applicant", "3 February 2099", "Moms?"):
        assert words in page.text


@pytest.mark.parametrize(
    ("sent", "after", "verb"),
    [
        ({"do": "accept"}, "assessing", "ideas.accepted"),
        (ASK, "received", "ideas.completion_asked"),
        (CLOSE, "declined", "funding.incomplete"),
        (SEND_ON, "redirected", "ideas.redirected"),
    ],
)
def test_what_is_told_is_shown_first_and_told_when_one_is_sure(it, client, sent, after, verb):
    preview = client.post(it.page, sent)
    assert preview.status_code == 200
    ((letter, reader),) = preview.context["letters"]
    assert reader == it.owner
    assert letter.subject in preview.text
    assert "Siv Sökande &lt;" in preview.text
    assert (stage(it), Entry.objects.count(), Letter.objects.count()) == ("received", 0, 0)

    done = client.post(it.page, {**sent, "sure": "yes"})

    assert (done.status_code, done["Location"]) == (302, it.page)
    assert stage(it) == after
    assert Entry.objects.filter(verb=verb).count() == 1
    deliver(timezone.now())
    assert Letter.objects.get().text == letter.text


def test_one_without_an_address_is_pointed_out(it, client):
    involve(it.idea, PersonFactory(name="Åke Utan", email=None), Part.CO_APPLICANT)

    preview = client.post(it.page, {"do": "accept"}).text

    assert "2 letters are sent" in preview
    assert "Åke Utan: has no e-mail address" in preview


def test_the_text_can_be_changed_after_the_preview(it, client):
    page = client.post(it.page, {**ASK, "then": "change"})

    assert page.status_code == 200
    assert "Budgeten saknar moms." in page.text
    assert 'value="2099-02-03"' in page.text
    assert "<details" in page.text.partition("Ask for completion")[0]
    assert not page.context["ways"][1].form.errors


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({**ASK, "ask-due": ""}, "Budgeten saknar moms."),
        ({**ASK, "ask-due": "2001-01-01"}, "Budgeten saknar moms."),
        ({**CLOSE, "close-reason": ""}, None),
        ({**SEND_ON, "send_on-to": ""}, "Tack!"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(it, client, sent, kept):
    page = client.post(it.page, sent)

    assert page.status_code == 422
    assert "Something must be put right" in page.text
    assert kept is None or kept in page.text
    assert (stage(it), Entry.objects.count()) == ("received", 0)


def test_an_act_that_has_become_impossible_is_refused_in_words(it, client):
    Idea.objects.update(stage="testing")

    page = client.post(it.page, {"do": "accept", "sure": "yes"})

    assert page.status_code == 422
    assert "The case has moved since" in page.text


def test_undoing_needs_no_preview_because_nobody_is_told(it, client):
    accept(it.idea.pk, by=it.administrator, at=timezone.now())

    done = client.post(it.page, {"do": "undo"}, follow=True)

    assert stage(it) == "received"
    assert "Nobody has been told anything" in done.text
    deliver(timezone.now())
    assert not Letter.objects.exists()


def test_what_has_been_told_cannot_be_undone(it, client):
    accept(it.idea.pk, by=it.administrator, at=timezone.now() - timedelta(minutes=1))
    deliver(timezone.now())

    page = client.post(it.page, {"do": "undo"})

    assert page.status_code == 422
    assert "has already been told" in page.text


def test_a_case_that_was_sent_on_comes_back_and_a_request_can_be_ended(it, client):
    Idea.objects.update(stage="redirected")
    client.post(it.page, {"do": "take_back"})
    assert stage(it) == "received"
    ask_completion(
        it.idea.pk, what="Moms?", due=date(2099, 2, 3), by=it.administrator, at=timezone.now()
    )

    client.post(it.page, {"do": "go_on"})

    assert it.idea.completions.get().answered_at is not None
    assert "Ended without an answer" in client.get(it.page).text


def test_an_answer_to_a_request_is_shown(it, client):
    asked = ask_completion(
        it.idea.pk, what="Moms?", due=date(2099, 2, 3), by=it.administrator, at=timezone.now()
    )
    asked.answer, asked.answered_at = "Utan moms.", timezone.now() + timedelta(seconds=1)
    asked.save()

    assert "Utan moms." in client.get(it.page).text


@pytest.mark.parametrize("sent", [{}, {"do": "nonsense"}])
def test_nonsense_is_not_found(it, client, sent):
    assert client.post(it.page, sent).status_code == 404


def test_a_registrar_reads_and_does_nothing(it):
    client = client_of(person_as(Role.REGISTRAR, it.here))

    assert ways(client.get(it.page)) == []
    assert client.post(it.page, {"do": "accept", "sure": "yes"}).status_code == 404
    assert stage(it) == "received"


def test_after_an_answer_the_next_case_is_a_click_away(it, client):
    waiting = case(it.round, stage="received")
    paused = case(it.round, stage="received")
    Idea.objects.filter(pk=paused.idea_id).update(paused_at=timezone.now())
    assert "Check the next application" not in client.get(it.page).text
    Idea.objects.filter(pk=it.idea.pk).update(stage="assessing")

    page = client.get(it.page).text

    assert f'href="/slusstad/applications/{waiting.pk}/check/"' in page
    declare(waiting.idea, it.administrator, ConflictState.DECLARED)
    assert "Check the next application" not in client.get(it.page).text


def test_conflicts_are_not_missed(it, client):
    assessor(it, "Ali", state="declared")
    assessor(it, "Bo", state="suspected")

    page = client.get(it.page).text

    assert "A conflict of interest is suspected" in page
    assert "1 person" in page


def test_the_page_takes_as_many_queries_however_much_it_shows(it, client, count_queries):
    def add(number):
        for _ in range(number):
            question = QuestionFactory(round=it.round)
            Answer.objects.create(idea=it.idea, question=question, text="Ja")
            it.application.budget_lines.create(what="Cyklar", amount_minor=1)
            it.idea.goals.add(GoalFactory(programme=it.round.programme))
            involve(it.idea, PersonFactory(), Part.CO_APPLICANT)
            it.idea.completions.create(
                what="?",
                asked_by=it.owner,
                asked_at=timezone.now(),
                due=date(2099, 1, 1),
                answered_at=timezone.now(),
            )

    assert count_queries(lambda: client.get(it.page), add) == 8


def test_the_history_tells_who_did_what_in_words(it, client):
    Application.objects.update()
    now = timezone.now()
    ask_completion(it.idea.pk, what="Moms?", due=date(2099, 2, 3), by=it.administrator, at=now)
    accept(it.idea.pk, by=it.administrator, at=now + timedelta(hours=1))
    person = assessor(it, "Ali", state="")
    client.post(
        it.page.replace("check", "conflicts"),
        {
            "do": "suspect",
            "suspect-person": person.pk,
            "suspect-ground": "party",
            "suspect-note": "Bror",
        },
    )

    page = client.get(it.page.replace("check", "history"))

    assert [(str(event.said), event.by, event.whom) for event in page.context["events"]] == [
        ("Conflict of interest suspected", "Maria Lind", "Ali"),
        ("Found complete", "Maria Lind", ""),
        ("Went on without waiting for the completion", "Maria Lind", ""),
        ("Completion asked for; the clock was stopped", "Maria Lind", ""),
    ]
    for words in ("Moms?", "3 February 2099", "Bror"):
        assert words in page.text


def test_a_case_without_history_says_so(it, client):
    assert "Nothing is noted yet" in client.get(it.page.replace("check", "history")).text
