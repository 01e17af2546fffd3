"""A fund administrator sets up the organisation, its units, people and bodies in the browser."""

from datetime import timedelta

import pytest
from django.utils import timezone

from idesluss.people.models import Appointment, Body, Organisation, Person, Seat, Unit
from idesluss.people.vocab import Role
from tests.factories import (
    AppointmentFactory,
    OrganisationFactory,
    PersonFactory,
    UnitFactory,
    person_as,
)
from tests.web.people.world import world

pytestmark = pytest.mark.django_db
SETUP = "/slusstad/setup/"
FACTS = {
    "name": "Slusstads kommun",
    "slug": "slusstad",
    "country": "SE",
    "language": "sv",
    "currency": "SEK",
    "zone": "Europe/Stockholm",
    "colour": "#AA0000",
    "register_pattern": "KS {year}/{number:05}",
    "contact_mail": "ideer@slusstad.example",
}


@pytest.fixture
def here(client):
    made = world()
    client.force_login(made.boss)
    return made


def told(client, answer):
    """What the next page says."""
    return [str(message) for message in client.get(answer.url).context["messages"]]


def test_the_organisation_is_changed(here, client):
    answer = client.post(f"{SETUP}organisation/", {**FACTS, "slug": "nyslussen"})

    assert answer.url == "/nyslussen/setup/organisation/"
    place = Organisation.objects.get(slug="nyslussen")
    assert (place.name, place.colour) == ("Slusstads kommun", "#aa0000")
    assert client.get("/slusstad/").status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("register_pattern", "KS {year}", "saknar {number}"),
        ("register_pattern", "KS {nr}", "{nr}"),
        ("colour", "röd", "är ingen färg"),
        ("slug", "account", "används av tjänsten själv"),
        ("contact_mail", "ideer", "är ingen e-postadress"),
        ("name", "", "Fältet"),
    ],
)
def test_a_wrong_fact_is_told_at_its_field_and_kept(field, value, words, here, client):
    answer = client.post(f"{SETUP}organisation/", {**FACTS, field: value})

    assert answer.status_code == 422
    form = answer.context["form"]
    assert list(form.errors) == [field]
    assert form[field].value() == value
    if words != "Fältet":
        assert words in form.errors[field][0]


def test_a_preview_shows_what_is_typed_and_saves_nothing(here, client):
    typed = {**FACTS, "colour": "#ffff00", "preview": "yes", "name": ""}
    answer = client.post(f"{SETUP}organisation/", typed)

    text = answer.content.decode()
    year = timezone.now().year
    assert answer.status_code == 200
    assert f"KS {year}/00001" in text
    assert 'fill="#ffff00"' in text
    assert 'value="#ffff00"' in text
    samples = answer.context["preview"].samples
    assert [it.scheme for it in samples] == ["light", "dark"]
    assert all(float(it.on_button) >= 4.5 and float(it.on_page) >= 4.5 for it in samples)
    assert {one.colour for one in Organisation.objects.all()} == {"#005b70"}


def test_a_preview_of_what_cannot_be_used_says_why(here, client):
    typed = {**FACTS, "colour": "gul", "register_pattern": "KS", "preview": "yes"}
    answer = client.post(f"{SETUP}organisation/", typed)
    preview = answer.context["preview"]
    assert answer.status_code == 200
    assert (preview.samples, preview.number) == ([], "")
    assert "gul" in preview.problem
    assert "{number}" in preview.number_problem
    series = client.post(
        f"{SETUP}organisation/", {**typed, "register_pattern": "{series}-{number}"}
    )
    assert series.context["preview"].number == "A-1"


