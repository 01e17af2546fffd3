"""The page of a case: everybody who may read it, each with their part."""

import pytest
from django.urls import reverse

from idesluss.people.vocab import Role
from tests.factories import PersonFactory, person_as, sluice_case

pytestmark = pytest.mark.django_db


def page_of(idea, name="case"):
    return reverse(f"ideas:{name}", args=[idea.programme.organisation.slug, idea.pk])


def test_giver_and_coach_share_one_page_with_the_conversation(client):
    giver = PersonFactory()
    idea = sluice_case(owner=giver)
    client.force_login(giver)
    assert client.post(page_of(idea, "say"), {"text": "Hej!"}).status_code == 302
    client.force_login(idea.responsible)
    html = client.get(page_of(idea)).content.decode()
    assert idea.need in html
    assert "Hej!" in html
    assert giver.name in html


def test_whoever_may_not_see_it_meets_no_page(client):
    idea = sluice_case()
    assert client.get(page_of(idea)).status_code == 302
    client.force_login(person_as(Role.EMPLOYEE, idea.programme.organisation))
    assert client.get(page_of(idea)).status_code == 404
