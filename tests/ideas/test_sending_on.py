from datetime import timedelta

import pytest

from idesluss.ideas.models import Arrival, Idea, Talk
from idesluss.ideas.usecases import wake
from idesluss.ideas.usecases.sending_on import send_on
from idesluss.ideas.vocab import OtherDoor, Part
from idesluss.logic.lifecycle import NoSuchStep
from idesluss.logic.refusals import Missing, NotAllowed, TooLong
from idesluss.people.vocab import Role
from idesluss.programmes.vocab import Visibility
from idesluss.records.models import Entry
from tests.factories import NOON, DoorFactory, PersonFactory, involve, person_as, sluice_case

pytestmark = pytest.mark.django_db
SAID = "Du kommer rätt hos felanmälan."


def sent(idea, kind=OtherDoor.FAULT, **who):
    said = {"to": "Felanmälan, 0410-12 34", "answer": SAID, "at": NOON}
    return send_on(idea.pk, kind, **(said | {"by": idea.responsible} | who))


def test_it_ends_as_sent_on_with_where_and_why_and_the_giver_reads_it_still():
    owner = PersonFactory()
    idea = sluice_case(owner=owner)
    one = sent(idea)
    assert (one.stage, one.answer, one.at_step) == ("redirected", SAID, idea.at_step)
    entry = Entry.objects.about(idea).last()
    assert (entry.verb, entry.data["to"], entry.data["kind"], entry.data["sealed"]) == (
        "ideas.sent_on",
        "Felanmälan, 0410-12 34",
        "fault",
        False,
    )
    assert Idea.objects.visible_to(owner, at=NOON).get() == idea


def test_without_where_or_why_nothing_is_sent():
    idea = sluice_case()
    with pytest.raises(Missing):
        sent(idea, to=" ")
    with pytest.raises(Missing):
        sent(idea, answer="")
    with pytest.raises(TooLong):
        sent(idea, to="x" * 201)
    with pytest.raises(NotAllowed):
        sent(idea, by=person_as(Role.EMPLOYEE, idea.programme.organisation))


@pytest.mark.parametrize("visibility", list(Visibility))
@pytest.mark.parametrize("role", list(Role))
def test_what_tells_of_wrongdoing_is_read_by_registrars_and_who_sent_it_only(role, visibility):
    door = DoorFactory()
    owner, sender = PersonFactory(), person_as(Role.COACH, door.organisation)
    idea = sluice_case(door=door, owner=owner, visibility=visibility.value)
    person = person_as(role, door.organisation)
    asked = person_as(Role.MANAGER, door.organisation)
    involve(idea, asked, Part.ENDORSER)
    sent(idea, OtherDoor.WHISTLE, by=sender)
    seen = {
        who: Idea.objects.shown_to(who, at=NOON).exists()
        for who in (None, owner, sender, door.receiver, person, asked)
    }
    assert seen == {
        None: False,
        owner: True,
        sender: True,
        door.receiver: False,
        person: role is Role.REGISTRAR,
        asked: False,
    }
    assert seen == {who: Idea.objects.sluiced_shown_to(who, at=NOON).exists() for who in seen}


def test_the_mail_it_came_by_and_the_talks_about_it_are_sealed_too():
    idea = sluice_case()
    here, sender = idea.programme.organisation, idea.responsible
    other = person_as(Role.ADMINISTRATOR, here)
    came = {"channel": "mail", "state": "taken", "arrived_at": NOON, "organisation": here}
    Arrival.objects.create(idea=idea, **came)
    loose = Arrival.objects.create(**came | {"state": "ignored"})
    asked = {"asked_at": NOON, "answer_by": NOON.date(), "organisation": here, "coach": sender}
    Talk.objects.create(idea=idea, asked_by=PersonFactory(), **asked)
    assert Talk.objects.visible_to(other, at=NOON).count() == 1
    sent(idea, OtherDoor.WHISTLE)
    assert list(Arrival.objects.visible_to(other, at=NOON)) == [loose]
    assert Arrival.objects.visible_to(sender, at=NOON).count() == 2
    assert not Arrival.objects.visible_to(None, at=NOON).exists()
    assert not Talk.objects.visible_to(other, at=NOON).exists()
    assert Talk.objects.visible_to(sender, at=NOON).count() == 1


@pytest.mark.parametrize("kind", list(OtherDoor))
def test_what_was_sent_on_can_come_back_but_never_what_tells_of_wrongdoing(kind):
    idea = sluice_case()
    sender = idea.responsible
    sent(idea, kind)
    day = NOON.date() + timedelta(days=1)
    again = {"responsible": sender, "next_on": day, "why": "Det var vår sak", "at": NOON}
    colleague = person_as(Role.COACH, idea.programme.organisation)
    if kind is OtherDoor.WHISTLE:
        with pytest.raises(NoSuchStep):
            wake(idea.pk, by=sender, **again)
    else:
        wake(idea.pk, by=sender, **again)
    open_to_others = Idea.objects.handled_by(colleague, at=NOON).exists()
    assert open_to_others == (kind is not OtherDoor.WHISTLE)
