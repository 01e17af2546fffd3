"""Criteria and questions are arranged until somebody has handed in; ready sets start a round."""

from dataclasses import replace

import pytest

from idesluss.ideas.models import Answer
from idesluss.logic.refusals import Missing, NotAllowed, TooLong
from idesluss.logic.scoring import NeededTooMany
from idesluss.people.vocab import Role
from idesluss.programmes.models import Criterion, Question, Round
from idesluss.programmes.refusals import (
    AnsweredAlready,
    BadLength,
    BadScale,
    BadWeight,
    HandedIn,
    NameTaken,
    NeededForTheNumber,
    NoWeight,
)
from idesluss.programmes.sets import NEED_FIRST, SETS, in_language
from idesluss.programmes.usecases import (
    CriterionFacts,
    QuestionFacts,
    RoundFacts,
    add_criterion,
    add_question,
    add_round,
    change_criterion,
    change_question,
    move_criterion,
    move_question,
    remove_criterion,
    remove_question,
    set_needed,
)
from idesluss.programmes.usecases.criteria import free_key
from idesluss.programmes.vocab import CriterionKind
from idesluss.records.models import Entry
from tests.factories import (
    NOON,
    ApplicationFactory,
    CriterionFactory,
    OrganisationFactory,
    QuestionFactory,
    RoundFactory,
    person_as,
)

pytestmark = pytest.mark.django_db
SCORED = CriterionFacts(kind="scored", name="Nyttan", description=" Syns ", weight=3, low=0, high=4)
QUALIFYING = CriterionFacts(kind="qualifying", name="Kvalitet")
ASK = QuestionFacts(part="idea", text="Vad vill du göra?", help="Kort.", max_length=500)


@pytest.fixture
def round():
    return RoundFactory()


@pytest.fixture
def boss(round):
    return person_as(Role.ADMINISTRATOR, round.programme.organisation)


def names(round):
    return [it.name for it in round.criteria.all()]


def test_a_criterion_is_added_last_with_a_key_of_its_own(round, boss):
    CriterionFactory(round=round, key="nyttan", position=4)

    given = add_criterion(round.pk, SCORED, by=boss, at=NOON)

    assert (given.key, given.position, given.description) == ("nyttan-2", 5, "Syns")
    assert (given.weight, given.low, given.high) == (3, 0, 4)
    entry = Entry.objects.about(round).get()
    assert (entry.verb, entry.data["name"]) == ("programmes.criterion_added", "Nyttan")


def test_a_criterion_that_is_met_or_not_has_no_scale(round, boss):
    given = add_criterion(round.pk, replace(QUALIFYING, low=5, high=1), by=boss, at=NOON)

    assert (given.position, given.low, given.high) == (0, 0, 1)


def test_a_key_is_free_and_never_empty():
    assert free_key("Nytta?", set()) == "nytta"
    assert free_key("Nytta", {"nytta", "nytta-2"}) == "nytta-3"
    assert free_key("???", set()) == "key"
    assert len(free_key("x" * 80, {"x" * 36})) == 38


@pytest.mark.parametrize(
    ("given", "refusal", "field"),
    [
        ({"kind": "free"}, Missing, "kind"),
        ({"name": ""}, Missing, "name"),
        ({"name": "x" * 161}, TooLong, "name"),
        ({"name": "NYTTA"}, NameTaken, "name"),
        ({"description": "x" * 2001}, TooLong, "description"),
        ({"weight": -1}, BadWeight, "weight"),
        ({"weight": 101}, BadWeight, "weight"),
        ({"low": 4}, BadScale, "high"),
        ({"low": -1}, BadScale, "high"),
        ({"high": 101}, BadScale, "high"),
    ],
)
def test_a_criterion_that_cannot_be_used_is_refused_at_its_field(
    given, refusal, field, round, boss
):
    CriterionFactory(round=round, name="Nytta")

    with pytest.raises(refusal) as refused:
        add_criterion(round.pk, replace(SCORED, **given), by=boss, at=NOON)

    assert refused.value.field == field
    assert names(round) == ["Nytta"]


def test_weights_are_never_all_zero(round, boss):
    with pytest.raises(NoWeight) as refused:
        add_criterion(round.pk, replace(SCORED, weight=0), by=boss, at=NOON)
    assert refused.value.field == "weight"
    heavy = add_criterion(round.pk, SCORED, by=boss, at=NOON)
    add_criterion(round.pk, replace(SCORED, name="Nytt", weight=0), by=boss, at=NOON)
    with pytest.raises(NoWeight):
        change_criterion(heavy.pk, replace(SCORED, weight=0), by=boss, at=NOON)
    with pytest.raises(NoWeight):
        remove_criterion(heavy.pk, by=boss, at=NOON)
    add_criterion(round.pk, replace(QUALIFYING, weight=0), by=boss, at=NOON)

    change_criterion(heavy.pk, replace(SCORED, weight=1), by=boss, at=NOON)


