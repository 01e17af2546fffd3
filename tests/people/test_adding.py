"""Somebody is added to an organisation, alone or with many from a sheet."""

from datetime import date

import pytest

from idesluss.logic.refusals import AlreadyDone, Missing, NotAllowed, TooLong
from idesluss.people.models import Appointment, Person
from idesluss.people.reads import known_people, people_of
from idesluss.people.refusals import (
    EndsTooEarly,
    NotAnAddress,
    SeveralUnits,
    UnknownRole,
    UnknownUnit,
)
from idesluss.people.usecases import accept_invitation, add_people, add_person, read_rows
from idesluss.people.usecases.adding import MOST_ROWS, NotFourColumns, SameAddress, TooManyRows
from idesluss.people.vocab import Role
from idesluss.records.models import Entry
from tests.factories import NOON, OrganisationFactory, PersonFactory, UnitFactory, person_as

pytestmark = pytest.mark.django_db
SHOWN = {role.value: str(role.label) for role in Role}


@pytest.fixture
def here():
    return OrganisationFactory()


@pytest.fixture
def boss(here):
    return person_as(Role.ADMINISTRATOR, here, name="Bo Berg")


def add(organisation, by, **given):
    facts = {"name": "Eva Ek", "email": "eva@slusstad.example", "roles": ["employee"]}
    return add_person(organisation.pk, **{**facts, **given}, by=by, at=NOON)


def roles_of(person, organisation):
    found = Appointment.objects.filter(person=person, organisation=organisation).order_by("pk")
    return list(found.values_list("role", "invited_as"))


def test_a_new_person_gets_their_roles_at_once_and_a_letter_is_on_its_way(here, boss):
    unit = UnitFactory(organisation=here, name="Hemtjänst")

    eva = add(here, boss, email=" Eva@Slusstad.example ", roles=["assessor", "employee"],
              unit_id=unit.pk, starts=date(2026, 11, 1), ends=date(2027, 1, 1))  # fmt: skip

    assert (eva.name, eva.email) == ("Eva Ek", "eva@slusstad.example")
    assert roles_of(eva, here) == [("employee", ""), ("assessor", "")]
    entry = Entry.objects.about(eva).get()
    assert (entry.verb, entry.by_id, entry.organisation_id) == ("people.invited", boss.pk, here.pk)
    assert entry.data == {
        "name": "Eva Ek",
        "email": "eva@slusstad.example",
        "roles": ["employee", "assessor"],
        "unit": "Hemtjänst",
        "starts": "2026-11-01",
        "ends": "2027-01-01",
        "invited_by": "Bo Berg",
    }


def test_somebody_without_an_address_can_be_added(here, boss):
    first, second = add(here, boss, email=""), add(here, boss, email=None)

    assert (first.email, second.email) == (None, None)
    assert first != second
    assert Entry.objects.about(first).get().data["email"] == ""


def test_a_colleague_gets_only_the_roles_that_are_new(here, boss):
    eva = person_as(Role.EMPLOYEE, here, email="eva@slusstad.example", name="Eva Ek")

    assert add(here, boss, name="Någon annan", roles=["employee", "coach"]) == eva

    assert roles_of(eva, here) == [("employee", ""), ("coach", "")]
    eva.refresh_from_db()
    assert eva.name == "Eva Ek"
    with pytest.raises(AlreadyDone):
        add(here, boss, roles=["employee", "coach"])


def test_a_role_that_has_ended_can_be_given_again(here, boss):
    eva = add(here, boss)
    Appointment.objects.filter(person=eva).update(ends=NOON.date())

    assert add(here, boss) == eva
    assert roles_of(eva, here) == [("employee", ""), ("employee", "")]


def test_somebody_known_elsewhere_is_asked_and_nothing_of_them_is_shown(here, boss):
    elsewhere = OrganisationFactory()
    eva = person_as(Role.REGISTRAR, elsewhere, email="eva@slusstad.example", name="Eva Hemlig")

    assert add(here, boss, name="Eva i Slusstad") == eva

    assert roles_of(eva, here) == [("employee", "Eva i Slusstad")]
    assert eva.standing(NOON).organisations() == [elsewhere.pk]
    (known,) = known_people([eva], here, at=NOON)
    assert (known.name, known.waiting) == ("Eva i Slusstad", True)
    assert [it.role for it in known.roles] == ["employee"]
    assert str(known.roles[0]) == f"Eva i Slusstad · {Role.EMPLOYEE.label}"
    found = [list(people_of(here, by=boss, at=NOON, search=it)) for it in ("Hemlig", "i Slu")]
    assert found == [[], [eva]]


def test_more_roles_for_somebody_who_has_not_said_yes_are_asked_for_too(here, boss):
    eva = person_as(Role.REGISTRAR, OrganisationFactory(), email="eva@slusstad.example")
    add(here, boss, name="Eva i Slusstad")

    add(here, boss, name="Eva", roles=["coach"])

    assert roles_of(eva, here) == [("employee", "Eva i Slusstad"), ("coach", "Eva i Slusstad")]
    accept_invitation(here.pk, by=eva, at=NOON)
    assert roles_of(eva, here) == [("employee", ""), ("coach", "")]
    add(here, boss, roles=["manager"])
    assert roles_of(eva, here)[-1] == ("manager", "")


