"""Whoever carries a project out is told when its money changes, is released or moves."""

import pytest

from idesluss.funding.usecases import (
    change_grant,
    release_part,
    transfer_to_next_year,
)
from idesluss.jobs.deliver import deliver
from idesluss.mail.kinds import BY_NAME
from idesluss.records.models import Letter
from idesluss.site.wiring import HANDLERS
from tests.factories import NOON
from tests.funding.ledger import books

pytestmark = pytest.mark.django_db


@pytest.fixture
def grant():
    it = books()
    it.fund.organisation.slug = "slusstad"
    it.fund.organisation.save()
    made = it.project(100_000, idea__title="Odling")
    made.doing = it.doing()
    made.owner = made.application.idea.involvements.get().person
    made.owner.language = "sv"
    made.owner.save()
    return made


def told(grant):
    while deliver(NOON):
        pass
    return [
        (letter.person_id == grant.owner.pk, letter.subject, " ".join(letter.text.split()))
        for letter in Letter.objects.order_by("pk")
    ]


def test_a_changed_grant_is_told_with_both_sums_and_the_reason(grant):
    change_grant(grant.pk, to_minor=80_000_00, reason="Mindre lokal.", **grant.doing)
    number = grant.application.idea.register_number
    [(is_owner, subject, text)] = told(grant)
    assert (is_owner, subject) == (True, f"Det beviljade beloppet för {number} är ändrat")
    assert "var 100 000 kr och är nu 80 000 kr. Skälet: Mindre lokal." in text
    assert f"/slusstad/applications/{grant.application_id}/money/" in text


def test_what_is_released_and_what_moves_is_told(grant):
    release_part(grant.pk, amount_minor=30_000_00, **grant.doing)
    release_part(grant.pk, amount_minor=20_000_00, **grant.doing)
    transfer_to_next_year(grant.pk, amount_minor=50_000_00, reason="Försenad.", **grant.doing)
    texts = [text for _, _, text in told(grant)]
    assert len(texts) == 3
    assert (
        "20 000 kr betalas ut till “Odling”, av pengarna för 2027. Tillsammans är 50 000"
        in (texts[1])
    )
    assert (
        "50 000 kr av pengarna för “Odling” flyttas från 2027 till 2028. Skälet: Förs" in (texts[2])
    )


def test_whoever_did_it_is_not_told(grant):
    change_grant(grant.pk, to_minor=80_000_00, reason="Mindre lokal.", **grant.doing)
    grant.application.idea.involvements.update(person=grant.doing["by"])
    assert told(grant) == []


def test_each_letter_has_a_kind():
    verbs = ("funding.grant_changed", "funding.money_released", "funding.money_moved")
    assert [verb in HANDLERS and BY_NAME[verb].may_be_off for verb in verbs] == [False, True, True]
