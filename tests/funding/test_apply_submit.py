import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from idesluss.funding.models import Application
from idesluss.funding.reads.sheet import EndsOutside, Gap, LineUnfinished
from idesluss.funding.usecases import apply, submit, withdraw, write
from idesluss.funding.usecases.submit import NotComplete, promised
from idesluss.ideas.models import Idea
from idesluss.ideas.vocab import Part
from idesluss.logic.money import Money
from idesluss.logic.refusals import Closed, Missing, NotAllowed, NotOpenYet, TooLong
from idesluss.logic.terms import OverTheCap
from idesluss.programmes.vocab import QuestionPart
from idesluss.records.models import Entry, Series
from tests.factories import (
    NOON,
    PersonFactory,
    PotFactory,
    QuestionFactory,
    RoundFactory,
    UnitFactory,
    involve,
)
from tests.funding.applying import (
    draft,
    employee_of,
    fresh,
    handed_in,
    seen,
    verbs,
    whole_draft,
)

MOMENT = timedelta(microseconds=1)


@pytest.mark.django_db
def test_handing_in_gives_number_time_contact_and_promised_date_in_one_act():
    contact = PersonFactory(name="Cecilia Ek")
    round = RoundFactory(contact=contact, answer_by=date(2026, 12, 18))
    application, owner = whole_draft(round)

    receipt = submit(application.pk, by=owner, at=NOON)

    idea = fresh(application).idea
    assert receipt == application
    assert (idea.stage, idea.stage_at, idea.received_at) == ("received", NOON, NOON)
    assert (idea.register_number, idea.contact) == ("INN 2026/0001", contact)
    assert idea.answer_by == date(2026, 12, 18)
    assert fresh(application).submitted_at == NOON
    entry = Entry.objects.about(application).get()
    assert (entry.verb, entry.by_id, entry.at) == ("funding.submitted", owner.pk, NOON)
    assert entry.data == {
        "register_number": "INN 2026/0001",
        "title": "Elmotorer på cyklar",
        "asked_minor": 35_000_00,
        "currency": "SEK",
        "contact": "Cecilia Ek",
        "answer_by": "2026-12-18",
    }
    assert verbs(idea) == ["ideas.started", "ideas.stepped"]


@pytest.mark.django_db
def test_a_round_without_a_contact_person_can_be_applied_to():
    application, owner = whole_draft(RoundFactory(contact=None))

    submit(application.pk, by=owner, at=NOON)

    assert fresh(application).idea.contact is None
    assert Entry.objects.about(application).get().data["contact"] == ""


@pytest.mark.django_db
def test_one_second_after_closing_nothing_gets_in_and_the_draft_is_kept():
    application, owner = whole_draft()
    closes_at = application.round.closes_at

    for late in (closes_at, closes_at + timedelta(seconds=1)):
        with pytest.raises(Closed) as refused:
            submit(application.pk, by=owner, at=late)
        assert refused.value == Closed(closes=closes_at)

    idea = fresh(application).idea
    assert (idea.stage, idea.register_number, idea.title) == ("draft", "", "Elmotorer på cyklar")
    assert not Series.objects.exists()
    submit(application.pk, by=owner, at=closes_at - MOMENT)
    assert fresh(application).idea.stage == "received"


@pytest.mark.django_db
def test_nothing_gets_in_before_opening():
    application, owner = whole_draft()
    round = application.round
    round.opens_at = NOON + MOMENT
    round.save(update_fields=["opens_at"])

    with pytest.raises(NotOpenYet):
        submit(application.pk, by=owner, at=NOON)


@pytest.mark.django_db
def test_handing_in_twice_gives_the_same_receipt_and_one_number():
    application, owner = whole_draft()

    first = submit(application.pk, by=owner, at=NOON)
    again = submit(application.pk, by=owner, at=application.round.closes_at + MOMENT)

    assert first == again
    assert again.idea.register_number == "INN 2026/0001"
    assert Series.objects.get().last == 1
    assert verbs(application) == ["funding.submitted"]


@pytest.mark.django_db
def test_a_co_applicant_may_hand_in_and_a_stranger_may_not():
    application, _ = whole_draft()
    bo, stranger = employee_of(application.round), employee_of(application.round)
    involve(application.idea, bo, Part.CO_APPLICANT)

    with pytest.raises(NotAllowed):
        submit(application.pk, by=stranger, at=NOON)
    submit(application.pk, by=bo, at=NOON)

    with pytest.raises(NotAllowed):
        submit(application.pk, by=stranger, at=NOON)
    assert verbs(application) == ["funding.submitted"]


@pytest.mark.django_db
def test_what_is_withdrawn_cannot_be_handed_in_again():
    application, owner = handed_in()
    withdraw(application.pk, reason="", by=owner, at=NOON)

    with pytest.raises(NotAllowed):
        submit(application.pk, by=owner, at=NOON)


