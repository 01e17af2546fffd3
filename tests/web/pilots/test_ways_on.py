"""From a project to its money, its report and the year, and back: nobody has to know the way."""

from datetime import timedelta

import pytest
from django.urls import reverse

from idesluss.funding.models import Application, Instalment, Posting, Pot
from idesluss.funding.reads.closing import undecided_of
from idesluss.pilots.usecases import accept_report, begin
from idesluss.pilots.vocab import Onward, ReportKind
from tests.factories import ApplicationFactory, PersonFactory, RoundFactory
from tests.pilots.world import DECIDED, JUNE, MARCH, Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return Town(name="Slusstad", slug="slusstad")


@pytest.fixture(autouse=True)
def in_june(monkeypatch):
    """Requests happen in June 2027."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: JUNE)


@pytest.fixture
def as_boss(town, client):
    client.force_login(town.boss)
    return client


def url(project, page="project", *more):
    return reverse(f"pilots:{page}", args=["slusstad", project.pk, *more])


def application(town):
    return Application.objects.get(idea=town.project.idea_id)


def money(town, page="money"):
    return reverse(f"funding:{page}", args=["slusstad", application(town).pk])


def of_year(town, page="ledger", year=2027):
    return reverse(f"funding:{page}", args=["slusstad", town.programme.pk, year])


def read(client, address):
    return client.get(address).content.decode()


def waits(town, minor=10_000_00):
    """A part of the project's grant waits for a report."""
    grant = application(town).grants.get()
    grant.amount_minor += minor
    grant.save()
    Instalment.objects.create(grant=grant, amount_minor=minor, after="report")


# --- The answer to a report ---------------------------------------------------------------------


def test_before_a_report_is_accepted_one_sees_what_money_that_releases(town, as_boss):
    waits(town)
    report = town.reports()
    assert "Nästa del av pengarna, 10 000 kr, betalas ut." in read(
        as_boss, url(town.project, "answer", report.pk)
    ).replace("\xa0", " ")


@pytest.mark.parametrize("how", ["nothing waits", "final", "stops", "closed"])
def test_where_nothing_is_released_nothing_is_promised(town, as_boss, how):
    if how != "nothing waits":
        waits(town)
    if how == "closed":
        Pot.objects.update(closed_at=MARCH)
    fields = {
        "final": {"kind": ReportKind.FINAL},
        "stops": {"onward": Onward.STOP, "onward_words": "Nej"},
    }.get(how, {})
    report = town.reports(**fields)

    assert "Nästa del" not in read(as_boss, url(town.project, "answer", report.pk))


def test_afterwards_one_is_told_what_was_booked_and_released(town, as_boss):
    waits(town)
    report = town.reports()
    sent = {"do": "accept", "seen": report.at.isoformat()}
    answer = as_boss.post(url(town.project, "answer", report.pk), sent, follow=True)

    said = answer.content.decode().replace("\xa0", " ")
    assert "Rapporten är godkänd." in said
    assert "Bokfört som använt sedan starten: 12 500 kr." in said
    assert "Utbetalt nu: 10 000 kr." in said


def test_what_did_not_happen_is_not_told(town, as_boss):
    report = town.reports(spent_minor=0)
    sent = {"do": "accept", "seen": report.at.isoformat()}
    said = as_boss.post(url(town.project, "answer", report.pk), sent, follow=True)

    assert "Rapporten är godkänd." in said.content.decode()
    assert "Bokfört som använt" not in said.content.decode()
    assert "Utbetalt nu" not in said.content.decode()


def test_what_is_left_when_the_project_is_over_asks_to_be_settled(town, as_boss):
    words = "är kvar hos projektet. Skriv upp"
    assert words not in read(as_boss, url(town.project))
    report = town.reports(kind=ReportKind.FINAL)
    accept_report(report.pk, seen=report.at.isoformat(), by=town.boss, at=JUNE)
    page = read(as_boss, url(town.project)).replace("\xa0", " ")
    assert f"47 500 kr {words}" in page

    grant = application(town).grants.get()
    Posting.objects.create(grant=grant, kind="returned", amount_minor=47_500_00, at=JUNE)
    assert words not in read(as_boss, url(town.project))


def test_it_asks_nothing_of_those_who_carry_it_out(town, client):
    report = town.reports(kind=ReportKind.FINAL)
    accept_report(report.pk, seen=report.at.isoformat(), by=town.boss, at=JUNE)
    client.force_login(town.anna)
    assert "är kvar hos projektet" not in read(client, url(town.project))


