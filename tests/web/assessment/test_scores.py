"""What was judged: a case in full, a round as a ranking, a judgement opened again."""

import pytest

from idesluss.assessment.models import Assessment
from idesluss.ideas.models import Idea
from idesluss.records.models import Entry
from idesluss.web.assessment.views import scores
from tests.web.assessment.world import (
    TITLE,
    assessor,
    case,
    client_of,
    judge,
    member,
    world,
)

pytestmark = pytest.mark.django_db

RANKING = "/slusstad/rounds/hosten/ranking/"


@pytest.fixture
def it():
    it = world()
    it.page = f"/slusstad/applications/{it.application.pk}/scores/"
    return it


@pytest.fixture
def client(it):
    return client_of(it.administrator)


def judged(it, name, *marks, idea=None):
    person = assessor(it, name, idea=idea)
    judge(Assessment.objects.get(assessor=person), *marks)
    return person


def test_the_page_shows_marks_reasons_spread_and_how_the_points_come_about(it, client):
    judged(it, "Ali", 1, 5, 1)
    judged(it, "Bo", 0, 2, 0)
    assessor(it, "Cia")

    page = client.get(it.page).text

    for words in (
        "58.3",  # the mean of 100 and 16.7
        "16.7–100.0",
        "points of 100, mean of 2 assessors",
        "0 / 1",
        "Does not qualify",
        "Ali vet varför.",
        "Bo vet varför.",
        "1 of 2 say that it is met",
        "2 scores: 2, 5. Mean 3.5 on a scale of 1 to 5.",
        "How the points come about",
        "66.7",  # what usefulness gives to the first
        "Not locked yet: Cia.",
        "Open Ali's assessment again",
    ):
        assert words in page


def test_whether_it_qualifies_is_said_in_all_three_ways(it, client):
    assert "Nobody has locked an assessment yet" in client.get(it.page).text
    judged(it, "Ali", 1)
    assert ">Qualifies<" in client.get(it.page).text
    Assessment.objects.get().scores.filter(criterion__key="law").delete()
    assert "Not known yet" in client.get(it.page).text


def test_before_locking_the_others_are_hidden_and_after_it_ones_own_stands_out(it):
    judged(it, "Ali")
    mine = assessor(it, "Bo")
    client = client_of(mine)

    before = client.get(it.page).text
    assert "open when you have locked yours" in before
    assert "Ali vet varför." not in before
    judge(Assessment.objects.get(assessor=mine))
    after = client.get(it.page).text

    assert "Ali vet varför." in after
    assert "(you)" in after
    assert "assessment again" not in after  # only the office opens again


def test_a_second_assessor_who_locks_later_is_hinted_at_but_not_named_to_members(it):
    judged(it, "Ali")
    assessor(it, "Bo")

    page = client_of(member(it)).get(it.page).text

    assert "Ali vet varför." in page
    assert "Not locked yet" not in page


def test_what_does_not_count_is_listed_apart(it, client):
    judged(it, "Ali")
    person = judged(it, "Bo")
    it.idea.declarations.filter(person=person).update(state="declared", ground="party")

    page = client.get(it.page).text

    assert "Does not count" in page
    assert "Bo vet varför." not in page


@pytest.mark.list_page("assessment:ranking")
def test_the_ranking_takes_as_many_queries_however_long(it, client, count_queries):
    def add(number):
        for _ in range(number):
            idea = case(it.round).idea
            judged(it, "Ali", idea=idea)
            judged(it, "Bo", 0, 2, 0, idea=idea)

    assert count_queries(lambda: client.get(RANKING), add) == 9


def test_the_ranking_says_ties_as_ties_and_noise_as_noise(it, client):
    low = case(it.round, title="Lägst").idea
    tied = case(it.round, title="Lika").idea
    case(it.round, title="Ingen har den")
    for idea, gain in ((it.idea, 5), (tied, 5), (low, 3)):
        judged(it, "Ali", 1, gain, 0, idea=idea)
        judged(it, "Bo", 0, gain - 2, 0, idea=idea)

    page = client.get(RANKING)

    rows = [
        (row["application"].idea.title, row["tally"].place.rank) for row in page.context["rows"]
    ]
    assert rows == [(TITLE, 1), ("Lika", 1), ("Lägst", 3)]
    assert page.text.count("shared") == 2
    assert page.text.count("the next is within their disagreement") == 1
    assert page.context["rows"][0]["points"] == [67, 33]
    assert "2 × grant" in page.text
    assert "Ingen har den" not in page.text


def test_a_round_without_qualifying_criteria_has_no_such_column(it, client):
    judged(it, "Ali")
    assert "Qualifies" in client.get(RANKING).text
    it.round.qualifying_needed = 0
    it.round.save()

    assert "Qualifies" not in client.get(RANKING).text


def test_an_empty_ranking_says_what_is_missing(it, client):
    assert "Nobody has been given a case yet" in client.get(RANKING).text
    assessor(it)
    page = client.get(RANKING)
    assert (page.context["rows"][0]["points"], "0 of 1" in page.text) == ([], True)


def test_a_locked_judgement_is_opened_again_with_a_reason(it, client):
    judged(it, "Ali")
    assessment = Assessment.objects.get()
    page = f"/slusstad/assessments/{assessment.pk}/reopen/"
    assert "Ali locked it" in client.get(page).text

    missing = client.post(page, {"reason": " "})
    assert missing.status_code == 422
    done = client.post(page, {"reason": "Fel ruta"}, follow=True)

    assert Assessment.objects.get().locked_at is None
    assert done.redirect_chain == [(it.page, 302)]
    assert "open again for its assessor" in done.text
    entry = Entry.objects.get(verb="assessment.reopened")
    assert (entry.data["reason"], entry.data["was"]["mark-gain"]) == ("Fel ruta", 5)
    assert client.get(page).status_code == 404


def test_after_the_decision_nothing_is_opened(it, client):
    judged(it, "Ali")
    Idea.objects.update(stage="testing")

    assert (
        client.get(f"/slusstad/assessments/{Assessment.objects.get().pk}/reopen/").status_code
        == 404
    )
    assert "assessment again" not in client.get(it.page).text


def test_two_who_open_it_at_the_same_time_open_it_once(it, client, monkeypatch):
    judged(it, "Ali")
    page = f"/slusstad/assessments/{Assessment.objects.get().pk}/reopen/"
    monkeypatch.setattr(scores, "may_reopen", lambda *args, **kwargs: True)  # a moment ago
    Idea.objects.update(stage="testing")

    refused = client.post(page, {"reason": "Fel"})

    assert refused.status_code == 422
    assert "You are not allowed to do this" in refused.text


def test_a_reason_that_is_too_long_is_refused(it, client):
    judged(it, "Ali")
    page = f"/slusstad/assessments/{Assessment.objects.get().pk}/reopen/"

    assert client.post(page, {"reason": "x" * 2001}).status_code == 422
