"""The administrator's list of a round."""

from datetime import date

import pytest
from django.utils import timezone

from idesluss.funding.models import Endorsement
from idesluss.ideas.models import Completion, Idea
from idesluss.programmes.models import Step
from tests.factories import PersonFactory, UnitFactory
from tests.web.assessment.world import NUMBER, TITLE, assessor, case, client_of, world

pytestmark = pytest.mark.django_db

PAGE = "/slusstad/rounds/hosten/handle/"


@pytest.fixture
def it():
    return world()


@pytest.fixture
def client(it):
    return client_of(it.administrator)


def rows(page):
    return page.partition('id="cases"')[2].partition("<tbody>")[2]


def titles(page):
    return [row.application.idea.title for row in page.context["rows"]]


@pytest.mark.list_page("funding:handle")
def test_the_list_takes_as_many_queries_however_long(it, client, count_queries):
    unit = UnitFactory(organisation=it.here)

    def add(number):
        for _ in range(number):
            application = case(it.round, unit=unit)
            assessor(it, locked=True, idea=application.idea)

    assert count_queries(lambda: client.get(PAGE), add) == 8


def test_each_row_says_what_it_is_where_it_is_and_what_it_waits_for(it, client):
    assessor(it, locked=True)
    Idea.objects.update(answer_by=date(2020, 1, 7))

    page = client.get(PAGE).text

    row = rows(page).partition("</tr>")[0]
    for words in (
        TITLE,
        NUMBER,
        "Vård",
        "SEK\xa060,000",
        "More assessors",
        "7 Jan 2020",
        "overdue",
        "1 of 2",
    ):
        assert words in row
    assert f'href="/slusstad/applications/{it.application.pk}/check/"' in row


@pytest.mark.list_page("funding:handle")
def test_a_list_that_marks_managers_takes_no_more_queries(it, client, count_queries):
    it.round.endorsed = True
    it.round.save()

    def add(number):
        for _ in range(number):
            application = case(it.round)
            Endorsement.objects.create(
                application=application,
                manager=PersonFactory(name="Bo Ek"),
                asked_at=timezone.now(),
                due_at=timezone.now(),
            )

    assert count_queries(lambda: client.get(PAGE), add) == 8
    assert count_queries(lambda: client.get(f"{PAGE}?waiting=manager"), add) == 8
    assert rows(client.get(PAGE).text).count("waits for manager: Bo Ek") == 6
    chosen = client.get(f"{PAGE}?waiting=manager")
    assert {row.managers for row in chosen.context["rows"]} == {("Bo Ek",)}


def test_managers_are_offered_only_where_they_are_asked(it, client):
    assert "manager" not in dict(client.get(PAGE).context["form"].fields["waiting"].choices)
    it.round.endorsed = True
    it.round.save()
    assert "manager" in dict(client.get(PAGE).context["form"].fields["waiting"].choices)


def test_a_request_for_completion_shows_that_the_clock_stands_still(it, client):
    now = timezone.now()
    Idea.objects.update(answer_by=date(2020, 1, 7), paused_at=now)
    Completion.objects.create(
        idea=it.idea, what="?", asked_by=it.administrator, asked_at=now, due=date(2099, 2, 3)
    )

    page = client.get(PAGE).text

    assert "to be answered by 3 Feb 2099" in page
    assert "the clock stands still since" in page
    assert "overdue" not in rows(page)


def test_an_assessor_with_a_conflict_is_told_of(it, client):
    assessor(it, state="declared")

    assert "an assessor has a conflict of interest" in client.get(PAGE).text


def test_the_figures_at_the_top_add_up(it, client):
    case(it.round, unit=it.unit, asked_minor=10_000_00)
    case(it.round, asked_minor=5_000_00, currency="DKK")
    Idea.objects.filter(pk=it.idea.pk).update(answer_by=date(2020, 1, 7))

    figures = client.get(PAGE).context["figures"]

    assert (figures.received, figures.overdue) == (3, 1)
    assert figures.asked == {"DKK": 5_000_00, "SEK": 70_000_00}
    assert [(it.name, it.received, it.asked) for it in figures.departments] == [
        ("Vård", 2, {"SEK": 70_000_00}),
        ("", 1, {"DKK": 5_000_00}),
    ]


def test_the_programmes_own_names_of_the_stages_are_used(it, client):
    Step.objects.create(programme=it.round.programme, stage="assessing", name="prövas", position=1)

    page = client.get(PAGE)

    assert "Prövas" in rows(page.text)
    assert ("assessing", "Prövas") in page.context["form"].fields["stage"].choices


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("stage=received", ["Odling"]),
        ("waiting=assessors", [TITLE]),
        ("text=ODLING", ["Odling"]),
        (f"text={NUMBER}", [TITLE]),
        ("text=cykel&stage=received", []),
        ("stage=nonsense&waiting=nonsense&unit=x&sort=x", [TITLE, "Odling"]),
        ("unit=99999999999999999999", [TITLE, "Odling"]),
        ("text=%00", [TITLE, "Odling"]),
        ("sort=title", [TITLE, "Odling"]),
        ("sort=asked", ["Odling", TITLE]),
        ("page=99", [TITLE, "Odling"]),
    ],
)
def test_the_list_is_narrowed_and_sorted_by_its_address(it, client, query, found):
    case(it.round, title="Odling", stage="received", asked_minor=99_000_00)

    page = client.get(f"{PAGE}?{query}")

    assert (page.status_code, titles(page)) == (200, found)
    if not found:
        assert "Nothing fits what you chose" in page.text


def test_a_department_can_be_chosen_among_those_that_occur(it, client):
    case(it.round, title="Odling")

    page = client.get(f"{PAGE}?unit={it.unit.pk}")

    assert titles(page) == [TITLE]
    choices = page.context["form"].fields["unit"].choices
    assert [str(name) for _, name in choices] == ["All", "Vård"]


def test_a_heading_that_sorts_keeps_the_filters_and_says_which_way(it, client):
    page = client.get(f"{PAGE}?stage=assessing&sort=asked&page=1").text

    heading = '<th scope="col" class="amount" aria-sort="descending">'
    assert f'{heading}<a href="?stage=assessing&amp;sort=asked">' in page
    assert '<a href="?stage=assessing&amp;sort=title">' in page


def test_the_list_is_paged(it, client):
    for number in range(50):
        case(it.round, title=f"Idé {number:02}")

    second = client.get(f"{PAGE}?sort=title&page=2")

    assert titles(second) == ["Idé 49"]
    assert 'href="?sort=title&amp;page=1"' in second.text


def test_a_round_without_applications_says_so(it, client):
    Idea.objects.update(stage="draft", register_number="")

    page = client.get(PAGE).text

    assert "Nothing has been handed in yet" in page
    assert "<table" not in page


def test_the_whole_list_can_be_downloaded(it, client):
    page = client.get(PAGE).text

    assert 'href="/slusstad/rounds/hosten/export.csv"' in page
    assert 'href="/slusstad/rounds/hosten/export.xlsx"' in page


def test_the_days_are_those_of_the_organisations_zone(it, client):
    late = timezone.now().replace(year=2026, month=6, day=30, hour=22, minute=30)
    Idea.objects.update(stage_at=late, stage="received")

    assert "since 1 Jul 2026" in client.get(PAGE).text
