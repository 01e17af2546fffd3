"""Choices are written down row by row; two who write at once lose nothing."""

import pytest

from idesluss.funding.models import Decision, Presence
from idesluss.funding.reads.agenda import Choice, OutcomeMissing, agenda_of
from idesluss.funding.usecases import save_choices, withdraw
from idesluss.funding.usecases.decide import (
    NotWithdrawn,
    OutcomeFirst,
    Overshoot,
    Row,
    Withdrawn,
)
from idesluss.funding.usecases.meeting import AlreadyReleased
from idesluss.ideas.vocab import ConflictState
from idesluss.logic import outcomes
from idesluss.logic.money import MixedCurrencies
from idesluss.logic.quorum import CannotDecide
from idesluss.logic.refusals import ChangedMeanwhile, NotAllowed, TooLong
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import PersonFactory, declare, person_as
from tests.funding.meeting import AFTER, LATER, decided_room, room

pytestmark = pytest.mark.django_db


def open_room(*asked, **fields):
    here = room(**fields)
    for number, sum_asked in enumerate(asked or (60_000, 40_000), start=1):
        here.case(f"Förslag {number}", sum_asked)
    here.all_declare_clear()
    here.open()
    return here


def save(here, *rows, by=None, overshoot=None):
    return save_choices(
        here.meeting.pk, rows=rows, overshoot=overshoot, by=by or here.administrator, at=LATER
    )


def meter(here, person=None):
    return agenda_of(here.fresh(), person or here.administrator, at=LATER).meter


def kinds(refusals):
    return [type(one) for one in refusals]


def test_a_choice_is_saved_with_who_and_when_and_leaves_a_line():
    here = open_room()
    member = here.members[1]
    row = here.row(here.cases[0], "partly_granted", 45_000, reason="Halva räcker.")

    saved = save(here, row, by=member)

    decision = here.decision(here.cases[0])
    assert (saved.saved, saved.refused, saved.complete) == ([decision.pk], {}, True)
    assert Choice.of(decision) == row.choice
    assert (decision.version, decision.changed_by, decision.changed_at) == (1, member, LATER)
    [entry] = Entry.objects.about(decision)
    assert (entry.verb, entry.by_id, entry.organisation_id, entry.data) == (
        "funding.decision_changed",
        member.pk,
        here.organisation.pk,
        {"outcome": "partly_granted", "granted_minor": 45_000_00, "later_year": None},
    )


def test_what_is_the_same_is_not_saved_again():
    here = open_room()
    here.choose(here.cases[0], "granted", 60_000)

    stale = Row(here.decision(here.cases[0]).pk, 0, Choice("granted", 60_000_00))
    assert save(here, stale).saved == []
    assert here.decision(here.cases[0]).version == 1


def test_two_who_write_at_once_lose_nothing():
    here = open_room()
    first, second = here.cases
    mine = here.row(first, "granted", 60_000), here.row(second, "granted", 40_000)
    here.choose(first, "refused", reason="Ryms i budgeten.")

    saved = save(here, *mine, by=here.members[1])

    assert saved.saved == [mine[1].decision_id]
    assert saved.refused == {mine[0].decision_id: (ChangedMeanwhile(),)}
    assert not saved.complete
    assert [here.decision(case).outcome for case in here.cases] == ["refused", "granted"]


def test_a_row_that_contradicts_itself_is_refused_whole_and_the_others_are_saved():
    here = open_room()
    bad = here.row(here.cases[0], "granted", 60_001, conditions="Rapport i maj.")
    good = here.row(here.cases[1], "granted", 40_000)

    saved = save(here, bad, good)

    assert kinds(saved.refused[bad.decision_id]) == [
        outcomes.MoreThanAsked,
        outcomes.ConditionsUnused,
    ]
    assert saved.saved == [good.decision_id]
    assert here.decision(here.cases[0]).outcome == ""


def test_what_is_left_unsaid_may_wait_and_is_told():
    here = open_room()
    save(
        here,
        here.row(here.cases[0], "refused"),
        here.row(here.cases[1], "granted_with_conditions", 30_000),
    )

    first, second = agenda_of(here.fresh(), here.administrator, at=LATER).cases
    assert kinds(first.problems) == [outcomes.ReasonMissing]
    assert kinds(second.problems) == [outcomes.ReasonMissing, outcomes.ConditionsMissing]


@pytest.mark.parametrize(
    ("outcome", "granted", "rest"),
    [
        ("granted", 60_000, {}),
        ("partly_granted", 1, {"reason": "Lite till."}),
        ("granted_with_conditions", 60_000, {"conditions": "Rapport."}),
        ("granted_later_pot", 60_000, {"later_year": 2028}),
        ("refused", 0, {"reason": "Nej."}),
        ("postponed", 0, {"reason": "Vi vill veta mer."}),
        ("incomplete", 0, {"reason": "Budget saknas."}),
    ],
)
def test_seven_outcomes_are_chosen_by_the_body(outcome, granted, rest):
    here = open_room()

    here.choose(here.cases[0], outcome, granted, **rest)

    first = agenda_of(here.fresh(), here.administrator, at=LATER).cases[0]
    assert (first.choice.outcome, first.problems) == (outcome, ())


