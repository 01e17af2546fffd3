import ast
import importlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from idesluss import logic
from idesluss.logic.refusals import (
    AlreadyDone,
    ChangedMeanwhile,
    Closed,
    Disqualified,
    Missing,
    NotAllowed,
    NotInTime,
    NotOpenYet,
    Refusal,
    TooLong,
    gettext_noop,
    require,
)

MODULES = sorted(Path(logic.__file__).parent.glob("*.py"))
NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)


def family(refusal: type[Refusal]) -> list[type[Refusal]]:
    return [refusal, *(one for child in refusal.__subclasses__() for one in family(child))]


def of_the_cellar() -> list[type[Refusal]]:
    for module in MODULES:
        importlib.import_module(f"idesluss.logic.{module.stem}")
    return [one for one in family(Refusal) if one.__module__.startswith("idesluss.logic")]


def test_a_refusal_says_its_sentence_with_the_values_in_it():
    refusal = TooLong(limit=120)
    assert refusal.message == "This is too long. Shorten it to at most 120 characters."
    assert str(refusal) == refusal.message
    assert refusal.params == {"limit": 120}
    assert refusal.field is None


def test_a_value_that_the_sentence_names_must_be_given():
    with pytest.raises(KeyError):
        TooLong()


def test_a_percent_sign_in_a_value_is_only_a_sign():
    class Strange(Refusal):
        sentence = gettext_noop("“%(text)s” is strange.")

    assert Strange(text="100 %(limit)s").message == "“100 %(limit)s” is strange."


def test_the_field_can_be_told_and_stays_with_that_refusal():
    assert Missing(field="title").field == "title"
    assert Missing().field is None


def test_a_moment_is_said_to_the_minute():
    assert NotOpenYet(opens=NOON).message == (
        "This is not open yet. It opens 2026-03-02 11:00 UTC; come back then."
    )


def test_a_moment_without_a_zone_leaves_no_space_behind():
    class Ends(Refusal):
        sentence = gettext_noop("It ends %(at)s")

    assert Ends(at=NOON.replace(tzinfo=None)).message == "It ends 2026-03-02 11:00"


def test_a_door_translates_the_sentence_and_shows_the_values_its_own_way():
    swedish = {TooLong.sentence: "Korta till högst %(limit)s tecken."}
    said = TooLong(limit=3).said(translate=swedish.__getitem__, show=lambda value: f"<{value}>")
    assert said == "Korta till högst <3> tecken."


def test_the_same_refusals_are_equal_and_hash_alike():
    assert TooLong(limit=3) == TooLong(limit=3)
    assert hash(TooLong(limit=3)) == hash(TooLong(limit=3))
    assert {TooLong(limit=3), TooLong(limit=3)} == {TooLong(limit=3)}


@pytest.mark.parametrize(
    "other", [TooLong(limit=4), TooLong(limit=3, field="need"), Missing(), "too long", None]
)
def test_other_refusals_are_not_equal(other):
    assert TooLong(limit=3) != other


def test_a_refusal_shows_its_parts_to_the_programmer():
    assert repr(TooLong(limit=3, field="need")) == "TooLong(field='need', limit=3)"


def test_require_lets_the_allowed_go_on():
    require(True)
    require(True, Missing)


@pytest.mark.parametrize(
    ("otherwise", "raised"),
    [((), NotAllowed()), ((Missing,), Missing()), ((TooLong(limit=3),), TooLong(limit=3))],
)
def test_require_refuses_the_rest_with_what_it_was_given(otherwise, raised):
    with pytest.raises(Refusal) as caught:
        require(False, *otherwise)
    assert caught.value == raised


@pytest.mark.parametrize(
    ("refusal", "parent"),
    [
        (Disqualified, NotAllowed),
        (NotOpenYet, NotInTime),
        (Closed, NotInTime),
        (NotAllowed, Refusal),
        (NotInTime, Refusal),
        (ChangedMeanwhile, Refusal),
        (AlreadyDone, Refusal),
        (Missing, Refusal),
        (TooLong, Refusal),
    ],
)
def test_the_tree_is_as_drawn(refusal, parent):
    assert refusal.__bases__ == (parent,)


def test_every_refusal_of_the_cellar_has_a_sentence_of_its_own_that_ends():
    sentences = [refusal.sentence for refusal in of_the_cellar()]
    assert len(sentences) == len(set(sentences))
    assert [sentence for sentence in sentences if not sentence.endswith(".")] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_every_sentence_is_marked_for_translation(module):
    tree = ast.parse(module.read_text(encoding="utf-8"))
    unmarked = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and "sentence" in {t.id for t in _targets(node) if isinstance(t, ast.Name)}
        and not (
            isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "gettext_noop"
        )
    ]
    assert unmarked == []


def _targets(node):
    return node.targets if isinstance(node, ast.Assign) else [node.target]
