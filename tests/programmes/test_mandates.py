"""Who decides up to which sum: one sum for each body, no two alike, each by a decision."""

from dataclasses import replace

import pytest

from idesluss.logic.money import Money
from idesluss.logic.refusals import Missing, NotAllowed, TooLong
from idesluss.people.models import Body
from idesluss.people.vocab import Role
from idesluss.programmes.limits import (
    BadFirstShare,
    BodyUnable,
    MandateTwice,
    MandateZero,
    OwnBody,
    OwnBodyLimited,
    ReferenceMissing,
    SameSum,
)
from idesluss.programmes.models import Mandate
from idesluss.programmes.refusals import BodyAside
from idesluss.programmes.usecases import (
    MandateFacts,
    MoneyRules,
    add_mandate,
    add_programme,
    change_mandate,
    change_programme,
    remove_mandate,
)
from idesluss.records.models import Entry
from tests.factories import (
    NOON,
    BodyFactory,
    MandateFactory,
    OrganisationFactory,
    ProgrammeFactory,
    SeatFactory,
    person_as,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund():
    return ProgrammeFactory(organisation=OrganisationFactory())


@pytest.fixture
def boss(fund):
    return person_as(Role.ADMINISTRATOR, fund.organisation)


def able(fund, **fields):
    """A body that can decide."""
    body = BodyFactory(organisation=fund.organisation, quorum=1, **fields)
    SeatFactory(body=body)
    return body


@pytest.fixture
def facts(fund):
    return MandateFacts(able(fund, name="Chefen").pk, 500_000_00, " KS 2026/17  § 4 ")


def test_a_mandate_is_given_changed_and_taken_away(fund, boss, facts):
    mandate = add_mandate(fund.pk, facts, by=boss, at=NOON)
    assert (mandate.up_to_minor, mandate.reference) == (500_000_00, "KS 2026/17 § 4")
    change_mandate(mandate.pk, replace(facts, up_to_minor=1), by=boss, at=NOON)
    mandate.refresh_from_db()
    assert mandate.up_to_minor == 1

    remove_mandate(mandate.pk, by=boss, at=NOON)

    assert not Mandate.objects.exists()
    entries = Entry.objects.about(fund)
    assert [(it.verb, it.data["body"]) for it in entries] == [
        ("programmes.mandate_added", "Chefen"),
        ("programmes.mandate_changed", "Chefen"),
        ("programmes.mandate_removed", "Chefen"),
    ]
    assert {it.organisation_id for it in entries} == {fund.organisation_id}


@pytest.mark.parametrize(
    ("given", "refusal", "field"),
    [
        ({"body_id": None}, Missing, "body"),
        ({"up_to_minor": None}, Missing, "up_to_minor"),
        ({"up_to_minor": 0}, MandateZero, "up_to_minor"),
        ({"reference": "x" * 201}, TooLong, "reference"),
        ({"reference": " "}, ReferenceMissing, "reference"),
    ],
)
def test_what_cannot_be_used_is_refused_at_its_field(given, refusal, field, fund, boss, facts):
    with pytest.raises(refusal) as refused:
        add_mandate(fund.pk, replace(facts, **given), by=boss, at=NOON)
    assert refused.value.field == field
    assert not Entry.objects.exists()


def test_the_bodys_own_reference_stands_in_for_one(fund, boss):
    body = able(fund, delegation="KS 2024/3 § 1")
    assert add_mandate(fund.pk, MandateFacts(body.pk, 1), by=boss, at=NOON).reference == ""


def test_neither_a_body_nor_a_sum_comes_twice(fund, boss, facts):
    add_mandate(fund.pk, facts, by=boss, at=NOON)
    with pytest.raises(MandateTwice) as twice:
        add_mandate(fund.pk, replace(facts, up_to_minor=1), by=boss, at=NOON)
    assert twice.value == MandateTwice(body="Chefen")
    other = replace(facts, body_id=able(fund).pk)
    with pytest.raises(SameSum) as same:
        add_mandate(fund.pk, other, by=boss, at=NOON)
    assert same.value.params == {"body": "Chefen", "sum": Money(500_000_00, "SEK")}
    added = add_mandate(fund.pk, replace(other, up_to_minor=1), by=boss, at=NOON)
    with pytest.raises(SameSum):
        change_mandate(added.pk, other, by=boss, at=NOON)
    change_mandate(added.pk, replace(other, up_to_minor=2), by=boss, at=NOON)


def test_the_funds_own_body_has_no_limit(fund, boss, facts):
    with pytest.raises(OwnBody):
        add_mandate(fund.pk, replace(facts, body_id=fund.body_id), by=boss, at=NOON)
    add_mandate(fund.pk, facts, by=boss, at=NOON)
    with pytest.raises(OwnBodyLimited) as refused:
        change_programme(fund.pk, name="Nytt", purpose="", body_id=facts.body_id, by=boss, at=NOON)
    assert refused.value.field == "body"


def test_a_body_that_cannot_decide_is_refused_where_it_is_chosen(fund, boss, facts):
    empty = BodyFactory(organisation=fund.organisation, name="Tomma")
    with pytest.raises(BodyUnable) as refused:
        add_mandate(fund.pk, replace(facts, body_id=empty.pk), by=boss, at=NOON)
    assert (refused.value.field, refused.value.params) == ("body", {"body": "Tomma"})
    for act in (
        lambda: add_programme(
            fund.organisation_id, name="Nytt", body_id=empty.pk, by=boss, at=NOON
        ),
        lambda: change_programme(
            fund.pk, name="Nytt", purpose="", body_id=empty.pk, by=boss, at=NOON
        ),
    ):
        with pytest.raises(BodyUnable):
            act()
    aside = able(fund, archived_at=NOON)
    with pytest.raises(BodyAside):
        add_mandate(fund.pk, replace(facts, body_id=aside.pk), by=boss, at=NOON)
    with pytest.raises(Body.DoesNotExist):
        add_mandate(fund.pk, replace(facts, body_id=BodyFactory().pk), by=boss, at=NOON)


def test_a_body_that_has_lost_its_members_can_stay_where_it_was(fund, boss):
    mandate = MandateFactory(programme=fund)  # nobody is in it
    facts = MandateFacts(mandate.body_id, 1_00, "KS 2026/18")
    assert change_mandate(mandate.pk, facts, by=boss, at=NOON).reference == "KS 2026/18"
    unchanged = {"name": "Anslaget", "purpose": "", "body_id": fund.body_id}
    assert change_programme(fund.pk, **unchanged, by=boss, at=NOON).name == "Anslaget"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_fund_administrators_give_mandates(role, fund, facts):
    mandate = MandateFactory(programme=fund)
    by = person_as(role, fund.organisation)
    for act in (
        lambda: add_mandate(fund.pk, facts, by=by, at=NOON),
        lambda: change_mandate(mandate.pk, facts, by=by, at=NOON),
        lambda: remove_mandate(mandate.pk, by=by, at=NOON),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_rules_for_the_money_are_kept_and_left_alone_when_nothing_is_said(fund, boss):
    unchanged = {"name": "Anslaget", "purpose": "", "body_id": None}
    staged = MoneyRules(unused="return", release_rule="staged", first_share=30)
    change_programme(fund.pk, **unchanged, money=staged, by=boss, at=NOON)
    change_programme(fund.pk, **unchanged, by=boss, at=NOON)

    fund.refresh_from_db()
    assert MoneyRules.of(fund) == staged
    plain = MoneyRules(first_share=None)
    change_programme(fund.pk, **unchanged, money=plain, by=boss, at=NOON)
    fund.refresh_from_db()
    assert MoneyRules.of(fund) == MoneyRules(first_share=30)  # counts for nothing: stays


@pytest.mark.parametrize(
    ("given", "refusal", "field"),
    [
        ({"unused": "burn"}, Missing, "unused"),
        ({"release_rule": ""}, Missing, "release_rule"),
        ({"first_share": 0}, BadFirstShare, "first_share"),
        ({"first_share": 100}, BadFirstShare, "first_share"),
        ({"first_share": None}, BadFirstShare, "first_share"),
    ],
)
def test_wrong_rules_for_the_money_are_refused_at_their_field(given, refusal, field, fund, boss):
    money = replace(MoneyRules(release_rule="staged"), **given)
    with pytest.raises(refusal) as refused:
        add_programme(fund.organisation_id, name="Nytt", money=money, by=boss, at=NOON)
    assert refused.value.field == field
