"""Two press at the same moment: one project, one report, money booked once, one reminder."""

import pytest

from idesluss.adoption.models import Adoption
from idesluss.adoption.refusals import CannotBecomePermanent
from idesluss.adoption.usecases import Facts, adopt
from idesluss.funding.models import Posting
from idesluss.logic.refusals import ChangedMeanwhile
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.pilots.models import Project, Report
from idesluss.pilots.refusals import ReportAnswered
from idesluss.pilots.usecases import accept_report, begin, remind_due
from idesluss.records.models import Entry
from tests.factories import person_as
from tests.people.test_at_once import at_once
from tests.pilots.test_remind import clock
from tests.pilots.world import DECIDED, JUNE, MARCH, Town

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def town():
    return Town()


def fresh(person):
    """As another request would have the person."""
    return Person.objects.get(pk=person.pk)


def test_a_decision_that_is_handed_on_twice_begins_one_project(town):
    application = town.granted("Cykelpool", owner=town.bo)
    both = [lambda: begin(application.pk, at=DECIDED)] * 2

    assert at_once(*both) == [None, None]
    assert Project.objects.filter(idea=application.idea).count() == 1


def test_two_who_carry_it_out_and_report_at_once_have_written_one_report(town):
    def reports(person):
        return lambda: town.reports(by=fresh(person))

    assert at_once(reports(town.anna), reports(town.bo)) == [None, None]
    assert Report.objects.count() == 1


def test_two_who_accept_at_once_book_the_money_once(town):
    report = town.reports()
    other = person_as(Role.ADMINISTRATOR, town.organisation)

    def accepts(person):
        seen = report.at.isoformat()
        return lambda: accept_report(report.pk, seen=seen, by=fresh(person), at=JUNE)

    refused = at_once(accepts(town.boss), accepts(other))
    assert sorted(refused, key=str) == [ReportAnswered, None]
    assert Posting.objects.filter(kind="used").count() == 1


def test_what_is_changed_while_it_is_accepted_is_never_accepted_unread(town):
    report = town.reports()
    seen = report.at.isoformat()
    accept = {"seen": seen, "by": fresh(town.boss), "at": JUNE}
    refused = at_once(
        lambda: accept_report(report.pk, **accept),
        lambda: town.reports(by=fresh(town.anna), at=JUNE, spent_minor=59_000_00),
    )
    booked = [row.amount_minor for row in Posting.objects.filter(kind="used")]
    assert (refused[0], booked) in [(None, [12_500_00]), (ChangedMeanwhile, [])]
    assert refused[1] is None


def test_two_clocks_remind_once(town):
    at = clock("2027-11-24")
    assert at_once(lambda: remind_due(at=at), lambda: remind_due(at=at)) == [None, None]
    assert Entry.objects.filter(verb="pilots.reminded").count() == 1


def test_two_who_note_it_as_permanent_note_it_once(town):
    other = person_as(Role.ADMINISTRATOR, town.organisation)

    def notes(person):
        facts = Facts(since=MARCH.date(), unit=town.unit.pk, budget="A")
        return lambda: adopt(town.project.pk, facts=facts, by=fresh(person), at=JUNE)

    refused = at_once(notes(town.boss), notes(other))
    assert sorted(refused, key=str) == [CannotBecomePermanent, None]
    assert Adoption.objects.get().version == 1
