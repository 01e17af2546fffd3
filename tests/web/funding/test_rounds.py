"""A round comes in through the browser: everything is shown before anything is written."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from idesluss.funding.models import Application
from idesluss.ideas.vocab import ConflictState
from idesluss.logic.sheets import read_round, read_table
from idesluss.people.vocab import Role
from idesluss.programmes.models import Round
from tests.factories import (
    NOON,
    ApplicationFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    RoundFactory,
    declare,
    person_as,
)

pytestmark = pytest.mark.django_db
URL = "/slusstad/import/"
GOOD = "titel;beviljat;beslut\nPedagogisk odling;75 000 kr;beviljat\nDrönare;0;avslag\n"
BAD = "titel;beviljat\nCykel;många kronor\n"


@pytest.fixture
def fund():
    return ProgrammeFactory(organisation=OrganisationFactory(slug="slusstad"))


@pytest.fixture
def boss(fund):
    return signed_in(person_as(Role.ADMINISTRATOR, fund.organisation))


def signed_in(person):
    client = Client(headers={"accept-language": "sv"})
    client.force_login(person)
    return client


def form(fund, text=GOOD, name="omgång.csv", **changes):
    data = text if isinstance(text, bytes) else text.encode()
    return {
        "programme": fund.pk,
        "name": "2023",
        "year": "2023",
        "currency": "SEK",
        "file": SimpleUploadedFile(name, data),
        **changes,
    }


def kept_in(page):
    return re.search(r'name="kept" value="([^"]+)"', page.text).group(1)


def test_the_preview_tells_everything_and_writes_nothing(fund, boss):
    page = boss.post(URL, form(fund, stated_total="80 000"))
    assert page.status_code == 200
    text = page.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "2 nya ansökningar" in text
    assert "75 000 kr" in text
    assert "Källan uppger 5 000 kr mer än vad dess egna rader ger" in text
    assert not Round.objects.exists()


def test_saying_yes_takes_in_exactly_what_was_previewed(fund, boss):
    preview = boss.post(URL, form(fund))
    answer = form(fund, do="take", kept=kept_in(preview))
    del answer["file"]
    done = boss.post(URL, answer)
    assert done.status_code == 302
    assert list(Application.objects.order_by("pk").values_list("idea__title", "outcome")) == [
        ("Pedagogisk odling", "granted"),
        ("Drönare", "refused"),
    ]
    again = boss.post(URL, answer)
    assert again.status_code == 302
    assert Application.objects.count() == 2


def test_a_stated_total_is_shown_to_everybody_beside_the_computed_one(fund, boss):
    preview = boss.post(URL, form(fund, stated_total="80 000"))
    answer = form(
        fund,
        do="take",
        kept=kept_in(preview),
        stated_total="80 000",
        decided_on="2023-02-01",
        publish="on",
    )
    del answer["file"]
    boss.post(URL, answer)

    page = Client(headers={"accept-language": "sv"}).get("/slusstad/rounds/2023/")
    text = page.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Källan uppger 80 000 kr totalt" in text
    assert "1 februari 2023" in text
    data = Client().get("/slusstad/rounds/2023/round.json").json()
    assert data["totals"] == {"SEK": 7_500_000}
    assert data["stated"] == {
        "total_minor": 8_000_000,
        "currency": "SEK",
        "difference_minor": 500_000,
    }
    assert data["decided_on"] == "2023-02-01"


def test_problems_are_told_by_row_and_column_and_nothing_can_be_taken_in(fund, boss):
    page = boss.post(URL, form(fund, BAD, do="take"))
    assert page.status_code == 422
    assert "1 problem" in page.text
    assert "beviljat" in page.text
    assert 'value="take"' not in page.text
    assert 'value="2023"' in page.text  # what was typed is still there
    assert not Round.objects.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bild.png", b"\x89PNG\r\n\x1a\n" + b"0" * 50),
        ("gammal.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600),
        ("tom.csv", b""),
        ("stor.csv", b"titel\n" + b"x" * (2 * 1024 * 1024)),
    ],
)
def test_a_wrong_file_is_refused_beside_its_field(fund, boss, name, data):
    page = boss.post(URL, form(fund, data, name))
    assert page.status_code == 422
    assert "file" in page.context["form"].errors
    assert not Round.objects.exists()


def test_a_preview_that_was_changed_on_the_way_is_not_taken_in(fund, boss):
    preview = boss.post(URL, form(fund))
    answer = form(fund, do="take", kept=kept_in(preview)[:-2] + "xx")
    del answer["file"]
    page = boss.post(URL, answer)
    assert page.status_code == 422
    assert "Välj filen igen" in page.text
    assert not Round.objects.exists()


def test_a_case_that_was_handled_here_is_in_the_way(fund, boss):
    mine = ApplicationFactory(
        round__programme=fund,
        round__name="2023",
        round__project_year=2023,
        stage="deciding",
        owner=PersonFactory(),
        idea__title="Drönare",
    )
    page = boss.post(URL, form(fund, do="take"))
    assert page.status_code == 422
    assert "Redan hanterade här" in page.text
    mine.refresh_from_db()
    assert (mine.outcome, Application.objects.count()) == ("", 1)


@pytest.mark.parametrize("role", list(Role))
def test_only_fund_administrators_find_the_page(fund, role):
    client = signed_in(person_as(role, fund.organisation))
    status = 200 if role is Role.ADMINISTRATOR else 404
    assert client.get(URL).status_code == status
    stranger = signed_in(person_as(role, OrganisationFactory()))
    assert stranger.get(URL).status_code == 404
    assert stranger.post(URL, form(fund, do="take")).status_code == 404
    assert not Round.objects.exists()


def test_another_organisations_fund_cannot_be_chosen(fund, boss):
    elsewhere = ProgrammeFactory()
    page = boss.post(URL, form(fund, programme=elsewhere.pk, do="take"))
    assert page.status_code == 422
    assert "programme" in page.context["form"].errors


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_leaves_out_what_is_shut_for_its_reader(fund, kind):
    round = RoundFactory(programme=fund, slug="2027")
    shut, _ = (
        ApplicationFactory(round=round, stage="received", owner=PersonFactory(), idea__title=title)
        for title in ("Hemlig", "Öppen")
    )
    person = person_as(Role.ADMINISTRATOR, fund.organisation)
    declare(shut.idea, person, ConflictState.DECLARED)

    answer = signed_in(person).get(f"/slusstad/rounds/2027/export.{kind}")
    reading = read_round(read_table(answer.content, f"x.{kind}"), currency="SEK", year=2027)
    assert [row.title for row in reading.rows] == ["Öppen"]
    assert answer["Content-Disposition"] == f'attachment; filename="2027.{kind}"'
    assert answer["Cache-Control"] == "private, no-store"


def test_an_export_is_for_offices(fund):
    application = ApplicationFactory(
        round__programme=fund,
        round__slug="2027",
        round__announced_at=NOON,
        stage="received",
        owner=PersonFactory(),
    )
    url = "/slusstad/rounds/2027/export.csv"
    owner = application.idea.involvements.get().person
    assert signed_in(owner).get(url).status_code == 404
    employee = person_as(Role.EMPLOYEE, fund.organisation)
    assert signed_in(employee).get(url).status_code == 404
    registrar = person_as(Role.REGISTRAR, fund.organisation)
    assert signed_in(registrar).get(url).status_code == 200
