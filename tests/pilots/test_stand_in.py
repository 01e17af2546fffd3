"""The office writes the report of a project whose owner has no account, and that is seen."""

import pytest

from idesluss.ideas.vocab import ConflictState
from idesluss.logic.refusals import Disqualified, Missing, NotAllowed, TooLong
from idesluss.pilots.rules import may_report, stands_in
from idesluss.pilots.usecases import accept_report, begin
from idesluss.pilots.vocab import ReportKind
from idesluss.records.models import Entry
from tests.factories import declare
from tests.pilots.world import DECIDED, JUNE, Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    there = Town()
    application = there.granted("Odling på taket", idea__applicant_name="Kim Alm")
    there.taken_in = begin(application.pk, at=DECIDED)
    return there


def tells(town, **how):
    return town.reports(town.taken_in, **{"by": town.boss, "told_by": " Kim Alm ", **how})


def test_the_office_writes_for_somebody_without_an_account(town):
    report = tells(town)

    assert (report.by, report.told_by) == (town.boss, "Kim Alm")
    entry = Entry.objects.about(town.taken_in).last()
    assert (entry.verb, entry.data["told_by"]) == ("pilots.reported", "Kim Alm")


def test_such_a_report_is_answered_as_any_other(town):
    report = tells(town, kind=ReportKind.FINAL)
    accept_report(report.pk, seen=report.at.isoformat(), by=town.boss, at=JUNE)
    report.refresh_from_db()
    town.taken_in.idea.refresh_from_db()
    assert (report.accepted_at, town.taken_in.idea.stage) == (JUNE, "adopting")


@pytest.mark.parametrize(
    ("name", "refusal"), [("", Missing), ("  ", Missing), ("x" * 161, TooLong)]
)
def test_for_whom_it_is_written_must_be_said(town, name, refusal):
    with pytest.raises(refusal) as caught:
        tells(town, told_by=name)
    assert caught.value.field == "told_by"


def test_an_owner_with_an_account_reports_alone(town):
    with pytest.raises(NotAllowed):
        town.reports(by=town.boss, told_by="Anna Ek")
    assert town.reports(told_by="Någon annan").told_by == ""


def test_nobody_else_writes_for_somebody(town):
    for person in (town.anna, town.stranger):
        with pytest.raises(NotAllowed):
            tells(town, by=person)
    declare(town.taken_in.idea, town.boss, ConflictState.DECLARED)
    with pytest.raises((NotAllowed, Disqualified)):
        tells(town)


@pytest.mark.parametrize(
    ("who", "own", "taken_in"),
    [
        ("anna", (True, False), (False, False)),
        ("bo", (True, False), (False, False)),
        ("boss", (False, False), (True, True)),
        ("stranger", (False, False), (False, False)),
    ],
)
def test_who_may_report_and_who_stands_in(town, who, own, taken_in):
    person = getattr(town, who)
    for project, expected in ((town.project, own), (town.taken_in, taken_in)):
        asked = (may_report(person, project, at=JUNE), stands_in(person, project, at=JUNE))
        assert asked == expected
