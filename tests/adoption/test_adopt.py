"""Made permanent: since when, whose it is, which budget pays; put right, and ended."""

from datetime import date

import pytest

from idesluss.adoption.models import Adoption
from idesluss.adoption.reads import people_of, units_of
from idesluss.adoption.refusals import (
    CannotBecomePermanent,
    NoPlaceForIt,
    NotAUnitHere,
    NotSomebodyHere,
    NotUsedYet,
)
from idesluss.adoption.usecases import Facts, adopt, correct, end
from idesluss.ideas.models import Idea
from idesluss.ideas.usecases.record import correct_record
from idesluss.logic.lifecycle import Stage
from idesluss.logic.money import AmountTooBig, NegativeAmount
from idesluss.logic.refusals import ChangedMeanwhile, Missing, NotAllowed, TooLong
from idesluss.pilots.usecases import begin
from idesluss.records.models import Entry
from tests.factories import PersonFactory, UnitFactory
from tests.pilots.world import DECIDED, JUNE, MARCH, Town, verbs

pytestmark = pytest.mark.django_db
SINCE = date(2027, 5, 1)


@pytest.fixture
def town():
    return Town()


def facts(town, **fields):
    return Facts(**{"since": SINCE, "unit": town.unit.pk, "budget": "Hemtjänst 4310", **fields})


def keep(town, project=None, *, by=None, **fields):
    number = (project or town.project).pk
    return adopt(number, facts=facts(town, **fields), by=by or town.boss, at=JUNE)


def stage(project):
    return Idea.objects.get(pk=project.idea_id).stage


def test_a_project_becomes_permanent_with_owner_and_budget(town):
    adoption = keep(
        town, owner=town.bo.pk, owner_name=" ", yearly_minor=12_000_00, words=" Ingår i rutinen. "
    )

    assert (adoption.since, adoption.unit, adoption.owner) == (SINCE, town.unit, town.bo)
    assert (adoption.budget, adoption.words) == ("Hemtjänst 4310", "Ingår i rutinen.")
    assert (adoption.yearly_minor, adoption.currency) == (12_000_00, "SEK")
    assert (adoption.noted_by, adoption.noted_at, adoption.version) == (town.boss, JUNE, 1)
    assert stage(town.project) == "permanent"
    assert verbs(town.project)[-1] == "adoption.adopted"
    assert Entry.objects.last().data["since"] == "2027-05-01"
    town.project.refresh_from_db()
    assert town.project.changed_at == JUNE


def test_a_project_of_a_past_year_became_permanent_too(town):
    old = begin(town.granted("Elmotorer", year=2023).pk, at=DECIDED)
    keep(town, old, since=date(2024, 1, 1), owner_name="Fastighetschefen")

    assert stage(old) == "permanent"
    assert Adoption.objects.get().owner_name == "Fastighetschefen"


def test_what_the_table_says_again_does_not_take_it_back(town):
    old = begin(town.granted("Elmotorer", year=2023).pk, at=DECIDED)
    keep(town, old)
    fields = {"unit": None, "applicant_name": "K", "by": None, "at": JUNE}
    idea = Idea.objects.get(pk=old.idea_id)
    correct_record(idea, stage=Stage.TESTING, **fields)
    assert stage(old) == "permanent"


@pytest.mark.parametrize(
    ("fields", "refusal", "field"),
    [
        ({"since": None}, Missing, "since"),
        ({"since": date(2027, 6, 2)}, NotUsedYet, "since"),
        ({"unit": None}, Missing, "unit"),
        ({"unit": 0}, NotAUnitHere, "unit"),
        ({"owner": 0}, NotSomebodyHere, "owner"),
        ({"budget": " "}, Missing, "budget"),
        ({"budget": "x" * 201}, TooLong, "budget"),
        ({"owner_name": "x" * 161}, TooLong, "owner_name"),
        ({"words": "x" * 2001}, TooLong, "words"),
        ({"yearly_minor": -1}, NegativeAmount, "yearly"),
        ({"yearly_minor": 10**15 + 1}, AmountTooBig, "yearly"),
    ],
)
def test_what_cannot_be_is_refused_where_it_is_typed(town, fields, refusal, field):
    with pytest.raises(refusal) as caught:
        keep(town, **fields)
    assert (type(caught.value), caught.value.field) == (refusal, field)
    assert not Adoption.objects.exists()
    assert stage(town.project) == "testing"


def test_the_unit_and_the_person_are_of_the_organisation_and_in_use(town):
    elsewhere = UnitFactory()
    closed = UnitFactory(organisation=town.organisation, archived_at=MARCH)
    for unit in (elsewhere, closed):
        with pytest.raises(NotAUnitHere):
            keep(town, unit=unit.pk)
    with pytest.raises(NotSomebodyHere):
        keep(town, owner=PersonFactory().pk)


