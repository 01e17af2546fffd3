"""The news and the slides of a round: written by the office, read by everybody."""

from datetime import timedelta

import pytest

from idesluss.funding.models import News
from idesluss.funding.reads.celebrating import Celebrated
from idesluss.logic.merging import fingerprint
from idesluss.people.vocab import Role
from idesluss.web.funding.views.screen import slides_of
from tests.factories import PersonFactory, person_as
from tests.funding.celebrating import LATER_ON, feast
from tests.web.funding.celebrate_pages import more, url
from tests.web.funding.meeting_pages import text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _an_hour_after_the_release(now):
    now.at = LATER_ON


# --- The news ------------------------------------------------------------------------------------


def written(browser, party, **typed):
    form = browser.get(url(party, "news")).context["form"]
    sent = {name: form[name].value() for name in ("title", "text", "seen_title", "seen_text")}
    return browser.post(url(party, "news"), {**sent, "do": "save", **typed}, follow=True)


def test_proposed_saved_published_and_taken_back(use, read):
    party = feast()
    browser = use(party.here.administrator)
    saved = text(written(browser, party))
    assert "Replace or remove:" in saved
    assert "Publish this text" not in saved
    refused = browser.post(url(party, "news"), {"do": "publish", "version": 1}, follow=True)
    assert "still stands in the text as something to be replaced" in text(refused)

    looks = text(written(browser, party, title="Vi provar nytt", text="Så här **blir** det."))
    assert "Publish this text" in looks
    browser.post(url(party, "news"), {"do": "publish", "version": 2})
    public = client_page(read, party)
    assert "Vi provar nytt" in text(public)
    assert "<strong>blir</strong>" in public.content.decode()
    assert '<article class="news stack-close" lang="sv">' in public.content.decode()

    browser.post(url(party, "news"), {"do": "take_back"})
    assert "Vi provar nytt" not in text(client_page(read, party))
    assert News.objects.get().title == "Vi provar nytt"


def client_page(read, party):
    return read(party.here)


def test_a_version_that_nobody_looked_at_is_not_published(use):
    party = feast()
    browser = use(party.here.administrator)
    written(browser, party, text="Klart.")
    for version in ("7", "x", ""):
        browser.post(url(party, "news"), {"do": "publish", "version": version})
    assert News.objects.get().published_at is None


def test_two_who_edit_at_once_see_both_texts_and_choose(use):
    party = feast()
    browser = use(party.here.administrator)
    written(browser, party, title="Rubrik", text="Från början.")
    before = {"seen_title": fingerprint("Rubrik"), "seen_text": fingerprint("Från början.")}
    browser.post(url(party, "news"), {"title": "Rubrik", "text": "Deras text.", **before})

    clash = browser.post(url(party, "news"), {"title": "Min rubrik", "text": "Min text.", **before})

    assert clash.status_code == 422
    shown = text(clash)
    assert "Deras text." in shown
    form = clash.context["form"]
    assert (form["title"].value(), form["text"].value()) == ("Min rubrik", "Min text.")
    again = {name: form[name].value() for name in ("title", "text", "seen_title", "seen_text")}
    assert browser.post(url(party, "news"), again).status_code == 302
    news = News.objects.get()
    assert (news.title, news.text) == ("Min rubrik", "Min text.")


def test_empty_news_comes_back(use):
    party = feast()
    answer = written(use(party.here.administrator), party, text=" ")
    assert answer.status_code == 422
    assert not News.objects.exists()


def test_a_script_in_the_news_stays_text(use, read):
    party = feast()
    browser = use(party.here.administrator)
    written(browser, party, text="<script>alert(1)</script> [x](javascript:alert(1))")
    browser.post(url(party, "news"), {"do": "publish", "version": 1})
    body = client_page(read, party).content.decode()
    assert "<script>alert" not in body
    assert 'href="javascript' not in body


# --- The screen ----------------------------------------------------------------------------------


def test_the_slides_are_public_when_the_results_are_and_name_nobody(read, use):
    party = feast()
    page = read(party.here, "screen")
    shown = text(page)
    for words in (
        party.here.round.name,
        "Elmotorer på cyklar",
        "Hemtjänsten",
        "SEK 60,900",
        "Together they are granted SEK 100,900 to 2 projects",
        "Thank you!",
    ):
        assert words in shown
    assert "Anna Åkesson" not in shown
    assert "Anna Åkesson" not in text(client_names(use(party.owner), party))
    assert "Anna Åkesson" in text(client_names(use(party.here.administrator), party))


def client_names(browser, party):
    return browser.get(url(party, "screen", "?names=yes"))


@pytest.mark.parametrize("who", ["street", "employee", "registrar", "member", "administrator"])
def test_before_they_are_public_only_those_who_may_see_results_see_slides(client, use, who):
    party = feast()
    party.here.round.results_at = LATER_ON + timedelta(days=1)
    party.here.round.public = True
    party.here.round.save()
    person = {
        "street": None,
        "employee": person_as(Role.EMPLOYEE, party.here.organisation),
        "registrar": person_as(Role.REGISTRAR, party.here.organisation),
        "member": party.here.members[0],
        "administrator": party.here.administrator,
    }[who]
    browser = use(person) if person else client
    page = browser.get(url(party, "screen"))
    assert page.status_code == (404 if who in ("street", "employee") else 200)
    if person and page.status_code == 200:
        assert page["Cache-Control"] == "private, no-store"


def test_a_stranger_with_an_account_sees_the_public_slides(use):
    party = feast()
    assert use(PersonFactory()).get(url(party, "screen")).status_code == 200


def project(**sums):
    return Celebrated(1, "Titel", "1", "", (), sums, None, invented=False)


def test_the_water_rises_with_the_money():
    slides = slides_of([project(SEK=100), project(SEK=300), project(SEK=600)], names=False)
    assert [slide.water for slide in slides] == [10, 40, 100]


def test_with_two_currencies_each_project_raises_it_alike():
    slides = slides_of([project(SEK=100), project(DKK=1), project(EUR=1, SEK=1)], names=False)
    assert [slide.water for slide in slides] == [33, 66, 100]


@pytest.mark.list_page("funding:screen")
def test_more_slides_ask_no_more(client, count_queries):
    party = feast()
    assert count_queries(lambda: client.get(url(party, "screen")), more(party)) == 7
