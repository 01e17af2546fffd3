"""Who gets through the outer door of a page."""

import pytest

from idesluss.people.vocab import Role
from idesluss.web.frame.access import Access
from tests.factories import NOON, OrganisationFactory, PersonFactory, person_as
from tests.web.frame import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def slusstad(db):
    return OrganisationFactory(name="Slusstad", slug="slusstad")


def test_the_view_carries_the_mark_that_is_counted():
    assert pages.inside.access is Access.MEMBER
    assert pages.submit.access is Access.SIGNED_IN
    assert pages.inside.__name__ == "inside"


def test_members_come_in(browser, slusstad):
    browser.force_login(person_as(Role.EMPLOYEE, slusstad))
    assert browser.get("/slusstad/inside/").content == b"inside Slusstad"


def test_strangers_see_the_same_as_where_nothing_is(browser, slusstad):
    browser.force_login(person_as(Role.ADMINISTRATOR, OrganisationFactory()))
    hidden = browser.get("/slusstad/inside/")
    absent = browser.get("/nowhere/inside/")

    assert hidden.status_code == absent.status_code == 404
    assert "We cannot find that page" in hidden.text
    # All but the frame's own mention of the organisation, whose existence is public.
    strip = {"Slusstad", "slusstad"}
    assert not strip & set(absent.text.split())


def test_those_not_signed_in_are_sent_to_sign_in_and_back(browser, slusstad):
    answer = browser.get("/slusstad/inside/")
    assert (answer.status_code, answer.url) == (302, "/account/sign-in/?next=/slusstad/inside/")


def test_an_archived_organisation_is_not_there(browser, slusstad):
    browser.force_login(person_as(Role.EMPLOYEE, slusstad))
    slusstad.archived_at = NOON
    slusstad.save()
    assert browser.get("/slusstad/inside/").status_code == 404


def test_only_installers_come_to_the_platform(browser):
    browser.force_login(PersonFactory())
    assert browser.get("/test/platform/").status_code == 404

    browser.force_login(PersonFactory(is_installer=True))
    assert browser.get("/test/platform/").content == b"platform"
