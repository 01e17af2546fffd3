"""What an assessor does: one's own list, the paper, the lock."""

import json
import re

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from idesluss.assessment.models import Assessment
from idesluss.ideas.models import Attachment, Idea, Involvement
from idesluss.web.assessment.views import judging
from tests.web.assessment.world import NUMBER, TITLE, assessor, case, client_of, judge, world

pytestmark = pytest.mark.django_db

ALL = {
    "mark-law": "1",
    "why-law": "Ja.",
    "mark-gain": "4",
    "why-gain": "Många\r\nberörs.",
    "mark-joy": "0",
    "why-joy": "Nej.",
    "advice": "fits",
    "summary": "Bra.",
}


@pytest.fixture
def it():
    it = world()
    it.person = assessor(it)
    it.page = f"/slusstad/applications/{it.application.pk}/assess/"
    return it


@pytest.fixture
def client(it):
    return client_of(it.person)


def seen(page):
    return json.loads(page.context["seen"])


def send(client, it, page=None, **more):
    page = page or client.get(it.page)
    return client.post(it.page, {"seen": page.context["seen"], **more})


def kept():
    assessment = Assessment.objects.get()
    return {score.criterion.key: (score.value, score.reason) for score in assessment.scores.all()}


@pytest.mark.list_page("assessment:mine")
def test_ones_own_list_takes_as_many_queries_however_long(it, client, count_queries):
    def add(number):
        for _ in range(number):
            application = case(it.round)
            Involvement.objects.create(
                idea=application.idea, person=it.person, part="assessor", since=timezone.now()
            )
            Assessment.objects.create(
                idea=application.idea,
                round=it.round,
                assessor=it.person,
                assigned_at=timezone.now(),
            )
            application.idea.declarations.create(
                person=it.person, state="clear", at=timezone.now(), by=it.person
            )

    assert count_queries(lambda: client.get("/slusstad/assess/"), add) == 7


def test_ones_own_list_says_what_is_to_be_done(it, client):
    second = case(it.round, title="Odling").idea
    Involvement.objects.create(idea=second, person=it.person, part="assessor", since=timezone.now())

    page = client.get("/slusstad/assess/").text

    for words in (TITLE, NUMBER, "To do", "One case waits for you to say"):
        assert words in page
    assert "Odling" not in page  # not before it is declared
    assert f'href="{it.page}"' in page
    judge(Assessment.objects.get())
    page = client.get("/slusstad/assess/").text
    assert "/scores/" in page
    assert "Locked" in page


def test_the_list_is_empty_for_others(it):
    assert "Nothing waits for you" in client_of(it.administrator).get("/slusstad/assess/").text


def test_the_paper_shows_the_application_and_every_kind_of_criterion(it, client):
    page = client.get(it.page).text

    for words in (
        TITLE,
        "Siv Sökande",
        "Backarna gör att",
        "Does it qualify?",
        "At least 1 of these 1 must be met",
        "How good is it?",
        "Weight 2",
        "1, lowest",
        "5, highest",
        "What speaks for it besides?",
        "Not met",
        "Grant if changed",
    ):
        assert words in page


def test_a_draft_is_saved_and_found_again(it, client):
    done = send(client, it, **{"mark-gain": "4", "why-gain": "Många\r\nberörs.", "then": "later"})

    assert (done.status_code, done["Location"]) == (302, it.page)
    assert kept() == {"gain": (4, "Många\nberörs.")}
    page = client.get(it.page).text
    assert "Många\nberörs." in page
    assert len(re.findall(r"<input[^>]* checked[^>]*>", page)) == 1
    assert "A draft is saved" in page


def test_saving_as_one_writes_answers_with_the_new_fingerprints_only(it, client):
    first = client.get(it.page)

    saved = client.post(
        it.page,
        {"seen": first.context["seen"], "why-gain": "Många"},
        headers={"HX-Request": "true"},
    )

    assert saved.status_code == 200
    assert "Only you can see it" in saved.text
    assert seen(saved) != seen(first)
    assert kept() == {"gain": (None, "Många")}


def test_a_second_window_overwrites_nothing_and_shows_both(it, client):
    window = client.get(it.page)
    send(client, it, **{"why-gain": "Från det andra"})
    mine = {"seen": window.context["seen"], "why-gain": "Från det här", "summary": "Kort"}

    quiet = client.post(it.page, mine, headers={"HX-Request": "true"})
    assert quiet.status_code == 422
    assert "Not all of it is saved." in quiet.text
    assert kept()["gain"] == (None, "Från det andra")
    assert Assessment.objects.get().summary == "Kort"
    # Saving on its own once more must not win.
    again = {**mine, "seen": quiet.context["seen"]}
    assert client.post(it.page, again, headers={"HX-Request": "true"}).status_code == 422
    assert kept()["gain"] == (None, "Från det andra")

    both = client.post(it.page, {**again, "then": "later"})
    assert both.status_code == 422
    assert "changed to “Från det andra”" in both.text
    assert "Från det här" in both.text

    send(client, it, both, **{"why-gain": "Från det här", "summary": "Kort"})
    assert kept()["gain"] == (None, "Från det här")


