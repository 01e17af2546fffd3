"""What the clock does about managers who have not answered."""

from datetime import timedelta

import pytest

from idesluss.funding.models import Endorsement
from idesluss.funding.usecases import withdraw
from idesluss.funding.usecases.endorse import Reply, answer, follow, remind, settle
from idesluss.funding.usecases.endorse.silence import _remind_one, _settle_one
from idesluss.ideas.models import Idea
from idesluss.ideas.vocab import ConflictState, Part
from tests.factories import NOON, declare, involve
from tests.funding.endorsing import LAST_DAY, asked, hand_in, live, noted, open_to

pytestmark = pytest.mark.django_db
JUST_BEFORE = LAST_DAY - timedelta(seconds=1)
HALFWAY = NOON + (LAST_DAY - NOON) / 2


def test_there_are_two_reminders_and_no_more():
    it = asked()
    day = timedelta(hours=6)
    sent = [at for at in (NOON + n * day for n in range(100)) if remind(at=at)]

    assert [at.isoformat() for at in sent] == [
        "2026-10-15T10:00:00+00:00",  # halfway
        "2026-10-22T10:00:00+00:00",  # Thursday, for the Sunday that ends it
    ]
    assert len(noted(it.application, "funding.endorsement_reminded")) == 2


def test_whoever_has_answered_is_not_reminded_nor_is_anybody_of_what_is_over():
    it = asked()
    other = hand_in(it, title="Nattlampor")
    answer(it.one.pk, Reply("yes"), version=0, by=it.bo, at=NOON)
    withdraw(other.pk, reason="", by=it.owner, at=NOON)

    assert remind(at=HALFWAY) == 0


def test_before_the_day_nothing_follows():
    asked()

    assert settle(at=JUST_BEFORE) == 0


def test_silence_asks_the_manager_above_who_gets_time_of_their_own():
    it = asked()

    assert settle(at=LAST_DAY) == 1

    it.one.refresh_from_db()
    [above] = live(it.application)
    assert (above.manager, above.asked_at, above.due_at.isoformat()) == (
        it.eva, LAST_DAY, "2026-10-30T23:00:00+00:00",
    )  # fmt: skip
    assert (it.one.passed_to, it.one.passed_why) == (above, "")
    assert open_to(it.application) == ["Eva Lund"]
    last = noted(it.application, "funding.endorsement_asked")[-1]
    assert (last["how"], last["before_name"]) == ("silence", "Bo Ek")


def test_it_climbs_to_the_top_and_then_the_office_is_told_once():
    it = asked()
    at, asked_people = LAST_DAY, []
    for _ in range(60):
        settle(at=at)
        settle(at=at)
        asked_people += [one.manager.name for one in live(it.application)]
        at += timedelta(days=1)

    assert list(dict.fromkeys(asked_people)) == ["Eva Lund", "Ali Ahmed"]
    assert noted(it.application, "funding.endorsement_unasked") == [
        {"unit_id": it.ward.pk, "unit": "Hemtjänst", "cause": "nobody_above"}
    ]
    [last] = live(it.application)
    assert last.silent_at is not None
    assert answer(last.pk, Reply("yes"), version=0, by=it.ali, at=at).answer == "yes"


@pytest.mark.parametrize("rule", ["yes", "no"])
def test_silence_counts_as_an_answer_that_nobody_gave(rule):
    it = asked(silence=rule)

    assert (settle(at=LAST_DAY), settle(at=LAST_DAY)) == (1, 0)

    it.one.refresh_from_db()
    assert (it.one.answer, it.one.by_silence, it.one.answered_at, it.one.words) == (
        rule, True, LAST_DAY, "",
    )  # fmt: skip
    [told] = noted(it.application, "funding.endorsed")
    assert (told["answer"], told["by_silence"]) == (rule, True)


def test_what_silence_was_taken_for_can_still_be_put_right():
    it = asked(silence="no")
    settle(at=LAST_DAY)
    late = it.round.closes_at + timedelta(days=1)
    one = answer(it.one.pk, Reply("yes"), version=1, by=it.bo, at=late)

    assert (one.answer, one.by_silence, one.answered_at) == ("yes", False, late)


def test_whoever_means_what_silence_was_taken_for_may_say_so_in_person():
    it = asked(silence="yes")
    settle(at=LAST_DAY)
    one = answer(it.one.pk, Reply("yes"), version=1, by=it.bo, at=LAST_DAY)

    assert (one.by_silence, one.version) == (False, 2)


def test_silence_may_mean_that_the_case_waits_and_the_office_is_told():
    it = asked(silence="wait")

    assert (settle(at=LAST_DAY), settle(at=LAST_DAY + timedelta(days=1))) == (1, 0)

    it.one.refresh_from_db()
    assert (it.one.silent_at, it.one.answer) == (LAST_DAY, "")
    assert open_to(it.application) == ["Bo Ek"]
    assert noted(it.application, "funding.endorsement_unasked") == [
        {"unit_id": it.ward.pk, "unit": "Hemtjänst", "cause": "silence"}
    ]


def conflict(it):
    declare(it.application.idea, it.bo, ConflictState.DECLARED)


def applies(it):
    involve(it.application.idea, it.bo, Part.CO_APPLICANT)


def leaves(it):
    it.bo.appointments.update(ends=NOON.date())


@pytest.mark.parametrize("happens", [conflict, applies, leaves])
@pytest.mark.parametrize("rule", ["escalate", "yes", "no", "wait"])
def test_whoever_cannot_answer_is_not_waited_for(happens, rule):
    it = asked(silence=rule)
    happens(it)

    assert settle(at=NOON + timedelta(days=1)) == 1

    assert [(one.manager, one.due_at) for one in live(it.application)] == [(it.eva, LAST_DAY)]
    assert noted(it.application, "funding.endorsement_asked")[-1]["how"] == "cannot"


def test_where_nobody_can_answer_the_office_is_told_once():
    it = asked()
    conflict(it)
    for person in (it.eva, it.ali):
        person.appointments.update(role="employee")

    assert [settle(at=NOON + timedelta(days=n)) for n in (1, 2)] == [1, 0]
    assert [it["cause"] for it in noted(it.application, "funding.endorsement_unasked")] == [
        "nobody_above"
    ]


def test_the_clock_itself_calls_off_what_is_over():
    it = asked()
    Idea.objects.update(stage="declined")

    assert settle(at=LAST_DAY) == 1
    assert live(it.application) == []
    assert settle(at=LAST_DAY) == 0


def test_after_the_answer_nothing_follows():
    it = asked()
    answer(it.one.pk, Reply("no", "Nej."), version=0, by=it.bo, at=JUST_BEFORE)

    assert settle(at=LAST_DAY + timedelta(days=30)) == 0
    assert Endorsement.objects.count() == 1
    follow(it.application.pk, at=LAST_DAY)
    assert Endorsement.objects.count() == 1


def test_what_another_process_has_done_meanwhile_is_left_alone():
    it = asked()
    assert _settle_one(it.one.pk, at=JUST_BEFORE) == 0
    assert _remind_one(it.one.pk, at=NOON) == 0
    answer(it.one.pk, Reply("yes"), version=0, by=it.bo, at=NOON)
    assert _settle_one(it.one.pk, at=LAST_DAY) == 0
    assert _remind_one(it.one.pk, at=HALFWAY) == 0
