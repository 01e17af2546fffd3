"""Tårnby's innovation pool of 2020: at least one of three criteria, in Danish and in kroner."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from idesluss.cli.demo.play import Played, Town
from idesluss.cli.demo.words import Case, Voice
from idesluss.people import usecases as people
from idesluss.people.models import Organisation
from idesluss.people.vocab import Role
from idesluss.programmes.usecases.rounds import RoundFacts
from tests.stories.people import Administrator, Applicant, Assessor, Decider, Somebody
from tests.stories.post import said

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = datetime(2019, 8, 1, 8, 0, tzinfo=UTC)
WHOLE = "Helhedsorienteret sagsbehandling"
CANTEEN = "Nye farver i kantinen"
DOOR = "Døråbner til hjemmeplejen"

THREE = ("Effektivitet", "Kvalitet", "Resultat")
MORE = ("Arbejdsmiljø", "Begejstring", "God omtale")


def tarnby() -> Played:
    """The municipality, its pool of five million and its criteria, which are data."""
    administrator = people.redeem(
        people.installer_link(at=BEFORE),
        name="Mette Holm",
        email="mette.holm@taarnby.example",
        organisation=people.Facts(
            name="Tårnby Kommune",
            slug="taarnby",
            country="DK",
            language="da",
            currency="DKK",
            zone="Europe/Copenhagen",
            colour="#7a1f3d",
            register_pattern="{year}-{number:04}",
            contact_mail="innovation@taarnby.example",
        ),
        at=BEFORE,
    )
    town = Town(Organisation.objects.get(slug="taarnby"), administrator)
    town.add_units(["Jobcenter", "Familieafdelingen"], BEFORE)
    town.applicants.append(town.add("Søren Bæk", Role.EMPLOYEE, at=BEFORE))
    for name in ("Anne Kjær", "Jens Møller"):
        town.assessors.append(town.add(name, Role.ASSESSOR, at=BEFORE))
    for name in ("Hanne Lund", "Ole Friis"):
        town.members.append(town.add(name, Role.MANAGER, at=BEFORE))
    town.found(
        "Innovationspulje",
        purpose="Projekter, som ellers ikke havde været mulige.",
        body="Direktionen",
        quorum=2,
        goals=[],
        at=BEFORE,
    )
    town.pot(2020, 5_000_000, 2_000_000, BEFORE)
    facts = RoundFacts(
        name="Innovationspulje 2020",
        project_year=2020,
        slug="2020",
        opens_at=datetime(2019, 9, 1, 6, 0, tzinfo=UTC),
        closes_at=datetime(2019, 10, 31, 23, 0, tzinfo=UTC),
        contact_id=administrator.pk,
        answer_by=date(2019, 12, 20),
        public=True,
    )
    return Played(town, town.call(facts, "tarnby", BEFORE), Voice())


@pytest.fixture
def enters(new_page, live_server, settings):
    settings.URL = live_server.url

    def enter(role, person=None):
        page = new_page(language="da")
        somebody = role(page, live_server.url, person, org="taarnby", language="da")
        return somebody.signs_in() if person else somebody

    return enter


def other(title: str, kroner: int) -> Case:
    """A case that comes in beside the one that is written in the browser."""
    need = "Det er ikke beskrevet nærmere."
    return Case(title, need, need, need, "Jobcenter", (("Indkøb", kroner),))


def test_the_criteria_decide_who_qualifies(enters, clock, post):
    played = tarnby()
    town = played.town
    post.comes()
    soren_applies(enters, clock, post, town)
    played.hand_in(other(CANTEEN, 80_000), 0, datetime(2019, 9, 6, 8, 0, tzinfo=UTC))
    played.hand_in(other(DOOR, 140_000), 0, datetime(2019, 9, 7, 8, 0, tzinfo=UTC))

    clock.turn_to("2019-11-04 09:00")
    mette = enters(Administrator, town.administrator)
    for title in (WHOLE, CANTEEN, DOOR):
        mette.opens_list("2020").opens_case(title).finds_complete()
    everybody = [person.name for person in town.assessors]
    mette.gives("2020", [(title, name) for title in (WHOLE, CANTEEN, DOOR) for name in everybody])
    anne, jens = (enters(Assessor, person).declares("2020") for person in town.assessors)
    judge(anne, WHOLE, ("Kvalitet", "Resultat", "Begejstring"))
    judge(jens, WHOLE, ("Resultat",))
    judge(anne, CANTEEN, ("Arbejdsmiljø", "Begejstring"))  # none of the three
    judge(jens, CANTEEN, ("Kvalitet", "Arbejdsmiljø"))  # one of two is no majority
    judge(anne, DOOR, ("Effektivitet",))
    judge(jens, DOOR, ("Effektivitet", "God omtale"))

    mette.opens("assessment:ranking", "taarnby", "2020")
    qualifies = {
        title: mette.text_of(mette.row(title).locator("[data-label^=Opfylder]"))
        for title in (WHOLE, CANTEEN, DOOR)
    }
    assert qualifies == {WHOLE: "Ja", CANTEEN: "Nej", DOOR: "Ja"}

    the_directors_decide(enters, clock, town, mette)
    nobody = enters(Somebody)
    nobody.opens_round("2020")
    data = nobody.downloads("/taarnby/rounds/2020/round.json").json()
    assert {one["title"]: one["amounts"][0]["amount_minor"] for one in data["grants"]} == {
        WHOLE: 1_234_567_50,
        DOOR: 140_000_00,
    }
    assert data["totals"] == {"DKK": 1_374_567_50}
    nobody.reads_text("1.374.567,50 kr.")


def soren_applies(enters, clock, post, town) -> None:
    clock.turn_to("2019-09-05 09:30")
    soren = enters(Applicant, town.applicants[0])
    soren.begins("2020", WHOLE, "Familien har to sagsbehandlere, som ikke taler sammen.")
    soren.tells(
        {
            "Hvem har behovet, og hvor mange er de cirka?": "Omkring 200 familier.",
            "Hvordan ved du, at behovet findes?": "Vi har spurgt dem.",
        }
    )
    soren.tells(
        {
            "Hvad vil du gøre?": "Én plan for hele familien.",
            "Hvad bliver anderledes, og hvordan vil du kunne se det?": "Færre møder.",
        }
    )
    soren.plans(
        {
            "Hvad skal ske hvornår?": "Vi begynder i januar.",
            "Hvad sker der efter projektet, hvis det virker, og hvem tager over?": "Jobcentret.",
        },
        "2020-12-31",
        asks="1.234.567,50 kr.",
    )
    soren.field("Which department is it about?").select_option(label="Jobcenter")
    soren.presses("Save and look through")
    soren.reads_text("1.234.567,50 kr.")
    assert soren.hands_in() == "2019-0001"
    assert soren.fact("Asked for") == "1.234.567,50 kr."
    [receipt] = post.comes()
    assert receipt["Subject"] == "Vi har modtaget din ansøgning 2019-0001"
    assert "20. december 2019" in said(receipt)


def judge(assessor: Assessor, title: str, met: tuple[str, ...]) -> None:
    """Say what is met and what is not, and lock."""
    yes, no = (assessor.words(f"criterion|{word}") for word in ("Met", "Not met"))
    marks = {name: yes if name in met else no for name in (*THREE, *MORE)}
    assessor.judges(title, met=(), marks=marks, why="Det fremgår af ansøgningen.")
    assessor.page.get_by_role("radio").last.check()
    assessor.locks()


def the_directors_decide(enters, clock, town, mette: Administrator) -> None:
    clock.turn_to("2019-12-02 09:00")
    mette.signs_in().opens_meeting(
        "2020", when="2019-12-02T10:00", place="Rådhuset", chair="Hanne Lund", checks="Ole Friis"
    )
    for member in town.members:
        enters(Decider, member).declares("2020")
    mette.notes_present("2020", "Hanne Lund", "Ole Friis")
    mette.opens_the_meeting("2020")
    mette.chooses(WHOLE, "granted", "1.234.567,50")
    mette.chooses(CANTEEN, "refused", reason="Ingen af de tre kriterier er opfyldt.")
    mette.chooses(DOOR, "granted", "140.000")
    mette.sees_on_meter("3.625.432,50 kr.")  # what is left
    mette.saves()
    clock.turn_to("2019-12-02 12:00")
    mette.opens_release("2020").releases_with_two_clicks()
