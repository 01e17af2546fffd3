"""A granted project is followed up to the end: on a phone, by letter, and without script too."""

from __future__ import annotations

import io
import re

import pytest
from django.contrib.sessions.models import Session
from PIL import Image
from playwright.sync_api import expect

from idesluss.adoption.models import Adoption
from idesluss.ideas.models import Idea
from idesluss.pilots.models import Project, Report
from tests.pilots.world import Town, picture
from tests.stories.looking import PHONE, WIDE, look, without_script
from tests.stories.people import Somebody

pytestmark = pytest.mark.django_db(transaction=True)

LEARNED = "Lamporna ska sitta lågt, annars bländar de."
WHAT_PHOTO_SHOWS = "En lampa lyser vid golvet."
PURPOSE = "Äldre ska inte falla på väg till toaletten om natten."
both = pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])


@pytest.fixture
def town(clock):
    """Anna's project has 60 000 kr and ends the last of November 2027."""
    clock.turn_to("2027-03-01 10:00")
    return Town(name="Slusstads kommun", slug="slusstad", invented=True)


@pytest.fixture
def enters(new_page, live_server):
    def enter(person=None, *, script=True, width=WIDE):
        page = new_page(script=script, width=width)
        somebody = Somebody(page, live_server.url, person, org="slusstad")
        return somebody.signs_in() if person else somebody

    return enter


def goes_to(somebody, project, page="project", *more):
    if somebody.person:
        somebody.signs_in()  # time may have passed
    answer = somebody.opens(f"pilots:{page}", "slusstad", project.pk, *more)
    assert answer.ok, answer.status


def chooses(somebody, source):
    """A radio button, by what its label says."""
    words = somebody.words(source)
    words = words[:1].upper() + words[1:]
    somebody.page.get_by_label(re.compile(f"^{words}")).first.check()


def tells(somebody, *, spent, onward="go on"):
    """How it goes, what is spent, what was learned and what comes next."""
    chooses(somebody, "later than planned")
    somebody.writes("What have you spent since the start?", spent)
    somebody.writes("What have you learned?", LEARNED)
    chooses(somebody, onward)


def takes_a_photo(somebody):
    file = {"name": "lampa.jpg", "mimeType": "image/jpeg", "buffer": picture((1600, 1200))}
    somebody.page.locator("input[type=file]").set_input_files([file])
    somebody.writes("What does the photo show?", WHAT_PHOTO_SHOWS)


def looks(somebody, name):
    """A page without script can only be read."""
    if somebody.page.context not in without_script:
        look(somebody.page, name)


@both
def test_a_project_is_followed_from_its_first_report_until_it_stays(
    script, town, enters, clock, post
):
    anna = enters(town.anna, script=script, width=PHONE)
    maja = enters(town.boss, script=script)
    everybody = enters(script=script)

    reports_on_a_phone(anna, town)
    is_sent_back_and_accepted(anna, maja, town, clock, post)
    ends_with_a_final_report(anna, maja, town, clock)
    becomes_permanent(maja, town)
    is_shown_to_everybody(anna, everybody, town)


def reports_on_a_phone(anna, town):
    """Two minutes, one photo."""
    goes_to(anna, town.project)
    looks(anna, "project-begins")
    anna.follows("Write a report")
    assert anna.heading() == anna.words("Report")
    tells(anna, spent="12 500:-")
    takes_a_photo(anna)
    looks(anna, "project-report")
    anna.presses("Send the report")
    anna.is_told("Thank you. Your report has reached us.")
    anna.reads("A report waits for an answer")


def is_sent_back_and_accepted(anna, maja, town, clock, post):
    """The office wants to know more, and accepts what comes back."""
    project = town.project
    goes_to(maja, project, "answer", Report.objects.get().pk)
    maja.reads_text(LEARNED)
    looks(maja, "project-answer")
    maja.writes("What is missing?", "Hur många lampor sitter uppe?")
    maja.presses("Send it back")
    assert [it["To"] for it in post.comes()] == [town.anna.email, town.bo.email]

    clock.passes(days=1)
    goes_to(anna, project)
    anna.reads_text("Hur många lampor sitter uppe?")
    anna.follows("Write the report further")
    expect(anna.field("What have you learned?")).to_have_value(LEARNED)
    anna.writes("What have you learned?", f"{LEARNED} Åtta av tio sitter uppe.")
    anna.presses("Send the report")

    accepts(maja, project)
    maja.reads_text("12\xa0500\xa0kr")
    looks(maja, "project-inside")
    with Report.objects.latest("pk").photo.file.open("rb") as kept:
        content = kept.read()
    assert b"Storgatan" not in content
    assert Image.open(io.BytesIO(content)).size == (1600, 1200)


