"""The start page of one organisation: rounds for the visitor, one's own applications."""

from datetime import timedelta

import pytest
from django.utils import timezone

from idesluss.people.vocab import Role
from tests.factories import (
    ApplicationFactory,
    MeetingFactory,
    OrganisationFactory,
    ProgrammeFactory,
    RoundFactory,
    SeatFactory,
    person_as,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def here():
    return OrganisationFactory(slug="slusstad", name="Slusstad")


@pytest.fixture
def fund(here):
    return ProgrammeFactory(organisation=here, name="Anslaget")


def made(fund, name, **fields):
    now = timezone.now()
    usual = {"opens_at": now - DAY, "closes_at": now + DAY, "announced_at": now - DAY}
    return RoundFactory(programme=fund, name=name, **{**usual, **fields})


def test_everybody_sees_what_is_public_and_only_that(here, fund, client):
    now = timezone.now()
    made(fund, "Öppen för alla", public=True)
    made(fund, "Bara inom")
    made(fund, "Beslutad", closes_at=now - DAY / 2, results_at=now - DAY / 4)

    text = client.get("/slusstad/").content.decode()

    assert "Öppen för alla" in text
    assert "Beslutad" in text
    assert "Bara inom" not in text
    assert "Inställningar" not in text
    assert "/apply/" not in text


def test_an_employee_sees_what_is_announced_inside_and_can_apply(here, fund, client):
    now = timezone.now()
    round = made(fund, "Bara inom")
    made(fund, "Kommande", opens_at=now + DAY, closes_at=now + 2 * DAY)
    made(fund, "Stängd", closes_at=now - DAY / 2)
    made(fund, "Dold", announced_at=None)
    client.force_login(person_as(Role.EMPLOYEE, here))

    text = client.get("/slusstad/").content.decode()

    assert [name in text for name in ("Bara inom", "Kommande", "Stängd", "Dold")] == [
        True,
        True,
        True,
        False,
    ]
    assert f"/slusstad/rounds/{round.slug}/apply/" in text


def test_a_fund_administrator_sees_what_is_not_announced_yet(here, fund, client):
    round = made(fund, "Dold", announced_at=None)
    client.force_login(person_as(Role.ADMINISTRATOR, here))
    text = client.get("/slusstad/").content.decode()
    assert f"/slusstad/setup/rounds/{round.pk}/" in text
    assert "/slusstad/setup/" in text
    client.force_login(person_as(Role.REGISTRAR, here))
    assert f"/slusstad/rounds/{round.slug}/" in client.get("/slusstad/").content.decode()


def test_ones_own_applications_are_listed_and_nobody_elses(here, fund, client):
    round = made(fund, "Öppen")
    eva = person_as(Role.EMPLOYEE, here)
    own = ApplicationFactory(round=round, owner=eva, stage="received", idea__title="Elcyklar")
    ApplicationFactory(round=round, owner=eva, idea__title="Utkast")
    ApplicationFactory(round=round, idea__title="Någon annans")
    ApplicationFactory(owner=eva, idea__title="På annat håll")
    client.force_login(eva)

    text = client.get("/slusstad/").content.decode()

    assert f"/slusstad/applications/{own.pk}/" in text
    assert [name in text for name in ("Elcyklar", "Utkast", "Någon annans", "På annat håll")] == [
        True,
        True,
        False,
        False,
    ]


def test_an_empty_place_says_what_will_come(here, client):
    assert "Inget är öppet just nu" in client.get("/slusstad/").content.decode()


def test_a_place_that_is_not_there_is_404(client):
    OrganisationFactory(slug="gammal", archived_at=timezone.now())
    assert client.get("/gammal/").status_code == 404
    assert client.get("/ingenstans/").status_code == 404


def test_each_desk_is_one_click_away_for_those_who_work_there_and_nobody_else(here, fund, client):
    now = timezone.now()
    closed = {"closes_at": now - DAY / 2}
    met, waiting = made(fund, "Med möte", **closed), made(fund, "Utan möte", **closed)
    MeetingFactory(round=met, body=fund.body)
    desks = {
        round.name: (
            f"/slusstad/rounds/{round.slug}/handle/",
            f"/slusstad/rounds/{round.slug}/meeting/",
        )
        for round in (met, waiting)
    }

    def seen_by(person):
        client.force_login(person)
        text = client.get("/slusstad/").text
        return {name: [f'"{url}"' in text for url in urls] for name, urls in desks.items()}

    employee, administrator = person_as(Role.EMPLOYEE, here), person_as(Role.ADMINISTRATOR, here)
    decider = SeatFactory(body=fund.body).person
    assert seen_by(employee) == {"Med möte": [False, False], "Utan möte": [False, False]}
    assert seen_by(decider) == {"Med möte": [False, True], "Utan möte": [False, False]}
    assert seen_by(administrator) == {"Med möte": [True, True], "Utan möte": [True, True]}
