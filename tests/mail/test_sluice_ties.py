"""Letters about what binds cases and people together: to whom, and what they say."""

from datetime import timedelta

import pytest

from idesluss.ideas.models import Follow, Support
from idesluss.ideas.usecases.givers import hand_over, invite_giver
from idesluss.ideas.usecases.just_do import just_do, just_done, turned_out_bigger
from idesluss.ideas.usecases.masking import mask
from idesluss.ideas.usecases.merging import merge, unmerge
from idesluss.ideas.usecases.sending_on import send_on
from idesluss.ideas.usecases.splitting import NewPart, split
from idesluss.ideas.usecases.supporting import support
from idesluss.ideas.vocab import OtherDoor
from idesluss.jobs.deliver import deliver
from idesluss.people.vocab import Role
from idesluss.programmes.vocab import Visibility
from idesluss.records.models import Letter
from tests.factories import NOON, PersonFactory, person_as, sluice_case

pytestmark = pytest.mark.django_db
FRIDAY = NOON.date() + timedelta(days=4)


@pytest.fixture
def giver():
    return PersonFactory(name="Görel", email="gorel@x.example", language="en")


@pytest.fixture
def idea(giver):
    return sluice_case(owner=giver, title="Lyften", visibility=Visibility.PUBLIC.value)


def told(at=NOON):
    """(kind, to, text) of the letters that follow, and away with them."""
    while deliver(at):
        pass
    letters = [(it.kind, it.to, it.text) for it in Letter.objects.order_by("id")]
    Letter.objects.all().delete()
    return letters


def kinds():
    return [(kind, to) for kind, to, _text in told()]


def test_a_colleague_is_invited_to_the_case_and_a_guest_to_a_code(idea, giver):
    colleague = person_as(Role.EMPLOYEE, idea.programme.organisation, email="kim@x.example")
    invite_giver(idea.pk, "kim@x.example", by=giver, at=NOON)
    invite_giver(idea.pk, "ute@y.example", name="Ute", by=giver, at=NOON)
    (kind, to, text), (guests, its, words) = told()
    assert (kind, to) == ("ideas.giver_joined", colleague.email)
    assert f"/cases/{idea.pk}/" in text
    assert (guests, its) == ("people.invited_to_case", "ute@y.example")
    assert "/follow/invited/" in words
    assert "/cases/" not in words


def test_the_new_owner_is_told(idea, giver):
    colleague = person_as(Role.EMPLOYEE, idea.programme.organisation, email="kim@x.example")
    invite_giver(idea.pk, "kim@x.example", by=giver, at=NOON)
    told()
    hand_over(idea.pk, colleague, by=giver, at=NOON)
    assert kinds() == [("ideas.handed_over", "kim@x.example")]


def test_both_sides_of_a_merging_are_told_and_nobody_twice(idea, giver):
    other_giver, fan = PersonFactory(email="b@x.example"), PersonFactory(email="c@x.example")
    other = sluice_case(door=idea.door, owner=other_giver, title="Lyft borta")
    Support.objects.create(idea=idea, person=fan, at=NOON)
    Follow.objects.create(idea=idea, person=fan, at=NOON)
    coach = idea.responsible
    merge(idea.pk, other.pk, answer="Samma behov.", by=coach, at=NOON)
    letters = told()
    assert [(kind, to) for kind, to, _ in letters] == [
        ("ideas.merged", giver.email),
        ("ideas.merged_followed", fan.email),
        ("ideas.joined", other_giver.email),
    ]
    assert "Samma behov." in letters[0][2]
    unmerge(idea.pk, why="Två lyftar.", by=coach, at=NOON)
    [(kind, to, text)] = told()
    assert (kind, to, "Två lyftar." in text) == ("ideas.unmerged", giver.email, True)


def test_what_becomes_of_a_case_is_told_to_those_who_handed_it_in(idea, giver):
    coach, who = idea.responsible, {"by": idea.responsible, "at": NOON}
    split(idea.pk, NewPart("Lampan", "Mörkt", FRIDAY), **who)
    just_do(idea.pk, next_on=FRIDAY, what="Flytta den", **who)
    turned_out_bigger(idea.pk, why="El behövs", next_on=FRIDAY, **who)
    mask(idea.pk, "Backarna", reason="Sjukdom", **who)
    letters = told()
    support(idea.pk, "", by=PersonFactory(), at=NOON)
    letters += told()
    assert [kind for kind, _, _ in letters] == [
        "ideas.split",
        "ideas.just_do",
        "ideas.turned_out_bigger",
        "ideas.masked",
        "ideas.supported",
    ]
    assert {to for _, to, _ in letters} == {giver.email}
    for (_, _, text), words in zip(letters, ("Lampan", "Flytta", "El", "Sjukdom"), strict=False):
        assert words in text
    assert coach.email not in {to for _, to, _ in letters}


def test_the_end_of_what_was_just_done_reaches_those_who_follow(idea, giver):
    ear = PersonFactory(email="ear@x.example")
    Follow.objects.create(idea=idea, person=ear, at=NOON)
    who = {"by": idea.responsible, "at": NOON}
    just_do(idea.pk, next_on=FRIDAY, **who)
    told()
    just_done(idea.pk, answer="Lyften står mitt i.", **who)
    assert kinds() == [("ideas.just_done", giver.email), ("ideas.just_done", ear.email)]


@pytest.mark.parametrize("kind", [OtherDoor.FAULT, OtherDoor.WHISTLE])
def test_of_what_is_sent_on_only_the_giver_is_told(idea, giver, kind):
    fan = PersonFactory(email="fan@x.example")
    Support.objects.create(idea=idea, person=fan, at=NOON)
    send_on(idea.pk, kind, to="Felanmälan", answer="Dit.", by=idea.responsible, at=NOON)
    [(name, to, text)] = told()
    assert (name, to) == ("ideas.sent_on", giver.email)
    assert "Felanmälan" in text
