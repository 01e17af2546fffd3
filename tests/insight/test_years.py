"""The years of a fund: every figure from its rows, and small groups hidden."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from idesluss.funding.models import Grant, Posting
from idesluss.funding.usecases.import_round import About, import_round
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.insight.reads.rounds import choose
from idesluss.insight.reads.years import Newcomers, Wait, years_of
from idesluss.logic.sheets import read_round, read_table
from idesluss.people.vocab import Role
from idesluss.programmes.models import Round
from tests.factories import PersonFactory, UnitFactory, declare, involve, person_as
from tests.insight.fund import Fund

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 1, tzinfo=UTC)
NOBODY = AnonymousUser()


def read(here, person=NOBODY, **wish):
    return years_of(choose(here.organisation, person, at=AT, **wish), at=AT)


def groups(found):
    return {one.name: (one.received, one.granted, one.sums.get("SEK", 0)) for one in found}


@pytest.fixture
def fund():
    return Fund()


@pytest.fixture
def year(fund):
    """2025: twelve in, six granted, one of them with two goals; one withdrawn, a draft apart."""
    round = fund.round(2025)
    fund.cases(round, 4, "granted", unit=fund.care, goals=[fund.near])
    fund.case(round, "granted", unit=fund.school, goals=[fund.near, fund.green])
    fund.case(round, "granted", unit=fund.school, granted_minor=40_000_00, goals=[fund.green])
    fund.cases(round, 5, unit=fund.care, goals=[fund.near])
    fund.case(round, "withdrawn", unit=fund.care, goals=[fund.near])
    fund.case(round, "", unit=fund.care).idea.__class__.objects.filter(
        pk=round.applications.latest("pk").idea_id
    ).update(stage="draft")
    return round


def test_a_year_is_counted_from_its_cases(fund, year):
    fund.pot(2025, 500_000)
    [found] = read(fund).years
    assert (found.year, found.received, found.granted, found.not_granted) == (2025, 12, 6, 6)
    assert (found.withdrawn, found.undecided, found.share) == (1, 0, 0.5)
    assert found.granted_sums == {"SEK": 340_000_00}
    assert found.asked == {"SEK": 720_000_00}
    assert found.pot == {"SEK": 500_000_00}
    assert found.left("SEK") == 160_000_00
    assert found.left("DKK") is None


def test_departments_and_goals_tell_what_was_granted_of_what_came_in(fund, year):
    [found] = read(fund).years
    assert groups(found.departments) == {
        "Omsorg": (10, 4, 240_000_00),
        "Skola": (2, 2, 100_000_00),
    }
    assert groups(found.goals) == {"Nära": (11, 5, 300_000_00), "Grönt": (2, 2, 100_000_00)}


def test_a_unit_counts_with_its_department(fund, year):
    kitchen = UnitFactory(organisation=fund.organisation, parent=fund.school, name="Köket")
    fund.case(year, "granted", unit=kitchen)
    [found] = read(fund).years
    assert groups(found.departments)["Skola"] == (3, 3, 160_000_00)


def test_few_who_were_refused_in_a_department_are_hidden_and_cannot_be_subtracted_out(fund):
    round = fund.round(2025)
    fund.cases(round, 9, unit=fund.care)
    fund.cases(round, 7, unit=fund.school)
    fund.cases(round, 2, unit=fund.street)
    fund.cases(round, 3, "granted", unit=fund.street)
    [found] = read(fund).years
    assert groups(found.departments) == {
        "Gata": (None, 3, 180_000_00),
        "Omsorg": (9, 0, 0),
        "Skola": (None, 0, 0),
    }
    assert [one.share for one in found.departments] == [None, 0, None]


def test_what_a_second_round_adds_stays_hidden(fund):
    first, second = fund.round(2025), fund.round(2025)
    fund.cases(first, 8, unit=fund.care)
    fund.cases(first, 9, unit=fund.school)
    fund.cases(second, 1, unit=fund.care)
    fund.cases(second, 9, unit=fund.school)
    [found] = read(fund).years
    assert groups(found.departments) == {"Omsorg": (None, 0, 0), "Skola": (None, 0, 0)}


def test_what_a_few_asked_for_in_vain_is_not_told(fund):
    round = fund.round(2025)
    fund.cases(round, 5, "granted", unit=fund.care)
    fund.cases(round, 4, unit=fund.care)
    assert read(fund).years[0].asked is None
    fund.case(round, unit=fund.care)
    assert read(fund).years[0].asked == {"SEK": 600_000_00}


def test_sums_in_two_currencies_are_never_added(fund):
    round = fund.round(2025)
    fund.case(round, "granted", unit=fund.care)
    both = fund.case(round, "granted", unit=fund.care, currency="DKK", granted_minor=900_00)
    Grant.objects.create(application=both, year=2026, amount_minor=100_00, currency="DKK")
    [found] = read(fund).years
    assert found.granted_sums == {"DKK": 1_000_00, "SEK": 60_000_00}
    assert found.granted == 2
    assert read(fund).currencies == ["DKK", "SEK"]


def test_the_pot_is_what_there_was_to_share_out(fund):
    fund.round(2025)
    pot = fund.pot(2025, 500_000)
    moves = {"carried_in": 20_000_00, "added": 5_000_00, "carried_out": -90_000_00}
    for kind, minor in moves.items():
        Posting.objects.create(pot=pot, kind=kind, amount_minor=minor, by=None, at=AT)
    assert read(fund).years[0].pot == {"SEK": 525_000_00}


def test_what_happened_to_a_grant_since_stands_beside_what_was_decided(fund):
    granted = fund.case(fund.round(2025), "granted", unit=fund.care).grants.get()
    for kind, minor in (("changed", -10_000_00), ("released", 50_000_00), ("used", 20_000_00)):
        Posting.objects.create(
            grant=granted, kind=kind, amount_minor=minor, by=fund.administrator, at=AT
        )
    [found] = read(fund).years
    assert found.granted_sums == {"SEK": 60_000_00}
    assert found.money == {
        "changed": {"SEK": -10_000_00},
        "released": {"SEK": 50_000_00},
        "used": {"SEK": 20_000_00},
    }


def test_half_waited_so_long_and_nine_of_ten_at_most_so_long(fund):
    round = fund.round(2025)
    fund.cases(round, 9, unit=fund.care)  # closed at the end of Thursday 31 October 2024
    fund.case(round, unit=fund.care, decided_at=datetime(2024, 12, 20, 12, tzinfo=UTC))
    assert read(fund).years[0].wait == Wait(10, 26, 26)
    fund.case(round, unit=fund.care, decided_at=datetime(2024, 12, 20, 12, tzinfo=UTC))
    assert read(fund).years[0].wait == Wait(11, 26, 36)


def test_where_a_round_never_closes_the_clock_starts_when_a_case_comes_in(fund):
    round = fund.round(2025, closes_at=None)
    came = datetime(2024, 12, 2, 9, tzinfo=UTC)  # a Monday; decided on the Sunday after
    fund.cases(round, 5, unit=fund.care, submitted_at=came)
    assert read(fund).years[0].wait == Wait(5, 4, 4)


def test_fewer_than_five_answers_say_too_much_of_each(fund):
    fund.cases(fund.round(2025), 4, unit=fund.care)
    assert read(fund).years[0].wait is None


def test_a_round_from_a_table_is_timed_by_the_days_that_it_tells(fund):
    unknown, known = fund.round(2024, closes_at=None), fund.round(2025)
    fund.from_table(unknown)
    fund.from_table(known, date(2024, 11, 8))
    fund.cases(unknown, 6, unit=fund.care)
    fund.cases(known, 6, unit=fund.care)
    assert [one.wait for one in read(fund).years] == [None, Wait(6, 6, 6)]


def test_what_a_table_says_is_told_of_its_year(fund):
    rows = "".join(
        f"Förslag {n};Omsorg;Bo Ek {n};80 000;{0 if n > 6 else '50 000'};{outcome};2025\n"
        for n in range(1, 13)
        for outcome in ("avslag" if n > 6 else "beviljad",)
    )
    table = f"titel;förvaltning;sökande;sökt;beviljat;utfall;år\n{rows}".encode()
    reading = read_round(read_table(table, "2025.csv"), currency="SEK", year=2025)
    about = About(fund.programme.pk, "2025", 2025, decided_on=date(2024, 12, 9), publish=True)
    import_round(reading, about, by=fund.administrator, at=AT)
    [found] = read(fund).years
    assert (found.received, found.granted, found.not_granted) == (12, 6, 6)
    assert (found.asked, found.granted_sums) == ({"SEK": 960_000_00}, {"SEK": 300_000_00})
    assert found.wait is None  # the table does not say when the round closed
    Round.objects.update(closes_at=datetime(2024, 11, 30, 23, tzinfo=UTC))
    assert read(fund).years[0].wait == Wait(12, 6, 6)
    later = fund.round(2026)
    fund.cases(later, 6, owner=PersonFactory(name="Bo Ek 1"), unit=fund.care)
    fund.cases(later, 5, unit=fund.care)
    assert read(fund).years[1].newcomers == Newcomers(6, None)


def test_who_applies_for_the_first_time_is_told_by_name_from_the_second_year(fund):
    old = [PersonFactory() for _ in range(6)]
    first, second = fund.round(2024), fund.round(2025)
    for person in old:
        fund.case(first, owner=person, unit=fund.care)
    for person in [*old, old[0], *(PersonFactory() for _ in range(5))]:
        fund.case(second, owner=person, unit=fund.care)
    earlier, later = read(fund).years
    assert earlier.newcomers is None
    assert later.newcomers == Newcomers(11, 5)


def test_a_name_in_a_table_is_the_person_of_that_name(fund):
    first, second = fund.round(2024), fund.round(2025)
    fund.from_table(first)
    names = [f"Bo Ek {n}" for n in range(6)]
    for name in names:
        made = fund.case(first, owner="nobody", unit=fund.care)
        made.idea.applicant_name = name
        made.idea.save()
    for name in [*names, *(f"Siv Al {n}" for n in range(7))]:
        fund.case(second, owner=PersonFactory(name=name), unit=fund.care)
    fund.case(second, owner="nobody", unit=fund.care)  # of whom nothing is known
    assert read(fund).years[1].newcomers == Newcomers(13, 7)


def test_a_few_newcomers_or_a_few_old_ones_are_not_told(fund):
    old = [PersonFactory() for _ in range(6)]
    for person in old:
        fund.case(fund.round(2024), owner=person, unit=fund.care)
    second = fund.round(2025)
    for person in [*old, PersonFactory()]:
        fund.case(second, owner=person, unit=fund.care)
    assert read(fund).years[1].newcomers == Newcomers(7, None)


def test_made_permanent_is_told_where_the_project_is_public(fund):
    round = fund.round(2025)
    shown, unshown, ended = fund.cases(round, 3, "granted", unit=fund.care)
    for one, published in ((shown, True), (unshown, False), (ended, True)):
        fund.project(one, published=published)
    fund.permanent(shown)
    fund.permanent(unshown)
    fund.permanent(ended, ended_at=AT, ended_why="Ingen använde den.")
    [found] = read(fund).years
    assert (found.permanent, found.permanent_share) == (1, 1 / 3)
    assert read(fund, fund.administrator).years[0].permanent == 1  # the same for everybody


def test_a_project_with_an_accepted_final_report_has_reported(fund):
    one, other = fund.cases(fund.round(2025), 2, "granted", unit=fund.care)
    fund.final_report(fund.project(one))
    fund.project(other)
    assert read(fund).years[0].reported == 1


def test_everybody_sees_published_rounds_and_the_office_the_others_too(fund):
    fund.round(2024)
    fund.round(2025, published=False)
    colleague = person_as(Role.EMPLOYEE, fund.organisation)
    registrar = person_as(Role.REGISTRAR, fund.organisation)
    elsewhere = Fund().administrator
    seen = {
        name: [(one.year, one.published) for one in read(fund, person).years]
        for name, person in {
            "nobody": NOBODY,
            "colleague": colleague,
            "elsewhere": elsewhere,
            "registrar": registrar,
            "administrator": fund.administrator,
        }.items()
    }
    public, office = [(2024, True)], [(2024, True), (2025, False)]
    assert seen == {
        "nobody": public,
        "colleague": public,
        "elsewhere": public,
        "registrar": office,
        "administrator": office,
    }


def test_a_case_that_is_shut_to_the_office_counts_once_its_results_are_public(fund):
    round = fund.round(2025, published=False)
    one, other = fund.cases(round, 2, "granted", unit=fund.care)
    Posting.objects.create(
        grant=one.grants.get(), kind="released", amount_minor=5, by=fund.administrator, at=AT
    )
    declare(one.idea, fund.administrator, ConflictState.DECLARED)
    involve(other.idea, fund.administrator, Part.CO_APPLICANT)
    fund.case(round, unit=fund.care)
    [seen] = read(fund, fund.administrator).years
    assert (seen.received, seen.granted, seen.granted_sums, seen.money) == (1, 0, {}, {})
    round.results_at = AT
    round.save()
    [seen] = read(fund, fund.administrator).years
    assert (seen.received, seen.granted, seen.granted_sums) == (3, 2, {"SEK": 120_000_00})


def test_another_organisations_years_are_its_own(fund):
    other = Fund()
    fund.case(fund.round(2025), "granted", unit=fund.care)
    other.cases(other.round(2025), 3, "granted", unit=other.care)
    assert [one.granted for one in read(fund).years] == [1]
    assert read(fund, fund=other.programme.pk).chosen.fund == fund.programme


def test_one_fund_at_a_time_the_one_with_most_rounds_unless_chosen(fund):
    second = Fund(fund.organisation)
    fund.round(2025)
    for year in (2024, 2025):
        second.round(year)
    assert read(fund).chosen.fund == second.programme
    assert read(fund, fund=fund.programme.pk).chosen.fund == fund.programme
    assert [one.pk for one in read(fund).chosen.funds] == [fund.programme.pk, second.programme.pk]


def test_chosen_years_leave_the_others_out_but_know_who_applied_before(fund):
    old = [PersonFactory() for _ in range(6)]
    for year in (2023, 2024, 2025):
        round = fund.round(year)
        for person in old:
            fund.case(round, owner=person, unit=fund.care)
    found = read(fund, first=2024, last=2025)
    assert [one.year for one in found.years] == [2024, 2025]
    assert [one.newcomers for one in found.years] == [Newcomers(6, 0)] * 2
    assert [one.year for one in read(fund, first=2026, last=2020).years] == [2023, 2024, 2025]
    assert found.of(2024).year == 2024
    assert found.of(2019) is None


def test_an_organisation_without_rounds_has_no_years(fund):
    assert read(fund).years == ()
    assert read(fund).chosen.fund is None


def test_as_many_queries_for_one_year_as_for_four(fund, django_assert_num_queries):
    for year in (2022, 2023, 2024, 2025):
        fund.cases(fund.round(year), 3, "granted", unit=fund.care)
    for first in (2025, 2022):
        with django_assert_num_queries(5):
            assert len(read(fund, first=first).years) == 2026 - first
