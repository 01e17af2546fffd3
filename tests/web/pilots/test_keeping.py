"""Made permanent, in forms: noted, put right, ended."""

from datetime import date

import pytest

from idesluss.adoption.models import Adoption
from idesluss.adoption.usecases import Facts, adopt
from idesluss.ideas.models import Idea
from tests.pilots.world import JUNE
from tests.web.pilots.addresses import url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_june")]


def kept(town, **fields):
    return {
        "since": "2027-05-01", "unit": town.unit.pk, "owner": town.bo.pk, "owner_name": "",
        "budget": "Hemtjänst 4310", "yearly": "12 tkr", "words": "", "version": "", **fields,
    }  # fmt: skip


def test_the_office_notes_puts_right_and_ends(town, as_boss):
    here = url(town.project, "permanent")
    answer = as_boss.post(here, kept(town), follow=True)
    assert "Bra gjort!" in answer.content.decode()
    adoption = Adoption.objects.get()
    assert (adoption.owner, adoption.yearly_minor) == (town.bo, 12_000_00)

    form = as_boss.get(here).context["form"]
    assert (form["budget"].value(), form["yearly"].value()) == ("Hemtjänst 4310", 12_000_00)
    as_boss.post(here, kept(town, budget="Drift 1", version="1"))
    adoption.refresh_from_db()
    assert adoption.budget == "Drift 1"

    end = url(town.project, "permanent_end")
    assert as_boss.post(end, {"version": "2", "why": "mistake", "reason": ""}).status_code == 422
    sent = {"version": "2", "why": "mistake", "reason": "Fel ärende"}
    assert "inte längre" in as_boss.post(end, sent, follow=True).content.decode()
    assert as_boss.get(end).status_code == 404
    assert Idea.objects.get(pk=town.project.idea_id).stage == "adopting"
    assert as_boss.get(here).status_code == 200  # it can be noted again


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"since": "2027-06-02"}, "när det används"),
        ({"yearly": "mycket"}, "går inte att läsa"),
        ({"unit": ""}, "måste fyllas i"),
    ],
)
def test_what_cannot_be_noted_comes_back_as_it_was_typed(town, as_boss, fields, says):
    answer = as_boss.post(url(town.project, "permanent"), kept(town, **fields))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "Hemtjänst 4310" in answer.content.decode()
    assert not Adoption.objects.exists()


def test_two_who_correct_or_end_at_once_are_told(town, as_boss):
    facts = Facts(since=date(2027, 5, 1), unit=town.unit.pk, budget="A")
    adopt(town.project.pk, facts=facts, by=town.boss, at=JUNE)
    late = as_boss.post(url(town.project, "permanent"), kept(town, version="0"))
    assert (late.status_code, "Någon annan" in late.content.decode()) == (422, True)
    sent = {"version": "0", "why": "ended", "reason": "Slut"}
    late = as_boss.post(url(town.project, "permanent_end"), sent)
    assert (late.status_code, "Någon annan" in late.content.decode()) == (422, True)


def test_what_was_stopped_has_no_page_for_being_noted(town, as_boss):
    Idea.objects.filter(pk=town.project.idea_id).update(stage="stopped")
    assert as_boss.get(url(town.project, "permanent")).status_code == 404


# --- What was stopped by mistake ---------------------------------------------------------------
