"""Conflicts of interest are declared before anything opens, and shut a case at once."""

import pytest
from django.utils import timezone

from idesluss.ideas.models import Declaration, Idea
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.people.vocab import Role
from tests.factories import declare, involve, person_as
from tests.web.assessment.world import NUMBER, TITLE, assessor, case, client_of, member, world

pytestmark = pytest.mark.django_db

PAGE = "/slusstad/rounds/hosten/declare/"


@pytest.fixture
def it():
    it = world()
    it.assessor = assessor(it, state="")
    it.second = case(it.round, title="Odling", number="INN 2099/0002").idea
    involve(it.second, it.assessor, Part.ASSESSOR)
    return it


@pytest.fixture
def client(it):
    return client_of(it.assessor)


def answers(*rows):
    """What the page sends: (idea, answer, ground, note) for each row."""
    sent = {}
    for idea, answer, *more in rows:
        ground, note = [*more, "", ""][:2]
        sent |= {f"case-{idea.pk}-answer": answer, f"case-{idea.pk}-ground": ground}
        sent[f"case-{idea.pk}-note"] = note
    return sent


def states():
    return dict(Declaration.objects.values_list("idea", "state"))


@pytest.mark.list_page("assessment:declare")
def test_the_page_takes_as_many_queries_however_many_cases(it, client, count_queries):
    def add(number):
        for _ in range(number):
            involve(case(it.round, owner=it.owner).idea, it.assessor, Part.ASSESSOR)

    assert count_queries(lambda: client.get(PAGE), add) == 7


def test_only_headlines_are_shown_and_nothing_is_chosen(it, client):
    page = client.get(PAGE).text

    for words in (TITLE, NUMBER, "Odling", "Applicant: Siv Sökande", "Vård"):
        assert words in page
    assert "Backarna" not in page  # what the application says
    assert "checked" not in page


def test_a_blind_round_hides_who_applies():
    it = world(blind=True)

    page = client_of(assessor(it, state="")).get(PAGE).text

    assert TITLE in page
    assert "Siv Sökande" not in page
    assert "The applicant is hidden in this round" in page


def test_all_answers_are_saved_at_once(it, client):
    sent = answers((it.idea, "clear"), (it.second, "conflict", "manager", "Min enhet"))

    page = client.post(PAGE, sent, follow=True)

    assert states() == {it.idea.pk: "clear", it.second.pk: "declared"}
    assert "Your answers for 2 cases are saved." in page.text
    assert "You have nothing left to declare here" in page.text
    assert "Odling" not in page.text
    assert list(Idea.objects.visible_to(it.assessor, at=timezone.now())) == [it.idea]


def test_a_wrong_row_is_shown_with_what_was_typed_and_the_others_are_saved(it, client):
    sent = answers((it.idea, "clear"), (it.second, "conflict", "other"))
    sent[f"case-{it.second.pk}-note"] = " "

    page = client.post(PAGE, sent)

    assert page.status_code == 422
    assert states() == {it.idea.pk: "clear"}
    assert "Your answer for 1 case is saved." in page.text
    assert "INN 2099/0002: This has to be filled in." in page.text
    assert [row.headline.idea for row in page.context["waiting"]] == [it.second]
    assert page.text.count("checked") == 2  # the answer and the ground


def test_when_all_rows_are_wrong_nothing_is_saved(it, client):
    page = client.post(PAGE, answers((it.second, "conflict"), (it.idea, "nonsense")))

    assert (page.status_code, states()) == (422, {})
    assert len(page.context["wrong"]) == 2


def test_rows_without_an_answer_wait(it, client):
    page = client.post(PAGE, answers((it.idea, "")), follow=True)

    assert states() == {}
    assert "You have not answered for any case yet." in page.text


def test_a_conflict_that_is_discovered_later_shuts_the_case(it, client):
    declare(it.idea, it.assessor, ConflictState.CLEAR)
    assert [row.headline.idea for row in client.get(PAGE).context["answered"]] == [it.idea]

    wrong = client.post(PAGE, answers((it.idea, "conflict")))
    assert (wrong.status_code, states()) == (422, {it.idea.pk: "clear"})
    client.post(PAGE, answers((it.idea, "conflict", "party")))

    assert states() == {it.idea.pk: "declared"}


def test_what_was_cleared_is_not_cleared_again_by_a_form_that_only_knows_yes(it, client):
    declare(it.idea, it.assessor, ConflictState.CLEAR)

    page = client.post(PAGE, answers((it.idea, "clear")))

    assert (page.status_code, states()) == (422, {it.idea.pk: "clear"})


