"""The year's accounts are closed: project by project, then the pot, as previewed and once."""

from datetime import UTC, datetime

import pytest

from idesluss.funding.models import Grant, Posting, Pot
from idesluss.funding.reads.closing import (
    BooksShut,
    Choice,
    Choices,
    FateMissing,
    RestMissing,
    YearNotBegun,
    plan_closing,
    year_of,
)
from idesluss.funding.usecases import (
    book_used,
    close_year,
    release_part,
    reopen_year,
    return_unused,
)
from idesluss.funding.usecases.close_year import NotClosed
from idesluss.ideas.vocab import ConflictState
from idesluss.logic.ledger import Fate, PotTooSmall
from idesluss.logic.refusals import ChangedMeanwhile, Missing, NotAllowed, TooLong
from idesluss.people.vocab import Role
from idesluss.programmes.vocab import Unused
from idesluss.records.models import Entry
from tests.factories import MeetingFactory, declare, person_as
from tests.funding.ledger import books, kronor, pot_kronor, rows

pytestmark = pytest.mark.django_db

DECEMBER = datetime(2027, 12, 15, 9, 0, tzinfo=UTC)
WORDS = "Bokslut 2027"


@pytest.fixture
def it():
    """A year in which 300 of 500 kronor are granted, and 120 of them used."""
    here = books(pot=500)
    here.spent = here.project(100, released=100)
    here.half = here.project(150, released=120)
    here.idle = here.project(50)
    use(here, here.spent, 100)
    use(here, here.half, 20)
    release_part(here.idle.pk, amount_minor=1_00, **here.doing())
    return here


def use(it, grant, spent):
    book_used(grant.application.idea_id, total_spent_minor=spent * 100, **it.doing())


def chosen(it, half=Fate.RETURN, idle=Fate.RETURN, **more):
    fates = {
        it.half.application_id: Choice(half, "Väntar på faktura" if half is Fate.LEAVE else ""),
        it.idle.application_id: Choice(idle),
    }
    return Choices(**{"fates": fates, "words": WORDS, **more})


def look(it, choices, by=None, at=DECEMBER):
    pot = Pot.objects.select_related("programme").get(pk=it.pot.pk)
    return plan_closing(year_of(pot, by or it.boss, at=at), choices)


def close(it, choices, fingerprint=None):
    fingerprint = fingerprint or look(it, choices).fingerprint
    return close_year(
        it.fund.pk, year=2027, choices=choices, fingerprint=fingerprint, **it.doing(DECEMBER)
    )


def next_year(it):
    return Pot.objects.get(programme=it.fund, year=2028)


def rule(it, unused):
    it.fund.unused = unused.value
    it.fund.save()


def test_the_preview_says_what_is_left_and_writes_nothing(it):
    before = (Posting.objects.count(), Entry.objects.count())
    plan = look(it, chosen(it, half=Fate.TRANSFER))

    year = plan.year
    assert [one.application.pk for one in year.asked] == sorted(
        [it.half.application_id, it.idle.application_id],
        key=[one.application.pk for one in year.projects].index,
    )
    assert (year.free, year.account.bound) == (200_00, 300_00)
    assert (plan.carried, plan.returned, plan.left_open, plan.free) == (130_00, 50_00, 0, 250_00)
    assert (plan.rest, plan.problems) == (Unused.CARRY, ())
    assert (Posting.objects.count(), Entry.objects.count()) == before


def test_what_is_free_is_carried_over_to_a_pot_that_is_made(it):
    done = close(it, chosen(it, half=Fate.TRANSFER))

    assert (done.first, done.is_closed) == (True, True)
    later = Grant.objects.get(application=it.half.application, year=2028)
    assert (kronor(it.half), kronor(later)) == ((20, 20, 20, 0), (130, 100, 0, 0))
    assert kronor(it.idle) == (1, 1, 0, 1)
    assert rows(it.pot) == [("carried_out", -130), ("carried_out", -250)]
    assert rows(next_year(it)) == [("carried_in", 130), ("carried_in", 250)]
    assert pot_kronor(it.pot) == 120
    pot = Pot.objects.get(pk=it.pot.pk)
    assert (pot.closed_at, pot.closed_by) == (DECEMBER, it.boss)
    assert set(Posting.objects.filter(at=DECEMBER).values_list("reason", flat=True)) == {WORDS}
    told = Entry.objects.about(it.fund).last()
    assert told.verb == "funding.year_closed"
    assert (told.data["carried_minor"], told.data["rest"], told.data["rest_minor"]) == (
        130_00, "carry", 250_00,
    )  # fmt: skip


