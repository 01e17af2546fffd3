"""A project as everybody may read it, and as those who have to do with it do."""

import json
from datetime import date

import pytest
from django.urls import reverse

from idesluss.adoption.usecases import Facts, adopt
from idesluss.ideas.models import Idea
from idesluss.ideas.vocab import ConflictState
from idesluss.pilots.models import Project
from idesluss.pilots.usecases import Page, accept_report, begin, extend, present, return_report
from idesluss.pilots.vocab import ReportKind
from idesluss.programmes.models import Round
from tests.factories import OrganisationFactory, RoundFactory, declare
from tests.pilots.world import DECIDED, JUNE, MARCH, Town, photo

pytestmark = pytest.mark.django_db
SECRETS = ("Backarna gör att", "Lamporna ska sitta lågt", "Anna Ek", "Bo Öberg", "12 500")


@pytest.fixture
def town():
    return Town(name="Slusstad", slug="slusstad")


def url(project=None, page="project", *more):
    args = ["slusstad", *([project.pk] if project else []), *more]
    return reverse(f"pilots:{page}", args=args)


def publish(town, project=None, *, named=None, pictured=None, by=None, **texts):
    project = Project.objects.get(pk=(project or town.project).pk)
    page = Page(purpose="Färre fall om natten.", named=named, pictured=pictured, **texts)
    how = {"version": project.version, "publish": True, "by": by or town.anna, "at": MARCH}
    return present(project.pk, page=page, **how)


