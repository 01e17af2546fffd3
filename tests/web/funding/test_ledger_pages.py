"""The books of a fund's year as pages: every figure is the sum of the rows that it links to."""

import io
from datetime import UTC, datetime

import openpyxl
import pytest
from django.urls import reverse

from idesluss.funding.models import Decision, Grant, Pot
from idesluss.funding.reads.ledger import FIGURES, figures_of, lines_of, scope_of
from idesluss.funding.usecases import (
    add_to_pot,
    book_used,
    change_grant,
    return_unused,
    transfer_to_next_year,
)
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.people.vocab import Role
from idesluss.programmes.models import Round
from tests.factories import (
    NOON,
    MeetingFactory,
    OrganisationFactory,
    PersonFactory,
    ProgrammeFactory,
    SeatFactory,
    declare,
    involve,
    person_as,
)
from tests.funding.ledger import books

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def it():
    """A year with something of everything, in kronor."""
    here = books(pot=500)
    organisation = here.fund.organisation
    organisation.slug = "slusstad"
    organisation.save()
    here.half = here.project(100, released=80, idea__title="Odling")
    here.moved = here.project(150, released=120, idea__title="Cykel")
    doing = {"reason": "Beslut", **here.doing()}
    change_grant(here.half.pk, to_minor=90_00, **doing)
    book_used(here.half.application.idea_id, total_spent_minor=30_00, **here.doing())
    return_unused(here.half.pk, amount_minor=20_00, **doing)
    transfer_to_next_year(here.moved.pk, amount_minor=50_00, **doing)
    add_to_pot(here.fund.pk, year=2027, amount_minor=40_00, **doing)
    Grant.objects.create(
        application=here.half.application, year=2029, amount_minor=7_00, currency="SEK"
    )
    Decision.objects.create(
        meeting=MeetingFactory(round=here.round),
        application=here.half.application,
        recommended_minor=95_00,
        changed_at=NOON,
        changed_by=here.boss,
    )
    return here


def url(it, page="ledger", year=2027):
    return reverse(f"funding:{page}", args=["slusstad", it.fund.pk, year])


def scope(it, person=None, at=NOON):
    return scope_of(it.fund, 2027, person or it.boss, at=at)


SUMS = {
    "set_aside": 500, "carried_in": 0, "added": 40, "carried_out": -50, "handed_back": 0,
    "total": 490, "bound": 170, "free": 320, "applied": 120_000, "recommended": 95,
    "decided": 250, "changed": -60, "granted": 190, "released": 180, "unreleased": 10,
    "unknown": 0, "used": 30, "returned": 20, "unused": 130, "later": 57,
}  # fmt: skip


