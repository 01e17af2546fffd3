"""An administrator sets up a sluice: name, ready model, steps, opening; then the next edition."""

import pytest
from django.urls import reverse

from idesluss.ideas.usecases import take_to
from idesluss.people.vocab import Role
from idesluss.programmes.models import Edition, Programme
from idesluss.programmes.sets.sluices import MODELS
from tests.factories import NOON, OrganisationFactory, ProgrammeFactory, person_as
from tests.ideas.models_ready import World, open_sluice

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client) -> World:
    made = open_sluice("lerum")
    client.force_login(made.boss)
    return made


def at(world, name, *more):
    sluice = world.edition.programme
    return reverse(f"programmes:{name}", args=[sluice.organisation.slug, sluice.pk, *more])


def rows(page, **more):
    """What the page of a step would send, with ``more`` on top."""
    given = {field.html_name: field.value() for field in page.context["form"]}
    formset = page.context["rows"]
    given |= {field.html_name: field.value() for field in formset.management_form}
    given |= {field.html_name: field.value() for row in formset for field in row}
    given = {
        name: value for name, value in given.items() if value is not None and value is not False
    }
    return given | more


def test_a_new_sluice_goes_from_name_to_open_steps(client):
    town = OrganisationFactory(slug="slusstad")
    client.force_login(person_as(Role.ADMINISTRATOR, town))
    add = reverse("programmes:sluice_add", args=["slusstad"])
    assert client.post(add, {"name": ""}).status_code == 422
    made = client.post(add, {"name": "Idéslussen", "public": "on"})
    sluice = Programme.objects.get(kind="sluice")
    assert (sluice.slug, sluice.public) == ("ideslussen", True)
    choose = reverse("programmes:sluice_model", args=["slusstad", sluice.pk])
    assert made["Location"] == choose
    page = client.get(choose).text
    assert page.count('<ol class="lock') == len(MODELS) + 1
    begun = client.post(choose, {"start": "kungsbacka"})
    edition = sluice.editions.get()
    assert begun["Location"].endswith("/editions/1/")
    assert (edition.template, edition.steps.count()) == ("kungsbacka", 7)
    opening = client.get(f"{begun['Location']}open/")
    client.post(f"{begun['Location']}open/", {"seen": opening.context["form"]["seen"].value()})
    edition.refresh_from_db()
    assert edition.opened_at is not None
    assert client.get(reverse("programmes:sluice", args=["slusstad", sluice.pk])).status_code == 200
    assert "Idéslussen" in client.get("/slusstad/setup/").text


def test_the_next_edition_is_written_one_page_a_step_and_says_what_is_new(world, client):
    client.post(at(world, "sluice_model"), {"start": "newest"})
    edition = world.edition.programme.editions.get(opened_at=None)
    assert (edition.number, edition.template) == (2, "lerum")
    step = world.step("helhetsbild", edition)
    page = client.get(at(world, "sluice_step", step.pk))
    bad = client.post(at(world, "sluice_step", step.pk), rows(page, name="", guidance="Kvar"))
    assert bad.status_code == 422
    assert "Kvar" in bad.text
    new = rows(page, name="Hela bilden", promise_days="12")
    new["questions-2-text"] = "Vem bestämmer?"
    assert client.post(at(world, "sluice_step", step.pk), new).status_code == 302
    step.refresh_from_db()
    assert (step.name, step.promise_days) == ("Hela bilden", 12)
    assert [it.key for it in step.questions.all()] == ["behov", "jamstalldhet", "vem-bestammer"]
    client.post(at(world, "sluice_step_move", step.pk), {"to": "down"})
    gone = world.step("sprida", edition)
    client.post(at(world, "sluice_step_move", gone.pk), {"to": "away"})
    shown = client.get(at(world, "sluice_open", 2), headers={"accept-language": "en"})
    assert shown.context["count_problems"] == 1
    assert "earlier stage" in shown.text
    client.post(at(world, "sluice_step_move", step.pk), {"to": "up"})
    shown = client.get(at(world, "sluice_open", 2), headers={"accept-language": "en"})
    assert shown.context["told"] == [
        "“Helhetsbild” is called “Hela bilden” now. Promise, questions.",
        "Gone: “Utrullning”. Cases there stay in their edition.",
    ]


def test_a_step_is_added_behind_another_one(world, client):
    client.post(at(world, "sluice_model"), {"start": "newest"})
    edition = world.edition.programme.editions.get(opened_at=None)
    page = client.get(at(world, "sluice_step_add", 2))
    new = rows(page, name="Besluta", stage="deciding", after=world.step("utveckla", edition).pk)
    assert client.post(at(world, "sluice_step_add", 2), new).status_code == 302
    assert list(edition.steps.values_list("key", flat=True))[2:5] == [
        "utveckla",
        "besluta",
        "testa",
    ]


def test_an_opened_edition_has_no_page_to_change_it(world, client):
    step = world.step("testa")
    for name, more in (("sluice_open", 1), ("sluice_drop", 1), ("sluice_step_add", 1)):
        assert client.get(at(world, name, more)).status_code == 404
    assert client.get(at(world, "sluice_step", step.pk)).status_code == 404
    assert client.post(at(world, "sluice_step_move", step.pk), {"to": "away"}).status_code == 404
    assert client.get(at(world, "sluice_edition", 1)).status_code == 200


