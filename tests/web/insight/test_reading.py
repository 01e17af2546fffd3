"""Read it in my language: on a hit, a case, a project, a challenge; only when somebody presses."""

import pytest
from django.utils import timezone

from idesluss.calls import posting
from idesluss.calls.translating import one_at_a_time
from idesluss.ideas.models import Challenge, Idea, Translation, TranslationService
from idesluss.ideas.usecases import translating
from idesluss.ideas.usecases.challenges import pose
from idesluss.people.vocab import Role
from idesluss.pilots.models import Project
from idesluss.records.models import Entry
from tests.calls.elsewhere import elsewhere
from tests.factories import NOON, DoorFactory, OrganisationFactory, person_as, sluice_case
from tests.ideas.test_challenges import posed
from tests.pilots.world import Town

pytestmark = pytest.mark.django_db
DANISH = {"language": "da", "title": "Lastcykler", "need": "Bakkerne er **stejle**. <b>Av!</b>"}
BUTTON = "Läs på svenska"


@pytest.fixture
def there(settings):
    settings.TRANSLATE_LOCAL = True
    with elsewhere() as server:
        yield server


@pytest.fixture
def place():
    return OrganisationFactory(slug="lyngby", language="da")


@pytest.fixture
def door(place):
    return DoorFactory(edition__programme__organisation=place)


@pytest.fixture
def service(place, there):
    return connect(place, there)


@pytest.fixture
def case(door):
    return sluice_case(door=door, visibility="public", **DANISH)


@pytest.fixture
def swede(client):
    """Somebody of another town who reads in Swedish."""
    person = person_as(Role.EMPLOYEE, OrganisationFactory(slug="slusstad"), language="sv")
    client.force_login(person)
    return person


def connect(place, there, **more):
    return TranslationService.objects.create(
        organisation=place,
        speaks="libre",
        address=there.address,
        connected_by=person_as(Role.ADMINISTRATOR, place),
        connected_at=NOON,
        **more,
    )


def read(case, kind="idea"):
    return f"/lyngby/read/{kind}/{case.pk}/"


def body(answer):
    return answer.content.decode()


def test_nothing_is_offered_without_a_service(case, swede, client):
    assert BUTTON not in body(client.get(f"/lyngby/cases/{case.pk}/"))
    assert client.get(read(case)).url == f"/lyngby/cases/{case.pk}/"
    assert client.post(read(case)).url == f"/lyngby/cases/{case.pk}/"


def test_looking_sends_nothing(case, service, swede, there, client):
    page = body(client.get(f"/lyngby/cases/{case.pk}/"))
    assert BUTTON in page
    assert "127.0.0.1" in page
    assert BUTTON in body(client.get(read(case)))
    assert there.asked == []


def test_pressing_shows_it_beside_the_original_marked_as_made_by_a_machine(
    case, service, swede, there, client
):
    answer = client.post(read(case), follow=True)
    assert answer.redirect_chain == [(read(case), 302)]
    page = body(answer)
    assert there.texts == ["Lastcykler", "Bakkerne er **stejle**. <b>Av!</b>"]
    assert "da&gt;sv LASTCYKLER" in page
    assert "&lt;B&gt;AV!&lt;/B&gt;" in page
    assert "<b>Av!</b>" not in page
    assert "<B>" not in page
    assert 'lang="da"' in page
    assert "maskin" in page
    assert "127.0.0.1" in page
    assert BUTTON not in page


def test_pressed_on_the_page_of_a_case_it_is_shown_there(case, service, swede, there, client):
    answer = client.post(read(case), {"back": "page"})
    assert answer.url == f"/lyngby/cases/{case.pk}/#translated"
    page = body(client.get(f"/lyngby/cases/{case.pk}/"))
    assert 'id="translated"' in page
    assert "da&gt;sv LASTCYKLER" in page


def test_the_same_text_is_sent_once_and_a_changed_one_again(case, service, swede, there, client):
    for _ in range(2):
        client.post(read(case))
    assert len(there.asked) == 2  # title and text
    Idea.objects.filter(pk=case.pk).update(title="Elcykler")
    assert BUTTON in body(client.get(read(case)))
    client.post(read(case))
    assert there.texts[2:] == ["Elcykler", "Bakkerne er **stejle**. <b>Av!</b>"]
    assert Translation.objects.count() == 1


def test_who_asked_and_where_it_went_is_noted(case, service, swede, there, client):
    client.post(read(case))
    entry = Entry.objects.get(verb="ideas.translated")
    assert (entry.by_id, entry.organisation_id) == (swede.pk, service.organisation_id)
    assert entry.data["host"] == "127.0.0.1"


def test_somebody_who_is_not_signed_in_reads_what_is_public(case, service, there, client):
    client.cookies["django_language"] = "en"
    assert "Read in English" in body(client.get(read(case)))
    client.post(read(case))
    assert there.asked[0][1]["target"] == "en"
    assert Entry.objects.get(verb="ideas.translated").by_id is None


def test_ones_own_service_is_asked_before_that_of_the_place(case, service, swede, client, there):
    with elsewhere() as own:
        connect(swede.appointments.get().organisation, own)
        client.post(read(case))
        assert (len(own.asked), len(there.asked)) == (2, 0)