def test_at_least_so_many_of_these_is_never_more_than_there_are(round, boss):
    first = add_criterion(round.pk, QUALIFYING, by=boss, at=NOON)
    second = add_criterion(round.pk, replace(QUALIFYING, name="Resultat"), by=boss, at=NOON)
    with pytest.raises(NeededTooMany) as refused:
        set_needed(round.pk, 3, by=boss, at=NOON)
    assert (refused.value.field, refused.value.params) == (
        "qualifying_needed",
        {"needed": 3, "count": 2},
    )
    with pytest.raises(NeededTooMany):
        set_needed(round.pk, -1, by=boss, at=NOON)
    set_needed(round.pk, 2, by=boss, at=NOON)
    with pytest.raises(NeededForTheNumber):
        remove_criterion(first.pk, by=boss, at=NOON)
    with pytest.raises(NeededForTheNumber):
        change_criterion(first.pk, replace(SCORED, name="X"), by=boss, at=NOON)
    change_criterion(first.pk, replace(QUALIFYING, name="Bättre"), by=boss, at=NOON)

    set_needed(round.pk, 1, by=boss, at=NOON)
    remove_criterion(first.pk, by=boss, at=NOON)

    assert list(round.criteria.all()) == [second]
    assert Entry.objects.about(round).last().data["kept"]["name"] == "Bättre"


def test_the_last_scored_criterion_can_be_taken_away(round, boss):
    only = add_criterion(round.pk, SCORED, by=boss, at=NOON)

    remove_criterion(only.pk, by=boss, at=NOON)

    assert names(round) == []


def test_criteria_and_questions_change_places(round, boss):
    a, b = CriterionFactory(round=round, name="a"), CriterionFactory(round=round, name="b")
    c, d = QuestionFactory(round=round, text="c"), QuestionFactory(round=round, text="d")

    move_criterion(b.pk, up=True, by=boss, at=NOON)
    move_criterion(b.pk, up=True, by=boss, at=NOON)  # first already
    move_question(c.pk, up=False, by=boss, at=NOON)

    assert names(round) == ["b", "a"]
    assert [it.text for it in round.questions.all()] == ["d", "c"]
    move_criterion(a.pk, up=False, by=boss, at=NOON)  # last already
    move_question(d.pk, up=True, by=boss, at=NOON)  # first already
    assert names(round) == ["b", "a"]


def test_a_question_is_added_changed_and_taken_away(round, boss):
    first = add_question(round.pk, ASK, by=boss, at=NOON)
    second = add_question(round.pk, ASK, by=boss, at=NOON)

    assert [(it.key, it.position) for it in (first, second)] == [
        ("vad-vill-du-gora", 0),
        ("vad-vill-du-gora-2", 1),
    ]
    change_question(first.pk, replace(ASK, text="Vad?", required=False), by=boss, at=NOON)
    first.refresh_from_db()
    assert (first.text, first.required, first.key) == ("Vad?", False, "vad-vill-du-gora")
    remove_question(second.pk, by=boss, at=NOON)
    assert list(round.questions.all()) == [first]


