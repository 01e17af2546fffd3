"""The public page: only what is chosen is shown, by those who may, and it can be taken back."""

from datetime import timedelta

import pytest

from idesluss.ideas.models import Involvement
from idesluss.ideas.vocab import Part
from idesluss.logic.refusals import AlreadyDone, ChangedMeanwhile, Missing, NotAllowed, TooLong
from idesluss.pilots.models import Project
from idesluss.pilots.reads.following import photos_of, proposal
from idesluss.pilots.refusals import NoSuchPhoto, NotPublicYet
from idesluss.pilots.usecases import Page, accept_report, begin, present, take_back
from tests.factories import involve
from tests.pilots.world import DECIDED, JUNE, MARCH, Town, photo, verbs

pytestmark = pytest.mark.django_db
PURPOSE = "Färre fall om natten."


@pytest.fixture
def town():
    return Town()


def write(town, *, by=None, publish=True, version=None, project=None, **fields):
    project = Project.objects.get(pk=(project or town.project).pk)
    return present(
        project.pk,
        page=Page(**{"purpose": PURPOSE, **fields}),
        version=project.version if version is None else version,
        publish=publish,
        by=by or town.anna,
        at=JUNE,
    )


def accepted(town, **fields):
    report = town.reports(photo=photo(), photo_text="En lampa", **fields)
    return accept_report(report.pk, seen=report.at.isoformat(), by=town.boss, at=MARCH)


def test_the_coordinator_publishes_and_takes_back(town):
    project = write(town)
    assert project.published_at == JUNE
    project = take_back(town.project.pk, by=town.anna, at=JUNE)

    assert (project.published_at, project.purpose) == (None, PURPOSE)
    assert verbs(project)[1:] == ["pilots.presented", "pilots.published", "pilots.taken_back"]
    with pytest.raises(AlreadyDone):
        take_back(town.project.pk, by=town.anna, at=JUNE)


def test_saving_for_later_publishes_nothing(town):
    project = write(town, publish=False, purpose="", learned="Lågt.")
    assert (project.published_at, project.learned) == (None, "Lågt.")
    assert not Project.objects.visible_to(None, at=JUNE).exists()


def test_a_published_page_changes_at_once_and_is_published_once(town):
    write(town)
    project = write(town, publish=True, results="Tre fall färre.")
    assert project.results == "Tre fall färre."
    assert verbs(project).count("pilots.published") == 1


def test_nothing_of_the_application_is_published_by_itself(town):
    town.project.refresh_from_db()
    assert proposal(town.project) == {
        "purpose": town.project.idea.need, "results": "", "learned": "",
    }  # fmt: skip
    assert town.project.purpose == ""
    with pytest.raises(Missing) as caught:
        write(town, purpose="  ")
    assert caught.value.field == "purpose"


def test_what_was_learned_is_proposed_from_the_latest_accepted_report(town):
    accepted(town)
    town.reports(at=JUNE, learned="Inte läst än.")
    assert proposal(town.project)["learned"] == "Lamporna ska sitta lågt."


def test_two_who_write_at_once_lose_nothing(town):
    write(town, version=0)
    with pytest.raises(ChangedMeanwhile):
        write(town, version=0, by=town.boss, purpose="Annat")


@pytest.mark.parametrize("field", ["purpose", "results", "learned"])
def test_texts_have_room_for_so_much(town, field):
    with pytest.raises(TooLong) as caught:
        write(town, **{field: "x" * 4001})
    assert caught.value.field == field


def test_a_project_is_not_shown_before_the_results_of_its_round(town):
    town.round.results_at = JUNE + timedelta(seconds=1)
    town.round.save()
    with pytest.raises(NotPublicYet):
        write(town)
    assert not Project.objects.exclude(published_at=None).exists()


# --- The photo ---------------------------------------------------------------------------------


def test_the_photo_of_an_accepted_report_is_shown_when_it_is_chosen(town):
    report = accepted(town)
    assert photos_of(town.project) == [report]
    assert write(town).pictured is None
    assert write(town, pictured=report.pk).pictured_id == report.pk


def test_a_photo_that_nobody_has_accepted_or_of_another_project_is_not_shown(town):
    waiting = town.reports(photo=photo(), photo_text="En lampa")
    other = town.grant("Cykelpool", owner=town.anna)
    theirs = accepted(town, project=other)
    for pictured in (waiting.pk, theirs.pk, 0):
        with pytest.raises(NoSuchPhoto):
            write(town, pictured=pictured)


def test_an_accepted_report_without_a_photo_shows_none(town):
    report = town.reports()
    accept_report(report.pk, seen=report.at.isoformat(), by=town.boss, at=MARCH)
    with pytest.raises(NoSuchPhoto):
        write(town, pictured=report.pk)


# --- The name ----------------------------------------------------------------------------------


def test_only_the_coordinator_says_yes_to_the_own_name(town):
    with pytest.raises(NotAllowed):
        write(town, by=town.boss, named=True)
    assert write(town, named=True).coordinator_shown
    assert write(town, by=town.boss).coordinator_shown  # not asked: not changed
    assert not write(town, named=False).coordinator_shown


def test_for_somebody_without_an_account_the_office_says_that_they_have_said_yes(town):
    old = begin(town.granted("Elmotorer", idea__applicant_name="Karin Holm").pk, at=DECIDED)
    project = write(town, project=old, by=town.boss, named=True, coordinator_name=" Karin  Holm ")
    assert (project.coordinator_name, project.coordinator_shown) == ("Karin Holm", True)

    project = write(town, project=old, by=town.boss, coordinator_name="Kim Berg")
    assert (project.coordinator_name, project.coordinator_shown) == ("Kim Berg", False)
    with pytest.raises(TooLong):
        write(town, project=old, by=town.boss, coordinator_name="x" * 161)


def test_a_coordinator_with_an_account_keeps_their_own_name(town):
    assert write(town, by=town.boss, coordinator_name="Någon annan").coordinator_name == ""


# --- Who may -----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["bo", "stranger"])
def test_only_coordinator_and_office_present_a_project(town, who):
    with pytest.raises(NotAllowed):
        write(town, by=getattr(town, who))
    write(town)
    with pytest.raises(NotAllowed):
        take_back(town.project.pk, by=getattr(town, who), at=JUNE)


def test_the_office_publishes_too_and_a_coordinator_who_has_left_does_not(town):
    assert write(town, by=town.boss).published_at == JUNE
    Involvement.objects.filter(person=town.anna).update(ended_at=MARCH)
    with pytest.raises(NotAllowed):
        write(town)
    involve(town.project.idea, town.anna, Part.OWNER)
    assert write(town).purpose == PURPOSE
