from datetime import date

import pytest
from django.core.files.base import ContentFile

from idesluss.ideas.models import Finding, Follow, Idea, Message
from idesluss.ideas.usecases import say
from idesluss.ideas.usecases.attach import attach
from idesluss.ideas.usecases.splitting import Goes, NewPart, NotInTheCase, split
from idesluss.ideas.usecases.worked import NextDatePassed
from idesluss.ideas.vocab import FindingKind, Part
from idesluss.logic.refusals import Missing, NotAllowed, TooLong
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import NOON, PersonFactory, involve, person_as, sluice_case

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 10, 9)
LAMP = NewPart("Lampan i förrådet", "Det är mörkt när vi hämtar lyften.", FRIDAY)


def test_the_new_part_has_a_number_of_its_own_the_same_people_and_the_old_promises():
    owner, other, ear = PersonFactory(), PersonFactory(), PersonFactory()
    idea = sluice_case(owner=owner)
    involve(idea, other, Part.CO_APPLICANT)
    Follow.objects.create(idea=idea, person=ear, at=NOON)
    new = split(idea.pk, LAMP, by=idea.responsible, at=NOON)
    assert new.register_number not in ("", idea.register_number)
    assert (new.split_from, new.stage, new.next_on, new.just_do_at) == (
        idea,
        "received",
        FRIDAY,
        None,
    )
    assert (new.first_by, new.answer_by, new.responsible) == (
        idea.first_by,
        idea.answer_by,
        idea.responsible,
    )
    assert set(Idea.objects.owned_by(owner)) == set(Idea.objects.owned_by(other)) == {idea, new}
    assert new.follows.get().person == ear
    verbs = [Entry.objects.about(it).last().verb for it in (idea, new)]
    assert verbs == ["ideas.split", "ideas.split_off"]


def test_what_is_chosen_is_copied_or_moved_and_the_rest_stays(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    owner = PersonFactory()
    idea = sluice_case(owner=owner)
    stays, copied, moved = (say(idea.pk, it, by=owner, at=NOON) for it in ("a", "b", "c"))
    canvas = Finding.objects.create(
        idea=idea, kind=FindingKind.CANVAS.value, facts={"who": "vi"}, by=owner, at=NOON
    )
    file, gone = (
        attach(idea, name=f"{it}.txt", content=ContentFile(it.encode()), size=1, by=owner, at=NOON)
        for it in "de"
    )
    part = NewPart(
        "Ny",
        "Behov",
        FRIDAY,
        messages={copied.pk: Goes.COPY, moved.pk: Goes.MOVE},
        findings={canvas.pk: Goes.COPY},
        files={file.pk: Goes.COPY, gone.pk: Goes.MOVE},
    )
    new = split(idea.pk, part, by=idea.responsible, at=NOON)
    assert list(idea.messages.all()) == [stays, copied]
    assert list(new.messages.values_list("text", "by")) == [("c", owner.pk), ("b", owner.pk)]
    assert new.findings.get().facts == idea.findings.get().facts == {"who": "vi"}
    assert idea.attachments.get() == file
    copy = new.attachments.exclude(pk=gone.pk).get()
    with copy.file.open("rb") as content:
        assert (copy.sha256, content.read()) == (file.sha256, b"d")
    assert copy.file.name != file.file.name


def test_a_part_that_the_workplace_fixes_is_marked_at_once():
    idea = sluice_case()
    part = NewPart("Lampan", "Mörkt", FRIDAY, by_the_workplace=True)
    assert split(idea.pk, part, by=idea.responsible, at=NOON).just_do_at == NOON


@pytest.mark.parametrize(
    ("part", "no"),
    [
        (NewPart(" ", "b", FRIDAY), Missing),
        (NewPart("a", "", FRIDAY), Missing),
        (NewPart("x" * 161, "b", FRIDAY), TooLong),
        (NewPart("a", "b", date(2026, 10, 4)), NextDatePassed),
        (NewPart("a", "b", FRIDAY, messages={987654: Goes.COPY}), NotInTheCase),
    ],
)
def test_what_cannot_be_split_says_why_and_leaves_nothing(part, no):
    idea = sluice_case()
    with pytest.raises(no):
        split(idea.pk, part, by=idea.responsible, at=NOON)
    assert (Idea.objects.count(), Message.objects.count()) == (1, 0)


@pytest.mark.parametrize("role", list(Role))
def test_only_who_works_with_it_splits(role):
    idea = sluice_case()
    person = person_as(role, idea.programme.organisation)
    if role in (Role.COACH, Role.ADMINISTRATOR):
        assert split(idea.pk, LAMP, by=person, at=NOON).split_from == idea
        return
    with pytest.raises(NotAllowed):
        split(idea.pk, LAMP, by=person, at=NOON)