def test_of_money_that_only_a_table_tells_of_nothing_else_is_said(town, as_boss):
    taken_in = town.granted("Från en tabell", minor=0, idea__applicant_name="Kim Alm")
    taken_in.grants.update(amount_minor=60_000_00)
    project = begin(taken_in.pk, at=DECIDED)

    page = read(as_boss, url(project))
    assert "Vad det blev av det är inte känt." in page
    assert "utbetalt</dt>" not in page
    assert "Utbetalt hittills" not in read(as_boss, url(project, "report"))
    assert "utbetalt</dt>" in read(as_boss, url(town.project))


# --- Ways between the pages ---------------------------------------------------------------------


@pytest.mark.parametrize("page", ["money", "check"])
def test_money_and_check_lead_to_the_project(town, as_boss, page):
    assert f'href="{url(town.project)}"' in read(as_boss, money(town, page))


def test_where_no_project_has_begun_there_is_no_way_to_it(town, as_boss):
    granted = town.granted("Inte begonnet", owner=PersonFactory())
    address = reverse("funding:money", args=["slusstad", granted.pk])
    assert "Projektet och dess rapporter" not in read(as_boss, address)


@pytest.mark.parametrize("closed_at", [None, MARCH])
def test_the_money_of_a_year_leads_to_its_report_and_back(town, as_boss, closed_at):
    Pot.objects.update(closed_at=closed_at)
    report = reverse("insight:year", args=["slusstad", 2027])
    assert f"{report}?fund={town.programme.pk}" in read(as_boss, of_year(town))
    assert of_year(town) in read(as_boss, report)


def test_a_year_without_a_round_has_no_report_to_lead_to(town, as_boss):
    town.programme.pots.create(year=2030, amount_minor=1, currency="SEK")
    assert "Årsrapporten" not in read(as_boss, of_year(town, year=2030))


def test_the_report_leads_nobody_else_to_the_books(town, client):
    report = reverse("insight:year", args=["slusstad", 2027])
    assert of_year(town) not in read(client, report)
    client.force_login(town.anna)
    assert of_year(town) not in read(client, report)


# --- Before a year is closed --------------------------------------------------------------------


def undecided(town, at=JUNE):
    return [str(one) for one in undecided_of(Pot.objects.get(), at=at)]


def test_before_a_year_is_closed_one_sees_which_rounds_still_draw_on_it(town, as_boss):
    close = of_year(town, "year_close")
    assert "är inte beslutat" not in read(as_boss, close)
    waiting = RoundFactory(
        programme=town.programme, project_year=2027, announced_at=DECIDED, name="Våromgången"
    )
    ApplicationFactory(round=waiting, stage="assessing")

    page = read(as_boss, close)
    assert "Allt för 2027 är inte beslutat" in page
    assert reverse("funding:handle", args=["slusstad", waiting.slug]) in page
    preview = as_boss.post(close, _returned(town)).content.decode()
    assert "Allt för 2027 är inte beslutat" in preview


def _returned(town):
    pk = application(town).pk
    return {f"fate-{pk}": "return", f"reason-{pk}": "", "words": "Bokslut"}


@pytest.mark.parametrize(
    ("stage", "fields", "counts"),
    [
        ("received", {}, True),
        ("exploring", {}, True),
        ("deciding", {}, True),
        ("draft", {}, False),
        ("testing", {}, False),
        ("declined", {}, False),
        (None, {"closes_at": JUNE + timedelta(days=1)}, True),
        (None, {"closes_at": None}, True),
        (None, {"closes_at": JUNE}, False),
        (None, {"closes_at": None, "opens_at": JUNE + timedelta(days=1)}, False),
        ("received", {"announced_at": None}, False),
        ("received", {"archived_at": MARCH}, False),
        ("received", {"project_year": 2028}, False),
    ],
)
def test_which_rounds_still_draw_on_a_year(town, stage, fields, counts):
    round = RoundFactory(
        programme=town.programme,
        **{
            "project_year": 2027,
            "announced_at": DECIDED,
            "opens_at": DECIDED,
            "closes_at": MARCH,
            **fields,
        },
    )
    if stage:
        ApplicationFactory(round=round, stage=stage)

    assert undecided(town) == ([str(round)] if counts else [])
