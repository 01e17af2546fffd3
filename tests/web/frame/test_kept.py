"""Nothing is lost when the session runs out while somebody writes."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from cryptography.fernet import Fernet
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from idesluss.web.frame.kept import KEY_COOKIE, LARGEST, MOST, SLOT, WHO_COOKIE
from tests.factories import PersonFactory

TYPED = {"title": "Cykelpool", "need": "Elcyklar <b>till</b> hemtjänsten", "asked": "60 900:-"}
ROWS = {"lines-TOTAL_FORMS": "2", "lines-INITIAL_FORMS": "0", "lines-0-what": "Cyklar"}


@pytest.fixture
def anna_timed_out(browser, anna):
    """Anna's browser, where her session has run out."""
    browser.force_login(anna)
    browser.get("/test/done/")
    browser.cookies.pop("sessionid")
    return browser


def sent_away(browser, path="/test/need/", data=TYPED):
    answer = browser.post(path, data)
    assert (answer.status_code, answer.url) == (302, f"/account/sign-in/?next={quote(path)}")
    return answer


def test_the_text_comes_back_in_the_form_after_sign_in_and_is_not_saved(
    anna_timed_out, anna, own_pages
):
    sent_away(anna_timed_out)
    anna_timed_out.force_login(anna)
    page = anna_timed_out.get("/test/need/")

    assert page.status_code == 200
    form = page.context["form"]
    assert {name: form[name].value() for name in TYPED} == TYPED
    assert form.errors == {}
    assert own_pages.SAVED == []
    assert "Your text is back in the form below, but it is not saved yet" in page.text
    assert "Elcyklar &lt;b&gt;till&lt;/b&gt; hemtjänsten" in page.text


def test_sending_it_again_saves_it_once_and_forgets_it(anna_timed_out, anna, own_pages):
    sent_away(anna_timed_out)
    anna_timed_out.force_login(anna)
    anna_timed_out.get("/test/need/")
    anna_timed_out.post("/test/need/", TYPED)

    assert [saved["asked"] for saved in own_pages.SAVED] == [6_090_000]
    page = anna_timed_out.get("/test/need/")
    assert page.context["form"].is_bound is False
    assert SLOT not in anna_timed_out.session


def test_it_is_shown_once_only(anna_timed_out, anna):
    sent_away(anna_timed_out)
    anna_timed_out.force_login(anna)
    anna_timed_out.get("/test/need/")

    assert anna_timed_out.get("/test/need/").context["form"].is_bound is False


def test_rows_of_a_set_of_forms_come_back_too(anna_timed_out, anna):
    sent_away(anna_timed_out, data={**TYPED, **ROWS, "lines-1-what": "Hjälmar"})
    anna_timed_out.force_login(anna)
    lines = anna_timed_out.get("/test/need/").context["lines"]

    assert [row["what"].value() for row in lines.forms] == ["Cyklar", "Hjälmar"]
    assert lines.is_valid() is False
    assert [row.errors for row in lines.forms] == [{}, {}]


def test_another_form_on_the_page_is_left_as_it_was(anna_timed_out, anna):
    sent_away(anna_timed_out)
    anna_timed_out.force_login(anna)
    context = anna_timed_out.get("/test/need/").context

    assert context["other"]["note"].value() == "as before"
    assert context["lines"].forms[0]["what"].value() == "as before"


def test_a_page_without_a_form_offers_to_send_it_again(anna_timed_out, anna, own_pages):
    sent_away(anna_timed_out, "/test/submit/")
    anna_timed_out.force_login(anna)
    page = anna_timed_out.get("/test/submit/")

    assert page.status_code == 200
    assert "What you wrote is kept" in page.text
    assert '<input type="hidden" name="title" value="Cykelpool">' in page.text
    assert own_pages.SAVED == []

    anna_timed_out.post("/test/submit/", TYPED)
    assert [{"submitted": TYPED["need"]}] == own_pages.SAVED


def test_files_are_not_kept_and_the_person_is_told(anna_timed_out, anna):
    sent_away(anna_timed_out, data={**TYPED, "file": SimpleUploadedFile("plan.pdf", b"%PDF")})
    anna_timed_out.force_login(anna)

    assert "Files must be chosen again." in anna_timed_out.get("/test/need/").text


def test_somebody_else_who_signs_in_on_the_same_machine_does_not_get_it(anna_timed_out):
    sent_away(anna_timed_out)
    anna_timed_out.force_login(PersonFactory(name="Bo"))
    page = anna_timed_out.get("/test/need/")

    assert page.context["form"].is_bound is False
    assert "Cykelpool" not in page.text
    assert SLOT not in anna_timed_out.session


def test_after_an_hour_it_is_gone(anna_timed_out, anna, monkeypatch):
    sent_away(anna_timed_out)
    anna_timed_out.force_login(anna)
    later = timezone.now() + timedelta(hours=1)
    monkeypatch.setattr("idesluss.web.frame.middleware.timezone.now", lambda: later)

    assert anna_timed_out.get("/test/need/").context["form"].is_bound is False


def test_what_lies_in_the_database_cannot_be_read_without_the_browsers_cookie(anna_timed_out, anna):
    sent_away(anna_timed_out)
    assert "Cykelpool" not in repr(dict(anna_timed_out.session))

    anna_timed_out.cookies.pop(KEY_COOKIE)
    anna_timed_out.force_login(anna)
    assert anna_timed_out.get("/test/need/").context["form"].is_bound is False


