"""Cases are given to assessors by hand, with what speaks against it in plain sight."""

import pytest
from django.utils import timezone

from idesluss.assessment.models import Assessment
from idesluss.ideas.models import Idea, Involvement
from idesluss.ideas.vocab import ConflictState, Part
from idesluss.people.vocab import Role
from tests.factories import AppointmentFactory, declare, involve, person_as
from tests.web.assessment.world import NUMBER, TITLE, assessor, case, client_of, judge, world

pytestmark = pytest.mark.django_db

PAGE = "/slusstad/rounds/hosten/assign/"


@pytest.fixture
def it():
    it = world()
    it.ali = person_as(Role.ASSESSOR, it.here, name="Ali Ahmed")
    it.bo = person_as(Role.ASSESSOR, it.here, name="Bo Ek")
    it.second = case(it.round, title="Odling", number="INN 2099/0002").idea
    return it


@pytest.fixture
def client(it):
    return client_of(it.administrator)


def given():
    parts = Involvement.objects.filter(part="assessor", ended_at=None)
    return set(parts.values_list("idea", "person"))


def pair(idea, person):
    return f"{idea.pk}-{person.pk}"


@pytest.mark.list_page("assessment:assign")
def test_the_table_takes_as_many_queries_however_large(it, client, count_queries):
    def add(number):
        for _ in range(number):
            application = case(it.round, unit=it.unit, owner=it.owner)
            assessor(it, idea=application.idea)

    assert count_queries(lambda: client.get(PAGE), add) == 14


def test_the_page_shows_cases_assessors_and_their_load(it, client):
    assessor(it, "Cia Holm", locked=True)
    assessor(it, "Dan Dahl", state="")
    assessor(it, "Eva Ed", state="declared")
    assessor(it, "Fia Frid", state="suspected")
    assessor(it, "Gun Gren")
    Assessment.objects.filter(assessor__name="Gun Gren").update(version=1)
    involve(it.idea, it.bo, Part.OWNER)

    page = client.get(PAGE).text

    for words in (
        TITLE,
        NUMBER,
        "Siv Sökande",
        "Ali Ahmed",
        "0 cases to do here",
        "1 case to do here",
        "1 locked",
        "Locked",
        "Has not declared",
        "Conflict of interest",
        "Conflict suspected",
        "Draft",
        "Applies in the case",
        "has 4 of 2",
        "has 0 of 2",
    ):
        assert words in page


def test_single_boxes_are_given(it, client):
    done = client.post(PAGE, {"pair": [pair(it.idea, it.ali), pair(it.second, it.bo)]}, follow=True)

    assert given() == {(it.idea.pk, it.ali.pk), (it.second.pk, it.bo.pk)}
    assert "2 assessments are given." in done.text


def test_ticked_cases_and_ticked_assessors_are_multiplied(it, client):
    sent = {"case": [it.idea.pk, it.second.pk], "assessor": [it.ali.pk, it.bo.pk]}

    client.post(PAGE, sent)
    assert len(given()) == 4
    again = client.post(PAGE, sent)

    assert again.status_code == 422  # nothing new is ticked
    assert "Nothing new is ticked" in again.text
    assert len(given()) == 4


@pytest.mark.parametrize("sent", [{}, {"case": ["x"]}, {"assessor": ["1"]}, {"pair": ["1-x"]}])
def test_nothing_ticked_gives_nothing(it, client, sent):
    page = client.post(PAGE, sent)

    assert (page.status_code, given()) == (422, set())


def test_likely_conflicts_are_shown_before_anything_is_given(it, client):
    AppointmentFactory(person=it.ali, organisation=it.here, unit=it.unit)
    involve(it.idea, it.bo, Part.CO_APPLICANT)
    sent = {"case": [it.idea.pk, it.second.pk], "assessor": [it.ali.pk, it.bo.pk]}

    look = client.post(PAGE, sent)

    assert (look.status_code, given()) == (200, set())
    assert [it.cell.key for it in look.context["doubtful"]] == [pair(it.idea, it.ali)]
    assert [it.cell.key for it in look.context["impossible"]] == [pair(it.idea, it.bo)]
    assert {it.cell.key for it in look.context["plain"]} == {
        pair(it.second, it.ali),
        pair(it.second, it.bo),
    }
    assert "is appointed in the unit that applies" in look.text
    assert "applies in the case" in look.text
    assert "checked" not in look.text

    client.post(PAGE, {"sure": "yes", "pair": [pair(it.second, it.ali), pair(it.second, it.bo)]})
    assert given() == {(it.second.pk, it.ali.pk), (it.second.pk, it.bo.pk)}


def test_a_doubtful_pair_can_be_given_all_the_same_but_an_impossible_one_cannot(it, client):
    AppointmentFactory(person=it.ali, organisation=it.here, unit=it.unit)
    declare(it.idea, it.bo, ConflictState.DECLARED)

    done = client.post(
        PAGE, {"sure": "yes", "pair": [pair(it.idea, it.ali), pair(it.idea, it.bo)]}, follow=True
    )

    assert given() == {(it.idea.pk, it.ali.pk)}
    assert "1 assessment is given." in done.text


def test_a_case_is_taken_back_after_asking(it, client):
    person = assessor(it, "Cia Holm", locked=True)
    assessment = Assessment.objects.get()
    page = f"/slusstad/assessments/{assessment.pk}/take-back/"
    assert "It stays in the record, but no longer counts." in client.get(page).text
    Assessment.objects.update(locked_at=None)
    assert "There is a draft." in client.get(page).text
    Assessment.objects.update(version=0)
    assert "Nothing has been written yet." in client.get(page).text

    done = client.post(page, {"reason": "Sjuk"}, follow=True)
    assert (given(), done.redirect_chain[0][0]) == (set(), PAGE)
    assert "Cia Holm no longer has the case." in done.text
    twice = client.post(page, follow=True)
    assert "already been done" in twice.text
    assert not Idea.objects.visible_to(person, at=timezone.now()).exists()


def test_without_assessors_or_cases_the_page_says_what_to_do(it, client):
    Idea.objects.update(stage="deciding")
    assert "There are no cases to give" in client.get(PAGE).text
    for person in (it.ali, it.bo):
        person.appointments.all().delete()
    assert "There are no assessors yet" in client.get(PAGE).text


def test_a_locked_case_keeps_its_mark_when_others_are_added(it, client):
    assessor(it, "Cia Holm")
    judge(Assessment.objects.get())

    client.post(PAGE, {"pair": pair(it.idea, it.ali)})

    assert Assessment.objects.filter(locked_at__isnull=False).count() == 1
    assert len(given()) == 2


def test_the_cases_that_need_more_assessors_can_be_shown_alone(it, client):
    assessor(it, "Cia Holm")
    assessor(it, "Dan Dahl")

    page = client.get(f"{PAGE}?show=short")
    assert [case.idea for case in page.context["page"]] == [it.second]
    done = client.post(f"{PAGE}?show=short", {"pair": pair(it.second, it.ali)})
    assert done["Location"] == f"{PAGE}?show=short"
    client.post(PAGE, {"pair": pair(it.second, it.bo)})

    assert "Every case has enough assessors." in client.get(f"{PAGE}?show=short").text


def test_many_cases_are_paged(it, client):
    for number in range(49):
        case(it.round, number=f"INN 2098/{number:04}")

    second = client.get(f"{PAGE}?page=2")

    assert [case.idea for case in second.context["page"]] == [it.idea]
