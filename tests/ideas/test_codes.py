"""Follow-up codes: given, used, replaced, revoked, and taken over into an account."""

from datetime import timedelta

import pytest

from idesluss.ideas.models import FollowUpCode, Idea
from idesluss.ideas.rules import may_work
from idesluss.ideas.usecases import codes
from idesluss.ideas.usecases.codes import (
    NotAGuest,
    ResponsibleForIt,
    WrongCode,
    ask_code,
    code_link,
    give_code,
    new_code_by_link,
    read_code_link,
    renew_code,
    revoke_codes,
    sign_in_with,
    take_over,
    waiting_of,
)
from idesluss.ideas.usecases.hand_in import Given
from idesluss.ideas.usecases.taking import Sent, code_of, take_in
from idesluss.ideas.vocab import Part
from idesluss.logic.refusals import NotAllowed
from idesluss.people.models import Person
from idesluss.people.refusals import BadLink, LinkTooOld
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import (
    NOON,
    DoorFactory,
    PersonFactory,
    involve,
    person_as,
    sluice_case,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def guest():
    return PersonFactory(name="", email=None, guest=True, reach_mail="ann@ek.example")


def given(guest, at=NOON):
    return give_code(guest, by=guest, at=at)


def test_a_code_signs_its_guest_in_and_is_kept_nowhere(guest):
    code = given(guest)
    assert sign_in_with(code.lower().replace("-", " "), at=NOON) == guest
    kept = FollowUpCode.objects.get()
    assert (kept.used_at, len(kept.digest)) == (NOON, 64)
    everywhere = f"{list(FollowUpCode.objects.values())}{list(Entry.objects.values())}"
    everywhere += str(list(Person.objects.values()))
    assert code not in everywhere
    assert [it.verb for it in Entry.objects.about(guest)] == ["ideas.code_given", "ideas.code_used"]


def test_two_codes_are_never_alike(guest):
    assert len({given(guest) for _ in range(20)}) == 20


def test_a_new_code_ends_the_old_one_and_the_sessions_it_opened(guest):
    old = given(guest)
    guest.refresh_from_db()
    before = guest.get_session_auth_hash()
    new = given(guest)
    guest.refresh_from_db()
    assert guest.get_session_auth_hash() != before
    assert (guest.has_usable_password(), guest.check_password(new)) == (False, False)
    with pytest.raises(WrongCode):
        sign_in_with(old, at=NOON)
    assert sign_in_with(new, at=NOON) == guest


@pytest.mark.parametrize("why", ["wrong", "nonsense", "revoked", "closed", "account"])
def test_wrong_and_revoked_are_the_same(guest, why):
    code = given(guest)
    if why == "wrong":
        code = code_of("some other form")
    if why == "nonsense":
        code = "hej"
    if why == "revoked":
        revoke_codes(guest, by=guest, at=NOON)
    if why == "closed":
        Person.objects.update(is_active=False)
    if why == "account":
        Person.objects.update(guest=False)
    with pytest.raises(WrongCode) as caught:
        sign_in_with(code, at=NOON)
    assert caught.value == WrongCode()


@pytest.mark.parametrize("text", ["hej", "", code_of("x")])
def test_a_wrong_code_asks_the_database_as_much_as_nonsense(text, django_assert_num_queries):
    with django_assert_num_queries(4), pytest.raises(WrongCode):  # three are the savepoint
        sign_in_with(text, at=NOON)


def test_only_guests_have_codes():
    with pytest.raises(NotAGuest):
        given(PersonFactory())


def test_whoever_works_a_case_gives_its_guest_a_new_code(guest):
    idea = sluice_case(owner=guest)
    old = given(guest)
    new = renew_code(idea.pk, by=idea.responsible, at=NOON)
    with pytest.raises(WrongCode):
        sign_in_with(old, at=NOON)
    assert sign_in_with(new, at=NOON) == guest


@pytest.mark.parametrize("role", [None, *Role])
def test_nobody_else_does(guest, role):
    idea = sluice_case(owner=guest)
    organisation = idea.programme.organisation
    person = person_as(role, organisation) if role else PersonFactory()
    if may_work(person, idea, at=NOON):
        assert role in (Role.COACH, Role.ADMINISTRATOR)
        return
    with pytest.raises(NotAllowed):
        renew_code(idea.pk, by=person, at=NOON)


def test_a_giver_with_an_account_needs_no_code():
    idea = sluice_case(owner=PersonFactory())
    with pytest.raises(NotAGuest):
        renew_code(idea.pk, by=idea.responsible, at=NOON)


def test_a_lost_code_is_asked_for_with_number_and_address(guest):
    idea = sluice_case(owner=guest)
    given(guest)
    for number, mail in (
        (idea.register_number, "nagon@annan.example"),
        ("INN 1999/0001", "ann@ek.example"),
        ("", "ann@ek.example"),
        (idea.register_number, ""),
    ):
        ask_code(number, mail, at=NOON)
    assert not Entry.objects.filter(verb="ideas.code_asked").exists()
    ask_code(f" {idea.register_number.lower()} ", "Ann@Ek.example", at=NOON)
    entry = Entry.objects.get(verb="ideas.code_asked")
    assert (entry.about_id, entry.organisation_id) == (guest.pk, idea.organisation_id)
    link = code_link(guest.pk, entry.data["code"], asked_at=entry.at)
    assert sign_in_with(new_code_by_link(link, at=NOON), at=NOON) == guest
    with pytest.raises(BadLink):  # once is all
        new_code_by_link(link, at=NOON)


def test_the_link_to_a_new_code_holds_for_an_hour_and_for_its_guest(guest):
    given(guest)
    code = FollowUpCode.objects.get().pk
    link = code_link(guest.pk, code, asked_at=NOON)
    assert read_code_link(link, at=NOON + HOUR - timedelta(seconds=1)) == guest
    with pytest.raises(LinkTooOld):
        read_code_link(link, at=NOON + HOUR)
    for wrong in ("nonsense", code_link(PersonFactory().pk, code, asked_at=NOON)):
        with pytest.raises(BadLink):
            read_code_link(wrong, at=NOON)


def test_a_case_is_taken_into_an_account_and_the_code_stops(guest):
    door = DoorFactory()
    taken = take_in(door, Given(need="Ljus"), Sent("a"), at=NOON)
    giver = sign_in_with(code_of("a"), at=NOON)
    take_in(door, Given(need="Mer ljus"), Sent("b", giver=giver, suspicion="x"), at=NOON)
    me = PersonFactory()
    assert take_over(code_of("a"), by=me, at=NOON) == [taken.idea]
    assert Idea.objects.owned_by(me).get() == taken.idea
    assert not Idea.objects.owned_by(giver).exists()
    assert [it.text for it in waiting_of(me)] == ["Mer ljus"]
    with pytest.raises(WrongCode):
        take_over(code_of("a"), by=me, at=NOON)
    assert Entry.objects.get(verb="ideas.taken_over").data == {"guest": giver.pk}


def test_whoever_gives_it_already_stays_one_giver(guest):
    idea, me = sluice_case(owner=guest), PersonFactory()
    involve(idea, me, Part.CO_APPLICANT)
    take_over(given(guest), by=me, at=NOON)
    assert [it.part for it in idea.involvements.filter(ended_at=None)] == ["co_applicant"]


def test_nobody_takes_over_a_case_that_they_are_responsible_for(guest):
    idea = sluice_case(owner=guest)
    with pytest.raises(ResponsibleForIt):
        take_over(given(guest), by=idea.responsible, at=NOON)
    assert Idea.objects.owned_by(guest).get() == idea


def test_a_guest_takes_nothing_over(guest):
    other = PersonFactory(email=None, guest=True)
    with pytest.raises(NotAllowed):
        take_over(given(guest), by=other, at=NOON)


def test_a_code_is_compared_in_constant_time(guest, monkeypatch):
    seen = []
    monkeypatch.setattr(codes.hmac, "compare_digest", lambda a, b: not seen.append((a, b)))
    sign_in_with(given(guest), at=NOON)
    [(a, b)] = seen
    assert a == b
