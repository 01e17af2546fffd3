"""A sluice and its model: who may write it, and what is refused."""

from datetime import timedelta

import pytest

from idesluss.logic.editions import BadPromise, PlanQuestion, UnknownStage
from idesluss.logic.refusals import ChangedMeanwhile, Missing, NotAllowed, TooLong
from idesluss.people.vocab import Role
from idesluss.programmes.model_refusals import (
    AtThatEnd,
    BeingWritten,
    NoSuchModel,
    NotReadyToOpen,
    Opened,
    TooManyQuestions,
)
from idesluss.programmes.models import Programme, Step
from idesluss.programmes.reads.model import plan_of_step, written
from idesluss.programmes.refusals import BadSlug, NameTaken, SluiceSlugTaken
from idesluss.programmes.usecases.model import (
    NEWEST,
    NOTHING,
    StepFacts,
    add_step,
    begin_edition,
    change_step,
    drop_edition,
    move_step,
    open_edition,
    remove_step,
)
from idesluss.programmes.usecases.sluices import add_sluice, change_sluice
from tests.factories import NOON, OrganisationFactory, ProgrammeFactory, person_as

pytestmark = pytest.mark.django_db
TEST = StepFacts(stage="testing", name="Testa")


@pytest.fixture
def town():
    return OrganisationFactory()


@pytest.fixture
def boss(town):
    return person_as(Role.ADMINISTRATOR, town)


@pytest.fixture
def sluice(town, boss) -> Programme:
    return add_sluice(town.pk, name="Idéslussen", by=boss, at=NOON)


@pytest.fixture
def edition(sluice, boss):
    return begin_edition(sluice.pk, "sundsvall", by=boss, at=NOON)


def keys(edition):
    return list(edition.steps.order_by("position").values_list("key", flat=True))


def step(edition, key) -> Step:
    return edition.steps.get(key=key)


