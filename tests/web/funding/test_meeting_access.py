"""Who opens which page of the meeting, and when."""

import pytest

from idesluss.people.vocab import Role
from tests.factories import PersonFactory, person_as
from tests.funding.meeting import decided_room, room
from tests.web.funding.meeting_pages import fields, open_room, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

PAGES = ("meeting", "agenda", "present", "release", "meeting_facts", "meeting_cases", "minutes")

# Status of each page: before the meeting, while it is open, after the release.
NO_PAGE = (404,) * 7
AFTERWARDS = (200, 200, 404, 200, 404, 404, 200)
GRID = {
    "administrator": ((200, *NO_PAGE[1:]), (200,) * 7, AFTERWARDS),
    "member": (NO_PAGE, (200, 200, 200, 404, 404, 404, 404), AFTERWARDS),
    "chair": (NO_PAGE, (200, 200, 200, 200, 404, 404, 200), AFTERWARDS),
    "registrar": (NO_PAGE, (200, 200, 404, 404, 404, 404, 404), AFTERWARDS),
    "assessor": (NO_PAGE,) * 3,
    "employee": (NO_PAGE,) * 3,
    "applicant": (NO_PAGE,) * 3,
    "stranger": (NO_PAGE,) * 3,
    "elsewhere": (NO_PAGE,) * 3,
    "nobody": ((302,) * 7,) * 3,
}


def person_of(here, who):
    return {
        "administrator": lambda: here.administrator,
        "member": lambda: here.members[1],
        "chair": lambda: here.members[0],
        "registrar": lambda: person_as(Role.REGISTRAR, here.organisation),
        "assessor": lambda: person_as(Role.ASSESSOR, here.organisation),
        "employee": lambda: person_as(Role.EMPLOYEE, here.organisation),
        "applicant": lambda: here.cases[0].idea.involvements.get(part="owner").person,
        "stranger": PersonFactory,
        "elsewhere": lambda: room().administrator,
    }[who]()


@pytest.mark.parametrize("stage", ["before", "open", "released"])
@pytest.mark.parametrize("who", GRID)
def test_who_opens_which_page_when(client, who, stage):
    if stage == "before":
        here = room()
        here.case("Förslag")
    else:
        here = decided_room()
        if stage == "released":
            here.release()
    if who != "nobody":
        client.force_login(person_of(here, who))

    statuses = tuple(client.get(url(here, page)).status_code for page in PAGES)

    assert statuses == GRID[who][("before", "open", "released").index(stage)]


@pytest.mark.parametrize("who", ["registrar", "assessor", "employee", "applicant", "elsewhere"])
def test_nobody_else_writes_a_choice(client, who):
    here = open_room()
    page = client_of(client, here.administrator).get(url(here))
    typed = fields(page, here, here.cases[0], outcome="granted")
    client.force_login(person_of(here, who))

    response = client.post(url(here), {**typed, "do": "save"})

    assert response.status_code in (200, 404)  # the registrar reads the page and no more
    assert here.decision(here.cases[0]).outcome == ""


def client_of(client, person):
    client.force_login(person)
    return client


def test_a_round_that_does_not_exist_has_no_meeting(client):
    here = decided_room()
    client.force_login(here.administrator)

    assert client.get(url(here).replace(here.round.slug, "finns-inte")).status_code == 404
