"""The office answers: money is booked, the next part is released, and the case goes on or ends."""

import pytest

from idesluss.funding.models import Instalment, Posting
from idesluss.ideas.models import Idea
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.logic.refusals import ChangedMeanwhile, Disqualified, Missing, NotAllowed, TooLong
from idesluss.pilots.reads.money import currency_of, money_of
from idesluss.pilots.refusals import ReportAnswered
from idesluss.pilots.usecases import accept_report, begin, return_report
from idesluss.pilots.vocab import Onward, ReportKind
from tests.factories import PotFactory, declare, involve
from tests.pilots.world import DECIDED, JUNE, MARCH, Town, verbs

pytestmark = pytest.mark.django_db
TAUGHT = {"onward": Onward.STOP, "onward_words": "Ingen ville ha dem."}


@pytest.fixture
def town():
    return Town()


def accept(town, report, *, at=JUNE, by=None):
    accept_report(report.pk, seen=report.at.isoformat(), by=by or town.boss, at=at)
    report.refresh_from_db()
    return report


def used(project):
    return sum(sums.used for sums in money_of([project.idea_id])[project.idea_id])


def released(project):
    return sum(sums.released for sums in money_of([project.idea_id])[project.idea_id])


def stage(project):
    return Idea.objects.get(pk=project.idea_id).stage


def test_what_is_spent_is_booked_when_the_report_is_accepted(town):
    report = accept(town, town.reports())

    assert (report.accepted_at, report.accepted_by) == (JUNE, town.boss)
    assert used(town.project) == 12_500_00
    assert stage(town.project) == "testing"
    town.project.refresh_from_db()
    assert town.project.changed_at == JUNE
    assert verbs(town.project)[-1] == "pilots.accepted"


def test_the_next_report_books_only_the_difference_and_less_takes_it_back(town):
    accept(town, town.reports())
    accept(town, town.reports(at=JUNE, spent_minor=30_000_00))
    assert used(town.project) == 30_000_00
    accept(town, town.reports(at=JUNE, spent_minor=10_000_00))

    assert used(town.project) == 10_000_00
    rows = Posting.objects.filter(kind="used").values_list("amount_minor", flat=True)
    assert list(rows) == [12_500_00, 17_500_00, -20_000_00]


def test_spent_beyond_what_is_released_is_not_the_funds(town):
    accept(town, town.reports(spent_minor=75_000_00))

    assert used(town.project) == 60_000_00


def test_a_project_without_a_sum_is_reported_on_too(town):
    application = town.granted("Utan pengar", owner=town.anna, minor=0)
    application.grants.all().delete()
    project = begin(application.pk, at=DECIDED)
    accept(town, town.reports(project, spent_minor=0))

    assert currency_of(project.idea_id, "DKK") == "DKK"
    assert money_of([project.idea_id]) == {}


# --- Money in parts ----------------------------------------------------------------------------


@pytest.fixture
def staged(town):
    """A project with 40 000 kr released and two parts of 10 000 kr that wait for reports."""
    application = town.granted("I delar", owner=town.anna, minor=0)
    grant = application.grants.get()
    grant.amount_minor = 60_000_00
    grant.save()
    Posting.objects.create(grant=grant, kind="released", amount_minor=40_000_00, at=DECIDED)
    for place in (1, 2):
        Instalment.objects.create(
            grant=grant, amount_minor=10_000_00, after="report", position=place
        )
    return begin(application.pk, at=DECIDED)


def test_an_accepted_report_on_the_way_releases_the_next_part(town, staged):
    accept(town, town.reports(staged))
    assert released(staged) == 50_000_00
    accept(town, town.reports(staged, at=JUNE))
    assert released(staged) == 60_000_00
    accept(town, town.reports(staged, at=JUNE))
    assert released(staged) == 60_000_00


@pytest.mark.parametrize(
    ("spent", "out"),
    [
        (39_000_00, 40_000_00),
        (40_000_00, 40_000_00),
        (40_000_01, 50_000_00),
        (55_000_00, 60_000_00),
        (99_000_00, 60_000_00),
    ],
)
@pytest.mark.parametrize("last", [{"kind": ReportKind.FINAL}, TAUGHT])
def test_the_last_report_releases_only_what_is_spent_already(town, staged, spent, out, last):
    accept(town, town.reports(staged, spent_minor=spent, **last))

    assert released(staged) == out
    assert used(staged) == min(spent, out)


# --- Where the case goes -----------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(ReportKind))
@pytest.mark.parametrize("onward", [Onward.CONTINUE, Onward.CHANGE])
def test_to_go_on_and_to_change_are_results_that_leave_the_project_going(town, kind, onward):
    words = "Två våningar i stället."
    accept(town, town.reports(kind=kind, onward=onward, onward_words=words))
    final = kind is ReportKind.FINAL and onward is Onward.CONTINUE

    assert stage(town.project) == ("adopting" if final else "testing")


