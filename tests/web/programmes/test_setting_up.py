"""A fund administrator sets up funds, pots and rounds in the browser, and announces a round."""

import pytest

from idesluss.funding.models import Pot
from idesluss.programmes.models import Programme, Round
from idesluss.programmes.sets import SETS
from tests.factories import (
    ApplicationFactory,
    PersonFactory,
    QuestionFactory,
    SeatFactory,
)
from tests.web.people.world import world

pytestmark = pytest.mark.django_db
SETUP = "/slusstad/setup/"
ROUND = {
    "start": "tarnby",
    "name": "Hösten 2099",
    "slug": "",
    "introduction": "",
    "opens_at": "2099-09-01T08:00",
    "closes_at": "2099-10-25T02:30",
    "project_year": "2100",
    "contact": "Bo Berg i slusstad",
    "answer_by": "",
    "answer_days": "40",
    "assessors_wanted": "2",
}


@pytest.fixture
def here(client):
    made = world()
    client.force_login(made.boss)
    return made


def test_a_fund_is_added_changed_and_laid_aside(here, client):
    given = {
        "name": "Nya anslaget",
        "purpose": "Pröva",
        "body": here.body.pk,
        "release_rule": "staged",
        "first_share": "40",
        "unused": "round",
    }
    client.post(f"{SETUP}funds/add/", given)
    fund = Programme.objects.get(name="Nya anslaget")
    assert (fund.body, fund.purpose) == (here.body, "Pröva")
    assert (fund.release_rule, fund.first_share, fund.unused) == ("staged", 40, "round")
    again = client.post(f"{SETUP}funds/add/", given)
    assert list(again.context["form"].errors) == ["name"]

    client.post(f"{SETUP}funds/{fund.pk}/", {**given, "name": "Anslag", "body": ""})
    client.post(f"{SETUP}funds/{fund.pk}/move/", {"to": "aside"})
    fund.refresh_from_db()
    assert (fund.name, fund.body, fund.archived_at is None) == ("Anslag", None, False)
    assert client.get(f"{SETUP}funds/{fund.pk}/rounds/add/").status_code == 404
    assert "undanlagd" in client.get(SETUP).content.decode()
    client.post(f"{SETUP}funds/{fund.pk}/move/", {"to": "back"})
    assert client.get(f"{SETUP}funds/{fund.pk}/rounds/add/").status_code == 200


def test_a_body_that_lies_aside_is_no_choice_but_stays_where_it_was(here, client):
    here.body.archived_at = here.round.opens_at
    here.body.save()
    other = here.mandate.body.pk
    choices = client.get(f"{SETUP}funds/add/").context["form"].fields["body"].choices
    assert [key for key, _ in choices] == ["", other]
    kept = client.get(f"{SETUP}funds/{here.fund.pk}/").context["form"].fields["body"].choices
    assert sorted(key for key, _ in kept if key) == [here.body.pk, other]


def test_goals_and_steps_get_names(here, client):
    client.post(f"{SETUP}funds/{here.fund.pk}/goals/", {"goals": "Klimat\nTrygghet"})
    assert [it.name for it in here.fund.goals.current()] == ["Klimat", "Trygghet"]
    form = client.get(f"{SETUP}funds/{here.fund.pk}/goals/").context["form"]
    assert form["goals"].value() == "Klimat\nTrygghet"

    steps = f"{SETUP}funds/{here.fund.pk}/steps/"
    usual = client.get(steps).context["form"].initial
    assert usual["deciding"] == "Väntar på beslut"
    wrong = client.post(steps, {"received": "In", "deciding": "", "testing": "Görs"})
    assert list(wrong.context["form"].errors) == ["deciding"]
    client.post(steps, {"received": "In", "deciding": "Beslut", "testing": "Görs"})
    assert [it.name for it in here.fund.steps.all()] == ["In", "Beslut", "Görs"]
    assert client.get(steps).context["form"].initial["testing"] == "Görs"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"amount_minor": ""}, "amount_minor"),
        ({"amount_minor": "5 000 EUR"}, "amount_minor"),
        ({"amount_minor": "-1"}, "amount_minor"),
        ({"cap_minor": "900 000"}, "cap_minor"),
        ({"cap_minor": "0"}, "cap_minor"),
        ({"year": "27"}, "year"),
    ],
)
def test_a_pot_is_set_and_a_wrong_one_told_at_its_field(given, field, here, client):
    pots = f"{SETUP}funds/{here.fund.pk}/pots/"
    right = {"year": "2030", "amount_minor": "500 000 kr", "cap_minor": "100.000:-"}
    wrong = client.post(pots, {**right, **given})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, [field])

    client.post(pots, right)

    pot = Pot.objects.get(programme=here.fund, year=2030)
    assert (pot.amount_minor, pot.cap_minor, pot.currency) == (500_000_00, 100_000_00, "SEK")
    text = client.get(pots).content.decode()
    assert "500\xa0000\xa0kr" in text
    assert "2030" in text


