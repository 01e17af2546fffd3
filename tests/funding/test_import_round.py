"""Rounds come in from tables: all of it or nothing, and the same file twice changes nothing."""

from datetime import date

import pytest

from idesluss.funding.models import Application, Grant, RoundImport
from idesluss.funding.reads.imports import applications_of, facts_of, rows_of
from idesluss.funding.usecases import release_part, transfer_to_next_year
from idesluss.funding.usecases.import_round import (
    About,
    HasProblems,
    InTheWay,
    OtherRound,
    import_round,
)
from idesluss.ideas.models import Idea
from idesluss.logic.refusals import Missing, NotAllowed
from idesluss.logic.sheets import read_round, read_table, write_rows
from idesluss.people.models import Unit
from idesluss.people.vocab import Role
from idesluss.programmes.models import Round
from idesluss.records.models import Entry
from tests.factories import (
    NOON,
    ApplicationFactory,
    PersonFactory,
    PotFactory,
    ProgrammeFactory,
    person_as,
)

pytestmark = pytest.mark.django_db

BURLOV = """\
titel;beviljat;förvaltning;beslut;motivering
Pedagogisk odling;75 000 kr;Barn och utbildning;beviljat;
Elmotorer på kommunens befintliga cyklar;25.000;Teknik;beviljat;
Drönare;0;Teknik;avslag;Inget behov
"""


def reading(text=BURLOV, *, currency="SEK", year=2023, stated_total=None):
    table = read_table(text.encode(), "burlov.csv")
    return read_round(table, currency=currency, year=year, stated_total=stated_total)


@pytest.fixture
def fund():
    return ProgrammeFactory()


@pytest.fixture
def boss(fund):
    return person_as(Role.ADMINISTRATOR, fund.organisation)


def about(fund, **changes):
    facts = {"programme_id": fund.pk, "name": "2023", "year": 2023, "file_name": "burlov.csv"}
    return About(**(facts | changes))


