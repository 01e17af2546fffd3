"""Departments and units are typed or pasted, renamed, laid aside and brought back."""

import pytest

from idesluss.logic.refusals import AlreadyDone, Missing, NotAllowed, TooLong
from idesluss.people.models import Unit
from idesluss.people.names import find_unit, unit_path
from idesluss.people.reads import all_units, unit_choices
from idesluss.people.refusals import NameTaken, SeveralUnits, TooDeep, UnitTooLong, UnknownUnit
from idesluss.people.usecases import add_units, archive_unit, rename_unit, restore_unit
from idesluss.people.usecases.units import read_units
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import NOON, OrganisationFactory, UnitFactory, person_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return OrganisationFactory()


@pytest.fixture
def boss(here):
    return person_as(Role.ADMINISTRATOR, here)


def paths(organisation):
    return [unit_path(unit) for unit in unit_choices(organisation)]


def test_one_line_is_one_unit_and_its_department_comes_with_it():
    text = "Vård > Hemtjänst\n\n  Skola \nVård>Hemtjänst\nVård"

    assert read_units(text) == [("Vård",), ("Vård", "Hemtjänst"), ("Skola",)]


def test_two_columns_of_a_sheet_are_departments_and_units():
    text = "Förvaltning\tEnhet\r\nVård\tHemtjänst\r\n\tKök \r\nSkola\t\r\nSkola\tKök\t\r\n"

    assert read_units(text) == [
        ("Vård",),
        ("Vård", "Hemtjänst"),
        ("Vård", "Kök"),
        ("Skola",),
        ("Skola", "Kök"),
    ]
    assert read_units("Enhet\nVård") == [("Enhet",), ("Vård",)]  # typed: a unit may be called so


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("\tKök", TooDeep(line="Kök")),
        ("Vård\tHem\tKväll", TooDeep(line="Vård Hem Kväll")),
        ("Vård\t\tKväll", TooDeep(line="Vård Kväll")),
        (" \n", Missing(field="lines")),
        ("Vård > Hem > Kväll", TooDeep(line="Vård > Hem > Kväll")),
        ("Vård >", TooDeep(line="Vård >")),
        ("x" * 121, UnitTooLong(line="x" * 121, limit=120)),
    ],
)
def test_a_line_that_is_no_unit_is_told(text, refusal):
    with pytest.raises(type(refusal)) as refused:
        read_units(text)
    assert refused.value == refusal
    assert refused.value.field == "lines"


def test_units_are_added_once_and_shown_under_their_department(here, boss):
    add_units(here.pk, "Vård > Kök\nSkola > Kök", by=boss, at=NOON)

    assert add_units(here.pk, "skola > kök\nVård > Hemtjänst", by=boss, at=NOON) == [
        Unit.objects.get(name="Hemtjänst")
    ]

    assert paths(here) == ["Skola", "Skola > Kök", "Vård", "Vård > Hemtjänst", "Vård > Kök"]
    entries = Entry.objects.about(here)
    assert [entry.data["names"] for entry in entries] == [
        ["Vård", "Kök", "Skola", "Kök"],
        ["Hemtjänst"],
    ]


def test_adding_what_is_there_notes_nothing(here, boss):
    add_units(here.pk, "Vård", by=boss, at=NOON)

    assert add_units(here.pk, "Vård", by=boss, at=NOON) == []
    assert Entry.objects.count() == 1


def test_a_department_that_lies_aside_takes_its_units_with_it_and_comes_back(here, boss):
    add_units(here.pk, "Vård > Kök\nSkola", by=boss, at=NOON)
    care, kitchen = Unit.objects.get(name="Vård"), Unit.objects.get(name="Kök")

    archive_unit(care.pk, by=boss, at=NOON)

    assert paths(here) == ["Skola"]
    assert [unit.name for unit in all_units(here, by=boss, at=NOON)] == ["Skola", "Vård", "Kök"]
    with pytest.raises(AlreadyDone):
        archive_unit(care.pk, by=boss, at=NOON)

    restore_unit(kitchen.pk, by=boss, at=NOON)

    assert paths(here) == ["Skola", "Vård", "Vård > Kök"]
    with pytest.raises(AlreadyDone):
        restore_unit(care.pk, by=boss, at=NOON)
    assert [entry.verb for entry in Entry.objects.order_by("pk")] == [
        "people.units_added",
        "people.unit_archived",
        "people.unit_restored",
    ]


def test_an_archived_unit_comes_back_when_it_is_added_again(here, boss):
    add_units(here.pk, "Vård", by=boss, at=NOON)
    archive_unit(Unit.objects.get().pk, by=boss, at=NOON)

    add_units(here.pk, "Vård", by=boss, at=NOON)

    assert paths(here) == ["Vård"]


def test_a_unit_is_renamed_but_not_like_its_sister(here, boss):
    add_units(here.pk, "Vård > Kök\nVård > Tvätt\nSkola > Bad", by=boss, at=NOON)
    unit = Unit.objects.get(name="Kök")

    assert rename_unit(unit.pk, " Bad ", by=boss, at=NOON).name == "Bad"
    assert rename_unit(unit.pk, "Bad", by=boss, at=NOON).name == "Bad"

    assert [it.data for it in Entry.objects.about(unit)] == [{"before": "Kök", "name": "Bad"}]
    for name, refusal in [("tvätt", NameTaken), ("", Missing), ("x" * 121, TooLong)]:
        with pytest.raises(refusal):
            rename_unit(unit.pk, name, by=boss, at=NOON)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_fund_administrators_of_that_organisation_arrange_units(role, here):
    unit, aside = UnitFactory(organisation=here), UnitFactory(organisation=here, archived_at=NOON)
    for by in (person_as(role, here), person_as(Role.ADMINISTRATOR, OrganisationFactory())):
        with pytest.raises(NotAllowed):
            add_units(here.pk, "Vård", by=by, at=NOON)
        with pytest.raises(NotAllowed):
            rename_unit(unit.pk, "Vård", by=by, at=NOON)
        with pytest.raises(NotAllowed):
            archive_unit(unit.pk, by=by, at=NOON)
        with pytest.raises(NotAllowed):
            restore_unit(aside.pk, by=by, at=NOON)
    assert not Entry.objects.exists()


def test_units_are_seen_by_members_and_changed_by_fund_administrators(here, boss):
    unit = UnitFactory(organisation=here)
    member, stranger = (
        person_as(Role.EMPLOYEE, here),
        person_as(Role.EMPLOYEE, UnitFactory().organisation),
    )

    assert list(Unit.objects.visible_to(member, at=NOON)) == [unit]
    assert list(Unit.objects.set_up_by(member, at=NOON)) == []
    assert list(Unit.objects.set_up_by(boss, at=NOON)) == [unit]
    assert unit not in Unit.objects.visible_to(stranger, at=NOON)
    assert list(Unit.objects.visible_to(None, at=NOON)) == []


def test_a_unit_is_found_by_its_name_or_by_its_path(here):
    care, school = (UnitFactory(organisation=here, name=name) for name in ("Vård", "Skola"))
    kitchen = UnitFactory(organisation=here, parent=care, name="Kök")
    other = UnitFactory(organisation=here, parent=school, name="Kök")
    units = [care, school, kitchen, other]

    assert find_unit("  ", units) is None
    assert find_unit("vård", units) == care
    assert find_unit("Skola >  kök", units) == other
    with pytest.raises(SeveralUnits):
        find_unit("Kök", units)
    with pytest.raises(UnknownUnit):
        find_unit("Bad", units)
