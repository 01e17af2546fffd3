from datetime import date, timedelta

import pytest

from idesluss.funding.models import BudgetLine
from idesluss.funding.reads.sheet import EndsOutside
from idesluss.funding.usecases import write
from idesluss.funding.usecases.held import NoLongerChangeable
from idesluss.funding.usecases.write import TooManyLines, Written
from idesluss.ideas.usecases.write import NotChoosable
from idesluss.ideas.vocab import Part
from idesluss.logic.merging import Clash, fingerprint
from idesluss.logic.money import Money
from idesluss.logic.refusals import NotAllowed, TooLong
from idesluss.logic.terms import OverTheCap
from idesluss.records.models import Entry
from tests.factories import (
    NOON,
    GoalFactory,
    PotFactory,
    QuestionFactory,
    RoundFactory,
    UnitFactory,
    involve,
)
from tests.funding.applying import NEED, draft, employee_of, fresh, handed_in, seen, verbs

pytestmark = pytest.mark.django_db


def save(application, by, *, at=NOON, before=None, **values):
    """Write ``values`` on top of what lies there, or of what ``before`` says was seen."""
    values = {name.replace("answer_", "answer-"): value for name, value in values.items()}
    before = seen(application) if before is None else before
    return write(application.pk, values=values, seen=before, by=by, at=at)


def test_every_field_can_be_saved_and_is_as_it_was_written():
    round = RoundFactory()
    QuestionFactory(round=round, key="ny")
    application, owner = draft(round)
    unit = UnitFactory(organisation=round.programme.organisation)
    goals = GoalFactory.create_batch(2, programme=round.programme)

    written = save(
        application,
        owner,
        title="Elcyklar",
        need="Vinden.",
        unit=unit.pk,
        goals=(goals[0].pk, goals[1].pk),
        answer_ny="Ja.\r\nVerkligen.",
        ends_on=date(2027, 12, 31),
        lines=(("Motorer", 25_000_00), ("", 0), ("  Mont\n ering ", 0)),
    )

    application = fresh(application)
    idea = application.idea
    assert written.problems == written.clashes == {}
    assert (idea.title, idea.need, idea.unit) == ("Elcyklar", "Vinden.", unit)
    assert list(idea.goals.order_by("pk")) == goals
    assert idea.answers.get().text == "Ja.\nVerkligen."
    assert application.ends_on == date(2027, 12, 31)
    lines = [(line.what, line.amount_minor) for line in application.budget_lines.all()]
    assert lines == [("Motorer", 25_000_00), ("Mont ering", 0)]
    assert application.asked_minor == 25_000_00


def test_the_same_again_saves_nothing():
    application, owner = draft()

    assert save(application, owner, title="Elcyklar").saved == {"title"}
    assert save(application, owner, title="Elcyklar ") == Written()


def test_an_answer_can_be_changed_and_emptied_again():
    round = RoundFactory()
    QuestionFactory(round=round, key="ny")
    application, owner = draft(round)
    save(application, owner, answer_ny="Ja.")
    save(application, owner, answer_ny="Nej.")
    assert application.idea.answers.get().text == "Nej."

    save(application, owner, answer_ny="", unit=None)

    assert application.idea.answers.get().text == ""


def test_what_is_valid_is_saved_and_what_is_not_comes_back():
    round = RoundFactory()
    QuestionFactory(round=round, key="ny", max_length=5)
    application, owner = draft(round)

    written = save(
        application,
        owner,
        title="x" * 161,
        need="x" * 4001,
        answer_ny="123456",
        unit=UnitFactory().pk,
        goals=(GoalFactory().pk,),
        ends_on=date(2026, 12, 31),
        lines=tuple(("Motor", 1) for _ in range(41)),
    )

    assert written.saved == set()
    assert written.behind == set(written.problems)
    assert written.problems == {
        "title": TooLong(field="title", limit=160),
        "need": TooLong(field="need", limit=4000),
        "answer-ny": TooLong(field="answer-ny", limit=5),
        "unit": NotChoosable(field="unit"),
        "goals": NotChoosable(field="goals"),
        "ends_on": EndsOutside(year=2027, last=2037),
        "lines": TooManyLines(limit=40),
    }
    assert save(application, owner, title="x" * 161, need="Vinden.").saved == {"need"}
    assert fresh(application).idea.title == "Elmotorer på cyklar"
    assert not BudgetLine.objects.exists()


