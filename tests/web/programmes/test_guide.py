"""The first set-up at the door: steps that may be skipped, taken up again, and put right."""

import pytest

from idesluss.people.models import Body, Unit
from idesluss.programmes.models import Programme, Round
from idesluss.records.models import Entry
from tests.web.people.world import world

pytestmark = pytest.mark.django_db
GUIDE = "/slusstad/setup/guide/"
FUND = {"ready": "berum", "name": "Medlen", "year": "2100", "amount_minor": "1 000 000"}
ROUND = {
    "name": "Första omgången",
    "opens_at": "2099-09-01T08:00",
    "closes_at": "2099-10-31T16:00",
    "answer_by": "2100-01-31",
    "endorsed": "on",
}


@pytest.fixture
def here(client):
    made = world()
    client.force_login(made.boss)
    return made


def test_each_step_leads_to_the_next_and_carries_the_chosen_rules(here, client):
    answer = client.post(GUIDE, {"lines": "Teknik"})
    assert answer.url == f"{GUIDE}fund/"
    answer = client.post(answer.url, FUND)
    fund = Programme.objects.get(name="Medlen")
    assert answer.url == f"{GUIDE}{fund.pk}/decide/?ready=berum"
    answer = client.post(answer.url, {"name": "Rådet", "members": "Bo Berg i slusstad"})
    assert answer.url == f"{GUIDE}{fund.pk}/round/?ready=berum"
    answer = client.post(answer.url, ROUND)
    round = Round.objects.get(name="Första omgången")
    assert answer.url == f"{GUIDE}open/{round.pk}/"
    assert (round.project_year, round.contact, round.endorsed) == (2100, here.boss, True)
    assert "novelty" in {it.key for it in round.criteria.all()}
    answer = client.post(answer.url)
    assert answer.url == f"/slusstad/rounds/{round.slug}/"
    assert Entry.objects.filter(verb="programmes.round_announced", about_id=round.pk).exists()


def test_what_is_there_is_told_and_a_step_may_be_skipped(here, client):
    first = client.get(GUIDE)
    assert "Vård i slusstad" in first.content.decode()
    assert first.context["skip"] == f"{GUIDE}fund/"
    second = client.get(f"{GUIDE}fund/")
    assert f"{GUIDE}{here.fund.pk}/decide/" in second.content.decode()
    third = client.get(f"{GUIDE}{here.fund.pk}/decide/?ready=nonsense")
    assert third.context["skip"] == f"{GUIDE}{here.fund.pk}/round/?ready=needs"


def test_a_round_that_was_begun_is_gone_on_with(here, client):
    page = f"{GUIDE}{here.fund.pk}/round/"
    assert list(client.get(page).context["rounds"]) == []
    here.round.announced_at = None
    here.round.save()
    assert f"{GUIDE}open/{here.round.pk}/" in client.get(page).content.decode()


def test_a_fund_nobody_decides_in_must_be_given_somebody(here, client):
    here.fund.body = None
    here.fund.save()
    assert client.get(f"{GUIDE}{here.fund.pk}/decide/").context["skip"] == ""


def test_what_is_wrong_stands_at_its_field_and_nothing_is_saved(here, client):
    answer = client.post(f"{GUIDE}fund/", {**FUND, "amount_minor": "mycket"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["amount_minor"]
    assert answer.context["form"]["name"].value() == "Medlen"
    before = Body.objects.count()
    lines = "Eva Ek; eva@slusstad.example\nBo; bo"
    answer = client.post(f"{GUIDE}{here.fund.pk}/decide/", {"name": "Rådet", "members": lines})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["members"])
    assert Body.objects.count() == before
    late = {**ROUND, "closes_at": "2099-08-31T16:00"}
    answer = client.post(f"{GUIDE}{here.fund.pk}/round/", late)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["closes_at"])
    assert Unit.objects.filter(name="Teknik").count() == 0


def test_a_round_that_lacks_something_is_not_opened_and_says_what(here, client):
    here.round.announced_at = None
    here.round.contact = None
    here.round.save()
    address = f"{GUIDE}open/{here.round.pk}/"
    assert client.get(address).context["problems"] != []
    assert client.post(address).url == address
    here.round.refresh_from_db()
    assert here.round.announced_at is None


def test_a_fund_of_another_municipality_is_not_there(here, client):
    other = world("grannby")
    for address in [
        f"{other.fund.pk}/decide/",
        f"{other.fund.pk}/round/",
        f"open/{other.round.pk}/",
    ]:
        assert client.get(f"{GUIDE}{address}").status_code == 404


def test_the_set_up_leads_back_to_the_steps_until_a_round_has_been_announced(here, client):
    setup = "/slusstad/setup/"
    Round.objects.update(announced_at=None)
    assert f'href="{GUIDE}"' in client.get(setup).content.decode()
    Round.objects.update(announced_at="2026-01-01T08:00Z")
    assert f'href="{GUIDE}"' not in client.get(setup).content.decode()
