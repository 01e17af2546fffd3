"""Which page opens for whom; what is hidden looks exactly like what does not exist."""

import re

import pytest

from idesluss.assessment.models import Assessment
from idesluss.ideas.vocab import Part
from idesluss.people.vocab import Role
from tests.factories import PersonFactory, involve, person_as
from tests.web.assessment.world import assessor, client_of, member, stranger, world

pytestmark = pytest.mark.django_db

CASE = "/slusstad/applications/{case}/"
PAGES = {
    "handle": "/slusstad/rounds/hosten/handle/",
    "assign": "/slusstad/rounds/hosten/assign/",
    "ranking": "/slusstad/rounds/hosten/ranking/",
    "declare": "/slusstad/rounds/hosten/declare/",
    "mine": "/slusstad/assess/",
    "check": f"{CASE}check/",
    "history": f"{CASE}history/",
    "conflicts": f"{CASE}conflicts/",
    "scores": f"{CASE}scores/",
    "assess": f"{CASE}assess/",
    "take back": "/slusstad/assessments/{judged}/take-back/",
    "reopen": "/slusstad/assessments/{judged}/reopen/",
}
ABSENT = {"case": 999_999, "judged": 999_999}
OFFICE = {"handle", "ranking", "mine", "check", "history", "conflicts", "scores"}


def conflicted(it):
    it.idea.declarations.create(
        person=it.administrator,
        state="declared",
        ground="party",
        at=it.idea.stage_at,
        by=it.administrator,
    )
    return it.administrator


def applying(it):
    involve(it.idea, it.administrator, Part.CO_APPLICANT)
    return it.administrator


WHO = {
    "stranger": (lambda it: stranger(), set()),
    "no role at all": (lambda it: PersonFactory(), set()),
    "employee": (lambda it: person_as(Role.EMPLOYEE, it.here), {"mine"}),
    "owner": (lambda it: it.owner, {"mine"}),
    "assessor of nothing": (lambda it: person_as(Role.ASSESSOR, it.here), {"mine"}),
    "assessor, silent": (lambda it: assessor(it, state=""), {"mine", "declare"}),
    "assessor, clear": (assessor, {"mine", "declare", "assess", "scores"}),
    "assessor, conflict": (lambda it: assessor(it, state="declared"), {"mine", "declare"}),
    "assessor, suspected": (lambda it: assessor(it, state="suspected"), {"mine", "declare"}),
    "member, silent": (lambda it: member(it, state=""), {"mine", "declare", "ranking"}),
    "member, clear": (member, {"mine", "declare", "ranking", "scores"}),
    "member, conflict": (lambda it: member(it, "decided"), {"mine", "declare", "ranking"}),
    "registrar": (lambda it: person_as(Role.REGISTRAR, it.here), OFFICE),
    "administrator": (lambda it: it.administrator, {*OFFICE, "assign", "take back", "reopen"}),
    "administrator, conflict": (
        conflicted,
        {"handle", "ranking", "mine", "assign"},
    ),
    "administrator who applies": (
        applying,
        {"handle", "ranking", "mine", "assign"},
    ),
}


@pytest.fixture
def it():
    it = world()
    assessor(it, "Bo Bedömare", locked=True)
    it.numbers = {"case": it.application.pk, "judged": Assessment.objects.get().pk}
    return it


def body(response):
    """What the page says, without its own address and the token that differs every time."""
    said = response.text.replace(response.wsgi_request.path, "")
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", said)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", WHO)
def test_a_page_opens_for_those_it_is_for_and_is_absent_for_all_others(it, who, page):
    make, opens = WHO[who]
    client = client_of(make(it))

    there = client.get(PAGES[page].format(**it.numbers))

    assert there.status_code == (200 if page in opens else 404)
    if page not in opens and "{" in PAGES[page]:
        absent = client.get(PAGES[page].format(**ABSENT))
        assert body(there) == body(absent)


@pytest.mark.parametrize("page", PAGES)
def test_nobody_posts_what_they_cannot_open(it, page):
    for who in ("stranger", "owner", "assessor, conflict", "registrar"):
        make, opens = WHO[who]
        if page in opens:
            continue
        answer = client_of(make(it)).post(PAGES[page].format(**it.numbers), {"do": "accept"})
        assert answer.status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_whoever_is_not_signed_in_is_sent_to_sign_in(it, client, page):
    answer = client.get(PAGES[page].format(**it.numbers))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/sign-in/?next=/slusstad/")


@pytest.mark.parametrize("page", ["handle", "assign", "ranking", "declare"])
def test_a_round_that_does_not_exist_is_not_found(it, page):
    answer = client_of(it.administrator).get(PAGES[page].replace("hosten", "varen"))

    assert answer.status_code == 404


def test_a_round_of_another_organisation_is_not_found_here(it):
    other = world_elsewhere()
    answer = client_of(it.administrator).get(f"/slusstad/rounds/{other.slug}/handle/")

    assert answer.status_code == 404


def world_elsewhere():
    from tests.factories import RoundFactory

    return RoundFactory(slug="annanstans")