def test_a_round_is_added_on_the_municipalitys_own_clock(here, client):
    answer = client.post(f"{SETUP}funds/{here.fund.pk}/rounds/add/", ROUND)

    round = Round.objects.get(name="Hösten 2099")
    assert answer.url == f"{SETUP}rounds/{round.pk}/"
    assert (round.slug, round.contact, round.project_year) == ("hosten-2099", here.boss, 2100)
    assert round.opens_at.isoformat() == "2099-09-01T06:00:00+00:00"
    assert round.closes_at.isoformat() == "2099-10-25T01:30:00+00:00"  # the second 02.30
    assert [it.key for it in round.criteria.all()][:2] == ["effektivitet", "kvalitet"]
    form = client.get(f"{SETUP}rounds/{round.pk}/change/").context["form"]
    assert form["closes_at"].value() == "2099-10-25T02:30"
    assert form["contact"].value() == f"Bo Berg i slusstad, {here.boss.email}"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"closes_at": "2099-09-01T08:00"}, "closes_at"),
        ({"closes_at": "2099-03-29T02:30"}, "closes_at"),
        ({"opens_at": "i morgon"}, "opens_at"),
        ({"contact": "Ingen Alls"}, "contact"),
        ({"answer_by": "2099-01-01"}, "answer_by"),
        ({"answer_days": ""}, "answer_days"),
        ({"slug": "hosten"}, "slug"),
        ({"slug": "å"}, "slug"),
        ({"name": ""}, "name"),
        ({"project_year": "99"}, "project_year"),
        ({"start": "other"}, "start"),
        ({"assessors_wanted": "-1"}, "assessors_wanted"),
    ],
)
def test_a_round_that_cannot_be_meant_is_told_at_its_field_and_kept(given, field, here, client):
    typed = {**ROUND, **given}
    answer = client.post(f"{SETUP}funds/{here.fund.pk}/rounds/add/", typed)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    form = answer.context["form"]
    assert {name: form[name].value() for name in typed if name in form.fields} == typed
    assert Round.objects.count() == 1


def test_a_missing_hour_is_explained(here, client):
    typed = {**ROUND, "opens_at": "2099-03-01T08:00", "closes_at": "2099-03-29T02:30"}
    answer = client.post(f"{SETUP}funds/{here.fund.pk}/rounds/add/", typed)
    assert "Klockan blir aldrig 02:30 den natten" in answer.content.decode()


def test_the_ready_sets_and_earlier_rounds_are_offered(here, client):
    form = client.get(f"{SETUP}funds/{here.fund.pk}/rounds/add/").context["form"]
    keys = [key for key, _ in form.fields["start"].choices]
    assert keys == [*SETS, f"round:{here.round.pk}", "none"]
    client.post(
        f"{SETUP}funds/{here.fund.pk}/rounds/add/", {**ROUND, "start": f"round:{here.round.pk}"}
    )
    new = Round.objects.get(name="Hösten 2099")
    assert [it.name for it in new.criteria.all()] == [here.criterion.name]


def changed(round, client, **given):
    page = f"{SETUP}rounds/{round.pk}/change/"
    form = client.get(page).context["form"]
    now = {name: form[name].value() for name in form.fields}
    typed = {name: value for name, value in {**now, **given}.items() if value not in (None, False)}
    return client.post(page, typed)


def test_a_round_is_changed_and_keeps_its_address_when_announced(here, client):
    answer = changed(here.round, client, name="Ny", slug="", blind="on")
    assert answer.status_code == 302
    here.round.refresh_from_db()
    assert (here.round.name, here.round.slug, here.round.blind) == ("Ny", "hosten", True)
    assert list(changed(here.round, client, slug="annan").context["form"].errors) == ["slug"]


def test_a_contact_stays_when_they_have_left_and_can_be_taken_away(here, client):
    here.round.contact = PersonFactory(name="Har Slutat")
    here.round.save()
    assert changed(here.round, client, name="Ny").status_code == 302
    here.round.refresh_from_db()
    assert here.round.contact.name == "Har Slutat"
    changed(here.round, client, contact="")
    here.round.refresh_from_db()
    assert here.round.contact is None
    changed(here.round, client, contact=here.person.email)
    here.round.refresh_from_db()
    assert here.round.contact == here.person