@pytest.mark.parametrize("role", [it for it in Role if it is not Role.ADMINISTRATOR])
def test_only_administrators_write_a_sluice_and_its_model(town, sluice, edition, role):
    other, one = person_as(role, town), step(edition, "testa")
    start = {"name": "X", "by": other, "at": NOON}
    for act in (
        lambda: add_sluice(town.pk, **start),
        lambda: change_sluice(sluice.pk, slug="x", purpose="", welcome="", public=False, **start),
        lambda: begin_edition(sluice.pk, "lerum", by=other, at=NOON),
        lambda: drop_edition(edition.pk, by=other, at=NOON),
        lambda: open_edition(edition.pk, by=other, at=NOON),
        lambda: add_step(edition.pk, TEST, by=other, at=NOON),
        lambda: change_step(one.pk, TEST, by=other, at=NOON),
        lambda: move_step(one.pk, up=True, by=other, at=NOON),
        lambda: remove_step(one.pk, by=other, at=NOON),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_sluice_has_a_name_and_an_address_of_its_own(town, boss, sluice):
    def add(**given):
        add_sluice(town.pk, **{"name": "Annan", "by": boss, "at": NOON, **given})

    with pytest.raises(Missing):
        add(name=" ")
    with pytest.raises(NameTaken):
        add(name="Idéslussen")
    with pytest.raises(SluiceSlugTaken):
        add(slug="ideslussen")
    with pytest.raises(BadSlug):
        add(slug="å å")
    for field, text in (("slug", "a" * 41), ("purpose", "x" * 4001), ("welcome", "x" * 4001)):
        with pytest.raises(TooLong) as refused:
            add(**{field: text})
        assert refused.value.field == field
    assert sluice.slug == "ideslussen"


def test_one_edition_is_written_at_a_time_from_something_that_there_is(sluice, boss):
    begin = {"by": boss, "at": NOON}
    with pytest.raises(NoSuchModel):
        begin_edition(sluice.pk, "paris", **begin)
    with pytest.raises(NoSuchModel):
        begin_edition(sluice.pk, NEWEST, **begin)
    empty = begin_edition(sluice.pk, NOTHING, **begin)
    assert (empty.number, empty.template, keys(empty)) == (1, "", [])
    with pytest.raises(BeingWritten):
        begin_edition(sluice.pk, "lerum", **begin)
    with pytest.raises(NotReadyToOpen):
        open_edition(empty.pk, **begin)
    drop_edition(empty.pk, **begin)
    again = begin_edition(sluice.pk, "lerum", **begin)
    assert (again.number, again.template) == (1, "lerum")


def test_a_fund_has_no_editions(town, boss):
    fund = ProgrammeFactory(organisation=town)
    with pytest.raises(NotAllowed):
        begin_edition(fund.pk, "lerum", by=boss, at=NOON)


def test_an_opened_edition_never_changes(edition, boss):
    who, one = {"by": boss, "at": NOON}, step(edition, "testa")
    with pytest.raises(TooLong):
        open_edition(edition.pk, why="x" * 301, **who)
    with pytest.raises(ChangedMeanwhile):
        open_edition(edition.pk, seen="something else", **who)
    opened = open_edition(edition.pk, seen=written(edition).fingerprint, why=" Vår ", **who)
    assert (opened.opened_at, opened.why) == (NOON, "Vår")
    before = written(edition).fingerprint
    for act in (
        lambda: open_edition(edition.pk, **who),
        lambda: drop_edition(edition.pk, **who),
        lambda: add_step(edition.pk, TEST, **who),
        lambda: change_step(one.pk, TEST, **who),
        lambda: move_step(one.pk, up=True, **who),
        lambda: remove_step(one.pk, **who),
    ):
        with pytest.raises(Opened):
            act()
    assert written(edition).fingerprint == before


def test_the_newest_edition_is_copied_whole_and_shares_nothing(edition, sluice, boss):
    open_edition(edition.pk, by=boss, at=NOON)
    copy = begin_edition(sluice.pk, NEWEST, by=boss, at=NOON + timedelta(days=1))
    assert (copy.number, copy.template) == (2, "sundsvall")
    assert written(copy).plan == written(edition).plan
    assert written(copy).changes == []
    remove_step(step(copy, "utveckla").pk, by=boss, at=NOON)
    assert step(edition, "utveckla").questions.count() == 0
    assert [it.name for it in written(copy).changes] == ["Utveckla"]


def test_steps_are_added_moved_and_removed_in_their_order(edition, boss):
    who = {"by": boss, "at": NOON}
    new = add_step(edition.pk, TEST, after_id=step(edition, "testa").pk, **who)
    assert new.key == "testa-2"
    add_step(edition.pk, StepFacts(stage="permanent", name="?!"), **who)
    assert keys(edition)[3:6] == ["testa", "testa-2", "utvardera"]
    assert keys(edition)[-1] == "step"
    move_step(new.pk, up=True, **who)
    assert keys(edition)[3:5] == ["testa-2", "testa"]
    remove_step(new.pk, **who)
    assert "testa-2" not in keys(edition)
    positions = list(edition.steps.order_by("position").values_list("position", flat=True))
    assert positions == list(range(8))
    edition.refresh_from_db()
    assert edition.version == 4
    for key, up in (("in", True), ("step", False)):
        with pytest.raises(AtThatEnd):
            move_step(step(edition, key).pk, up=up, **who)
    with pytest.raises(ChangedMeanwhile):
        add_step(edition.pk, TEST, after_id=new.pk, **who)


@pytest.mark.parametrize(
    ("given", "refusal", "field"),
    [
        ({"stage": "declined"}, UnknownStage, "stage"),
        ({"name": " "}, Missing, "name"),
        ({"name": "x" * 61}, TooLong, "name"),
        ({"handler": "mayor"}, Missing, "handler"),
        ({"promise_days": 0}, BadPromise, "promise_days"),
        ({"guidance": "x" * 4001}, TooLong, "guidance"),
        ({"gate": "x" * 4001}, TooLong, "gate"),
        ({"questions": (PlanQuestion("", "x" * 301),)}, TooLong, "questions"),
        ({"questions": (PlanQuestion("", "Hur?", "x" * 4001),)}, TooLong, "questions"),
        ({"questions": (PlanQuestion("", "Hur?"),) * 21}, TooManyQuestions, "questions"),
    ],
)
def test_what_a_step_cannot_be_is_told_at_its_field(edition, boss, given, refusal, field):
    facts = StepFacts(**{"stage": "testing", "name": "Ny", **given})
    with pytest.raises(refusal) as refused:
        add_step(edition.pk, facts, by=boss, at=NOON)
    assert refused.value.field == field
    assert edition.steps.count() == 7


def test_a_question_keeps_its_key_when_its_words_change(edition, boss):
    one = step(edition, "utforska")
    asked = (
        PlanQuestion("problem", "Vad är problemet?", required=True),
        PlanQuestion("", "Vad är problemet?"),
        PlanQuestion("problem", "Och vad mer?"),
        PlanQuestion("", "  "),
    )
    facts = StepFacts(stage="exploring", name="Utforska", questions=asked)
    change_step(one.pk, facts, by=boss, at=NOON)
    told = list(one.questions.values_list("key", "text", "required"))
    assert told == [
        ("problem", "Vad är problemet?", True),
        ("vad-ar-problemet", "Vad är problemet?", False),
        ("och-vad-mer", "Och vad mer?", False),
    ]


def test_two_who_write_the_same_step_at_once_lose_nothing(edition, boss):
    one = step(edition, "testa")
    seen = plan_of_step(one).fingerprint
    change_step(one.pk, TEST, seen=seen, by=boss, at=NOON)
    with pytest.raises(ChangedMeanwhile):
        change_step(one.pk, TEST, seen=seen, by=boss, at=NOON)
    with pytest.raises(Step.DoesNotExist):
        remove_step(
            Step.objects.create(
                programme=ProgrammeFactory(), stage="received", name="In", position=0
            ).pk,
            by=boss,
            at=NOON,
        )