@pytest.mark.django_db
def test_everything_that_is_missing_is_told_at_once_and_nothing_is_written():
    round = RoundFactory()
    UnitFactory(organisation=round.programme.organisation)
    PotFactory(programme=round.programme, year=round.project_year)
    asked = QuestionFactory(round=round, key="ny", part=QuestionPart.IDEA.value)
    QuestionFactory(round=round, key="om", required=False)
    application = apply(round.pk, title="", need="x", language="sv", by=employee_of(round), at=NOON)
    owner = application.idea.involvements.get().person

    with pytest.raises(NotComplete) as refused:
        submit(application.pk, by=owner, at=NOON)

    assert refused.value.gaps == (
        Gap("title", Missing(field="title")),
        Gap("answer-ny", Missing(field="answer-ny"), asked),
        Gap("ends_on", Missing(field="ends_on")),
        Gap("asked", Missing(field="asked")),
        Gap("unit", Missing(field="unit")),
    )
    assert fresh(application).idea.stage == "draft"
    assert not Series.objects.exists()


@pytest.mark.django_db
def test_an_organisation_without_units_asks_for_none():
    application, owner = draft()
    values = {"asked": 1_00, "ends_on": date(2027, 1, 1)}
    write(application.pk, values=values, seen=seen(application), by=owner, at=NOON)

    submit(application.pk, by=owner, at=NOON)

    assert fresh(application).idea.unit is None


@pytest.mark.django_db
def test_a_budget_line_without_words_or_sum_must_be_finished():
    application, owner = whole_draft()
    values = {"lines": (("Motor", 20_00), ("Hjul", 0))}
    write(application.pk, values=values, seen=seen(application), by=owner, at=NOON)

    with pytest.raises(NotComplete) as refused:
        submit(application.pk, by=owner, at=NOON)

    assert refused.value.gaps == (Gap("lines", LineUnfinished()),)


@pytest.mark.django_db
def test_a_round_that_changed_meanwhile_is_asked_again():
    """A cap lowered, a question shortened, a year moved: what was valid is looked at again."""
    round = RoundFactory()
    question = QuestionFactory(round=round, key="ny")
    pot = PotFactory(programme=round.programme, year=round.project_year + 1)
    application, owner = whole_draft(round)
    values = {"answer-ny": "123456"}
    write(application.pk, values=values, seen=seen(application), by=owner, at=NOON)
    question.max_length = 5
    question.save(update_fields=["max_length"])
    pot.cap_minor = 20_000_00
    pot.save(update_fields=["cap_minor"])
    round.project_year += 1
    round.save(update_fields=["project_year"])

    with pytest.raises(NotComplete) as refused:
        submit(application.pk, by=owner, at=NOON)

    over = OverTheCap(asked=Money(35_000_00, "SEK"), cap=Money(20_000_00, "SEK"))
    assert refused.value.gaps == (
        Gap("answer-ny", TooLong(field="answer-ny", limit=5), question),
        Gap("ends_on", EndsOutside(year=2028, last=2038)),
        Gap("asked", over),
    )


STOCKHOLM_MIDNIGHT = datetime(2026, 10, 30, 23, 0, tzinfo=UTC)  # the end of Friday 30 October


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"answer_by": date(2026, 12, 18)}, date(2026, 12, 18)),
        ({"closes_at": STOCKHOLM_MIDNIGHT, "answer_days": 1}, date(2026, 11, 2)),
        ({"closes_at": STOCKHOLM_MIDNIGHT + MOMENT, "answer_days": 0}, date(2026, 11, 2)),
        ({"closes_at": None, "answer_days": 2}, date(2026, 10, 7)),
    ],
)
def test_the_promise_counts_working_days_from_the_last_day_of_the_round(fields, expected):
    assert promised(RoundFactory(**fields), NOON) == expected


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_get_ten_numbers_in_a_row():
    round = RoundFactory()
    drafts = [whole_draft(round) for _ in range(10)]

    _all_at_once([(lambda a=a, o=o: submit(a.pk, by=o, at=NOON)) for a, o in drafts])

    numbers = Idea.objects.order_by("register_number").values_list("register_number", flat=True)
    assert list(numbers) == [f"INN 2026/{n:04}" for n in range(1, 11)]


@pytest.mark.django_db(transaction=True)
def test_one_draft_handed_in_by_four_clicks_at_once_gets_one_number():
    application, owner = whole_draft()

    _all_at_once([lambda: submit(application.pk, by=owner, at=NOON)] * 4)

    assert fresh(application).idea.register_number == "INN 2026/0001"
    assert Series.objects.get().last == 1
    assert verbs(application) == ["funding.submitted"]


@pytest.mark.django_db(transaction=True)
def test_four_clicks_at_once_begin_one_draft():
    round = RoundFactory()
    anna = employee_of(round)
    words = {"title": "Elmotorer", "need": "Backarna.", "language": "sv"}

    _all_at_once([lambda: apply(round.pk, **words, by=anna, at=NOON)] * 4)

    assert Application.objects.count() == 1


def _all_at_once(acts):
    """Do every act in a thread of its own, let go at the same moment; a fault in one is ours."""
    start, faults = threading.Barrier(len(acts)), []

    def run(act):
        try:
            start.wait()
            act()
        except Exception as fault:  # noqa: BLE001
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
