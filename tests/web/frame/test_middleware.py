"""What every request gets: moment, organisation, language, zone, and closed doors."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from idesluss.logic.themes import fingerprint, stylesheet
from tests.factories import OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kommune(db):
    return OrganisationFactory(
        name="Slusby Kommune",
        slug="slusby",
        language="da",
        zone="Europe/Helsinki",
        colour="#c8102e",
        contact_mail="puljen@slusby.example",
    )


def test_nothing_from_elsewhere_nothing_inline_and_nobody_frames_us(browser):
    headers = browser.get("/").headers

    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
        "base-uri 'none'"
    )
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/", "/frame/components/", "/accessibility/", "/nowhere/"])
def test_no_page_carries_style_or_script_of_its_own(browser, settings, path):
    settings.DEMO = True
    page = browser.get(path).text

    assert " style=" not in page
    assert "<style" not in page
    assert page.count("<script") == page.count('<script src="/static/') == 1
    assert "onclick" not in page


def test_a_page_is_kept_apart_by_language_person_and_way_of_asking(browser):
    vary = {it.strip() for it in browser.get("/").headers["Vary"].split(",")}
    assert {"Accept-Language", "Cookie", "HX-Request"} <= vary


@pytest.mark.parametrize(
    ("accept", "cookie", "setting", "language"),
    [
        ("en", "sv", "da", "sv"),  # the choice made in this browser goes first
        ("en", None, "sv", "sv"),  # then the person's own setting
        ("fr, en;q=0.5", None, "", "en"),  # then what the browser asks for, if we have it
        ("sv-SE", None, "", "sv"),
        ("fi", None, "", "da"),  # else the organisation's
        ("", None, "", "da"),
        ("fi", "xx", "", "da"),
    ],
)
def test_the_language_is_the_persons_before_the_browsers_before_the_organisations(
    own_pages, kommune, *, accept, cookie, setting, language
):
    browser = Client(headers={"Accept-Language": accept})
    browser.force_login(PersonFactory(language=setting))
    if cookie:
        browser.cookies["django_language"] = cookie
    answer = browser.get("/slusby/moment/")

    assert f'<html lang="{language}"' in answer.text
    assert answer.headers["Content-Language"] == language


def test_moments_are_told_in_the_zone_of_the_organisation(browser, kommune, monkeypatch):
    at = datetime(2027, 1, 15, 14, 5, tzinfo=UTC)
    monkeypatch.setattr("idesluss.web.frame.middleware.timezone.now", lambda: at)

    assert "[15 January 2027 at 16:05]" in browser.get("/slusby/moment/").text
    assert timezone.get_current_timezone_name() == "Europe/Stockholm"


def test_choosing_a_language_keeps_the_page_and_holds_for_a_year(browser):
    answer = browser.post("/language/", {"language": "da", "next": "/accessibility/?a=1"})

    assert (answer.status_code, answer.url) == (302, "/accessibility/?a=1")
    assert answer.cookies["django_language"].value == "da"
    assert answer.cookies["django_language"]["max-age"] == timedelta(days=365).total_seconds()
    assert '<html lang="da"' in browser.get("/accessibility/").text


@pytest.mark.parametrize("trap", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_choosing_a_language_never_leads_elsewhere(browser, trap):
    assert browser.post("/language/", {"language": "sv", "next": trap}).url == "/"


def test_an_unknown_language_changes_nothing(browser):
    assert "django_language" not in browser.post("/language/", {"language": "xx"}).cookies


def test_the_organisations_colours_are_a_stylesheet_kept_for_ever(browser, kommune):
    url = f"/slusby/theme.{fingerprint('#c8102e')}.css"
    assert f'<link rel="stylesheet" href="{url}">' in browser.get("/slusby/accessibility/").text

    answer = browser.get(url)
    assert answer.text == stylesheet("#c8102e")
    assert answer.headers["Content-Type"] == "text/css"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_an_old_address_of_the_colours_gives_the_new_ones_and_is_not_kept(browser, kommune):
    answer = browser.get("/slusby/theme.000000000000.css")

    assert answer.text == stylesheet("#c8102e")
    assert answer.headers["Cache-Control"] == "no-cache"


def test_the_organisations_page_carries_its_name_and_how_to_reach_it(browser, kommune):
    page = browser.get("/slusby/accessibility/").text

    assert '<span class="home__name">Slusby Kommune</span>' in page
    assert page.count("mailto:puljen@slusby.example") == 2
    assert "<title>Accessibility · Slusby Kommune · Idésluss</title>" in page
    assert "In Sweden the Agency" in page


def test_in_denmark_it_is_the_danish_authority_that_supervises(browser, kommune):
    kommune.country = "DK"
    kommune.save()
    assert "In Denmark the Agency" in browser.get("/slusby/accessibility/").text
