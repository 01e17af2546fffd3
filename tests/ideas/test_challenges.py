"""Challenges: posed with a mandate behind them, opened, closed, and ended with a result."""

from dataclasses import replace
from datetime import timedelta

import pytest

from idesluss.ideas.models import Challenge
from idesluss.ideas.usecases.challenges import (
    HasEnded,
    NoMandate,
    NotOpened,
    Posed,
    close_down,
    end_with,
    open_up,
    pose,
    reword,
)
from idesluss.ideas.usecases.write import NotChoosable
from idesluss.logic.refusals import AlreadyDone, ChangedMeanwhile, Missing, NotAllowed, TooLong
from idesluss.logic.windows import ClosesTooEarly
from idesluss.people.vocab import Role
from idesluss.programmes.vocab import Audience
from idesluss.records.models import Entry
from tests.factories import (
    NOON,
    AppointmentFactory,
    EditionFactory,
    GoalFactory,
    PersonFactory,
    ProgrammeFactory,
    RoundFactory,
    UnitFactory,
    person_as,
    sluice_case,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def sluice():
    return EditionFactory().programme


@pytest.fixture
def boss(sluice):
    return person_as(Role.MANAGER, sluice.organisation)


def posed(owner, **other):
    facts = {
        "title": "Fler barn ska våga cykla",
        "text": "Hälften av barnen skjutsas till skolan fast vägen är kort.",
        "owner": owner,
        "resources": "Tjugo timmar och 50 000 kr",
        "afterwards": "De tre bästa svaren provas i höst.",
    }
    return Posed(**facts | other)


def verbs(challenge):
    return list(Entry.objects.about(challenge).values_list("verb", flat=True))


def test_a_manager_poses_a_challenge_that_nobody_else_sees_yet(sluice, boss):
    challenge = pose(sluice.pk, posed(boss), by=boss, at=NOON)
    colleague = person_as(Role.EMPLOYEE, sluice.organisation)
    assert (challenge.slug, challenge.public, challenge.opens_at) == (
        "fler-barn-ska-vaga-cykla",
        False,
        None,
    )
    assert verbs(challenge) == ["ideas.challenge_posed"]
    assert not Challenge.objects.visible_to(colleague, at=NOON).exists()
    assert Challenge.objects.visible_to(boss, at=NOON).get() == challenge


def test_two_challenges_of_the_same_name_get_addresses_of_their_own(sluice, boss):
    first = pose(sluice.pk, posed(boss), by=boss, at=NOON)
    second = pose(sluice.pk, posed(boss), by=boss, at=NOON)
    assert second.slug == f"{first.slug}-2"


def test_a_coach_writes_it_and_its_owner_opens_it(sluice, boss):
    coach = person_as(Role.COACH, sluice.organisation)
    challenge = pose(sluice.pk, posed(boss), by=coach, at=NOON)
    with pytest.raises(NotAllowed):
        open_up(challenge.pk, by=coach, at=NOON)
    opened = open_up(challenge.pk, by=boss, at=NOON)
    assert opened.opens_at == NOON
    with pytest.raises(NotAllowed):
        reword(challenge.pk, posed(boss, title="Nytt"), seen=1, by=coach, at=NOON)


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.ASSESSOR, Role.REGISTRAR])
def test_others_pose_nothing(sluice, boss, role):
    with pytest.raises(NotAllowed):
        pose(sluice.pk, posed(boss), by=person_as(role, sluice.organisation), at=NOON)


def test_a_fund_has_no_challenges(boss, sluice):
    fund = ProgrammeFactory(organisation=sluice.organisation)
    with pytest.raises(NotAllowed):
        pose(fund.pk, posed(boss), by=boss, at=NOON)


def test_a_challenge_without_mandate_behind_it_is_not_posed(sluice, boss):
    coach = person_as(Role.COACH, sluice.organisation)
    with pytest.raises(NoMandate):
        pose(sluice.pk, posed(coach), by=boss, at=NOON)
    with pytest.raises(Missing) as missing:
        pose(sluice.pk, posed(None), by=boss, at=NOON)
    assert missing.value.field == "owner"


