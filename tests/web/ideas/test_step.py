"""Taking a case on through its model, and answering what its step asks, in the browser's way."""

import pytest
from django.urls import reverse

from idesluss.ideas.models import Idea
from idesluss.ideas.usecases import take_to
from idesluss.ideas.usecases.step_answers import answer_question
from idesluss.people.vocab import Role
from tests.factories import NOON, person_as
from tests.ideas.models_ready import World, open_sluice

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return open_sluice("lerum")


@pytest.fixture
def idea(world) -> Idea:
    """A case where the whole picture is looked for."""
    idea = world.case()
    return take_to(idea.pk, world.step("helhetsbild").pk, by=world.coach, at=NOON)


def page(name: str, idea: Idea) -> str:
    return reverse(f"ideas:{name}", args=[idea.programme.organisation.slug, idea.pk])


def answered(world, idea, key="behov", text="Att slippa leta.", seen=0):
    asked = idea.at_step.questions.get(key=key)
    answer_question(idea.pk, asked.pk, text, seen=seen, by=world.coach, at=NOON)
    return asked


def test_the_next_step_is_the_plain_button_with_its_gate_and_date(world, idea, client):
    client.force_login(world.coach)
    answered(world, idea)
    url = page("step", idea)
    shown = client.get(url)
    assert "Vi har talat med den som gav idén" in shown.text
    seen, next_on = shown.context["on"]["seen"].value(), shown.context["on"]["next_on"].value()
    given = {"act": "on", "seen": seen, "next_on": next_on, "next_what": "Möte"}
    held = client.post(url, given)
    assert (held.status_code, list(held.context["on"].errors)) == (422, ["gate_met"])
    done = client.post(url, {**given, "gate_met": "on"})
    assert done["Location"] == page("case", idea)
    idea.refresh_from_db()
    assert (idea.at_step.key, idea.next_on, idea.next_what) == ("utveckla", next_on, "Möte")


def test_a_required_question_holds_the_case_and_the_page_says_so_before(world, idea, client):
    client.force_login(world.coach)
    url = page("step", idea)
    assert "Vad är behovet, med egna ord?" in client.get(url).text
    held = client.post(url, {"act": "on", "seen": idea.at_step_id, "gate_met": "on"})
    assert held.status_code == 422
    assert "Vad är behovet, med egna ord?" in held.context["on"].non_field_errors()[0]


def test_past_a_step_or_back_goes_with_a_reason_which_is_kept_when_something_is_wrong(
    world, idea, client
):
    client.force_login(world.coach)
    url, to = page("step", idea), world.step("testa").pk
    seen = idea.at_step_id
    bad = client.post(
        url, {"act": "elsewhere", "seen": seen, "to": to, "why": "", "next_what": "A"}
    )
    assert (bad.status_code, list(bad.context["other"].errors)) == (422, ["why"])
    assert bad.context["other"]["next_what"].value() == "A"
    assert not bad.context["on"].is_bound
    client.post(url, {"act": "elsewhere", "seen": seen, "to": to, "why": "Finns i Lerum"})
    idea.refresh_from_db()
    assert idea.at_step.key == "testa"
    back = {"act": "elsewhere", "seen": to, "to": world.step("helhetsbild").pk, "why": "Fel behov"}
    client.post(url, back)
    idea.refresh_from_db()
    assert idea.at_step.key == "helhetsbild"
    whys = list(idea.passages.values_list("why", flat=True))
    assert whys == ["", "", "Finns i Lerum", "Fel behov"]


def test_ways_that_do_not_exist_are_not_offered(world, idea, client):
    client.force_login(world.coach)
    offered = [
        name for _pk, name in client.get(page("step", idea)).context["other"]["to"].field.choices
    ]
    assert offered == ["Helhetsbild", "Testa litet", "Utrullning", "Införande"]


def test_two_coaches_who_take_it_on_at_once_do_not_skip_a_step(world, idea, client):
    client.force_login(world.coach)
    answered(world, idea)
    take_to(idea.pk, world.step("utveckla").pk, by=world.coach, at=NOON, gate_met=True)
    late = client.post(page("step", idea), {"act": "on", "seen": idea.at_step_id, "gate_met": "on"})
    assert late.status_code == 422
    assert "Någon annan" in late.text or "Somebody else" in late.text
    idea.refresh_from_db()
    assert idea.at_step.key == "utveckla"


