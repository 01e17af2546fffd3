"""Whoever asks finds what they may see, all of it, and nothing else."""

import itertools

import pytest
from django.utils import timezone

from idesluss.ideas.models import Idea
from idesluss.ideas.vocab import Part
from idesluss.insight.search import finding
from idesluss.people.vocab import Role
from tests.factories import DoorFactory, involve, person_as, sluice_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(searchable):
    """Cases of every width and of many stages in two towns, and people of every kind."""
    doors = [DoorFactory(), DoorFactory()]
    cases = [
        sluice_case(stage, door=door, title="Skridskor att låna ut", visibility=width)
        for door, width, stage in itertools.product(
            doors,
            ("public", "inside", "closed"),
            ("draft", "received", "testing", "declined", "withdrawn", "redirected"),
        )
    ]
    here = doors[0].organisation
    people = {role.value: person_as(role, here) for role in Role}
    people["giver"] = cases[12].involvements.get(part="owner").person
    people["nobody"] = None
    assessor = people["assessor"]
    involve(cases[13], assessor, Part.ASSESSOR)
    searchable()
    return cases, people


def found(person, **more):
    asked = finding.Asked("skridskor", "sv")
    return finding.find(asked, person, at=timezone.now(), limit=100, **more)


def test_everybody_finds_exactly_what_they_may_see(world):
    _, people = world
    for name, person in people.items():
        may = set(Idea.objects.shown_to(person, at=timezone.now()).exclude(stage="draft"))
        page = found(person)
        assert {it.thing for it in page.found} == may, name
        assert page.total == len(may), name
    assert len(found(people["nobody"]).found) == 6


def test_what_was_asked_for_without_is_left_out(world):
    cases, _ = world
    page = found(None, without=cases[1])
    assert cases[1] not in {it.thing for it in page.found}
    assert page.total == 5


def test_marks_choose_among_them(world):
    cases, people = world
    here = cases[0].programme.organisation_id
    asked = finding.Asked("skridskor", "sv", marks=[[f"org:{here}"], ["stage:testing"]])
    page = finding.find(asked, people["nobody"], at=timezone.now())
    assert [it.thing for it in page.found] == [cases[2]]


def test_pages_follow_one_another(world):
    _, people = world
    whole = [it.thing for it in found(people["coach"]).found]
    asked = finding.Asked("skridskor", "sv")
    pages = [
        [
            it.thing
            for it in finding.find(
                asked, people["coach"], at=timezone.now(), first=n, limit=4
            ).found
        ]
        for n in range(0, len(whole), 4)
    ]
    assert list(itertools.chain(*pages)) == whole


def test_it_says_why(world):
    hit = found(None).found[0]
    assert [(it.asked, it.words) for it in hit.why] == [("skridskor", ("skridskor",))]


def test_nothing_is_told_of_what_is_not_sure_enough(world):
    assert found(None, least=99.0) == finding.Page()


@pytest.mark.parametrize("text", ["", "och", "😀", '"', "-", "NEAR/", "x" * 100_000, "\x00"])
def test_strange_questions_find_nothing(world, text):
    page = finding.find(finding.Asked(text, "sv"), None, at=timezone.now())
    assert page.found == ()


def test_what_it_asks_of_the_database_does_not_grow(searchable, count_queries):
    door = DoorFactory()
    coach = person_as(Role.COACH, door.organisation)

    def add(number):
        for _ in range(number):
            sluice_case(door=door, title="Skridskor att låna ut")
        searchable()
        finding.engine_now()

    assert count_queries(lambda: found(coach), add) == 4


def test_what_is_hidden_does_not_keep_back_what_is_not(searchable):
    """How much of the best one's score is enough is told by the best that may be seen."""
    cases = {
        sluice_case(title="Skridskor", need="skridskor " * 20, visibility="public"),
        sluice_case(title="Loppis", need="Ett par skridskor.", visibility="public"),
    }
    searchable()
    (best,) = (it.thing for it in found(None, share=0.95).found)
    Idea.objects.filter(pk=best.pk).update(visibility="closed")
    assert {it.thing for it in found(None, share=0.95).found} == cases - {best}


def test_what_came_of_a_case_finds_it_but_likens_it_to_no_other(searchable):
    """Many are answered in the same words; that says nothing of what they are about."""
    door = DoorFactory()
    said = {"stage": "declined", "visibility": "public", "door": door}
    answer = "Vi har gått igenom det med vaktmästarna, och det blir för dyrt i år."
    about = {"Skridskor att låna": "Barn vill åka på isen.", "Tystare bussar": "Jag somnar inte."}
    cases = {
        title: sluice_case(title=title, need=need, answer=answer, **said)
        for title, need in about.items()
    }
    searchable()
    first = finding.find(finding.Asked("skridskor", "sv"), None, at=timezone.now())
    assert [it.thing for it in first.found] == [cases["Skridskor att låna"]]
    by_answer = finding.find(finding.Asked("vaktmästarna", "sv"), None, at=timezone.now())
    assert {it.thing for it in by_answer.found} == set(cases.values())