def test_a_round_is_announced_when_everything_is_in_place(here, client):
    client.post(f"{SETUP}funds/{here.fund.pk}/rounds/add/", {**ROUND, "contact": ""})
    round = Round.objects.get(name="Hösten 2099")
    page = f"{SETUP}rounds/{round.pk}/"
    text = client.get(page).content.decode()
    assert "Ange någon som de sökande kan fråga." in text
    assert f"{page}announce/" not in text
    refused = client.post(f"{page}announce/", follow=True).content.decode()
    assert "Omgången kan inte utlysas ännu." in refused

    changed(round, client, contact=here.person.email)
    assert f"{page}announce/" in client.get(page).content.decode()
    assert "25 oktober 2099 kl. 02.30" in client.get(f"{page}announce/").content.decode()
    client.post(f"{page}announce/")

    round.refresh_from_db()
    assert round.announced_at is not None
    client.post(f"{page}move/", {"to": "hidden"})
    round.refresh_from_db()
    assert round.announced_at is None
    client.post(f"{page}move/", {"to": "aside"})
    client.post(f"{page}move/", {"to": "nowhere"})
    round.refresh_from_db()
    assert round.archived_at is not None
    client.post(f"{page}move/", {"to": "back"})
    round.refresh_from_db()
    assert round.archived_at is None


def test_criteria_are_added_changed_moved_and_taken_away(here, client):
    add = f"{SETUP}rounds/{here.round.pk}/criteria/add/"
    given = {"kind": "qualifying", "name": "Kvalitet", "description": "", "weight": "1"}
    client.post(add, given)
    client.post(add, {**given, "kind": "scored", "name": "Nytta", "low": "0", "high": "3"})
    wrong = client.post(add, {**given, "kind": "scored", "name": "Y", "low": "3", "high": "3"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["high"])
    kinds = [(it.kind, it.low, it.high) for it in here.round.criteria.all()]
    assert kinds == [("scored", 1, 5), ("qualifying", 0, 1), ("scored", 0, 3)]

    quality = here.round.criteria.get(name="Kvalitet")
    needed = f"{SETUP}rounds/{here.round.pk}/criteria/needed/"
    too_many = client.post(needed, {"qualifying_needed": "3"})
    assert list(too_many.context["form"].errors) == ["qualifying_needed"]
    client.post(needed, {"qualifying_needed": "1"})
    page = f"{SETUP}criteria/{quality.pk}/"
    client.post(page, {**given, "name": "Kvaliteten", "low": "", "high": ""})
    kept = client.post(f"{page}move/", {"to": "away"}, follow=True).content.decode()
    assert "Sänk antalet först." in kept
    client.post(f"{page}move/", {"to": "up"})
    assert here.round.criteria.first().name == "Kvaliteten"
    client.post(needed, {"qualifying_needed": "0"})
    client.post(f"{page}move/", {"to": "away"})
    assert here.round.criteria.count() == 2


def test_weights_that_are_all_zero_are_told_at_the_field(here, client):
    given = {"kind": "scored", "name": "Nytta", "weight": "0", "low": "1", "high": "5"}
    answer = client.post(f"{SETUP}criteria/{here.criterion.pk}/", given)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["weight"])


def test_questions_are_added_changed_moved_and_taken_away(here, client):
    add = f"{SETUP}rounds/{here.round.pk}/questions/add/"
    given = {"part": "plan", "text": "När?", "help": "", "required": "on", "max_length": "200"}
    client.post(add, given)
    assert client.post(add, {**given, "max_length": "5"}).status_code == 422
    question = here.round.questions.get(text="När?")
    page = f"{SETUP}questions/{question.pk}/"
    client.post(page, {"part": "plan", "text": "När då?", "help": "", "max_length": "200"})
    question.refresh_from_db()
    assert (question.text, question.required) == ("När då?", False)
    client.post(f"{page}move/", {"to": "up"})
    assert here.round.questions.first() == question
    client.post(f"{page}move/", {"to": "away"})
    assert here.round.questions.count() == 1


def test_once_somebody_has_handed_in_everybody_is_judged_alike(here, client):
    ApplicationFactory(round=here.round, stage="received")
    page = client.get(f"{SETUP}rounds/{here.round.pk}/").content.decode()
    assert "bedöms lika" in page
    assert "criteria/add/" not in page
    answer = client.post(f"{SETUP}criteria/{here.criterion.pk}/move/", {"to": "away"}, follow=True)
    assert "En ansökan har lämnats in" in answer.content.decode()
    assert here.round.criteria.count() == 1


def test_a_round_without_members_in_its_body_cannot_be_announced(here, client):
    here.seat.delete()
    Round.objects.update(announced_at=None)
    QuestionFactory(round=here.round)
    page = f"{SETUP}rounds/{here.round.pk}/"
    assert "Ingen är ledamot." in client.get(page).content.decode()
    SeatFactory(body=here.body)
    assert "Ingen är ledamot." not in client.get(page).content.decode()
