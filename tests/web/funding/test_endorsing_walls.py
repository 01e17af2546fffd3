"""Which page of a case opens for a manager, and for everybody beside them."""

import re

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from idesluss.funding.models import Endorsement
from idesluss.funding.usecases.endorse import Reply, answer, pass_on
from idesluss.ideas.models import Attachment
from idesluss.ideas.vocab import ConflictState, Ground, Part
from idesluss.people.models import Person
from idesluss.people.vocab import Role
from tests.factories import NOON, OrganisationFactory, SeatFactory, declare, involve, person_as
from tests.funding.endorsing import asked, manager_of

pytestmark = pytest.mark.django_db
ANSWER = {"do": "answer", "version": "0", "answer": "yes"}


@pytest.fixture
def it(now):
    it = asked()
    kept = it.application.idea.attachments.create(
        name="Karta.pdf",
        content_type="application/pdf",
        size=4,
        sha256="x",
        file=ContentFile(b"%PDF", name="karta"),
        added_by=it.owner,
        added_at=NOON,
    )
    one, case = ["slusstad", it.one.pk], ["slusstad", it.application.pk]
    it.pages = {
        "list": reverse("funding:endorsing", args=["slusstad"]),
        "page": reverse("funding:endorse", args=one),
        "print": reverse("funding:print", args=case),
        "file": reverse("ideas:attachment", args=["slusstad", kept.pk]),
        "check": reverse("funding:check", args=case),
        "name": reverse("funding:name_manager", args=[*case, it.ward.pk]),
        "scores": reverse("assessment:scores", args=case),
        "assess": reverse("assessment:assess", args=case),
        "edit": reverse("funding:edit", args=[*case, "need"]),
    }
    return it


def passed_on(it):
    pass_on(it.one.pk, to=it.eva, why="Hon vet.", version=0, by=it.bo, at=NOON)
    return it.bo


def given(it):
    passed_on(it)
    it.pages["page"] = reverse(
        "funding:endorse", args=["slusstad", Endorsement.objects.get(passed_to=None).pk]
    )
    return it.eva


def has_answered(it):
    answer(it.one.pk, Reply("yes"), version=0, by=it.bo, at=NOON)
    return it.bo


def assessor_too(it, state=""):
    involve(it.application.idea, it.bo, Part.ASSESSOR)
    if state:
        declare(it.application.idea, it.bo, ConflictState(state), Ground.MANAGER.value)
    return fresh(it.bo)


def decider_too(it, state=""):
    it.application.idea.__class__.objects.update(stage="deciding")
    SeatFactory(body=it.round.programme.body, person=it.bo)
    if state:
        declare(it.application.idea, it.bo, ConflictState(state), Ground.MANAGER.value)
    return fresh(it.bo)


def assessor(it):
    person = person_as(Role.ASSESSOR, it.here)
    involve(it.application.idea, person, Part.ASSESSOR)
    declare(it.application.idea, person, ConflictState.CLEAR)
    return person


def has_left(it):
    it.bo.appointments.update(ends=NOON.date())
    return fresh(it.bo)


def elsewhere(it, role=Role.MANAGER):
    return person_as(role, OrganisationFactory())


def fresh(person):
    return Person.objects.get(pk=person.pk)


def status(client, url):
    response = client.get(url)
    if response.streaming:  # reading it to its end closes the file
        b"".join(response.streaming_content)
    return response.status_code