def test_units_are_added_renamed_and_laid_aside(here, client):
    answer = client.post(f"{SETUP}units/", {"lines": "Skola > Kök\nSkola > Bad"})
    assert told(client, answer) == ["3 enheter är tillagda."]
    kitchen = Unit.objects.get(name="Kök")

    answer = client.post(f"{SETUP}units/", {"lines": "a > b > c"})
    assert answer.status_code == 422
    assert answer.context["form"]["lines"].value() == "a > b > c"

    client.post(f"{SETUP}units/{kitchen.pk}/", {"name": "Matsal"})
    assert client.post(f"{SETUP}units/{kitchen.pk}/", {"name": "bad"}).status_code == 422
    client.post(f"{SETUP}units/{kitchen.parent_id}/move/", {"to": "aside"})
    kitchen.refresh_from_db()
    assert (kitchen.name, kitchen.archived_at is None) == ("Matsal", False)
    client.post(f"{SETUP}units/{kitchen.pk}/move/", {"to": "back"})
    kitchen.refresh_from_db()
    assert kitchen.archived_at is None
    answer = client.post(f"{SETUP}units/{kitchen.pk}/move/", {"to": "back"})
    assert told(client, answer) == ["Det här är redan gjort. Inget ändrades."]


def test_a_person_is_added_with_dates_as_people_say_them(here, client):
    given = {
        "name": "Eva Ek",
        "email": "EVA@slusstad.example",
        "roles": ["assessor", "employee"],
        "unit": here.unit.pk,
        "starts": "2027-01-01",
        "ends": "2027-12-31",
    }
    answer = client.post(f"{SETUP}people/add/", given)

    assert told(client, answer) == ["Eva Ek är tillagd."]
    eva = Person.objects.get(email="eva@slusstad.example")
    role = eva.appointments.first()
    assert (str(role.starts), str(role.ends), role.unit) == ("2027-01-01", "2028-01-01", here.unit)
    page = client.get(f"{SETUP}people/{eva.pk}/").content.decode()
    assert "från 1 januari 2027 till och med 31 december 2027" in page
    again = client.post(f"{SETUP}people/add/", given)
    assert again.status_code == 422
    assert again.context["form"]["name"].value() == "Eva Ek"
    late = client.post(f"{SETUP}people/add/", {**given, "email": "x@y.se", "ends": "2026-12-31"})
    assert list(late.context["form"].errors) == ["ends"]
    other = UnitFactory()
    wrong = client.post(f"{SETUP}people/add/", {**given, "unit": other.pk})
    assert list(wrong.context["form"].errors) == ["unit"]


def test_adding_somebody_known_elsewhere_tells_nothing_of_them(here, client):
    there = world("annanstad")
    person_as(Role.REGISTRAR, there.organisation, name="Eva Hemlig", email="eva@x.example")
    given = {"email": "eva@x.example", "roles": ["employee"]}

    known = client.post(f"{SETUP}people/add/", {**given, "name": "Eva"}, follow=True)
    new = client.post(
        f"{SETUP}people/add/", {**given, "name": "Ava", "email": "ava@x.example"}, follow=True
    )

    for answer in (known, new):
        text = answer.content.decode()
        assert "Hemlig" not in text
        assert "annanstad" not in text
    rows = {it.name: it.waiting for it in new.context["people"]}
    assert (rows["Eva"], rows["Ava"]) == (True, True)
    eva = Person.objects.get(email="eva@x.example")
    page = client.get(f"{SETUP}people/{eva.pk}/")
    assert "Hemlig" not in page.content.decode()
    assert "registrator" not in [str(it.role) for it in page.context["known"].roles]
    found = client.get(f"{SETUP}people/?search=Hemlig")
    assert found.context["people"] == []
    assert "Hemlig" not in client.get(f"{SETUP}bodies/add/").content.decode()
    client.post(f"{SETUP}people/{eva.pk}/correct/", {"name": "Eva Ek", "email": "eva@x.example"})
    assert client.get(f"{SETUP}people/{eva.pk}/").context["known"].name == "Eva Ek"
    eva.refresh_from_db()
    assert eva.name == "Eva Hemlig"


def test_people_are_found_by_a_part_of_their_name(here, client):
    names = {it.name for it in client.get(f"{SETUP}people/").context["people"]}
    assert names == {"Bo Berg i slusstad", here.person.name}
    found = client.get(f"{SETUP}people/?search=berg").context["people"]
    assert [it.name for it in found] == ["Bo Berg i slusstad"]


