"""The clock reminds, once for each day that is near or past, and tells the office in the end."""

from datetime import UTC, date, datetime, timedelta

import pytest

from idesluss.ideas.models import Idea
from idesluss.jobs.following import remind_of_reports
from idesluss.pilots.usecases import extend, return_report
from idesluss.pilots.vocab import ReportKind
from idesluss.records.models import Entry
from tests.pilots.world import JUNE, Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return Town()


def clock(day, hour=9):
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)


def said(project):
    """What the clock has noted: verb, which reminder."""
    entries = Entry.objects.about(project).filter(by_id=None).exclude(verb="pilots.begun")
    return [(entry.verb.removeprefix("pilots."), entry.data["what"]) for entry in entries]


def test_a_year_of_hours_reminds_four_times(town):
    at = clock("2027-02-01", 0)
    while at < clock("2028-02-01"):
        remind_of_reports(at)
        at += timedelta(hours=6)

    assert said(town.project) == [
        ("reminded", "month"), ("reminded", "week"), ("reminded", "ended"), ("overdue", "overdue"),
    ]  # fmt: skip
    days = Entry.objects.about(town.project).filter(verb__contains="remind").values_list("at")
    assert [at.date().isoformat() for (at,) in days] == ["2027-10-29", "2027-11-23", "2027-12-01"]


def test_a_clock_that_stood_still_says_only_what_is_due_now(town):
    assert remind_of_reports(clock("2027-12-20")) == 1
    assert remind_of_reports(clock("2027-12-20")) == 0
    assert said(town.project) == [("overdue", "overdue")]
    entry = Entry.objects.get(verb="pilots.overdue")
    assert entry.data["report_by"] == "2027-12-14"


def test_nobody_is_reminded_at_night(town):
    assert remind_of_reports(clock("2027-11-24", 4)) == 0  # 05.00 in Stockholm
    assert remind_of_reports(clock("2027-11-24", 6)) == 1


def test_the_day_is_that_of_the_organisation():
    town = Town(zone="America/Nuuk", country="DK")
    assert remind_of_reports(clock("2027-10-29", 0)) == 0  # still the 28th there
    assert said(town.project) == []


@pytest.mark.parametrize("day", ["2027-11-24", "2027-12-02", "2027-12-20"])
def test_who_has_sent_the_final_report_is_left_in_peace(town, day):
    town.reports(kind=ReportKind.FINAL, at=JUNE)
    assert remind_of_reports(clock(day)) == 0


def test_a_final_report_that_was_sent_back_has_not_come(town):
    report = town.reports(kind=ReportKind.FINAL, at=JUNE)
    return_report(report.pk, words="Mer?", seen=JUNE.isoformat(), by=town.boss, at=JUNE)
    assert remind_of_reports(clock("2027-12-20")) == 1


def test_a_report_on_the_way_is_no_final_report(town):
    town.reports()
    assert remind_of_reports(clock("2027-12-20")) == 1


def test_another_last_day_is_reminded_of_anew(town):
    remind_of_reports(clock("2027-11-24"))
    later = date(2028, 3, 31)
    extend(town.project.pk, ends_on=later, reason="Snö", by=town.boss, at=clock("2027-11-25"))

    assert remind_of_reports(clock("2027-11-26")) == 0
    assert remind_of_reports(clock("2028-03-25")) == 1
    assert said(town.project)[0] == said(town.project)[-1] == ("reminded", "week")


def test_a_project_that_goes_on_past_the_year_tells_before_it_ends(town):
    _ends(town, date(2028, 3, 31))
    assert remind_of_reports(clock("2027-11-30")) == 0
    assert remind_of_reports(clock("2027-12-01")) == 1
    assert remind_of_reports(clock("2027-12-02")) == 0
    assert said(town.project) == [("reminded", "year")]
    assert Entry.objects.get(verb="pilots.reminded").data["year"] == 2027


def test_who_told_lately_need_not_tell_again_for_the_years_end(town):
    _ends(town, date(2028, 3, 31))
    town.reports(at=clock("2027-11-15"))
    assert remind_of_reports(clock("2027-12-01")) == 0


def test_who_has_handed_in_the_final_report_need_not_tell_for_the_years_end(town):
    _ends(town, date(2028, 3, 31))
    town.reports(at=clock("2027-09-01"), kind=ReportKind.FINAL)
    assert remind_of_reports(clock("2027-12-01")) == 0


@pytest.mark.parametrize("stage", ["stopped", "permanent", "declined"])
def test_what_has_ended_is_not_reminded_of(town, stage):
    Idea.objects.filter(pk=town.project.idea_id).update(stage=stage)
    assert remind_of_reports(clock("2027-12-20")) == 0


def test_without_a_last_day_there_is_nothing_to_remind_of(town):
    _ends(town, None)
    assert remind_of_reports(clock("2027-12-20")) == 0


def test_each_project_is_reminded_on_its_own(town):
    other = town.grant("Cykelpool", owner=town.bo, ends_on=date(2027, 12, 15))
    assert remind_of_reports(clock("2027-12-01")) == 2
    assert said(town.project) == [("reminded", "ended")]
    assert said(other) == [("reminded", "month")]


def _ends(town, day):
    town.project.ends_on = day
    town.project.save()
