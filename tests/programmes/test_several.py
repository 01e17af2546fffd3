"""Rounds are copied whole, and several are added back to back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from idesluss.logic.windows import Window
from idesluss.people.vocab import Role
from idesluss.programmes.limits import PotCurrency
from idesluss.programmes.models import Round
from idesluss.programmes.refusals import SlugTaken
from idesluss.programmes.usecases import RoundFacts, RoundRules, add_round, add_rounds, set_rules
from idesluss.programmes.usecases.copying import CRITERION, LEVEL, QUESTION
from idesluss.programmes.usecases.starting import COPY
from tests.factories import (
    NOON,
    CriterionFactory,
    LevelFactory,
    PotFactory,
    QuestionFactory,
    RoundFactory,
    UnitFactory,
    person_as,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NEXT = RoundFacts(
    name="2028",
    project_year=2028,
    opens_at=NOON + 400 * DAY,
    closes_at=NOON + 430 * DAY,
)
NOT_COPIED = {
    "id", "programme", "name", "slug", "introduction", "opens_at", "closes_at", "project_year",
    "contact", "answer_days", "answer_by", "blind", "assessors_wanted", "public", "invented",
    "announced_at", "results_at", "flows_on", "archived_at",
}  # fmt: skip
"""What a copy is told by its own facts, or begins anew with."""


@pytest.fixture
def round():
    made = RoundFactory(introduction="Sök!", qualifying_needed=1)
    CriterionFactory(round=made, kind="qualifying", weight=3, position=4, description="Vad?")
    CriterionFactory(round=made, weight=9, low=2, high=7, position=5)
    QuestionFactory(round=made, help="Så här", required=False, max_length=77, position=2)
    LevelFactory(round=made, asks="Mer")
    return made


@pytest.fixture
def boss(round):
    return person_as(Role.ADMINISTRATOR, round.programme.organisation)


def rows(things, names):
    return list(things.values_list(*names))


def test_a_copy_has_everything_and_the_earlier_one_keeps_its_own(round, boss):
    here = round.programme.organisation
    kept, aside = UnitFactory(organisation=here), UnitFactory(organisation=here, archived_at=NOON)
    UnitFactory(organisation=here)
    rules = RoundRules(
        currency="SEK",
        kinds=("continuation",),
        applicants="managers",
        unit_ids=(kept.pk,),
        floor_minor=5_000_00,
        must_end_in_year=True,
        asks_otherwise=True,
        ineligible="Mat",
        cofinancing_percent=10,
        material_percent=20,
        work_rate_minor=100_00,
        units_needed=2,
        endorsed=True,
        endorse_by=round.closes_at + 7 * DAY,
        silence="wait",
    )
    set_rules(round.pk, rules, by=boss, at=NOON)
    round.units.add(aside)

    copy = add_round(round.programme_id, NEXT, start=f"{COPY}{round.pk}", by=boss, at=NOON)

    expected = replace(rules, endorse_by=NEXT.closes_at + 7 * DAY)
    assert RoundRules.of(Round.objects.get(pk=copy.pk)) == expected
    assert (copy.introduction, copy.qualifying_needed, copy.announced_at) == ("Sök!", 1, None)
    for name, fields in (("criteria", CRITERION), ("questions", QUESTION), ("levels", LEVEL)):
        theirs, ours = getattr(round, name), getattr(copy, name)
        assert rows(ours, fields) == rows(theirs, fields) != []
        assert not set(rows(ours, ["pk"])) & set(rows(theirs, ["pk"]))


def test_no_field_of_a_round_or_what_it_has_is_forgotten():
    fields = {field.name for field in Round._meta.get_fields() if field.concrete}
    rules = {name.replace("unit_ids", "units") for name in RoundRules.__slots__}
    assert fields - NOT_COPIED == {*rules, "qualifying_needed"}
    for name, copied in (("criteria", CRITERION), ("questions", QUESTION), ("levels", LEVEL)):
        model = Round._meta.get_field(name).related_model
        own = {it.name for it in model._meta.get_fields() if it.concrete} - {"id", "round"}
        assert own == set(copied)


def test_sums_are_not_copied_into_another_currency(round, boss):
    PotFactory(programme=round.programme, year=2028, currency="EUR")
    start = f"{COPY}{round.pk}"
    with pytest.raises(PotCurrency):
        add_round(round.programme_id, NEXT, start=start, by=boss, at=NOON)
    round.levels.all().delete()
    assert add_round(round.programme_id, NEXT, start=start, by=boss, at=NOON).currency == "EUR"


def test_without_a_closing_there_is_no_last_day_for_managers(round, boss):
    Round.objects.filter(pk=round.pk).update(endorse_by=round.closes_at, endorsed=True)
    open_ended = replace(NEXT, opens_at=None, closes_at=None)
    copy = add_round(round.programme_id, open_ended, start=f"{COPY}{round.pk}", by=boss, at=NOON)
    assert (copy.endorsed, copy.endorse_by) == (True, None)


def windows(*days):
    ends = [NOON + day * DAY for day in days]
    return [Window(a, b) for a, b in zip([NOON, *ends], ends, strict=False)]


def test_each_round_opens_the_moment_the_one_before_closes(round, boss):
    made = add_rounds(
        round.programme_id, replace(NEXT, slug="x"), windows(90, 180, 270),
        start="helsinki", by=boss, at=NOON,
    )  # fmt: skip

    assert [(it.name, it.slug, it.flows_on) for it in made] == [
        ("2028:1", "2028-1", True), ("2028:2", "2028-2", True), ("2028:3", "2028-3", True),
    ]  # fmt: skip
    assert [it.opens_at for it in made[1:]] == [it.closes_at for it in made[:-1]]
    texts = [rows(it.questions, ["key", "text"]) for it in made]
    assert texts[0] == texts[1] == texts[2] != []
    assert {tuple(it.kinds) for it in Round.objects.filter(pk__in=[it.pk for it in made])} == {
        ("new", "continuation")
    }
    assert not any(it.announced_at for it in made)


def test_numbers_go_on_after_those_that_are_there(round, boss):
    add_rounds(round.programme_id, NEXT, windows(90), by=boss, at=NOON)
    RoundFactory(programme=round.programme, name="2028:3")
    made = add_rounds(round.programme_id, NEXT, windows(90, 180), by=boss, at=NOON)
    assert [it.name for it in made] == ["2028:2", "2028:4"]


def test_all_are_added_or_none(round, boss):
    RoundFactory(programme=round.programme, slug="2028-2")
    before = Round.objects.count()
    with pytest.raises(SlugTaken):
        add_rounds(round.programme_id, NEXT, windows(90, 180), by=boss, at=NOON)
    assert Round.objects.count() == before