def test_the_eighth_is_the_applicants_own():
    here = open_room()
    here.choose(here.cases[0], "granted", 60_000)
    row = here.row(here.cases[0], "withdrawn")
    assert save(here, row).refused == {row.decision_id: (NotWithdrawn(),)}

    owner = here.cases[0].idea.involvements.get(part="owner").person
    withdraw(here.cases[0].pk, reason="", by=owner, at=LATER)

    first = agenda_of(here.fresh(), here.administrator, at=LATER).cases[0]
    assert (first.withdrawn, first.choice, first.problems) == (True, Choice("withdrawn"), ())
    assert meter(here).balance.granted == 0
    row = here.row(here.cases[0], "granted", 60_000)
    assert save(here, row).refused == {row.decision_id: (Withdrawn(),)}


def test_a_sum_needs_an_outcome_but_a_reason_may_be_drafted():
    here = open_room()
    sum_only = here.row(here.cases[0], "", 10_000)
    words_only = here.row(here.cases[1], "", reason="Utkast.")

    saved = save(here, sum_only, words_only)

    assert saved.refused == {sum_only.decision_id: (OutcomeFirst(),)}
    assert saved.saved == [words_only.decision_id]
    agenda = agenda_of(here.fresh(), here.administrator, at=LATER)
    assert kinds(agenda.cases[1].problems) == [OutcomeMissing]


def test_texts_have_room_but_not_for_everything():
    here = open_room()
    row = here.row(here.cases[0], "refused", reason="x" * 3001, over_cap_reason="y" * 3001)

    assert save(here, row).refused == {
        row.decision_id: (
            TooLong(field="reason", limit=3000),
            TooLong(field="over_cap_reason", limit=3000),
        )
    }


def test_too_few_cannot_decide_once_somebody_has_counted():
    here = open_room()
    row = here.row(here.cases[0], "granted", 60_000)
    Presence.objects.exclude(person=here.members[0]).delete()

    assert kinds(save(here, row).refused[row.decision_id]) == [CannotDecide]
    Presence.objects.all().delete()  # nobody counted yet: a choice may be prepared
    assert save(here, row).saved == [row.decision_id]


def test_more_than_the_cap_waits_for_its_reason():
    here = open_room(150_000, 40_000)
    save(here, here.row(here.cases[0], "granted", 150_000))
    first = agenda_of(here.fresh(), here.administrator, at=LATER).cases[0]
    assert kinds(first.problems) == [outcomes.OverCap]

    here.choose(here.cases[0], "granted", 150_000, over_cap_reason="Gäller tre skolor.")
    assert agenda_of(here.fresh(), here.administrator, at=LATER).cases[0].problems == ()


def test_the_pot_counts_this_year_and_what_was_bound_before():
    here = open_room(60_000, 40_000, 50_000)
    earlier = here.case("Förra året")
    earlier.grants.create(year=2027, amount_minor=30_000_00, currency="SEK")
    earlier.grants.create(year=2028, amount_minor=99_000_00, currency="SEK")
    here.choose(here.cases[0], "granted", 60_000)
    here.choose(here.cases[1], "granted_later_pot", 40_000, later_year=2029)
    here.choose(here.cases[2], "refused", reason="Nej.")

    now = meter(here)
    assert (now.bound_minor, now.balance.granted, now.taken_minor) == (
        30_000_00,
        60_000_00,
        90_000_00,
    )
    assert (now.balance.left, dict(now.balance.later)) == (410_000_00, {2029: 40_000_00})


def test_a_sum_in_another_currency_is_never_added():
    here = open_room()
    here.cases[0].currency = "DKK"
    here.cases[0].save()
    save(here, here.row(here.cases[0], "granted", 60_000))

    agenda = agenda_of(here.fresh(), here.administrator, at=LATER)
    assert kinds(agenda.cases[0].problems) == [MixedCurrencies]
    assert agenda.meter.balance.granted == 0


def test_without_a_pot_there_is_no_money_to_give():
    here = open_room()
    here.pot.delete()
    save(here, here.row(here.cases[0], "granted", 60_000))

    agenda = agenda_of(here.fresh(), here.administrator, at=LATER)
    assert [one.params for one in agenda.cases[0].problems] == [{"year": 2027}]
    assert (agenda.meter.pot, agenda.meter.currency, agenda.meter.taken_minor) == (
        None,
        "SEK",
        60_000_00,
    )


# --- Over the pot --------------------------------------------------------------------------------