def accepts(maja, project):
    goes_to(maja, project)
    maja.follows("Read and answer it")
    maja.presses("Accept the report")
    maja.is_told("The report is accepted.")


def ends_with_a_final_report(anna, maja, town, clock):
    """It ends; the final report says what came of it."""
    clock.turn_to("2027-12-01 09:00")
    goes_to(anna, town.project)
    anna.follows("Write the final report")
    tells(anna, spent="55 000")
    anna.writes("What came of it?", "Tre fall färre på fyra månader.")
    anna.presses("Send the final report")
    accepts(maja, town.project)
    maja.reads("Somebody is to take it over")


def becomes_permanent(maja, town):
    """A unit takes over, and an ordinary budget pays."""
    maja.follows("Note as permanent", inside=maja.page.locator(".ds-alert"))
    maja.writes("Permanent since", "2027-12-01")
    maja.writes("Which budget pays?", "Hemtjänsten, konto 4310")
    maja.writes("Or a function, or somebody who is not in the list", "Enhetschefen")
    maja.writes("What does it cost in a year?", "9 tkr")
    looks(maja, "project-permanent")
    maja.presses("Note as permanent")
    maja.is_told("It is noted as permanent. Well done!")
    assert Adoption.objects.get().yearly_minor == 9_000_00
    assert Idea.objects.get(pk=town.project.idea_id).stage == "permanent"


def is_shown_to_everybody(anna, everybody, town):
    """Anna chooses what everybody may read, and says yes to her name; and takes it back."""
    project = town.project
    goes_to(anna, project)
    anna.follows("Write it and publish")
    anna.writes("What is it for?", PURPOSE)
    anna.page.get_by_label(WHAT_PHOTO_SHOWS).check()
    anna.page.get_by_label(anna.words("Show my name as the coordinator")).check()
    looks(anna, "project-page")
    anna.presses("Publish")
    anna.is_told("Everybody can read the page now.")

    everybody.opens_home()
    everybody.follows("See the projects")
    looks(everybody, "projects")
    everybody.follows_title(project.idea.title)
    for text in (
        PURPOSE,
        "Tre fall färre",
        "Anna Ek",
        "Hemtjänsten, konto 4310",
        "1 december 2027",
    ):
        everybody.reads_text(text)
    assert everybody.fact("Granted") == "60 000 kr"
    expect(everybody.page.get_by_role("img", name=WHAT_PHOTO_SHOWS)).to_be_visible()
    assert not everybody.sees(project.idea.need)
    looks(everybody, "project-public")

    anna.follows("Change it or take it back")
    anna.presses("Take the page back")
    everybody.opens("pilots:project", "slusstad", project.pk)
    assert everybody.heading() == everybody.words("Sign in")


@both
def test_what_was_typed_comes_back_after_the_session_ran_out(script, town, enters, post):
    anna = enters(town.anna, script=script, width=PHONE)
    goes_to(anna, town.project, "report")
    tells(anna, spent="12 500:-")
    Session.objects.all().delete()
    anna.presses("Send the report")
    assert anna.heading() == anna.words("Sign in")
    anna.writes("Your e-mail address", town.anna.email)
    anna.presses("Mail me a code")
    anna.writes_code(post)
    expect(anna.field("What have you learned?")).to_have_value(LEARNED)
    assert not Report.objects.exists()
    anna.presses("Send the report")
    assert Report.objects.get().spent_minor == 12_500_00


@both
def test_a_double_click_sends_one_report(script, town, enters):
    anna = enters(town.anna, script=script, width=PHONE)
    goes_to(anna, town.project, "report")
    tells(anna, spent="12 500:-")
    anna.button("Send the report").dblclick()
    expect(anna.page.locator("h1")).not_to_have_text(anna.words("Report"))
    assert Report.objects.count() == 1


def test_to_stop_is_a_result_like_the_others(town, enters, clock):
    anna, maja = enters(town.anna, width=PHONE), enters(town.boss)
    goes_to(anna, town.project, "report")
    tells(anna, spent="3 000", onward="stop")
    anna.presses("Send the report")
    anna.reads("This has to be filled in.")
    expect(anna.field("What have you learned?")).to_have_value(LEARNED)
    anna.writes("Tell more about what comes next", "Ingen ville ha dem i sovrummet.")
    anna.presses("Send the report")
    clock.passes(days=1)
    goes_to(maja, town.project)
    maja.follows("Read and answer it")
    maja.presses("Accept the report")
    stopped = maja.words("stopped, and taught us something")
    expect(maja.page.locator(".ds-tag").first).to_have_text(stopped.capitalize())
    assert Idea.objects.get(pk=town.project.idea_id).stage == "stopped"
    assert Project.objects.get().published_at is None
