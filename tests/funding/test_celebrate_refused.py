"""Gatherings that cannot be planned, sent or called off."""

import pytest

from idesluss.funding.models import Celebration
from idesluss.funding.reads.celebrating import (
    celebration_of,
    told_of,
)
from idesluss.funding.usecases import call_off
from idesluss.funding.usecases.celebrating import (
    EndsTooEarly,
    InThePast,
)
from idesluss.logic.refusals import AlreadyDone, Missing, TooLong
from tests.funding.celebrating import LATER_ON, PARTY, feast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"place": ""}, Missing(field="place")),
        ({"place": "x" * 161}, TooLong(field="place", limit=160)),
        ({"words": "x" * 3001}, TooLong(field="words", limit=3000)),
        ({"starts_at": LATER_ON}, InThePast()),
        ({"ends_at": PARTY}, EndsTooEarly()),
    ],
)
def test_a_gathering_that_cannot_be_is_refused(fields, refusal):
    party = feast()
    with pytest.raises(type(refusal)) as caught:
        party.plan(**fields)
    assert caught.value == refusal
    assert not Celebration.objects.exists()


def test_nobody_is_invited_to_what_has_begun():
    party = feast()
    celebration = party.plan()
    with pytest.raises(InThePast):
        party.invite(at=PARTY)
    assert told_of(celebration) == set()


def test_without_a_plan_there_is_nothing_to_send_or_call_off():
    party = feast()
    with pytest.raises(Missing):
        party.invite()
    with pytest.raises(Missing):
        call_off(party.here.round.pk, reason="", by=party.here.administrator, at=LATER_ON)


def test_what_nobody_was_invited_to_cannot_be_called_off():
    party = feast()
    party.plan()
    with pytest.raises(AlreadyDone):
        call_off(party.here.round.pk, reason="", by=party.here.administrator, at=LATER_ON)


def test_a_reason_as_long_as_a_letter_is_refused():
    party = feast()
    party.plan()
    party.invite()
    with pytest.raises(TooLong):
        call_off(party.here.round.pk, reason="x" * 501, by=party.here.administrator, at=LATER_ON)
    assert celebration_of(party.here.round).called_off_at is None