@pytest.mark.parametrize("field", ["title", "text", "resources", "afterwards"])
def test_what_is_behind_it_must_be_said(sluice, boss, field):
    with pytest.raises(Missing) as missing:
        pose(sluice.pk, posed(boss, **{field: "  "}), by=boss, at=NOON)
    assert missing.value.field == field


def test_what_belongs_elsewhere_cannot_be_chosen(sluice, boss):
    fund = ProgrammeFactory(organisation=sluice.organisation)
    own_need = sluice_case(kind="idea")
    for field, thing in {
        "unit": UnitFactory(),
        "round": RoundFactory(),
        "goals": [GoalFactory()],
        "need": own_need,
    }.items():
        with pytest.raises(NotChoosable) as refused:
            pose(sluice.pk, posed(boss, **{field: thing}), by=boss, at=NOON)
        assert refused.value.field == field
    goal, unit = GoalFactory(programme=fund), UnitFactory(organisation=sluice.organisation)
    there = pose(sluice.pk, posed(boss, goals=[goal], unit=unit), by=boss, at=NOON)
    assert (list(there.goals.all()), there.unit) == ([goal], unit)


def test_it_is_public_as_soon_as_others_than_employees_are_asked(sluice, boss):
    both = [Audience.COMPANIES.value, Audience.STAFF.value, "aliens"]
    challenge = pose(sluice.pk, posed(boss, audiences=both), by=boss, at=NOON)
    assert (challenge.audiences, challenge.public) == (["staff", "companies"], True)
    with pytest.raises(Missing):
        pose(sluice.pk, posed(boss, audiences=[]), by=boss, at=NOON)
    open_up(challenge.pk, by=boss, at=NOON)
    assert Challenge.objects.visible_to(None, at=NOON).get() == challenge


def test_too_much_text_is_refused_with_its_field(sluice, boss):
    with pytest.raises(TooLong) as refused:
        pose(sluice.pk, posed(boss, title="x" * 161), by=boss, at=NOON)
    assert refused.value.field == "title"


def test_two_who_change_it_at_once_lose_nothing(sluice, boss):
    challenge = pose(sluice.pk, posed(boss), by=boss, at=NOON)
    now = Posed.of(challenge)
    reword(challenge.pk, replace(now, for_whom="Barn"), seen=0, by=boss, at=NOON)
    with pytest.raises(ChangedMeanwhile):
        reword(challenge.pk, replace(now, for_whom="Föräldrar"), seen=0, by=boss, at=NOON)
    challenge.refresh_from_db()
    assert (challenge.for_whom, challenge.version) == ("Barn", 1)
    same = reword(challenge.pk, Posed.of(challenge), seen=1, by=boss, at=NOON)
    assert same.version == 1
    assert verbs(challenge) == ["ideas.challenge_posed", "ideas.challenge_changed"]
    assert Entry.objects.about(challenge).last().data["was"] == {"for_whom": ""}


def test_it_opens_closes_and_opens_again(sluice, boss):
    challenge = pose(sluice.pk, posed(boss), by=boss, at=NOON)
    with pytest.raises(NotOpened):
        close_down(challenge.pk, by=boss, at=NOON)
    with pytest.raises(ClosesTooEarly):
        open_up(challenge.pk, closes_at=NOON, by=boss, at=NOON)
    open_up(challenge.pk, by=boss, at=NOON)
    open_up(challenge.pk, by=boss, at=NOON + DAY)
    assert close_down(challenge.pk, by=boss, at=NOON + 2 * DAY).closes_at == NOON + 2 * DAY
    assert close_down(challenge.pk, by=boss, at=NOON + 3 * DAY).closes_at == NOON + 2 * DAY
    again = open_up(challenge.pk, by=boss, at=NOON + 4 * DAY)
    assert (again.opens_at, again.closes_at) == (NOON, None)
    assert verbs(challenge)[1:] == [
        "ideas.challenge_opened",
        "ideas.challenge_closed",
        "ideas.challenge_opened",
    ]


