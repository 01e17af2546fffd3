"""Letters about what became of a case: each to those whom it concerns, and to nobody else."""

from datetime import date, timedelta

import pytest

from idesluss.ideas.models import Follow, Idea, Support
from idesluss.ideas.usecases import end, give, take_to, wake, withdraw
from idesluss.ideas.vocab import Offer
from idesluss.jobs.deliver import deliver
from idesluss.jobs.promises import keep_promises
from idesluss.logic.lifecycle import Stage
from idesluss.mail.kinds import BY_NAME
from idesluss.people.vocab import Role
from idesluss.records.models import Letter
from tests.factories import NOON, AppointmentFactory, DoorFactory, PersonFactory, person_as
from tests.factories import sluice_case as case

pytestmark = pytest.mark.django_db
ANSWER = "Regionen köper in sådana lyftar i vår. Ni får de första två."


@pytest.fixture
def anna():
    return PersonFactory(name="Anna Ek", email="anna@slusstad.example")


def told():
    """What is written because of what has happened: reader, kind, state and letter."""
    deliver(NOON)
    return {(one.person_id, one.kind): one for one in Letter.objects.order_by("pk")}


def test_the_answer_goes_at_once_to_its_givers_word_for_word_with_the_offer(anna):
    idea = case(owner=anna, title="Lyften")
    coach = idea.responsible
    end(idea.pk, Stage.DECLINED, answer=ANSWER, offer=Offer.COACH, by=coach, at=NOON)
    [letter] = told().values()
    assert (letter.to, letter.state, letter.kind) == (anna.email, "queued", "ideas.answered")
    assert letter.subject == f"Vårt svar på {idea.register_number}: Lyften"
    assert ANSWER in letter.text
    assert "samtal med en innovationscoach" in letter.text
    assert f"/cases/{idea.pk}/" in letter.link
    assert not BY_NAME["ideas.answered"].may_be_off


@pytest.mark.parametrize(
    ("stage", "start", "words"),
    [
        (Stage.REDIRECTED, "received", "Det hör hemma på ett annat ställe"),
        (Stage.PARKED, "received", "Vi sparar det tills tiden är inne"),
        (Stage.STOPPED, "testing", "det här lärde vi oss"),
        (Stage.PERMANENT, "adopting", "Det är här för att stanna"),
    ],
)
def test_each_ending_says_in_plain_words_what_it_is(anna, stage, start, words):
    idea = case(start, owner=anna)
    end(idea.pk, stage, answer=ANSWER, by=idea.responsible, at=NOON)
    [letter] = told().values()
    assert words in letter.text


def test_a_guest_is_told_where_they_can_be_reached_and_how_to_follow():
    guest = PersonFactory(name="", email=None, guest=True, reach_mail="nadia@post.example")
    idea = case(owner=guest)
    end(idea.pk, Stage.DECLINED, answer=ANSWER, by=idea.responsible, at=NOON)
    [letter] = told().values()
    assert letter.to == "nadia@post.example"
    assert letter.link.endswith("/follow/")
    assert "med uppföljningskoden" in letter.text


def test_nobody_writes_to_a_guest_who_cannot_be_reached():
    idea = case()
    end(idea.pk, Stage.DECLINED, answer=ANSWER, by=idea.responsible, at=NOON)
    assert [one.state for one in told().values()] == ["unwanted"]


def test_who_supports_or_follows_is_told_in_the_daily_letter_as_long_as_they_may_read_it(anna):
    idea = case(owner=anna, visibility="inside")
    colleague = person_as(Role.EMPLOYEE, idea.programme.organisation)
    stranger = PersonFactory()
    Support.objects.create(idea=idea, person=colleague, at=NOON)
    Follow.objects.create(idea=idea, person=colleague, at=NOON)
    Follow.objects.create(idea=idea, person=anna, at=NOON)
    Follow.objects.create(idea=idea, person=stranger, at=NOON)
    end(idea.pk, Stage.DECLINED, answer=ANSWER, by=idea.responsible, at=NOON)
    found = told()
    assert set(found) == {
        (anna.pk, "ideas.answered"),
        (colleague.pk, "ideas.answer_followed"),
    }
    assert found[colleague.pk, "ideas.answer_followed"].state == "held"


def test_whoever_takes_a_case_back_is_not_told_so_but_the_responsible_is(anna):
    idea = case(owner=anna)
    withdraw(idea.pk, why="Vi löste det själva.", by=anna, at=NOON)
    [(reader, kind)] = told()
    assert (reader, kind) == (idea.responsible_id, "ideas.withdrawn")


def test_a_case_that_wakes_says_when_something_happens(anna):
    idea = case("parked", owner=anna)
    coach = idea.responsible
    day = date(2026, 10, 9)
    wake(idea.pk, responsible=coach, next_on=day, why="Ny utmaning", by=coach, at=NOON)
    [letter] = told().values()
    assert (letter.person_id, letter.kind) == (anna.pk, "ideas.woken")
    assert "9 oktober 2026" in letter.text
    assert "Ny utmaning" in letter.text


def test_the_new_responsible_and_the_giver_hear_of_each_other(anna):
    idea = case(owner=anna)
    other = person_as(Role.COACH, idea.programme.organisation, name="Nils Ek")
    give(idea.pk, other, by=idea.responsible, at=NOON, why="Jag går på ledighet.")
    found = told()
    assert set(found) == {(other.pk, "ideas.given"), (anna.pk, "ideas.new_contact")}
    assert "Jag går på ledighet." in found[other.pk, "ideas.given"].text
    assert "Nils Ek" in found[anna.pk, "ideas.new_contact"].subject


def test_a_step_on_is_told_in_the_daily_letter_and_a_yes_at_once(anna):
    idea = case(owner=anna)
    steps = {one.stage: one for one in idea.edition.steps.all()}
    take_to(idea.pk, steps["exploring"].pk, by=idea.responsible, at=NOON)
    take_to(idea.pk, steps["testing"].pk, by=idea.responsible, at=NOON)
    found = told()
    assert found[anna.pk, "ideas.moved"].state == "held"
    assert found[anna.pk, "ideas.said_yes"].state == "queued"
    idea.refresh_from_db()
    assert (idea.answered_at, idea.first_at) == (NOON, NOON)


def test_the_clocks_line_is_one_letter_with_the_most_urgent_first():
    door = DoorFactory()
    boss = person_as(Role.ADMINISTRATOR, door.organisation)
    AppointmentFactory(person=boss, organisation=door.organisation, role="coach")
    for number in range(22):
        day = date(2026, 10, 1) - timedelta(days=number)
        case(door=door, title=f"Sak {number}", next_on=day)
    case(door=door, title="Snart", next_on=date(2026, 10, 6), first_by=None)
    Idea.objects.update(first_by=None)
    keep_promises(NOON)
    found = told()
    letter = found[door.receiver_id, "ideas.promises_told"]
    assert (letter.state, letter.subject) == ("held", "Vad som är lovat: 23 ärenden")
    assert letter.text.index("Sak 21") < letter.text.index("Sak 20") < letter.text.index("Snart")
    assert "och 2 till" in letter.text
    assert "10 september 2026: Sak 21" in letter.text
    assert "Ärenden som andra" in found[boss.pk, "ideas.promises_told"].text
