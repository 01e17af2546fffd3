"""What a form sends is taken in once: as a case, or held back until somebody has looked at it."""

from datetime import date, timedelta

import pytest

from idesluss.ideas.models import Arrival, FollowUpCode, Idea
from idesluss.ideas.usecases import taking
from idesluss.ideas.usecases.arriving import as_fields, as_given, release, throw_away
from idesluss.ideas.usecases.codes import sign_in_with, waiting_of
from idesluss.ideas.usecases.drafting import drafts_of, save_draft, throw_draft
from idesluss.ideas.usecases.guests import Guest, NotReachable
from idesluss.ideas.usecases.hand_in import DoorShut, Given
from idesluss.ideas.usecases.taking import Sent, code_of, keep_draft, take_in
from idesluss.ideas.usecases.write import NotChoosable
from idesluss.ideas.vocab import Channel, IdeaKind
from idesluss.logic.refusals import AlreadyDone, Missing, NotAllowed, TooLong
from idesluss.people.models import Person
from idesluss.people.refusals import NotAnAddress
from idesluss.people.vocab import Role
from idesluss.programmes.models import Door
from idesluss.programmes.vocab import Visibility
from idesluss.records.models import Entry
from tests.factories import NOON, DoorFactory, PersonFactory, UnitFactory, person_as

pytestmark = pytest.mark.django_db
NEED = "Det är mörkt på vägen till skolan."
GIVEN = Given(need=NEED)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def door():
    return DoorFactory(first_days=3)


def test_a_guest_gets_a_case_and_a_code_that_follows_it(door):
    sent = Sent("a", guest=Guest.read(" Ann  Ek ", "ann@ek.example"), channel=Channel.KIOSK)
    arrival = take_in(door, GIVEN, sent, at=NOON)
    giver = sign_in_with(code_of("a"), at=NOON)
    assert (giver.guest, giver.name, giver.reach_mail) == (True, "Ann Ek", "ann@ek.example")
    assert Idea.objects.owned_by(giver).get() == arrival.idea
    assert (arrival.idea.channel, arrival.state, arrival.text) == ("kiosk", "taken", "")
    assert FollowUpCode.objects.get().digest not in code_of("a")


def test_the_same_form_sent_twice_is_one_case(door):
    first = take_in(door, GIVEN, Sent("a"), at=NOON)
    again = take_in(door, GIVEN, Sent("a"), at=NOON + MINUTE)
    assert (again, Idea.objects.count(), Person.objects.filter(guest=True).count()) == (first, 1, 1)
    other = take_in(door, GIVEN, Sent("b"), at=NOON + MINUTE)
    assert (other.idea != first.idea, Idea.objects.count()) == (True, 2)


@pytest.mark.parametrize("signed_in", [True, False])
def test_two_at_the_very_same_moment_are_one_case_and_no_number_is_lost(
    door, monkeypatch, signed_in
):
    sent = Sent("a", giver=PersonFactory() if signed_in else None)
    first = take_in(door, GIVEN, sent, at=NOON)
    seen, look = [], taking._earlier
    monkeypatch.setattr(
        taking, "_earlier", lambda *a, **k: look(*a, **k) if seen else seen.append(1)
    )
    assert take_in(door, GIVEN, sent, at=NOON) == first
    assert Idea.objects.count() == 1
    after = take_in(door, GIVEN, Sent("b"), at=NOON)
    assert [int(it.idea.register_number[-4:]) for it in (first, after)] == [1, 2]


def test_a_fault_of_the_database_that_is_no_second_form_is_not_hidden(door, monkeypatch):
    def broken(*args, **kwargs):
        raise taking.IntegrityError("something else")

    monkeypatch.setattr(taking, "_take", broken)
    with pytest.raises(taking.IntegrityError, match="something else"):
        take_in(door, GIVEN, Sent("a"), at=NOON)


def test_a_form_that_lies_there_for_the_next_person_is_not_sent_again(door):
    take_in(door, GIVEN, Sent("a"), at=NOON)
    with pytest.raises(AlreadyDone):
        take_in(door, GIVEN, Sent("a"), at=NOON + 10 * MINUTE)


def test_a_form_of_one_person_is_not_anothers(door):
    take_in(door, GIVEN, Sent("a", giver=PersonFactory()), at=NOON)
    with pytest.raises(AlreadyDone):
        take_in(door, GIVEN, Sent("a", giver=PersonFactory()), at=NOON)


