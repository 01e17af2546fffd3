"""What is stuck, and with whom: as far as the administrator who asks may see."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from idesluss.funding.models import Endorsement
from idesluss.funding.vocab import Waiting
from idesluss.ideas.models import Completion, Idea
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.insight.acts import Act, When
from idesluss.insight.reads.stuck import stuck_in
from idesluss.people.usecases import remind
from idesluss.people.vocab import Role
from idesluss.pilots.models import Project, Report
from idesluss.programmes.models import Step
from idesluss.records.models import Letter
from idesluss.records.usecases import write_letter
from tests.factories import (
    NOON,
    ApplicationFactory,
    AppointmentFactory,
    AssessmentFactory,
    OrganisationFactory,
    PersonFactory,
    RoundFactory,
    declare,
    involve,
    person_as,
)
from tests.insight.work_world import project, shut

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
YESTERDAY = date(2026, 10, 4)


@pytest.fixture
def town():
    return OrganisationFactory()


@pytest.fixture
def boss(town):
    return person_as(Role.ADMINISTRATOR, town, name="Maja Strand")


@pytest.fixture
def round(town):
    return RoundFactory(programme__organisation=town, assessors_wanted=1)


def late(round, *, day=YESTERDAY, stage="received", **fields):
    application = ApplicationFactory(round=round, stage=stage, **fields)
    Idea.objects.filter(pk=application.idea_id).update(answer_by=day)
    return application


def judged_by(person, round, **fields):
    application = late(round, stage="assessing")
    return AssessmentFactory(idea=application.idea, round=round, assessor=person, **fields)


def test_cases_past_their_promised_day_come_first_then_those_within_a_week(town, boss, round):
    soon = late(round, day=date(2026, 10, 12))
    passed = late(round)
    late(round, day=date(2026, 10, 13))  # not yet
    paused = late(round)
    Idea.objects.filter(pk=paused.idea_id).update(paused_at=NOON)  # the clock stands still
    found = stuck_in(town, boss, at=NOON).late
    assert [(row.application, row.when) for row in found] == [
        (passed, When.OVERDUE),
        (soon, When.WEEK),
    ]
    assert [row.waiting for row in found] == [Waiting.CHECK, Waiting.CHECK]


def test_it_is_the_contacts_turn_to_check_and_the_assessors_to_assess(town, boss, round):
    checked = late(round, idea__contact=boss)
    eva = PersonFactory(name="Eva Holm")
    judged_by(eva, round)
    silent = late(round, stage="assessing")
    nils = PersonFactory(name="Nils Ek")
    AssessmentFactory(idea=silent.idea, round=round, assessor=nils, involved=False)
    involve(silent.idea, nils, Part.ASSESSOR)
    nobody = late(round)
    found = {row.application: row for row in stuck_in(town, boss, at=NOON).late}
    holders = [
        [(one.name, one.act, one.is_reader) for one in row.holders] for row in found.values()
    ]
    assert holders == [
        [("Maja Strand", Act.CHECK, True)],
        [("Eva Holm", Act.ASSESS, False)],
        [("Nils Ek", Act.DECLARE, False)],
        [],
    ]
    assert next(iter(found)) == checked
    assert list(found)[-1] == nobody


def test_assessors_are_counted_by_person_with_what_they_have_not_begun(town, boss, round):
    eva, nils = PersonFactory(name="Eva Holm"), PersonFactory(name="Nils Ek")
    judged_by(eva, round)
    judged_by(eva, round, version=3)
    judged_by(eva, round, locked_at=NOON)
    judged_by(nils, round)
    turns = stuck_in(town, boss, at=NOON).turns
    assert [(one.holder.name, one.count, one.untouched, one.when) for one in turns] == [
        ("Eva Holm", 2, 1, When.OVERDUE),
        ("Nils Ek", 1, 1, When.OVERDUE),
    ]


def test_applicants_managers_and_project_owners_are_waited_for_too(town, boss, round):
    owner, manager = PersonFactory(name="Anna Ek"), PersonFactory(name="Karin Chef")
    asked = ApplicationFactory(round=round, stage="exploring", owner=owner)
    Completion.objects.create(
        idea=asked.idea, what="?", asked_by=boss, asked_at=NOON - DAY, due=YESTERDAY
    )
    endorsed = ApplicationFactory(round=round, stage="received")
    Endorsement.objects.create(
        application=endorsed, manager=manager, asked_at=NOON - 9 * DAY, due_at=NOON - DAY
    )
    over = project(round, ends_on=date(2026, 9, 1), owner=PersonFactory(name="Pia Rosén"))
    led = project(round, ends_on=date(2026, 9, 2), owner=PersonFactory())
    Project.objects.filter(pk=led.pk).update(coordinator=PersonFactory(name="Per Samordnare"))
    told = project(round, ends_on=date(2026, 9, 1), owner=PersonFactory())
    report(told, kind="final")
    report(over, kind="interim")

    turns = stuck_in(town, boss, at=NOON).turns
    assert {(one.holder.name, one.holder.act, one.application, one.when) for one in turns} == {
        ("Anna Ek", Act.COMPLETE, asked.pk, When.OVERDUE),
        ("Karin Chef", Act.ENDORSE, endorsed.pk, When.OVERDUE),
        ("Pia Rosén", Act.REPORT, over.idea.applications.get().pk, When.OVERDUE),
        ("Per Samordnare", Act.REPORT, led.idea.applications.get().pk, When.OVERDUE),
    }


def test_nobody_is_named_for_a_case_that_came_from_a_table(town, boss, round):
    project(round, ends_on=date(2026, 9, 1), owner=None)
    asked = ApplicationFactory(round=round, stage="exploring")
    Completion.objects.create(
        idea=asked.idea, what="?", asked_by=boss, asked_at=NOON, due=YESTERDAY
    )
    assert stuck_in(town, boss, at=NOON).turns == []


def report(of, *, kind):
    return Report.objects.create(
        project=of,
        kind=kind,
        progress="on_track",
        spent_minor=0,
        currency="SEK",
        learned="-",
        onward="continue",
        by=PersonFactory(),
        at=NOON,
    )


def test_heaps_tell_where_the_cases_are_in_the_funds_own_words(town, boss, round):
    Step.objects.create(programme=round.programme, stage="received", name="inkommen", position=1)
    ApplicationFactory.create_batch(2, round=round, stage="received")
    old = ApplicationFactory(round=round, stage="assessing")
    Idea.objects.filter(pk=old.idea_id).update(stage_at=NOON - DAY)
    with translation.override("en"):
        heaps = stuck_in(town, boss, at=NOON).heaps
    assert [(one.waiting, one.step_name, one.count, one.since) for one in heaps] == [
        (Waiting.ASSESSORS, "being assessed", 1, NOON - DAY),
        (Waiting.CHECK, "inkommen", 2, NOON),
    ]


def test_letters_in_trouble_are_there_and_the_others_are_not(town, boss):
    facts = {"person_id": 1, "subject": "Beslut", "text": "-", "language": "sv", "at": NOON}
    write_letter(kind="x", to="", organisation_id=town.pk, **facts)
    write_letter(kind="x", to="a@slusstad.example", organisation_id=town.pk, **facts)
    found = stuck_in(town, boss, at=NOON)
    assert [letter.to for letter in found.letters] == [""]
    assert not found.is_empty
    Letter.objects.update(state="sent")
    assert stuck_in(town, boss, at=NOON).is_empty


def test_nothing_of_a_case_that_is_shut_to_the_administrator_is_there(town, boss, round):
    eva = PersonFactory()
    work = judged_by(eva, round)
    asked = late(round, stage="exploring", owner=PersonFactory())
    Completion.objects.create(
        idea=asked.idea, what="?", asked_by=boss, asked_at=NOON, due=YESTERDAY
    )
    Endorsement.objects.create(application=asked, manager=eva, asked_at=NOON, due_at=NOON - DAY)
    over = project(round, ends_on=date(2026, 9, 1), owner=PersonFactory())
    assert len(stuck_in(town, boss, at=NOON).turns) == 4
    for idea in (work.idea, asked.idea, over.idea):
        shut(idea.applications.get(), boss)
    found = stuck_in(town, boss, at=NOON)
    assert (found.late, found.turns, found.heaps) == ([], [], [])


def test_an_assessor_with_a_conflict_is_not_waited_for(town, boss, round):
    application = late(round, stage="assessing")
    eva = PersonFactory()
    AssessmentFactory(idea=application.idea, round=round, assessor=eva, involved=False)
    involve(application.idea, eva, Part.ASSESSOR)
    declare(application.idea, eva, ConflictState.DECLARED)
    found = stuck_in(town, boss, at=NOON)
    assert found.turns == []
    assert [row.waiting for row in found.late] == [Waiting.ASSESSORS]


def test_another_organisations_cases_are_not_there_though_the_person_runs_both(town, boss):
    other = RoundFactory()
    AppointmentFactory(person=boss, organisation=other.programme.organisation, role="administrator")
    late(other)
    boss.__dict__.pop("_standing", None)
    assert stuck_in(town, boss, at=NOON).late == []


def test_whoever_is_reminded_today_is_marked_so(town, boss, round):
    eva = PersonFactory()
    judged_by(eva, round)
    [before] = stuck_in(town, boss, at=NOON).turns
    remind(eva.pk, organisation_id=town.pk, what="assess", by=boss, at=NOON)
    [after] = stuck_in(town, boss, at=NOON).turns
    [next_day] = stuck_in(town, boss, at=NOON + DAY).turns
    assert [one.holder.reminded for one in (before, after, next_day)] == [False, True, False]