def test_long_lists_come_in_pages(here, client):
    for number in range(51):
        AppointmentFactory(organisation=here.organisation, person__name=f"{number:02}")
    first = client.get(f"{SETUP}people/").context["people"]
    second = client.get(f"{SETUP}people/?page=2").context["people"]
    assert (len(first), len(second)) == (50, 3)


def test_many_are_pasted_looked_at_and_added(here, client):
    text = "Namn\tE-post\tRoll\tEnhet\nEva Ek\teva@x.example\tbedömare\tVård i slusstad\nÅke\t\t\t"

    look = client.post(f"{SETUP}people/paste/", {"rows": text})
    assert (look.status_code, look.context["wrong"]) == (200, 0)
    assert [row.name for row, _ in look.context["rows"]] == ["Eva Ek", "Åke"]
    assert Person.objects.filter(name="Eva Ek").count() == 0

    answer = client.post(f"{SETUP}people/paste/", {"rows": text, "confirm": "yes"})
    assert told(client, answer) == ["2 personer är tillagda."]
    answer = client.post(f"{SETUP}people/paste/", {"rows": text, "confirm": "yes"})
    assert told(client, answer) == ["0 personer är tillagda. 2 fanns redan här."]


def test_a_wrong_row_stops_all_of_them(here, client):
    text = "Eva Ek;eva@x.example\nBo;bo;kung"
    answer = client.post(f"{SETUP}people/paste/", {"rows": text, "confirm": "yes"})
    assert (answer.status_code, answer.context["wrong"]) == (422, 1)
    assert "”bo” är ingen e-postadress" in answer.content.decode()
    assert answer.context["form"]["rows"].value() == text
    assert not Person.objects.filter(name="Eva Ek").exists()
    assert client.post(f"{SETUP}people/paste/", {"rows": ""}).status_code == 422
    assert client.post(f"{SETUP}people/paste/", {"rows": "Bo\n" * 2001}).status_code == 422


def test_roles_are_given_ended_and_handed_to_a_deputy(here, client):
    page = f"{SETUP}people/{here.person.pk}/"
    answer = client.post(page, {"role": "assessor", "unit": ""})
    assert told(client, answer) == ["Rollen är given."]
    assert client.post(page, {"role": "assessor", "unit": ""}).status_code == 422

    deputy = f"{SETUP}roles/{here.role.pk}/deputy/"
    answer = client.post(deputy, {"person": "Nobody", "starts": "", "ends": ""})
    assert list(answer.context["form"].errors) == ["person"]
    client.post(deputy, {"person": "Bo Berg i slusstad", "ends": "2999-12-31"})
    standing_in = here.boss.appointments.get(role="coach")
    assert (standing_in.deputy_for, str(standing_in.ends)) == (here.role, "3000-01-01")
    assert "som ersättare för" in client.get(f"{SETUP}people/").content.decode()

    today = timezone.now().date()
    end = f"{SETUP}roles/{here.role.pk}/end/"
    yesterday = today - timedelta(days=2)
    assert list(client.post(end, {"ends": str(yesterday)}).context["form"].errors) == ["ends"]
    client.post(end, {"ends": ""})
    here.role.refresh_from_db()
    assert here.role.ends == today
    assert "Tidigare roller" in client.get(page).content.decode()


def test_the_last_fund_administrator_is_told_why_not(here, client):
    own = here.boss.appointments.get()
    answer = client.post(f"{SETUP}roles/{own.pk}/end/", {"ends": ""})
    assert answer.status_code == 422
    assert "den sista fondadministratören" in answer.content.decode()


def test_a_name_is_corrected_unless_others_rely_on_it(here, client):
    page = f"{SETUP}people/{here.person.pk}/correct/"
    client.post(page, {"name": "Eva Ek", "email": "eva.ek@x.example"})
    here.person.refresh_from_db()
    assert (here.person.name, here.person.email) == ("Eva Ek", "eva.ek@x.example")
    AppointmentFactory(person=here.person)
    answer = client.post(page, {"name": "Eva", "email": "boss2@x.example"})
    assert answer.status_code == 422
    assert "Bara personen själv" in answer.content.decode()
    shown = client.get(f"{SETUP}people/{here.person.pk}/").content.decode()
    assert page not in shown