def test_the_step_proposes_whom_to_give_the_case_to_and_locks_nothing(world, idea, client):
    client.force_login(world.coach)
    manager = person_as(Role.MANAGER, idea.programme.organisation)
    answered(world, idea)
    take_to(idea.pk, world.step("utveckla").pk, by=world.coach, at=NOON, gate_met=True)
    idea.refresh_from_db()
    answered(world, idea, "finns-redan", "Nej")
    url = page("step", idea)
    form = client.get(url).context["on"]
    assert [name for _pk, name in form["give_to"].field.choices][1:] == [manager.name]
    client.post(url, {"act": "on", "seen": idea.at_step_id, "give_to": manager.pk})
    idea.refresh_from_db()
    assert (idea.at_step.key, idea.responsible) == ("testa", manager)


def test_the_last_step_leads_to_the_answer(world, idea, client):
    client.force_login(world.coach)
    take_to(idea.pk, world.step("infora").pk, by=world.coach, at=NOON, why="Enkelt")
    shown = client.get(page("step", idea))
    assert shown.context["on"] is None
    assert "I vardagen" in shown.text


def test_an_ended_case_goes_to_no_step(world, idea, client):
    from idesluss.ideas.usecases import end
    from idesluss.logic.lifecycle import Stage

    end(idea.pk, Stage.DECLINED, answer="Finns redan.", by=world.coach, at=NOON)
    client.force_login(world.coach)
    assert client.get(page("step", idea))["Location"] == page("case", idea)


def test_the_giver_answers_what_the_step_asks_and_takes_it_nowhere(world, idea, client):
    giver = idea.involvements.get().person
    client.force_login(giver)
    assert client.get(page("step", idea)).status_code == 404
    asked = idea.at_step.questions.get(key="behov")
    url = page("questions", idea)
    given = {f"answer-{it.pk}": "" for it in idea.at_step.questions.all()}
    given |= {f"seen-{it.pk}": "0" for it in idea.at_step.questions.all()}
    given[f"answer-{asked.pk}"] = "Att slippa springa."
    assert client.post(url, given)["Location"] == page("case", idea)
    assert idea.step_answers.get().text == "Att slippa springa."


def test_two_who_answer_at_once_see_both_and_choose(world, idea, client):
    client.force_login(world.coach)
    url = page("questions", idea)
    asked = answered(world, idea, text="Coachens svar")
    other = idea.at_step.questions.exclude(pk=asked.pk).get()
    given = {
        f"answer-{asked.pk}": "Mitt svar",
        f"seen-{asked.pk}": "0",
        f"answer-{other.pk}": "Nej",
        f"seen-{other.pk}": "0",
    }
    clash = client.post(url, given)
    assert clash.status_code == 422
    assert "Coachens svar" in clash.text
    assert "Mitt svar" in clash.text
    assert idea.step_answers.get(question=other).text == "Nej"
    form = clash.context["form"]
    again = {field.html_name: field.value() for field in form}
    assert client.post(url, again).status_code == 302
    assert idea.step_answers.get(question=asked).text == "Mitt svar"


def test_earlier_answers_stay_readable_and_nobody_else_reads_them(world, idea, client):
    answered(world, idea)
    take_to(idea.pk, world.step("utveckla").pk, by=world.coach, at=NOON, gate_met=True)
    client.force_login(world.coach)
    assert "Att slippa leta." in client.get(page("questions", idea)).text
    client.force_login(person_as(Role.EMPLOYEE, idea.programme.organisation))
    assert client.get(page("questions", idea)).status_code == 404


def test_a_registrar_reads_the_answers_and_writes_none(world, idea, client):
    answered(world, idea)
    client.force_login(person_as(Role.REGISTRAR, idea.programme.organisation))
    assert "Att slippa leta." in client.get(page("questions", idea)).text
    assert client.post(page("questions", idea), {}).status_code == 404


def test_pages_of_a_step_ask_little(world, idea, client, django_assert_max_num_queries):
    answered(world, idea)
    client.force_login(world.coach)
    client.get(page("step", idea))
    for name in ("step", "questions"):
        with django_assert_max_num_queries(12):
            client.get(page(name, idea))


def test_the_end_is_chosen_already_when_one_comes_from_the_last_step(world, idea, client):
    client.force_login(world.coach)
    take_to(idea.pk, world.step("infora").pk, by=world.coach, at=NOON, why="Enkelt")
    url = client.get(page("step", idea)).context["answer_url"]
    assert client.get(url).context["form"]["ending"].value() == "permanent"