@pytest.mark.parametrize("before", ["stopped", "permanent", "declined", "deciding"])
def test_only_what_is_going_on_becomes_permanent(town, before):
    Idea.objects.filter(pk=town.project.idea_id).update(stage=before)
    with pytest.raises(CannotBecomePermanent):
        keep(town)


def test_a_fund_without_the_step_is_told_to_add_it():
    town = Town(steps=("received", "deciding", "testing"))
    with pytest.raises(NoPlaceForIt):
        keep(town)


@pytest.mark.parametrize("who", ["anna", "bo", "stranger"])
def test_only_the_office_notes_it_puts_it_right_and_ends_it(town, who):
    by = getattr(town, who)
    with pytest.raises(NotAllowed):
        keep(town, by=by)
    keep(town)
    with pytest.raises(NotAllowed):
        correct(town.project.pk, facts=facts(town), version=1, by=by, at=JUNE)
    with pytest.raises(NotAllowed):
        end(town.project.pk, reason="Nej", mistake=True, version=1, by=by, at=JUNE)


# --- Put right and ended -----------------------------------------------------------------------


def test_what_is_noted_is_put_right_and_a_closed_unit_may_stay(town):
    keep(town, owner=town.bo.pk)
    town.unit.archived_at = MARCH
    town.unit.save()
    town.bo.appointments.update(ends=MARCH.date())
    new = facts(town, owner=town.bo.pk, budget="Hemtjänst 4320")
    adoption = correct(town.project.pk, facts=new, version=1, by=town.boss, at=JUNE)

    assert (adoption.budget, adoption.unit, adoption.version) == ("Hemtjänst 4320", town.unit, 2)
    assert verbs(town.project)[-1] == "adoption.corrected"
    assert [it.data["budget"] for it in Entry.objects.filter(verb__startswith="adoption.")] == [
        "Hemtjänst 4310", "Hemtjänst 4320",
    ]  # fmt: skip


@pytest.mark.parametrize("version", [0, 2])
def test_two_who_correct_at_once_lose_nothing(town, version):
    keep(town)
    with pytest.raises(ChangedMeanwhile):
        correct(town.project.pk, facts=facts(town), version=version, by=town.boss, at=JUNE)
    with pytest.raises(ChangedMeanwhile):
        end(town.project.pk, reason="X", mistake=True, version=version, by=town.boss, at=JUNE)


@pytest.mark.parametrize(
    ("steps", "mistake", "to"),
    [
        ((), True, "adopting"),
        (("received", "deciding", "testing", "permanent"), True, "testing"),
        (("received", "deciding", "testing", "adopting", "permanent"), True, "adopting"),
        ((), False, "stopped"),
    ],
)
def test_it_is_ended_with_a_reason_and_nothing_is_deleted(steps, mistake, to):
    town = Town(steps=steps)
    keep(town)
    adoption = end(
        town.project.pk, reason=" Fel ärende. ", mistake=mistake, version=1, by=town.boss, at=JUNE
    )

    assert (adoption.ended_at, adoption.ended_why) == (JUNE, "Fel ärende.")
    assert (Adoption.objects.count(), Adoption.objects.standing().count()) == (1, 0)
    assert stage(town.project) == to
    assert verbs(town.project)[-1] == "adoption.ended"


def test_after_a_mistake_it_can_be_noted_again(town):
    keep(town)
    end(town.project.pk, reason="För tidigt", mistake=True, version=1, by=town.boss, at=JUNE)
    again = keep(town, budget="Drift 1")

    assert (again.ended_at, again.ended_why, again.budget) == (None, "", "Drift 1")
    assert Adoption.objects.count() == 1
    assert stage(town.project) == "permanent"


@pytest.mark.parametrize(("reason", "refusal"), [(" ", Missing), ("x" * 2001, TooLong)])
def test_an_end_without_a_reason_is_none(town, reason, refusal):
    keep(town)
    with pytest.raises(refusal) as caught:
        end(town.project.pk, reason=reason, mistake=True, version=1, by=town.boss, at=JUNE)
    assert caught.value.field == "reason"
    assert stage(town.project) == "permanent"


# --- What can be chosen ------------------------------------------------------------------------


def test_units_in_use_and_the_one_that_owns_it_can_be_chosen(town):
    closed = UnitFactory(organisation=town.organisation, name="Ålderdomshemmet", archived_at=MARCH)
    below = UnitFactory(organisation=town.organisation, name="Hemtjänst", parent=town.unit)
    UnitFactory()
    assert units_of(town.organisation, None) == [town.unit, below]
    assert units_of(town.organisation, Adoption(unit=closed)) == [town.unit, below, closed]


def test_those_who_work_here_and_the_one_responsible_can_be_chosen(town):
    assert people_of(town.organisation, None, at=JUNE) == [town.anna, town.bo, town.boss]
    noted = Adoption(owner=town.stranger)
    assert town.stranger in people_of(town.organisation, noted, at=JUNE)
