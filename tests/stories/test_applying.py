"""An employee applies: every page with script, two who write the same, and all of it without."""

import io
from datetime import date, timedelta

import pytest
from django.utils import timezone

from idesluss.funding.usecases import apply, attach, submit, write
from idesluss.ideas.models import Idea
from idesluss.ideas.usecases import ask_completion
from idesluss.ideas.vocab import Part
from idesluss.people.vocab import Role
from idesluss.programmes.vocab import QuestionPart
from tests.factories import (
    GoalFactory,
    OrganisationFactory,
    PersonFactory,
    PotFactory,
    QuestionFactory,
    RoundFactory,
    UnitFactory,
    involve,
    person_as,
)
from tests.funding.applying import employee_of, seen
from tests.stories.looking import PHONE, look

pytestmark = pytest.mark.django_db(transaction=True)

QUESTIONS = {
    QuestionPart.NEED: ["Vem har behovet, och hur många är de?"],
    QuestionPart.IDEA: ["Vad vill ni göra?", "Vad är nytt, jämfört med i dag?"],
    QuestionPart.PLAN: ["Hur går det till, steg för steg?"],
}


@pytest.fixture
def round():
    at = timezone.now()
    organisation = OrganisationFactory(name="Slusstads kommun", slug="slusstad", invented=True)
    round = RoundFactory(
        programme__organisation=organisation,
        name="Innovationsanslag 2027",
        slug="2027",
        invented=True,
        project_year=2027,
        opens_at=at - timedelta(days=10),
        announced_at=at - timedelta(days=10),
        closes_at=at + timedelta(days=20),
        contact=PersonFactory(name="Cecilia Ek", email="cecilia@slusstad.example"),
    )
    for part, texts in QUESTIONS.items():
        for number, text in enumerate(texts):
            key = f"{part.value}-{number}"
            QuestionFactory(round=round, part=part.value, key=key, text=text)
    for name in ("Attraktiva Slusstad", "Hållbara Slusstad", "Trygga Slusstad"):
        GoalFactory(programme=round.programme, name=name)
    for name in ("Kultur och fritid", "Samhällsbyggnad", "Vård och omsorg"):
        UnitFactory(organisation=organisation, name=name)
    PotFactory(programme=round.programme, year=2027)
    return round


@pytest.fixture
def anna(round):
    return employee_of(round, name="Anna Åkesson", email="anna@slusstad.example")


@pytest.fixture
def bo(round):
    return employee_of(round, name="Bo Öberg", email="bo@slusstad.example")