def test_by_the_rule_what_is_free_goes_back_to_the_municipality(it):
    rule(it, Unused.RETURN)
    close(it, chosen(it))
    assert rows(it.pot) == [("handed_back", -380)]
    assert not Pot.objects.filter(year=2028).exists()


def test_a_second_round_comes_first_and_leaves_the_accounts_open(it):
    rule(it, Unused.ROUND)
    with pytest.raises(RestMissing):
        close(it, chosen(it))

    done = close(it, chosen(it, rest=Unused.ROUND))

    assert (done.first, done.is_closed) == (True, False)
    assert (rows(it.pot), pot_kronor(it.pot)) == ([], 500)
    assert kronor(it.half) == (120, 120, 20, 100)
    assert Entry.objects.about(it.fund).last().verb == "funding.year_settled"

    close(it, Choices(rest=Unused.CARRY, words=WORDS))
    assert rows(it.pot) == [("carried_out", -380)]


def test_a_rule_leaves_no_other_choice(it):
    assert look(it, chosen(it, rest=Unused.RETURN)).rest is Unused.CARRY


def test_what_is_left_open_needs_its_reason_and_stays_bound(it):
    wrong = chosen(it)
    wrong.fates[it.half.application_id] = Choice(Fate.LEAVE, " ")
    assert look(it, wrong).problems == (Missing(field=f"reason-{it.half.application_id}"),)

    plan = look(it, chosen(it, half=Fate.LEAVE))
    assert (plan.left_open, plan.free) == (130_00, 250_00)
    close(it, chosen(it, half=Fate.LEAVE))

    assert kronor(it.half) == (150, 120, 20, 0)
    assert pot_kronor(it.pot) == 250
    assert Entry.objects.about(it.fund).last().data["left_open"] == [
        {
            "application": it.half.application_id,
            "left_minor": 130_00,
            "reason": "Väntar på faktura",
        }
    ]


def test_after_closing_what_comes_back_goes_to_the_next_year(it):
    close(it, chosen(it, half=Fate.LEAVE))
    use(it, it.half, 50)
    return_unused(it.half.pk, amount_minor=70_00, reason="Blev över", **it.doing(DECEMBER))
    assert kronor(it.half) == (150, 120, 50, 70)
    assert rows(next_year(it))[-1] == ("carried_in", 70)
    assert look(it, Choices()).year.free == 0


def test_a_pot_that_was_overspent_is_covered_with_the_recorded_reason():
    """Burlöv 2023: 504 400 kronor of 500 000."""
    here = books(pot=500_000)
    grant = here.project(504_400, released=504_400)
    use(here, grant, 504_400)
    MeetingFactory(
        round=here.round,
        released_at=DECEMBER,
        register_number="M 1",
        overshoot_reason="Alla sju är värda det.",
    )
    plan = look(here, Choices(words=WORDS))
    assert (plan.free, plan.year.overshoot_reason) == (-4_400_00, "Alla sju är värda det.")
    assert plan.problems == (Missing(field="cover"),)

    close(here, Choices(words=WORDS, cover=plan.year.overshoot_reason))

    [row] = Posting.objects.filter(pot=here.pot)
    assert (row.kind, row.amount_minor, row.reason) == (
        "added", 4_400_00, "Alla sju är värda det.",
    )  # fmt: skip
    assert look(here, Choices()).year.free == 0