def test_another_address_does_not_get_it(anna_timed_out, anna):
    sent_away(anna_timed_out, "/test/submit/")
    anna_timed_out.force_login(anna)

    assert anna_timed_out.get("/test/need/").context["form"].is_bound is False


def test_passwords_codes_and_empty_forms_are_not_kept(anna_timed_out):
    empty = {"password": "hemligt", "code": "123456", "title": "  "}
    anna_timed_out.post("/test/need/", empty)

    assert SLOT not in anna_timed_out.session
    assert KEY_COOKIE not in anna_timed_out.cookies


def test_more_than_any_form_holds_is_not_kept(anna_timed_out):
    anna_timed_out.post("/test/need/", {"need": "å" * (LARGEST // 6)})

    assert SLOT not in anna_timed_out.session


def test_looking_at_a_page_signed_out_keeps_nothing(browser):
    answer = browser.get("/test/need/?a=1")

    assert answer.url == "/account/sign-in/?next=/test/need/%3Fa%3D1"
    assert KEY_COOKIE not in answer.cookies


def test_who_signs_out_themselves_is_forgotten(browser, anna):
    browser.force_login(anna)
    browser.get("/test/done/")
    assert browser.cookies[WHO_COOKIE].value != ""

    browser.post("/account/sign-out/")
    assert browser.cookies[WHO_COOKIE].value == ""


def test_a_forged_cookie_names_nobody(browser, anna):
    browser.cookies[WHO_COOKIE] = "1:forged"
    sent_away(browser)
    assert browser.session[SLOT]["/test/need/"]["who"] is None


def test_htmx_sends_the_whole_page_to_sign_in_and_the_text_still_comes_back(anna_timed_out, anna):
    answer = anna_timed_out.post("/test/need/", TYPED, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (
        200,
        "/account/sign-in/?next=/test/need/",
    )

    anna_timed_out.force_login(anna)
    form = anna_timed_out.get("/test/need/").context["form"]
    assert form["title"].value() == "Cykelpool"


def test_a_piece_asked_for_by_htmx_leads_back_to_the_page_it_belongs_to(browser):
    asked = {"HX-Request": "true", "HX-Current-URL": "http://testserver/test/done/?tab=2"}
    answer = browser.get("/test/need/", headers=asked)

    assert answer.headers["HX-Redirect"] == ("/account/sign-in/?next=/test/done/%3Ftab%3D2")


@pytest.fixture
def strict_browser(db, own_pages, anna):
    """A browser whose forms are checked for forgery, with Anna signed in."""
    browser = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})
    browser.force_login(anna)
    return browser


def test_a_form_from_before_the_last_sign_in_comes_back_filled_in(strict_browser, own_pages):
    old = {**TYPED, "csrfmiddlewaretoken": "x" * 64}
    answer = strict_browser.post("/test/need/", old, headers={"Sec-Fetch-Site": "same-origin"})
    assert (answer.status_code, answer.url) == (302, "/test/need/")

    form = strict_browser.get("/test/need/").context["form"]
    assert form["title"].value() == "Cykelpool"
    assert own_pages.SAVED == []


def test_a_form_from_elsewhere_is_turned_away_and_leaves_no_trace(strict_browser):
    answer = strict_browser.post("/test/need/", TYPED, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert "We had to stop, to be safe" in answer.text
    assert SLOT not in strict_browser.session


def test_a_button_pressed_too_late_leads_back_to_its_page(browser):
    answer = browser.post("/test/submit/", headers={"Referer": "http://testserver/test/done/?a=1"})
    assert answer.url == "/account/sign-in/?next=/test/done/%3Fa%3D1"


def test_a_button_on_somebody_elses_page_leads_home(browser):
    answer = browser.post("/test/submit/", headers={"Referer": "http://elsewhere.example/trap/"})
    assert answer.url == "/account/sign-in/?next=/"


def test_two_pages_that_were_open_both_come_back(anna_timed_out, anna):
    sent_away(anna_timed_out, "/test/need/?a=1", {"title": "Den första"})
    sent_away(anna_timed_out, "/test/need/?a=2", {"title": "Den andra"})
    anna_timed_out.force_login(anna)

    for address, title in (("/test/need/?a=2", "Den andra"), ("/test/need/?a=1", "Den första")):
        form = anna_timed_out.get(address).context["form"]
        assert form["title"].value() == title
    assert SLOT not in anna_timed_out.session


def test_the_same_page_sent_twice_keeps_the_later_text(anna_timed_out, anna):
    sent_away(anna_timed_out, data={"title": "Före"})
    sent_away(anna_timed_out, data={"title": "Efter"})
    anna_timed_out.force_login(anna)

    assert anna_timed_out.get("/test/need/").context["form"]["title"].value() == "Efter"


def test_only_so_many_pages_are_kept_for_one_browser(anna_timed_out):
    for number in range(MOST + 2):
        anna_timed_out.post(f"/test/need/?a={number}", TYPED)

    assert list(anna_timed_out.session[SLOT]) == [
        f"/test/need/?a={number}" for number in range(2, MOST + 2)
    ]


def test_text_kept_under_another_key_is_thrown_away(anna_timed_out, anna):
    sent_away(anna_timed_out)
    anna_timed_out.cookies[KEY_COOKIE] = Fernet.generate_key().decode()
    anna_timed_out.force_login(anna)

    assert anna_timed_out.get("/test/need/").context["form"].is_bound is False
    assert SLOT not in anna_timed_out.session
