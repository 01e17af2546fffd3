"""A draft whose round has closed goes on into the one that is open now, and loses nothing."""

from datetime import timedelta

import pytest

from idesluss.funding.models import Application
from idesluss.funding.reads.contents import contents_of, with_contents
from idesluss.funding.reads.sheet import questions_of, sheet
from idesluss.funding.usecases import submit
from idesluss.funding.usecases.carry import NowhereToGo, carry_draft, round_to_go_on_into
from idesluss.ideas.models import Answer
from idesluss.ideas.vocab import Part
from idesluss.logic.refusals import NotAllowed
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import (
    NOON,
    ApplicationFactory,
    QuestionFactory,
    RoundFactory,
    involve,
    person_as,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
AFTER = NOON + 31 * DAY  # the first round has closed


@pytest.fixture
def first():
    return RoundFactory(name="2027:1", flows_on=True)


@pytest.fixture
def second(first):
    return following(first)


def following(first, **given):
    usual = {
        "name": "2027:2",
        "opens_at": first.closes_at,
        "closes_at": first.closes_at + 60 * DAY,
        "flows_on": True,
    }
    return RoundFactory(programme=first.programme, **{**usual, **given})


@pytest.fixture
def anna(first):
    return person_as(Role.EMPLOYEE, first.programme.organisation)


@pytest.fixture
def draft(first, anna):
    return ApplicationFactory(round=first, owner=anna)


def test_answers_to_what_is_asked_there_too_come_along_and_no_other_is_lost(
    first, second, draft, anna
):
    same, gone = QuestionFactory(round=first, key="why"), QuestionFactory(round=first, key="old")
    asked, new = QuestionFactory(round=second, key="why"), QuestionFactory(round=second)
    Answer.objects.create(idea=draft.idea, question=same, text="Därför.")
    Answer.objects.create(idea=draft.idea, question=gone, text="Det gamla.")
    draft.budget_lines.create(what="Lampor", amount_minor=60_000_00)

    moved = carry_draft(draft.pk, by=anna, at=AFTER)

    assert moved.round == second
    saved = sheet(Application.objects.get(pk=draft.pk), questions_of(second))
    assert saved["answer-why"] == "Därför."
    assert saved[f"answer-{new.key}"] == ""
    assert saved["title"] == draft.idea.title
    assert saved["lines"][0][:2] == ("Lampor", 60_000_00)
    seen = contents_of(with_contents(Application.objects.all()).get())
    assert {it.question: it.text for it in seen.answers} == {
        asked: "Därför.", gone: "Det gamla.",
    }  # fmt: skip
    entry = Entry.objects.about(draft).get()
    assert (entry.verb, entry.data) == ("funding.carried", {"round": "2027:1", "to": "2027:2"})


def test_a_second_click_moves_nothing_more(first, second, draft, anna):
    carry_draft(draft.pk, by=anna, at=AFTER)
    assert carry_draft(draft.pk, by=anna, at=AFTER).round == second
    assert Entry.objects.about(draft).count() == 1
    third = following(second, name="2027:3")
    assert carry_draft(draft.pk, by=anna, at=AFTER + 61 * DAY).round == third


def test_what_was_answered_there_already_is_not_written_over(first, second, draft, anna):
    old, new = QuestionFactory(round=first, key="why"), QuestionFactory(round=second, key="why")
    Answer.objects.create(idea=draft.idea, question=old, text="Förr")
    Answer.objects.create(idea=draft.idea, question=new, text="Nu")
    carry_draft(draft.pk, by=anna, at=AFTER)
    assert set(draft.idea.answers.values_list("question", "text")) == {
        (old.pk, "Förr"), (new.pk, "Nu"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({}, NOON),  # still open
        ({"flows_on": False}, AFTER),  # keeps its drafts
        ({"closes_at": None}, AFTER),  # never closes
    ],
)
def test_a_draft_stays_where_its_round_keeps_it(change, at, first, second, draft, anna):
    for name, value in change.items():
        setattr(first, name, value)
    first.save()
    draft.refresh_from_db()
    assert round_to_go_on_into(draft, anna, at=at) is None
    if change.get("flows_on", True):
        assert carry_draft(draft.pk, by=anna, at=at).round == first
    else:
        with pytest.raises(NowhereToGo):
            carry_draft(draft.pk, by=anna, at=at)
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"opens_at": AFTER + DAY},
        {"announced_at": None},
        {"announced_at": AFTER + DAY},
        {"archived_at": NOON},
        {"currency": "EUR"},
        {"applicants": "managers"},
    ],
)
def test_a_round_that_cannot_take_it_over_is_not_offered(given, first, draft, anna):
    following(first, **given)
    RoundFactory(opens_at=first.closes_at, closes_at=AFTER + DAY)  # another fund's
    assert round_to_go_on_into(draft, anna, at=AFTER) is None
    with pytest.raises(NowhereToGo):
        carry_draft(draft.pk, by=anna, at=AFTER)
    draft.refresh_from_db()
    assert draft.round == first


def test_the_round_that_closes_soonest_takes_it_over(first, second, draft, anna):
    sooner = following(first, name="2027:x", closes_at=AFTER + DAY)
    assert round_to_go_on_into(draft, anna, at=AFTER) == sooner


def test_only_those_who_hand_it_in_carry_it_and_only_while_it_is_a_draft(first, second, draft):
    here = first.programme.organisation
    together = person_as(Role.EMPLOYEE, here)
    involve(draft.idea, together, Part.CO_APPLICANT)
    boss = person_as(Role.ADMINISTRATOR, here)
    with pytest.raises(NotAllowed):
        carry_draft(draft.pk, by=boss, at=AFTER)
    assert round_to_go_on_into(draft, boss, at=AFTER) is None
    assert carry_draft(draft.pk, by=together, at=AFTER).round == second

    handed_in = ApplicationFactory(round=first, stage="received", owner=together)
    with pytest.raises(NotAllowed):
        carry_draft(handed_in.pk, by=together, at=AFTER)


def test_it_can_be_handed_in_where_it_came(first, second, draft, anna):
    carry_draft(draft.pk, by=anna, at=AFTER)
    Application.objects.filter(pk=draft.pk).update(ends_on="2027-06-30")
    submit(draft.pk, by=anna, at=AFTER)
    draft.refresh_from_db()
    assert (draft.round, draft.submitted_at) == (second, AFTER)
