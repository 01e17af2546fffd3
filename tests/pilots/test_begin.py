"""A project begins with the decision, once, and publishes nothing."""

from datetime import UTC, date, datetime

import pytest

from idesluss.funding.models import Grant
from idesluss.jobs.deliver import deliver
from idesluss.jobs.following import begin_projects
from idesluss.people.vocab import Role
from idesluss.pilots.models import Project
from idesluss.pilots.usecases import begin
from idesluss.records.models import Entry
from idesluss.records.usecases import note
from tests.factories import ApplicationFactory, RoundFactory, person_as
from tests.pilots.world import DECIDED, LAST_DAY, MARCH, Town, verbs

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return Town()


def test_a_granted_application_becomes_a_project_of_its_owner(town):
    project = town.project

    assert project.coordinator == town.anna
    assert (project.starts_on, project.ends_on) == (date(2027, 1, 20), LAST_DAY)
    assert (project.purpose, project.results, project.learned) == ("", "", "")
    assert (project.published_at, project.coordinator_shown) == (None, False)
    assert verbs(project) == ["pilots.begun"]


def test_the_same_decision_twice_makes_one_project(town):
    application = town.granted("Cykelpool", owner=town.bo)

    first = begin(application.pk, at=DECIDED)
    second = begin(application.pk, at=MARCH)

    assert first == second
    assert verbs(first) == ["pilots.begun"]


@pytest.mark.parametrize("outcome", ["refused", "postponed", "incomplete", "withdrawn"])
def test_without_money_there_is_no_project(town, outcome):
    stage = {"postponed": "parked", "withdrawn": "withdrawn"}.get(outcome, "declined")
    application = ApplicationFactory(
        round=town.round, stage=stage, outcome=outcome, decided_at=DECIDED, owner=town.bo
    )

    assert begin(application.pk, at=DECIDED) is None
    assert not Project.objects.filter(idea=application.idea).exists()


@pytest.mark.parametrize(
    ("ends_on", "year", "decided", "starts", "ends"),
    [
        (None, 2027, (2026, 12, 1), (2027, 1, 1), (2027, 12, 31)),
        (date(2027, 6, 30), 2027, (2027, 2, 1), (2027, 2, 1), (2027, 6, 30)),
        (date(2027, 6, 30), 2028, (2027, 2, 1), (2028, 1, 1), (2028, 12, 31)),  # a later pot
        (date(2026, 6, 30), 2026, (2027, 2, 1), (2027, 2, 1), (2027, 2, 1)),  # decided too late
    ],
)
def test_its_period_is_what_the_money_and_the_application_allow(
    town, ends_on, year, decided, starts, ends
):
    at = datetime(*decided, 9, tzinfo=UTC)
    application = town.granted("X", owner=town.bo, ends_on=ends_on, year=year, decided_at=at)

    project = begin(application.pk, at=at)

    assert (project.starts_on, project.ends_on) == (date(*starts), date(*ends))


def test_a_case_from_a_table_has_nobody_to_remind_and_so_no_last_day(town):
    application = town.granted("Elmotorer", idea__applicant_name="Karin Holm", year=2023)

    project = begin(application.pk, at=MARCH)

    assert (project.coordinator, project.coordinator_name) == (None, "Karin Holm")
    assert (project.starts_on, project.ends_on) == (date(2023, 1, 1), None)


def test_more_money_for_the_same_case_makes_the_project_longer_and_never_shorter(town):
    idea = town.project.idea
    next_year = RoundFactory(programme=town.programme, project_year=2028, results_at=DECIDED)
    second = town.granted("", idea=idea, round=next_year, ends_on=date(2028, 5, 31))
    begin(second.pk, at=MARCH)
    town.project.refresh_from_db()

    assert town.project.ends_on == date(2028, 5, 31)
    assert verbs(town.project) == ["pilots.begun", "pilots.granted_again"]
    begin(town.project.idea.applications.first().pk, at=MARCH)
    assert verbs(town.project) == ["pilots.begun", "pilots.granted_again"]


def test_the_clock_begins_the_project_when_the_decision_is_noted(town):
    application = town.granted("Cykelpool", owner=town.bo)
    news = {
        "title": "Cykelpool", "register_number": "INN 1", "round": "O", "body": "B",
        "decided_on": "2027-01-20", "outcome": "granted", "asked_minor": 1, "granted_minor": 1,
        "currency": "SEK", "reason": "", "conditions": "", "later_year": None,
        "project_year": 2027, "contact_name": "", "contact_mail": "", "path": "/x/",
    }  # fmt: skip
    note("funding.decided", about=application, by=town.boss, at=DECIDED, **news)

    deliver(DECIDED)

    assert Project.objects.get(idea=application.idea).coordinator == town.bo
    assert not Entry.objects.filter(verb="funding.decided", delivered_at=None).exists()


def test_a_round_taken_in_from_a_table_gets_its_projects(town):
    granted = [town.granted(title, year=2023) for title in ("A", "B")]
    ApplicationFactory(round=town.round, stage="declined", outcome="refused", decided_at=DECIDED)
    note("funding.imported", about=town.round, by=None, at=MARCH)

    deliver(MARCH)

    assert Project.objects.filter(published_at=None).count() == 3
    assert {one.idea for one in Project.objects.all()} >= {one.idea for one in granted}


def test_what_was_granted_before_there_were_projects_gets_one_from_the_clock(town):
    town.granted("A", owner=town.bo)
    town.granted("B")

    assert begin_projects(MARCH) == 2
    assert begin_projects(MARCH) == 0
    assert Project.objects.count() == 3
    assert Grant.objects.count() == 3


def test_an_owner_who_has_left_the_case_does_not_coordinate(town):
    application = town.granted("Cykelpool", owner=town.bo)
    application.idea.involvements.update(ended_at=DECIDED)
    person_as(Role.EMPLOYEE, town.organisation)

    assert begin(application.pk, at=MARCH).coordinator is None