READS = {"list", "page", "print", "file"}
WHO = {
    "manager who is asked": (lambda it: it.bo, READS),
    "manager who has answered": (has_answered, READS),
    "manager who has passed it on": (passed_on, {"list", "page"}),  # a page without the case
    "whoever it was passed on to": (given, READS),
    "manager above": (lambda it: it.eva, {"list"}),
    "another manager of the same unit": (lambda it: manager_of(it.ward), {"list"}),
    "manager of another unit": (lambda it: it.ali, {"list"}),
    "manager with a conflict": (lambda it: assessor_too(it, "declared"), {"list"}),
    "manager who has left": (has_left, set()),
    "manager and silent assessor": (assessor_too, READS),
    "manager and clear assessor": (lambda it: assessor_too(it, "clear"), {*READS, "scores"}),
    "manager and silent decider": (decider_too, READS),
    "manager and clear decider": (lambda it: decider_too(it, "clear"), {*READS, "scores"}),
    "applicant": (lambda it: it.owner, {"list", "print", "file", "edit"}),
    "colleague": (lambda it: person_as(Role.EMPLOYEE, it.here), {"list"}),
    "assessor": (assessor, {"list", "print", "file", "scores"}),
    "administrator": (
        lambda it: it.administrator, {"list", "print", "file", "check", "name", "scores"},
    ),
    "registrar": (
        lambda it: person_as(Role.REGISTRAR, it.here),
        {"list", "print", "file", "check", "scores"},
    ),
    "manager elsewhere": (elsewhere, set()),
    "administrator elsewhere": (lambda it: elsewhere(it, Role.ADMINISTRATOR), set()),
}  # fmt: skip


@pytest.mark.parametrize("who", WHO)
def test_what_opens_for_whom(it, use, who):
    make, opens = WHO[who]
    client = use(make(it))
    opened = {name for name, url in it.pages.items() if status(client, url) not in (404, 302)}

    assert opened == opens


ANSWERS = {"manager who is asked", "whoever it was passed on to", "manager and silent assessor",
           "manager and clear assessor", "manager and silent decider",
           "manager and clear decider"}  # fmt: skip


@pytest.mark.parametrize("who", WHO)
def test_who_answers(it, use, who):
    make, _opens = WHO[who]
    client = use(make(it))
    before = set(Endorsement.objects.values_list("answer", flat=True))
    answered = client.post(it.pages["page"], ANSWER)
    after = set(Endorsement.objects.values_list("answer", flat=True))

    assert (answered.status_code == 302) == (who in ANSWERS or who == "manager who has answered")
    assert ("yes" in after - before) == (who in ANSWERS)


@pytest.mark.parametrize("who", ["manager elsewhere", "colleague", "manager of another unit"])
def test_what_is_hidden_looks_as_if_it_did_not_exist(it, use, who):
    client = use(WHO[who][0](it))
    absent = reverse("funding:endorse", args=["slusstad", 999_999])

    def body(url):
        said = client.get(url).text.replace(url, "")
        return re.sub(r'value="[A-Za-z0-9]{64}"', "", said)

    assert body(it.pages["page"]) == body(absent)


def test_a_question_of_another_organisation_is_not_found_under_this_address(it, use):
    other = person_as(Role.MANAGER, it.here)
    elsewhere_ = OrganisationFactory(slug="annanstad")
    person_as(Role.EMPLOYEE, elsewhere_)
    it.bo.appointments.create(organisation=elsewhere_, role="employee")
    client = use(fresh(it.bo))

    url = reverse("funding:endorse", args=["annanstad", it.one.pk])
    assert client.get(url).status_code == 404
    assert client.post(url, ANSWER).status_code == 404
    assert other.pk


def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back_to_the_chosen_answer(it, client):
    answer_ = client.get(it.pages["page"], {"answer": "no"})

    assert answer_.status_code == 302
    assert answer_["Location"] == (
        f"/account/sign-in/?next=/slusstad/endorse/{it.one.pk}/%3Fanswer%3Dno"
    )


def test_files_taken_away_are_shut_to_the_manager_too(it, use):
    Attachment.objects.update(removed_at=NOON)

    assert use(it.bo).get(it.pages["file"]).status_code == 404


def test_a_manager_reads_no_drafts(it, use):
    it.application.idea.__class__.objects.update(stage="draft")

    client = use(it.bo)
    assert {client.get(it.pages[page]).status_code for page in ("page", "print", "file")} == {404}


def test_in_a_blind_round_a_manager_who_also_assesses_is_not_told_who_applies(it, use):
    type(it.round).objects.update(blind=True)
    assert "Siv Sökande" in use(it.bo).get(it.pages["page"]).text

    assert "Siv Sökande" not in use(assessor_too(it)).get(it.pages["page"]).text
