"""A round is set up, announced when everything is in place, hidden and laid aside."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from idesluss.logic.refusals import AlreadyDone, Missing, NotAllowed, TooLong
from idesluss.logic.scoring import NeededTooMany
from idesluss.logic.windows import ClosesTooEarly
from idesluss.people.refusals import NoMembers, QuorumTooLarge
from idesluss.people.vocab import Role
from idesluss.programmes.models import Round
from idesluss.programmes.reads import programmes_of, progress_of, rounds_of
from idesluss.programmes.refusals import (
    AnswerMissing,
    AnswerTooEarly,
    ApplicationsThere,
    BadSlug,
    BadYear,
    BodyAside,
    ClosedAlready,
    ContactMissing,
    NameTaken,
    NobodyDecides,
    NotReady,
    NoWeight,
    QuestionsMissing,
    SlugFixed,
    SlugTaken,
    WindowMissing,
)
from idesluss.programmes.usecases import (
    RoundFacts,
    add_round,
    announce_round,
    archive_round,
    change_round,
    check_round,
    hide_round,
    restore_round,
)
from idesluss.programmes.vocab import CriterionKind
from idesluss.records.models import Entry
from tests.factories import (
    NOON,
    ApplicationFactory,
    CriterionFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    RoundFactory,
    SeatFactory,
    UnitFactory,
    person_as,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FACTS = RoundFacts(
    name="Hösten 2026",
    project_year=2027,
    opens_at=NOON + DAY,
    closes_at=NOON + 30 * DAY,
)


@pytest.fixture
def here():
    return OrganisationFactory(language="sv")


@pytest.fixture
def boss(here):
    return person_as(Role.ADMINISTRATOR, here)


@pytest.fixture
def fund(here):
    programme = ProgrammeFactory(organisation=here)
    SeatFactory.create_batch(2, body=programme.body)
    return programme


@pytest.fixture
def ready(fund, boss):
    """A round that can be announced."""
    facts = replace(FACTS, contact_id=boss.pk)
    return add_round(fund.pk, facts, start="tarnby", by=boss, at=NOON)


def test_a_round_gets_its_address_from_its_name_and_nobody_else_sees_it(fund, here, boss):
    round = add_round(fund.pk, replace(FACTS, name=" Høst på  Öst 2026 "), by=boss, at=NOON)

    round.refresh_from_db()
    assert (round.name, round.slug) == ("Høst på Öst 2026", "host-pa-ost-2026")
    assert (round.opens_at, round.closes_at) == (NOON + DAY, NOON + 30 * DAY)
    assert (round.answer_days, round.assessors_wanted, round.blind) == (60, 2, False)
    employee = person_as(Role.EMPLOYEE, here)
    assert not Round.objects.visible_to(employee, at=NOON).exists()
    assert list(Round.objects.visible_to(boss, at=NOON)) == [round]
    entry = Entry.objects.about(round).get()
    assert (entry.verb, entry.organisation_id) == ("programmes.round_added", here.pk)
    assert entry.data["facts"]["opens_at"] == "2026-10-06T10:00:00+00:00"


@pytest.mark.parametrize(
    ("given", "refusal", "field"),
    [
        ({"name": " "}, Missing, "name"),
        ({"name": "!"}, BadSlug, "slug"),
        ({"slug": "høst"}, BadSlug, "slug"),
        ({"slug": "x" * 81}, BadSlug, "slug"),
        ({"introduction": "x" * 8001}, TooLong, "introduction"),
        ({"project_year": 27}, BadYear, "project_year"),
        ({"closes_at": NOON + DAY}, ClosesTooEarly, "closes_at"),
        ({"answer_days": None}, AnswerMissing, "answer_days"),
        ({"answer_by": (NOON + 29 * DAY).date()}, AnswerTooEarly, "answer_by"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(given, refusal, field, fund, boss):
    with pytest.raises(refusal) as refused:
        add_round(fund.pk, replace(FACTS, **given), by=boss, at=NOON)

    assert refused.value.field == field
    assert not Round.objects.exists()
    assert not Entry.objects.exists()


def test_an_answer_may_be_promised_by_date_alone(fund, boss):
    facts = replace(FACTS, answer_by=(NOON + 30 * DAY).date(), answer_days=None, closes_at=None)

    round = add_round(fund.pk, facts, by=boss, at=NOON)

    assert (round.answer_by, round.answer_days) == (date(2026, 11, 4), 60)


def test_names_are_single_in_a_fund_and_addresses_in_an_organisation(fund, here, boss):
    add_round(fund.pk, FACTS, by=boss, at=NOON)
    with pytest.raises(NameTaken):
        add_round(fund.pk, replace(FACTS, slug="annan"), by=boss, at=NOON)
    with pytest.raises(SlugTaken):
        add_round(ProgrammeFactory(organisation=here).pk, FACTS, by=boss, at=NOON)
    elsewhere = ProgrammeFactory()
    add_round(
        elsewhere.pk, FACTS, by=person_as(Role.ADMINISTRATOR, elsewhere.organisation), at=NOON
    )


def test_the_contact_belongs_to_the_organisation(fund, boss):
    with pytest.raises(ContactMissing):
        add_round(fund.pk, replace(FACTS, contact_id=PersonFactory().pk), by=boss, at=NOON)
    member = SeatFactory(body=fund.body).person
    add_round(fund.pk, replace(FACTS, contact_id=member.pk), by=boss, at=NOON)


def test_a_fund_that_lies_aside_gets_no_rounds(fund, boss):
    fund.archived_at = NOON
    fund.save()
    with pytest.raises(AlreadyDone):
        add_round(fund.pk, FACTS, by=boss, at=NOON)


def test_a_change_is_noted_before_and_after(ready, boss):
    facts = replace(RoundFacts.of(ready), closes_at=NOON + 40 * DAY, blind=True)

    change_round(ready.pk, facts, by=boss, at=NOON)
    change_round(ready.pk, facts, by=boss, at=NOON)

    ready.refresh_from_db()
    assert (ready.closes_at, ready.blind) == (NOON + 40 * DAY, True)
    entry = Entry.objects.about(ready).last()
    assert entry.data["changed"] == {
        "closes_at": ["2026-11-04T10:00:00+00:00", "2026-11-14T10:00:00+00:00"],
        "blind": [False, True],
    }
    assert Entry.objects.about(ready).count() == 2


def test_a_contact_who_has_left_may_stay_until_another_is_named(ready, boss):
    gone = PersonFactory()
    ready.contact = gone
    ready.save()
    change_round(ready.pk, replace(RoundFacts.of(ready), name="Ny"), by=boss, at=NOON)
    stranger = replace(RoundFacts.of(ready), contact_id=PersonFactory().pk)
    with pytest.raises(ContactMissing):
        change_round(ready.pk, stranger, by=boss, at=NOON)


def test_the_address_is_fixed_once_it_is_announced(ready, boss):
    change_round(ready.pk, replace(RoundFacts.of(ready), slug="ny"), by=boss, at=NOON)
    announce_round(ready.pk, by=boss, at=NOON)
    ready.refresh_from_db()

    change_round(ready.pk, replace(RoundFacts.of(ready), name="Nytt namn"), by=boss, at=NOON)
    with pytest.raises(SlugFixed):
        change_round(ready.pk, replace(FACTS, slug="annan"), by=boss, at=NOON)


def test_an_announced_round_is_shown_inside_and_a_public_one_to_everybody(ready, here, boss):
    employee = person_as(Role.EMPLOYEE, here)

    announce_round(ready.pk, by=boss, at=NOON)

    assert list(Round.objects.visible_to(employee, at=NOON + DAY)) == [ready]
    assert not Round.objects.visible_to(None, at=NOON + DAY).exists()
    assert Entry.objects.about(ready).last().verb == "programmes.round_announced"
    with pytest.raises(AlreadyDone):
        announce_round(ready.pk, by=boss, at=NOON)
    Round.objects.update(public=True)
    assert list(Round.objects.visible_to(None, at=NOON + DAY)) == [ready]


def test_everything_that_is_missing_is_told_at_once(here, boss):
    bare = ProgrammeFactory(organisation=here, body=None)
    round = add_round(bare.pk, RoundFacts(name="Tom", project_year=2027), by=boss, at=NOON)
    CriterionFactory(round=round, weight=0)
    Round.objects.update(qualifying_needed=3)
    CriterionFactory.create_batch(2, round=round, kind=CriterionKind.QUALIFYING.value)
    round.refresh_from_db()

    assert check_round(round, at=NOON) == [
        WindowMissing(),
        ContactMissing(),
        NobodyDecides(),
        QuestionsMissing(),
        NeededTooMany(needed=3, count=2),
        NoWeight(),
    ]
    with pytest.raises(NotReady):
        announce_round(round.pk, by=boss, at=NOON)
    round.refresh_from_db()
    assert round.announced_at is None


def test_a_round_that_is_over_or_whose_body_cannot_decide_is_not_announced(ready, fund):
    assert check_round(ready, at=NOON) == []
    assert check_round(ready, at=ready.closes_at) == [ClosedAlready()]
    body = ready.programme.body
    body.quorum = 3
    body.save()
    assert check_round(ready, at=NOON) == [QuorumTooLarge(quorum=3, members=2)]
    body.seats.all().delete()
    assert check_round(ready, at=NOON) == [NoMembers()]
    body.archived_at = NOON
    assert check_round(ready, at=NOON) == [BodyAside()]


def test_an_announcement_is_taken_back_while_nobody_has_handed_in(ready, boss):
    with pytest.raises(AlreadyDone):
        hide_round(ready.pk, by=boss, at=NOON)
    announce_round(ready.pk, by=boss, at=NOON)
    ApplicationFactory(round=ready)

    hide_round(ready.pk, by=boss, at=NOON)

    ready.refresh_from_db()
    assert ready.announced_at is None
    announce_round(ready.pk, by=boss, at=NOON)
    ApplicationFactory(round=ready, stage="withdrawn")
    with pytest.raises(ApplicationsThere):
        hide_round(ready.pk, by=boss, at=NOON)
    with pytest.raises(ApplicationsThere):
        archive_round(ready.pk, by=boss, at=NOON)


def test_a_round_is_laid_aside_and_brought_back(ready, boss):
    archive_round(ready.pk, by=boss, at=NOON)

    assert not Round.objects.visible_to(boss, at=NOON).exists()
    assert list(Round.objects.run_by(boss, at=NOON)) == [ready]
    with pytest.raises(AlreadyDone):
        archive_round(ready.pk, by=boss, at=NOON)
    with pytest.raises(AlreadyDone):
        announce_round(ready.pk, by=boss, at=NOON)

    restore_round(ready.pk, by=boss, at=NOON)

    assert list(Round.objects.visible_to(boss, at=NOON)) == [ready]
    with pytest.raises(AlreadyDone):
        restore_round(ready.pk, by=boss, at=NOON)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_fund_administrators_of_that_organisation_arrange_rounds(role, here, fund, ready):
    for by in (person_as(role, here), person_as(Role.ADMINISTRATOR, OrganisationFactory())):
        for act in (
            lambda by: add_round(fund.pk, FACTS, by=by, at=NOON),
            lambda by: change_round(ready.pk, FACTS, by=by, at=NOON),
            lambda by: announce_round(ready.pk, by=by, at=NOON),
            lambda by: hide_round(ready.pk, by=by, at=NOON),
            lambda by: archive_round(ready.pk, by=by, at=NOON),
            lambda by: restore_round(ready.pk, by=by, at=NOON),
        ):
            with pytest.raises(NotAllowed):
                act(by)
    assert Entry.objects.count() == 1


def test_rounds_are_sorted_into_heaps_for_each_visitor(here, boss, fund):
    def made(slug, **fields):
        return RoundFactory(programme=fund, slug=slug, **fields)

    made("open-later", closes_at=NOON + 9 * DAY)
    made("open-soon", closes_at=NOON + 2 * DAY, public=True)
    made("endless", closes_at=None)
    made("coming-later", opens_at=NOON + 9 * DAY, closes_at=NOON + 12 * DAY)
    made("coming", opens_at=NOON + DAY, closes_at=NOON + 20 * DAY)
    made("deciding", closes_at=NOON - DAY)
    made("old", closes_at=NOON - 9 * DAY, results_at=NOON - 8 * DAY)
    made("new", closes_at=NOON - 9 * DAY, results_at=NOON - 2 * DAY)
    made("hidden", announced_at=None)
    made("later", announced_at=NOON + DAY)
    RoundFactory(slug="elsewhere", public=True)

    def heaps(person):
        found = rounds_of(here, person, at=NOON)
        names = ("open", "coming", "deciding", "published", "hidden")
        return {name: [it.slug for it in getattr(found, name)] for name in names}

    inside = {
        "open": ["open-soon", "open-later", "endless"],
        "coming": ["coming", "coming-later"],
        "deciding": ["deciding"],
        "published": ["new", "old"],
        "hidden": [],
    }
    assert heaps(person_as(Role.EMPLOYEE, here)) == inside
    assert sorted(heaps(boss)["hidden"]) == ["hidden", "later"]
    assert heaps(None) == {
        "open": ["open-soon"],
        "coming": [],
        "deciding": [],
        "published": ["new", "old"],
        "hidden": [],
    }


def test_the_set_up_page_counts_what_is_in_place(here, boss, fund, ready):
    UnitFactory(organisation=here)
    UnitFactory(organisation=here, archived_at=NOON)
    ProgrammeFactory(organisation=here, archived_at=NOON, body=fund.body)
    person_as(Role.EMPLOYEE, here)

    found = progress_of(here, at=NOON)

    assert (found.units, found.people, found.administrators) == (1, 2, 1)
    assert (found.bodies, found.programmes) == (1, 1)
    shown = programmes_of(here, boss, at=NOON)
    assert [(it.archived_at, list(it.rounds.all())) for it in shown] == [
        (None, [ready]),
        (NOON, []),
    ]
