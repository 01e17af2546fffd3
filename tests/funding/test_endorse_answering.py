"""A manager says yes, yes with limits, or no; says something else later; or passes it on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from idesluss.funding.models import Application
from idesluss.funding.usecases import find_complete, submit, withdraw
from idesluss.funding.usecases.endorse import Reply, answer, follow, pass_on
from idesluss.funding.usecases.endorse.answering import (
    AnswerStands,
    NothingToAnswer,
    SameAnswerer,
    TooManyHours,
    problems,
)
from idesluss.funding.usecases.endorse.asking import CannotBeAsked
from idesluss.funding.usecases.find_complete import ReasonAgainstManager
from idesluss.ideas.models import Idea
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.logic.refusals import AlreadyDone, ChangedMeanwhile, Missing, NotAllowed, TooLong
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from tests.factories import NOON, OrganisationFactory, declare, involve, person_as
from tests.funding.endorsing import LAST_DAY, asked, live, noted, open_to

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)
LIMITS = Reply("limits", "Högst en förmiddag i veckan.", 40, 5_000_00)


def say(it, reply=LIMITS, **fields):
    it.one.refresh_from_db()
    fields = {"version": it.one.version, "by": it.bo, "at": LATER, **fields}
    return answer(it.one.pk, reply, **fields)


def saved(it):
    it.one.refresh_from_db()
    return Reply.of(it.one)


def test_a_yes_with_limits_is_saved_with_what_is_pledged_and_noted():
    it = asked()

    one = say(it, replace(LIMITS, words="  Högst en förmiddag i veckan.\r\n"))

    assert saved(it) == LIMITS
    assert (one.answered_at, one.by_silence, one.version) == (LATER, False, 1)
    assert noted(it.application, "funding.endorsed") == [
        {
            "endorsement": one.pk,
            "person": it.bo.pk,
            "name": "Bo Ek",
            "unit": "Hemtjänst",
            "answer": "limits",
            "reason": "Högst en förmiddag i veckan.",
            "hours": 40,
            "money_minor": 5_000_00,
            "currency": "SEK",
            "by_silence": False,
            "changed": False,
        }
    ]


def test_a_no_pledges_nothing():
    it = asked()
    say(it, Reply("no", "Vi har inte tid.", 40, 5_000_00))

    assert saved(it) == Reply("no", "Vi har inte tid.")


@pytest.mark.parametrize(
    ("reply", "refusal", "field"),
    [
        (Reply(""), Missing, "answer"),
        (Reply("perhaps"), Missing, "answer"),
        (Reply("limits", "  "), Missing, "words"),
        (Reply("no"), Missing, "words"),
        (Reply("yes", "x" * 3001), TooLong, "words"),
        (Reply("yes", hours=-1), TooManyHours, "hours"),
        (Reply("yes", hours=100_001), TooManyHours, "hours"),
    ],
)
def test_what_is_lacking_is_told_at_its_field_and_nothing_is_saved(reply, refusal, field):
    it = asked()

    with pytest.raises(refusal) as told:
        say(it, reply)

    assert told.value.field == field
    assert (saved(it), noted(it.application, "funding.endorsed")) == (Reply(""), [])


def test_everything_that_is_lacking_is_found_at_once():
    assert [it.field for it in problems(Reply("no", hours=-1))] == ["words", "hours"]


def test_the_same_answer_twice_is_one():
    it = asked()
    say(it)
    say(it, version=0, at=LATER + timedelta(hours=1))

    assert len(noted(it.application, "funding.endorsed")) == 1
    assert it.one.version == 1


def test_another_answer_takes_its_place_and_the_first_stays_in_the_records():
    it = asked()
    say(it)
    say(it, Reply("no", "Två har slutat."), at=LAST_DAY - timedelta(seconds=1))

    assert saved(it) == Reply("no", "Två har slutat.")
    trace = noted(it.application, "funding.endorsed")
    assert [(it["answer"], it["changed"]) for it in trace] == [("limits", False), ("no", True)]


def test_of_two_tabs_the_second_is_told_to_look_again():
    it = asked()
    say(it)

    with pytest.raises(ChangedMeanwhile):
        say(it, Reply("no", "Nej."), version=0)
    assert saved(it) == LIMITS


def test_the_answer_can_change_until_the_round_closes_or_the_day_for_it_whichever_is_later():
    it = asked()  # the round closes ten days after the day for answering
    say(it)
    closes = it.round.closes_at
    say(it, Reply("yes"), at=closes - timedelta(microseconds=1))
    with pytest.raises(AnswerStands):
        say(it, at=closes)
    assert saved(it) == Reply("yes")

    type(it.round).objects.update(closes_at=None)
    with pytest.raises(AnswerStands):
        say(it, at=LAST_DAY)


def test_a_first_answer_is_welcome_late():
    it = asked()
    say(it, at=it.round.closes_at + timedelta(days=3))

    assert saved(it) == LIMITS


@pytest.mark.parametrize("who", ["owner", "eva", "ali", "administrator"])
def test_only_whoever_is_asked_answers(who):
    it = asked()

    with pytest.raises(NotAllowed):
        say(it, by=getattr(it, who))


def test_a_manager_who_has_left_or_to_whom_the_case_is_shut_does_not_answer():
    it = asked()
    declare(it.application.idea, it.bo, ConflictState.DECLARED)
    with pytest.raises(NotAllowed):
        say(it)

    it.application.idea.declarations.all().delete()
    it.bo.appointments.update(ends=NOON.date())
    it.bo = Person.objects.get(pk=it.bo.pk)
    with pytest.raises(NotAllowed):
        say(it)


def test_whoever_applies_does_not_answer():
    it = asked()
    involve(it.application.idea, it.bo, Part.CO_APPLICANT)

    with pytest.raises(NotAllowed):
        say(it)


@pytest.mark.parametrize("stage", ["withdrawn", "redirected", "testing", "declined"])
def test_what_is_over_waits_for_no_answer(stage):
    it = asked()
    Idea.objects.update(stage=stage)

    with pytest.raises(NothingToAnswer):
        say(it)


def test_what_is_withdrawn_cannot_be_answered_even_before_the_clock_has_called_it_off():
    it = asked()
    withdraw(it.application.pk, reason="", by=it.owner, at=LATER)

    with pytest.raises(NothingToAnswer):
        say(it)


# --- Passed on ---------------------------------------------------------------------------------


def give(it, to, **fields):
    it.one.refresh_from_db()
    fields = {"why": "Eva leder det här.", "version": it.one.version, "by": it.bo, **fields}
    return pass_on(it.one.pk, to=to, at=LATER, **fields)


def test_somebody_else_answers_and_the_way_it_went_is_kept():
    it = asked()
    new = give(it, it.eva, why="  Eva leder\ndet här. ")

    it.one.refresh_from_db()
    assert (it.one.passed_to, it.one.passed_at, it.one.passed_why) == (
        new, LATER, "Eva leder det här.",
    )  # fmt: skip
    assert (new.manager, new.unit, new.due_at) == (it.eva, it.ward, LAST_DAY)
    assert open_to(it.application) == ["Eva Lund"]
    last = noted(it.application, "funding.endorsement_asked")[-1]
    assert (last["how"], last["before_name"], last["why"]) == (
        "passed_on", "Bo Ek", "Eva leder det här.",
    )  # fmt: skip
    say_as = answer(new.pk, Reply("yes"), version=0, by=it.eva, at=LATER)
    assert say_as.answer == "yes"


def test_whoever_has_passed_it_on_does_not_answer_any_more():
    it = asked()
    give(it, it.eva)

    with pytest.raises(ChangedMeanwhile):
        say(it)
    with pytest.raises(ChangedMeanwhile):
        give(it, it.ali)
    assert [one.manager for one in live(it.application)] == [it.eva]


def test_it_can_be_passed_back():
    it = asked()
    new = give(it, it.eva)
    back = pass_on(new.pk, to=it.bo, why="Nej, du.", version=0, by=it.eva, at=LATER)

    assert [one.pk for one in live(it.application)] == [back.pk]
    assert open_to(it.application) == ["Bo Ek"]


def test_passed_on_on_the_last_day_there_is_still_time_to_answer():
    it = asked(endorse_by=NOON + timedelta(days=3))
    type(it.one).objects.update(due_at=LATER + timedelta(hours=2))

    assert give(it, it.eva).due_at.isoformat() == "2026-10-13T22:00:00+00:00"


def test_what_passing_on_needs():
    it = asked()
    for wrong, refusal in (
        ({"why": " "}, Missing),
        ({"why": "x" * 201}, TooLong),
        ({"version": 7}, ChangedMeanwhile),
    ):
        with pytest.raises(refusal):
            give(it, it.eva, **wrong)
    with pytest.raises(SameAnswerer):
        give(it, it.bo)
    with pytest.raises(CannotBeAsked):
        give(it, it.owner)
    with pytest.raises(NotAllowed):
        give(it, it.ali, by=it.eva)
    say(it)
    with pytest.raises(AlreadyDone):
        give(it, it.eva)
    assert [one.manager for one in live(it.application)] == [it.bo]


def test_nobody_of_another_organisation_is_asked():
    it = asked()
    with pytest.raises(Exception, match="We find nobody at Slusstad"):
        give(it, person_as(Role.MANAGER, OrganisationFactory()))


# --- The formal check --------------------------------------------------------------------------


def accept(it, **fields):
    find_complete(it.application.pk, by=it.administrator, at=LATER, **fields)


def stage(it):
    return Application.objects.get(pk=it.application.pk).idea.stage


def test_a_no_does_not_throw_the_application_away_but_going_on_needs_a_reason():
    it = asked()
    say(it, Reply("no", "Vi har inte tid."))
    assert stage(it) == "received"

    with pytest.raises(ReasonAgainstManager):
        accept(it, reason="  ")
    assert stage(it) == "received"

    with pytest.raises(TooLong):
        accept(it, reason="x" * 3001)

    accept(it, reason="Ledningen vill pröva det ändå.")
    assert stage(it) == "assessing"
    assert noted(it.application, "funding.accepted_against") == [
        {"reason": "Ledningen vill pröva det ändå."}
    ]


@pytest.mark.parametrize("reply", [None, Reply("yes"), LIMITS])
def test_while_nobody_is_against_it_no_reason_is_needed(reply):
    it = asked()
    if reply:
        say(it, reply)
    accept(it)

    assert stage(it) == "assessing"
    assert noted(it.application, "funding.accepted_against") == []


@pytest.mark.parametrize("rule", ["escalate", "yes", "no"])
def test_a_silent_manager_does_not_hold_the_case_up(rule):
    it = asked(silence=rule)
    type(it.one).objects.update(silent_at=LATER)
    accept(it)

    assert stage(it) == "assessing"


def test_where_the_case_is_to_wait_for_a_silent_manager_going_on_needs_a_reason():
    it = asked(silence="wait")
    type(it.one).objects.update(silent_at=LATER)

    with pytest.raises(ReasonAgainstManager):
        accept(it)


def test_what_is_handed_in_again_by_completion_keeps_the_answer():
    it = asked()
    say(it)
    submit(it.application.pk, by=it.owner, at=LATER)
    follow(it.application.pk, at=LATER)

    assert saved(it) == LIMITS
