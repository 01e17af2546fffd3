"""One click signs in as anybody: in the demonstration only."""

import pytest
from django.test import override_settings
from django.urls import include, path

from idesluss.people.models import Person
from idesluss.people.vocab import Role
from idesluss.web import urls
from tests.factories import BodyFactory, OrganisationFactory, SeatFactory, person_as

pytestmark = pytest.mark.django_db
urlpatterns = [path("", include("idesluss.web.demo.urls")), *urls.urlpatterns]


@pytest.fixture
def demo():
    with override_settings(ROOT_URLCONF=__name__):
        yield


def test_a_real_installation_has_no_such_page(client):
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/", {"person": "1:1"}).status_code == 404


def test_a_click_signs_in_and_leads_to_the_municipality(client, demo):
    organisation = OrganisationFactory(slug="slusstad", name="Slusstad")
    person = person_as(Role.ASSESSOR, organisation, name="Eva Holm (påhittad)")
    SeatFactory(body=BodyFactory(organisation=organisation, name="Gruppen"), person=person)

    page = client.get("/demo/", headers={"accept-language": "sv"}).text
    assert "Logga in som Eva Holm" in page
    assert "Bedömare: bedömer mot kriterierna" in page
    assert "Beslutar i Gruppen" in page

    answer = client.post("/demo/", {"person": f"{organisation.pk}:{person.pk}"})
    assert answer["Location"] == "/slusstad/"
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize(
    ("after", "leads_to"),
    [("/slusstad/import/", "/slusstad/import/"), ("//evil.example/", "/slusstad/")],
)
def test_it_leads_back_to_the_page_that_was_asked_for_and_nowhere_else(
    client, demo, after, leads_to
):
    organisation = OrganisationFactory(slug="slusstad")
    person = person_as(Role.EMPLOYEE, organisation)
    answer = client.post("/demo/", {"person": f"{organisation.pk}:{person.pk}", "next": after})
    assert answer["Location"] == leads_to


@pytest.mark.parametrize("wanted", ["", "x", "1:999999"])
def test_somebody_who_is_not_there_cannot_be_chosen(client, demo, wanted):
    answer = client.post("/demo/", {"person": wanted})
    assert answer["Location"] == "/demo/"
    assert "_auth_user_id" not in client.session
    assert not Person.objects.exists()
