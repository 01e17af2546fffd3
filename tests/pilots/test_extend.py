"""The office changes the last day, with a reason that stays."""

from datetime import date

import pytest

from idesluss.ideas.models import Idea
from idesluss.logic.refusals import Missing, NotAllowed, TooLong
from idesluss.pilots.reads.following import moved_days
from idesluss.pilots.refusals import EndsTooEarly, NoLongerRunning, SameDay
from idesluss.pilots.usecases import extend
from idesluss.records.models import Entry
from tests.pilots.world import JUNE, LAST_DAY, Town

pytestmark = pytest.mark.django_db
LATER = date(2028, 3, 31)


@pytest.fixture
def town():
    return Town()


def move(town, *, ends_on=LATER, reason=" Lamporna kom sent. ", by=None):
    return extend(town.project.pk, ends_on=ends_on, reason=reason, by=by or town.boss, at=JUNE)


def test_the_day_before_and_the_reason_stay_in_the_records(town):
    project = move(town)

    assert (project.ends_on, project.changed_at) == (LATER, JUNE)
    entry = Entry.objects.about(project).last()
    assert (entry.verb, entry.by_id) == ("pilots.extended", town.boss.pk)
    assert entry.data == {
        "before": "2027-11-30", "ends_on": "2028-03-31", "reason": "Lamporna kom sent.",
    }  # fmt: skip
    [moved] = moved_days(project)
    assert (moved.before, moved.ends_on, moved.reason) == (LAST_DAY, LATER, "Lamporna kom sent.")


def test_a_project_without_a_last_day_gets_one(town):
    town.project.ends_on = None
    town.project.save()
    assert [it.before for it in moved_days(move(town))] == [None]


@pytest.mark.parametrize(
    ("fields", "refusal", "field"),
    [
        ({"ends_on": LAST_DAY}, SameDay, "ends_on"),
        ({"ends_on": date(2027, 1, 19)}, EndsTooEarly, "ends_on"),
        ({"reason": " "}, Missing, "reason"),
        ({"reason": "x" * 2001}, TooLong, "reason"),
    ],
)
def test_a_day_or_a_reason_that_cannot_be_is_refused_where_it_is_typed(
    town, fields, refusal, field
):
    with pytest.raises(refusal) as caught:
        move(town, **fields)
    assert caught.value.field == field
    town.project.refresh_from_db()
    assert town.project.ends_on == LAST_DAY


def test_a_day_earlier_than_before_is_fine_from_the_first_day_on(town):
    assert move(town, ends_on=date(2027, 1, 20)).ends_on == date(2027, 1, 20)


def test_what_has_ended_gets_no_other_last_day(town):
    Idea.objects.filter(pk=town.project.idea_id).update(stage="stopped")
    with pytest.raises(NoLongerRunning):
        move(town)


@pytest.mark.parametrize("who", ["anna", "bo", "stranger"])
def test_only_the_office_changes_the_day(town, who):
    with pytest.raises(NotAllowed):
        move(town, by=getattr(town, who))
