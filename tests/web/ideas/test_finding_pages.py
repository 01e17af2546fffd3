"""The pages on which something found out is written, changed by several, and taken away."""

import json
import re

import pytest
from django.urls import reverse

from idesluss.ideas.usecases.findings import add_finding, change_finding
from idesluss.ideas.vocab import FindingKind
from tests.factories import NOON, PersonFactory, sluice_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def giver():
    return PersonFactory(language="en")


@pytest.fixture
def idea(giver):
    idea = sluice_case(owner=giver)
    idea.responsible.language = "en"
    idea.responsible.save()
    return idea


def url(idea, name, *more):
    return reverse(f"ideas:{name}", args=[idea.programme.organisation.slug, idea.pk, *more])


def typed(html):
    """What a browser would send of the finding's form, as it stands on the page."""
    form = re.search(r"<main.*?<form.*?</form>", html, re.DOTALL)[0]
    boxes = re.findall(r"<textarea[^>]*name=\"(\w+)\"[^>]*>\s*(.*?)</textarea>", form, re.DOTALL)
    data = dict(boxes)
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="(\w+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or " checked" in tag):
            text = value[1] if value else "on"
            data[name[1]] = text.replace("&quot;", '"').replace("&#x27;", "'")
    return data


def test_what_a_coach_saves_again_stays_open_to_its_giver(client, idea, giver):
    canvas = add_finding(idea.pk, FindingKind.CANVAS, {"who": "Alla"}, by=giver, at=NOON)
    client.force_login(idea.responsible)
    page = url(idea, "finding", canvas.pk)
    data = typed(client.get(page).content.decode())
    assert client.post(page, data | {"when": "På natten"}).status_code == 302
    canvas.refresh_from_db()
    assert (canvas.facts, canvas.inside) == ({"who": "Alla", "when": "På natten"}, False)


def test_who_changes_the_same_words_sees_both_and_saves_the_two_put_together(client, idea, giver):
    canvas = add_finding(idea.pk, FindingKind.CANVAS, {"who": "Alla"}, by=giver, at=NOON)
    client.force_login(giver)
    page = url(idea, "finding", canvas.pk)
    data = typed(client.get(page).content.decode())
    seen = json.loads(data["seen"])
    change_finding(canvas.pk, {"who": "Boende"}, seen=seen, by=idea.responsible, at=NOON)
    clash = client.post(page, data | {"who": "Personal"})
    html = clash.content.decode()
    assert clash.status_code == 422
    assert "Now it says: “Boende”" in html
    assert "Personal" in html
    again = typed(html) | {"who": "Boende och personal"}
    assert client.post(page, again).status_code == 302
    canvas.refresh_from_db()
    assert canvas.facts["who"] == "Boende och personal"


def test_what_is_wrong_comes_back_with_everything_typed(client, idea, giver):
    client.force_login(giver)
    data = {"head": "Lyftbokning", "link": "lerum", "where": "Grannkommunen"}
    answer = client.post(url(idea, "finding_add", "scan"), data)
    assert answer.status_code == 422
    assert all(text in answer.content.decode() for text in data.values())
    assert client.get(url(idea, "finding_add", "stranger")).status_code == 404


def test_a_second_canvas_is_not_begun_but_its_words_are_kept(client, idea, giver):
    add_finding(idea.pk, FindingKind.CANVAS, {"who": "Alla"}, by=giver, at=NOON)
    client.force_login(giver)
    answer = client.post(url(idea, "finding_add", "canvas"), {"who": "Mina ord", "seen": "skräp"})
    assert answer.status_code == 422
    assert "Mina ord" in answer.content.decode()


def test_it_is_taken_away_and_brought_back_from_the_case(client, idea, giver):
    told = add_finding(idea.pk, FindingKind.INTERVIEW, {"head": "Boende"}, by=giver, at=NOON)
    client.force_login(giver)
    client.post(url(idea, "finding_remove", told.pk))
    html = client.get(url(idea, "case")).content.decode()
    assert url(idea, "finding_back", told.pk) in html
    assert client.get(url(idea, "finding", told.pk)).status_code == 404
    client.post(url(idea, "finding_remove", told.pk))  # once more changes nothing
    client.post(url(idea, "finding_back", told.pk))
    assert url(idea, "finding", told.pk) in client.get(url(idea, "case")).content.decode()
    assert client.post(url(idea, "finding_back", 999_999)).status_code == 404
