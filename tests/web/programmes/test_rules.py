"""A fund administrator sets rules, levels and who decides; wrong ones are told at their field."""

from datetime import timedelta

import pytest

from idesluss.people.vocab import Role
from idesluss.programmes.models import Level, Mandate, Round
from idesluss.programmes.usecases import remove_level, remove_mandate
from tests.factories import (
    NOON,
    ApplicationFactory,
    BodyFactory,
    SeatFactory,
    UnitFactory,
    person_as,
)
from tests.web.people.world import world

pytestmark = pytest.mark.django_db
SETUP = "/slusstad/setup/"
RULES = {
    "applicants": "managers",
    "kinds": ["new", "implementation"],
    "currency": "SEK",
    "floor_minor": "5 000",
    "cofinancing_percent": "25",
    "material_percent": "50",
    "work_rate_minor": "125:-",
    "ineligible": "Ordinarie drift",
    "units_needed": "1",
    "must_end_in_year": "on",
    "asks_otherwise": "on",
    "endorsed": "on",
    "endorse_by": "2099-11-01T00:00",
    "silence": "wait",
}


@pytest.fixture
def here(client):
    made = world()
    client.force_login(made.boss)
    return made


def test_rules_are_written_and_said_as_applicants_read_them(here, client):
    page = f"{SETUP}rounds/{here.round.pk}/rules/"
    answer = client.post(f"{page}change/", {**RULES, "units": [here.unit.pk]})
    assert answer.url == page

    round = Round.objects.get(pk=here.round.pk)
    assert (round.applicants, round.kinds, round.floor_minor) == (
        "managers", ["new", "implementation"], 5_000_00,
    )  # fmt: skip
    assert (round.work_rate_minor, round.silence) == (125_00, "wait")
    assert list(round.units.all()) == [here.unit]
    assert round.endorse_by.isoformat() == "2099-10-31T23:00:00+00:00"
    text = client.get(page).content.decode()
    public = client.get("/slusstad/rounds/hosten/").content.decode()
    for said in ("Bara från Vård i slusstad.", "En timme av eget arbete räknas som 125\xa0kr."):
        assert said in text
        assert said in public
    form = client.get(f"{page}change/").context["form"]
    assert (form["floor_minor"].value(), form["units"].value()) == (5_000_00, (here.unit.pk,))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kinds": []}, "kinds"),
        ({"currency": "EUR"}, "currency"),
        ({"floor_minor": "-5"}, "floor_minor"),
        ({"floor_minor": "200 000"}, "floor_minor"),
        ({"floor_minor": "20 000"}, "floor_minor"),  # a level begins at 10 000
        ({"cofinancing_percent": "100"}, "cofinancing_percent"),
        ({"material_percent": "100"}, "material_percent"),
        ({"work_rate_minor": "0"}, "work_rate_minor"),
        ({"units_needed": "9"}, "units_needed"),
        ({"units_needed": ""}, "units_needed"),
        ({"endorse_by": "2020-01-01T00:00"}, "endorse_by"),
        ({"silence": ""}, "silence"),
    ],
)
def test_a_wrong_rule_is_told_at_its_field_and_everything_typed_is_kept(given, field, here, client):
    typed = {**RULES, **given}
    answer = client.post(f"{SETUP}rounds/{here.round.pk}/rules/change/", typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    form = answer.context["form"]
    for name, value in typed.items():
        assert form[name].value() in (value, True), name
    assert Round.objects.get(pk=here.round.pk).floor_minor is None


def test_sums_are_read_in_the_currency_that_is_chosen(here, client):
    here.mandate.delete()
    here.pot.delete()
    change = f"{SETUP}rounds/{here.round.pk}/rules/change/"
    given = {**RULES, "currency": "DKK", "floor_minor": "1.000 DKK", "work_rate_minor": ""}
    client.post(change, given)
    round = Round.objects.get(pk=here.round.pk)
    assert (round.currency, round.floor_minor) == ("DKK", 1_000_00)
    wrong = client.post(change, {**given, "currency": "EUR"})
    assert list(wrong.context["form"].errors) == ["floor_minor"]


def test_once_somebody_has_handed_in_the_page_says_what_to_do_instead(here, client):
    ApplicationFactory(round=here.round, stage="received")
    page = f"{SETUP}rounds/{here.round.pk}/rules/"
    text = client.get(page).content.decode()
    assert "alla söker på samma villkor" in text
    assert f"{SETUP}rounds/{here.round.pk}/next-year/" in text
    assert f"{page}change/" not in text
    answer = client.post(f"{page}change/", RULES)
    assert answer.status_code == 422
    assert "kopiera den här till nästa år" in answer.content.decode()


def test_levels_are_added_changed_taken_away_and_brought_back(here, client):
    rules = f"{SETUP}rounds/{here.round.pk}/rules/"
    given = {"name": "Stor", "low_minor": "50 001", "high_minor": "90 000", "asks": "Mer"}
    client.post(f"{SETUP}rounds/{here.round.pk}/levels/add/", given)
    level = Level.objects.get(name="Stor")
    assert (level.low_minor, level.asks) == (50_001_00, "Mer")
    wrong = client.post(f"{SETUP}levels/{level.pk}/", {**given, "low_minor": "50 000"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["low_minor"])
    client.post(f"{SETUP}levels/{level.pk}/", {**given, "name": "Störst"})
    assert "Störst" in client.get(rules).content.decode()

    assert client.post(f"{SETUP}levels/{level.pk}/away/").url == rules
    away = f"{SETUP}rounds/{here.round.pk}/away/"
    [gone] = client.get(away).context["away"]
    assert client.post(away, {"entry": gone.entry}).url == away
    assert Level.objects.get(name="Störst").asks == "Mer"
    assert "Inget har tagits bort." in client.get(away).content.decode()
    for nonsense in ("", "x", "9" * 30):
        client.post(away, {"entry": nonsense})
    assert here.round.levels.count() == 2


def test_what_is_taken_away_stays_away_once_somebody_has_handed_in(here, client):
    remove_level(here.level.pk, by=here.boss, at=NOON)
    ApplicationFactory(round=here.round, stage="received")
    away = f"{SETUP}rounds/{here.round.pk}/away/"
    page = client.get(away)
    assert "inget kan komma tillbaka" in page.content.decode()
    told = client.post(away, {"entry": page.context["away"][0].entry}, follow=True)
    assert "reglerna går inte att ändra längre" in told.content.decode()
    assert not Level.objects.exists()


def test_who_decides_up_to_what_is_set(here, client):
    page = f"{SETUP}funds/{here.fund.pk}/deciders/"
    body = BodyFactory(organisation=here.organisation, quorum=1, name="Direktören")
    SeatFactory(body=body)
    given = {"body": body.pk, "up_to_minor": "500 000 kr", "reference": "KS 2026/9"}
    assert client.post(f"{page}add/", given).url == page
    mandate = Mandate.objects.get(body=body)
    assert (mandate.up_to_minor, mandate.reference) == (500_000_00, "KS 2026/9")
    choices = client.get(f"{page}add/").context["form"].fields["body"].choices
    assert here.body.pk not in [key for key, _ in choices]  # it has no limit

    change = f"{SETUP}deciders/{mandate.pk}/"
    for wrong, field in (
        ({"up_to_minor": "50 000"}, "up_to_minor"),
        ({"up_to_minor": ""}, "up_to_minor"),
        ({"reference": ""}, "reference"),
        ({"body": here.mandate.body.pk}, "body"),
    ):
        answer = client.post(change, {**given, **wrong})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    client.post(change, {**given, "up_to_minor": "60 000"})
    text = client.get(page).content.decode()
    assert "60\xa0000\xa0kr" in text
    assert "inget tak" in text

    client.post(f"{change}away/")
    [gone] = client.get(page).context["away"]
    assert client.post(page, {"entry": gone.entry}).url == page
    assert Mandate.objects.get(body=body).up_to_minor == 60_000_00


def test_a_body_without_members_is_refused_where_it_is_chosen(here, client):
    empty = BodyFactory(organisation=here.organisation, name="Tomma gruppen")
    given = {"body": empty.pk, "up_to_minor": "1", "reference": "x"}
    answer = client.post(f"{SETUP}funds/{here.fund.pk}/deciders/add/", given)
    assert list(answer.context["form"].errors) == ["body"]
    fund = {"name": "Nytt", "body": empty.pk, "release_rule": "at_once", "unused": "carry"}
    answer = client.post(f"{SETUP}funds/add/", fund)
    assert list(answer.context["form"].errors) == ["body"]
    assert "Tomma gruppen kan inte besluta" in answer.content.decode()


def test_the_share_released_first_is_told_at_its_field(here, client):
    fund = {"name": "Nytt", "release_rule": "staged", "first_share": "100", "unused": "carry"}
    answer = client.post(f"{SETUP}funds/add/", fund)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["first_share"])


def test_a_pot_in_another_currency_than_the_rules_is_told_at_its_field(here, client):
    pots = f"{SETUP}funds/{here.fund.pk}/pots/"
    given = {"year": "2027", "amount_minor": "500 000 EUR", "cap_minor": "", "currency": "EUR"}
    answer = client.post(pots, given)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["currency"])
    client.post(pots, {**given, "year": "2031"})
    assert here.fund.pots.get(year=2031).currency == "EUR"
    assert client.get(pots).context["form"]["currency"].value() == "EUR"  # as the newest


