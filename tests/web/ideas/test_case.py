"""The page of a case: everybody who may read it, each with their part."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from idesluss.ideas.models import Finding, Follow, Message, Rating, Support
from idesluss.ideas.usecases import say
from idesluss.ideas.vocab import Part
from idesluss.people.vocab import Role
from tests.factories import (
    NOON,
    ApplicationFactory,
    DoorFactory,
    PersonFactory,
    involve,
    person_as,
    sluice_case,
)

pytestmark = pytest.mark.django_db


def page_of(idea, name="case", *more):
    return reverse(f"ideas:{name}", args=[idea.programme.organisation.slug, idea.pk, *more])


def text_of(response):
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", main[0]).split())


@pytest.fixture
def giver():
    return PersonFactory(name="Görel Givare", language="en")


@pytest.fixture
def idea(giver):
    return sluice_case(owner=giver)


@pytest.fixture
def read(client):
    def read(idea, person, query=""):
        if person:
            person.language = "en"
            person.save(update_fields=["language"])
            client.force_login(person)
        else:
            client.logout()
        return client.get(page_of(idea) + query, headers={"accept-language": "en"})

    return read


def test_giver_and_coach_share_one_page_with_the_conversation(client, idea, giver, read):
    client.force_login(giver)
    sent = client.post(page_of(idea, "say"), {"text": "Hej!"})
    assert (sent.status_code, sent.url) == (302, f"{page_of(idea)}#m{Message.objects.get().pk}")
    text = text_of(read(idea, idea.responsible))
    assert [it in text for it in (idea.need, "Hej!", giver.name)] == [True] * 3


def test_whoever_may_not_see_it_meets_no_page_and_nobody_is_asked_to_sign_in(client, idea):
    assert client.get(page_of(idea)).status_code == 302
    client.force_login(person_as(Role.EMPLOYEE, idea.programme.organisation))
    assert client.get(page_of(idea)).status_code == 404


def test_what_is_expected_is_said_to_each_in_their_own_words(idea, giver, read):
    coach = idea.responsible
    said = text_of(read(idea, coach))
    assert "Give a first answer by 12 October 2026." not in said  # that day has passed by now
    assert "The first answer was promised by 12 October 2026 and has not been given." in said
    assert f"Nothing right now. {coach.name} has it" in text_of(read(idea, giver))
    say(idea.pk, "Hur ofta händer det?", by=coach, at=NOON, asks_giver=True)
    asked = text_of(read(idea, giver))
    assert f"{coach.name} asks you something. What is promised stands still" in asked
    assert asked.count("Hur ofta händer det?") == 2  # as expected of one, and in the conversation
    assert "we wait for whoever handed it in" in text_of(read(idea, coach))
    say(idea.pk, "Varje dag.", by=giver, at=NOON + timedelta(hours=1))
    answered = text_of(read(idea, coach))
    assert "has written and waits for your answer" in answered
    assert "16 November 2026 stands still" in asked
    assert "17 November 2026 has passed" in answered


def test_while_the_giver_is_asked_a_word_from_a_merged_case_is_no_answer(idea, read):
    coach, other = idea.responsible, PersonFactory()
    say(idea.pk, "Hur ofta händer det?", by=coach, at=NOON, asks_giver=True)
    involve(idea, other, Part.CO_APPLICANT)
    later = NOON + timedelta(hours=1)
    Message.objects.create(idea=idea, by=other, at=later, text="Hos oss också.")
    page = text_of(read(idea, coach))
    assert "waits for your answer" not in page
    assert "Nothing right now: we wait for whoever handed it in." in page


def test_others_who_handle_it_are_told_who_has_it(idea, read):
    other = person_as(Role.COACH, idea.programme.organisation)
    assert f"Nothing: {idea.responsible.name} has it." in text_of(read(idea, other))


def test_an_ended_case_begins_with_its_answer_and_the_offer(giver, read):
    idea = sluice_case(
        "declined", owner=giver, answer="Lyftar köps av **regionen**.", offer="coach"
    )
    text = text_of(read(idea, giver))
    assert text.index("Lyftar köps av") < text.index("Where it is") < text.index(idea.need)
    assert "We offer you a talk with an innovation coach." in text
    assert "Were you well answered?" in text
    Rating.objects.create(idea=idea, person=giver, score=4, stage="declined", at=NOON)
    rated = text_of(read(idea, giver))
    assert "Were you well answered?" not in rated
    assert "4 of 5" in rated


def test_notes_and_what_is_kept_inside_never_reach_anybody_else(giver, read):
    idea = sluice_case(owner=giver, visibility="public", secret="Receptet")
    coach = idea.responsible
    say(idea.pk, "Bara för oss", by=coach, at=NOON, inside=True)
    Finding.objects.create(idea=idea, kind="interview", head="Dolt", inside=True, by=coach, at=NOON)
    for reader, sees in ((coach, True), (giver, False), (None, False)):
        html = read(idea, reader).content.decode()
        assert [it in html for it in ("Bara för oss", "Dolt")] == [sees, sees]
        assert ("Receptet" in html) is (reader is not None)


def test_how_a_giver_is_reached_is_for_those_who_handle_it(giver, read):
    guest = PersonFactory(name="", email=None, guest=True, reach_phone="070-123 45 67")
    idea = sluice_case(owner=guest, visibility="public")
    assert "070-123 45 67" in text_of(read(idea, idea.responsible))
    assert "070-123 45 67" not in text_of(read(idea, None))
    assert "somebody whose name is not shown" in text_of(read(idea, None))


def test_a_guest_reads_and_writes_on_their_own_case(client):
    guest = PersonFactory(name="", email=None, guest=True)
    idea = sluice_case(owner=guest)
    client.force_login(guest)
    assert client.post(page_of(idea, "say"), {"text": "Hur går det?"}).status_code == 302
    assert "Hur går det?" in client.get(page_of(idea)).content.decode()


def test_the_second_coach_sees_the_firsts_answer_before_sending_and_keeps_the_text(client, idea):
    other = person_as(Role.COACH, idea.programme.organisation, language="en")
    first = say(idea.pk, "Vi hör av oss på torsdag.", by=idea.responsible, at=NOON)
    client.force_login(other)
    data = {"text": "Tack för din idé!", "to": "open", "seen": "0"}
    held = client.post(page_of(idea, "say"), data)
    html = held.content.decode()
    assert held.status_code == 409
    assert [it in html for it in ("Vi hör av oss på torsdag.", "Tack för din idé!")] == [True] * 2
    assert f'name="seen" value="{first.pk}"' in html
    assert "Send anyway" in html
    assert client.post(page_of(idea, "say"), data | {"seen": first.pk}).status_code == 302
    assert idea.messages.count() == 2


@pytest.mark.parametrize("wrong", [{"text": " "}, {"to": "somebody"}, {"to": ""}], ids=str)
def test_what_is_wrong_comes_back_with_everything_typed(client, idea, wrong):
    client.force_login(idea.responsible)
    data = {"text": "Hur många?", "to": "ask", "reply": "turn", "seen": "x" * 30} | wrong
    answer = client.post(page_of(idea, "say"), data)
    assert answer.status_code == 422
    assert 'value="turn"' in answer.content.decode()
    assert idea.messages.count() == 0


def test_a_first_answer_in_three_is_shown_to_all(client, idea, giver, read):
    client.force_login(idea.responsible)
    client.post(page_of(idea, "say"), {"text": "Vänd på det.", "to": "open", "reply": "turn"})
    assert "The first answer in short: fits if it is turned" in text_of(read(idea, giver))


def test_a_long_conversation_shows_the_latest_words_and_all_when_asked(idea, giver, read):
    Message.objects.bulk_create(
        Message(idea=idea, by=giver, at=NOON, text=f"Ord nummer {n}.") for n in range(1, 54)
    )
    short, whole = text_of(read(idea, giver)), text_of(read(idea, giver, "?all"))
    assert [f"Ord nummer {n}." in short for n in (1, 3, 4, 53)] == [False, False, True, True]
    assert "Show the earlier messages" in short
    assert whole.count("Ord nummer") == 53


def test_it_leads_to_the_other_cases_that_the_reader_may_see_and_names_no_others(giver, read):
    door = DoorFactory()
    need = sluice_case(door=door, title="Behovet", visibility="inside", kind="need")
    hidden = sluice_case(door=door, title="Hemlig idé", answers_to=need)
    open_one = sluice_case(door=door, title="Öppen idé", answers_to=need, visibility="inside")
    employee = person_as(Role.EMPLOYEE, door.organisation)
    html = read(need, employee).content.decode()
    assert [it.title in html for it in (open_one, hidden)] == [True, False]
    assert "Hemlig idé" in read(need, need.responsible).content.decode()
    assert f'href="{page_of(need)}"' in read(open_one, employee).content.decode()


def test_it_leads_to_the_round_where_it_asks_for_money(giver, read):
    idea = sluice_case(owner=giver)
    application = ApplicationFactory(
        stage="received",
        owner=giver,
        round__name="Höstens omgång",
        round__programme__organisation=idea.programme.organisation,
        idea__grown_from=idea,
    )
    html = read(idea, giver).content.decode()
    assert "Höstens omgång" in html
    assert f"/applications/{application.pk}/" in html
    other = person_as(Role.COACH, idea.programme.organisation)
    assert "Höstens omgång" not in read(idea, other).content.decode()


def test_the_page_asks_at_most_twelve_questions_whatever_there_is(
    client, idea, giver, read, count_queries
):
    idea.visibility = "public"
    idea.save()
    coach = idea.responsible

    def add(n):
        for number in range(n):
            person = PersonFactory()
            involve(idea, person, Part.CO_APPLICANT)
            Message.objects.create(idea=idea, by=person, at=NOON, text="Ja")
            Message.objects.create(idea=idea, by=coach, at=NOON, text="Nej", inside=True)
            for kind in ("interview", "insight"):
                Finding.objects.create(idea=idea, kind=kind, head="X", by=coach, at=NOON)
            Support.objects.create(idea=idea, person=PersonFactory(), at=NOON)
            Follow.objects.create(idea=idea, person=person, at=NOON)
            sluice_case(door=idea.door, answers_to=idea)
            idea.attachments.create(name="a", size=1, sha256=str(number), added_by=person,
                                    added_at=NOON)  # fmt: skip

    employee = person_as(Role.EMPLOYEE, idea.programme.organisation)
    counts = []
    for reader in (coach, giver, employee):
        read(idea, reader)
        counts.append(count_queries(lambda: client.get(page_of(idea)), add))
    assert counts == [12, 12, 11]  # one of them for the service that translates


def test_for_everybody_it_asks_seven_questions(client, idea, django_assert_num_queries):
    idea.visibility = "public"
    idea.save()
    client.get(page_of(idea))
    with django_assert_num_queries(7):
        assert client.get(page_of(idea)).status_code == 200
