"""A manager answers from the link in the letter; silence goes upwards; a no needs a reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from idesluss.funding.models import Application, Endorsement
from idesluss.jobs.endorsing import follow_silence, remind_managers
from tests.funding.endorsing import LAST_DAY, hand_in, place
from tests.stories.looking import look
from tests.stories.people import Administrator, Applicant, Manager
from tests.stories.post import said

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town(clock):
    clock.turn_to("2026-10-05 12:00")
    it = place()
    it.application = hand_in(it)
    return it


@pytest.fixture
def enters(new_page, live_server):
    def enter(kind, person, **window):
        return kind(new_page(**window), live_server.url, person, org="slusstad").signs_in()

    return enter


def by_address(letters):
    return {letter["To"]: letter for letter in letters}


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_manager_answers_from_the_link_in_the_letter(town, enters, post, script):
    letters = by_address(post.comes())
    bo = enters(Manager, town.bo, script=script)
    bo.follows_link(letters["bo@slusstad.example"], "limits")
    bo.reads("Answer by %(day)s.", day="25 oktober 2026 kl. 11.00")
    bo.answers_with("Högst en förmiddag i veckan.", hours="40", money="5 000")

    assert "Högst en förmiddag i veckan." in said(by_address(post.comes())["siv@slusstad.example"])
    siv = enters(Applicant, town.owner, script=script).opens_own("Elcykel")
    siv.reads("Yes, with limits")
    siv.reads_text("Högst en förmiddag i veckan.")
    siv.reads_text("Utlovat: 40 timmar. Utlovat: 5\xa0000\xa0kr.")


def test_silence_goes_upwards_and_a_no_takes_a_reason_to_go_against(town, enters, post, clock):
    post.comes()
    clock.turn_to("2026-10-16 08:00")
    assert remind_managers(timezone.now()) == 1
    [reminder] = post.comes()
    assert reminder["To"] == "bo@slusstad.example"

    clock.at = LAST_DAY + timedelta(minutes=1)
    assert follow_silence(timezone.now()) == 1
    letters = by_address(post.comes())
    assert "bo@slusstad.example" in letters
    siv = enters(Applicant, town.owner).opens_own("Elcykel")
    siv.reads_text("Den ligger hos Eva Lund sedan 25 oktober 2026")
    siv.reads_text("Bo Ek var tillfrågad före, till 25 oktober 2026")
    look(siv.page, "endorsed-applicant")

    eva = enters(Manager, town.eva)
    eva.follows_link(letters["eva@slusstad.example"], "no")
    look(eva.page, "endorse")
    eva.answers_with("Vi hinner inte i år.")

    maja = enters(Administrator, town.administrator)
    maja.opens("funding:check", "slusstad", town.application.pk)
    maja.reads_text("Vi hinner inte i år.")
    look(maja.page, "endorsed-check")
    fold = maja.unfolds("Complete, against what a manager says")
    maja.writes("Why does it go on all the same?", "Ledningen vill pröva det.", inside=fold)
    maja.presses("See what is told", inside=fold)
    maja.presses("Find complete")
    assert Application.objects.get().idea.stage == "assessing"


def test_a_manager_passes_the_question_on_and_meets_a_page_that_says_so(town, enters, post):
    letters = by_address(post.comes())
    bo = enters(Manager, town.bo, width=320)
    bo.follows_link(letters["bo@slusstad.example"], "yes")
    page = bo.page.url
    bo.passes_on("Ali Ahmed", "Ali leder arbetet med cyklar.")
    look(bo.page, "endorsing-empty")
    bo.page.goto(page)
    assert bo.heading() == bo.words("Somebody else is asked now")
    look(bo.page, "endorse-gone")

    ali = enters(Manager, town.ali)
    ali.opens("funding:endorsing", "slusstad")
    look(ali.page, "endorsing")
    ali.follows_title("Elcykel")
    ali.reads("What does %(unit)s say to this?", unit="Hemtjänst")
    assert Endorsement.objects.count() == 2