def ready(round, owner):
    """A draft with everything in it and a file."""
    at = timezone.now()
    need = "Backarna gör att cyklarna inte används."
    title = "Elmotorer på kommunens cyklar"
    case = apply(round.pk, title=title, need=need, language="sv", by=owner, at=at)
    answers = {f"answer-{one.key}": "Så här." for one in round.questions.all()}
    unit = round.programme.organisation.units.get(name="Vård och omsorg")
    money = {"lines": (("Elmotorer", 60_900_00),), "ends_on": date(2027, 11, 30)}
    values = {**answers, **money, "unit": unit.pk}
    write(case.pk, values=values, seen=seen(case), by=owner, at=at)
    pdf = io.BytesIO(b"%PDF-1.7")
    attach(case.pk, name="offert.pdf", content=pdf, size=8, by=owner, at=at)
    return case


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_an_application_is_written_step_by_step_and_saved_as_one_writes(round, anna, bo, new_page):
    page = new_page(anna)
    page.goto("/slusstad/rounds/2027/apply/")
    page.locator("[name=title]").fill("Elmotorer på kommunens cyklar")
    page.locator(".saving__yes").wait_for()
    look(page, "apply")
    press(page, "Spara och fortsätt")
    page.wait_for_url("**/edit/need/")
    page.locator("[name=need]").fill("Backarna gör att cyklarna inte används.")
    page.locator(".saving__yes").wait_for()
    page.reload()
    assert page.locator("[name=need]").input_value() == "Backarna gör att cyklarna inte används."
    press(page, "Spara och fortsätt")
    page.wait_for_url("**/edit/idea/")
    press(page, "Spara och fortsätt")
    page.wait_for_url("**/edit/plan/")
    page.locator("[name=lines-what]").nth(0).fill("Elmotorer, tio stycken")
    page.locator("[name=lines-sum]").nth(0).fill("1 mnkr")
    page.locator(".saving__not").wait_for()
    press(page, "Spara och fortsätt")
    page.locator(".ds-error-summary").wait_for()
    look(page, "apply-plan")
    page.locator("[name=lines-sum]").nth(0).fill("60 900:-")
    press(page, "Spara och fortsätt")
    page.wait_for_url("**/edit/people/")
    page.get_by_label("Hitta en kollega").fill("öberg")
    press(page, "Sök")
    look(page, "apply-people")
    press(page, "Lägg till Bo Öberg")
    page.get_by_text("Bo Öberg söker nu tillsammans med dig.").wait_for()
    press(page, "Spara och fortsätt")
    page.wait_for_url("**/edit/goals/")
    look(page, "apply-goals")
    press(page, "Spara och se igenom")
    page.wait_for_url("**/submit/")
    press(page, "Lämna in ansökan")
    page.get_by_role("group", name="6 saker saknas").wait_for()
    look(page, "apply-submit")


def test_an_application_is_handed_in_followed_completed_and_withdrawn(round, anna, new_page):
    case = ready(round, anna)
    page = new_page(anna)
    page.goto(f"/slusstad/applications/{case.pk}/submit/")
    press(page, "Lämna in ansökan")
    page.wait_for_url("**/receipt/")
    look(page, "receipt")
    boss = person_as(Role.ADMINISTRATOR, round.programme.organisation)
    due = timezone.now().date() + timedelta(days=9)
    asked = "Vem monterar motorerna?"
    ask_completion(case.idea_id, what=asked, due=due, by=boss, at=timezone.now())
    page.goto(f"/slusstad/applications/{case.pk}/")
    look(page, "application")
    page.goto(f"/slusstad/applications/{case.pk}/complete/")
    look(page, "complete")
    page.locator("[name=answer]").fill("Cykelhandlaren.")
    press(page, "Skicka svaret")
    page.get_by_text("Tack. Ditt svar har kommit fram.").wait_for()
    page.goto(f"/slusstad/applications/{case.pk}/print/")
    look(page, "application-print")
    page.goto(f"/slusstad/applications/{case.pk}/withdraw/")
    look(page, "withdraw")
    press(page, "Återkalla ansökan")
    page.get_by_text("Ansökan är återkallad.").wait_for()
    page.goto("/slusstad/applications/")
    look(page, "my-applications")


def test_two_who_write_the_same_lose_nothing(round, anna, bo, new_page):
    case = ready(round, anna)
    involve(case.idea, bo, Part.CO_APPLICANT)
    hers, his = new_page(anna, script=False), new_page(bo)
    for page in (hers, his):
        page.goto(f"/slusstad/applications/{case.pk}/edit/need/")
    hers.locator("[name=title]").fill("Elcyklar")
    hers.locator("[name=need]").fill("Backarna är branta.")
    press(hers, "Spara och fortsätt")
    hers.wait_for_url("**/edit/idea/")

    his.locator("[name=need]").fill("Backarna är långa.")
    press(his, "Se båda texterna")
    his.locator(".clash").wait_for()
    look(his, "clash")
    his.get_by_label("Behåll det du skrev").check()
    his.locator("[name=need]").fill("Backarna är branta och långa.")
    press(his, "Spara det jag valde")
    his.wait_for_url("**/edit/need/")

    assert his.locator("[name=title]").input_value() == "Elcyklar"
    assert his.locator("[name=need]").input_value() == "Backarna är branta och långa."


