from datetime import timedelta

import pytest

from idesluss.ideas.models import Follow, Support
from idesluss.ideas.usecases.guests import Guest
from idesluss.ideas.usecases.supporting import (
    GUESTS_AN_HOUR,
    OwnCase,
    TooManyAtOnce,
    follow,
    support,
    support_as_stranger,
    take_support_back,
    unfollow,
)
from idesluss.ideas.usecases.worked import NotAtWork
from idesluss.logic.lifecycle import Stage
from idesluss.logic.refusals import NotAllowed, TooLong
from idesluss.people.vocab import Role
from idesluss.programmes.vocab import Visibility
from idesluss.records.models import Entry
from tests.factories import NOON, AppointmentFactory, UnitFactory, person_as, sluice_case
from tests.ideas.ties import guest

pytestmark = pytest.mark.django_db
WIDE = {"visibility": Visibility.PUBLIC.value}
ME = Guest("Nadia Holm", mail="nadia@example.com")


def test_a_colleague_says_me_too_once_however_often_and_may_change_the_reason():
    idea = sluice_case(visibility=Visibility.INSIDE.value)
    here = idea.programme.organisation
    unit = UnitFactory(organisation=here)
    person = person_as(Role.EMPLOYEE, here)
    AppointmentFactory(person=person, organisation=here, unit=unit)
    support(idea.pk, "Hos oss med", by=person, at=NOON)
    there = support(idea.pk, " Varje dag ", by=person, at=NOON)
    assert (Support.objects.get(), there.reason, there.unit) == (there, "Varje dag", unit)
    verbs = Entry.objects.about(idea).values_list("verb", flat=True)
    assert list(verbs) == ["ideas.supported"]


def test_me_too_is_taken_back_and_twice_is_once():
    idea = sluice_case(**WIDE)
    person = guest()
    support(idea.pk, "", by=person, at=NOON)
    for _ in range(2):
        take_support_back(idea.pk, by=person, at=NOON)
    assert not idea.supports.exists()
    verbs = Entry.objects.about(idea).values_list("verb", flat=True)
    assert list(verbs) == ["ideas.supported", "ideas.support_taken_back"]


@pytest.mark.parametrize("visibility", list(Visibility))
@pytest.mark.parametrize("inside", [True, False])
def test_only_what_one_may_read_is_supported_and_followed(visibility, inside):
    idea = sluice_case(visibility=visibility.value)
    person = person_as(Role.EMPLOYEE, idea.programme.organisation) if inside else guest()
    open_to_me = visibility is Visibility.PUBLIC or (inside and visibility is Visibility.INSIDE)
    by = {"by": person, "at": NOON}
    for act in (lambda: support(idea.pk, "", **by), lambda: follow(idea.pk, **by)):
        if open_to_me:
            assert act().person == person
        else:
            with pytest.raises(NotAllowed):
                act()


@pytest.mark.parametrize("stage", [Stage.PARKED, Stage.PERMANENT, Stage.DECLINED, Stage.STOPPED])
def test_what_sleeps_or_is_in_use_is_supported_and_other_endings_are_not(stage):
    idea = sluice_case(stage.value, **WIDE)
    if stage in (Stage.PARKED, Stage.PERMANENT):
        assert support(idea.pk, "", by=guest(), at=NOON).idea == idea
    else:
        with pytest.raises(NotAtWork):
            support(idea.pk, "", by=guest(), at=NOON)


def test_givers_do_not_count_twice_and_reasons_have_an_end():
    owner = guest()
    idea = sluice_case(owner=owner, **WIDE)
    with pytest.raises(OwnCase):
        support(idea.pk, "", by=owner, at=NOON)
    with pytest.raises(TooLong):
        support(idea.pk, "x" * 501, by=guest(), at=NOON)


def test_somebody_without_an_account_becomes_a_guest_for_what_everybody_may_read():
    there = support_as_stranger(sluice_case(**WIDE).pk, "Min mamma", ME, language="sv", at=NOON)
    assert (there.person.guest, there.person.name, there.person.reach_mail) == (
        True,
        "Nadia Holm",
        "nadia@example.com",
    )
    inside = sluice_case(visibility=Visibility.INSIDE.value)
    with pytest.raises(NotAllowed):
        support_as_stranger(inside.pk, "", ME, language="sv", at=NOON)


def test_a_flood_of_strangers_has_to_wait_an_hour():
    idea = sluice_case(**WIDE)
    for _ in range(GUESTS_AN_HOUR):
        support_as_stranger(idea.pk, "", Guest(), language="sv", at=NOON)
    with pytest.raises(TooManyAtOnce):
        support_as_stranger(idea.pk, "", Guest(), language="sv", at=NOON)
    later = NOON + timedelta(hours=1)
    assert support_as_stranger(idea.pk, "", Guest(), language="sv", at=later)


def test_following_begins_and_ends():
    idea = sluice_case(**WIDE)
    person = guest()
    assert follow(idea.pk, by=person, at=NOON) == follow(idea.pk, by=person, at=NOON)
    for _ in range(2):
        unfollow(idea.pk, by=person, at=NOON)
    assert not Follow.objects.exists()
    verbs = Entry.objects.about(idea).values_list("verb", flat=True)
    assert list(verbs) == ["ideas.followed", "ideas.unfollowed"]
