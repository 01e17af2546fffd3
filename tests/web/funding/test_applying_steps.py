from datetime import date

import pytest

from tests.factories import NOON
from tests.funding.applying import draft, fresh
from tests.web.funding.applicant import Desk, text, whole_round

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
NEED = "The hills are steep."

# --- Go through the steps ----------------------------------------------------------------------


def test_every_step_saves_and_leads_to_the_next():
    desk = Desk.with_draft(whole_round())
    round = desk.application.round
    unit = round.programme.organisation.units.last()
    goal = round.programme.goals.first()

    there = [
        desk.write("need", title="Bikes", need=NEED, answer_need="Us.").url,
        desk.write("idea", answer_idea="Motors.").url,
        desk.write(
            "plan",
            **{"answer-plan": "Buy.", "ends_on": "2027-06-01", "lines-what": ["A", "B", ""]},
            **{"lines-sum": ["60 900:-", "1,5 tkr", ""]},
        ).url,
        desk.write("people", unit=unit.pk).url,
        desk.write("goals", goals=[goal.pk]).url,
    ]

    steps = [desk.url("edit", step) for step in ("idea", "plan", "people", "goals")]
    assert there == [*steps, desk.url("submit")]
    idea = desk.idea
    assert (idea.title, idea.need, idea.unit) == ("Bikes", NEED, unit)
    told = dict(idea.answers.values_list("question__key", "text"))
    assert told == {"need": "Us.", "idea": "Motors.", "plan": "Buy."}
    assert desk.lines == [("A", 60_900_00), ("B", 1_500_00)]
    application = fresh(desk.application)
    assert (application.asked_minor, application.ends_on) == (62_400_00, date(2027, 6, 1))
    assert list(idea.goals.all()) == [goal]


@pytest.mark.parametrize(
    ("go", "page"),
    [("back", ("edit", "need")), ("stay", ("edit", "idea")), ("next", ("edit", "plan"))],
)
def test_the_button_says_where_one_goes(go, page):
    desk = Desk.with_draft(whole_round())

    assert desk.write("idea", answer_idea="Motors.", go=go).url == desk.url(*page)
    assert desk.idea.answers.get().text == "Motors."


def test_steps_without_anything_to_ask_are_left_out():
    desk = Desk.with_draft()

    assert desk.write("need", title="Bikes", go="back").url == desk.url("edit", "plan")
    assert desk.write("people", go="next").url == desk.url("submit")
    for step in ("idea", "goals", "nonsense"):
        assert desk.get("edit", step).status_code == 404


def test_what_is_valid_is_saved_and_what_is_not_stays_on_the_page_with_its_reason():
    desk = Desk.with_draft(whole_round())

    response = desk.write(
        "plan",
        **{"answer-plan": "Buy.", "ends_on": "someday", "lines-what": ["A"], "lines-sum": ["abc"]},
    )

    assert response.status_code == 422
    assert desk.idea.answers.get().text == "Buy."
    assert desk.lines == [("Elmotorer", 25_000_00), ("Montering", 10_000_00)]
    said = text(response)
    assert "“abc” cannot be read as a sum of money." in said
    assert "The project's last day: Enter a valid date." in said
    assert 'value="abc"' in response.content.decode()
    assert 'value="someday"' in response.content.decode()


def test_over_the_cap_is_refused_beside_the_lines_and_the_cap_is_named():
    desk = Desk.with_draft(whole_round())

    response = desk.write("plan", **{"lines-what": ["A"], "lines-sum": ["100 001"]})

    assert response.status_code == 422
    assert ("You ask for SEK\xa0100,001, but one project can get at most SEK\xa0100,000.").replace(
        "\xa0", " "
    ) in text(response)
    assert desk.lines == [("Elmotorer", 25_000_00), ("Montering", 10_000_00)]


def test_a_line_is_added_and_removed_without_script():
    desk = Desk.with_draft(whole_round())
    two = {"lines-what": ["A", "B", ""], "lines-sum": ["1", "2", ""]}

    added = desk.write("plan", **two, go="line")
    assert added.url == desk.url("edit", "plan") + "#id_lines_2"
    assert desk.get("edit", "plan").content.decode().count('name="lines-what"') == 3

    removed = desk.write("plan", **two, remove="0")
    assert removed.url == desk.url("edit", "plan") + "#id_lines_1"
    assert desk.lines == [("B", 2_00)]


def test_the_whole_sum_may_be_written_while_there_are_no_lines():
    desk = Desk(*draft(whole_round()))

    desk.write("plan", **{"lines-what": [""], "lines-sum": [""], "asked": "50 tkr"})

    assert fresh(desk.application).asked_minor == 50_000_00
    page = desk.get("edit", "plan").content.decode()
    assert 'name="asked" class="ds-input" value="50,000"' in page
    assert b'name="asked"' not in Desk.with_draft(whole_round()).get("edit", "plan").content


def test_a_page_that_shows_a_few_fields_never_empties_the_others():
    desk = Desk.with_draft(whole_round())
    desk.write("goals", goals=[goal.pk for goal in desk.application.round.programme.goals.all()])

    desk.post("edit", "need", data={"title": "Bikes", "fields": "title", "seen": ""})
    desk.post("edit", "goals", data={"fields": "", "seen": ""})

    assert desk.idea.need == "Backarna gör att cyklarna inte används."
    assert desk.idea.goals.count() == 2


def test_no_goal_is_an_answer_too():
    desk = Desk.with_draft(whole_round())
    desk.write("goals", goals=[goal.pk for goal in desk.application.round.programme.goals.all()])

    desk.write("goals")

    assert not desk.idea.goals.exists()


def test_saving_as_one_writes_answers_with_the_same_page_and_the_time():
    desk = Desk.with_draft(whole_round())

    response = desk.write("need", htmx=True, title="Bikes", need=NEED)

    assert response.status_code == 200
    assert "Saved 12:00" in text(response)
    assert desk.idea.title == "Bikes"
    again = desk.write("need", page=response, htmx=True, title="Bikes!", need=NEED)
    assert "Saved 12:00" in text(again)
    assert desk.idea.title == "Bikes!"


def test_what_cannot_be_saved_as_one_writes_is_told_without_fuss():
    desk = Desk.with_draft(whole_round())

    response = desk.write("need", htmx=True, title="x" * 161, need=NEED)

    assert response.status_code == 422
    assert "Not saved yet:" in text(response)
    assert desk.idea.need == NEED


def test_a_unit_that_has_gone_out_of_use_stays_until_another_is_chosen():
    desk = Desk.with_draft(whole_round())
    unit = desk.idea.unit
    unit.archived_at = NOON
    unit.save(update_fields=["archived_at"])

    page = desk.get("edit", "people")

    assert f'<option value="{unit.pk}" selected>{unit.name}</option>' in page.content.decode()
    assert desk.write("people", page=page, unit=unit.pk).status_code == 302
    assert desk.idea.unit == unit
