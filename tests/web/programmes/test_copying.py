"""Next year's round, and several rounds back to back, are made in the browser."""

import pytest

from idesluss.funding.models import Pot
from idesluss.programmes.models import Round
from tests.factories import CriterionFactory
from tests.web.people.world import world

pytestmark = pytest.mark.django_db
SETUP = "/slusstad/setup/"
SEVERAL = {
    "start": "helsinki",
    "name": "2099",
    "introduction": "",
    "opens_at": "2099-01-01T08:00",
    "cutoffs": "2099-03-31\n2099-06-30 16:00",
    "months": "",
    "until": "",
    "project_year": "2099",
    "contact": "Bo Berg i slusstad",
    "answer_days": "30",
    "assessors_wanted": "2",
}


@pytest.fixture
def here(client):
    made = world()
    client.force_login(made.boss)
    return made


def filled(page):
    """What the page's form would send as it stands."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    shown = {
        name: form[name].field.widget.format_value(value) or ""
        for name, value in values.items()
        if not isinstance(value, bool)
    }
    return shown | {name: "on" for name, value in values.items() if value is True}


def test_next_year_is_shown_first_and_then_made_as_it_stands(here, client):
    CriterionFactory(round=here.round, name="Nytta", weight=7)
    address = f"{SETUP}rounds/{here.round.pk}/next-year/"
    page = client.get(address)
    text = page.content.decode()
    for said in ("Nytta", "vikt 7", here.question.text, here.level.name):
        assert said in text
    assert Round.objects.count() == 1  # only looked at

    given = filled(page)
    assert (given["name"], given["project_year"]) == ("Hösten i slusstad 2028", "2028")
    assert (given["opens_at"], given["closes_at"]) == ("2027-09-04T12:00", "2027-11-03T11:00")
    answer = client.post(address, given)

    copy = Round.objects.exclude(pk=here.round.pk).get()
    assert answer.url == f"{SETUP}rounds/{copy.pk}/"
    assert (copy.slug, copy.announced_at) == ("hosten-i-slusstad-2028", None)
    assert copy.criteria.count() == here.round.criteria.count() == 2
    pot = Pot.objects.get(year=2028)
    assert (pot.amount_minor, pot.cap_minor) == (here.pot.amount_minor, here.pot.cap_minor)
    again = client.get(address)
    assert "amount_minor" not in again.context["form"].fields  # there is a pot now
    taken = client.post(address, given)
    assert (taken.status_code, list(taken.context["form"].errors)) == (422, ["name"])


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": "Hösten i slusstad"}, "name"),
        ({"closes_at": "2026-01-01T08:00"}, "closes_at"),
        ({"cap_minor": "20 000"}, "cap_minor"),  # the level goes up to 50 000
        ({"cap_minor": "900 000"}, "cap_minor"),
        ({"amount_minor": "mycket"}, "amount_minor"),
    ],
)
def test_what_is_changed_wrongly_is_told_at_its_field(given, field, here, client):
    address = f"{SETUP}rounds/{here.round.pk}/next-year/"
    answer = client.post(address, {**filled(client.get(address)), **given})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert (Round.objects.count(), Pot.objects.count()) == (1, 1)


def test_several_rounds_lie_back_to_back(here, client):
    answer = client.post(f"{SETUP}funds/{here.fund.pk}/rounds/several/", SEVERAL)
    assert answer.url == f"{SETUP}funds/{here.fund.pk}/rounds/announce/"

    first, second = Round.objects.exclude(pk=here.round.pk).order_by("opens_at")
    assert (first.name, second.name, second.slug) == ("2099:1", "2099:2", "2099-2")
    assert first.opens_at.isoformat() == "2099-01-01T07:00:00+00:00"
    assert first.closes_at.isoformat() == "2099-03-31T22:00:00+00:00"  # the day counts whole
    assert (second.opens_at, second.flows_on) == (first.closes_at, True)
    assert second.closes_at.isoformat() == "2099-06-30T14:00:00+00:00"
    assert first.kinds == second.kinds == ["new", "continuation"]


def test_a_round_every_three_months(here, client):
    given = {**SEVERAL, "cutoffs": "", "months": "3", "until": "2099-12-31"}
    client.post(f"{SETUP}funds/{here.fund.pk}/rounds/several/", given)
    made = Round.objects.exclude(pk=here.round.pk).order_by("opens_at")
    assert [it.name for it in made] == ["2099:1", "2099:2", "2099:3", "2099:4"]
    assert made[3].closes_at.isoformat() == "2099-12-31T23:00:00+00:00"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"cutoffs": ""}, "cutoffs"),
        ({"cutoffs": "31 mars"}, "cutoffs"),
        ({"cutoffs": "2099-06-30\n2099-03-31"}, "cutoffs"),
        ({"cutoffs": "2098-12-31"}, "cutoffs"),
        ({"cutoffs": "", "months": "1", "until": "2199-01-01"}, "cutoffs"),
        ({"cutoffs": "", "months": "12", "until": "2099-02-01"}, "cutoffs"),
        ({"cutoffs": "", "months": "0", "until": "2099-02-01"}, "months"),
        ({"opens_at": ""}, "opens_at"),
        ({"answer_days": ""}, "answer_days"),
        ({"contact": "Ingen Alls"}, "contact"),
    ],
)
def test_cut_offs_that_cannot_be_meant_are_told_at_their_field(given, field, here, client):
    typed = {**SEVERAL, **given}
    answer = client.post(f"{SETUP}funds/{here.fund.pk}/rounds/several/", typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    form = answer.context["form"]
    assert {name: form[name].value() for name in typed} == typed
    assert Round.objects.count() == 1
