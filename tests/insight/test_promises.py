"""The promise board: what is counted as kept, what is hidden, and that naive counting agrees."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from idesluss.ideas.models import Idea, Passage, Rating
from idesluss.insight.reads.promises import Kept, Rated, board_of, months_until
from tests.factories import NOON, DoorFactory, PersonFactory, sluice_case

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SEPTEMBER = date(2026, 9, 15)


@pytest.fixture
def door():
    return DoorFactory()


def board(door, at=NOON):
    return board_of(door.programme, at=at)


def answered(day, hour=12):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def case(door, stage="received", **fields):
    usual = {"first_by": None, "answer_by": date(2027, 1, 29)}
    idea = sluice_case(stage, door=door, **usual | fields)
    if not idea.passages.exists():  # it has ended
        Passage.objects.create(idea=idea, step=idea.at_step, entered_at=NOON, left_at=NOON)
    return idea


def september(found):
    return found.months[-2]


def test_twelve_months_end_with_the_running_one():
    months = months_until(date(2026, 2, 28), 12)
    assert (months[0], months[-1], len(months)) == (date(2025, 3, 1), date(2026, 2, 1), 12)


def test_a_sluice_without_cases_has_an_empty_board(door):
    found = board(door)
    assert (found.waiting, found.late, found.oldest) == (0, 0, None)
    assert found.first == found.decision == Kept(0, 0)
    assert found.first.share is None
    assert set(dict(found.funnel.steps()).values()) == {0}
    assert found.yes == found.no == Rated(0, None, None)


def test_kept_is_what_was_done_on_its_day_at_the_latest_where_people_live(door):
    case(door, first_by=SEPTEMBER, first_at=answered(SEPTEMBER, 21))  # 23 in Stockholm
    case(door, first_by=SEPTEMBER, first_at=answered(SEPTEMBER, 22))  # after midnight
    for _ in range(3):
        case(door, first_by=SEPTEMBER, first_at=answered(SEPTEMBER - DAY))
    assert board(door).first == Kept(5, 4)


def test_what_is_not_answered_counts_when_its_day_has_passed_and_what_waits_never(door):
    for by, waits in ((SEPTEMBER, False), (NOON.date(), False), (SEPTEMBER, True)):
        for _ in range(5):
            case(door, first_by=by, waits_for_giver=waits)
    assert board(door).first == Kept(5, 0)


def test_what_the_giver_took_back_was_not_answered_but_an_earlier_word_counts(door):
    for stage in ("withdrawn", "declined"):
        for _ in range(5):
            end = answered(SEPTEMBER)
            case(
                door,
                stage,
                first_by=SEPTEMBER,
                answer_by=SEPTEMBER,
                first_at=end,
                answered_at=end,
            )
    found = board(door)
    assert (found.first, found.decision) == (Kept(5, 5), Kept(5, 5))
    assert found.funnel.answered == 5
    Idea.objects.filter(stage="withdrawn").update(first_at=answered(SEPTEMBER - DAY))
    found = board(door)
    assert (found.first, found.decision) == (Kept(10, 10), Kept(5, 5))
    assert found.funnel.answered == 10


def test_a_month_with_few_promises_is_hidden_and_so_is_what_would_give_it_away(door):
    for number, by in ((3, SEPTEMBER), (9, date(2026, 8, 14)), (20, date(2026, 7, 14))):
        for _ in range(number):
            case(door, first_by=by, first_at=answered(by))
    found = board(door)
    assert found.first == Kept(32, 32)
    shown = {one.first_day.month: one.first for one in found.months if one.first.due}
    assert shown == {7: Kept(20, 20)}
    assert found.months[-2].first == found.months[-3].first == Kept(None, None)
    assert found.months[-2].first.share is None


def test_a_few_promises_in_all_are_hidden_altogether(door):
    for _ in range(4):
        case(door, first_by=SEPTEMBER, first_at=answered(SEPTEMBER))
    found = board(door)
    assert found.first == september(found).first == Kept(None, None)


def test_what_waits_now_how_long_and_how_much_of_it_is_late(door):
    case(door, received_at=NOON - 30 * DAY)
    case(door, received_at=NOON - 3 * DAY, first_by=SEPTEMBER)
    case(door, received_at=NOON - 3 * DAY, first_by=SEPTEMBER, waits_for_giver=True)
    case(door, received_at=NOON - 3 * DAY, answer_by=SEPTEMBER, first_at=NOON)
    case(door, "testing", received_at=NOON - 90 * DAY, answered_at=NOON)
    case(door, "declined", received_at=NOON - 90 * DAY)
    found = board(door)
    assert (found.waiting, found.late, found.oldest) == (4, 2, 21)


def test_the_funnel_counts_every_step_up_to_the_farthest_that_a_case_has_come_to(door):
    edition = door.programme.editions.get()
    steps = {one.stage: one for one in edition.steps.all()}
    case(door)
    case(door, first_at=NOON)
    back = case(door, "exploring", first_at=NOON)
    Passage.objects.create(idea=back, step=steps["testing"], entered_at=NOON, left_at=NOON)
    case(door, "testing")
    case(door, "permanent", first_at=NOON)
    assert dict(board(door).funnel.steps()) == {
        "received": 5,
        "answered": 4,
        "developed": 3,
        "tested": 3,
        "introduced": 1,
        "permanent": 1,
    }


def rated(door, stage, scores):
    for score in scores:
        idea = case(door, stage, answered_at=NOON)
        Rating.objects.create(idea=idea, person=PersonFactory(), score=score, stage=stage, at=NOON)


def test_ratings_of_a_yes_and_of_a_no_are_told_apart_and_of_a_few_not_at_all(door):
    rated(door, "declined", [5, 5, 5, 4, 4, 4, 1, 2, 3, 3, 1])
    rated(door, "permanent", [5, 5, 5])
    found = board(door)
    assert (found.no.ratings, found.no.mean) == (11, 3.4)
    assert found.yes == Rated(None, None, None)
    rated(door, "testing", [5, 5, 5, 4])
    assert board(door).yes == Rated(7, 1.0, 4.9)


def test_who_alone_said_otherwise_is_not_pointed_out(door):
    rated(door, "declined", [5, 5, 5, 5, 5, 5, 1])
    assert board(door).no == Rated(7, None, None)


def test_another_sluice_has_a_board_of_its_own(door):
    case(DoorFactory(), first_by=SEPTEMBER)
    assert board(door).waiting == 0


def test_it_is_what_naive_counting_says(door):
    chance = random.Random(7)
    for _ in range(120):
        by = NOON.date() - chance.randrange(-20, 200) * DAY
        done = chance.choice([None, answered(by + chance.randrange(-9, 9) * DAY)])
        stage = chance.choice(["received", "exploring", "testing"])
        waits = chance.random() < 0.2
        first = done or chance.choice([None, NOON - 200 * DAY])
        case(
            door,
            stage,
            first_by=by - 3 * DAY,
            first_at=first,
            answer_by=by,
            answered_at=done,
            waits_for_giver=waits,
        )
    today, zone = NOON.date(), door.organisation.timezone
    start = months_until(today, 12)[0]

    def naive(by, done):
        due = kept = 0
        for idea in Idea.objects.all():
            day, at = getattr(idea, by), getattr(idea, done)
            if not start <= day < today or (at is None and idea.waits_for_giver):
                continue
            due += 1
            kept += at is not None and at.astimezone(zone).date() <= day
        return Kept(due, kept)

    found = board(door)
    assert found.first == naive("first_by", "first_at")
    assert found.decision == naive("answer_by", "answered_at")


def test_three_queries_however_many_cases(door, django_assert_num_queries):
    for _ in range(3):
        case(door, first_by=SEPTEMBER)
    with django_assert_num_queries(3):
        board(door)
