"""Tårnby's fund of 2020: one or more of three criteria must be met, three more add weight."""

from itertools import product

import pytest

from idesluss.assessment.models import Assessment, Score
from idesluss.assessment.reads import standings
from idesluss.assessment.reads.scores import scores_of
from idesluss.assessment.usecases import assign, lock, save_draft
from idesluss.ideas.usecases import declare
from idesluss.logic.merging import fingerprints
from idesluss.people.vocab import Role
from idesluss.programmes.sets import SETS
from tests.factories import (
    NOON,
    ApplicationFactory,
    AssessmentFactory,
    CriterionFactory,
    OrganisationFactory,
    RoundFactory,
    person_as,
)

pytestmark = pytest.mark.django_db

THREE = ("effektivitet", "kvalitet", "resultat")
WEIGHT = ("arbejdsmiljo", "begejstring", "omtale")


@pytest.fixture
def round():
    tarnby = OrganisationFactory(name="Tårnby Kommune", country="DK", currency="DKK", language="da")
    round = RoundFactory(
        programme__organisation=tarnby,
        programme__name="Innovationspulje",
        project_year=2020,
        qualifying_needed=SETS["tarnby"].needed,
        assessors_wanted=3,
    )
    for place, criterion in enumerate(SETS["tarnby"].criteria):
        CriterionFactory(
            round=round,
            key=criterion.key,
            kind=criterion.kind,
            name=criterion.name["da"],
            position=place,
        )
    return round


@pytest.fixture
def administrator(round):
    return person_as(Role.ADMINISTRATOR, round.programme.organisation)


def judged(round, *sheets):
    """A case that assessors have judged: each sheet names the criteria that it finds met."""
    idea = ApplicationFactory(round=round, stage="assessing", currency="DKK").idea
    for met in sheets:
        assessment = AssessmentFactory(idea=idea, round=round, locked_at=NOON)
        for criterion in round.criteria.all():
            value = int(criterion.key in met)
            Score.objects.create(assessment=assessment, criterion=criterion, value=value)
    return idea


def test_the_criteria_are_tarnbys(round):
    assert [(it.key, it.kind) for it in round.criteria.all()] == [
        *((key, "qualifying") for key in THREE),
        *((key, "additional") for key in WEIGHT),
    ]
    assert round.qualifying_needed == 1


@pytest.mark.parametrize("met", list(product((0, 1), repeat=3)))
def test_a_project_qualifies_when_at_least_one_of_the_three_is_met(round, administrator, met):
    keys = [key for key, yes in zip(THREE, met, strict=True) if yes]
    idea = judged(round, keys, [*keys, *WEIGHT])

    tally = standings(round, administrator, at=NOON)[idea.pk]

    assert tally.qualifies is any(met)
    assert list(tally.summary.qualification.met) == keys


@pytest.mark.parametrize(
    ("sheets", "qualifies"),
    [
        ([["effektivitet"], ["effektivitet"], []], True),  # two of three
        ([["effektivitet"], ["kvalitet"], ["resultat"]], False),  # each finds another one
        ([["effektivitet"], []], False),  # half is not enough
        ([["resultat"], ["resultat"]], True),
        ([list(WEIGHT)], False),  # what only adds weight qualifies nobody
    ],
)
def test_a_criterion_is_met_when_more_than_half_say_so(round, administrator, sheets, qualifies):
    idea = judged(round, *sheets)

    assert standings(round, administrator, at=NOON)[idea.pk].qualifies is qualifies


def test_before_anybody_has_locked_nothing_is_known(round, administrator):
    idea = judged(round)

    assert standings(round, administrator, at=NOON)[idea.pk].qualifies is None


def test_what_adds_weight_makes_the_order_among_those_that_qualify(round, administrator):
    plain = judged(round, ["resultat"])
    happy = judged(round, ["resultat", "begejstring", "arbejdsmiljo"])

    found = standings(round, administrator, at=NOON)

    assert list(found) == [happy.pk, plain.pk]
    assert found[plain.pk].mean == 0
    assert round_points(found[happy.pk].mean) == 67


def round_points(points):
    return int(points + 1 / 2)


def test_helhedsorienteret_sagsbehandling_goes_from_assessor_to_standing(round, administrator):
    idea = ApplicationFactory(round=round, stage="assessing", currency="DKK").idea
    for met in ({"resultat": 1, "effektivitet": 1}, {"resultat": 1}):
        assessor = person_as(Role.ASSESSOR, round.programme.organisation)
        assign(round.pk, pairs=[(idea.pk, assessor.pk)], by=administrator, at=NOON)
        declare(idea.pk, conflict=False, by=assessor, at=NOON)
        assessment = Assessment.objects.get(assessor=assessor)
        wanted = {"advice": "fits"}
        for key in (*THREE, *WEIGHT):
            wanted |= {f"mark-{key}": met.get(key, 0), f"why-{key}": "Ét sted at gå hen."}
        save_draft(assessment.pk, wanted=wanted, seen=_empty(wanted), by=assessor, at=NOON)
        lock(assessment.pk, version=1, by=assessor, at=NOON)

    said = scores_of(idea, round, administrator, at=NOON).summary.qualification

    assert (said.met, said.qualifies) == (("resultat",), True)


def _empty(wanted):
    return fingerprints(dict.fromkeys(wanted, "") | {k: None for k in wanted if k[:5] == "mark-"})
