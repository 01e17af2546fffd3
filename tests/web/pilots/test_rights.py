"""Each page of a project is there for those who may, and for nobody else."""

from datetime import date

import pytest
from django.urls import reverse

from idesluss.adoption.usecases import Facts, adopt
from idesluss.ideas.models import Idea
from idesluss.ideas.vocab import ConflictState
from idesluss.people.vocab import Role
from idesluss.pilots.models import Project
from idesluss.pilots.vocab import ReportKind
from tests.factories import BodyFactory, SeatFactory, declare, person_as
from tests.pilots.world import JUNE, MARCH, Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return Town(name="Slusstad", slug="slusstad")


@pytest.fixture(autouse=True)
def in_june(monkeypatch):
    """Requests happen in June 2027."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: JUNE)


def url(project, page="project", *more):
    return reverse(f"pilots:{page}", args=["slusstad", project.pk, *more])


OWNERS, COORDINATOR, OFFICE = {"anna", "bo"}, {"anna"}, {"boss"}
GRID = {
    "report": OWNERS,
    "final": OWNERS,
    "page": COORDINATOR | OFFICE,
    "answer": OFFICE,
    "last_day": OFFICE,
    "permanent": OFFICE,
    "permanent_end": OFFICE,
    "resume": OFFICE,
    "project": OWNERS | OFFICE | {"registrar", "decider"},
}
EVERYBODY = ["anna", "bo", "boss", "registrar", "decider", "colleague", "stranger", "other_boss"]


@pytest.mark.parametrize("page", GRID)
@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("published", [False, True])
def test_the_pages_are_there_for_those_who_may_and_for_nobody_else(
    town, client, page, who, published
):
    person = _person(town, who)
    project = town.grant("Cykelpool", owner=town.anna, with_=town.bo)
    if who == "decider":
        declare(project.idea, person, ConflictState.CLEAR)
    more = [town.reports(project).pk] if page == "answer" else []
    if page == "permanent_end":
        facts = Facts(since=date(2027, 5, 1), unit=town.unit.pk, budget="A")
        adopt(project.pk, facts=facts, by=town.boss, at=JUNE)
    if page == "resume":
        Idea.objects.filter(pk=project.idea_id).update(stage="stopped")
    if published:
        Project.objects.filter(pk=project.pk).update(published_at=MARCH)
    client.force_login(person)
    allowed = who in GRID[page] or (page == "project" and published)

    expected = 200 if allowed else 404
    assert client.get(url(project, page, *more)).status_code == expected
    if page != "project" and not allowed:
        assert client.post(url(project, page, *more), {}).status_code == 404


def _person(town, who):
    if who == "registrar":
        return person_as(Role.REGISTRAR, town.organisation)
    if who == "colleague":
        return person_as(Role.MANAGER, town.organisation)
    if who == "other_boss":
        return person_as(Role.ADMINISTRATOR, BodyFactory().organisation)
    if who == "decider":
        return SeatFactory(body=town.programme.body).person
    return getattr(town, who)


def test_a_report_of_another_project_has_no_page_here(town, client):
    client.force_login(town.boss)
    other = town.grant("Cykelpool", owner=town.bo)
    report = town.reports(other, by=town.bo, kind=ReportKind.FINAL)
    assert client.get(url(town.project, "answer", report.pk)).status_code == 404


@pytest.mark.parametrize("page", ["report", "final", "page", "last_day", "permanent"])
def test_who_is_not_signed_in_is_sent_to_sign_in(town, client, page):
    answer = client.get(url(town.project, page))
    assert (answer.status_code, "/account/sign-in/" in answer.url) == (302, True)