@pytest.mark.parametrize(
    ("given", "refusal", "field"),
    [
        ({"part": "end"}, Missing, "part"),
        ({"text": " "}, Missing, "text"),
        ({"text": "x" * 301}, TooLong, "text"),
        ({"help": "x" * 2001}, TooLong, "help"),
        ({"max_length": 49}, BadLength, "max_length"),
        ({"max_length": 20_001}, BadLength, "max_length"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_at_its_field(
    given, refusal, field, round, boss
):
    with pytest.raises(refusal) as refused:
        add_question(round.pk, replace(ASK, **given), by=boss, at=NOON)
    assert refused.value.field == field
    assert not Question.objects.exists()


def test_a_question_that_somebody_has_begun_to_answer_stays(round, boss):
    question = QuestionFactory(round=round)
    application = ApplicationFactory(round=round)
    Answer.objects.create(idea=application.idea, question=question, text="Nja")

    with pytest.raises(AnsweredAlready):
        remove_question(question.pk, by=boss, at=NOON)

    assert list(round.questions.all()) == [question]
    change_question(question.pk, ASK, by=boss, at=NOON)


def acts(round, criterion, question):
    return (
        lambda by: add_criterion(round.pk, SCORED, by=by, at=NOON),
        lambda by: change_criterion(criterion.pk, SCORED, by=by, at=NOON),
        lambda by: remove_criterion(criterion.pk, by=by, at=NOON),
        lambda by: move_criterion(criterion.pk, up=True, by=by, at=NOON),
        lambda by: set_needed(round.pk, 0, by=by, at=NOON),
        lambda by: add_question(round.pk, ASK, by=by, at=NOON),
        lambda by: change_question(question.pk, ASK, by=by, at=NOON),
        lambda by: remove_question(question.pk, by=by, at=NOON),
        lambda by: move_question(question.pk, up=True, by=by, at=NOON),
    )


def test_nothing_changes_once_an_application_has_been_handed_in(round, boss):
    criterion, question = CriterionFactory(round=round), QuestionFactory(round=round)
    ApplicationFactory(round=round, stage="withdrawn")
    for act in acts(round, criterion, question):
        with pytest.raises(HandedIn):
            act(boss)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_fund_administrators_of_that_organisation_arrange_them(role, round):
    criterion, question = CriterionFactory(round=round), QuestionFactory(round=round)
    here = round.programme.organisation
    for by in (person_as(role, here), person_as(Role.ADMINISTRATOR, OrganisationFactory())):
        for act in acts(round, criterion, question):
            with pytest.raises(NotAllowed):
                act(by)
    assert not Entry.objects.exists()


def started(round, boss, start, **fields):
    facts = RoundFacts(name="Ny", project_year=2027, **fields)
    return add_round(round.programme_id, facts, start=start, by=boss, at=NOON)


@pytest.mark.parametrize(
    ("start", "needed", "kinds"),
    [
        ("needs", 0, {"scored": 4}),
        ("burlov", 4, {"qualifying": 4, "scored": 1}),
        ("tarnby", 1, {"qualifying": 3, "additional": 3}),
    ],
)
@pytest.mark.parametrize("language", ["sv", "da", "en"])
def test_a_round_starts_with_a_ready_set_in_the_organisations_language(
    start, needed, kinds, language, round, boss
):
    round.programme.organisation.language = language
    round.programme.organisation.save()

    new = started(round, boss, start)

    new.refresh_from_db()
    assert new.qualifying_needed == needed
    found = {}
    for criterion in new.criteria.all():
        found[criterion.kind] = found.get(criterion.kind, 0) + 1
    assert found == kinds
    assert [it.name for it in new.criteria.all()] == [
        it.name[language] for it in SETS[start].criteria
    ]
    assert [it.text for it in new.questions.all()] == [it.text[language] for it in NEED_FIRST]
    assert new.introduction == in_language(SETS[start].introduction, language)


def test_a_fund_without_goals_takes_burlovs_over_and_one_with_goals_keeps_its_own(round, boss):
    started(round, boss, "burlov")
    goals = round.programme.goals
    assert [it.name for it in goals.all()][:2] == ["Vision 2040", "Attraktiva Burlöv"]
    assert goals.count() == 5

    facts = RoundFacts(name="Nästa", project_year=2028)
    add_round(round.programme_id, facts, start="burlov", by=boss, at=NOON)
    assert goals.count() == 5


def test_tarnby_needs_one_of_three():
    keys = [it.key for it in SETS["tarnby"].criteria if it.kind == CriterionKind.QUALIFYING]
    assert (keys, SETS["tarnby"].needed) == (["effektivitet", "kvalitet", "resultat"], 1)


def test_every_text_of_every_set_is_written_in_every_language():
    texts = [said for ready in SETS.values() for said in (ready.name, ready.about)]
    texts += [it.name for ready in SETS.values() for it in ready.criteria]
    texts += [it.description for ready in SETS.values() for it in ready.criteria if it.description]
    texts += [ready.introduction for ready in SETS.values() if ready.introduction]
    texts += [it.text for it in NEED_FIRST] + [it.help for it in NEED_FIRST if it.help]
    assert {tuple(said) for said in texts} == {("sv", "da", "en")}
    assert in_language({"en": "Need"}, "fi") == "Need"
    assert in_language({}, "sv") == ""


def test_a_round_starts_like_an_earlier_one_and_stays_apart_from_it(round, boss):
    CriterionFactory(round=round, name="Nytta", weight=7, kind=CriterionKind.QUALIFYING.value)
    QuestionFactory(round=round, text="Varför?", help="Kort.", max_length=99)
    Round.objects.filter(pk=round.pk).update(qualifying_needed=1, introduction="Hej")

    new = started(round, boss, f"round:{round.pk}")

    new.refresh_from_db()
    assert (new.qualifying_needed, new.introduction) == (1, "Hej")
    (criterion,), (question,) = new.criteria.all(), new.questions.all()
    assert (criterion.name, criterion.weight, criterion.round) == ("Nytta", 7, new)
    assert (question.text, question.help, question.max_length) == ("Varför?", "Kort.", 99)
    assert (Criterion.objects.count(), Question.objects.count()) == (2, 2)


def test_nothing_is_taken_over_from_another_organisations_round(round, boss):
    with pytest.raises(Round.DoesNotExist):
        started(round, boss, f"round:{RoundFactory().pk}")


def test_a_round_may_start_with_nothing_and_keeps_its_own_introduction(round, boss):
    new = started(round, boss, "")
    assert (new.criteria.count(), new.questions.count()) == (0, 0)
    facts = RoundFacts(name="Egen", project_year=2027, introduction="Eget")
    own = add_round(round.programme_id, facts, start="tarnby", by=boss, at=NOON)
    assert own.introduction == "Eget"