def test_a_clash_of_marks_is_told_in_the_words_of_the_choices(it, client):
    window = client.get(it.page)
    send(client, it, **{"mark-law": "1"})

    both = send(client, it, window, **{"mark-law": "0"})
    assert "changed to “Met”" in both.text
    send(client, it, **{"mark-law": ""})
    cleared = send(client, it, both, **{"mark-law": "0"})
    assert "changed to “–”" in cleared.text


@pytest.mark.parametrize("carried", ["", "nonsense", "[1]"])
def test_a_page_without_fingerprints_overwrites_nothing(it, client, carried):
    send(client, it, **{"why-gain": "Från det andra"})

    client.post(it.page, {"seen": carried, "why-gain": "Från det här"})

    assert kept()["gain"] == (None, "Från det andra")


@pytest.mark.parametrize(
    "sent", [{"mark-gain": "6"}, {"why-gain": "x" * 2001}, {"advice": "perhaps"}]
)
def test_what_cannot_be_used_is_refused_and_kept_on_the_page(it, client, sent):
    page = send(client, it, summary="Kvar", **sent)

    assert page.status_code == 422
    assert "Kvar" in page.text
    assert kept() == {}


def test_what_is_missing_is_named_before_locking(it, client):
    page = send(client, it, **{"mark-gain": "4", "then": "lock"})

    assert page.status_code == 422
    assert "4 things must be put right" in page.text
    assert kept() == {"gain": (4, "")}  # saved all the same


def test_a_judgement_is_looked_through_and_locked(it, client):
    onward = send(client, it, **ALL, then="lock")
    assert onward["Location"] == f"{it.page}lock/"
    confirm = client.get(f"{it.page}lock/")
    for words in ("4 of 5", "Met", "Not met", "Många<br>", "Grant", "Bra."):
        assert words in confirm.text

    done = client.post(f"{it.page}lock/", {"version": "1"}, follow=True)

    assert Assessment.objects.get().locked_at is not None
    assert "Your assessment is locked." in done.text
    assert client.get(it.page)["Location"].endswith("/scores/")
    assert client.get(f"{it.page}lock/")["Location"].endswith("/scores/")


@pytest.mark.parametrize("version", ["0", "", "x"])
def test_only_what_was_looked_through_is_locked(it, client, version):
    send(client, it, **ALL)

    back = client.post(f"{it.page}lock/", {"version": version}, follow=True)

    assert Assessment.objects.get().locked_at is None
    assert "Somebody else changed this" in back.text


def test_what_is_not_finished_cannot_be_locked(it, client):
    assert client.get(f"{it.page}lock/")["Location"] == it.page


@pytest.mark.parametrize("stage", ["received", "testing"])
def test_before_the_check_and_after_the_decision_there_is_nothing_to_write(it, client, stage):
    Idea.objects.update(stage=stage)

    page = client.get(it.page)

    assert page.status_code == 200
    assert "This case is not assessed now" in page.text
    assert send_blindly(client, it).status_code == 422
    assert client.get(f"{it.page}lock/")["Location"] == it.page


def send_blindly(client, it):
    return client.post(it.page, {"seen": "{}", "why-gain": "Hej"})


def test_a_case_that_is_decided_while_one_writes_says_so_and_keeps_the_text(
    it, client, monkeypatch
):
    page = client.get(it.page)
    monkeypatch.setattr(judging, "works_on", lambda *args: True)  # a moment ago
    Idea.objects.update(stage="testing")

    refused = send(client, it, page, **{"why-gain": "Skrivet för sent"})

    assert refused.status_code == 422
    assert "You are not allowed to do this" in refused.text
    assert "Skrivet för sent" in refused.text


def test_who_lost_the_case_finds_nothing(it, client):
    Involvement.objects.filter(person=it.person).update(ended_at=timezone.now())

    assert client.get(it.page).status_code == 404


def test_a_blind_round_shows_neither_names_nor_names_of_files(it, client):
    it.round.blind = True
    it.round.save()
    it.idea.on_behalf_of = "Sivs bageri"
    it.idea.save()
    paper = Attachment(
        idea=it.idea,
        name="Siv Sökandes cv.pdf",
        content_type="application/pdf",
        size=4,
        sha256="x",
        added_by=it.owner,
        added_at=timezone.now(),
    )
    paper.file.save("paper", ContentFile(b"%PDF"), save=True)

    page = client.get(it.page).text
    file = client.get(f"/slusstad/files/{paper.pk}/")
    printed = client.get(f"/slusstad/applications/{it.application.pk}/print/").text
    office = client_of(it.administrator).get(f"/slusstad/files/{paper.pk}/")

    for response in (file, office):
        assert b"".join(response) == b"%PDF"  # read to its end, so that it is closed
    for told in (page, printed, file["Content-Disposition"]):
        assert "Siv" not in told
    assert "Attachment 1.pdf" in page
    assert file["Content-Disposition"] == 'attachment; filename="Attachment 1.pdf"'
    assert "Siv" in office["Content-Disposition"]


def test_what_was_typed_comes_back_after_signing_in_again(it, client):
    client.get(it.page)
    client.cookies.pop("sessionid")  # the session has run out
    client.post(it.page, {"seen": "{}", "why-gain": "Skrivet utan session"})
    client.force_login(it.person)

    page = client.get(it.page)

    assert "Skrivet utan session" in page.text
    assert kept() == {}
