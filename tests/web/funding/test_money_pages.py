"""The money of one project: its page, who reads it, and what is written in its books."""

from datetime import date

import pytest
from django.urls import reverse

from idesluss.funding.models import Grant, Instalment, Posting, Pot
from idesluss.funding.usecases import Part, book_used, plan_instalments
from idesluss.funding.vocab import After
from idesluss.ideas.vocab import ConflictState
from idesluss.ideas.vocab import Part as Taken
from idesluss.people.vocab import Role
from tests.factories import (
    NOON,
    OrganisationFactory,
    PersonFactory,
    SeatFactory,
    declare,
    involve,
    person_as,
)
from tests.funding.ledger import books, kronor, rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def it():
    here = books(pot=500)
    organisation = here.fund.organisation
    organisation.slug = "slusstad"
    organisation.save()
    here.grant = here.project(100, released=60, idea__title="Odling")
    plan_instalments(here.grant.pk, parts=[Part(40_00, After.REPORT)], **here.doing())
    return here


def url(it, page="money", *more):
    return reverse(f"funding:{page}", args=["slusstad", it.grant.application_id, *more])


def act(it, name):
    return url(it, "money_act", name)


def typed(page, **changes):
    form = page.context["form"]
    return {**{name: form[name].value() for name in form.fields}, "reason": "Beslut", **changes}


def test_the_page_tells_what_was_granted_and_every_row(it, use):
    page = use(it.boss).get(url(it))
    money = page.context["money"]
    [one] = money.grants
    assert (one.account.granted, one.account.released, one.planned) == (100_00, 60_00, 40_00)
    assert [(words, line.minor) for words, line in page.context["rows"]] == [
        ("Released", 60_00),
        ("Granted, as decided", 100_00),
    ]


@pytest.mark.parametrize(
    ("name", "amount", "after"),
    [
        ("change", "80", (80, 60, 0, 0)),
        ("release", "30", (100, 90, 0, 0)),
        ("undo", "10", (100, 50, 0, 0)),
        ("return", "25", (100, 60, 0, 25)),
        ("transfer", "70", (30, 30, 0, 0)),
    ],
)
def test_each_act_writes_its_row_once(it, use, name, amount, after):
    browser = use(it.boss)
    sent = typed(browser.get(act(it, name)), amount=amount)
    assert browser.post(act(it, name), sent)["Location"] == url(it)
    assert kronor(it.grant) == after
    again = browser.post(act(it, name), sent)
    assert again.status_code in {302, 422}
    assert kronor(it.grant) == after


def test_a_wrong_sum_is_refused_with_the_figures_and_all_that_was_typed(it, use):
    browser = use(it.boss)
    page = browser.post(
        act(it, "release"), typed(browser.get(act(it, "release")), amount="41", reason="Mer")
    )
    assert page.status_code == 422
    [said] = page.context["form"].errors["amount"]
    assert said.replace("\xa0", " ") == (
        "SEK 41 cannot be released: SEK 40 of the grant is not released yet. "
        "Change the grant first, or lower the sum."
    )
    assert page.context["form"]["reason"].value() == "Mer"


def test_what_takes_money_away_asks_why(it, use):
    browser = use(it.boss)
    for name in ("change", "undo", "return", "transfer"):
        sent = typed(browser.get(act(it, name)), amount="1", reason=" ")
        page = browser.post(act(it, name), sent)
        assert (page.status_code, list(page.context["form"].errors)) == (422, ["reason"])
    sent = typed(browser.get(act(it, "release")), amount="1", reason="")
    assert browser.post(act(it, "release"), sent).status_code == 302


def test_a_part_is_released_by_its_button_and_not_twice(it, use):
    browser = use(it.boss)
    part = Instalment.objects.get()
    version = browser.get(url(it)).context["money"].version
    for _ in range(2):
        done = browser.post(url(it), {"part": part.pk, "version": version})
        assert done["Location"] == url(it)
    assert rows(it.grant) == [("released", 60), ("released", 40)]
    assert browser.post(url(it), {"part": "x", "version": version}).status_code == 404
    assert browser.post(url(it), {"part": part.pk}).status_code == 404


def test_what_is_used_is_booked_as_a_whole(it, use):
    browser = use(it.boss)
    there = url(it, "money_used")
    sent = {**typed(browser.get(there)), "amount": "45"}
    assert browser.post(there, sent)["Location"] == url(it)
    assert kronor(it.grant) == (100, 60, 45, 0)
    sent = {**typed(browser.get(there)), "amount": "61"}
    assert browser.post(there, sent).status_code == 422


def test_the_parts_are_planned_anew(it, use):
    browser = use(it.boss)
    there = url(it, "money_plan", it.grant.pk)
    page = browser.get(there)
    assert page.context["formset"].forms[0]["amount"].value() == 40_00

    lines = {
        "form-TOTAL_FORMS": "3",
        "form-INITIAL_FORMS": "1",
        "version": page.context["seen"]["version"].value(),
    }
    for number, (amount, after, day) in enumerate(
        [("15", "report", ""), ("", "report", ""), ("10", "day", "")]
    ):
        name = f"form-{number}-"
        lines |= {f"{name}amount": amount, f"{name}after": after, f"{name}day": day}
    wrong = browser.post(there, lines)
    assert (wrong.status_code, wrong.context["formset"].errors) == (
        422, [{}, {}, {"day": ["Say on which day."]}],
    )  # fmt: skip
    much = browser.post(there, {**lines, "form-0-amount": "41", "form-2-day": "2027-06-01"})
    assert (much.status_code, bool(much.context["seen"].errors)) == (422, True)
    browser.post(there, {**lines, "form-2-day": "2027-06-01"})

    found = Instalment.objects.values_list("amount_minor", "after", "day")
    assert list(found) == [(15_00, "report", None), (10_00, "day", date(2027, 6, 1))]