def test_what_is_suspicious_is_held_back_whole_and_let_in_as_of_when_it_came(door):
    unit = UnitFactory(organisation=door.organisation)
    given = Given(need=NEED, title="Ljus", unit=unit, how_many=30, kind=IdeaKind.NEED, secret="x")
    arrival = take_in(door, given, Sent("a", suspicion="too many"), at=NOON)
    assert (arrival.state, arrival.reason, arrival.idea) == ("waiting", "too many", None)
    giver = sign_in_with(code_of("a"), at=NOON)
    assert waiting_of(giver) == [arrival]
    week = NOON + timedelta(days=7)
    idea = release(arrival.pk, why="En riktig idé", by=door.receiver, at=week)
    assert (idea.title, idea.unit, idea.how_many, idea.kind, idea.secret) == (
        "Ljus",
        unit,
        30,
        "need",
        "x",
    )
    assert (idea.received_at, idea.first_by) == (NOON, date(2026, 10, 8))
    assert Idea.objects.owned_by(giver).get() == idea
    assert waiting_of(giver) == []
    assert list(Entry.objects.about(arrival).values_list("verb", flat=True)) == [
        "ideas.held_back",
        "ideas.let_in",
    ]


def test_what_is_thrown_away_is_kept_with_its_reason_and_its_giver_sees_it(door):
    arrival = take_in(door, GIVEN, Sent("a", suspicion="too fast"), at=NOON)
    throw_away(arrival.pk, why="Reklam", by=door.receiver, at=NOON)
    arrival.refresh_from_db()
    assert (arrival.state, arrival.reason, arrival.handled_by) == (
        "refused",
        "Reklam",
        door.receiver,
    )
    assert waiting_of(sign_in_with(code_of("a"), at=NOON)) == [arrival]
    with pytest.raises(AlreadyDone):
        release(arrival.pk, why="Ändå", by=door.receiver, at=NOON)


@pytest.mark.parametrize("act", [release, throw_away])
def test_deciding_needs_a_reason(door, act):
    arrival = take_in(door, GIVEN, Sent("a", suspicion="too fast"), at=NOON)
    with pytest.raises(Missing):
        act(arrival.pk, why=" ", by=door.receiver, at=NOON)
    with pytest.raises(TooLong):
        act(arrival.pk, why="x" * 301, by=door.receiver, at=NOON)
    arrival.refresh_from_db()
    assert arrival.state == "waiting"


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("act", [release, throw_away])
def test_coaches_and_administrators_decide_about_what_is_held_back(door, role, act):
    person = person_as(role, door.organisation) if role else PersonFactory()
    arrival = take_in(door, GIVEN, Sent("a", suspicion="too fast"), at=NOON)
    seen = Arrival.objects.visible_to(person, at=NOON).exists()
    assert seen is (role in (Role.COACH, Role.ADMINISTRATOR))
    if seen:
        act(arrival.pk, why="Så är det", by=person, at=NOON)
    else:
        with pytest.raises(NotAllowed):
            act(arrival.pk, why="Så är det", by=person, at=NOON)


def test_a_mail_that_came_to_no_door_needs_one_and_its_sender_is_the_giver(door):
    arrival = Arrival.objects.create(
        organisation=door.organisation,
        channel="mail",
        state="waiting",
        arrived_at=NOON,
        sender="Ann@Ek.example",
        subject="Ljus",
        text=NEED,
    )
    with pytest.raises(Missing):
        release(arrival.pk, why="Ja", by=door.receiver, at=NOON)
    with pytest.raises(Missing):
        release(arrival.pk, why="Ja", by=door.receiver, at=NOON, door=DoorFactory())
    idea = release(arrival.pk, why="Ja", by=door.receiver, at=NOON, door=door)
    giver = idea.involvements.get().person
    assert (idea.title, idea.need, idea.channel) == ("Ljus", NEED, "mail")
    assert (giver.guest, giver.reach_mail) == (True, "ann@ek.example")


def test_what_a_giver_said_survives_being_held_back(door):
    given = Given(
        need=NEED,
        for_whom="alla",
        evidence="sett",
        on_behalf_of="BK",
        visibility=Visibility.INSIDE,
        name_shown=Visibility.INSIDE,
        language="da",
    )
    kept = Arrival(organisation=door.organisation, fields=as_fields(given))
    assert as_given(kept) == given


