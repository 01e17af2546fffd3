"""The year is closed by clicks: choices, a preview that writes nothing, and then once."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from idesluss.funding.models import Grant, Posting, Pot
from idesluss.funding.usecases import book_used
from idesluss.ideas.vocab import ConflictState
from idesluss.programmes.vocab import Unused
from tests.factories import MeetingFactory, PotFactory, declare
from tests.funding.ledger import books, kronor, pot_kronor, rows

pytestmark = pytest.mark.django_db

DECEMBER = datetime(2027, 12, 15, 9, 0, tzinfo=UTC)


@pytest.fixture
def it(now):
    here = books(pot=500)
    organisation = here.fund.organisation
    organisation.slug = "slusstad"
    organisation.save()
    here.half = here.project(150, released=120, idea__title="Cykel")
    here.spent = here.project(100, released=100, idea__title="Odling")
    book_used(here.spent.application.idea_id, total_spent_minor=100_00, **here.doing())
    now.at = DECEMBER
    return here


@pytest.fixture
def browser(it, use):
    return use(it.boss)


def url(it, page="year_close"):
    return reverse(f"funding:{page}", args=["slusstad", it.fund.pk, 2027])


def typed(it, fate="return", reason="", **more):
    pk = it.half.application_id
    return {f"fate-{pk}": fate, f"reason-{pk}": reason, "words": "Bokslut", **more}


def confirmed(page):
    form = page.context["form"]
    hidden = {name: form[name].value() for name in form.fields}
    return {**hidden, "confirmed": "1", "fingerprint": page.context["plan"].fingerprint}


def test_only_projects_with_money_left_are_asked_about(it, browser):
    form = browser.get(url(it)).context["form"]
    assert [str(one.project.application) for one in form.asked()] == ["Cykel"]
    assert form["words"].value() == "The accounts of 2027 are closed"
    assert list(form.fields) == [
        f"fate-{it.half.application_id}", f"reason-{it.half.application_id}", "words",
    ]  # fmt: skip


def test_nothing_is_written_before_the_preview_is_confirmed_and_then_once(it, browser):
    before = Posting.objects.count()
    preview = browser.post(url(it), typed(it))
    assert (preview.status_code, Posting.objects.count()) == (200, before)
    assert preview.context["plan"].free == 400_00

    done = browser.post(url(it), confirmed(preview))
    again = browser.post(url(it), confirmed(preview), follow=True)

    assert done["Location"] == url(it, "ledger")
    assert kronor(it.half) == (120, 120, 0, 120)
    assert rows(it.pot) == [("carried_out", -400)]
    assert "The accounts were closed already." in again.content.decode()
    assert browser.get(url(it))["Location"] == url(it, "ledger")


def test_a_preview_leads_back_to_the_choices_with_all_that_was_typed(it, browser):
    preview = browser.post(url(it), typed(it, "leave", "Faktura i januari"))
    page = browser.post(url(it), {**confirmed(preview), "again": "1"})
    [asked] = page.context["form"].asked()
    assert (asked.fate.value(), asked.reason.value()) == ("leave", "Faktura i januari")
    assert rows(it.pot) == []


@pytest.mark.parametrize(
    ("fate", "reason", "wrong"), [("", "", "fate"), ("leave", " ", "reason"), ("x", "", "fate")]
)
def test_what_is_missing_is_said_where_it_is_missing(it, browser, fate, reason, wrong):
    page = browser.post(url(it), typed(it, fate, reason))
    errors = list(page.context["form"].errors)
    assert (page.status_code, errors) == (422, [f"{wrong}-{it.half.application_id}"])


def test_what_changed_since_the_preview_is_shown_again(it, browser):
    preview = browser.post(url(it), typed(it))
    book_used(it.half.application.idea_id, total_spent_minor=20_00, **it.doing())
    page = browser.post(url(it), confirmed(preview))
    assert (page.status_code, page.context["plan"].free) == (409, 380_00)
    assert rows(it.pot) == []
    browser.post(url(it), confirmed(page))
    assert rows(it.pot) == [("carried_out", -380)]


def test_what_cannot_be_done_after_all_is_said_on_the_choices(it, browser):
    PotFactory(programme=it.fund, year=2028, currency="EUR")
    preview = browser.post(url(it), typed(it))
    page = browser.post(url(it), confirmed(preview))
    assert (page.status_code, page.templates[0].name) == (422, "funding/year_close.html")
    [said] = page.context["form"].non_field_errors()
    assert said.startswith("Sums in SEK and in EUR cannot be added together.")
    assert rows(it.pot) == []


def test_a_second_round_leads_on_to_adding_it(it, browser):
    it.fund.unused = Unused.ROUND.value
    it.fund.save()
    missing = browser.post(url(it), typed(it))
    assert list(missing.context["form"].errors) == ["rest"]

    preview = browser.post(url(it), typed(it, rest="round"))
    done = browser.post(url(it), confirmed(preview))

    assert done["Location"] == reverse("programmes:round_add", args=["slusstad", it.fund.pk])
    assert Pot.objects.get(pk=it.pot.pk).closed_at is None
    assert kronor(it.half) == (120, 120, 0, 120)


def test_an_overspent_pot_is_covered_with_the_reason_of_the_meeting(it, browser):
    it.project(300)
    MeetingFactory(
        round=it.round, released_at=DECEMBER, register_number="M", overshoot_reason="Värda det."
    )
    form = browser.get(url(it)).context["form"]
    assert form["cover"].value() == "Värda det."
    missing = browser.post(url(it), typed(it, "transfer", cover=" "))
    assert list(missing.context["form"].errors) == ["cover"]
    preview = browser.post(url(it), typed(it, "transfer", cover="Värda det."))
    browser.post(url(it), confirmed(preview))
    assert rows(it.pot) == [("carried_out", -150), ("added", 50)]
    assert kronor(Grant.objects.get(application=it.half.application, year=2028)) == (
        150, 120, 0, 0,
    )  # fmt: skip


def test_a_closed_year_is_opened_again_with_a_reason(it, browser):
    preview = browser.post(url(it), typed(it))
    browser.post(url(it), confirmed(preview))
    assert "Closed on" in browser.get(url(it, "year_reopen")).content.decode()
    assert browser.post(url(it, "year_reopen"), {"reason": " "}).status_code == 422
    done = browser.post(url(it, "year_reopen"), {"reason": "En faktura till"})
    assert done["Location"] == url(it, "ledger")
    assert (pot_kronor(it.pot), Pot.objects.get(pk=it.pot.pk).closed_at) == (500, None)
    assert browser.get(url(it, "year_reopen"))["Location"] == url(it, "ledger")
    assert browser.post(url(it, "year_reopen"), {"reason": "Igen"}).status_code == 422


@pytest.mark.list_page("funding:year_close")
def test_more_projects_ask_no_more_of_the_closing(it, browser, count_queries):
    def add(count):
        for _ in range(count):
            it.project(10, released=5)

    assert count_queries(lambda: browser.get(url(it)), add) == 12


# --- What was left open, and why ----------------------------------------------------------------


def left_open(it, browser, reason="Faktura i januari", **more):
    preview = browser.post(url(it), typed(it, "leave", reason, **more))
    browser.post(url(it), confirmed(preview))


def said_of(browser, it):
    page = browser.get(url(it, "ledger"))
    why = [(str(row.grant.application), row.left_open) for row in page.context["projects"]]
    return {title: reason for title, reason in why if reason}, page.content.decode()


def test_the_ledger_of_a_closed_year_says_why_a_project_was_left_open(it, browser):
    assert said_of(browser, it)[0] == {}
    left_open(it, browser)

    told, page = said_of(browser, it)

    assert told == {"Cykel": "Faktura i januari"}
    assert "left open when the year was closed: Faktura i januari" in page


def test_that_is_told_of_a_year_that_waits_for_a_second_round_too(it, browser):
    it.fund.unused = Unused.ROUND.value
    it.fund.save()
    left_open(it, browser, rest=Unused.ROUND.value)

    assert Pot.objects.get(pk=it.pot.pk).closed_at is None
    assert said_of(browser, it)[0] == {"Cykel": "Faktura i januari"}


def test_once_the_accounts_are_open_again_the_last_closing_counts(it, browser):
    left_open(it, browser)
    browser.post(url(it, "year_reopen"), {"reason": "Fel"})
    assert said_of(browser, it)[0] == {}

    left_open(it, browser, "Dröjer ändå")

    assert said_of(browser, it)[0] == {"Cykel": "Dröjer ändå"}


def test_why_a_shut_project_was_left_open_is_not_told(it, browser):
    left_open(it, browser)
    it.round.results_at = DECEMBER
    it.round.save()
    declare(it.half.application.idea, it.boss, ConflictState.DECLARED)

    told, page = said_of(browser, it)

    assert told == {}
    assert "Faktura" not in page
