"""What was stopped by mistake goes on, and its report is written anew."""

from datetime import date

import pytest

from idesluss.adoption.usecases import Facts, adopt, end
from idesluss.funding.models import Posting
from idesluss.ideas.models import Idea
from idesluss.ideas.vocab import ConflictState
from idesluss.logic.lifecycle import NoSuchStep
from idesluss.logic.refusals import Disqualified, Missing, NotAllowed, TooLong
from idesluss.pilots.reads.following import Next, expected_of, reports_of, whole
from idesluss.pilots.refusals import NotStopped
from idesluss.pilots.usecases import accept_report, resume
from idesluss.pilots.vocab import Onward, ReportKind
from idesluss.records.models import Entry
from tests.factories import declare
from tests.pilots.world import JUNE, MARCH, Town, verbs

pytestmark = pytest.mark.django_db
STOP = {"onward": Onward.STOP, "onward_words": "Ingen ville ha dem."}
WHY = "Stopp valdes av misstag."


@pytest.fixture
def town():
    return Town()


def stopped(town, **how):
    report = town.reports(**STOP, **how)
    accept_report(report.pk, seen=report.at.isoformat(), by=town.boss, at=MARCH)
    return report


def goes_on(town, *, reason=WHY, by=None):
    return resume(town.project.pk, reason=reason, by=by or town.boss, at=JUNE)


def stage(project):
    return Idea.objects.get(pk=project.idea_id).stage


def test_what_was_stopped_by_mistake_is_tested_again(town):
    stopped(town)
    assert stage(town.project) == "stopped"

    goes_on(town)

    assert stage(town.project) == "testing"
    town.project.refresh_from_db()
    assert town.project.changed_at == JUNE
    entry = Entry.objects.about(town.project).last()
    assert (entry.verb, entry.by_id, entry.data["reason"]) == (
        "pilots.resumed",
        town.boss.pk,
        WHY,
    )


@pytest.mark.parametrize("kind", list(ReportKind))
def test_the_report_that_ended_it_waits_to_be_written_anew(town, kind):
    report = stopped(town, kind=kind)
    goes_on(town)
    report.refresh_from_db()

    assert (report.accepted_at, report.accepted_by) == (None, None)
    assert (report.returned_at, report.returned_words) == (JUNE, WHY)
    project = whole(type(town.project).objects.all()).get(pk=town.project.pk)
    assert expected_of(project, reports_of(project), at=JUNE).next is Next.AGAIN
    assert "pilots.accepted" in verbs(town.project)  # it was, and that stays


def test_what_was_booked_stays_until_the_next_report_is_accepted(town):
    stopped(town, spent_minor=20_000_00)
    goes_on(town)
    used = Posting.objects.filter(kind="used").values_list("amount_minor", flat=True)
    assert list(used) == [20_000_00]

    report = town.reports(at=JUNE, spent_minor=15_000_00)
    accept_report(report.pk, seen=report.at.isoformat(), by=town.boss, at=JUNE)

    assert list(used.all()) == [20_000_00, -5_000_00]


def test_what_was_being_taken_over_goes_on_being_taken_over(town):
    final = town.reports(kind=ReportKind.FINAL)
    accept_report(final.pk, seen=final.at.isoformat(), by=town.boss, at=MARCH)
    assert stage(town.project) == "adopting"
    stopped(town, at=JUNE)

    goes_on(town)

    assert stage(town.project) == "adopting"


@pytest.mark.parametrize(
    ("steps", "back"),
    [
        ((), "adopting"),
        (("testing", "permanent"), "testing"),
        (("testing", "adopting", "permanent"), "adopting"),
    ],
)
def test_what_was_permanent_before_is_to_be_noted_anew_and_its_report_stands(steps, back):
    town = Town(steps=steps)
    facts = Facts(since=date(2027, 3, 1), unit=town.unit.pk, budget="Ramen")
    adopted = adopt(town.project.pk, facts=facts, by=town.boss, at=MARCH)
    how = {"reason": "Slut", "mistake": False, "version": adopted.version}
    end(town.project.pk, **how, by=town.boss, at=MARCH)
    assert stage(town.project) == "stopped"

    goes_on(town)

    assert stage(town.project) == back
    assert Entry.objects.about(town.project).last().data["report"] is None


def test_an_accepted_report_that_goes_on_is_left_alone(town):
    report = town.reports()
    accept_report(report.pk, seen=report.at.isoformat(), by=town.boss, at=MARCH)
    Idea.objects.filter(pk=town.project.idea_id).update(stage="stopped")

    goes_on(town)

    report.refresh_from_db()
    assert (report.accepted_at, stage(town.project)) == (MARCH, "testing")


def test_only_what_is_stopped_can_go_on_and_only_once(town):
    with pytest.raises(NotStopped):
        goes_on(town)
    stopped(town)
    goes_on(town)
    with pytest.raises(NotStopped):
        goes_on(town)


def test_a_programme_that_no_longer_has_the_step_says_so(town):
    stopped(town)
    town.programme.steps.create(stage="permanent", name="Permanent", position=0)
    with pytest.raises(NoSuchStep):
        goes_on(town)
    assert stage(town.project) == "stopped"


@pytest.mark.parametrize(("reason", "refusal"), [(" \n", Missing), ("x" * 2001, TooLong)])
def test_there_must_be_a_reason(town, reason, refusal):
    stopped(town)
    with pytest.raises(refusal) as caught:
        goes_on(town, reason=reason)
    assert caught.value.field == "reason"
    assert stage(town.project) == "stopped"


def test_only_the_office_may_and_never_in_a_case_of_its_own(town):
    stopped(town)
    for person in (town.anna, town.bo, town.stranger):
        with pytest.raises(NotAllowed):
            goes_on(town, by=person)
    declare(town.project.idea, town.boss, ConflictState.DECLARED)
    with pytest.raises((NotAllowed, Disqualified)):
        goes_on(town)