def test_why_the_pot_is_overspent_is_written_once_and_never_over_somebody_elses_words():
    here = open_room()

    assert save(here, overshoot=Overshoot("Skäl.\n", "")).overshoot is None
    assert save(here, overshoot=Overshoot("Skäl.", "")).overshoot is None  # the same again
    stale = save(here, overshoot=Overshoot("Annat skäl.", ""))
    assert (stale.overshoot, stale.complete) == (ChangedMeanwhile(field="overshoot_reason"), False)
    long = save(here, overshoot=Overshoot("x" * 3001, "Skäl."))
    assert long.overshoot == TooLong(field="overshoot_reason", limit=3000)

    assert here.fresh().overshoot_reason == "Skäl."
    noted = Entry.objects.filter(verb="funding.overshoot_explained")
    assert [entry.data for entry in noted] == [{"reason": "Skäl."}]


def test_a_save_over_the_pot_is_not_refused():
    """A refusal would tell a recused member what the case that is shut to them costs."""
    here = open_room(90_000, 90_000, pot=100_000)
    here.choose(here.cases[0], "granted", 90_000)
    declare_shut(here, here.members[1], 0)

    saved = save(here, here.row(here.cases[1], "granted", 90_000), by=here.members[1])
    assert saved.complete


# --- What is shut --------------------------------------------------------------------------------


def declare_shut(here, person, case):
    idea = here.cases[case].idea
    idea.declarations.filter(person=person).delete()
    declare(idea, person, ConflictState.DECLARED)


def test_a_recused_member_neither_sees_nor_writes_the_case():
    here = open_room()
    member = here.members[1]
    row = here.row(here.cases[0], "granted", 60_000)
    declare_shut(here, member, 0)

    saved = save(here, row, here.row(here.cases[1], "granted", 40_000), by=member)

    assert saved.refused == {row.decision_id: (NotAllowed(),)}
    assert here.decision(here.cases[0]).outcome == ""
    assert here.decision(here.cases[1]).outcome == "granted"


def test_no_sum_tells_a_recused_member_what_the_case_costs():
    """Whatever is granted in the shut case, everything that the member reads stays the same."""
    here = open_room(60_000, 40_000)
    member = here.members[1]
    declare_shut(here, member, 0)
    here.choose(here.cases[1], "granted", 40_000)

    def seen():
        agenda = agenda_of(here.fresh(), member, at=LATER)
        return (
            agenda.rows,
            agenda.meter.balance,
            agenda.meter.bound_minor,
            agenda.granted,
            agenda.without_money,
            agenda.unchosen,
        )

    def without_version(rows):
        return [row if not row.is_open else (row.number, row.choice, row.problems) for row in rows]

    before = seen()
    here.choose(here.cases[0], "partly_granted", 12_345, reason="Hemligt skäl.")
    after = seen()

    assert without_version(before[0]) == without_version(after[0])
    assert before[1:] == after[1:]
    assert meter(here, member).whole is False
    assert meter(here).balance.granted == 52_345_00


def test_a_grant_of_an_earlier_year_that_is_shut_is_not_in_the_sum_before_it_is_public():
    here = open_room()
    member = here.members[1]
    earlier = here.case("Förra året")
    earlier.grants.create(year=2027, amount_minor=30_000_00, currency="SEK")
    declare_shut(here, member, -1)

    assert (meter(here, member).bound_minor, meter(here).bound_minor) == (0, 30_000_00)
    here.round.results_at = LATER
    here.round.save()
    assert meter(here, member).bound_minor == 30_000_00


def test_a_reader_with_a_shut_case_does_not_write_why_the_pot_is_overspent():
    here = open_room()
    declare_shut(here, here.members[1], 0)

    saved = save(here, overshoot=Overshoot("Skäl.", ""), by=here.members[1])
    assert saved.overshoot == NotAllowed(field="overshoot_reason")


# --- Who -----------------------------------------------------------------------------------------


def test_only_those_who_take_part_write_choices():
    here, elsewhere = open_room(), open_room()
    strangers = [
        PersonFactory(),
        person_as(Role.EMPLOYEE, here.organisation),
        person_as(Role.REGISTRAR, here.organisation),
        person_as(Role.ASSESSOR, here.organisation),
        elsewhere.administrator,
        elsewhere.members[0],
        here.cases[0].idea.involvements.get(part="owner").person,
    ]

    for person in strangers:
        with pytest.raises(NotAllowed):
            save(here, here.row(here.cases[0], "granted", 60_000), by=person)
    assert not Decision.objects.exclude(outcome="").exists()


def test_nothing_is_written_after_the_release():
    here = decided_room()
    row = here.row(here.cases[0], "refused", reason="Ångrat.")
    here.release()

    with pytest.raises(AlreadyReleased):
        save_choices(here.meeting.pk, rows=[row], by=here.administrator, at=AFTER)
