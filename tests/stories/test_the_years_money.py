"""A year's money from the release of the decisions to the closed year, with and without script.

A fund that releases in parts: half at once, the rest after a report. Two projects are granted;
one uses all it was given, the other gives something back. The owner follows the own sums, the
year is closed after a preview, and opened again because an invoice was late.
"""

from __future__ import annotations

import io

import openpyxl
import pytest

from idesluss.funding.models import Grant, Posting, Pot
from tests.funding.ledger import kronor, pot_kronor, rows
from tests.funding.meeting import AFTER, room
from tests.stories.looking import PHONE, look, without_script
from tests.stories.people import Administrator, Somebody

pytestmark = pytest.mark.django_db(transaction=True)

GARDEN, BIKES = "Pedagogisk odling", "Elmotorer på cyklar"
TOWN = {"name": "Slusstads kommun", "slug": "slusstad", "invented": True}


@pytest.fixture
def decided(clock):
    """Decided and released in the autumn before: 75 000 and 25 000 of 120 000 kronor."""
    clock.turn_to("2026-11-14 12:00")
    here = room(pot=120_000, organisation_fields=TOWN)
    fund = here.round.programme
    fund.release_rule, fund.first_share = "staged", 50
    fund.save()
    cases = [here.case(GARDEN, 75_000), here.case(BIKES, 25_000)]
    here.all_declare_clear()
    here.open()
    for case, sum_ in zip(cases, (75_000, 25_000), strict=True):
        here.choose(case, "granted", sum_)
    here.release(at=AFTER)
    return here


@pytest.fixture(params=[True, False], ids=["with-script", "without-script"])
def enters(request, new_page, live_server):
    """Somebody sits down at a browser of their own."""

    def enter(role, person, **window):
        page = new_page(script=request.param, **window)
        return role(page, live_server.url, person, org="slusstad").signs_in()

    return enter


def grant(title):
    return Grant.objects.get(application__idea__title=title, year=2027)


def looks(somebody, name):
    if somebody.page.context not in without_script:
        look(somebody.page, name)


def test_a_years_money_from_the_release_to_the_closed_year(decided, enters, clock):
    boss = enters(Administrator, decided.administrator)
    clock.turn_to("2027-02-01 09:00")
    half_is_released_and_the_rest_waits(boss.signs_in(), decided)
    clock.turn_to("2027-06-10 09:00")
    a_report_releases_the_rest(boss.signs_in())
    clock.turn_to("2027-12-01 09:00")
    what_is_used_and_what_comes_back_is_written_down(boss.signs_in())
    owner = decided.cases[1].idea.involvements.get().person
    the_owner_reads_the_own_sums_on_a_phone(enters(Somebody, owner, width=PHONE), decided)
    every_figure_leads_to_its_rows(boss, decided)
    clock.turn_to("2027-12-20 09:00")
    the_year_is_closed_after_a_preview(boss.signs_in(), decided)
    clock.turn_to("2028-01-15 09:00")
    a_late_invoice_opens_it_again(boss.signs_in(), decided)


def half_is_released_and_the_rest_waits(boss, decided):
    boss.opens("funding:ledgers", "slusstad")
    assert boss.heading() == boss.words("The money of %(year)s", year=2027)
    assert boss.fact("Released to projects") == "50 000 kr"
    assert boss.fact("Not released yet") == "50 000 kr"
    assert boss.fact("Free in the pot") == "20 000 kr"
    looks(boss, "money-year")


def goes_to(boss, title):
    boss.opens("funding:ledgers", "slusstad")
    boss.follows_title(title)


def a_report_releases_the_rest(boss):
    for title, waits in ((GARDEN, "37 500 kr"), (BIKES, "12 500 kr")):
        goes_to(boss, title)
        boss.presses("Release %(sum)s", sum=waits)
        boss.is_told("The part is released.")
    assert kronor(grant(GARDEN)) == (75_000, 75_000, 0, 0)
    looks(boss, "money-project")