def test_nobody_declares_in_a_case_that_is_not_theirs(it):
    other = assessor(it, "Bo", state="")

    client_of(other).post(PAGE, answers((it.second, "clear")))

    assert states() == {}


def test_a_member_of_the_body_declares_on_the_same_page(it):
    person = member(it, state="")

    client_of(person).post(PAGE, answers((it.idea, "clear"), (it.second, "conflict", "party")))

    assert states() == {it.idea.pk: "clear", it.second.pk: "declared"}


# --- The page about one case, for the office ---------------------------------------------------


@pytest.fixture
def page(it):
    return f"/slusstad/applications/{it.application.pk}/conflicts/"


@pytest.fixture
def boss(it):
    return client_of(it.administrator)


def test_everybody_with_a_part_is_listed_with_what_they_said(it, boss, page):
    declare(it.idea, it.assessor, ConflictState.DECLARED)
    member(it, state="clear")

    shown = boss.get(page).text

    for words in (
        "Ali Ahmed",
        "Declared a conflict of interest",
        "Eva Chef",
        "Maria Lind",
        "assessor of the case",
        "member of the deciding body",
        "handles the round",
    ):
        assert words in shown
    assert "Has not said anything yet" in shown


def test_a_suspicion_is_recorded_and_decided(it, boss, page):
    person = it.assessor
    sent = {"do": "suspect", "suspect-person": person.pk, "suspect-ground": "party"}

    missing = boss.post(page, sent)
    assert (missing.status_code, states()) == (422, {})
    done = boss.post(page, {**sent, "suspect-note": "Syskon"})
    assert (done.status_code, states()) == (302, {it.idea.pk: "suspected"})
    assert "Syskon" in boss.get(page).text

    decide = {"do": f"decide-{person.pk}", f"decide-{person.pk}-conflict": "yes"}
    assert boss.post(page, decide).status_code == 422
    boss.post(page, {**decide, f"decide-{person.pk}-reason": "Ja, syskon"})
    assert states() == {it.idea.pk: "decided"}
    again = boss.post(page, {**decide, f"decide-{person.pk}-reason": "Ja"})
    assert again.status_code == 422
    assert "already been done" in again.text


def test_a_declared_conflict_can_be_decided_away(it, boss, page):
    declare(it.idea, it.assessor, ConflictState.DECLARED)
    key = f"decide-{it.assessor.pk}"

    boss.post(page, {"do": key, f"{key}-conflict": "no", f"{key}-reason": "Har bytt enhet"})

    assert states() == {it.idea.pk: "dismissed"}


def test_an_own_conflict_shuts_the_case_for_the_administrator_too(it, boss, page):
    wrong = boss.post(page, {"do": "own", "own-answer": "conflict"})
    assert (wrong.status_code, states()) == (422, {})

    done = boss.post(
        page, {"do": "own", "own-answer": "conflict", "own-ground": "party"}, follow=True
    )

    assert states() == {it.idea.pk: "declared"}
    assert done.redirect_chain == [("/slusstad/rounds/hosten/handle/", 302)]
    assert TITLE not in done.text
    assert boss.get(page).status_code == 404


def test_nobody_is_offered_to_suspect_or_decide_about_themselves(it, boss, page):
    declare(it.idea, it.administrator, ConflictState.SUSPECTED)

    shown = boss.get(page)

    people = [name for _, name in shown.context["suspect"].fields["person"].choices]
    assert "Maria Lind" not in people
    assert [row["form"] for row in shown.context["known"]] == [None, None]
    key = f"decide-{it.administrator.pk}"
    assert boss.post(page, {"do": key, f"{key}-conflict": "no"}).status_code == 404


def test_a_registrar_says_their_own_and_no_more(it, page):
    registrar = person_as(Role.REGISTRAR, it.here)
    client = client_of(registrar)
    declare(it.idea, it.assessor, ConflictState.DECLARED)
    key = f"decide-{it.assessor.pk}"

    shown = client.get(page)

    assert shown.context["suspect"] is None
    assert "Note the decision" not in shown.text
    refused = client.post(page, {"do": key, f"{key}-conflict": "no", f"{key}-reason": "Nej"})
    assert refused.status_code == 422
    assert "You are not allowed to do this" in refused.text


def test_an_act_without_a_name_is_not_found(it, boss, page):
    assert boss.post(page, {}).status_code == 404