@pytest.mark.parametrize("suspicion", ["", "too fast"])
def test_a_closed_door_and_an_empty_form_are_refused_whoever_sends_it(door, suspicion):
    with pytest.raises(Missing):
        take_in(door, Given(need=" "), Sent("a", suspicion=suspicion), at=NOON)
    elsewhere = Given(need=NEED, unit=UnitFactory())
    with pytest.raises(NotChoosable):
        take_in(door, elsewhere, Sent("a", suspicion=suspicion), at=NOON)
    Door.objects.update(closed_at=NOON)
    with pytest.raises(DoorShut):
        take_in(door, GIVEN, Sent("a", suspicion=suspicion), at=NOON)
    assert (Idea.objects.count(), Person.objects.filter(guest=True).count()) == (0, 0)


def test_a_draft_is_saved_again_and_becomes_the_case(door):
    giver = PersonFactory()
    draft = save_draft(door, GIVEN, by=giver, at=NOON)
    same = save_draft(door, Given(need="Mer"), by=giver, at=NOON, draft_id=draft.pk)
    assert (same.pk, same.stage, same.need, same.edition) == (draft.pk, "draft", "Mer", None)
    assert drafts_of(giver).get() == draft
    arrival = take_in(door, GIVEN, Sent("a", giver=giver, draft_id=draft.pk), at=NOON)
    assert (arrival.idea.pk, arrival.idea.stage) == (draft.pk, "received")
    assert (drafts_of(giver).count(), Idea.objects.count()) == (0, 1)
    assert arrival.idea.involvements.count() == 1


def test_a_draft_of_somebody_elses_is_nobodys(door):
    draft = save_draft(door, GIVEN, by=PersonFactory(), at=NOON)
    stranger = PersonFactory()
    for act in (
        lambda: save_draft(door, GIVEN, by=stranger, at=NOON, draft_id=draft.pk),
        lambda: throw_draft(draft.pk, by=stranger, at=NOON),
        lambda: take_in(door, GIVEN, Sent("a", giver=stranger, draft_id=draft.pk), at=NOON),
    ):
        with pytest.raises(Idea.DoesNotExist):
            act()


def test_an_empty_draft_is_not_kept_and_an_old_one_can_be_thrown_away(door):
    giver = PersonFactory()
    with pytest.raises(Missing):
        save_draft(door, Given(need=""), by=giver, at=NOON)
    draft = save_draft(door, Given(need="", title="Ljus"), by=giver, at=NOON)
    throw_draft(draft.pk, by=giver, at=NOON)
    assert Idea.objects.count() == 0


def test_a_guests_draft_lies_behind_a_code_and_a_suspicious_one_leaves_no_draft(door):
    draft = keep_draft(door, GIVEN, Sent("a"), at=NOON)
    guest = sign_in_with(code_of("a"), at=NOON)
    assert drafts_of(guest).get() == draft
    sent = Sent("b", giver=guest, draft_id=draft.pk, suspicion="too many")
    arrival = take_in(door, GIVEN, sent, at=NOON)
    assert (drafts_of(guest).count(), arrival.fields["giver"]) == (0, guest.pk)


@pytest.mark.parametrize(
    ("reach", "mail", "phone"),
    [
        ("", "", ""),
        (" Ann@Ek.example ", "ann@ek.example", ""),
        ("070-123 45 67", "", "070-123 45 67"),
        ("+45 12 34 56 78", "", "+45 12 34 56 78"),
    ],
)
def test_how_somebody_is_reached_is_one_line(reach, mail, phone):
    guest = Guest.read("", reach)
    assert (guest.mail, guest.phone) == (mail, phone)


@pytest.mark.parametrize(
    ("name", "reach", "refusal", "field"),
    [
        ("", "ring mig", NotReachable, "reach"),
        ("", "1234", NotReachable, "reach"),
        ("", "1" * 16, NotReachable, "reach"),
        ("", "a@b", NotAnAddress, "reach"),
        ("x" * 121, "", TooLong, "name"),
    ],
)
def test_what_is_no_way_to_reach_somebody_is_refused(name, reach, refusal, field):
    with pytest.raises(refusal) as caught:
        Guest.read(name, reach)
    assert caught.value.field == field
