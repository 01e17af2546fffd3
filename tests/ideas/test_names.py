"""Whose name a reader of a case is told: kind of reader × what the giver chose."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from idesluss.ideas.models import Idea
from idesluss.ideas.reads.case import case_page
from idesluss.ideas.reads.names import Reader, givers_of, may_know, names_for
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.people.vocab import Role
from tests.factories import (
    NOON,
    ApplicationFactory,
    PersonFactory,
    declare,
    involve,
    person_as,
    sluice_case,
)

pytestmark = pytest.mark.django_db

CLOSED, INSIDE, PUBLIC = "closed", "inside", "public"
TOLD = {
    (Reader.OFFICE, CLOSED): True,
    (Reader.OFFICE, INSIDE): True,
    (Reader.OFFICE, PUBLIC): True,
    (Reader.GIVER, CLOSED): False,
    (Reader.GIVER, INSIDE): True,
    (Reader.GIVER, PUBLIC): True,
    (Reader.INSIDE, CLOSED): False,
    (Reader.INSIDE, INSIDE): True,
    (Reader.INSIDE, PUBLIC): True,
    (Reader.OUTSIDE, CLOSED): False,
    (Reader.OUTSIDE, INSIDE): False,
    (Reader.OUTSIDE, PUBLIC): True,
}


@dataclass
class World:
    idea: object
    giver: object

    @property
    def here(self):
        return self.idea.programme.organisation

    def conflicted(self):
        coach = person_as(Role.COACH, self.here)
        declare(self.idea, coach, ConflictState.DECLARED)
        return coach


READERS = {
    "the giver": (lambda it: it.giver, Reader.GIVER),
    "coach": (lambda it: it.idea.responsible, Reader.OFFICE),
    "administrator": (lambda it: person_as(Role.ADMINISTRATOR, it.here), Reader.OFFICE),
    "registrar": (lambda it: person_as(Role.REGISTRAR, it.here), Reader.OFFICE),
    "employee": (lambda it: person_as(Role.EMPLOYEE, it.here), Reader.INSIDE),
    "manager of another unit": (lambda it: person_as(Role.MANAGER, it.here), Reader.INSIDE),
    "coach with a conflict": (lambda it: it.conflicted(), Reader.OUTSIDE),
    "coach elsewhere": (lambda it: person_as(Role.COACH, sluice_case().programme.organisation),
                        Reader.OUTSIDE),
    "a guest of another case": (lambda it: PersonFactory(guest=True, email=None), Reader.OUTSIDE),
    "nobody": (lambda it: None, Reader.OUTSIDE),
}  # fmt: skip


def names_on(idea, person):
    return case_page(idea.pk, person, idea.programme.organisation, at=NOON)


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("name_shown", [CLOSED, INSIDE, PUBLIC])
def test_a_name_is_told_to_those_who_handle_it_and_else_as_the_giver_chose(who, name_shown):
    giver = PersonFactory(name="Görel Givare")
    world = World(sluice_case(owner=giver, visibility=PUBLIC, name_shown=name_shown), giver)
    make, kind = READERS[who]
    page = names_on(world.idea, make(world))
    assert page.reader is kind
    [called] = page.given_by
    told = TOLD[kind, name_shown] or kind is Reader.GIVER  # one's own name is no secret
    assert (called.name, called.you) == ("Görel Givare" * told, kind is Reader.GIVER)
    assert page.knows_giver is told
    assert may_know(kind, name_shown) is TOLD[kind, name_shown]


def test_those_who_hand_in_together_know_each_other():
    idea = sluice_case(owner=PersonFactory(name="Ada"))
    other = PersonFactory(name="Bo")
    involve(idea, other, Part.CO_APPLICANT)
    assert [it.name for it in names_on(idea, other).given_by] == ["Ada", "Bo"]


def test_whose_case_was_merged_into_another_they_did_not_choose_to_be_known_to_its_givers():
    idea = sluice_case(owner=PersonFactory(name="Ada"))
    bo = PersonFactory(name="Bo")
    sluice_case("merged", owner=bo, merged_into=idea, answer="Samma behov.")
    involve(idea, bo, Part.CO_APPLICANT)
    ada = Idea.objects.get(pk=idea.pk).involvements.first().person
    assert [it.name for it in names_on(idea, bo).given_by] == ["", "Bo"]
    assert [it.name for it in names_on(idea, ada).given_by] == ["Ada", ""]
    assert [it.name for it in names_on(idea, idea.responsible).given_by] == ["Ada", "Bo"]


def test_the_name_of_somebody_who_left_the_case_is_kept_as_it_was_chosen():
    idea = sluice_case(visibility=PUBLIC)
    gone = PersonFactory(name="Cecilia")
    part = involve(idea, gone, Part.CO_APPLICANT)
    part.ended_at = NOON + timedelta(days=1)
    part.save()
    names = names_for(Reader.OUTSIDE, None, idea, givers_of(idea))
    assert (names.of(gone).name, names.of(gone).gives) == ("", True)
    assert names.of(idea.responsible).name == idea.responsible.name


def test_a_draft_has_no_page():
    owner = PersonFactory()
    idea = sluice_case("draft", owner=owner)
    assert names_on(idea, owner) is None


def test_a_case_has_no_page_in_another_organisation_and_none_as_an_application_to_a_fund():
    owner = PersonFactory()
    idea = sluice_case(owner=owner)
    elsewhere = sluice_case().programme.organisation
    assert case_page(idea.pk, owner, elsewhere, at=NOON) is None
    draft = ApplicationFactory(stage="received", owner=owner)
    assert names_on(draft.idea, owner) is None
