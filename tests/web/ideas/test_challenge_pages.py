"""Challenges on their pages: posed with a question about hidden solutions, opened, answered."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from idesluss.ideas.models import Challenge, Match
from idesluss.ideas.usecases.challenges import open_up, pose
from idesluss.ideas.usecases.offering import offer_to_parked
from idesluss.people.vocab import Role
from idesluss.programmes.models import Programme
from tests.factories import (
    DoorFactory,
    GoalFactory,
    PersonFactory,
    RoundFactory,
    UnitFactory,
    person_as,
    sluice_case,
)
from tests.ideas.test_challenges import posed
from tests.web.ideas.test_case import text_of

pytestmark = pytest.mark.django_db
CHARGING = {"title": "Laddplatser vid simhallen", "need": "Batteriet räcker inte till träningen."}


@pytest.fixture
def door():
    door = DoorFactory()
    Programme.objects.filter(pk=door.programme.pk).update(public=True)
    return door


@pytest.fixture
def boss(door):
    return person_as(Role.MANAGER, door.organisation, language="en")


@pytest.fixture
def coach(door):
    door.receiver.language = "en"
    door.receiver.save()
    return door.receiver


@pytest.fixture
def challenge(door, boss):
    said = posed(boss, title="Cykla till träningen", text="Laddplatser saknas.")
    now = timezone.now()
    return open_up(pose(door.programme.pk, said, by=boss, at=now).pk, by=boss, at=now)


def at(door, name, *more):
    return reverse(f"ideas:{name}", args=[door.organisation.slug, *more])


def typed(owner, **other):
    said = {
        "title": "Fler barn ska våga cykla",
        "text": "Hälften av barnen skjutsas till skolan.",
        "audiences": ["staff"],
        "owner": owner.pk,
        "resources": "Tjugo timmar",
        "afterwards": "De bästa provas",
    }
    return said | other


def test_a_coach_poses_it_and_its_owner_opens_it(client, door, boss, coach):
    client.force_login(coach)
    url = at(door, "challenge_pose", door.programme.slug)
    assert client.get(url).status_code == 200
    there = client.post(url, typed(boss)).url
    assert "opens it" in text_of(client.get(there))
    one = Challenge.objects.get()
    assert client.get(at(door, "challenge_open", one.slug)).status_code == 404
    client.force_login(boss)
    assert "Open it" in text_of(client.get(there))
    assert client.post(at(door, "challenge_open", one.slug), {}).status_code == 302
    assert Challenge.objects.open(timezone.now()).get() == one
    assert "Open now" in text_of(client.get(there))


def test_a_hidden_solution_is_asked_about_once_and_never_blocks(client, door, boss):
    client.force_login(boss)
    url = at(door, "challenge_pose", door.programme.slug)
    hides = typed(boss, text="Vi behöver köpa en app för cykling.")
    asked = client.post(url, hides)
    assert asked.status_code == 422
    told = text_of(asked)
    assert "What is the problem behind?" in told
    assert "“Vi behöver köpa”: something to buy" in told
    assert "Tjugo timmar" in asked.content.decode()
    assert not Challenge.objects.exists()
    again = client.post(url, hides | {"asked": asked.context["asked"]})
    assert again.status_code == 302
    assert client.post(url, hides | {"anyway": "yes"}).status_code == 302
    assert Challenge.objects.count() == 2


def test_what_is_missing_is_told_with_everything_kept(client, door, boss, coach):
    client.force_login(coach)
    url = at(door, "challenge_pose", door.programme.slug)
    response = client.post(url, typed(coach, resources=""))
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"resources", "owner"}
    assert "Hälften av barnen" in response.content.decode()


def test_a_need_is_filled_in(client, door, boss):
    unit, goal = UnitFactory(organisation=door.organisation), GoalFactory(programme=door.programme)
    facts = {"kind": "need", "for_whom": "Boende", "evidence": "Räknat", "visibility": "inside"}
    need = sluice_case(door=door, title="Lyften", unit=unit, **facts)
    need.goals.add(goal)
    client.force_login(boss)
    url = at(door, "challenge_pose", door.programme.slug) + f"?need={need.pk}"
    form = client.get(url).context["form"]
    assert (form["title"].value(), form["for_whom"].value()) == ("Lyften", "Boende")
    assert form["text"].value().endswith("How we know: Räknat")
    sent = typed(boss, unit=unit.pk, goals=[goal.pk], closes_at="2036-01-01T12:00")
    client.post(url, sent)
    made = Challenge.objects.get()
    assert (made.need, made.unit, list(made.goals.all())) == (need, unit, [goal])
    assert made.closes_at is not None
    other = sluice_case(door=door, kind="idea", visibility="inside")
    odd = client.get(at(door, "challenge_pose", door.programme.slug) + f"?need={other.pk}")
    assert odd.context["need"] is None


def test_two_who_change_it_at_once_are_told_and_keep_their_text(client, door, boss, challenge):
    client.force_login(boss)
    url = at(door, "challenge_reword", challenge.slug)
    seen = client.get(url).context["seen"]
    first = client.post(url, typed(boss, for_whom="Barn", seen=seen))
    assert first.status_code == 302
    second = client.post(url, typed(boss, for_whom="Föräldrar", seen=seen))
    assert second.status_code == 422
    assert "Föräldrar" in second.content.decode()
    challenge.refresh_from_db()
    assert challenge.for_whom == "Barn"


def test_the_round_and_goals_that_cannot_be_asked_stay(client, door, boss, challenge):
    there = RoundFactory(programme__organisation=door.organisation, closes_at=None)
    Challenge.objects.filter(pk=challenge.pk).update(round=there)
    type(there).objects.update(closes_at=timezone.now() - timedelta(days=1))
    client.force_login(boss)
    client.post(at(door, "challenge_reword", challenge.slug), typed(boss, seen=challenge.version))
    challenge.refresh_from_db()
    assert (challenge.round, challenge.title) == (there, "Fler barn ska våga cykla")


def test_it_is_closed_opened_again_and_ended_with_a_result(client, door, boss, challenge):
    client.force_login(boss)
    page = at(door, "challenge", challenge.slug)
    client.post(at(door, "challenge_close", challenge.slug))
    assert "Open it again" in text_of(client.get(page))
    wrong = {"closes_at": "2020-01-01T12:00"}
    assert client.post(at(door, "challenge_open", challenge.slug), wrong).status_code == 422
    client.post(at(door, "challenge_open", challenge.slug), {})
    end = at(door, "challenge_end", challenge.slug)
    assert client.get(end).status_code == 200
    assert client.post(end, {"result": ""}).status_code == 422
    client.post(end, {"result": "Två svar provas i höst."})
    assert "Två svar provas i höst." in text_of(client.get(page))
    for name in ("end", "open", "reword"):
        assert client.get(at(door, f"challenge_{name}", challenge.slug)).status_code == 404
    assert client.post(at(door, "challenge_close", challenge.slug)).status_code == 404


def test_an_opening_that_is_to_come_is_shown_moved_and_taken_back(client, door, boss):
    one = pose(door.programme.pk, posed(boss), by=boss, at=timezone.now())
    client.force_login(boss)
    page, opens = at(door, "challenge", one.slug), at(door, "challenge_open", one.slug)
    shown = text_of(client.post(opens, {"opens_at": "2098-03-01T08:00"}, follow=True))
    assert "Those whose saved ideas it may fit are asked when it opens." in shown
    assert "Change when it opens" in shown
    assert 'value="2098-03-01T08:00"' in client.get(opens).text
    client.post(opens, {"opens_at": "2098-04-01T08:00"})
    assert "Opens 1 April 2098" in text_of(client.get(page))
    back = client.post(at(door, "challenge_close", one.slug), follow=True)
    assert "It does not open. It is a draft again." in text_of(back)
    one.refresh_from_db()
    assert one.opens_at is None


def test_only_those_it_is_shown_to_read_it(client, door, boss, challenge):
    page = at(door, "challenge", challenge.slug)
    assert client.get(page).status_code == 302
    client.force_login(PersonFactory())
    assert client.get(page).status_code == 404
    client.force_login(person_as(Role.EMPLOYEE, door.organisation))
    assert client.get(page).status_code == 200
    for name in ("open", "end", "reword", "offer"):
        assert client.get(at(door, f"challenge_{name}", challenge.slug)).status_code == 404
    assert client.get(at(door, "challenge_pose", door.programme.slug)).status_code == 404
    Challenge.objects.update(public=True)
    client.logout()
    assert client.get(page).status_code == 200


def test_a_giver_says_yes_or_no_with_one_click(client, door, challenge):
    for answer, stage in (("yes", "received"), ("no", "parked")):
        giver = PersonFactory(language="en")
        idea = sluice_case("parked", door=door, owner=giver, **CHARGING)
        Match.objects.create(challenge=challenge, idea=idea, offered_at=timezone.now())
        number = idea.matches.get().pk
        url = at(door, "match", challenge.slug, number)
        client.force_login(giver)
        assert "Shall we take your idea up again?" in text_of(client.get(url))
        assert client.post(url, {"answer": answer}).status_code == 302
        idea.refresh_from_db()
        assert idea.stage == stage
        assert f"You have said {answer}" in text_of(client.get(url))
        other = "no" if answer == "yes" else "yes"
        assert client.post(url, {"answer": other}).status_code == 422
        client.force_login(PersonFactory())
        assert client.get(url).status_code == 404


def test_staff_see_which_parked_cases_were_asked_and_ask_another(client, door, coach, challenge):
    idea = sluice_case("parked", door=door, **CHARGING)
    bench = sluice_case("parked", door=door, title="Bänkar i parken", need="Vila.")
    near = {idea.pk: ["laddplatser", "träningen"]}
    offer_to_parked(challenge.pk, near, at=timezone.now())
    client.force_login(coach)
    page = at(door, "challenge", challenge.slug)
    assert "shares: laddplatser, träningen" in text_of(client.get(page))
    url = at(door, "challenge_offer", challenge.slug)
    assert client.get(url).status_code == 200
    assert client.post(url, {"idea": bench.pk}).status_code == 302
    assert "Bänkar i parken" in text_of(client.get(page))
    assert client.post(url, {"idea": bench.pk}).status_code == 422
    client.force_login(person_as(Role.EMPLOYEE, door.organisation, language="en"))
    assert "Parked cases" not in text_of(client.get(page))


@pytest.mark.list_page("ideas:challenge")
def test_its_page_asks_as_much_for_three_answers_as_for_one(
    client, door, coach, challenge, count_queries
):
    client.force_login(coach)

    def add(n):
        for _ in range(n):
            sluice_case(door=door, challenge=challenge)
            idea = sluice_case("parked", door=door)
            Match.objects.create(challenge=challenge, idea=idea, offered_at=timezone.now())

    page = at(door, "challenge", challenge.slug)
    assert count_queries(lambda: client.get(page), add) <= 12


@pytest.mark.list_page("ideas:challenges")
def test_the_list_of_challenges_asks_as_much_for_three_as_for_one(
    client, door, boss, count_queries
):
    client.force_login(boss)

    def add(n):
        for _ in range(n):
            pose(door.programme.pk, posed(boss), by=boss, at=timezone.now())

    page = at(door, "challenges", door.programme.slug)
    assert count_queries(lambda: client.get(page), add) <= 8
    assert "Not opened yet" in text_of(client.get(page))