# ── Whatever goes wrong ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("mood", "words"),
    [
        ("silent", "har inte svarat på"),
        ("dripping", "har inte svarat på"),
        ("broken", "svarar ingen"),
        ("huge", "långt mer"),
        ("redirecting", "skickar vidare"),
        ("status", "felet 500"),
    ],
)
def test_when_it_fails_a_sentence_says_why_and_the_original_stays(
    case, service, swede, there, client, mood, words, monkeypatch
):
    monkeypatch.setattr(posting, "WAIT", 0.5)
    there.mood = mood
    answer = client.post(read(case), {"back": "page"})
    assert answer.status_code == 502
    assert words in body(answer)
    assert "Bakkerne er" in body(answer)
    assert not Translation.objects.exists()
    there.mood = "good"
    assert client.post(read(case)).status_code == 302


def test_what_is_being_translated_is_not_sent_a_second_time(case, service, swede, there, client):
    with one_at_a_time((service.organisation_id, "idea", case.pk, "sv")):
        assert client.post(read(case)).status_code == 502
    assert there.asked == []


def test_after_many_in_an_hour_there_is_a_pause(case, service, swede, there, client, monkeypatch):
    monkeypatch.setattr(translating, "MOST_AN_HOUR", 0)
    answer = client.post(read(case))
    assert (answer.status_code, there.asked) == (502, [])


def test_a_service_that_is_turned_off_while_it_answers_leaves_nothing(
    case, service, swede, there, client, monkeypatch
):
    def off(*args, **more):
        TranslationService.objects.update(off_at=NOON)
        return ["Titel", "Text"]

    monkeypatch.setattr("idesluss.web.insight.views.reading.translate", off)
    assert client.post(read(case)).status_code == 502
    assert not Translation.objects.exists()


def test_nothing_is_called_inside_a_transaction(case, service, swede, there, client, monkeypatch):
    from django.db import connection

    inside, atomic = [], len(connection.savepoint_ids)  # the test's own

    def watched(*args):
        inside.append(len(connection.savepoint_ids) - atomic)
        return ["Titel", "Text"]

    monkeypatch.setattr("idesluss.web.insight.views.reading.translate", watched)
    client.post(read(case))
    assert inside == [0]


# ── Who may ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("inside", "sent"), [(False, 0), (True, 2)])
def test_what_only_the_organisation_reads_is_sent_when_that_is_allowed(
    door, place, there, client, inside, sent
):
    connect(place, there, inside=inside)
    found = sluice_case(door=door, visibility="inside", **DANISH)
    client.force_login(person_as(Role.EMPLOYEE, place, language="sv"))
    client.post(read(found))
    assert len(there.asked) == sent


def test_what_one_may_not_see_is_not_there_and_not_sent(door, place, swede, there, client):
    connect(place, there, inside=True)
    connect(swede.appointments.get().organisation, there, inside=True)
    for width in ("inside", "closed"):
        found = sluice_case(door=door, visibility=width, **DANISH)
        assert client.get(read(found)).status_code == 404
        assert client.post(read(found)).status_code == 404
    client.logout()
    assert client.post(read(found)).status_code == 302
    assert there.asked == []


def test_a_closed_case_is_sent_nowhere_even_by_those_who_handle_it(door, place, there, client):
    connect(place, there, inside=True)
    door.receiver.language = "sv"
    door.receiver.save()
    client.force_login(door.receiver)
    found = sluice_case(door=door, visibility="closed", **DANISH)
    assert BUTTON not in body(client.get(f"/lyngby/cases/{found.pk}/"))
    assert client.post(read(found)).url == f"/lyngby/cases/{found.pk}/"
    assert there.asked == []


@pytest.mark.parametrize("address", ["/lyngby/read/person/1/", "/slusstad/read/idea/{pk}/"])
def test_other_kinds_and_other_places_are_not_there(case, service, swede, client, address):
    assert client.get(address.format(pk=case.pk)).status_code == 404


# ── Other pages ─────────────────────────────────────────────────────────────────────────────────


def test_a_challenge_is_read_in_ones_own_language(door, service, swede, there, client):
    boss = person_as(Role.MANAGER, door.organisation)
    found = pose(door.programme.pk, posed(boss, title="Flere på cykel"), by=boss, at=NOON)
    Challenge.objects.update(opens_at=NOON, public=True)
    page = f"/lyngby/challenges/{found.slug}/"
    assert BUTTON in body(client.get(page))
    assert client.post(read(found, "challenge"), {"back": "page"}).url == f"{page}#translated"
    assert "da&gt;sv FLERE PÅ CYKEL" in body(client.get(page))


def test_a_project_is_read_in_ones_own_language(there, client, swede):
    town = Town(slug="lyngby")
    Idea.objects.filter(project=town.project).update(language="da")
    Project.objects.update(published_at=NOON, purpose="Færre falder om natten.")
    connect(town.organisation, there)
    page = f"/lyngby/projects/{town.project.pk}/"
    assert BUTTON in body(client.get(page))
    client.post(read(town.project, "project"), {"back": "page"})
    assert "FÆRRE FALDER OM NATTEN." in body(client.get(page))


def test_a_hit_of_the_search_offers_it_too(case, service, swede, there, client, searchable):
    searchable()
    page = body(client.get("/search/", {"q": "lastcykler"}))
    assert f'action="{read(case)}"' in page
    assert BUTTON in page
    sluice_case(door=DoorFactory(), visibility="public", title="Lastcyklar", language="sv")
    TranslationService.objects.update(off_at=timezone.now())
    assert BUTTON not in body(client.get("/search/", {"q": "lastcykler"}))