def test_goals_that_were_taken_away_are_named(here, client):
    goals = f"{SETUP}funds/{here.fund.pk}/goals/"
    client.post(goals, {"goals": "Klimat\nTrygghet"})
    client.post(goals, {"goals": "Trygghet"})
    assert "Borttagna: Klimat. Skriv ett igen" in client.get(goals).content.decode()


def test_what_was_taken_away_elsewhere_cannot_be_brought_back_here(here, client):
    there = world("annanstad")
    remove_mandate(there.mandate.pk, by=there.boss, at=NOON)
    page = f"{SETUP}funds/{here.fund.pk}/deciders/"
    entry = 1
    client.post(page, {"entry": entry})
    assert not there.fund.mandates.exists()


def test_a_window_that_moves_takes_the_managers_last_day_along(here, client):
    day = timedelta(days=1)
    here.round.endorsed, here.round.endorse_by = True, here.round.closes_at + 7 * day
    here.round.save()
    change = f"{SETUP}rounds/{here.round.pk}/change/"
    form = client.get(change).context["form"]
    now = {
        name: form[name].value() or ""
        for name in form.fields
        if name not in ("blind", "public", "flows_on")
    }
    client.post(change, {**now, "closes_at": "2099-10-01T16:00"})
    round = Round.objects.get(pk=here.round.pk)
    assert round.endorse_by - round.closes_at == 7 * day


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.EMPLOYEE, Role.ASSESSOR])
def test_applicants_read_the_rules_but_not_the_set_up(role, here, client):
    UnitFactory(organisation=here.organisation)
    client.force_login(person_as(role, here.organisation))
    assert client.get(f"{SETUP}rounds/{here.round.pk}/rules/").status_code == 404
    text = client.get("/slusstad/rounds/hosten/").content.decode()
    assert "Alla som hör till organisationen." in text


def test_a_round_that_came_out_of_a_table_claims_no_rules(here, client):
    page = "/slusstad/rounds/hosten/"
    assert "Vem som får söka" in client.get(page).content.decode()
    before = NOON - timedelta(days=365)
    Round.objects.filter(pk=here.round.pk).update(
        results_at=before, announced_at=before, opens_at=None, closes_at=None
    )
    assert "Vem som får söka" not in client.get(page).content.decode()