def test_a_body_is_added_with_its_members_and_its_quorum_checked(here, client):
    given = {
        "name": "Nämnden",
        "members": f"Bo Berg i slusstad\n{here.person.email}",
        "quorum": "3",
        "delegation": "KS 4",
    }
    answer = client.post(f"{SETUP}bodies/add/", given)
    assert list(answer.context["form"].errors) == ["quorum"]
    assert answer.context["form"]["members"].value() == given["members"]
    empty = client.post(f"{SETUP}bodies/add/", {**given, "members": ""})
    assert list(empty.context["form"].errors) == ["members"]

    answer = client.post(f"{SETUP}bodies/add/", {**given, "quorum": "2"})

    body = Body.objects.get(name="Nämnden")
    assert answer.url == f"{SETUP}bodies/{body.pk}/"
    seats = list(body.seats.all())
    assert [(it.person, it.chair) for it in seats] == [(here.boss, True), (here.person, False)]
    page = f"{SETUP}bodies/{body.pk}/"
    assert client.post(page, {"name": "Ny", "quorum": "3", "delegation": ""}).status_code == 422
    client.post(page, {"name": "Ny", "quorum": "1", "delegation": ""})
    client.post(f"{SETUP}seats/{seats[1].pk}/move/", {"to": "up"})
    client.post(f"{SETUP}seats/{seats[1].pk}/move/", {"to": "chair"})
    assert [(it.person, it.chair) for it in body.seats.all()] == [
        (here.person, True),
        (here.boss, False),
    ]
    client.post(f"{SETUP}seats/{seats[0].pk}/end/", {"ends": ""})
    assert Seat.objects.get(pk=seats[0].pk).ends == timezone.now().date()
    client.post(f"{SETUP}bodies/{body.pk}/move/", {"to": "aside"})
    client.post(f"{SETUP}bodies/{body.pk}/move/", {"to": "back"})
    body.refresh_from_db()
    assert (body.name, body.quorum, body.archived_at) == ("Ny", 1, None)


def test_a_seat_is_given_to_a_deputy(here, client):
    page = f"{SETUP}bodies/{here.body.pk}/seats/add/"
    answer = client.post(page, {"person": "Bo Berg i slusstad", "deputy_for": here.seat.pk})
    assert answer.url == f"{SETUP}bodies/{here.body.pk}/"
    assert here.body.seats.get(person=here.boss).deputy_for == here.seat
    again = client.post(page, {"person": "Bo Berg i slusstad", "deputy_for": here.seat.pk})
    assert list(again.context["form"].errors) == ["person"]
    last = client.post(f"{SETUP}seats/{here.seat.pk}/end/", {"ends": ""})
    assert last.status_code == 422


def test_an_installer_adds_organisations_and_their_fund_administrators(client):
    installer = PersonFactory(is_installer=True)
    client.force_login(installer)
    place = OrganisationFactory(slug="slusstad")

    assert client.post("/install/add/", {**FACTS, "slug": "slusstad"}).status_code == 422
    client.post("/install/add/", {**FACTS, "slug": "bollby"})
    assert client.get("/bollby/setup/").status_code == 200
    add = f"/install/{place.pk}/administrator/"
    client.post(add, {"name": "Eva", "email": "eva@x.example"})
    assert client.post(add, {"name": "Eva", "email": "eva@x.example"}).status_code == 422
    role = Appointment.objects.get(organisation=place)
    assert (role.person.name, role.role) == ("Eva", "administrator")
    client.post(f"/install/{place.pk}/move/", {"to": "aside"})
    assert client.get("/slusstad/").status_code == 404
    client.post(f"/install/{place.pk}/move/", {"to": "back"})
    assert client.get("/slusstad/").status_code == 200