def test_a_button_pressed_while_a_save_is_under_way_waits_for_it(round, anna, new_page):
    case = ready(round, anna)
    page = new_page(anna)
    page.goto(f"/slusstad/applications/{case.pk}/edit/need/")
    page.route("**/edit/need/", _slowly)
    page.locator("[name=need]").fill("Först.")
    with page.expect_request(lambda request: "hx-request" in request.headers):
        pass
    page.locator("[name=need]").fill("Sen.")
    press(page, "Spara och fortsätt")

    page.wait_for_url("**/edit/idea/")

    assert Idea.objects.get(pk=case.idea_id).need == "Sen."


def _slowly(route):
    if "hx-request" in route.request.headers:
        route.request.frame.page.wait_for_timeout(500)
    route.continue_()


def test_what_was_written_last_is_saved_on_the_way_out(round, anna, new_page):
    case = ready(round, anna)
    page = new_page(anna)
    page.goto(f"/slusstad/applications/{case.pk}/edit/need/")
    page.locator("[name=need]").fill("I sista sekunden.")

    page.goto("/slusstad/applications/")  # what is sent on the way out, the browser does not tell
    for _ in range(50):
        if Idea.objects.get(pk=case.idea_id).need == "I sista sekunden.":
            break
        page.wait_for_timeout(100)

    assert Idea.objects.get(pk=case.idea_id).need == "I sista sekunden."


def test_without_script_on_a_phone_all_of_it_works(round, anna, bo, new_page):
    page = new_page(anna, script=False, width=PHONE)
    page.goto("/slusstad/rounds/2027/apply/")
    page.locator("[name=title]").fill("Elmotorer på cyklar")
    page.locator("[name=title]").press("Enter")
    page.wait_for_url("**/edit/need/")
    page.locator("[name=need]").fill("Backarna är branta.")
    for step, questions in zip(("need", "idea", "plan"), QUESTIONS.values(), strict=True):
        page.wait_for_url(f"**/edit/{step}/")
        for text in questions:
            page.get_by_label(text).fill("Så här.")
        if step != "plan":
            press(page, "Spara och fortsätt")
    page.locator("[name=ends_on]").fill("2027-11-30")
    page.locator("[name=lines-what]").nth(0).fill("Motorer")
    page.locator("[name=lines-sum]").nth(0).fill("60 900:-")
    press(page, "Lägg till en rad")
    page.locator("[name=lines-what]").nth(1).fill("Montering")
    page.locator("[name=lines-sum]").nth(1).fill("1 tkr")
    press(page, "Spara och fortsätt")
    page.get_by_label("Hitta en kollega").fill("öberg")
    press(page, "Sök")
    press(page, "Lägg till Bo Öberg")
    pdf = {"name": "offert.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 x"}
    page.set_input_files("[type=file]", files=[pdf])
    press(page, "Bifoga")
    press(page, "Ta bort offert.pdf")
    press(page, "Lägg tillbaka")
    page.get_by_role("link", name="offert.pdf").wait_for()
    page.locator("[name=unit]").select_option(label="Vård och omsorg")
    press(page, "Spara och fortsätt")
    page.get_by_label("Hållbara Slusstad").check()
    press(page, "Spara och se igenom")
    page.get_by_text("61 900 kr").wait_for()
    press(page, "Lämna in ansökan")
    page.wait_for_url("**/receipt/")
    page.locator(".receipt__number", has_text="0001").wait_for()


def test_a_draft_is_thrown_away_and_taken_back_without_script(round, anna, new_page):
    case = ready(round, anna)
    page = new_page(anna, script=False)
    page.goto(f"/slusstad/applications/{case.pk}/submit/")
    press(page, "Kasta utkastet")
    press(page, "Ta tillbaka utkastet")
    page.get_by_text("Utkastet är tillbaka, som det var.").wait_for()
    submit(case.pk, by=anna, at=timezone.now())