def test_what_was_shown_is_what_is_opened(world, client):
    client.post(at(world, "sluice_model"), {"start": "newest"})
    edition = world.edition.programme.editions.get(opened_at=None)
    seen = client.get(at(world, "sluice_open", 2)).context["form"]["seen"].value()
    client.post(at(world, "sluice_step_move", world.step("sprida", edition).pk), {"to": "away"})
    late = client.post(at(world, "sluice_open", 2), {"seen": seen, "why": "Enklare"})
    assert late.status_code == 422
    assert late.context["form"]["why"].value() == "Enklare"
    again = {"seen": late.context["form"]["seen"].value(), "why": "Enklare"}
    assert client.post(at(world, "sluice_open", 2), again).status_code == 302
    assert Edition.objects.get(pk=edition.pk).why == "Enklare"


def test_an_edition_is_thrown_away_after_asking(world, client):
    client.post(at(world, "sluice_model"), {"start": "aarhus"})
    assert client.post(at(world, "sluice_model"), {"start": "lerum"}).status_code == 302
    assert world.edition.programme.editions.count() == 2
    assert client.get(at(world, "sluice_drop", 2)).status_code == 200
    client.post(at(world, "sluice_drop", 2))
    assert world.edition.programme.editions.get() == world.edition


def test_running_cases_are_moved_with_a_choice_where_a_step_is_gone_and_moved_back(world, client):
    idea = world.case()
    take_to(idea.pk, world.step("sprida").pk, by=world.coach, at=NOON, why="Klart")
    client.post(at(world, "sluice_model"), {"start": "newest"})
    edition = world.edition.programme.editions.get(opened_at=None)
    client.post(at(world, "sluice_step_move", world.step("sprida", edition).pk), {"to": "away"})
    seen = client.get(at(world, "sluice_open", 2)).context["form"]["seen"].value()
    client.post(at(world, "sluice_open", 2), {"seen": seen})
    url = at(world, "sluice_cases", 2)
    page = client.get(url)
    assert idea.title in page.text
    field = f"place-{world.step('sprida').pk}"
    missing = client.post(url, {"why": "Enklare modell", field: ""})
    assert (missing.status_code, list(missing.context["form"].errors)) == (422, [field])
    client.post(url, {"why": "Enklare modell", field: world.step("infora", edition).pk})
    idea.refresh_from_db()
    assert (idea.edition, idea.at_step.key) == (edition, "infora")
    client.post(at(world, "sluice_cases_back", 2))
    idea.refresh_from_db()
    assert (idea.edition, idea.at_step.key) == (world.edition, "sprida")
    assert client.post(at(world, "sluice_cases_back", 2)).status_code == 404


def test_a_sluice_is_changed_laid_aside_and_brought_back(world, client):
    given = {"name": "Slussen", "slug": "slussen", "purpose": "", "welcome": "Vardag"}
    assert client.post(at(world, "sluice_change"), {**given, "slug": "Å"}).status_code == 422
    client.post(at(world, "sluice_change"), given)
    sluice = Programme.objects.get(pk=world.edition.programme_id)
    assert (sluice.name, sluice.slug, sluice.public) == ("Slussen", "slussen", False)
    client.post(at(world, "sluice_move"), {"to": "aside"})
    sluice.refresh_from_db()
    assert sluice.archived_at is not None
    client.post(at(world, "sluice_move"), {"to": "back"})
    sluice.refresh_from_db()
    assert sluice.archived_at is None


@pytest.mark.parametrize("role", [Role.COACH, Role.MANAGER, Role.REGISTRAR, Role.EMPLOYEE])
def test_only_administrators_set_up_a_sluice(world, client, role):
    client.force_login(person_as(role, world.edition.programme.organisation))
    step = world.step("testa").pk
    for name, *more in (
        ("sluice",),
        ("sluice_change",),
        ("sluice_model",),
        ("sluice_edition", 1),
        ("sluice_cases", 1),
        ("sluice_step", step),
    ):
        assert client.get(at(world, name, *more)).status_code == 404


def test_a_fund_has_no_model_and_a_sluice_no_round(world, client):
    town = world.edition.programme.organisation
    fund = ProgrammeFactory(organisation=town)
    model = reverse("programmes:sluice_model", args=[town.slug, fund.pk])
    assert client.get(model).status_code == 404
    sluice = world.edition.programme_id
    assert client.get(f"/{town.slug}/setup/funds/{sluice}/").status_code == 404
    assert client.get(f"/{town.slug}/setup/funds/{sluice}/rounds/add/").status_code == 404


def test_set_up_pages_of_a_sluice_ask_the_same_for_one_case_and_for_many(
    world, client, django_assert_max_num_queries
):
    for _ in range(3):
        world.case()
    client.get(at(world, "sluice"))
    for name, *more in (("sluice",), ("sluice_model",), ("sluice_edition", 1), ("sluice_cases", 1)):
        with django_assert_max_num_queries(12):
            client.get(at(world, name, *more))
