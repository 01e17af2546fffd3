"""Rules change and somebody hands in at the same moment: one of the two is seen by the other."""

from dataclasses import replace

import pytest

from idesluss.funding.usecases import submit
from idesluss.funding.usecases.submit import NotComplete
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.programmes.limits import RulesFixed
from idesluss.programmes.models import Round
from idesluss.programmes.usecases import RoundRules, set_rules
from tests.factories import NOON, person_as
from tests.funding.applying import fresh, whole_draft
from tests.people.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("_time", range(3))
def test_nobody_is_asked_something_else_than_what_they_answered(_time):
    application, owner = whole_draft()
    round = application.round
    boss = person_as(Role.ADMINISTRATOR, round.programme.organisation)
    stricter = replace(RoundRules.of(round), asks_otherwise=True)

    def hand_in():
        submit(application.pk, by=Person.objects.get(pk=owner.pk), at=NOON)

    def change():
        set_rules(round.pk, stricter, by=Person.objects.get(pk=boss.pk), at=NOON)

    refused = at_once(hand_in, change)

    handed_in = fresh(application).submitted_at is not None
    asks = Round.objects.get(pk=round.pk).asks_otherwise
    assert (handed_in, asks) in {(True, False), (False, True)}
    assert refused == ([None, RulesFixed] if handed_in else [NotComplete, None])
