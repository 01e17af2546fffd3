"""What the meeting page shows, to whom, and what it costs."""

import pytest
from django.utils.html import escape

from idesluss.ideas.models import Idea
from idesluss.ideas.vocab import ConflictState
from tests.factories import GoalFactory, declare
from tests.funding.meeting import room
from tests.web.funding.meeting_pages import fields, judged, open_room, text, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

# --- What it shows -------------------------------------------------------------------------------


def test_each_case_shows_what_the_room_needs_to_know(use):
    here = room()
    case = here.case("Elmotorer på cyklar", 25_000)
    case.idea.goals.add(GoalFactory(programme=here.round.programme, name="Vision 2040"))
    judged(here, case, 2, 5)
    here.all_declare_clear()
    here.open()
    case.idea.declarations.filter(person=here.members[0]).delete()
    declare(case.idea, here.members[0], ConflictState.DECLARED)

    shown = text(use(here.administrator).get(url(here)))

    for words in (
        "§ 1 Elmotorer på cyklar",
        case.idea.register_number,
        case.idea.unit.name,
        "Vision 2040",
        "Asked SEK 25,000",
        "62.5",
        "2 × grant",
        f"Recused: {here.members[0].name} (manages the unit that applies, or works in it)",
        f"{here.members[1].name} leads this case.",
    ):
        assert words in shown


def test_by_score_the_best_come_first_and_those_without_last(use):
    here = room()
    low, high, none = here.case("Låg"), here.case("Hög"), here.case("Ingen")
    judged(here, low, 2)
    judged(here, high, 5)
    here.all_declare_clear()
    here.open()

    [section] = use(here.administrator).get(url(here, by="score")).context["sections"]
    assert [row.case.decision.application for row in section.rows] == [high, low, none]


def test_by_goal_a_case_stands_under_its_first(use):
    here = room()
    goals = [
        GoalFactory(programme=here.round.programme, name=n, position=i) for i, n in enumerate("BA")
    ]
    both, none = here.case("Båda"), here.case("Inget")
    both.idea.goals.set(goals)
    here.all_declare_clear()
    here.open()

    sections = use(here.administrator).get(url(here, by="goal")).context["sections"]
    assert [
        (one.name, [row.case.decision.application for row in one.rows]) for one in sections
    ] == [
        ("B", [both]),
        ("No goal", [none]),
    ]


def test_those_without_a_department_come_last(use):
    here = open_room()
    Idea.objects.filter(pk=here.cases[0].idea_id).update(unit=None)

    sections = use(here.administrator).get(url(here, by="department")).context["sections"]
    names = [section.name for section in sections]
    assert names == [here.cases[1].idea.unit.name, "No department"]


def test_an_empty_agenda_says_so(use):
    here = open_room()
    Idea.objects.update(stage="assessing")

    assert "Nothing is on the agenda yet." in text(use(here.administrator).get(url(here)))


def test_an_item_that_too_few_can_decide_says_so(use):
    here = open_room(quorum=3)
    here.cases[0].idea.declarations.filter(person=here.members[0]).delete()
    declare(here.cases[0].idea, here.members[0], ConflictState.DECLARED)

    shown = text(use(here.administrator).get(url(here)))
    assert "Too few members can take part in this item: there are 2 and it takes 3." in shown


def test_a_sum_over_the_cap_asks_why(use):
    here = open_room(150_000, 40_000)
    browser = use(here.administrator)
    typed = fields(browser.get(url(here)), here, here.cases[0], outcome="granted")

    counted = browser.post(url(here), typed)

    assert "data-over-cap" in counted.content.decode()
    assert "The sum is over the cap for one project." in text(counted)


# --- What is shut stays shut ---------------------------------------------------------------------