@pytest.mark.parametrize("day", [date(2027, 1, 1), date(2037, 12, 31), None])
def test_the_last_day_lies_in_the_project_year_or_the_ten_after(day):
    application, owner = draft()
    save(application, owner, ends_on=date(2027, 6, 1))

    assert save(application, owner, ends_on=day).problems == {}
    assert fresh(application).ends_on == day


def test_a_line_has_room_for_a_line():
    application, owner = draft()

    written = save(application, owner, lines=(("x" * 161, 1),))

    assert written.problems == {"lines": TooLong(field="lines", limit=160)}


def test_an_archived_unit_cannot_be_chosen():
    application, owner = draft()
    unit = UnitFactory(organisation=application.round.programme.organisation, archived_at=NOON)

    assert save(application, owner, unit=unit.pk).problems == {"unit": NotChoosable(field="unit")}


def test_a_goal_out_of_use_stays_chosen_but_cannot_be_chosen_anew():
    round = RoundFactory()
    old, new = GoalFactory.create_batch(2, programme=round.programme)
    application, owner = draft(round)
    save(application, owner, goals=(old.pk,))
    old.archived_at = NOON
    old.save(update_fields=["archived_at"])

    assert save(application, owner, goals=(old.pk, new.pk)).problems == {}
    assert save(application, owner, goals=()).problems == {}
    problems = save(application, owner, goals=(old.pk,)).problems
    assert problems == {"goals": NotChoosable(field="goals")}


@pytest.mark.parametrize(
    ("money", "field"),
    [({"asked": 100_000_01}, "asked"), ({"lines": (("A", 60_000_00), ("B", 40_000_01))}, "lines")],
)
def test_more_than_the_cap_is_not_saved_and_the_cap_is_named(money, field):
    round = RoundFactory()
    PotFactory(programme=round.programme, year=round.project_year, cap_minor=100_000_00)
    PotFactory(programme=round.programme, year=round.project_year + 1, cap_minor=1)
    application, owner = draft(round)

    written = save(application, owner, **money)

    refusal = OverTheCap(asked=Money(100_000_01, "SEK"), cap=Money(100_000_00, "SEK"))
    assert written.problems == {field: refusal}
    assert fresh(application).asked_minor is None


@pytest.mark.parametrize("pot", [None, {"cap_minor": None}, {"cap_minor": 100_000_00}])
def test_up_to_the_cap_or_without_one_a_sum_is_saved(pot):
    round = RoundFactory()
    if pot:
        PotFactory(programme=round.programme, year=round.project_year, **pot)
    application, owner = draft(round)

    assert save(application, owner, asked=100_000_00).problems == {}
    assert fresh(application).asked_minor == 100_000_00


def test_the_sum_is_that_of_the_lines_as_soon_as_there_are_any():
    application, owner = draft()
    save(application, owner, asked=5_00)

    save(application, owner, lines=(("Motor", 20_00), ("Hjul", 1_00)), asked=7_00)
    assert fresh(application).asked_minor == 21_00
    save(application, owner, asked=9_00)
    assert fresh(application).asked_minor == 21_00

    save(application, owner, lines=())
    assert fresh(application).asked_minor is None
    save(application, owner, lines=(), asked=9_00)
    assert fresh(application).asked_minor == 9_00


# --- Several at once ---------------------------------------------------------------------------