@pytest.fixture(autouse=True)
def in_june(monkeypatch):
    """Requests happen in June 2027."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: JUNE)


def accepted(town, **fields):
    report = town.reports(**fields)
    return accept_report(report.pk, seen=report.at.isoformat(), by=town.boss, at=MARCH)


# --- The public page ---------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "answers"), [(None, 302), ("stranger", 404)])
def test_before_it_is_published_it_looks_as_if_it_did_not_exist(town, client, who, answers):
    if who:
        client.force_login(getattr(town, who))
    missing = client.get(url(page="projects") + "999999/")
    found = client.get(url(town.project))
    assert (found.status_code, missing.status_code) == (answers, answers)
    if who is None:  # letters lead here
        assert found.url == f"/account/sign-in/?next={url(town.project)}"
    for page in ("project_json", "photo"):
        assert client.get(url(town.project, page)).status_code == 404
    assert town.project.idea.title not in client.get(url(page="projects")).content.decode()


def test_everybody_reads_what_was_chosen_and_nothing_else(town, client):
    accepted(town)
    publish(town, results="Tre fall färre.", learned="Lågt och varmt ljus.")
    page = client.get(url(town.project)).content.decode()

    for said in (
        "Färre fall om natten.", "Tre fall färre.", "Lågt och varmt ljus.",
        town.project.idea.register_number, "Vård och omsorg", "60\xa0000\xa0kr",
        "20 januari 2027", "30 november 2027", "Vardagsfonden",
    ):  # fmt: skip
        assert said in page, said
    for secret in SECRETS:
        assert secret not in page, secret


def test_the_coordinator_is_named_only_after_a_yes(town, client):
    publish(town)
    assert "Anna Ek" not in client.get(url(town.project)).content.decode()
    publish(town, named=True)
    assert "Anna Ek" in client.get(url(town.project)).content.decode()


def test_the_photo_is_shown_with_its_words_and_served_safely(town, client):
    report = accepted(town, photo=photo(), photo_text="En lampa vid golvet")
    publish(town, pictured=report.pk)
    page = client.get(url(town.project)).content.decode()
    assert 'alt="En lampa vid golvet"' in page

    answer = client.get(url(town.project, "photo"))
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"Storgatan" not in b"".join(answer.streaming_content)


def test_a_photo_that_was_taken_away_or_lost_is_not_there(town, client):
    report = accepted(town, photo=photo(), photo_text="En lampa")
    publish(town, pictured=report.pk)
    report.photo.file.storage.delete(report.photo.file.name)
    assert client.get(url(town.project, "photo")).status_code == 404
    report.photo.removed_at = MARCH
    report.photo.save()
    assert client.get(url(town.project, "photo")).status_code == 404


def test_what_became_permanent_is_told_with_owner_and_budget(town, client):
    publish(town)
    facts = Facts(
        since=date(2027, 5, 1), unit=town.unit.pk, budget="Hemtjänst 4310", owner=town.bo.pk
    )
    adopt(town.project.pk, facts=facts, by=town.boss, at=JUNE)
    page = client.get(url(town.project)).content.decode()

    assert "1 maj 2027" in page
    assert "Hemtjänst 4310" in page
    assert "Bo Öberg" not in page


def test_the_data_say_the_same_as_the_page(town, client):
    report = accepted(town, photo=photo(), photo_text="En lampa")
    publish(town, named=True, pictured=report.pk, results="Tre fall färre.")
    facts = Facts(
        since=date(2027, 5, 1), unit=town.unit.pk, budget="Hemtjänst", yearly_minor=900_00
    )
    adopt(town.project.pk, facts=facts, by=town.boss, at=JUNE)
    answer = client.get(url(town.project, "project_json"))
    said = json.loads(answer.content)

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert said["money"] == [
        {"currency": "SEK", "decided_minor": 60_000_00, "granted_minor": 60_000_00}
    ]
    assert (said["coordinator"], said["status"]) == ("Anna Ek", "permanent")
    assert said["permanent"] == {
        "since": "2027-05-01", "owner": "Vård och omsorg", "budget": "Hemtjänst",
        "yearly_minor": 900_00, "currency": "SEK",
    }  # fmt: skip
    assert said["photo"]["shows"] == "En lampa"
    assert said["photo"]["url"].endswith(url(town.project, "photo"))
    assert (said["starts_on"], said["ends_on"]) == ("2027-01-20", "2027-11-30")
    assert said["updated"] == JUNE.isoformat(timespec="seconds")
    assert (said["invented"], said["department"]) == (False, "Vård och omsorg")


def test_data_without_photo_or_permanence_say_so(town, client):
    publish(town)
    said = json.loads(client.get(url(town.project, "project_json")).content)
    assert (said["photo"], said["permanent"], said["coordinator"]) == (None, None, None)


def test_an_invented_project_says_so(town, client):
    Idea.objects.filter(pk=town.project.idea_id).update(invented=True)
    publish(town)
    assert "Påhittat" in client.get(url(town.project)).content.decode()
    assert json.loads(client.get(url(town.project, "project_json")).content)["invented"] is True


def test_another_organisation_has_no_such_project(town, client):
    OrganisationFactory(slug="annanstans")
    publish(town)
    client.force_login(town.stranger)
    assert client.get(f"/annanstans/projects/{town.project.pk}/").status_code == 404


def test_a_page_that_knows_its_reader_is_kept_by_nobody(town, client):
    publish(town)
    assert client.get(url(town.project)).headers["Cache-Control"] == "no-cache"
    client.force_login(town.anna)
    assert "no-store" in client.get(url(town.project)).headers["Cache-Control"]


def test_money_of_a_round_whose_results_are_not_public_shows_only_inside(town, client):
    publish(town)
    soon = RoundFactory(programme=town.programme, project_year=2028, results_at=None)
    town.granted("", idea=town.project.idea, round=soon, minor=11_000_00)
    assert "60\xa0000\xa0kr" in client.get(url(town.project)).content.decode()
    assert "71\xa0000" not in client.get(url(town.project)).content.decode()
    assert "71\xa0000" not in client.get(url(page="projects")).content.decode()
    said = json.loads(client.get(url(town.project, "project_json")).content)
    assert said["money"][0]["granted_minor"] == 60_000_00
    client.force_login(town.boss)
    assert "71\xa0000" in client.get(url(town.project)).content.decode()
    assert "71\xa0000" in client.get(url(page="projects")).content.decode()
    assert "71\xa0000" not in client.get(url(town.project) + "?public").content.decode()


# --- Inside ------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["anna", "bo", "boss"])
def test_those_who_have_to_do_with_it_read_reports_and_money(town, client, who):
    accepted(town)
    client.force_login(getattr(town, who))
    page = client.get(url(town.project)).content.decode()
    for said in ("Lamporna ska sitta lågt.", "12\xa0500\xa0kr", "60\xa0000\xa0kr"):
        assert said in page, said


def test_they_see_the_page_as_everybody_does_before_it_is_shown(town, client):
    client.force_login(town.anna)
    page = client.get(url(town.project) + "?public").content.decode()
    assert "Så här skulle sidan se ut" in page
    assert "Lamporna ska sitta lågt" not in page


def test_an_administrator_with_a_conflict_sees_only_what_everybody_does(town, client):
    accepted(town)
    declare(town.project.idea, town.boss, ConflictState.DECLARED)
    client.force_login(town.boss)
    assert client.get(url(town.project)).status_code == 404
    publish(town)
    assert "Lamporna ska sitta lågt" not in client.get(url(town.project)).content.decode()


def _sent_back(town):
    report = town.reports()
    return_report(report.pk, words="Mer?", seen=MARCH.isoformat(), by=town.boss, at=MARCH)


def _over(town):
    Project.objects.update(ends_on=date(2027, 5, 10))


@pytest.mark.parametrize(
    ("prepare", "says"),
    [
        (lambda town: None, "Berätta hur det går"),
        (lambda town: town.reports(), "En rapport väntar på svar"),
        (_sent_back, "Något saknas i rapporten"),
        (lambda town: accepted(town, kind=ReportKind.FINAL), "Någon ska ta över"),
        (_over, "Slutrapporten har inte kommit"),
    ],
)
def test_the_page_says_what_is_expected_next(town, client, prepare, says):
    prepare(town)
    client.force_login(town.anna)
    assert says in client.get(url(town.project)).content.decode()


def test_why_the_last_day_was_changed_can_be_read(town, client):
    extend(town.project.pk, ends_on=date(2028, 3, 31), reason="Snö i mars", by=town.boss, at=MARCH)
    client.force_login(town.bo)
    page = client.get(url(town.project)).content.decode()
    assert "Snö i mars" in page
    assert "Från 30 november 2027 till 31 mars 2028" in page


# --- The list ----------------------------------------------------------------------------------


def rows(client, query=""):
    page = client.get(url(page="projects") + query)
    return [project.idea.title for project, _ in page.context["rows"]]


def test_the_list_holds_what_is_published_and_ones_own(town, client):
    own = town.grant("Cykelpool", owner=town.bo)
    publish(town)
    assert rows(client) == ["Nattlampor som tänds av steg"]
    client.force_login(town.bo)
    assert rows(client) == ["Cykelpool", "Nattlampor som tänds av steg"]
    client.force_login(town.stranger)
    assert rows(client) == ["Nattlampor som tänds av steg"]
    assert own.published_at is None


def test_the_list_is_narrowed_by_year_and_by_where_projects_are(town, client):
    old = begin(town.granted("Elmotorer", year=2023).pk, at=DECIDED)
    stopped = town.grant("Cykelpool", owner=town.bo)
    Idea.objects.filter(pk=stopped.idea_id).update(stage="stopped")
    Idea.objects.filter(pk=old.idea_id).update(stage="permanent")
    done = town.grant("Läsfåtölj", owner=town.anna)
    accepted(town, project=done, kind=ReportKind.FINAL)
    Idea.objects.filter(pk=done.idea_id).update(stage="testing")
    client.force_login(town.boss)

    assert rows(client)[-1] == "Elmotorer"
    assert rows(client, "?year=2023") == ["Elmotorer"]
    assert rows(client, "?status=permanent") == ["Elmotorer"]
    assert rows(client, "?status=stopped&year=2027") == ["Cykelpool"]
    assert rows(client, "?status=finished") == ["Läsfåtölj"]
    assert rows(client, "?status=running") == ["Nattlampor som tänds av steg"]
    assert rows(client, "?status=adopting") == []
    assert len(rows(client, "?year=nonsens&status=%00")) == 4
    assert "Inget passar" in client.get(url(page="projects") + "?year=1999").content.decode()


def test_the_office_finds_the_reports_to_answer(town, client):
    town.grant("Cykelpool", owner=town.bo)
    town.reports()
    client.force_login(town.boss)
    assert rows(client, "?waiting") == ["Nattlampor som tänds av steg"]


def test_before_the_first_one_the_list_says_how_projects_come_there(town, client):
    assert "Inga projekt att läsa om än" in client.get(url(page="projects")).content.decode()


@pytest.mark.list_page("pilots:projects")
@pytest.mark.parametrize(("who", "queries"), [(None, 5), ("boss", 8)])
def test_the_list_asks_as_much_for_three_as_for_one(town, client, count_queries, who, queries):
    if who:
        client.force_login(getattr(town, who))
    made = iter(range(9))

    def add(number):
        for _ in range(number):
            publish(town, town.grant(f"Projekt {next(made)}", owner=town.anna), named=True)

    assert count_queries(lambda: client.get(url(page="projects")), add) == queries


@pytest.mark.parametrize(("who", "most"), [(None, 5), ("anna", 12), ("boss", 12)])
def test_a_project_asks_as_much_however_much_was_reported(
    town, client, django_assert_max_num_queries, who, most
):
    publish(town)
    for _ in range(3):
        accepted(town, photo=photo(), photo_text="En lampa")
    if who:
        client.force_login(getattr(town, who))
    client.get(url(town.project))
    with django_assert_max_num_queries(most):
        assert client.get(url(town.project)).status_code == 200


# --- Where it is linked from -------------------------------------------------------------------


def test_round_and_organisation_lead_to_the_published_project(town, client):
    Round.objects.update(results_at=MARCH, public=True)
    here = f"/slusstad/rounds/{town.round.slug}/"
    assert url(town.project) not in client.get(here).content.decode()
    assert url(page="projects") not in client.get("/slusstad/").content.decode()
    publish(town)
    assert url(town.project) in client.get(here).content.decode()
    assert url(page="projects") in client.get("/slusstad/").content.decode()


def test_the_applicants_page_leads_to_the_project(town, client):
    client.force_login(town.anna)
    case = town.project.idea.applications.get()
    assert url(town.project) in client.get(f"/slusstad/applications/{case.pk}/").content.decode()