def test_one_adds_oneself_without_being_asked(here, boss):
    add(here, boss, email=boss.email, roles=["assessor"])

    assert roles_of(boss, here) == [("administrator", ""), ("assessor", "")]


def test_an_installer_adds_fund_administrators_only(here):
    installer = PersonFactory(is_installer=True)

    eva = add(here, installer, roles=["administrator"])

    assert roles_of(eva, here) == [("administrator", "")]
    with pytest.raises(NotAllowed):
        add(here, installer, email="bo@slusstad.example", roles=["administrator", "employee"])


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_others_add_nobody(role, here):
    with pytest.raises(NotAllowed):
        add(here, person_as(role, here))


def test_a_fund_administrator_elsewhere_adds_nobody_here(here):
    with pytest.raises(NotAllowed):
        add(here, person_as(Role.ADMINISTRATOR, OrganisationFactory()))


@pytest.mark.parametrize(
    ("given", "refusal", "field"),
    [
        ({"name": " "}, Missing, "name"),
        ({"name": "x" * 121}, TooLong, "name"),
        ({"email": "eva"}, NotAnAddress, "email"),
        ({"email": f"{'x' * 60}@{'y' * 60}.{'z' * 60}.{'y' * 60}.{'z' * 60}.se"}, TooLong, "email"),
        ({"roles": []}, Missing, "roles"),
        ({"roles": ["king"]}, Missing, "roles"),
        ({"starts": date(2027, 1, 1), "ends": date(2027, 1, 1)}, EndsTooEarly, "ends"),
    ],
)
def test_what_cannot_be_used_is_refused_at_its_field_and_leaves_nothing(
    given, refusal, field, here, boss
):
    with pytest.raises(refusal) as refused:
        add(here, boss, **given)

    assert refused.value.field == field
    assert list(Person.objects.all()) == [boss]
    assert not Entry.objects.exists()


def test_rows_pasted_from_a_sheet_are_read(here):
    care = UnitFactory(organisation=here, name="Vård")
    home = UnitFactory(organisation=here, parent=care, name="Hemtjänst")
    text = (
        "Namn\tE-post\tRoll\tEnhet\n"
        "Eva Ek\tEva@Slusstad.example\tbedömare, Anställd\tVård > Hemtjänst\n"
        "\n"
        "Bo Berg\t\t\themtjänst\n"
        "Åsa Ö"
    )

    rows = read_rows(text, units=[care, home], shown=SHOWN)

    assert [
        (row.number, row.name, row.email, row.roles, row.unit, row.problem) for row in rows
    ] == [
        (2, "Eva Ek", "eva@slusstad.example", (Role.ASSESSOR, Role.EMPLOYEE), home, None),
        (4, "Bo Berg", None, (Role.EMPLOYEE,), home, None),
        (5, "Åsa Ö", None, (Role.EMPLOYEE,), None, None),
    ]


def test_semicolons_part_cells_and_every_problem_is_told_by_row(here):
    units = [
        UnitFactory(organisation=here, name="Vård"),
        UnitFactory(organisation=here, name="Skola"),
    ]
    units += [UnitFactory(organisation=here, parent=parent, name="Kök") for parent in units]
    text = """\
Eva Ek;eva@slusstad.example;kung
;bo@slusstad.example
Bo;bo
Bo;bo@slusstad.example;;Sjöfart
Bo;bo@slusstad.example;;Kök
Bo;bo@slusstad.example;;;;;
Bo;bo@slusstad.example
Bo igen;BO@slusstad.example"""

    rows = read_rows(text, units=units, shown=SHOWN)

    assert [row.problem for row in rows] == [
        UnknownRole(text="kung", known=", ".join(SHOWN.values())),
        Missing(field="name"),
        NotAnAddress(text="bo", field="email"),
        UnknownUnit(text="Sjöfart"),
        SeveralUnits(text="Kök"),
        NotFourColumns(found=7),
        None,
        SameAddress(row=7),
    ]


def test_the_first_row_is_somebody_when_it_does_not_name_the_columns(here):
    assert [row.name for row in read_rows("Namn", units=[], shown=SHOWN)] == ["Namn"]


def test_too_many_rows_are_refused():
    with pytest.raises(TooManyRows):
        read_rows("Bo\n" * (MOST_ROWS + 1), units=[], shown=SHOWN)


def test_many_are_added_at_once_and_the_same_rows_again_change_nothing(here, boss):
    rows = read_rows("Eva;eva@slusstad.example\nBo", units=[], shown=SHOWN)

    assert add_people(here.pk, rows, by=boss, at=NOON) == (2, 0)
    assert add_people(here.pk, rows, by=boss, at=NOON) == (0, 2)

    assert list(Person.objects.order_by("pk").values_list("name", flat=True)) == [
        "Bo Berg",
        "Eva",
        "Bo",
    ]


def test_many_are_added_all_or_nothing(here, boss):
    rows = read_rows("Eva;eva@slusstad.example\nBo;bo", units=[], shown=SHOWN)

    with pytest.raises(NotAllowed):
        add_people(here.pk, rows, by=boss, at=NOON)

    assert list(Person.objects.all()) == [boss]


def test_only_fund_administrators_add_many(here):
    with pytest.raises(NotAllowed):
        add_people(here.pk, [], by=person_as(Role.COACH, here), at=NOON)