def test_two_who_write_different_fields_both_get_their_way():
    application, owner = draft()
    before = seen(application)
    save(application, owner, before=before, title="Elcyklar")

    second = save(application, owner, before=before, title="Elmotorer på cyklar", need="Vinden.")

    assert second == Written(saved=frozenset({"need"}), behind=frozenset({"title"}))
    idea = fresh(application).idea
    assert (idea.title, idea.need) == ("Elcyklar", "Vinden.")


def test_two_who_write_the_same_field_lose_nothing():
    application, owner = draft()
    before = seen(application)
    save(application, owner, before=before, need="Backarna och vinden.")

    second = save(application, owner, before=before, title="Elcyklar", need="Backarna och regnet.")

    clash = Clash(theirs="Backarna och vinden.", mine="Backarna och regnet.")
    behind = frozenset({"need"})
    assert second == Written(frozenset({"title"}), behind, clashes={"need": clash})
    assert fresh(application).idea.need == "Backarna och vinden."


def test_the_one_who_chooses_their_own_text_after_seeing_both_gets_it():
    application, owner = draft()
    before = seen(application)
    save(application, owner, before=before, need="Vinden.")

    chosen = save(application, owner, before={"need": fingerprint("Vinden.")}, need="Regnet.")

    assert chosen.saved == {"need"}
    assert fresh(application).idea.need == "Regnet."


def test_a_sum_typed_over_lines_that_somebody_else_just_wrote_gives_way():
    application, owner = draft()
    before = seen(application)
    save(application, owner, before=before, lines=(("Motor", 20_00),))

    second = save(application, owner, before=before, asked=7_00)

    assert second == Written()
    assert fresh(application).asked_minor == 20_00


# --- Who, and when -----------------------------------------------------------------------------


def test_a_co_applicant_writes_like_the_owner():
    application, _ = draft()
    bo = employee_of(application.round)
    involve(application.idea, bo, Part.CO_APPLICANT)

    assert save(application, bo, title="Elcyklar").saved == {"title"}


def test_nobody_else_writes():
    application, owner = draft()
    colleague = employee_of(application.round)

    with pytest.raises(NotAllowed):
        save(application, colleague, title="Elcyklar")
    owner.appointments.update(ends=NOON.date())
    with pytest.raises(NotAllowed):
        save(application, owner, at=NOON + timedelta(seconds=1), title="Elcyklar")

    assert fresh(application).idea.title == "Elmotorer på cyklar"


def test_a_draft_may_be_written_on_after_the_round_has_closed():
    application, owner = draft()

    written = save(application, owner, at=application.round.closes_at, title="Elcyklar")

    assert written.saved == {"title"}


def test_what_is_handed_in_may_be_changed_until_closing_and_the_earlier_words_are_kept():
    application, owner = handed_in()
    closes_at = application.round.closes_at

    save(
        application,
        owner,
        at=closes_at - timedelta(microseconds=1),
        title="Elcyklar",
        ends_on=date(2027, 6, 1),
        lines=(("Motor", 20_00),),
    )

    entry = Entry.objects.about(application).last()
    assert (entry.verb, entry.by_id) == ("funding.changed", owner.pk)
    assert entry.data == {
        "was": {
            "title": "Elmotorer på cyklar",
            "ends_on": "2027-10-05",
            "lines": [
                ["Elmotorer", 25_000_00, "other", None],
                ["Montering", 10_000_00, "other", None],
            ],
        }
    }
    with pytest.raises(NoLongerChangeable):
        save(application, owner, at=closes_at, title="Elmoped")
    assert fresh(application).idea.title == "Elcyklar"


def test_a_draft_leaves_no_trail_of_its_saves():
    application, owner = draft()

    save(application, owner, title="Elcyklar")

    assert verbs(application) == []
    assert verbs(application.idea) == ["ideas.started"]


def test_nothing_is_noted_when_nothing_changed():
    application, owner = handed_in()

    save(application, owner, need=NEED)

    assert verbs(application) == ["funding.submitted"]