def test_what_cannot_be_done_now_is_not_offered(it, use):
    browser = use(it.boss)
    offered = [address for _, address in browser.get(url(it)).context["acts"]]
    every = ("change", "release", "undo", "return", "transfer")
    assert offered == [url(it, "money_used"), *[act(it, name) for name in every]]
    assert browser.get(act(it, "nonsense")).status_code == 404

    Pot.objects.update(closed_at=NOON)
    offered = [address for _, address in browser.get(url(it)).context["acts"]]
    assert offered == [url(it, "money_used"), act(it, "return")]
    assert browser.get(act(it, "change"))["Location"] == url(it)
    assert browser.get(url(it, "money_plan", it.grant.pk)).status_code == 404


def test_where_nothing_is_released_nothing_can_be_booked_as_used(it, use):
    it.grant = it.project(100)
    offered = [address for _, address in use(it.boss).get(url(it)).context["acts"]]
    assert offered == [act(it, name) for name in ("change", "release", "transfer")]


def test_several_grants_are_told_apart_and_added_up(it, use):
    late = Grant.objects.create(
        application=it.grant.application, year=2028, amount_minor=70_00, currency="SEK"
    )
    browser = use(it.boss)
    page = browser.get(url(it))
    [whole] = page.context["totals"]
    assert (whole.granted, whole.released) == (170_00, 60_00)
    form = browser.get(act(it, "release")).context["form"]
    assert [pk for pk, _ in form.fields["grant"].choices] == [it.grant.pk, late.pk]
    sent = typed(browser.get(act(it, "release")), amount="70", grant=late.pk)
    browser.post(act(it, "release"), sent)
    assert kronor(late) == (70, 70, 0, 0)


# --- Who ----------------------------------------------------------------------------------------


def owner(it):
    return it.grant.application.idea.involvements.get().person


def co_applicant(it):
    person = PersonFactory()
    involve(it.grant.application.idea, person, Taken.CO_APPLICANT)
    return person


def decider(it):
    person = SeatFactory(body=it.fund.body).person
    declare(it.grant.application.idea, person, ConflictState.CLEAR)
    return person


def assessor(it):
    person = PersonFactory()
    involve(it.grant.application.idea, person, Taken.ASSESSOR)
    declare(it.grant.application.idea, person, ConflictState.CLEAR)
    return person


def conflicted(it):
    declare(it.grant.application.idea, it.boss, ConflictState.DECLARED)
    return it.boss


def applies_and_administers(it):
    involve(it.grant.application.idea, it.boss, Taken.OWNER)
    return it.boss


WRITES = {"administrator": lambda it: it.boss}
READS = {
    "registrar": lambda it: person_as(Role.REGISTRAR, it.fund.organisation),
    "decider": decider,
    "owner": owner,
    "co-applicant": co_applicant,
    "administrator who applies": applies_and_administers,
}
NEITHER = {
    "undeclared decider": lambda it: SeatFactory(body=it.fund.body).person,
    "assessor": assessor,
    "administrator with a conflict": conflicted,
    "employee": lambda it: person_as(Role.EMPLOYEE, it.fund.organisation),
    "administrator elsewhere": lambda it: person_as(Role.ADMINISTRATOR, OrganisationFactory()),
}


@pytest.mark.parametrize("who", [*WRITES, *READS, *NEITHER])
def test_who_reads_and_who_writes(who, it, use):
    person = {**WRITES, **READS, **NEITHER}[who](it)
    person.__dict__.pop("_standing", None)
    browser = use(person)
    part, version = Instalment.objects.get(), Posting.objects.last().pk
    writes = [
        *[browser.get(act(it, name)) for name in ("change", "release", "return")],
        browser.get(url(it, "money_used")),
        browser.get(url(it, "money_plan", it.grant.pk)),
    ]
    assert browser.get(url(it)).status_code == (404 if who in NEITHER else 200)
    assert {page.status_code for page in writes} == {200 if who in WRITES else 404}
    posted = browser.post(url(it), {"part": part.pk, "version": version})
    assert posted.status_code == (302 if who in WRITES else 404)
    assert kronor(it.grant)[1] == (100 if who in WRITES else 60)


def test_an_applicant_reads_the_sums_and_is_offered_nothing(it, use):
    page = use(owner(it)).get(url(it))
    assert (page.context["acts"], page.context["may_write"], page.context["fund"]) == (
        [],
        False,
        None,
    )
    assert "Write in the books" not in page.content.decode()


def test_what_was_never_granted_money_has_no_such_page(it, use):
    it.grant = type("Nothing", (), {"application_id": it.application().pk})
    assert use(it.boss).get(url(it)).status_code == 404


@pytest.mark.list_page("funding:money")
def test_more_rows_ask_no_more_of_a_projects_page(it, use, count_queries):
    browser = use(it.boss)
    spent = iter(range(1, 60))

    def add(count):
        for _ in range(count):
            book_used(
                it.grant.application.idea_id, total_spent_minor=next(spent) * 100, **it.doing()
            )

    assert count_queries(lambda: browser.get(url(it)), add) == 11