def test_a_round_from_a_table_stays_valid_and_nothing_is_chosen_for_it():
    here = books(pot=500)
    here.project(400)
    plan = look(here, Choices(words=WORDS))
    assert [len(plan.year.asked), len(plan.year.unknown), plan.free] == [0, 1, 100_00]
    close(here, Choices(words=WORDS))
    assert pot_kronor(here.pot) == 400


def test_nothing_is_closed_before_everything_is_chosen(it):
    one = Choices(fates={it.half.application_id: Choice(Fate.RETURN)})
    assert look(it, one).problems == (FateMissing(count=1), Missing(field="words"))
    with pytest.raises(FateMissing):
        close(it, one)
    assert look(it, chosen(it), at=datetime(2026, 12, 1, tzinfo=UTC)).problems == (
        YearNotBegun(year=2027),
    )
    with pytest.raises(TooLong):
        close(it, chosen(it, words="x" * 1001))
    assert rows(it.pot) == []


def test_what_changed_since_the_preview_is_looked_at_again(it):
    seen = look(it, chosen(it)).fingerprint
    use(it, it.half, 30)
    with pytest.raises(ChangedMeanwhile):
        close(it, chosen(it), seen)
    with pytest.raises(ChangedMeanwhile):
        close(it, chosen(it, words="Något annat"), look(it, chosen(it)).fingerprint)
    assert rows(it.pot) == []


def test_a_second_press_changes_nothing(it):
    seen = look(it, chosen(it)).fingerprint
    close(it, chosen(it), seen)
    count = Posting.objects.count()
    done = close(it, chosen(it), seen)
    assert (done.first, done.is_closed, Posting.objects.count()) == (False, True, count)


def test_closing_is_for_administrators_to_whom_every_project_is_open(it):
    declare(it.half.application.idea, it.boss, ConflictState.DECLARED)
    with pytest.raises(BooksShut):
        close(it, chosen(it))
    for role in (Role.REGISTRAR, Role.EMPLOYEE):
        it.boss = person_as(role, it.fund.organisation)
        with pytest.raises(NotAllowed):
            close(it, chosen(it), "x")
        with pytest.raises(NotAllowed):
            reopen_year(it.fund.pk, year=2027, reason="x", **it.doing())


def test_opening_again_takes_back_what_the_pot_gave_and_closing_again_gives_it_anew(it):
    close(it, chosen(it, half=Fate.LEAVE))

    reopen_year(it.fund.pk, year=2027, reason="En faktura till", **it.doing(DECEMBER))

    assert rows(it.pot) == [("carried_out", -250), ("carried_out", 250)]
    assert rows(next_year(it)) == [("carried_in", 250), ("carried_in", -250)]
    assert Pot.objects.get(pk=it.pot.pk).closed_at is None
    assert Entry.objects.about(it.fund).last().data["reason"] == "En faktura till"
    with pytest.raises(NotClosed):
        reopen_year(it.fund.pk, year=2027, reason="Igen", **it.doing(DECEMBER))

    use(it, it.half, 120)
    fates = {it.half.application_id: Choice(Fate.RETURN)}
    close(it, Choices(fates=fates, words=WORDS))
    assert (pot_kronor(it.pot), pot_kronor(next_year(it))) == (220, 280)
    reopen_year(it.fund.pk, year=2027, reason="Igen", **it.doing(DECEMBER))
    assert (pot_kronor(it.pot), pot_kronor(next_year(it))) == (500, 0)


def test_a_year_whose_rest_is_spent_is_not_opened_again(it):
    close(it, chosen(it))
    Posting.objects.create(pot=next_year(it), kind="handed_back", amount_minor=-300_00, at=DECEMBER)
    with pytest.raises(PotTooSmall):
        reopen_year(it.fund.pk, year=2027, reason="En faktura till", **it.doing(DECEMBER))
    assert Pot.objects.get(pk=it.pot.pk).closed_at == DECEMBER


def test_what_was_closed_past_the_use_case_is_opened_without_rows(it):
    Pot.objects.filter(pk=it.pot.pk).update(closed_at=DECEMBER)
    reopen_year(it.fund.pk, year=2027, reason="Stängt för hand", **it.doing(DECEMBER))
    assert rows(it.pot) == []
