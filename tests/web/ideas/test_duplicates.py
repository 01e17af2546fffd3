"""Probable duplicates on their pages: listed, compared, joined, parted, set apart, taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from idesluss.ideas.models import Alike, Idea
from idesluss.ideas.usecases.alike import Near, keep_alike, set_apart
from idesluss.ideas.usecases.challenges import pose
from idesluss.ideas.usecases.merging import merge
from idesluss.people.vocab import Role
from idesluss.pilots.models import Project
from idesluss.web.ideas.views import duplicates
from tests.factories import NOON, DoorFactory, IdeaFactory, PersonFactory, person_as, sluice_case
from tests.ideas.alike import LAMP, LAMP_DANISH, LAMP_TWIN
from tests.ideas.test_challenges import posed
from tests.web.ideas.test_case import text_of

pytestmark = pytest.mark.django_db
WHY = [("mörkt", "mörkt"), ("lampan", "gatlampan"), ("bussen", "bussen")]


@pytest.fixture
def door():
    return DoorFactory()


@pytest.fixture
def coach(door):
    return person_as(Role.COACH, door.organisation, name="Cilla Coach", language="en")


def pair_of(door, score=0.4):
    """Two cases that look alike."""
    one = sluice_case(door=door, owner=PersonFactory(name="Görel Givare"), **LAMP)
    other = sluice_case(door=door, **LAMP_TWIN)
    keep_alike({other.pk: [Near(one.pk, score, WHY)]}, at=NOON)
    return Alike.objects.get(idea=one, other=other)


@pytest.fixture
def pair(door):
    return pair_of(door)


def at(pair, name="duplicate"):
    number = [] if name == "duplicates" else [pair.pk]
    return reverse(f"ideas:{name}", args=[pair.idea.programme.organisation.slug, *number])


def test_a_pair_is_listed_with_what_tells_whether_it_is_the_same(client, coach, pair):
    client.force_login(coach)
    told = text_of(client.get(at(pair, "duplicates")))
    for words in (LAMP["title"], LAMP_TWIN["title"], "Very alike", "Görel Givare",
                  "Somebody without a name", pair.idea.register_number, "1 pair"):  # fmt: skip
        assert words in told
    assert "both speak of: mörkt, gatlampan – lampan, bussen" in told
    Alike.objects.update(score=0.2)
    assert "Very alike" not in text_of(client.get(at(pair, "duplicates")))


def test_words_that_a_case_does_not_say_any_more_are_not_told(client, coach, pair):
    client.force_login(coach)
    Idea.objects.filter(pk=pair.other.pk).update(need="[maskerat]", title="Bussen")
    for name in ("duplicates", "duplicate"):
        told = text_of(client.get(at(pair, name)))
        assert "both speak of: bussen" in told
        assert "lampan –" not in told


def test_the_search_being_made_ready_is_said(client, coach, pair, searchable):
    client.force_login(coach)
    assert "The search is being made ready" in text_of(client.get(at(pair, "duplicates")))
    Alike.objects.all().delete()
    searchable()
    told = text_of(client.get(at(pair, "duplicates")))
    assert "The search is being made ready" not in told
    assert "Nothing looks alike" in told


def test_not_the_same_is_kept_with_who_and_can_be_taken_back(client, coach, pair):
    client.force_login(coach)
    assert client.post(at(pair)).status_code == 302
    told = text_of(client.get(at(pair, "duplicates")))
    assert "Not the same: the two are kept apart" in told
    assert "0 pairs" in told
    assert "Cilla Coach, " in told
    assert "They were said not to be the same" in text_of(client.get(at(pair)))
    assert client.post(at(pair, "duplicate_back")).status_code == 302
    assert "1 pair" in text_of(client.get(at(pair, "duplicates")))
    assert client.get(at(pair, "duplicate_back")).status_code == 405


def test_a_reason_that_is_too_long_comes_back_as_it_was_typed(client, coach, pair):
    client.force_login(coach)
    response = client.post(at(pair), {"reason": "x" * 301})
    assert response.status_code == 422
    assert "x" * 301 in response.content.decode()
    assert client.post(at(pair), {"reason": "Två hållplatser"}).status_code == 302
    assert "Två hållplatser" in text_of(client.get(at(pair, "duplicates")))


def test_two_are_compared_joined_either_way_and_taken_apart_again(client, coach, pair):
    client.force_login(coach)
    html = client.get(at(pair)).content.decode()
    one, other = pair.idea, pair.other
    for ends, goes_on in ((one, other), (other, one)):
        assert f"/cases/{ends.pk}/merge/?into={goes_on.pk}&amp;from=duplicates" in html
    org = one.programme.organisation.slug
    url = f"{reverse('ideas:merge', args=[org, other.pk])}?into={one.pk}&from=duplicates"
    response = client.post(url, {"answer": "Samma lampa."})
    assert (response.status_code, response.url) == (302, at(pair, "duplicates"))
    told = client.get(at(pair, "duplicates"))
    assert "0 pairs" in text_of(told)
    assert f"goes on in {one.register_number}" in text_of(told)
    back = reverse("ideas:unmerge", args=[org, other.pk])
    assert back in told.content.decode()
    assert back in client.get(reverse("ideas:case", args=[org, other.pk])).content.decode()
    client.post(back, {"why": "Två lampor"})
    assert "1 pair" in text_of(client.get(at(pair, "duplicates")))


def test_a_case_that_has_come_too_far_to_end_in_another_is_the_one_that_goes_on(
    client, coach, pair
):
    client.force_login(coach)
    Idea.objects.filter(pk=pair.other.pk).update(stage="testing")
    html = client.get(at(pair, "duplicates")).content.decode()
    assert f"/cases/{pair.idea.pk}/merge/?into={pair.other.pk}&amp;from=duplicates" in html
    Idea.objects.filter(pk=pair.idea.pk).update(stage="testing")
    for name in ("duplicates", "duplicate"):
        assert "merge/?into" not in client.get(at(pair, name)).content.decode()


GRID = [(Role.COACH, 200), (Role.ADMINISTRATOR, 200), (Role.REGISTRAR, 404),
        (Role.EMPLOYEE, 404), (Role.ASSESSOR, 404)]  # fmt: skip


@pytest.mark.parametrize(("role", "status"), GRID)
def test_only_those_who_work_with_cases_come_in(client, door, pair, role, status):
    client.force_login(person_as(role, door.organisation))
    assert client.get(at(pair, "duplicates")).status_code == status
    assert client.get(at(pair)).status_code == status
    assert client.post(at(pair, "duplicate_back")).status_code == (302 if status == 200 else 404)


def test_a_manager_sees_the_pairs_of_what_they_handle_only(client, door, pair):
    boss = person_as(Role.MANAGER, door.organisation, language="en")
    client.force_login(boss)
    assert "0 pairs" in text_of(client.get(at(pair, "duplicates")))
    assert client.get(at(pair)).status_code == 404
    Idea.objects.update(responsible=boss)
    assert "1 pair" in text_of(client.get(at(pair, "duplicates")))


def test_nobody_else_and_no_other_town_comes_to_a_pair(client, coach, pair):
    elsewhere = pair_of(DoorFactory())
    assert client.get(at(pair, "duplicates")).status_code == 302
    client.force_login(coach)
    assert client.get(at(elsewhere, "duplicates")).status_code == 404
    slug = pair.idea.programme.organisation.slug
    assert client.get(reverse("ideas:duplicate", args=[slug, elsewhere.pk])).status_code == 404
    assert client.post(reverse("ideas:duplicate", args=[slug, elsewhere.pk])).status_code == 404


@pytest.mark.list_page("ideas:duplicates")
def test_the_list_asks_as_much_for_three_as_for_one(client, door, coach, count_queries):
    client.force_login(coach)

    def add(n):
        for _ in range(n):
            pair = pair_of(door)
            set_apart(pair_of(door).pk, reason="", by=coach, at=NOON)
            joined = pair_of(door)
            merge(joined.other.pk, joined.idea.pk, answer="Samma", by=coach, at=NOON)
        return pair

    url = reverse("ideas:duplicates", args=[door.organisation.slug])
    assert count_queries(lambda: client.get(url), add) <= 8


def test_the_most_alike_are_listed_and_the_others_follow(client, door, coach, monkeypatch):
    monkeypatch.setattr(duplicates, "MOST", 2)
    for score in (0.3, 0.5, 0.4):
        pair = pair_of(door, score)
    client.force_login(coach)
    response = client.get(at(pair, "duplicates"))
    assert [row.pair.score for row in response.context["rows"]] == [0.5, 0.4]
    assert "The 2 pairs most alike There are more." in text_of(response)


def test_comparing_asks_few_questions(client, coach, pair, django_assert_max_num_queries):
    client.force_login(coach)
    client.get(at(pair))
    with django_assert_max_num_queries(12):
        assert client.get(at(pair)).status_code == 200


def test_the_desk_and_the_list_of_cases_lead_there(client, door, coach, pair):
    org, url = door.organisation.slug, at(pair, "duplicates")
    pages = [reverse("ideas:desk", args=[org]),
             reverse("ideas:cases", args=[org, door.programme.slug])]  # fmt: skip
    client.force_login(coach)
    for page in pages:
        assert url in client.get(page).content.decode()
    client.force_login(person_as(Role.REGISTRAR, door.organisation))
    assert url not in client.get(pages[1]).content.decode()


# --- What has been tried --------------------------------------------------------------------------


@pytest.fixture
def project():
    idea = IdeaFactory(stage="permanent", title=LAMP_DANISH["title"], language="da")
    told = {"purpose": LAMP_DANISH["need"], "results": "Lygten lyser igen."}
    past = timezone.now() - timedelta(days=9)
    return Project.objects.create(idea=idea, published_at=past, changed_at=past, **told)


def test_whoever_handles_a_need_is_told_what_has_been_tried_and_what_sleeps(
    client, door, coach, project, searchable, django_assert_max_num_queries
):
    idea = sluice_case(door=door, kind="need", **LAMP)
    asleep = sluice_case("parked", door=door, **LAMP_TWIN)
    org = door.organisation.slug
    url = reverse("ideas:tried", args=[org, idea.pk])
    client.force_login(coach)
    assert (
        f'hx-get="{url}"' in client.get(reverse("ideas:case", args=[org, idea.pk])).content.decode()
    )
    assert "The search is being made ready" in text_of(client.get(url))
    searchable()
    client.get(url)
    with django_assert_max_num_queries(7):
        response = client.get(url)
    told = text_of(response)
    for words in (LAMP_DANISH["title"], project.idea.programme.organisation.name,
                  "Lygten lyser igen.", "speaks of: mørkt", LAMP_TWIN["title"]):  # fmt: skip
        assert words in told
    assert reverse("ideas:wake", args=[org, asleep.pk]) in response.content.decode()
    client.force_login(person_as(Role.EMPLOYEE, door.organisation))
    assert client.get(url).status_code == 404
    Project.objects.update(published_at=None)
    client.force_login(coach)
    assert "We find no published project like it." in text_of(client.get(url))


def test_whoever_poses_a_challenge_is_told_what_has_been_tried(client, door, project, searchable):
    boss = person_as(Role.MANAGER, door.organisation, language="en")
    said = posed(
        boss, title="Mörkt vid hållplatsen", text="Gatlampan lyser inte, bussen kör förbi."
    )
    one = pose(door.programme.pk, said, by=boss, at=timezone.now())
    searchable()
    url = reverse("ideas:challenge_tried", args=[door.organisation.slug, one.slug])
    client.force_login(boss)
    page = reverse("ideas:challenge", args=[door.organisation.slug, one.slug])
    assert f'hx-get="{url}"' in client.get(page).content.decode()
    assert LAMP_DANISH["title"] in text_of(client.get(url))
    type(one).objects.update(opens_at=timezone.now(), public=True)
    client.force_login(person_as(Role.EMPLOYEE, door.organisation))
    assert client.get(url).status_code == 404
    assert "hx-get" not in client.get(page).content.decode()
