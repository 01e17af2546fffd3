"""Who celebrates a round, and who sees its results before everybody does."""

from datetime import timedelta

import pytest

from idesluss.funding.reads.celebrating import celebration_of, told_of
from idesluss.funding.rules import may_celebrate, sees_results
from idesluss.funding.usecases import call_off, plan_celebration
from idesluss.logic.refusals import NotAllowed
from idesluss.people.vocab import Role
from idesluss.programmes.models import Round
from tests.factories import person_as
from tests.funding.celebrating import LATER_ON, feast, gathering
from tests.funding.meeting import AFTER

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", list(Role))
def test_only_fund_administrators_celebrate(role):
    party = feast()
    person = person_as(role, party.here.organisation)
    party.plan()
    allowed = role is Role.ADMINISTRATOR
    assert may_celebrate(person, party.here.round, at=LATER_ON) is allowed
    if allowed:
        assert party.invite(by=person) == len(party.guests)
        call_off(party.here.round.pk, reason="", by=person, at=LATER_ON)
        return
    with pytest.raises(NotAllowed):
        party.invite(by=person)
    with pytest.raises(NotAllowed):
        call_off(party.here.round.pk, reason="", by=person, at=LATER_ON)
    with pytest.raises(NotAllowed):
        plan_celebration(
            party.here.round.pk, gathering=gathering(), version=1, by=person, at=LATER_ON
        )
    assert told_of(celebration_of(party.here.round)) == set()


def test_an_administrator_of_another_municipality_has_no_part_in_it():
    party, other = feast(), feast()
    assert not may_celebrate(other.here.administrator, party.here.round, at=LATER_ON)


def test_a_round_that_is_laid_aside_is_not_celebrated():
    party = feast()
    party.here.round.archived_at = AFTER
    assert not may_celebrate(party.here.administrator, party.here.round, at=LATER_ON)


@pytest.mark.parametrize("role", list(Role))
def test_results_are_seen_by_all_when_public_and_by_offices_and_body_before(role):
    party = feast()
    here, person = party.here, person_as(role, party.here.organisation)
    round = Round.objects.select_related("programme").get(pk=here.round.pk)
    assert sees_results(None, round, at=LATER_ON)
    assert sees_results(person, round, at=LATER_ON)

    round.results_at = LATER_ON + timedelta(days=1)
    office = role in (Role.ADMINISTRATOR, Role.REGISTRAR)
    assert sees_results(person, round, at=LATER_ON) is office
    assert sees_results(here.members[0], round, at=LATER_ON)
    assert not sees_results(None, round, at=LATER_ON)

    round.results_at = None
    assert not sees_results(here.administrator, round, at=LATER_ON)