def everything():
    """All that an import may write, to compare before and after."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Round, Idea, Application, Grant, Unit, RoundImport, Entry)
    ]


def test_a_round_comes_in_with_its_cases_sums_departments_and_stages(fund, boss):
    taken = import_round(reading(), about(fund), by=boss, at=NOON)

    assert (taken.new, taken.corrected, taken.unchanged) == (3, 0, 0)
    assert (taken.round.project_year, taken.round.slug) == (2023, "2023")
    ideas = Idea.objects.order_by("pk")
    assert [(i.title, i.unit.name, i.stage, i.register_number) for i in ideas] == [
        ("Pedagogisk odling", "Barn och utbildning", "testing", "Import 2023/0001"),
        ("Elmotorer på kommunens befintliga cyklar", "Teknik", "testing", "Import 2023/0002"),
        ("Drönare", "Teknik", "declined", "Import 2023/0003"),
    ]
    assert list(Grant.objects.values_list("amount_minor", "currency", "year")) == [
        (7_500_000, "SEK", 2023),
        (2_500_000, "SEK", 2023),
    ]
    refused = Application.objects.get(outcome="refused")
    assert (refused.reason, refused.decided_at) == ("Inget behov", NOON)
    assert Unit.objects.filter(organisation=fund.organisation).count() == 2
    noted = Entry.objects.about(taken.round).get()
    assert noted.data["totals"] == {"SEK": 10_000_000}


def test_the_same_file_twice_changes_nothing(fund, boss):
    import_round(reading(), about(fund), by=boss, at=NOON)
    before = everything()
    taken = import_round(reading(), about(fund), by=boss, at=NOON)
    assert (taken.new, taken.corrected, taken.unchanged) == (0, 0, 3)
    assert everything() == before


def test_what_goes_out_comes_back_in_as_it_was(fund, boss):
    round = import_round(reading(), about(fund), by=boss, at=NOON).round
    for kind in ("csv", "xlsx"):
        data = write_rows(rows_of(applications_of(round)), kind)
        again = read_round(read_table(data, f"ut.{kind}"), currency="SEK", year=2023)
        assert again.problems == ()
        before = everything()
        assert import_round(again, about(fund), by=boss, at=NOON).unchanged == 3
        assert everything() == before


def test_a_corrected_file_puts_right_what_came_from_a_file(fund, boss):
    round = import_round(reading(), about(fund), by=boss, at=NOON).round
    corrected = BURLOV.replace("75 000 kr", "80 000 kr").replace("avslag;Inget", "bordlagt;Inget")

    taken = import_round(reading(corrected), about(fund), by=boss, at=NOON)

    assert (taken.new, taken.corrected, taken.unchanged) == (0, 2, 1)
    assert [facts_of(one).sums for one in applications_of(round)] == [
        (((2023, "", "SEK"), 8_000_000),),
        (((2023, "", "SEK"), 2_500_000),),
        (),
    ]
    assert Idea.objects.get(title="Drönare").stage == "parked"


def test_a_case_that_went_through_the_round_here_is_never_changed_by_a_file(fund, boss):
    round = import_round(reading(), about(fund), by=boss, at=NOON).round
    own = ApplicationFactory(round=round, stage="deciding", owner=PersonFactory())
    before = everything()
    text = BURLOV + f"{own.idea.title};10 000;Teknik;beviljat;\nNytt;5 000;Teknik;beviljat;\n"
    with pytest.raises(InTheWay) as refused:
        import_round(reading(text), about(fund), by=boss, at=NOON)
    assert own.idea.title in refused.value.message
    assert everything() == before


def test_several_implementers_and_years_of_one_title_are_one_case(fund, boss):
    text = (
        "titel;beviljat;år;genomförare;valuta\n"
        "Gemensam sluss;100;2023;Lerum;SEK\n"
        "gemensam  sluss;200;2024;Lerum;SEK\n"
        "Gemensam sluss;300;2023;Kungsbacka;SEK\n"
        "Gemensam sluss;50;2023;Tårnby;DKK\n"
    )
    round = import_round(reading(text), about(fund), by=boss, at=NOON).round
    [application] = applications_of(round)
    assert facts_of(application).sums == (
        ((2023, "Kungsbacka", "SEK"), 30_000),
        ((2023, "Lerum", "SEK"), 10_000),
        ((2023, "Tårnby", "DKK"), 5_000),
        ((2024, "Lerum", "SEK"), 20_000),
    )


def test_asked_and_applicant_come_in_and_go_out(fund, boss):
    text = "titel;sökt;sökande;beviljat\nCykelpool;50 000;Åsa Öberg;20 000\n"
    round = import_round(reading(text), about(fund), by=boss, at=NOON).round
    [row] = rows_of(applications_of(round))
    assert (row.applicant, row.asked_minor, row.granted_minor) == (
        "Åsa Öberg",
        5_000_000,
        2_000_000,
    )
    assert row.outcome == "partly_granted"


def test_a_case_without_outcome_is_received_and_waits(fund, boss):
    round = import_round(reading("titel\nBara en idé\n"), about(fund), by=boss, at=NOON).round
    [application] = applications_of(round)
    assert (application.idea.stage, application.outcome) == ("received", "")
    [row] = rows_of([application])
    assert (row.outcome, row.granted_minor) == (None, None)


def test_an_export_names_the_people_who_hand_in(fund):
    application = ApplicationFactory(
        stage="received", owner=PersonFactory(name="Bo Ek"), round__programme=fund
    )
    [row] = rows_of(applications_of(application.round))
    assert row.applicant == "Bo Ek"


def test_a_stated_total_is_kept_beside_the_computed_one(fund, boss):
    stated = reading(stated_total=10_300_000)
    round = import_round(stated, about(fund, decided_on=date(2023, 2, 1)), by=boss, at=NOON).round
    kept = RoundImport.objects.get(round=round)
    assert (kept.stated_total_minor, kept.currency) == (10_300_000, "SEK")
    assert kept.decided_on == date(2023, 2, 1)
    assert stated.difference == 300_000


def test_a_total_that_is_stated_later_is_kept_without_touching_the_cases(fund, boss):
    import_round(reading(), about(fund), by=boss, at=NOON)
    ideas = list(Idea.objects.values())
    import_round(reading(stated_total=1), about(fund), by=boss, at=NOON)
    assert list(RoundImport.objects.values_list("stated_total_minor", flat=True)) == [None, 1]
    assert list(Idea.objects.values()) == ideas


def test_a_round_is_published_when_asked_and_not_before(fund, boss):
    round = import_round(reading(), about(fund), by=boss, at=NOON).round
    assert not Round.objects.visible_to(None, at=NOON).exists()
    import_round(reading(), about(fund, publish=True), by=boss, at=NOON)
    assert list(Round.objects.visible_to(None, at=NOON)) == [round]


def test_a_name_in_addresses_is_never_taken_twice(fund, boss):
    other = ProgrammeFactory(organisation=fund.organisation)
    first = import_round(reading(), about(fund), by=boss, at=NOON).round
    second = import_round(reading(), about(other), by=boss, at=NOON).round
    third = import_round(reading(), about(fund, name="…"), by=boss, at=NOON).round
    assert [first.slug, second.slug, third.slug] == ["2023", "2023-2", "round-2023"]


@pytest.mark.parametrize(
    ("text", "changes", "refusal"),
    [
        ("titel;beviljat\nCykel;många kronor\n", {}, HasProblems),
        (BURLOV, {"name": " "}, Missing),
    ],
)
def test_a_refused_import_writes_nothing(fund, boss, text, changes, refusal):
    before = everything()
    with pytest.raises(refusal):
        import_round(reading(text), about(fund, **changes), by=boss, at=NOON)
    assert everything() == before


def test_a_round_of_another_year_is_not_filled_by_mistake(fund, boss):
    import_round(reading(), about(fund), by=boss, at=NOON)
    with pytest.raises(OtherRound):
        import_round(reading(year=2024), about(fund, year=2024), by=boss, at=NOON)


@pytest.mark.parametrize("role", list(Role))
def test_only_fund_administrators_take_rounds_in(fund, role):
    person = person_as(role, fund.organisation)
    elsewhere = person_as(role, ProgrammeFactory().organisation)
    with pytest.raises(NotAllowed):
        import_round(reading(), about(fund), by=elsewhere, at=NOON)
    if role is Role.ADMINISTRATOR:
        assert import_round(reading(), about(fund), by=person, at=NOON).new == 3
    else:
        with pytest.raises(NotAllowed):
            import_round(reading(), about(fund), by=person, at=NOON)


def test_a_command_on_the_server_may_take_a_round_in(fund):
    import_round(reading(), about(fund), by=None, at=NOON)
    assert RoundImport.objects.get().by is None


def test_an_archived_fund_takes_nothing_in(fund, boss):
    fund.archived_at = NOON
    fund.save()
    with pytest.raises(NotAllowed):
        import_round(reading(), about(fund), by=boss, at=NOON)


def test_a_case_whose_money_has_moved_since_is_not_changed_by_a_file(fund, boss):
    import_round(reading(), about(fund), by=boss, at=NOON)
    grant = Grant.objects.get(amount_minor=75_000_00)
    release_part(grant.pk, amount_minor=75_000_00, by=boss, at=NOON)
    transfer_to_next_year_of(grant, by=boss)
    before = everything()

    import_round(reading(), about(fund), by=boss, at=NOON)  # the same again is no change
    with pytest.raises(InTheWay) as refused:
        import_round(reading(BURLOV.replace("75 000", "76 000")), about(fund), by=boss, at=NOON)

    assert refused.value.params == {"title": "Pedagogisk odling"}
    assert everything() == before


def transfer_to_next_year_of(grant, *, by):
    PotFactory(programme=grant.application.round.programme, year=grant.year)
    transfer_to_next_year(grant.pk, amount_minor=1_000_00, reason="Försenad", by=by, at=NOON)