@pytest.mark.parametrize("kind", list(ReportKind))
@pytest.mark.parametrize("before", ["testing", "adopting"])
def test_to_stop_is_a_result_too_and_ends_the_project(town, kind, before):
    Idea.objects.filter(pk=town.project.idea_id).update(stage=before)
    accept(town, town.reports(kind=kind, **TAUGHT))

    assert stage(town.project) == "stopped"


def test_a_fund_without_a_step_for_taking_over_leaves_a_finished_project_where_it_is():
    town = Town(steps=("received", "deciding", "testing", "permanent"))
    accept(town, town.reports(kind=ReportKind.FINAL))

    assert stage(town.project) == "testing"


def test_results_of_the_final_report_are_proposed_for_the_page_and_never_overwrite_it(town):
    accept(town, town.reports(kind=ReportKind.FINAL))
    town.project.refresh_from_db()
    assert town.project.results == "Tre fall färre."

    accept(town, town.reports(kind=ReportKind.FINAL, at=JUNE, results="Fyra fall färre."))
    town.project.refresh_from_db()
    assert town.project.results == "Tre fall färre."
    assert town.project.published_at is None


# --- Sent back, and who may --------------------------------------------------------------------


def test_a_report_is_sent_back_with_what_is_missing(town):
    report = town.reports()
    return_report(
        report.pk, words=" Hur många fall? ", seen=report.at.isoformat(), by=town.boss, at=JUNE
    )
    report.refresh_from_db()

    assert (report.returned_at, report.returned_words) == (JUNE, "Hur många fall?")
    assert used(town.project) == 0
    assert verbs(town.project)[-1] == "pilots.returned"


@pytest.mark.parametrize(("words", "refusal"), [(" ", Missing), ("x" * 4001, TooLong)])
def test_what_is_missing_must_be_said(town, words, refusal):
    report = town.reports()
    with pytest.raises(refusal) as caught:
        return_report(report.pk, words=words, seen=report.at.isoformat(), by=town.boss, at=JUNE)
    assert caught.value.field == "words"


def test_a_report_is_answered_once(town):
    report = accept(town, town.reports())
    with pytest.raises(ReportAnswered):
        accept(town, report)
    with pytest.raises(ReportAnswered):
        return_report(report.pk, words="Mer", seen=report.at.isoformat(), by=town.boss, at=JUNE)
    assert used(town.project) == 12_500_00


def test_a_report_that_was_changed_since_it_was_read_is_not_accepted_unread(town):
    report = town.reports()
    seen = report.at.isoformat()
    town.reports(at=JUNE, spent_minor=59_000_00)
    with pytest.raises(ChangedMeanwhile):
        accept_report(report.pk, seen=seen, by=town.boss, at=JUNE)
    assert used(town.project) == 0


@pytest.mark.parametrize("who", ["anna", "bo", "stranger"])
def test_only_the_office_answers(town, who):
    report = town.reports()
    with pytest.raises(NotAllowed):
        accept(town, report, by=getattr(town, who))


def test_an_administrator_answers_no_report_of_their_own_case_or_one_shut_to_them(town):
    own = town.reports()
    involve(town.project.idea, town.boss, Part.CO_APPLICANT)
    with pytest.raises(NotAllowed):
        accept(town, own)

    other = town.grant("Cykelpool", owner=town.bo)
    report = town.reports(other, by=town.bo, at=MARCH)
    declare(other.idea, town.boss, ConflictState.DECLARED)
    with pytest.raises((NotAllowed, Disqualified)):
        accept(town, report)


def test_money_of_several_currencies_and_changes_is_told_apart(town):
    grant = town.project.idea.applications.get().grants.get()
    Posting.objects.create(grant=grant, kind="changed", amount_minor=5_000_00, at=MARCH)
    euro = grant.application.grants.create(year=2027, amount_minor=100_00, currency="EUR")
    PotFactory(programme=town.programme, year=2028)
    Posting.objects.create(grant=euro, kind="released", amount_minor=60_00, at=MARCH)
    euros, kronor = money_of([town.project.idea_id])[town.project.idea_id]

    assert (euros.currency, euros.granted, euros.released) == ("EUR", 100_00, 60_00)
    assert (kronor.decided, kronor.granted, kronor.is_changed) == (60_000_00, 65_000_00, True)
    assert (kronor.released, kronor.used, kronor.returned) == (60_000_00, 0, 0)
    assert currency_of(town.project.idea_id, "DKK") == "SEK"