@pytest.mark.parametrize("by", ["number", "score", "department", "goal"])
@pytest.mark.parametrize("page", ["meeting", "agenda", "present"])
def test_a_recused_member_finds_nothing_of_the_case_on_any_page(use, page, by):
    here = room(pot=777_777)
    secret = here.case("Hemlig titel", 54_321, unit__name="Hemliga förvaltningen")
    secret.idea.goals.add(GoalFactory(programme=here.round.programme, name="Hemligt mål"))
    judged(here, secret, 4, 5)
    here.case("Öppen titel", 40_000)
    here.all_declare_clear()
    here.open()
    here.choose(secret, "partly_granted", 43_210, reason="Hemligt skäl.")
    member = here.members[1]
    secret.idea.declarations.filter(person=member).delete()
    declare(secret.idea, member, ConflictState.DECLARED)

    response = use(member).get(url(here, page, by=by))
    shown = response.content.decode()

    assert "You are recused." in text(response)
    assert "Öppen titel" in text(response)
    traces = [
        f"/applications/{secret.pk}/",
        f"case-{here.decision(secret).pk}",
        escape(secret.idea.register_number),
        *("Hemlig", "hemlig", "54,321", "43,210", "94,321", "83,210", "734,567"),
    ]
    for words in traces:
        assert words not in shown


def test_a_shut_case_comes_last_in_every_order_that_would_tell_something(use):
    here = room()
    best = here.case("Bäst")
    worst = here.case("Sämst")
    judged(here, best, 5)
    judged(here, worst, 1)
    here.all_declare_clear()
    here.open()
    member = here.members[1]
    best.idea.declarations.filter(person=member).delete()
    declare(best.idea, member, ConflictState.DECLARED)

    browser = use(member)
    orders = {
        by: [
            (
                section.name,
                [row.is_open if hasattr(row, "is_open") else True for row in section.rows],
            )
            for section in browser.get(url(here, by=by)).context["sections"]
        ]
        for by in ("number", "score", "department", "goal")
    }
    assert orders == {
        "number": [("Cases", [False, True])],
        "score": [("Cases", [True, False])],
        "department": [(worst.idea.unit.name, [True]), ("Closed to you", [False])],
        "goal": [("No goal", [True]), ("Closed to you", [False])],
    }


def test_a_case_opens_when_the_member_has_declared(use):
    here = open_room()
    here.cases[0].idea.declarations.filter(person=here.members[1]).delete()

    shown = text(use(here.members[1]).get(url(here)))

    assert "§ 1 Opens when you have declared your interests." in shown
    assert "1 case opens when you have said whether you have a conflict of interest in it." in shown


def test_a_recused_member_cannot_write_the_case_by_guessing_its_fields(use):
    here = open_room()
    page = use(here.administrator).get(url(here))
    typed = fields(page, here, here.cases[0], outcome="granted")
    member = here.members[1]
    here.cases[0].idea.declarations.filter(person=member).delete()
    declare(here.cases[0].idea, member, ConflictState.DECLARED)

    use(member).post(url(here), {**typed, "do": "save"})

    assert here.decision(here.cases[0]).outcome == ""


# --- Cost ----------------------------------------------------------------------------------------


def added(here, count):
    for _ in range(count):
        case = here.case("Ett till")
        case.idea.goals.add(GoalFactory(programme=here.round.programme))
        judged(here, case, 3, 4)
        declare(case.idea, here.members[2], ConflictState.DECLARED)
        here.meeting.decisions.create(application=case)
        type(case.idea).objects.filter(pk=case.idea_id).update(stage="deciding")


@pytest.mark.parametrize(
    ("page", "queries"), [("meeting", 11), ("agenda", 11), ("present", 9), ("release", 11)]
)
@pytest.mark.list_page("funding:meeting")
@pytest.mark.list_page("funding:agenda")
@pytest.mark.list_page("funding:present")
@pytest.mark.list_page("funding:release")
def test_the_pages_ask_as_much_for_three_cases_as_for_one(use, count_queries, page, queries):
    here = open_room()
    browser = use(here.administrator)

    assert count_queries(lambda: browser.get(url(here, page)), lambda n: added(here, n)) == queries