def test_the_figures_of_a_year(it):
    assert {name: minor // 100 for name, minor in figures_of(scope(it)).items()} == SUMS


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_is_the_sum_of_its_rows(name, it):
    rows = lines_of(scope(it), name)
    assert sum(line.minor for line in rows) == figures_of(scope(it))[name]


def test_the_page_shows_each_figure_with_a_link_to_its_rows(it, use):
    browser = use(it.boss)
    page = browser.get(url(it))
    figures = {one.key: one for one in (*page.context["of_pot"], *page.context["of_projects"])}
    assert set(figures) == {name for name, kronor in SUMS.items() if kronor}
    assert [figures["total"].minor, figures["unused"].minor] == [490_00, 130_00]
    for name, figure in figures.items():
        rows = browser.get(figure.url)
        assert rows.context["sum_minor"] == figure.minor == SUMS[name] * 100
    assert browser.get(f"{url(it, 'ledger_rows')}?of=nothing").status_code == 404


def test_a_row_tells_when_what_who_and_why(it, use):
    [(words, line)] = use(it.boss).get(f"{url(it, 'ledger_rows')}?of=returned").context["rows"]
    assert (words, line.minor, line.at, line.by, line.reason, str(line.application)) == (
        "Returned", 20_00, NOON, it.boss, "Beslut", "Odling",
    )  # fmt: skip


def test_each_project_has_its_line(it, use):
    page = use(it.boss).get(url(it))
    lines = {str(row.grant.application): row.account for row in page.context["projects"]}
    assert (lines["Odling"].granted, lines["Odling"].unused) == (90_00, 30_00)
    assert (lines["Cykel"].granted, lines["Cykel"].changed) == (100_00, -50_00)


def test_a_year_from_a_table_says_that_nothing_more_is_known(use):
    it = books()
    it.fund.organisation.slug = "slusstad"
    it.fund.organisation.save()
    it.project(100)
    page = use(it.boss).get(url(it))
    assert "not known" in page.content.decode()
    figures = {one.key: one.minor for one in page.context["of_projects"]}
    assert figures["unknown"] == figures["granted"] == 100_00
    assert "unreleased" not in figures
    [line] = lines_of(scope(it), "unknown")
    assert line.minor == 100_00


def test_a_year_without_a_pot_has_no_rows_about_one(it):
    nothing = scope_of(it.fund, 2030, it.boss, at=NOON)
    assert lines_of(nothing, "total") == []
    assert set(figures_of(nothing).values()) == {0}


def test_the_files_hold_every_row_once_and_no_formula(it, use):
    it.half.application.idea.title = "=1+1"
    it.half.application.idea.save()
    browser = use(it.boss)

    text = browser.get(url(it, "ledger_csv")).content.decode("utf-8-sig")
    lines = [line.split(";") for line in text.splitlines()]
    assert lines[0][:3] == ["Day", "What", "Project"]
    assert sum(float(line[5].replace(",", ".")) for line in lines[1:]) == sum(
        SUMS[name] for name in ("total", "decided", "changed", "released", "used", "returned")
    )
    assert {line[2] for line in lines[1:]} == {"", "'=1+1", "Cykel"}

    book = openpyxl.load_workbook(
        io.BytesIO(browser.get(f"{url(it, 'ledger_xlsx')}?of=used").content)
    )
    assert [cell.value for cell in list(book.active.rows)[1]] == [
        "2026-10-05", "Used", "=1+1", it.half.application.idea.register_number, 2027, 30, "SEK",
        "", "Astrid Ahl",
    ]  # fmt: skip


def test_the_way_in_leads_to_this_year_or_the_latest(it, use, now):
    browser = use(it.boss)
    there = reverse("funding:ledger_now", args=["slusstad", it.fund.pk])
    assert browser.get(there)["Location"] == url(it, year=2029)
    now.at = datetime(2027, 12, 31, 23, 30, tzinfo=UTC)
    browser = use(it.boss)
    assert browser.get(there)["Location"] == url(it, year=2028)
    assert browser.get(url(it, year=2050)).status_code == 404


def test_the_way_in_is_for_those_who_read_some_funds_books(it, use):
    there = reverse("funding:ledgers", args=["slusstad"])
    browser = use(it.boss)
    assert browser.get(there)["Location"] == reverse(
        "funding:ledger_now", args=["slusstad", it.fund.pk]
    )
    ProgrammeFactory(organisation=it.fund.organisation, name="Idéfond")
    names = [fund.name for fund in browser.get(there).context["funds"]]
    assert names == ["Idéfond", it.fund.name]
    assert use(decider(it)).get(there)["Location"].endswith(f"/{it.fund.pk}/money/")
    assert use(person_as(Role.EMPLOYEE, it.fund.organisation)).get(there).status_code == 404


@pytest.mark.list_page("funding:ledgers")
def test_more_funds_ask_no_more(it, use, count_queries):
    browser = use(it.boss)

    def add(count):
        ProgrammeFactory.create_batch(count, organisation=it.fund.organisation)

    there = reverse("funding:ledgers", args=["slusstad"])
    assert count_queries(lambda: browser.get(there), add) == 5


# --- Who reads what ---------------------------------------------------------------------------


def decider(it):
    return SeatFactory(body=it.fund.body).person


READERS = {
    "administrator": lambda it: it.boss,
    "registrar": lambda it: person_as(Role.REGISTRAR, it.fund.organisation),
    "decider": decider,
}
OTHERS = {
    "assessor": lambda it: person_as(Role.ASSESSOR, it.fund.organisation),
    "employee": lambda it: person_as(Role.EMPLOYEE, it.fund.organisation),
    "administrator elsewhere": lambda it: person_as(Role.ADMINISTRATOR, OrganisationFactory()),
    "applicant": lambda it: it.half.application.idea.involvements.get().person,
}
READ = ("ledger", "ledger_rows", "ledger_csv", "ledger_xlsx")
WRITTEN = ("pot_add", "year_close", "year_reopen")


@pytest.mark.parametrize("who", READERS)
def test_the_offices_and_the_deciding_body_read_the_books(who, it, use):
    browser = use(READERS[who](it))
    assert [browser.get(f"{url(it, page)}?of=used").status_code for page in READ] == [200] * 4
    closing = [browser.get(url(it, page)).status_code for page in WRITTEN]
    assert closing == ([200, 200, 302] if who == "administrator" else [404] * 3)


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_does(who, it, use):
    browser = use(OTHERS[who](it))
    pages = (*READ, *WRITTEN)
    assert [browser.get(f"{url(it, page)}?of=used").status_code for page in pages] == [404] * 7


def test_what_is_shut_is_neither_counted_nor_told_until_it_is_public(it, use, now):
    declare(it.half.application.idea, it.boss, ConflictState.DECLARED)
    browser = use(it.boss)
    page = browser.get(url(it))
    figures = {
        one.key: one.minor for one in (*page.context["of_pot"], *page.context["of_projects"])
    }
    assert (page.context["hidden"], figures["decided"], figures["free"]) == (1, 150_00, None)
    assert "Odling" not in page.content.decode()
    assert browser.get(f"{url(it, 'ledger_rows')}?of=free").status_code == 404

    Round.objects.update(results_at=NOON)
    page = browser.get(url(it))
    assert page.context["hidden"] == 0
    lines = {str(row.grant.application): row.is_open for row in page.context["projects"]}
    assert lines == {"Odling": False, "Cykel": True}


def test_a_member_of_the_body_sees_cases_once_declared(it, use):
    person = decider(it)
    assert use(person).get(url(it)).context["hidden"] == 2
    declare(it.half.application.idea, person, ConflictState.CLEAR)
    assert use(person).get(url(it)).context["hidden"] == 1


@pytest.mark.list_page("funding:ledger")
def test_more_projects_ask_no_more_of_the_ledger(it, use, count_queries):
    browser = use(it.boss)

    def add(count):
        for _ in range(count):
            it.project(10, released=5)

    assert count_queries(lambda: browser.get(url(it)), add) == 12


@pytest.mark.list_page("funding:ledger_rows")
def test_more_rows_ask_no_more_of_their_page(it, use, count_queries):
    browser = use(it.boss)

    def add(count):
        for _ in range(count):
            it.project(10, released=5)

    assert count_queries(lambda: browser.get(f"{url(it, 'ledger_rows')}?of=released"), add) == 7


# --- The pot is changed -----------------------------------------------------------------------


def test_the_pot_gets_less_with_a_reason(it, use):
    browser = use(it.boss)
    typed = {"way": "less", "amount": "90", "reason": "Sparkrav"}
    wrong = browser.post(url(it, "pot_add"), {**typed, "amount": "9 000"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["amount"])
    assert browser.post(url(it, "pot_add"), typed)["Location"] == url(it)
    assert Pot.objects.with_total().get(pk=it.pot.pk).total_minor == 400_00


def test_what_an_applicant_alone_sees_is_elsewhere(it, use):
    person = PersonFactory()
    involve(it.half.application.idea, person, Part.CO_APPLICANT)
    assert use(person).get(url(it)).status_code == 404
