"""Burlöv's innovation grant of 2023, from the first application to the public list.

The whole round in a real browser, by people who click and type; once with script and once without.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from idesluss.cli.demo.burlov import CARE, HALL, OVERSHOOT, PLACE, SCHOOL
from idesluss.cli.demo.play import Played
from idesluss.funding.models import Application, Meeting
from idesluss.records.models import Entry
from tests.stories import burlov
from tests.stories.burlov import CASES, GRANTED, REFUSED, WHY_REFUSED
from tests.stories.clock import StoryClock
from tests.stories.looking import ONCE
from tests.stories.people import Administrator, Applicant, Assessor, Decider, Somebody
from tests.stories.post import Post, said

pytestmark = pytest.mark.django_db(transaction=True)

BOOK = "Min utredning, egen bok för barn i omsorg"
BIKES = "Elmotorer på kommunens befintliga cyklar"
TEXTILES = "Textilateljé på förskola"
PLANT = "Pedagogisk odling"
MOWER = "Robotgräsklippare på skolgården (påhittat)"
CALENDAR = "Julkalender för medarbetare (påhittat)"
LATE = "Sent påkommet"

NEED = {
    "Vem har behovet, och ungefär hur många är de?": "Ett trettiotal barn om året.",
    "Hur vet du att behovet finns?": "Barnen säger det när vi frågar dem efteråt.",
}
IDEA = {
    "Vad vill du göra?": "En bok som barnet får skriva och rita i.",
    "Vad blir annorlunda, och hur kommer du att se det?": "Barnet berättar med egna ord.",
}
PLAN = {
    "Vad ska hända när?": "Manus på våren, tryck i augusti, prova på hösten.",
    "Vad händer efter projektet om det fungerar, och vem tar över?": "Enheten trycker själv.",
}
ALL_MET = [
    "Ryms inte i den vanliga budgeten",
    "Hade annars inte blivit av",
    "Ny teknik eller nytt arbetssätt",
    "Klart samma år som det börjar",
]


@dataclass
class Story:
    """What the chapters share: the municipality, its time and post, and seats at browsers."""

    played: Played
    clock: StoryClock
    post: Post
    enters: Callable[..., Any]
    script: bool
    folder: Path

    def __post_init__(self) -> None:
        town = self.played.town
        self.applicants, self.assessors = town.applicants, town.assessors
        self.members = town.members
        self.maria = self.enters(Administrator, town.administrator)

    def marias_day(self, when: str) -> Administrator:
        """The administrator comes to work."""
        self.clock.turn_to(when)
        return self.maria.signs_in()

    def owner(self, title: str) -> Any:
        """Who handed that in."""
        idea = Application.objects.get(idea__title=title).idea
        return idea.involvements.order_by("pk")[0].person


# On the second database once is enough, and without script every click reaches it.
SCRIPT = {"without-script": False} | ({} if ONCE else {"with-script": True})


@pytest.fixture(params=SCRIPT.values(), ids=SCRIPT)
def story(request, new_page, live_server, clock, post, tmp_path, settings) -> Story:
    settings.URL = live_server.url  # the letters' links lead here

    def enters(role: type[Somebody], person: Any = None) -> Somebody:
        page = new_page(script=request.param)
        somebody = role(page, live_server.url, person, org="burlov")
        return somebody.signs_in() if person else somebody

    played = burlov.burlov()
    post.comes()  # the invitations
    return Story(played, clock, post, enters, request.param, tmp_path)


def test_burlovs_round_goes_from_application_to_public_list(story):
    ali_applies_and_gets_a_receipt(story)
    pia_applies_with_a_colleague_an_offer_and_a_budget(story)
    sara_applies_and_thirteen_more_come_in(story)
    pia_changes_hers_and_johan_is_a_second_too_late(story)
    maria_checks_and_one_is_asked_to_complete(story)
    assessors_get_cases_and_eva_must_not_see_one(story)
    assessors_judge_and_see_each_other_only_afterwards(story)
    the_group_is_called_and_per_steps_aside(story)
    the_group_decides_and_goes_over_the_pot(story)
    the_decisions_are_released_once(story)
    the_minutes_hold_what_was_decided(story)
    everybody_can_read_the_list(story)


# ── Autumn: people apply ───────────────────────────────────────────────────────────────────────


def ali_applies_and_gets_a_receipt(story: Story) -> None:
    story.clock.turn_to("2022-09-05 09:30")
    ali = story.enters(Applicant)
    ali.person = story.applicants[1]
    ali.signs_in_with_code(story.post)
    ali.begins("2023", BOOK, "Barn som utreds förstår sällan vad som händer och varför.")
    ali.tells(NEED).tells(IDEA).plans(PLAN, "2023-11-30", asks="60 900:-")
    ali.belongs_to(CARE).serves("Tillgängliga Burlöv")

    assert ali.hands_in() == "KS 2022/0001"
    assert ali.fact("Asked for") == "60 900 kr"
    assert ali.fact("Your contact") == "Maria Lind, maria.lind@burlov.example"
    assert ali.fact("You get an answer by") == "20 december 2022"

    [receipt] = story.post.comes()
    assert receipt["To"] == "ali.hassan@burlov.example"
    assert receipt["Subject"] == "Vi har tagit emot din ansökan KS 2022/0001"
    for words in (BOOK, "20 december 2022", "Maria Lind, maria.lind@burlov.example"):
        assert words in said(receipt)


def pia_applies_with_a_colleague_an_offer_and_a_budget(story: Story) -> None:
    story.clock.turn_to("2022-09-06 13:00")
    offer = story.folder / "Offert motorsatser.pdf"
    offer.write_bytes(b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
    pia = story.enters(Applicant, story.applicants[2])
    pia.begins("2023", BIKES, "Motvind och avstånd gör att tjänstecyklarna står.")
    pia.tells(NEED).tells(IDEA)
    pia.plans(PLAN, "2023-10-31", asks=[("Motorsatser", "22 000:-"), ("Arbetstid", "3 tkr")])
    pia.brings("berg", "Johan Berg").attaches(offer).reads_text("Offert motorsatser.pdf")
    assert [letter["To"] for letter in story.post.comes()] == ["johan.berg@burlov.example"]
    pia.belongs_to(PLACE).serves("Hållbara Burlöv", "Attraktiva Burlöv")
    pia.reads_text("25 000 kr")

    assert pia.hands_in() == "KS 2022/0002"
    assert sorted(letter["To"] for letter in story.post.comes()) == [
        "johan.berg@burlov.example",
        "pia.rosen@burlov.example",
    ]


def sara_applies_and_thirteen_more_come_in(story: Story) -> None:
    story.clock.turn_to("2022-09-07 10:15")
    sara = story.enters(Applicant, story.applicants[0])
    sara.begins("2023", TEXTILES, "Skapandet blir lätt papper och färg.")
    sara.tells(NEED).tells(IDEA)
    sara.plans(PLAN, "2023-11-30", asks=[("Vävstolar", "70.000"), ("Arbetstid", "30 000 kr")])
    sara.belongs_to(SCHOOL).serves("Trygga Burlöv")
    assert sara.hands_in() == "KS 2022/0003"

    burlov.hand_in_the_rest(story.played, by_hand=[BOOK, BIKES, TEXTILES])
    assert len(story.post.comes()) == 14


def pia_changes_hers_and_johan_is_a_second_too_late(story: Story) -> None:
    story.clock.turn_to("2022-10-20 15:00")
    pia = story.enters(Applicant, story.applicants[2])
    pia.opens_own(BIKES).changes("plan", "Vad ska hända när?", "Vi börjar redan i januari.")
    pia.opens_own(BIKES).reads_text("Vi börjar redan i januari.")

    story.clock.turn_to("2022-10-31 23:40")
    johan = story.enters(Applicant, story.applicants[3])
    johan.begins("2023", LATE, "Jag kom på det i sista stund.")
    johan.tells(NEED).tells(IDEA).plans(PLAN, "2023-11-30", asks="10 000 kr")
    johan.belongs_to(HALL).serves("Trygga Burlöv")
    story.clock.turn_to("2022-11-01 00:00:01")
    johan.presses("Hand in the application")
    johan.reads("It was not handed in")
    johan.cannot_hand_in()
    johan.opens_own(LATE).reads_text("Jag kom på det i sista stund.")
    johan.reads("The round has closed")

    assert Application.objects.get(idea__title=LATE).idea.stage == "draft"
    assert story.post.comes() == []


# ── November: the office and the assessors ─────────────────────────────────────────────────────


def maria_checks_and_one_is_asked_to_complete(story: Story) -> None:
    maria = story.marias_day("2022-11-02 08:30")
    maria.opens_list("2023").opens_case(MOWER)
    maria.asks_for_completion("Vilken skolgård gäller det?", "2022-11-09")
    [question] = story.post.comes()
    assert question["To"] == story.owner(MOWER).email
    assert "Vilken skolgård gäller det?" in said(question)
    assert "9 november 2022" in said(question)

    for case in CASES:
        if case.title != MOWER:
            maria.opens_list("2023").opens_case(case.title).finds_complete()
    assert story.post.comes() == []  # nobody waits for that: it comes with the morning's post
    story.clock.turn_to("2022-11-03 07:05")
    daily = story.post.comes()
    assert len({letter["To"] for letter in daily}) == len(daily)  # one for each, whatever they hear
    news = sum(said(letter).count("går nu vidare till bedömning") for letter in daily)
    assert news == 15 + 1  # one of them has a co-applicant

    story.clock.turn_to("2022-11-04 14:00")
    asked = story.enters(Applicant, story.owner(MOWER)).opens_own(MOWER)
    asked.completes("Den vid Dalslundsskolan.")
    maria.signs_in().opens_list("2023").opens_case(MOWER)
    maria.reads_text("Den vid Dalslundsskolan.")
    maria.finds_complete()
    story.post.comes()


def assessors_get_cases_and_eva_must_not_see_one(story: Story) -> None:
    maria = story.marias_day("2022-11-07 09:00")
    story.post.comes()
    assert maria.gives("2023", burlov.pairs()).told() == "32 bedömningar är utdelade."

    eva, nils, leila = (story.enters(Assessor, person) for person in story.assessors)
    given = [title for title, name in burlov.pairs() if name == "Eva Holm"]
    assert PLANT in given
    assert eva.opens_work().titles() == []
    eva.declares("2023", {PLANT: ("party", "Min syster har skrivit ansökan.")})
    assert sorted(eva.opens_work().titles()) == sorted({*given} - {PLANT})
    plant = Application.objects.get(idea__title=PLANT).pk
    for page in ("", "assess/", "scores/", "print/", "check/", "history/"):
        eva.meets_a_wall_at(f"/burlov/applications/{plant}/{page}")

    maria.gives("2023", [(PLANT, "Leila Karimi")])
    nils.declares("2023")
    leila.declares("2023")
    assert story.post.comes() == []
    story.clock.turn_to("2022-11-08 07:05")
    told = story.post.comes()
    assert sorted(letter["To"] for letter in told) == sorted(it.email for it in story.assessors)


def assessors_judge_and_see_each_other_only_afterwards(story: Story) -> None:
    story.clock.turn_to("2022-11-10 10:00")
    _, nils, leila = (story.enters(Assessor, person) for person in story.assessors)
    leila.judges(BOOK, met=ALL_MET, marks={"Stöder kommunens mål": "5, högst"}, why="Det saknas.")
    leila.advises("Bevilja", "Ett verkligt behov.").locks()

    nils.judges(BOOK, met=ALL_MET, marks={"Stöder kommunens mål": "3"}, why="Tunt underlag.")
    nils.advises("Bevilja om den ändras", "Kan bli mindre.").saves_draft()
    nils.opens("assessment:scores", "burlov", Application.objects.get(idea__title=BOOK).pk)
    assert not nils.sees("Det saknas.")
    nils.opens_paper(BOOK).locks()
    nils.reads_text("Det saknas.")
    nils.reads_text("50,0–100,0")  # the spread, not only the mean

    burlov.assess_the_rest(story.played, story.clock.at)
    story.post.comes()


# ── December: the group decides ────────────────────────────────────────────────────────────────


def the_group_is_called_and_per_steps_aside(story: Story) -> None:
    maria = story.marias_day("2022-12-01 09:00")
    maria.opens_meeting(
        "2023",
        when="2022-12-08T09:00",
        place="Medborgarhuset",
        chair="Karin Dahl",
        checks="Per Åberg",
    )
    assert story.post.comes() == []
    story.clock.turn_to("2022-12-02 07:05")
    calls = story.post.comes()
    assert sorted(letter["To"] for letter in calls) == sorted(it.email for it in story.members)

    story.clock.turn_to("2022-12-02 16:00")
    karin, per, ingrid, omar = (story.enters(Decider, person) for person in story.members)
    per.declares("2023", {TEXTILES: ("manager", "Jag är chef över förskolan.")})
    for member in (karin, ingrid, omar):
        member.declares("2023")
    textiles = Application.objects.get(idea__title=TEXTILES).pk
    per.meets_a_wall_at(f"/burlov/applications/{textiles}/print/")
    per.opens_the_meeting("2023").reads("You are recused.")
    assert not per.sees(TEXTILES)
    assert karin.opens_the_meeting("2023").sees(TEXTILES)


def the_group_decides_and_goes_over_the_pot(story: Story) -> None:
    maria = story.marias_day("2022-12-08 09:00")
    maria.notes_present("2023", *(person.name for person in story.members))
    maria.notes_recused("2023", BOOK, "Ingrid Sjö", "manager", "Hon leder enheten som söker.")
    maria.opens_the_meeting("2023")
    for case in GRANTED:
        maria.chooses(case.title, "granted", f"{case.asked}:-")
    for case in REFUSED:
        why = "" if case.title == CALENDAR else WHY_REFUSED[case.title]
        maria.chooses(case.title, "refused", reason=why)
    if not story.script:
        maria.recounts()
    maria.sees_on_meter("Beviljat 504 400 kr av potten 500 000 kr")
    maria.sees_on_meter("4 400 kr över potten")
    maria.saves()

    # A refusal without its reason, and a pot that is overspent without one, stop the release.
    assert len(maria.opens_release("2023").obstacles()) == 2
    maria.cannot_release()
    maria.opens_the_meeting("2023").chooses(CALENDAR, "refused", reason=WHY_REFUSED[CALENDAR])
    maria.explains_overshoot(OVERSHOOT)
    assert maria.opens_release("2023").obstacles() == []


def the_decisions_are_released_once(story: Story) -> None:
    story.clock.turn_to("2022-12-08 13:00")
    karin = story.enters(Administrator, story.members[0]).opens_release("2023")
    maria = story.maria.opens_release("2023")
    previews = maria.letters_in_preview()
    assert len(previews) == 17  # one of the sixteen has a co-applicant
    granted = [text for _, text in previews if BOOK in text]
    assert "60 900 kr" in granted[0].replace("\N{NO-BREAK SPACE}", " ")
    maria.releases_with_two_clicks()
    karin.presses("Release the decisions")
    karin.reads_text("Maria Lind")

    letters = story.post.comes()
    sent = [(letter["To"], said(letter)) for letter in letters]
    assert sorted(sent) == sorted((to, text.strip()) for to, text in previews)
    assert story.post.comes() == []
    assert Entry.objects.filter(verb="funding.released").count() == 1
    assert Entry.objects.filter(verb="funding.decided").count() == 16
    assert all("coach" in text for _, text in sent if "inte bevilja" in text)


def the_minutes_hold_what_was_decided(story: Story) -> None:
    answer = story.maria.downloads("/burlov/rounds/2023/meeting/minutes.pdf")
    with pikepdf.open(io.BytesIO(answer.body())) as pdf:
        assert pdf.Root.MarkInfo.Marked
        [paper] = pdf.attachments.values()
        minutes = json.loads(paper.get_file().read_bytes())

    totals = minutes["totals"]
    assert (totals["handled"], totals["granted"]) == (16, 7)
    assert (totals["granted_minor"], totals["overshoot_minor"]) == (50_440_000, 440_000)
    assert minutes["overshoot_reason"] == OVERSHOOT
    assert [person["name"] for person in minutes["present"]] == [it.name for it in story.members]
    recused = {
        item["title"]: [(one["name"], one["ground"]) for one in item["recused"]]
        for item in minutes["items"]
        if item["recused"]
    }
    assert recused == {
        BOOK: [("Ingrid Sjö", "manager")],
        TEXTILES: [("Per Åberg", "manager")],
    }
    assert {item["title"]: item["voting"] for item in minutes["items"]}[BOOK] == 3


def everybody_can_read_the_list(story: Story) -> None:
    nobody = story.enters(Somebody)
    nobody.opens_home()
    nobody.follows_title("Innovationsanslag 2023")
    rows = nobody.page.locator("table").first.locator("tbody tr")
    listed = {
        nobody.text_of(row.locator("th")): nobody.text_of(row.locator(".amount"))
        for row in rows.all()
    }
    assert listed == {case.title: f"{case.asked:,} kr".replace(",", " ") for case in GRANTED}
    nobody.reads_text("Beviljat 504 400 kr av potten 500 000 kr")
    nobody.reads_text("4 400 kr över potten")
    nobody.reads_text(OVERSHOOT)
    assert not any(person.name in nobody.page.content() for person in story.applicants)
    assert not any(case.title in nobody.page.content() for case in REFUSED)

    nobody.unfolds("The list as data")
    table = nobody.downloads_from("round.csv").text().lstrip("\N{BOM}")
    rows = list(csv.DictReader(io.StringIO(table), delimiter=";"))
    assert {row["title"]: int(row["granted"]) for row in rows} == {
        case.title: case.asked for case in GRANTED
    }
    assert sum(int(row["granted"]) for row in rows) == 504_400

    data = nobody.downloads_from("round.json").json()
    assert (data["received"], data["granted"], data["not_granted"]) == (16, 7, 9)
    assert data["totals"] == {"SEK": 50_440_000}
    assert data["pot"]["overshoot_minor"] == 440_000
    assert sum(one["amounts"][0]["amount_minor"] for one in data["grants"]) == 50_440_000
    assert Meeting.objects.get().released_by == story.played.town.administrator
