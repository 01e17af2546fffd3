"""A fund says what it is for, who decides, which goals it serves and what its steps are called."""

import pytest

from idesluss.ideas.models import Idea
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import AlreadyDone, Missing, NotAllowed, TooLong
from idesluss.people.models import Body
from idesluss.people.vocab import Role
from idesluss.programmes.models import Programme
from idesluss.programmes.refusals import BodyAside, NameTaken, StepNeeded
from idesluss.programmes.usecases import (
    add_programme,
    archive_programme,
    change_programme,
    restore_programme,
    set_goals,
    set_steps,
)
from idesluss.records.models import Entry
from tests.factories import (
    NOON,
    BodyFactory,
    IdeaFactory,
    OrganisationFactory,
    ProgrammeFactory,
    SeatFactory,
    person_as,
)

pytestmark = pytest.mark.django_db
NAMES = {Stage.RECEIVED: "Inkommen", Stage.DECIDING: "Beslut", Stage.TESTING: "Genomförs"}


@pytest.fixture
def here():
    return OrganisationFactory()


@pytest.fixture
def boss(here):
    return person_as(Role.ADMINISTRATOR, here)


@pytest.fixture
def fund(here):
    return ProgrammeFactory(organisation=here, name="Innovationsanslaget")


def test_a_fund_is_added_and_changed(here, boss):
    body = BodyFactory(organisation=here, name="Ledningsgruppen", quorum=1)
    SeatFactory(body=body)

    fund = add_programme(here.pk, name=" Anslaget ", purpose="Pröva", by=boss, at=NOON)
    change_programme(fund.pk, name="Anslaget", purpose="Pröva nytt\n", body_id=body.pk, by=boss,
                     at=NOON)  # fmt: skip

    fund.refresh_from_db()
    assert (fund.organisation, fund.name, fund.kind) == (here, "Anslaget", "fund")
    assert (fund.purpose, fund.body) == ("Pröva nytt", body)
    entries = Entry.objects.about(fund)
    assert [(it.verb, it.data) for it in entries] == [
        ("programmes.programme_added", {"name": "Anslaget"}),
        (
            "programmes.programme_changed",
            {
                "name": "Anslaget",
                "body": "Ledningsgruppen",
                "unused": "carry",
                "release_rule": "at_once",
                "first_share": 50,
            },
        ),
    ]


@pytest.mark.parametrize(
    ("given", "refusal", "field"),
    [
        ({"name": ""}, Missing, "name"),
        ({"name": "Innovationsanslaget"}, NameTaken, "name"),
        ({"purpose": "x" * 4001}, TooLong, "purpose"),
    ],
)
def test_what_cannot_be_used_is_refused_at_its_field(given, refusal, field, here, boss, fund):
    with pytest.raises(refusal) as refused:
        add_programme(here.pk, **{"name": "Nytt", **given}, by=boss, at=NOON)
    assert refused.value.field == field
    assert list(Programme.objects.all()) == [fund]


def test_the_body_is_one_of_the_organisations_own_and_in_use(here, boss, fund):
    aside = BodyFactory(organisation=here, archived_at=NOON)
    with pytest.raises(BodyAside):
        add_programme(here.pk, name="Nytt", body_id=aside.pk, by=boss, at=NOON)
    with pytest.raises(Body.DoesNotExist):
        add_programme(here.pk, name="Nytt", body_id=BodyFactory().pk, by=boss, at=NOON)

    fund.body.archived_at = NOON  # laid aside later: it stays until another is chosen
    fund.body.save()
    change_programme(fund.pk, name="X", purpose="", body_id=fund.body_id, by=boss, at=NOON)


def test_goals_come_one_on_each_line_and_none_is_lost(boss, fund):
    old = set_goals(fund.pk, "Enklare vardag\nKlimat\n\nEnklare  vardag", by=boss, at=NOON)
    idea = IdeaFactory(programme=fund)
    idea.goals.add(old[1])

    new = set_goals(fund.pk, "Trygghet\nenklare vardag", by=boss, at=NOON)

    assert [(it.name, it.position) for it in fund.goals.current()] == [
        ("Trygghet", 0),
        ("enklare vardag", 1),
    ]
    assert new[1] == old[0]
    assert [it.name for it in Idea.objects.get().goals.all()] == ["Klimat"]
    set_goals(fund.pk, "", by=boss, at=NOON)
    assert not fund.goals.current().exists()
    (back,) = set_goals(fund.pk, "Klimat", by=boss, at=NOON)
    assert back == old[1]
    with pytest.raises(TooLong) as refused:
        set_goals(fund.pk, "x" * 161, by=boss, at=NOON)
    assert refused.value.field == "goals"


def test_steps_get_names_and_those_without_are_not_used(boss, fund):
    set_steps(fund.pk, {**NAMES, Stage.ASSESSING: "Bedöms"}, by=boss, at=NOON)
    set_steps(fund.pk, {**NAMES, Stage.PERMANENT: " Kvar "}, by=boss, at=NOON)

    assert [(it.stage, it.name) for it in fund.steps.all()] == [
        ("received", "Inkommen"),
        ("deciding", "Beslut"),
        ("testing", "Genomförs"),
        ("permanent", "Kvar"),
    ]
    assert Entry.objects.about(fund).last().data["steps"]["assessing"] == ""
    with pytest.raises(StepNeeded) as refused:
        set_steps(fund.pk, {**NAMES, Stage.DECIDING: " "}, by=boss, at=NOON)
    assert refused.value.field == "deciding"
    with pytest.raises(TooLong) as refused:
        set_steps(fund.pk, {**NAMES, Stage.EXPLORING: "x" * 61}, by=boss, at=NOON)
    assert refused.value.field == "exploring"


def test_a_fund_is_laid_aside_and_brought_back(boss, fund):
    archive_programme(fund.pk, by=boss, at=NOON)
    with pytest.raises(AlreadyDone):
        archive_programme(fund.pk, by=boss, at=NOON)

    restore_programme(fund.pk, by=boss, at=NOON)

    fund.refresh_from_db()
    assert fund.archived_at is None
    with pytest.raises(AlreadyDone):
        restore_programme(fund.pk, by=boss, at=NOON)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_fund_administrators_of_that_organisation_arrange_funds(role, here, fund):
    for by in (person_as(role, here), person_as(Role.ADMINISTRATOR, OrganisationFactory())):
        for act in (
            lambda by: add_programme(here.pk, name="x", by=by, at=NOON),
            lambda by: change_programme(
                fund.pk, name="x", purpose="", body_id=None, by=by, at=NOON
            ),
            lambda by: set_goals(fund.pk, "x", by=by, at=NOON),
            lambda by: set_steps(fund.pk, NAMES, by=by, at=NOON),
            lambda by: archive_programme(fund.pk, by=by, at=NOON),
            lambda by: restore_programme(fund.pk, by=by, at=NOON),
        ):
            with pytest.raises(NotAllowed):
                act(by)
    assert not Entry.objects.exists()


def test_funds_are_seen_by_members_and_arranged_by_fund_administrators(here, boss, fund):
    member = person_as(Role.EMPLOYEE, here)
    stranger = person_as(Role.ADMINISTRATOR, OrganisationFactory())

    assert list(Programme.objects.visible_to(member, at=NOON)) == [fund]
    assert list(Programme.objects.set_up_by(member, at=NOON)) == []
    assert list(Programme.objects.set_up_by(boss, at=NOON)) == [fund]
    assert list(Programme.objects.visible_to(stranger, at=NOON)) == []