def what_is_used_and_what_comes_back_is_written_down(boss):
    for title, spent in ((GARDEN, "60 000"), (BIKES, "21 400")):
        goes_to(boss, title)
        boss.follows("Book what is used")
        boss.writes("Spent since the start, in all", spent)
        boss.presses("Book it")
        boss.is_told("What is used is booked.")
    boss.follows("Write down what came back")
    boss.writes("Sum that came back", "4 000")
    boss.writes("Reason", "Motorerna blev billigare.")
    boss.presses("Write it down")
    boss.reads_text("3 600 kr")  # … is all that is left, says the page, and keeps what was typed
    boss.writes("Sum that came back", "3 600")
    boss.presses("Write it down")
    boss.is_told("What came back is written down.")
    assert kronor(grant(BIKES)) == (25_000, 25_000, 21_400, 3_600)


def the_owner_reads_the_own_sums_on_a_phone(owner, decided):
    owner.opens("funding:application", "slusstad", decided.cases[1].pk)
    owner.follows("The project's money")
    assert owner.fact("figure of the ledger|Returned") == "3 600 kr"
    owner.reads_text("Motorerna blev billigare.")
    assert not owner.sees(owner.words("Write in the books"))
    owner.meets_a_wall_at(f"/slusstad/applications/{decided.cases[0].pk}/money/")
    owner.meets_a_wall_at(f"/slusstad/funds/{decided.round.programme_id}/money/2027/")


def every_figure_leads_to_its_rows(boss, decided):
    boss.opens("funding:ledgers", "slusstad")
    boss.follows("Free in the pot")
    boss.reads_text("23 600 kr")  # 20 000 were never granted, 3 600 came back
    looks(boss, "money-rows")
    file = boss.downloads_from(boss.words("These rows as Excel"))
    book = openpyxl.load_workbook(io.BytesIO(file.body()))
    assert sum(line[5].value for line in list(book.active.rows)[1:]) == 23_600


def the_year_is_closed_after_a_preview(boss, decided):
    boss.opens("funding:ledgers", "slusstad")
    boss.follows("Close the year")
    boss.presses("Look at what it comes to")
    boss.reads("Choose what becomes of the money.")
    looks(boss, "money-closing")
    before = Posting.objects.count()
    left_open(boss, GARDEN)
    boss.reads("Stays with projects that are left open")
    looks(boss, "money-preview")
    assert Posting.objects.count() == before

    boss.presses("Close the year")
    boss.is_told("The accounts of %(year)s are closed.", year=2027)
    assert rows(decided.pot) == [("carried_out", -23_600)]
    assert pot_kronor(Pot.objects.get(year=2028)) == 23_600
    boss.page.go_back()
    assert Posting.objects.count() == before + 2


def left_open(boss, title):
    box = boss.page.locator("fieldset.settle").filter(has_text=title)
    words = boss.words("is left open, with a reason")
    box.get_by_label(words[:1].upper() + words[1:]).check()
    box.get_by_role("textbox").fill("Fakturan för jorden har inte kommit.")
    boss.presses("Look at what it comes to")


def a_late_invoice_opens_it_again(boss, decided):
    boss.opens("funding:ledger", "slusstad", decided.round.programme_id, 2027)
    boss.follows("Open the accounts again")
    boss.writes("Reason", "Fakturan kom.")
    boss.presses("Open the accounts again")
    boss.is_told("The accounts are open again.")
    assert (pot_kronor(decided.pot), pot_kronor(Pot.objects.get(year=2028))) == (120_000, 0)
    goes_in_january(boss, decided)


def goes_in_january(boss, decided):
    """The invoice is booked, and what is left is carried over after all."""
    boss.follows_title(GARDEN)
    boss.follows("Book what is used")
    boss.writes("Spent since the start, in all", "75 000")
    boss.presses("Book it")
    boss.opens("funding:year_close", "slusstad", decided.round.programme_id, 2027)
    boss.reads("No project has money left that something must be said about.")
    boss.presses("Look at what it comes to")
    boss.presses("Close the year")
    boss.is_told("The accounts of %(year)s are closed.", year=2027)
    assert (pot_kronor(decided.pot), pot_kronor(Pot.objects.get(year=2028))) == (96_400, 23_600)