def test_one_that_opens_later_is_not_open_yet(sluice, boss):
    challenge = pose(sluice.pk, posed(boss), by=boss, at=NOON)
    open_up(challenge.pk, opens_at=NOON + DAY, closes_at=NOON + 9 * DAY, by=boss, at=NOON)
    assert not Challenge.objects.open(NOON).exists()
    assert Challenge.objects.open(NOON + DAY).exists()
    early = posed(boss, closes_at=NOON)
    with pytest.raises(ClosesTooEarly):
        reword(challenge.pk, early, seen=1, by=boss, at=NOON)


def test_a_coming_opening_is_moved_or_taken_back(sluice, boss):
    challenge = pose(sluice.pk, posed(boss), by=boss, at=NOON)
    open_up(challenge.pk, opens_at=NOON + DAY, closes_at=NOON + 9 * DAY, by=boss, at=NOON)
    moved = open_up(challenge.pk, opens_at=NOON + 2 * DAY, by=boss, at=NOON)
    assert (moved.opens_at, moved.closes_at) == (NOON + 2 * DAY, None)
    draft = close_down(challenge.pk, by=boss, at=NOON)
    assert (draft.opens_at, draft.closes_at) == (None, None)
    assert verbs(challenge)[-1] == "ideas.challenge_closed"


def test_an_owner_who_has_lost_the_mandate_opens_nothing(sluice, boss):
    challenge = pose(sluice.pk, posed(boss), by=boss, at=NOON)
    boss.appointments.all().delete()
    admin = person_as(Role.ADMINISTRATOR, sluice.organisation)
    with pytest.raises(NoMandate):
        open_up(challenge.pk, by=admin, at=NOON)
    with pytest.raises(NotAllowed):
        open_up(challenge.pk, by=type(boss).objects.get(pk=boss.pk), at=NOON)


def test_it_ends_once_with_a_result_and_then_stays(sluice, boss):
    challenge = pose(sluice.pk, posed(boss), by=boss, at=NOON)
    with pytest.raises(NotOpened):
        end_with(challenge.pk, "Bra", by=boss, at=NOON)
    open_up(challenge.pk, by=boss, at=NOON)
    with pytest.raises(Missing):
        end_with(challenge.pk, " ", by=boss, at=NOON)
    with pytest.raises(TooLong):
        end_with(challenge.pk, "x" * 3001, by=boss, at=NOON)
    ended = end_with(challenge.pk, "Två svar provas.", by=boss, at=NOON + DAY)
    assert (ended.ended_at, ended.result) == (NOON + DAY, "Två svar provas.")
    with pytest.raises(AlreadyDone):
        end_with(challenge.pk, "Tre", by=boss, at=NOON + DAY)
    with pytest.raises(HasEnded):
        open_up(challenge.pk, by=boss, at=NOON + DAY)
    with pytest.raises(HasEnded):
        reword(challenge.pk, posed(boss), seen=2, by=boss, at=NOON + DAY)


def test_an_administrator_runs_every_challenge_and_a_manager_only_their_own(sluice, boss):
    challenge = pose(sluice.pk, posed(boss), by=boss, at=NOON)
    other = person_as(Role.MANAGER, sluice.organisation)
    elsewhere = person_as(Role.ADMINISTRATOR, EditionFactory().programme.organisation)
    for person in (other, elsewhere, PersonFactory(guest=True, email=None)):
        with pytest.raises(NotAllowed):
            open_up(challenge.pk, by=person, at=NOON)
    AppointmentFactory(
        organisation=sluice.organisation, person=other, role=Role.ADMINISTRATOR.value
    )
    again = type(other).objects.get(pk=other.pk)
    assert open_up(challenge.pk, by=again, at=NOON).opens_at == NOON
