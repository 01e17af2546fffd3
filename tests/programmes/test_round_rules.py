"""The rules of a round: written whole, refused where they contradict, fixed once somebody asks."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils.translation import override

from idesluss.logic.money import Money
from idesluss.logic.refusals import Missing, NotAllowed, TooLong
from idesluss.people.vocab import Role
from idesluss.programmes.limits import (
    BadCofinancing,
    BadMaterial,
    BadUnitsNeeded,
    EndorsedBeforeClosing,
    EndorsedTooEarly,
    FloorOverCap,
    FloorOverLevel,
    FloorZero,
    KindsMissing,
    MandateBodyAside,
    MandateBodyUnable,
    MandateCurrency,
    PotCurrency,
    RateZero,
    RulesFixed,
    TooFewUnits,
    UnitGone,
    YearFixed,
)
from idesluss.programmes.models import Round
from idesluss.programmes.reads import rules_said
from idesluss.programmes.usecases import (
    RoundFacts,
    RoundRules,
    add_round,
    change_round,
    check_rules,
    set_rules,
)
from idesluss.programmes.usecases.checks import check_round
from idesluss.records.models import Entry
from tests.factories import (
    NOON,
    ApplicationFactory,
    LevelFactory,
    MandateFactory,
    OrganisationFactory,
    PotFactory,
    ProgrammeFactory,
    RoundFactory,
    SeatFactory,
    UnitFactory,
    person_as,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
RULES = RoundRules(currency="SEK")


@pytest.fixture
def here():
    return OrganisationFactory(language="sv")


@pytest.fixture
def boss(here):
    return person_as(Role.ADMINISTRATOR, here)


@pytest.fixture
def round(here):
    return RoundFactory(programme__organisation=here)


@pytest.fixture
def english():
    with override("en"):
        yield


def test_everything_is_written_and_noted_before_and_after(here, round, boss):
    one, other = UnitFactory.create_batch(2, organisation=here)
    rules = RoundRules(
        currency="SEK",
        kinds=("implementation", "new"),
        applicants="managers",
        unit_ids=(one.pk,),
        floor_minor=10_000_00,
        must_end_in_year=True,
        asks_otherwise=True,
        ineligible=" Drift\r\nMat ",
        cofinancing_percent=25,
        material_percent=0,
        work_rate_minor=125_00,
        units_needed=2,
        endorsed=True,
        endorse_by=round.closes_at + 7 * DAY,
        silence="yes",
    )

    set_rules(round.pk, rules, by=boss, at=NOON)

    kept = RoundRules.of(Round.objects.get(pk=round.pk))
    assert kept == replace(rules, kinds=("new", "implementation"), ineligible="Drift\nMat")
    entry = Entry.objects.about(round).get()
    assert (entry.verb, entry.organisation_id) == ("programmes.rules_set", here.pk)
    assert entry.data["changed"]["floor_minor"] == [None, 10_000_00]
    assert entry.data["changed"]["unit_ids"] == [[], [one.pk]]
    set_rules(round.pk, rules, by=boss, at=NOON)
    assert Entry.objects.about(round).count() == 1  # nothing changed
    set_rules(round.pk, replace(rules, unit_ids=(other.pk,), endorsed=False), by=boss, at=NOON)
    round.refresh_from_db()
    assert ([*round.units.all()], round.endorse_by) == ([other], None)


@pytest.mark.parametrize(
    ("given", "refusal", "field"),
    [
        ({"currency": "USD"}, Missing, "currency"),
        ({"kinds": ()}, KindsMissing, "kinds"),
        ({"kinds": ("other",)}, KindsMissing, "kinds"),
        ({"applicants": "nobody"}, Missing, "applicants"),
        ({"silence": ""}, Missing, "silence"),
        ({"ineligible": "x" * 4001}, TooLong, "ineligible"),
        ({"floor_minor": 0}, FloorZero, "floor_minor"),
        ({"work_rate_minor": 0}, RateZero, "work_rate_minor"),
        ({"cofinancing_percent": 0}, BadCofinancing, "cofinancing_percent"),
        ({"cofinancing_percent": 100}, BadCofinancing, "cofinancing_percent"),
        ({"material_percent": -1}, BadMaterial, "material_percent"),
        ({"material_percent": 100}, BadMaterial, "material_percent"),
        ({"units_needed": 0}, BadUnitsNeeded, "units_needed"),
        ({"units_needed": 2}, TooFewUnits, "units_needed"),
        ({"unit_ids": (0,)}, UnitGone, "units"),
        ({"endorsed": True, "endorse_by": NOON - 31 * DAY}, EndorsedTooEarly, "endorse_by"),
        ({"endorsed": True, "endorse_by": NOON + 29 * DAY}, EndorsedBeforeClosing, "endorse_by"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused_at_its_field(given, refusal, field, round, boss):
    with pytest.raises(refusal) as refused:
        set_rules(round.pk, replace(RULES, **given), by=boss, at=NOON)
    assert refused.value.field == field
    assert not Entry.objects.exists()


def test_the_least_sum_is_no_more_than_the_cap_and_no_level_begins_below_it(round, boss):
    PotFactory(programme=round.programme, cap_minor=100_000_00)
    LevelFactory(round=round, name="Liten", low_minor=20_000_00)

    with pytest.raises(FloorOverCap) as refused:
        set_rules(round.pk, replace(RULES, floor_minor=100_000_01), by=boss, at=NOON)
    assert refused.value.params == {
        "floor": Money(100_000_01, "SEK"), "cap": Money(100_000_00, "SEK"), "year": 2027,
    }  # fmt: skip
    with pytest.raises(FloorOverLevel) as refused:
        set_rules(round.pk, replace(RULES, floor_minor=20_000_01), by=boss, at=NOON)
    assert refused.value.params["level"] == "Liten"
    set_rules(round.pk, replace(RULES, floor_minor=20_000_00), by=boss, at=NOON)


def test_sums_are_in_the_currency_of_the_pot_and_of_the_mandates(round, boss):
    pot = PotFactory(programme=round.programme, currency="EUR")
    with pytest.raises(PotCurrency) as refused:
        set_rules(round.pk, RULES, by=boss, at=NOON)
    assert refused.value == PotCurrency(pot="EUR", round="SEK", year=2027)
    set_rules(round.pk, replace(RULES, currency="EUR"), by=boss, at=NOON)

    MandateFactory(programme=round.programme)
    with pytest.raises(MandateCurrency):
        set_rules(round.pk, replace(RULES, currency="EUR"), by=boss, at=NOON)
    pot.delete()
    set_rules(round.pk, RULES, by=boss, at=NOON)


def test_a_unit_of_others_is_refused_and_one_laid_aside_stays_where_it_was(here, round, boss):
    unit = UnitFactory(organisation=here, name="Kultur")
    set_rules(round.pk, replace(RULES, unit_ids=(unit.pk,)), by=boss, at=NOON)
    unit.archived_at = NOON
    unit.save()

    rules = replace(RULES, unit_ids=(unit.pk,), asks_otherwise=True)
    set_rules(round.pk, rules, by=boss, at=NOON)
    assert check_rules(round) == [UnitGone(units="Kultur")]
    set_rules(round.pk, RULES, by=boss, at=NOON)
    with pytest.raises(UnitGone) as refused:
        set_rules(round.pk, rules, by=boss, at=NOON)
    assert refused.value.params == {"units": "Kultur"}
    strange = replace(RULES, unit_ids=(UnitFactory().pk,))
    with pytest.raises(UnitGone):
        set_rules(round.pk, strange, by=boss, at=NOON)


def test_only_departments_in_use_are_counted(here, round, boss):
    first = UnitFactory(organisation=here)
    UnitFactory(organisation=here, parent=first)
    UnitFactory(organisation=here, archived_at=NOON)
    with pytest.raises(TooFewUnits) as refused:
        set_rules(round.pk, replace(RULES, units_needed=2), by=boss, at=NOON)
    assert refused.value.params == {"needed": 2, "count": 1}
    UnitFactory(organisation=here)
    set_rules(round.pk, replace(RULES, units_needed=2), by=boss, at=NOON)


def test_rules_and_year_are_fixed_once_somebody_has_handed_in(round, boss):
    draft = ApplicationFactory(round=round)
    set_rules(round.pk, replace(RULES, asks_otherwise=True), by=boss, at=NOON)
    draft.submitted_at = NOON
    draft.save()

    with pytest.raises(RulesFixed) as refused:
        set_rules(round.pk, RULES, by=boss, at=NOON)
    assert "copy this one to next year" in str(refused.value)
    facts = RoundFacts.of(round)
    with pytest.raises(YearFixed):
        change_round(round.pk, replace(facts, project_year=2028), by=boss, at=NOON)
    change_round(round.pk, replace(facts, closes_at=NOON + 60 * DAY), by=boss, at=NOON)
    assert Round.objects.get(pk=round.pk).asks_otherwise


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_fund_administrators_write_rules(role, here, round):
    with pytest.raises(NotAllowed):
        set_rules(round.pk, RULES, by=person_as(role, here), at=NOON)


def test_a_new_round_is_in_the_currency_of_its_pot_or_of_the_organisation(boss):
    danish = OrganisationFactory(currency="DKK")
    fund = ProgrammeFactory(organisation=danish)
    leader = person_as(Role.ADMINISTRATOR, danish)
    PotFactory(programme=fund, year=2028, currency="EUR")

    first = add_round(fund.pk, RoundFacts("A", 2027), by=leader, at=NOON)
    second = add_round(fund.pk, RoundFacts("B", 2028), by=leader, at=NOON)

    assert (first.currency, second.currency) == ("DKK", "EUR")


def test_a_year_without_a_pot_leaves_the_currency_as_it_is(round, boss):
    change_round(round.pk, replace(RoundFacts.of(round), project_year=2029), by=boss, at=NOON)
    round.refresh_from_db()
    assert (round.project_year, round.currency) == (2029, "SEK")


def test_another_year_brings_its_pots_currency_unless_sums_are_written(round, boss):
    PotFactory(programme=round.programme, year=2028, currency="EUR")
    facts = replace(RoundFacts.of(round), project_year=2028)
    level = LevelFactory(round=round)
    with pytest.raises(PotCurrency) as refused:
        change_round(round.pk, facts, by=boss, at=NOON)
    assert refused.value.field == "project_year"
    level.delete()

    change_round(round.pk, facts, by=boss, at=NOON)

    round.refresh_from_db()
    assert (round.project_year, round.currency) == (2028, "EUR")


def test_managers_get_as_much_longer_as_the_round_does(round, boss):
    round.endorsed, round.endorse_by = True, round.closes_at + 7 * DAY
    round.save()
    facts = RoundFacts.of(round)

    change_round(round.pk, replace(facts, closes_at=round.closes_at + 2 * DAY), by=boss, at=NOON)
    round.refresh_from_db()
    assert round.endorse_by == NOON + 37 * DAY  # there is still time

    change_round(round.pk, replace(facts, closes_at=NOON + 40 * DAY), by=boss, at=NOON)
    round.refresh_from_db()
    assert round.endorse_by - round.closes_at == 5 * DAY


def test_everything_that_contradicts_itself_is_told_before_announcing(here, round):
    PotFactory(programme=round.programme, currency="EUR")
    mandate = MandateFactory(programme=round.programme)
    LevelFactory(round=round, high_minor=200_000_00)
    Round.objects.filter(pk=round.pk).update(
        floor_minor=20_000_00, units_needed=3, endorse_by=NOON, endorsed=True
    )
    round.refresh_from_db()

    found = [type(it) for it in check_rules(round)]
    assert found == [PotCurrency, EndorsedBeforeClosing, TooFewUnits]

    round.programme.pots.update(currency="SEK", cap_minor=10_000_00)
    found = [str(it) for it in check_rules(round)]
    assert len(found) == 4
    assert found[2].startswith("The least one may ask for, SEK\xa020,000, is more than one")
    assert "Let the level" in found[3]

    told = [type(it) for it in check_round(round, at=NOON)]
    assert MandateBodyUnable in told
    SeatFactory(body=mandate.body)
    assert MandateBodyUnable not in [type(it) for it in check_round(round, at=NOON)]
    mandate.body.archived_at = NOON
    mandate.body.save()
    assert MandateBodyAside(body=mandate.body.name) in check_round(round, at=NOON)


def test_rules_are_said_in_plain_words(here, round, english, django_assert_num_queries):
    quiet = [(it.key, it.text) for it in rules_said(round)]
    assert quiet == [
        ("applicants", "Everybody who belongs to the organisation."),
        ("kinds", "Something new."),
    ]
    round.units.add(UnitFactory(organisation=here, name="Skola"))
    round.units.add(UnitFactory(organisation=here, name="Kultur"))
    level = LevelFactory(round=round, name="Liten", asks="En sida räcker.")
    for name, value in {
        "kinds": ["new", "continuation"],
        "floor_minor": 10_000_00,
        "cofinancing_percent": 25,
        "material_percent": 0,
        "work_rate_minor": 125_00,
        "ineligible": "Drift",
        "units_needed": 2,
        "must_end_in_year": True,
        "asks_otherwise": True,
        "endorsed": True,
        "endorse_by": NOON + 37 * DAY,
        "silence": "no",
        "flows_on": True,
    }.items():
        setattr(round, name, value)

    with django_assert_num_queries(2):
        said = {it.key: it.text for it in rules_said(round, cap_minor=100_000_00)}

    assert said == {
        "applicants": "Everybody who belongs to the organisation. Only from Kultur and Skola.",
        "kinds": "Something new and continuation of an earlier project.",
        "sums": "From SEK\xa010,000 to SEK\xa0100,000 for one project.",
        f"level-{level.pk}": "From SEK\xa010,000 to SEK\xa050,000.\nEn sida räcker.",
        "cofinancing": "Others than the fund pay at least 25 per cent of all that the project "
        "costs.",
        "material": "You cannot ask for material.",
        "work": "An hour of your own work counts as SEK\xa0125.",
        "ineligible": "Drift",
        "units": "At least 2 departments take part.",
        "end": "The project ends within 2027.",
        "otherwise": "You say why the project would not happen without the money.",
        "endorsed": "Your manager is asked what the unit says, and answers before "
        "11 November 2026 at 11:00. No answer by then counts as a no.",
        "flows": "A draft that you have not handed in can go on into the next round.",
    }


@pytest.mark.parametrize(
    ("floor", "cap", "said"),
    [
        (10_000_00, None, "At least SEK\xa010,000 for one project."),
        (None, 100_000_00, "At most SEK\xa0100,000 for one project."),
    ],
)
def test_one_end_of_what_can_be_asked_for_is_said_alone(floor, cap, said, round, english):
    round.floor_minor, round.endorsed, round.material_percent = floor, True, 50
    told = {it.key: it.text for it in rules_said(round, cap_minor=cap)}
    assert told["sums"] == said
    assert told["endorsed"] == "Your manager is asked what the unit says to the application."
    assert told["material"] == "At most 50 per cent of what you ask for may be material."
